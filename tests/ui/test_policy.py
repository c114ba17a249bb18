"""The policy in the window: every rule with the real widgets, and what is said beside what is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QListView, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.assistant.forms.form_files import paragraph, write_hwpx
from tests.ui.conftest import Entry, Stage
from tests.ui.test_completion import place
from tests.ui.test_window import messages, written

from biseo.errors import ModelError, PolicyError
from biseo.policy import Policy
from biseo.policy_reading import parse
from biseo_ui import app as root
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.broken_policy import BrokenPolicyWindow
from biseo_ui.pages.recovery_page import RecoveryPage
from biseo_ui.theme import Theme
from biseo_ui.widgets.lock_note import LockNote

# Menus say so on the offscreen platform; it is no fault of theirs.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[str], MainWindow]


@pytest.fixture
def ruled(stage: Stage, qtbot: QtBot) -> Open:
    """A window with a finished summary, under the rules of that text."""

    def open_window(rules: str) -> MainWindow:
        stage.policy = parse(rules.encode(), Path("/etc/biseo/policy.toml"))
        stage.services = _with_policy(stage)
        window = written(stage, qtbot, "summary")
        session = window.work.session
        for finding in session.findings():
            session.dismiss(finding, "사실 확인함", confirmed=True)
        qtbot.waitUntil(lambda: not session.checks.busy)
        return window

    return open_window


def _with_policy(stage: Stage) -> Any:
    from dataclasses import replace

    real = root.real_services(stage.policy)
    return replace(stage.services, write_document=real.write_document, fill_form=real.fill_form)


def locks(widget: QWidget) -> list[str]:
    """The reasons that can be read there now."""
    return [note.reason for note in widget.findChildren(LockNote) if note.isVisibleTo(widget) and note.reason]


def is_locked(button: QWidget) -> bool:
    """Switched off, and said to whoever does not see it."""
    return not button.isEnabled() and "기관 정책에 따라" in button.accessibleDescription()


# what leaves


def test_without_a_policy_nothing_is_locked(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    area = window.work.area
    assert all(button.isEnabled() for button in (area.save, area.print, area.copy, area.grade))
    assert locks(window.work) == []
    window.show_place("settings")
    assert locks(window.settings_page) == []
    words = [each.text() for each in window.settings_page.findChildren(QLabel)]
    assert "이 PC에는 기관이 정한 제한이 없습니다." in words


def test_printing_is_locked(ruled: Open, qtbot: QtBot) -> None:
    window = ruled("printing = false")
    area = window.work.area
    assert is_locked(area.print) and area.save.isEnabled() and area.copy.isEnabled()
    assert locks(area) == ["기관 정책에 따라 인쇄할 수 없습니다."]
    place(window, qtbot)
    qtbot.keyClick(area.editor, Qt.Key.Key_P, CTRL)
    assert "인쇄할 수 없습니다" in messages(window)
    assert window.pages.currentWidget() is window.work
    window._show_preview(window.work.session.draft())
    page = window.preview_page
    qtbot.waitUntil(lambda: page.press.pages > 0)
    qtbot.waitUntil(page.pdf.isEnabled)
    assert is_locked(page.print) and locks(page) == ["기관 정책에 따라 인쇄할 수 없습니다."]
    asked: list[object] = []
    page.choose = lambda *given: asked.append(given)
    window.preview()  # Ctrl+P
    assert not asked and "인쇄할 수 없습니다" in page.alerts.messages()[0].text


def test_pdf_may_be_forbidden_alone(ruled: Open, qtbot: QtBot) -> None:
    window = ruled('formats = ["hwpx"]')
    window.preview()
    page = window.preview_page
    qtbot.waitUntil(page.print.isEnabled)
    assert is_locked(page.pdf)
    assert "hwpx 형식으로만" in locks(page)[0]


@pytest.fixture
def own_dialogs() -> Iterator[None]:
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


@pytest.mark.parametrize(
    ("offered", "typed", "wanted"),
    [
        ("보도자료", None, "보도자료.hwpx"),
        ("보도자료.docx", None, "보도자료.hwpx"),
        ("보도자료.pdf", None, "보도자료.pdf"),
        ("보도자료", "다른 이름.docx", "다른 이름.hwpx"),
        ("보도자료", "다른 이름.PDF", "다른 이름.PDF"),
    ],
)
def test_the_dialog_offers_what_is_allowed(
    qtbot: QtBot, tmp_path: Path, own_dialogs: None, offered: str, typed: str | None, wanted: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs = FileDialogs(parent, parse(b'formats = ["hwpx", "pdf"]'))
    dialogs._folder = str(tmp_path)
    chosen: list[Path] = []
    dialogs.save_document(offered, lambda path, _overwrite: chosen.append(path))
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
    assert dialog.nameFilters() == ["한글 문서 (*.hwpx)", "PDF 문서 (*.pdf)"]
    assert "hwpx, pdf 형식으로만" in dialog.windowTitle()
    if typed is not None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(typed)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(chosen))
    assert chosen[0].name == wanted


def test_a_forbidden_format_is_not_written(ruled: Open, stage: Stage, qtbot: QtBot) -> None:
    window = ruled('formats = ["hwpx"]')
    stage.dialogs.target = stage.home / "초안.docx"  # a dialog that does not keep to what it was told
    window.work.save()
    qtbot.waitUntil(lambda: "docx 형식으로는 저장할 수 없습니다" in messages(window))
    assert not stage.dialogs.target.exists()
    stage.dialogs.target = stage.home / "초안.hwpx"
    window.work.save()
    qtbot.waitUntil(stage.dialogs.target.exists)


def test_no_format_at_all(ruled: Open, stage: Stage, qtbot: QtBot) -> None:
    window = ruled("formats = []")
    assert is_locked(window.work.area.save)
    place(window, qtbot)
    qtbot.keyClick(window.work.area.editor, Qt.Key.Key_S, CTRL)
    assert stage.dialogs.asked == []
    assert "파일로 저장할 수 없습니다" in messages(window)


def test_a_filled_form_is_of_an_allowed_format(tmp_path: Path) -> None:
    services = root.real_services(parse(b'formats = ["pdf"]'))
    import threading

    with pytest.raises(PolicyError):
        services.fill_form(tmp_path / "양식.hwpx", {}, tmp_path / "채움.hwpx", False, threading.Event())


def test_a_template_of_a_forbidden_format_is_not_saved(stage: Stage, qtbot: QtBot) -> None:
    stage.policy = parse(b'formats = ["pdf"]')
    window = stage.open()
    template = write_hwpx(stage.home / "양식.hwpx", paragraph("{{제목}}"))
    window.show_place("fill")
    page = window.work.fill_page
    assert locks(page) == []
    page.open_path(template)
    qtbot.waitUntil(lambda: bool(page.rows) and page._job is None, timeout=20_000)
    assert is_locked(page.save_button) and "pdf 형식으로만" in locks(page)[0]
    window.work.save()  # Ctrl+S
    assert stage.dialogs.asked == [] and "pdf 형식으로만" in page.alerts.messages()[0].text


def test_the_recovery_code_is_written_down_by_hand(stage: Stage, qtbot: QtBot) -> None:
    page = RecoveryPage(stage.theme, parse(b"printing = false\nclipboard = false"))
    qtbot.addWidget(page)
    assert is_locked(page.print) and is_locked(page.copy) and len(locks(page)) == 2


# the clipboard


@pytest.fixture
def clean() -> Iterator[Any]:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("앞서 복사한 글")
    yield clipboard
    clipboard.clear()


def test_copying_is_locked(ruled: Open, qtbot: QtBot, clean: Any) -> None:
    window = ruled("clipboard = false")
    qtbot.wait(1)
    clean.setText("")
    area, editor = window.work.area, window.work.area.editor
    assert is_locked(area.copy)
    window.work.copy()
    assert "복사해 내보낼 수 없습니다" in messages(window)
    before = editor.toPlainText()
    for keys in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert):
        area.alerts.clear()
        place(window, qtbot)
        editor.selectAll()
        qtbot.keyClick(editor, keys, CTRL)
        assert clean.text() == ""
        assert "복사해 내보낼 수 없습니다" in messages(window), keys
    assert editor.toPlainText() != before  # it was cut, as asked
    editor.undo()
    assert editor.toPlainText() == before


def test_words_are_moved_within_the_program(ruled: Open, qtbot: QtBot, clean: Any) -> None:
    window = ruled("clipboard = false")
    qtbot.wait(1)
    clean.setText("")
    editor = window.work.area.editor
    place(window, qtbot)
    qtbot.keyClicks(editor, "abcdef")
    before = editor.toPlainText()
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor, Qt.Key.Key_X, CTRL)
    assert "abcdef" not in editor.toPlainText() and clean.text() == ""
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Left)
    qtbot.keyClick(editor, Qt.Key.Key_V, CTRL)
    assert editor.toPlainText() == before.replace("abcdef", "defabc")
    field = window.work.side.form.findChild(QLineEdit)
    assert field is not None
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    assert field.text() == "def"
    clean.setText("다른 글")  # copied elsewhere, later: that is what is pasted now
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    assert field.text() == "다른 글"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, CTRL)
    assert window.guard._words == "다른 글"
    window.guard.forget()
    assert window.guard._words == ""


def test_menus_copy_nothing(ruled: Open, qtbot: QtBot) -> None:
    window = ruled("clipboard = false")
    editor = window.work.area.editor
    editor.selectAll()
    field = window.work.side.form.findChild(QLineEdit)
    assert field is not None
    field.setText("홍길동")
    field.selectAll()
    for menu in (editor.context_menu(QPoint(5, 5)), field.createStandardContextMenu()):
        assert any(action.isEnabled() for action in menu.actions() if action.objectName() == "edit-copy")
        menu.popup(QPoint(0, 0))
        assert not any(
            action.isEnabled() for action in menu.actions() if action.objectName() in ("edit-copy", "edit-cut")
        )
        menu.close()
        menu.deleteLater()


def test_other_widgets_copy_nothing(ruled: Open, qtbot: QtBot, clean: Any) -> None:
    """Lists copy the row that is chosen, fields and labels what is selected: all of them are the program's."""
    window = ruled("clipboard = false")
    qtbot.wait(1)
    clean.clear()
    lists = [view for view in window.work.review.findChildren(QListView) if view.model() and view.model().rowCount()]
    assert lists
    for view in lists:
        view.setCurrentIndex(view.model().index(0, 0))
        qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    for field in window.work.findChildren(QLineEdit):
        field.setText("홍길동")
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_C, CTRL)
    assert clean.text() == ""


