"""The store and its keys in the settings: passphrase, credential store, recovery code, backup, restore."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage
from tests.ui.test_never_lost import drafted, page
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.vault import create, look, open_vault
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.recovery_page import RecoveryPage
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.store_keys import StoreKeys

LEFT = Qt.MouseButton.LeftButton
NEW = "아주 긴 새 암호"


def keys_of(window: MainWindow) -> StoreKeys:
    window.show_place("settings")
    return window.settings_page.keys


def fill(keys: StoreKeys, **words: str) -> None:
    for key, text in words.items():
        assert not keys.form.lines[key].isHidden(), key
        keys.form.lines[key].setText(text)
    keys.form.go.click()


def told(window: MainWindow) -> str:
    return "\n".join(f"{each.text} {each.advice}" for each in window.settings_page.alerts.messages())


def test_from_the_credential_store_to_a_passphrase_and_back(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = opened(start(), qtbot)
    keys = keys_of(window)
    assert "자격 증명 보관소에 있습니다" in keys.way.text() and keys.keyring.isHidden()
    qtbot.mouseClick(keys.passphrase, LEFT)
    assert keys.form.lines["current"].isHidden()
    fill(keys, new="짧다", again="짧다")
    assert "너무 짧습니다" in keys.form.error.text()
    fill(keys, new=NEW, again=NEW + "!")
    assert "서로 다릅니다" in keys.form.error.text()
    fill(keys, new=NEW, again=NEW)
    qtbot.waitUntil(lambda: "암호를 정했습니다" in told(window), timeout=5000)
    assert look(home).unlock == "passphrase" and ring.secrets == {}
    assert "암호로 엽니다" in keys.way.text() and keys.form.isHidden()
    assert all(line.text() == "" for line in keys.form.lines.values())
    assert window.focusWidget() is keys.passphrase
    qtbot.mouseClick(keys.passphrase, LEFT)
    fill(keys, current="틀린 암호 말", new="다른 새 암호 말", again="다른 새 암호 말")
    qtbot.waitUntil(lambda: "암호가 맞지 않습니다" in keys.form.error.text(), timeout=5000)
    fill(keys, current=NEW)
    qtbot.waitUntil(lambda: keys.form.isHidden(), timeout=5000)
    qtbot.mouseClick(keys.keyring, LEFT)
    fill(keys, current="다른 새 암호 말")
    qtbot.waitUntil(lambda: look(home).unlock == "keyring", timeout=5000)
    qtbot.waitUntil(lambda: keys.keyring.isHidden(), timeout=5000)
    assert len(ring.secrets) == 1
    start()
    open_vault(home, keyring=ring).close()


def test_a_new_recovery_code_is_shown_and_proved(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = opened(start(), qtbot)
    keys = keys_of(window)
    qtbot.mouseClick(keys.code, LEFT)
    fill(keys)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), RecoveryPage), timeout=5000)
    shown = window.pages.currentWidget()
    assert isinstance(shown, RecoveryPage)
    code = "-".join(group.text() for group in shown.groups)
    assert code != store
    shown.last.setText(code[-4:])
    shown.button.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.settings_page, timeout=5000)
    qtbot.waitUntil(lambda: look(home).recovery_shown, timeout=5000)
    start()
    open_vault(home, recovery_code=code, keyring=ring).close()


def test_backup_and_restore(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    target = tmp_path / "백업 파일.biseo-backup"
    stage.dialogs.save_backup = lambda _name, then: then(target)
    stage.dialogs.open_backup = lambda then: then(target)
    keys = keys_of(window)
    qtbot.mouseClick(keys.backup, LEFT)
    fill(keys)
    qtbot.waitUntil(lambda: "백업했습니다" in told(window), timeout=10_000)
    text = page(window)
    window.keeper.start_anew()
    window.work.side.form.editors["name"].set_value("여울 보고")
    settled(stage, qtbot)
    counts: list[int] = []
    window.vault.call(lambda vault: vault.count()).item.connect(counts.append)
    qtbot.waitUntil(lambda: counts == [2], timeout=5000)
    keys = keys_of(window)
    qtbot.mouseClick(keys.restore, LEFT)
    qtbot.waitUntil(lambda: not keys.form.isHidden(), timeout=5000)
    assert "백업의 작업 1건이" in keys.form.words.text() and "7일" in keys.form.words.text()
    fill(keys)
    qtbot.waitUntil(lambda: "1건을 되돌렸습니다" in told(window), timeout=10_000)
    assert window.keeper.id == "" and page(window) == ""
    window.show_place("history")
    qtbot.waitUntil(lambda: window.history_page.model.rowCount() == 1, timeout=5000)
    window.history_page.list.setCurrentIndex(window.history_page.model.index(0, 0))
    window.history_page.open_current()
    qtbot.waitUntil(lambda: page(window) == text, timeout=5000)
    window.show_place("settings")
    [undo] = [m for m in window.settings_page.alerts.messages() if "되돌렸습니다" in m.text]
    undo._box.itemAt(1).widget().click()
    qtbot.waitUntil(lambda: "2건을 되돌렸습니다" in told(window), timeout=10_000)


def test_a_backup_of_another_pc_asks_for_its_secret(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    other, code = create(tmp_path / "다른 PC", keyring=MemoryKeyring())
    other.save_work(other.new_id(), b"{}", title="남의 작업", task="press").result(10)
    target = tmp_path / "남의.biseo-backup"
    other.backup(target)
    other.close()
    stage = start()
    window = opened(stage, qtbot)
    stage.dialogs.open_backup = lambda then: then(target)
    keys = keys_of(window)
    qtbot.mouseClick(keys.restore, LEFT)
    qtbot.waitUntil(lambda: not keys.form.isHidden(), timeout=5000)
    fill(keys)
    qtbot.waitUntil(lambda: not keys.form.lines["backup"].isHidden(), timeout=5000)
    fill(keys, backup="아닌 암호입니다")
    qtbot.waitUntil(lambda: "열리지 않습니다" in keys.form.error.text(), timeout=5000)
    fill(keys, backup=code.lower())
    qtbot.waitUntil(lambda: "1건을 되돌렸습니다" in told(window), timeout=10_000)


def test_what_is_wrong_is_told(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    keys = keys_of(window)
    wrong = tmp_path / "아무 파일.biseo-backup"
    wrong.write_text("백업이 아님", encoding="utf-8")
    for path, words in ((wrong, "백업 파일이 아니거나"), (tmp_path / "없음", "백업 파일을 읽을 수 없습니다")):
        stage.dialogs.open_backup = lambda then, path=path: then(path)
        qtbot.mouseClick(keys.restore, LEFT)
        qtbot.waitUntil(lambda words=words: words in told(window), timeout=5000)
    stage.dialogs.save_backup = lambda _name, then: then(tmp_path / "없는 폴더" / "a.biseo-backup")
    qtbot.mouseClick(keys.backup, LEFT)
    fill(keys)
    qtbot.waitUntil(lambda: "저장하지 못했습니다" in keys.form.error.text(), timeout=5000)
    qtbot.mouseClick(keys.form.stop, LEFT)
    assert keys.form.isHidden()


def test_a_backup_can_be_stopped(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    keys = keys_of(window)
    target = tmp_path / "a.biseo-backup"
    stage.dialogs.save_backup = lambda _name, then: then(target)
    qtbot.mouseClick(keys.backup, LEFT)
    fill(keys)
    assert keys.form.busy and keys.form.stop.isEnabled() and not keys.backup.isEnabled()
    keys.form.stop.click()
    qtbot.waitUntil(lambda: "바뀐 것은 없습니다" in told(window), timeout=10_000)
    assert not target.exists() and not list(tmp_path.glob(".biseo-*")) and window.vault.is_open


def required(stage: Stage, ring: MemoryKeyring) -> Stage:
    stage.vault = VaultHost(stage.runner, None, ring, passphrase_required=True)
    return stage


def test_the_policy_asks_for_a_passphrase_at_the_first_start(
    start: Start, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = required(start(), ring).open()
    asked = window.entrance.page("passphrase")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is asked, timeout=10_000)
    assert "방침에 따라" in asked.card.words.text() and ring.secrets == {}
    asked.first.setText(NEW)
    asked.second.setText(NEW)
    asked.button.click()
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), RecoveryPage), timeout=10_000)
    code = window.pages.currentWidget()
    assert isinstance(code, RecoveryPage)
    code.last.setText(code.groups[-1].text())
    code.button.click()
    qtbot.waitUntil(lambda: window.vault.is_open and window.pages.currentWidget() is window.work, timeout=10_000)
    assert look(home).unlock == "passphrase" and ring.secrets == {}


def test_the_policy_asks_for_a_passphrase_of_an_old_store(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = required(start(), ring).open()
    asked = window.entrance.page("passphrase")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is asked, timeout=10_000)
    assert not asked.later.isVisible() and not window.vault.is_open
    asked.first.setText(NEW)
    asked.second.setText(NEW)
    asked.button.click()
    qtbot.waitUntil(lambda: window.vault.is_open, timeout=10_000)
    assert look(home).unlock == "passphrase" and ring.secrets == {}
