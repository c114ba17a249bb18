from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import create
from biseo.vault.digests import DAYS, StoredDigests
from biseo.vault.key_file import Places

SOURCE = "e" * 64
WORDS = "책잔치 방문객 수를 적은 간추린 줄"


def opened(home: Path) -> Any:
    return create(home, keyring=MemoryKeyring())[0]


def test_a_digest_is_found_again_by_its_name(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        digests = StoredDigests(vault)
        digests.keep([("a", WORDS), ("b", "둘째")], SOURCE)
        assert digests.find(["a", "b", "c"]) == {"a": WORDS, "b": "둘째"}
        digests.keep([("a", "고친 것")], SOURCE)
        assert digests.find(["a"]) == {"a": "고친 것"}


def test_more_names_than_a_statement_takes(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        digests = StoredDigests(vault)
        digests.keep([(str(number), f"줄 {number}") for number in range(1200)], SOURCE)
        assert len(digests.find([str(number) for number in range(1300)])) == 1200


@pytest.mark.parametrize(("days", "left"), [(0, 0), (1, 1), (None, 1)])
def test_a_digest_goes_with_the_retention(tmp_path: Path, days: int | None, left: int) -> None:
    with opened(tmp_path) as vault:
        digests = StoredDigests(vault)
        digests.keep([("a", WORDS)], SOURCE)
        vault.sweep(days)
        assert len(digests.find(["a"])) == left


def test_an_unused_digest_goes_after_its_days_though_works_are_kept_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as vault:
        digests = StoredDigests(vault)
        digests.keep([("a", WORDS)], SOURCE)
        import time

        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + (DAYS + 0.1) * 86400)
        vault.sweep(None)
        assert digests.find(["a"]) == {}


def test_digests_of_a_source_go_with_the_last_work_that_uses_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        work, other = vault.new_id(), vault.new_id()
        vault.save_work(work, b"{}", title="긴 문서", task="summary", sources={SOURCE: b"packed"}).result()
        vault.save_work(other, b"{}", title="다른 문서", task="summary", sources={"f" * 64: b"packed"}).result()
        digests = StoredDigests(vault)
        digests.keep([("a", WORDS)], SOURCE)
        vault.delete_work(other)
        assert digests.find(["a"]) == {"a": WORDS}
        vault.delete_work(work)
        assert digests.find(["a"]) == {}


def test_no_word_of_a_digest_is_readable_in_the_files(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        StoredDigests(vault).keep([("a", WORDS)], SOURCE)
    for file in Places(tmp_path).folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert all(WORDS.encode(name) not in data for name in ("utf-8", "utf-16-le", "cp949"))


def test_a_closed_store_costs_the_digest_and_not_the_work(tmp_path: Path) -> None:
    vault = opened(tmp_path)
    digests = StoredDigests(vault)
    vault.close()
    digests.keep([("a", WORDS)], SOURCE)
    assert digests.find(["a"]) == {}