def test_what_is_copied_by_code_does_not_stay(ruled: Open, qtbot: QtBot, clean: Any) -> None:
    # The offscreen platform does not know whose the clipboard is.
    window = ruled("clipboard = false")
    window.guard.owns = lambda mode: mode == QClipboard.Mode.Clipboard  # type: ignore[method-assign]
    editor = window.work.area.editor
    editor.selectAll()
    editor.copy()
    assert clean.text()
    qtbot.waitUntil(lambda: clean.text() == "")
    assert "복사해 내보낼 수 없습니다" in messages(window)


def test_a_selection_cannot_be_dragged(ruled: Open, qtbot: QtBot) -> None:
    window = ruled("clipboard = false")
    editor = window.work.area.editor
    place(window, qtbot)
    editor.selectAll()
    inside = editor.cursorRect(_at(editor.textCursor(), 3)).center()
    _press(editor.viewport(), inside)
    assert not editor.textCursor().hasSelection()
    label = QLabel("자료의 문장", window)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.show()
    label.setSelection(0, 3)
    _press(label, QPoint(2, 2))
    assert not label.hasSelectedText()


def _at(cursor: QTextCursor, position: int) -> QTextCursor:
    cursor.setPosition(position)
    return cursor


def _press(widget: QWidget, at: QPoint) -> None:
    spot = QPointF(at)
    buttons = Qt.MouseButton.LeftButton
    for kind, held in ((QEvent.Type.MouseButtonPress, buttons), (QEvent.Type.MouseButtonRelease, Qt.MouseButton(0))):
        event = QMouseEvent(kind, spot, widget.mapToGlobal(spot), buttons, held, Qt.KeyboardModifier(0))
        QApplication.sendEvent(widget, event)


