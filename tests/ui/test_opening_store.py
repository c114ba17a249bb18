"""What the user sees of the encrypted store when the program starts."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened

from biseo.vault import create, look, open_vault
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.passphrase_page import PassphrasePage
from biseo_ui.pages.recovery_page import RecoveryPage
from biseo_ui.pages.store_trouble_page import StoreTroublePage
from biseo_ui.pages.unlock_page import UnlockPage

LEFT = Qt.MouseButton.LeftButton


def shown(window: MainWindow, qtbot: QtBot, kind: type) -> object:
    """The page of that kind, once it is in front."""
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), kind), timeout=10_000)
    return window.pages.currentWidget()


def working(window: MainWindow, qtbot: QtBot) -> None:
    """The work is in front."""
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.work and window.rail.isEnabled(), timeout=10_000)


def passphrase_store(home: Path, ring: MemoryKeyring) -> str:
    vault, code = create(home, passphrase="열두 글자 암호", keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    return code


def test_the_first_start_makes_the_store_and_shows_its_recovery_code(start: Start, home: Path, qtbot: QtBot) -> None:
    stage = start()
    stage.settings.notice_read = False
    window = stage.open()
    qtbot.mouseClick(window.entrance.page("notice").button, LEFT)
    page = shown(window, qtbot, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    code = "-".join(group.text() for group in page.groups)
    assert len(code) == 8 * 4 + 7
    assert not window.rail.isEnabled()
    window.show_place("settings")
    assert window.pages.currentWidget() is page
    qtbot.keyClicks(page.last, "0000" if not code.endswith("0000") else "1111")
    qtbot.mouseClick(page.button, LEFT)
    assert "다릅니다" in page.card.error.text()
    page.last.clear()
    qtbot.keyClicks(page.last, code[-4:].lower())
    qtbot.mouseClick(page.button, LEFT)
    working(window, qtbot)
    assert stage.vault is not None and stage.vault.is_open
    assert all(group.text() == "" for group in page.groups)
    qtbot.waitUntil(lambda: look(home).recovery_shown)
    start()
    with open_vault(home, recovery_code=code, keyring=MemoryKeyring()) as vault:
        assert vault.count() == 0


def test_a_code_that_was_never_confirmed_is_made_anew(
    start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    vault, old = create(home, keyring=ring)
    vault.close()
    page = shown(start().open(), qtbot, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    assert "새로 만들었습니다" in page.card.words.text()
    assert "-".join(group.text() for group in page.groups) != old


def test_a_copied_code_leaves_the_clipboard(start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    from biseo_ui.pages import recovery_page

    create(home, keyring=ring)[0].close()
    page = shown(start().open(), qtbot, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    qtbot.mouseClick(page.copy, LEFT)
    code = QGuiApplication.clipboard().text()
    assert code == "-".join(group.text() for group in page.groups)
    recovery_page._clear_clipboard(code)
    assert QGuiApplication.clipboard().text() == ""
    page.last.setText(code[-4:])
    page.button.click()


def test_later_starts_ask_nothing(start: Start, store: str, qtbot: QtBot) -> None:
    window = start().open()
    assert window.pages.currentWidget() is window.work
    qtbot.waitUntil(lambda: window.vault.is_open, timeout=10_000)
    assert window.pages.currentWidget() is window.work and window.rail.place == "write"


def test_without_a_credential_store_a_passphrase_is_chosen(
    start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    ring.fault = "keyring-none"
    window = start().open()
    page = shown(window, qtbot, PassphrasePage)
    assert isinstance(page, PassphrasePage)
    assert "자격 증명 보관소가 없어" in page.card.words.text()
    page.first.setText("짧은말")
    qtbot.mouseClick(page.button, LEFT)
    assert "너무 짧습니다" in page.card.error.text()
    page.first.setText("길고 긴 암호 말")
    page.second.setText("길고 긴 암호 밀")
    qtbot.mouseClick(page.button, LEFT)
    assert "서로 다릅니다" in page.card.error.text()
    page.second.setText("길고 긴 암호 말")
    qtbot.keyClick(page.second, Qt.Key.Key_Return)
    code = shown(window, qtbot, RecoveryPage)
    assert isinstance(code, RecoveryPage)
    code.last.setText(code.groups[-1].text())
    code.button.click()
    working(window, qtbot)
    assert look(home).unlock == "passphrase"
    assert page.first.text() == page.second.text() == ""


def test_a_passphrase_opens_and_a_wrong_one_is_told(
    start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    passphrase_store(home, ring)
    window = start().open()
    page = shown(window, qtbot, UnlockPage)
    assert isinstance(page, UnlockPage)
    assert not page.card.error.isVisible()
    page.line.setText("아닌 암호입니다")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "암호가 맞지 않습니다." in page.card.error.text())
    assert page.line.isEnabled() and page.line.text() == ""
    page.line.setText("열두 글자 암호")
    qtbot.mouseClick(page.button, LEFT)
    working(window, qtbot)
    assert window.vault.is_open


def test_a_forgotten_passphrase_gives_way_to_a_new_one(
    start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    code = passphrase_store(home, ring)
    window = start().open()
    page = shown(window, qtbot, UnlockPage)
    assert isinstance(page, UnlockPage)
    qtbot.mouseClick(page.switch, LEFT)
    page.line.setText(code[:-1])
    qtbot.mouseClick(page.button, LEFT)
    qtbot.waitUntil(lambda: "잘못 옮겨 적은" in page.card.error.text())
    assert page.line.text() == code[:-1]  # corrected, not typed anew
    page.line.setText(code.lower())
    qtbot.mouseClick(page.button, LEFT)
    fresh = shown(window, qtbot, PassphrasePage)
    assert isinstance(fresh, PassphrasePage)
    assert "새로 정해 주세요" in fresh.card.words.text() and not fresh.later.isVisible()
    fresh.first.setText("이번에는 안 잊을 말")
    fresh.second.setText("이번에는 안 잊을 말")
    qtbot.mouseClick(fresh.button, LEFT)
    working(window, qtbot)
    start()
    open_vault(home, passphrase="이번에는 안 잊을 말", keyring=ring).close()


def test_a_lost_key_is_told_and_the_code_brings_it_back(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    ring.secrets.clear()
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    assert "열쇠가 없습니다" in page.card.words.text()
    assert list(page.buttons) == ["retry", "by_code", "without"]
    qtbot.mouseClick(page.buttons["by_code"], LEFT)
    typed = shown(window, qtbot, UnlockPage)
    assert isinstance(typed, UnlockPage)
    typed.line.setText(store)
    qtbot.mouseClick(typed.button, LEFT)
    working(window, qtbot)
    assert len(ring.secrets) == 1


def test_a_locked_credential_store_can_be_tried_again(
    start: Start, store: str, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    ring.fault = "keyring-locked"
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    assert "잠겨 있습니다" in page.card.words.text()
    ring.fault = ""
    qtbot.mouseClick(page.buttons["retry"], LEFT)
    working(window, qtbot)
    assert window.vault.is_open


def test_a_lost_store_is_begun_anew_only_when_asked_for_twice(
    start: Start, store: str, home: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(home / "vault")
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    qtbot.mouseClick(page.buttons["anew"], LEFT)
    assert look(home).state == "lost"
    qtbot.mouseClick(page.buttons["back"], LEFT)
    assert "sure" not in page.buttons
    qtbot.mouseClick(page.buttons["anew"], LEFT)
    qtbot.mouseClick(page.buttons["sure"], LEFT)
    shown(window, qtbot, RecoveryPage)
    assert (home / "vault-lost-1").is_dir()
    assert window.vault.state.code != store


def test_a_damaged_store_is_rescued(start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    with open_vault(home, keyring=ring) as vault:
        for number in range(40):
            vault.save_work(vault.new_id(), b'{"a": "' + b"x" * 3000 + b'"}', title=f"일 {number}", task="press")
            vault.flush()
    database = home / "vault" / "biseo.db"
    data = bytearray(database.read_bytes())
    data[:4096] = bytes(4096)
    database.write_bytes(data)
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    assert "손상되었습니다" in page.card.words.text()
    qtbot.mouseClick(page.buttons["rescue"], LEFT)
    working(window, qtbot)
    told = "\n".join(message.text for message in window.work.area.alerts.messages())
    assert "살렸습니다" in told
    vault_count: list[int] = []
    window.vault.call(lambda vault: vault.count()).item.connect(vault_count.append)
    qtbot.waitUntil(lambda: bool(vault_count))
    assert vault_count[0] >= 35


def test_a_store_in_which_nothing_can_be_read_is_moved_aside_when_asked_for(
    start: Start, store: str, home: Path, qtbot: QtBot
) -> None:
    database = home / "vault" / "biseo.db"
    database.write_bytes(bytes(database.stat().st_size))
    (home / "vault" / "schema-pages.bin").unlink()
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    assert "anew" not in page.buttons
    qtbot.mouseClick(page.buttons["rescue"], LEFT)
    qtbot.waitUntil(lambda: "손상이 심해" in page.card.words.text(), timeout=10_000)
    qtbot.mouseClick(page.buttons["anew"], LEFT)
    qtbot.mouseClick(page.buttons["sure"], LEFT)
    shown(window, qtbot, RecoveryPage)
    assert (home / "vault-lost-1" / "biseo.db").is_file()


def test_a_broken_store_keeps_nobody_from_writing(start: Start, store: str, home: Path, qtbot: QtBot) -> None:
    (home / "vault" / "biseo.db").unlink()
    window = start().open()
    page = shown(window, qtbot, StoreTroublePage)
    assert isinstance(page, StoreTroublePage)
    qtbot.mouseClick(page.buttons["without"], LEFT)
    working(window, qtbot)
    assert window.status.saved.text() == "저장하지 않고 쓰는 중"
    assert look(home).state == "lost"


def test_a_window_without_a_store_opens_as_ever(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    assert window.pages.currentWidget() is window.work and window.status.saved.text() == "초안 없음"


def test_opened_is_told_once(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    assert window.keeper.words == "저장됨"
