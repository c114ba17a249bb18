"""The lock: nothing is seen, nothing is lost, the key is gone, and everything comes back as it was."""

from __future__ import annotations

import ctypes
import threading
from ctypes import wintypes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import PLAN, Stage
from tests.ui.test_never_lost import drafted, page, section
from tests.ui.test_review import put
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.document import Review
from biseo.policy import Policy
from biseo.vault import create
from biseo.vault.errors import vault_error
from biseo_ui import screen_cover, session_lock
from biseo_ui.idle_watch import IdleWatch
from biseo_ui.main_window import MainWindow
from biseo_ui.patience import Patience

PASSPHRASE = "열두 글자 암호"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def passphrase(home: Path, ring: MemoryKeyring) -> str:
    """A store under a passphrase; its recovery code."""
    vault, code = create(home, passphrase=PASSPHRASE, keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    return code


def unlocked(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A program whose store was opened with the passphrase, and a finished draft."""
    opener = QTimer()
    opener.timeout.connect(
        lambda: (
            stage.vault.unlock(passphrase=PASSPHRASE) if stage.vault and stage.vault.state.kind == "locked" else None
        )
    )
    opener.start(20)
    window = drafted(stage, qtbot)
    opener.stop()
    return window


def locked(window: MainWindow, qtbot: QtBot) -> None:
    """Locked, and everything wiped."""
    window.lock.lock()
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)


def open_again(window: MainWindow, qtbot: QtBot, words: str = PASSPHRASE) -> None:
    lock = window.lock.page
    if words:
        lock.line.setText(words)
    qtbot.mouseClick(lock.button, LEFT)
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)


def all_words(root: QObject) -> str:
    """Everything that a screen reader could read out of a window."""
    found: list[str] = []

    def walk(item: Any) -> None:
        if item is None or not item.isValid():
            return
        found.extend(item.text(kind) for kind in QAccessible.Text if kind != QAccessible.Text.UserText)
        text = item.textInterface()
        if text is not None:
            found.append(text.text(0, text.characterCount()))
        for number in range(item.childCount()):
            walk(item.child(number))

    walk(QAccessible.queryAccessibleInterface(root))
    return "\n".join(found)


def test_nothing_of_the_work_is_seen_and_everything_comes_back(
    start: Start, passphrase: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_cover, "is_ours", lambda: True)  # this platform of Qt's does not know
    stage = start()
    window = unlocked(stage, qtbot)
    put(window, "예산은 98,700,000원이다. 골목마다 등불을 건다.", section(window))
    qtbot.waitUntil(lambda: not window.work.session.checks.busy, timeout=5000)
    number = next(f for f in window.work.session.findings() if f.text == "98,700,000원")
    window.work.session.dismiss(number, "사실 확인함", confirmed=True)
    window.work.side.form.editors["name"].set_value("등불 보고")
    editor = window.work.area.editor
    cursor = editor.textCursor()
    cursor.setPosition(12)
    cursor.setPosition(30, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.setFocus()
    bar = editor.verticalScrollBar()
    window.resize(1024, 700)
    qtbot.wait(50)
    bar.setValue(bar.maximum() // 2)
    window.work.copy()
    before = page(window), window.keeper.id, bar.value()
    chosen = editor.textCursor().anchor(), editor.textCursor().position()
    assert QGuiApplication.clipboard().text()
    window.lock.lock()
    assert window.lock.on and window.centralWidget() is window.lock.page  # at once
    assert "등불" not in all_words(window) and "책잔치" not in all_words(window)
    assert window.windowTitle() == "행정비서 – 잠김"
    assert QGuiApplication.clipboard().text() == ""
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    assert page(window) == "" and not window.work.cards.cards and not window.work.session.history.done
    assert window.vault.state.kind == "resting" and not window.vault.is_open
    assert stage.host._engine is None
    for keys in ("Ctrl+1", "F1", "Ctrl+Return"):
        QTest.keySequence(window, keys)
    assert window.centralWidget() is window.lock.page
    open_again(window, qtbot)
    qtbot.wait(30)
    assert (page(window), window.keeper.id) == before[:2]
    assert abs(bar.value() - before[2]) <= 2
    cursor = editor.textCursor()
    assert (cursor.anchor(), cursor.position()) == chosen and chosen[0] != chosen[1]
    assert window.work.cards.documents()[0].title == PLAN[0]
    assert window.work.side.form.values()["name"] == "등불 보고"
    decided = window.work.session.states[number.section].decision(number)
    assert decided is not None and decided.confirmed
    assert window.windowTitle() == "행정비서"
    editor.undo()
    assert "등불을 건다" not in page(window)
    settled(stage, qtbot)
    entries: list[Any] = []
    window.vault.call(lambda vault: (vault.works(), vault.audit_lines())).item.connect(entries.append)
    qtbot.waitUntil(lambda: bool(entries))
    assert len(entries[0][0]) == 1  # the same work, not a copy
    actions = [line.action for line in entries[0][1]]
    assert actions.index("lock") < actions.index("unlock")


def test_a_wrong_passphrase_is_told_and_costs_time(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window = unlocked(start(), qtbot)
    locked(window, qtbot)
    lock = window.lock.page
    for _ in range(3):
        lock.line.setText("아닌 암호입니다")
        qtbot.keyClick(lock.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not lock._busy and "암호가 맞지 않습니다." in lock.card.error.text(), timeout=5000)
    assert "2초 뒤에" in lock.card.error.text() and not lock.button.isEnabled()
    lock.line.setText(PASSPHRASE)
    qtbot.keyClick(lock.line, Qt.Key.Key_Return)
    assert window.lock.on and not lock._busy
    qtbot.waitUntil(lambda: lock.button.isEnabled(), timeout=5000)
    qtbot.keyClick(lock.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    assert page(window)


def test_the_recovery_code_opens_it_too(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window = unlocked(start(), qtbot)
    locked(window, qtbot)
    qtbot.mouseClick(window.lock.page.switch, LEFT)
    open_again(window, qtbot, passphrase.lower())
    assert page(window)


def test_patience_doubles_up_to_a_minute() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    waits = []
    for _ in range(10):
        patience.fail()
        waits.append(patience.left)
        now[0] += patience.left
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    patience.succeed()
    patience.fail()
    assert patience.left == 0


def locked_while_writing(start: Start, qtbot: QtBot) -> tuple[MainWindow, threading.Event]:
    """A window that was locked while a draft was written, and what lets the model go on."""
    stage = start()
    window = unlocked(stage, qtbot)
    go_on = threading.Event()
    stage.engine.pace = lambda: go_on.wait(20) and None
    window.work.session.forget()
    window.work.write()
    qtbot.waitUntil(lambda: window.work.session.writing)
    window.lock.lock()
    return window, go_on


def test_a_draft_that_is_being_written_is_written_to_its_end(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window, go_on = locked_while_writing(start, qtbot)
    session = window.work.session
    qtbot.waitUntil(lambda: "마저 쓰고 있습니다" in window.lock.page.state.text())
    assert window.lock.on and session.writing
    assert not window.lock.may_close() and "저장하지 못한 것" in window.lock.page.card.error.text()
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        go_on.set()
    assert ended.args == ["done"]
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    open_again(window, qtbot)
    assert all(state.phase == "done" for state in session.states.values()) and session.states


def test_it_can_be_opened_while_the_draft_is_still_written(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window, go_on = locked_while_writing(start, qtbot)
    session = window.work.session
    lock = window.lock.page
    lock.line.setText("아닌 암호입니다")
    qtbot.keyClick(lock.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(lock.card.error.text()) or not window.lock.on, timeout=10_000)
    assert window.lock.on
    open_again(window, qtbot)
    assert session.writing
    go_on.set()
    qtbot.waitUntil(lambda: not session.writing, timeout=60_000)
    assert session.has_draft and window.vault.is_open


def test_what_cannot_be_saved_is_not_wiped(
    start: Start, passphrase: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from biseo.vault import Vault

    window = unlocked(start(), qtbot)
    text = page(window)

    def full(_vault: Vault, _words: bytes) -> bytes:
        raise vault_error("disk-full")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "rest", full)
        window.lock.lock()
        qtbot.waitUntil(lambda: "아직 지우지 못했습니다" in window.lock.page.state.text(), timeout=10_000)
    assert page(window) == text and window.vault.is_open and window.lock.on
    window.vault.trouble_changed.emit(None)  # there is room again
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    open_again(window, qtbot)
    assert page(window) == text


def test_with_the_credential_store_the_system_is_locked(
    start: Start, store: str, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = drafted(start(), qtbot)
    calls: list[bool] = []
    window.lock.lock_pc = lambda: calls.append(True) or True
    locked(window, qtbot)
    assert calls == [True] and not window.lock.page.line.isVisible() and not window.lock.page.warning.isVisible()
    text = window.lock.page.card.words.text()
    assert "로그인한 사용자" in text
    window.lock._on_session_unlocked()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    assert page(window)
    window.lock.lock_pc = lambda: False
    locked(window, qtbot)
    assert window.lock.page.warning.isVisible()
    ring.fault = "keyring-locked"
    qtbot.mouseClick(window.lock.page.button, LEFT)
    qtbot.waitUntil(lambda: "잠겨 있습니다" in window.lock.page.card.error.text(), timeout=5000)
    assert window.lock.on
    ring.fault = ""
    open_again(window, qtbot, "")
    assert page(window)


def test_a_lost_key_is_answered_with_the_recovery_code(
    start: Start, store: str, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    window = drafted(start(), qtbot)
    locked(window, qtbot)
    ring.secrets.clear()
    qtbot.mouseClick(window.lock.page.button, LEFT)
    qtbot.waitUntil(lambda: window.lock.page.line.isVisible(), timeout=5000)
    assert "열쇠가 없습니다" in window.lock.page.card.error.text()
    open_again(window, qtbot, store)
    assert page(window) and len(ring.secrets) == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_dialogs_menus_and_questions_go(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window = unlocked(start(), qtbot)
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(QLabel("등불 보고의 제목"))
    dialog.open()
    menu = QMenu(window)
    menu.addAction("등불")
    menu.popup(window.pos())
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    window.lock.lock()
    assert not dialog.isVisible() and not menu.isVisible() and answers == [QDialog.DialogCode.Rejected]
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]


def test_another_programs_clipboard_is_left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("남의 것")
    monkeypatch.setattr(screen_cover, "is_ours", lambda: False)
    screen_cover.clear_clipboard()
    assert clipboard.text() == "남의 것"
    monkeypatch.setattr(screen_cover, "is_ours", lambda: True)
    screen_cover.clear_clipboard()
    assert clipboard.text() == ""


def test_a_window_without_a_store_is_covered_only(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.side.form.editors["agency"].set_value("여울시")
    window.lock.lock()
    assert window.lock.on and "화면만 가렸습니다" in window.lock.page.card.words.text()
    qtbot.mouseClick(window.lock.page.button, LEFT)
    assert not window.lock.on and window.work.side.form.values()["agency"] == "여울시"


def test_what_is_not_the_work_page_comes_back(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window = unlocked(start(), qtbot)
    window.show_place("history")
    qtbot.waitUntil(lambda: window.history_page.model.rowCount() == 1, timeout=5000)
    locked(window, qtbot)
    assert "history_page" not in window.__dict__
    open_again(window, qtbot)
    assert window.rail.place == "history" and window.pages.currentWidget() is window.history_page
    qtbot.waitUntil(lambda: window.history_page.model.rowCount() == 1, timeout=5000)
    window.show_place("write")
    assert page(window)


def test_a_completion_survives_the_lock(start: Start, passphrase: str, qtbot: QtBot) -> None:
    window = unlocked(start(), qtbot)
    window.work.session.review.complete(Review("2026-05-08T10:00:00+09:00", "kim", ("input",)))
    locked(window, qtbot)
    open_again(window, qtbot)
    assert window.work.session.review.current is not None


def test_closing_while_locked_loses_nothing(start: Start, passphrase: str, qtbot: QtBot) -> None:
    stage = start()
    window = unlocked(stage, qtbot)
    text = page(window)
    locked(window, qtbot)
    with qtbot.waitSignal(window.closed, timeout=5000):
        window.close()
    again = start()
    opener = QTimer()
    opener.timeout.connect(
        lambda: (
            again.vault.unlock(passphrase=PASSPHRASE) if again.vault and again.vault.state.kind == "locked" else None
        )
    )
    opener.start(20)
    window = opened(again, qtbot)
    opener.stop()
    qtbot.waitUntil(lambda: bool(window.keeper.id), timeout=10_000)
    assert page(window) == text


# the clock


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.elsewhere: float | None = None

    def __call__(self) -> float:
        return self.now

    def touched(self) -> float | None:
        return self.elsewhere


@pytest.fixture
def clock() -> Clock:
    return Clock()


def watch(clock: Clock, parent: QObject, minutes: float = 10) -> tuple[IdleWatch, list[bool]]:
    made = IdleWatch(parent, clock, clock.touched)
    told: list[bool] = []
    made.idle.connect(lambda: told.append(True))
    made.set_minutes(minutes)
    return made, told


def key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def test_only_what_a_person_does_counts(qapp: QApplication, qtbot: QtBot, clock: Clock) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    assert QTest.qWaitForWindowExposed(widget)
    idle, told = watch(clock, widget)
    idle.watch(widget.windowHandle())
    clock.now += 599
    QApplication.sendEvent(widget.windowHandle(), QEvent(QEvent.Type.UpdateRequest))
    QApplication.sendEvent(widget.windowHandle(), QEvent(QEvent.Type.Timer))
    idle.look()
    assert not told
    QTest.keyClick(widget.windowHandle(), Qt.Key.Key_A)
    clock.now += 599
    idle.look()
    assert not told
    clock.now += 1
    idle.look()
    assert told == [True]
    idle.look()
    assert told == [True]
    idle.begin()
    clock.now += 600
    idle.look()
    assert told == [True, True]


def test_a_touch_after_the_time_is_over_is_no_touch(qapp: QApplication, qtbot: QtBot, clock: Clock) -> None:
    """The PC has slept for hours, and the key that woke it comes before our timer."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    idle, told = watch(clock, widget)
    idle.watch(widget.windowHandle())
    clock.now += 5 * 3600
    assert idle.eventFilter(widget.windowHandle(), key())  # kept from the window
    assert told == [True]


def test_input_in_other_programs_counts_where_the_system_tells(qapp: QApplication, qtbot: QtBot, clock: Clock) -> None:
    parent = QObject()
    idle, told = watch(clock, parent)
    for _ in range(5):
        clock.now += 300
        clock.elsewhere = 1.0
        idle.look()
    assert not told
    clock.now += 4000  # asleep, then woken by a key a moment ago
    clock.elsewhere = 0.5
    idle.look()
    assert told == [True]


def test_never_is_never(qapp: QApplication, clock: Clock) -> None:
    parent = QObject()
    idle, told = watch(clock, parent, 0)
    clock.now += 10**6
    idle.look()
    assert not told


def test_the_policy_bounds_the_time(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.idle_lock_minutes = 0
    window = stage.open()
    assert window.lock.idle._limit == 0
    window.policy = Policy(idle_lock_minutes=5)
    window.lock.follow_settings()
    assert window.lock.idle._limit == 300
    stage.settings.idle_lock_minutes = 3
    window.lock.follow_settings()
    assert window.lock.idle._limit == 180


def test_the_clock_goes_on_by_itself() -> None:
    first = session_lock.clock()
    assert session_lock.clock() >= first > 0
    assert session_lock.since(5, 0xFFFFFFFF - 994) == 1.0  # Windows' clock has begun anew meanwhile


def test_messages_of_windows_lock_and_open(start: Start, store: str, qtbot: QtBot) -> None:
    window = drafted(start(), qtbot)
    asked: list[bool] = []
    window.lock.lock_pc = lambda: asked.append(True) or True

    def message(kind: int, what: int) -> None:
        told = wintypes.MSG()
        told.message, told.wParam = kind, what
        assert window.lock.session.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told)) == (False, 0)

    message(0x0100, session_lock.WTS_SESSION_LOCK)  # a key
    assert not window.lock.on
    message(session_lock.WM_WTSSESSION_CHANGE, session_lock.WTS_SESSION_LOCK)
    assert window.lock.on and not asked  # it is locked already
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    message(session_lock.WM_WTSSESSION_CHANGE, session_lock.WTS_SESSION_UNLOCK)
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    assert page(window)