# the grade


def test_a_draft_without_a_grade_does_not_leave(ruled: Open, stage: Stage, qtbot: QtBot) -> None:
    window = ruled("grade_required = true")
    stage.dialogs.target = stage.home / "초안.txt"
    for leave in (window.work.save, window.work.copy, window.preview):
        window.work.area.alerts.clear()
        leave()
        assert "보안 등급을 정하지 않아" in messages(window)
    assert stage.dialogs.asked == [] and window.pages.currentWidget() is window.work
    message = window.work.area.alerts.messages()[0]
    button = next(each for each in message.findChildren(QPushButton) if each.text() == "등급 정하기")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    grade = window.work.area.grade
    assert grade.entries.isVisible()
    assert [action.data() for action in grade.entries.actions()] == ["C", "S", "O"]  # no way back to none
    grade.entries.close()
    grade.entries.actions()[1].trigger()
    assert window.work.session.draft().grade == "S"
    assert "보안 등급" not in messages(window)
    assert "S 민감" in grade.accessibleName()
    window.work.save()
    qtbot.waitUntil(stage.dialogs.target.exists)
    assert "보안등급: S(민감)" in stage.dialogs.target.read_text(encoding="utf-8")


def test_a_draft_without_a_grade_is_not_completed(ruled: Open, qtbot: QtBot) -> None:
    window = ruled("grade_required = true")
    window.work.reviewing.show_completion()
    panel = window.work.completion
    assert [bar.words for bar in window.work.reviewing._bars()] == ["보안 등급을 정하지 않았습니다."]
    for row in panel.points:
        row.box.setChecked(True)
    assert not panel.done.isEnabled()
    panel.bar_chosen.emit(window.work.reviewing._bars()[0])
    assert window.work.area.grade.entries.isVisible()
    window.work.area.grade.entries.close()
    window.work.session.set_grade("O")
    assert window.work.reviewing._bars() == []
    for row in panel.points:
        row.box.setChecked(True)
    assert panel.done.isEnabled()


