from __future__ import annotations

from pathlib import Path

from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import Vault, create
from biseo_ui.kept_digests import DraftWriter, KeptDigests


def test_digests_are_in_the_store_while_it_is_open_and_in_memory_else(tmp_path: Path) -> None:
    with create(tmp_path, keyring=MemoryKeyring())[0] as vault:
        now: list[Vault | None] = [None]
        digests = KeptDigests(lambda: now[0])
        assert not digests.kept
        digests.keep([("a", "하나")], "s")
        now[0] = vault
        assert digests.kept
        digests.keep([("b", "둘")], "s")
        assert digests.find(["a", "b", "c"]) == {"a": "하나", "b": "둘"}
        assert KeptDigests(lambda: vault).find(["a", "b"]) == {"b": "둘"}


def test_a_locked_window_holds_none() -> None:
    digests = KeptDigests(lambda: None)
    digests.keep([("a", "하나")], "s")
    DraftWriter(digests).forget()
    assert digests.find(["a"]) == {}
