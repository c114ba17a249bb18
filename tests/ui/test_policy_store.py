"""The policy and the store: bounds of keeping, no history, a passphrase instead of the credential store."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.test_history import filled
from tests.ui.test_never_lost import drafted
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.policy import Policy
from biseo.vault import look, open_vault
from biseo_ui.vault_host import VaultHost

PASSPHRASE = "골목길 등불 스무 개"


def stored(home: Path, ring: MemoryKeyring) -> int:
    """How many works the store holds."""
    with open_vault(home, keyring=ring) as vault:
        return len(vault.works())


def test_no_history_leaves_nothing(start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    filled(home, ring, 3)
    stage = start()
    stage.policy = Policy(history=False)
    window = drafted(stage, qtbot)
    settled(stage, qtbot)
    assert not window.keeper.keeps
    # A draft that no file holds is asked about before it goes, and gone when it goes.
    stage.dialogs.asked.clear()
    stage.dialogs.unsaved = "cancel"
    window.keeper.start_anew()
    assert stage.dialogs.asked == ["unsaved"] and window.work.session.has_draft
    left = window.keeper.id
    stage.dialogs.unsaved = "discard"
    window.keeper.start_anew()
    assert not window.work.session.has_draft
    found: list[object] = []
    assert stage.vault is not None
    stage.vault.call(lambda vault: [each.id for each in vault.works()]).item.connect(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert left and left not in found[0]  # type: ignore[operator]
    start()  # the window is closed
    assert stored(home, ring) == 0


def test_no_history_still_brings_back_what_a_crash_has_left(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 2)
    stage = start()
    stage.policy = Policy(history=False)
    window = opened(stage, qtbot)
    qtbot.waitUntil(lambda: window.work.session.has_draft)
    assert "등불 보고 1" in window.work.area.editor.toPlainText()
    window.show_place("history")
    assert "기관 정책에 따라" in window.history_page.nothing.text()
    assert window.history_page.model.rowCount() == 0


def test_bounds_win_over_the_users_choice(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 2)
    stage = start()
    stage.settings.retention_days = 0
    stage.policy = Policy(retention_days=(7, 30))
    opened(stage, qtbot)
    start()
    assert stored(home, ring) == 2  # nothing goes before its seventh day


def test_a_first_start_asks_for_a_passphrase(start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    stage = start()
    stage.vault = VaultHost(stage.runner, None, ring, passphrase_required=True)
    stage.policy = Policy(passphrase_required=True)
    window = stage.open()
    qtbot.waitUntil(lambda: stage.vault is not None and stage.vault.state.kind == "new-passphrase", timeout=10_000)
    assert window.entrance.barred
    stage.vault.make(PASSPHRASE)
    qtbot.waitUntil(lambda: stage.vault is not None and stage.vault.state.kind == "code", timeout=10_000)
    assert look(home).unlock == "passphrase"


def test_a_store_in_the_credential_store_gets_one(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    stage.vault = VaultHost(stage.runner, None, ring, passphrase_required=True)
    stage.policy = Policy(passphrase_required=True)
    window = stage.open()
    vault = stage.vault
    qtbot.waitUntil(lambda: vault.state.kind == "new-passphrase", timeout=10_000)
    assert window.entrance.barred
    page = window.entrance.page("passphrase")
    words = " ".join(each.text() for each in page.findChildren(QLabel)).replace("\u200b", "")
    assert "기관의 방침에 따라" in words
    vault.make(PASSPHRASE)
    qtbot.waitUntil(lambda: vault.state.kind == "open", timeout=10_000)
    assert look(home).unlock == "passphrase"
    assert not window.entrance.barred