def test_a_grade_goes_with_the_work_and_not_into_the_next(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "summary")
    actions = window.work.area.grade.entries.actions()
    assert [action.data() for action in actions] == ["C", "S", "O", ""]
    actions[2].trigger()
    work = window.work.snapshot()
    assert work is not None and work.grade == "O"
    window.work.restore(work)
    assert window.work.session.draft().grade == "O" and "O 공개" in window.work.area.grade.accessibleName()
    stage.dialogs.unsaved = "discard"
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    assert window.work.session.grade == "" and "미정" in window.work.area.grade.accessibleName()


# settings, history, models


def test_settings_name_every_rule(ruled: Open, qtbot: QtBot) -> None:
    window = ruled(
        "printing = false\nretention_days = { least = 7, most = 30 }\nidle_lock_minutes = 5\n[reasons]\n"
        'printing = "시행세칙에 따른 것입니다."'
    )
    window.show_place("settings")
    page = window.settings_page
    assert [note.reason for note in page.rules] == [window.policy.reason(name) for name in window.policy.rules]
    assert page.rules[0].reason == "기관 정책에 따라 인쇄할 수 없습니다. 시행세칙에 따른 것입니다."
    assert all(note.isVisibleTo(page) for note in page.rules)
    assert [page.retention.itemData(row) for row in range(page.retention.count())] == [7, 30]
    assert page.retention.currentData() == 30  # 90 days were the user's
    assert "7일 이상 30일 이하로" in page.kept_lock.reason
    assert [page.idle_lock.itemData(row) for row in range(page.idle_lock.count())] == [1, 3, 5]
    assert page.idle_lock.currentData() == 5


def test_one_choice_is_no_choice(ruled: Open, qtbot: QtBot) -> None:
    window = ruled("retention_days = { least = 14, most = 14 }\nidle_lock_minutes = 1")
    window.show_place("settings")
    page = window.settings_page
    assert is_locked(page.retention) and page.retention.currentText() == "14일"
    assert is_locked(page.idle_lock) and page.idle_lock.currentText() == "1분"


def test_what_is_kept_is_clamped(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.retention_days = -1
    stage.policy = Policy(retention_days=(7, 30))
    window = stage.open()
    assert window.keeper._days == 30
    stage.settings.retention_days = 0
    assert window.keeper._days == 7


def test_no_history(ruled: Open) -> None:
    window = ruled("history = false")
    window.show_place("history")
    page = window.history_page
    assert page.nothing.isVisibleTo(
        page
    ) and "기관 정책에 따라 작업 기록을 보관하지 않습니다." in page.nothing.text().replace("\u200b", "")
    assert not page.search.isEnabled()
    assert window.keeper._days == 0
    window.show_place("settings")
    assert is_locked(window.settings_page.retention)


def test_models_that_are_not_approved(stage: Stage, qtbot: QtBot) -> None:
    class Barred(Entry):
        allowed = False

    stage.store.list = (Entry(), Barred(id="other", name="Other 2B", active=False))
    stage.policy = Policy(models=frozenset({"ab" * 32}))
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    window.show_place("settings")
    page = window.settings_page
    use = [each for each in page.findChildren(QPushButton) if each.accessibleName() == "Other 2B 이 모델 쓰기"]
    assert not use[0].isEnabled() and "승인하지 않은" in use[0].accessibleDescription()
    assert any("승인하지 않은 모델" in reason for reason in locks(page))
    assert any("승인된 모델 파일 1개만" in reason for reason in locks(page))


def test_the_engine_of_a_barred_model_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path))
    file = tmp_path / "model.gguf"
    file.write_bytes(b"weights")

    class Chosen:
        path = file

    with pytest.raises(ModelError) as caught:
        root.real_services(Policy(models=frozenset({"cd" * 32}))).open_engine(Chosen())
    assert caught.value.code == "model-forbidden"


# a broken policy


def test_a_broken_policy_shows_one_page(qapp: QApplication, qtbot: QtBot) -> None:
    with pytest.raises(PolicyError) as caught:
        parse(b"printing = perhaps")
    theme = Theme(qapp, "light", 100)
    window = BrokenPolicyWindow(theme, caught.value)
    qtbot.addWidget(window)
    window.show()
    assert window.message.accessibleName() == caught.value.message
    buttons = [each for each in window._front.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons] == ["도움말", "닫기"]
    qtbot.mouseClick(window.help, Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is window.help_page
    qtbot.mouseClick(window.help_page.back, Qt.MouseButton.LeftButton)
    assert window.leave.isVisible()
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(window.leave, Qt.MouseButton.LeftButton)


def test_the_program_starts_with_that_page(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The composition root makes neither engine nor store then."""
    place = tmp_path / "policy.toml"
    place.write_text("printing = perhaps", encoding="utf-8")
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    real = root.policies.load
    monkeypatch.setattr(root.policies, "load", lambda: real(place))
    for name in ("JobRunner", "EngineHost", "VaultHost", "MainWindow"):
        monkeypatch.setattr(root, name, None)
    monkeypatch.setattr(root, "Collector", lambda _app: None)
    seen: list[str] = []

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BrokenPolicyWindow))
        seen.append(window.message.accessibleName())
        window.leave.click()

    QTimer.singleShot(0, look)
    assert root.run() == 5
    assert "TOML 형식이 아닙니다" in seen[0]
    qapp.setQuitOnLastWindowClosed(True)


def test_menus_of_other_windows_are_left_alone(qapp: QApplication) -> None:
    menu = QMenu()
    menu.addAction("복사").setObjectName("edit-copy")
    menu.popup(QPoint(0, 0))
    assert menu.actions()[0].isEnabled()
    menu.close()
