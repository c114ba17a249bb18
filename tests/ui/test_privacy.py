"""Personal data in the window: told on the card, asked about before a draft leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import PLAN, Stage

from biseo_ui.dialogs.privacy_question import ask_private
from biseo_ui.main_window import MainWindow

PERSONAL = (*PLAN, "□ 신청인 홍길동(010-1234-5678)이 나눔 장터 참가를 신청했다.")
DRAFT = "한빛시는 한빛도서관에서 책잔치를 연다고 밝혔다. 홍길동은 나눔 장터에 참가한다."


class Asked:
    """Answers the question and remembers what was asked."""

    def __init__(self, answer: str) -> None:
        self.answer, self.told = answer, []  # type: ignore[var-annotated]

    def __call__(self, _parent: QWidget, found: str, way: str, then: Callable[[str], object], **more: str) -> None:
        self.told.append((found, way))
        self.more = more
        then(self.answer)


@pytest.fixture
def drafted(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A window with a draft that names a private person of the source."""
    stage.engine._answer = lambda job: DRAFT if "한 줄로" not in job.prompt.task else "한빛시 책잔치 개최"
    window = stage.open()
    window.work.add_files([stage.source(lines=PERSONAL)])
    qtbot.waitUntil(lambda: bool(window.work.cards.personal_values()), timeout=10_000)
    window.work.write()
    qtbot.waitUntil(lambda: window.work.session.has_draft and not window.work.session.writing, timeout=20_000)
    text = window.work.area.editor
    if "홍길동" not in text.toPlainText():
        cursor = text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text.setTextCursor(cursor)
        text.insertPlainText(" 홍길동은 참가한다.")
    return window


def test_the_card_tells_numbers_only(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.add_files([stage.source(lines=PERSONAL)])
    card = window.work.cards.cards[0]
    qtbot.waitUntil(lambda: bool(card.source.privacy.counts), timeout=10_000)
    assert card._privacy.isVisible()
    assert card._privacy.accessibleName() == "◆ 민감: 휴대전화 1, 이름 1"
    assert "민감: 휴대전화 1, 이름 1" in card.accessibleName()
    assert "홍길동" not in repr(card.source.privacy) + card.accessibleName()


def test_a_source_without_has_no_mark(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.add_files([stage.source()])
    card = window.work.cards.cards[0]
    qtbot.waitUntil(lambda: card.source.state == "ready" and not stage.runner.busy(), timeout=10_000)
    assert not card._privacy.isVisible()


@pytest.mark.parametrize(("answer", "stays"), [("mask", False), ("keep", True)])
def test_saving(drafted: MainWindow, stage: Stage, qtbot: QtBot, answer: str, stays: bool) -> None:
    asked = drafted.work.privacy.ask = Asked(answer)
    target = stage.dialogs.target = stage.home / "저장.txt"
    drafted.work.save()
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert len(asked.told) == 1
    assert asked.told[0][1] == "save" and "이름" in asked.told[0][0] and "홍길동" not in asked.told[0][0]
    assert ("홍길동" in target.read_text(encoding="utf-8")) is stays
    assert "홍길동" in drafted.work.area.editor.toPlainText()
    qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=10_000)
    assert drafted.work.session.dirty is not stays  # a masked copy does not save the draft itself


def test_no_is_no(drafted: MainWindow, stage: Stage) -> None:
    asked = drafted.work.privacy.ask = Asked("cancel")
    stage.dialogs.target = stage.home / "저장.txt"
    QGuiApplication.clipboard().setText("있던 것")
    drafted.work.save()
    drafted.work.copy()
    drafted.preview()
    assert [way for _, way in asked.told] == ["save", "copy", "print"]
    assert "save 저장" not in stage.dialogs.asked and not (stage.home / "저장.txt").exists()
    assert QGuiApplication.clipboard().text() == "있던 것"
    assert drafted.pages.currentWidget() is drafted.work


def test_copying_the_whole_and_a_part(drafted: MainWindow) -> None:
    clipboard, editor = QGuiApplication.clipboard(), drafted.work.area.editor
    drafted.work.privacy.ask = Asked("mask")
    drafted.work.copy()
    assert "○○○" in clipboard.text() and "홍길동" not in clipboard.text()
    cursor = editor.document().find("홍길동")
    editor.setTextCursor(cursor)
    QTest.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "○○○"
    drafted.work.privacy.ask = Asked("keep")
    QTest.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "홍길동"
    drafted.work.privacy.ask = Asked("cancel")
    clipboard.setText("있던 것")
    QTest.keyClick(editor, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "있던 것" and "홍길동" in editor.toPlainText()


def test_the_context_menu_asks_too(drafted: MainWindow) -> None:
    editor = drafted.work.area.editor
    editor.setTextCursor(editor.document().find("홍길동"))
    asked = drafted.work.privacy.ask = Asked("mask")
    menu = editor.context_menu(editor.cursorRect().center())
    next(action for action in menu.actions() if action.objectName() == "edit-copy").trigger()
    menu.deleteLater()
    assert len(asked.told) == 1
    assert QGuiApplication.clipboard().text() == "○○○"


def test_printing_shows_what_will_be_printed(drafted: MainWindow, qtbot: QtBot) -> None:
    drafted.work.privacy.ask = Asked("mask")
    taken = []
    drafted.preview_page.press.take = taken.append  # type: ignore[method-assign]
    drafted.preview()
    assert drafted.pages.currentWidget() is drafted.preview_page
    assert "홍길동" not in str(taken[0].sections) and "○○○" in str(taken[0].sections)


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, "mask"), (Qt.Key.Key_Escape, "cancel")])
def test_the_question(stage: Stage, qtbot: QtBot, key: Qt.Key, answer: str) -> None:
    window = stage.open()
    answers: list[str] = []
    box = ask_private(window, "이름 2곳", "save", answers.append)
    qtbot.waitUntil(box.isVisible)
    assert isinstance(box, QMessageBox)
    assert [button.text() for button in box.buttons()] == ["가리고 저장", "그대로 저장", "취소"] or len(
        box.buttons()
    ) == 3
    assert box.defaultButton().text() == "가리고 저장"
    QTest.keyClick(box, key)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [answer]


def test_nothing_is_asked_without_personal_data(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    window = stage.open()
    window.work.add_files([stage.source()])
    qtbot.waitUntil(lambda: not window.work.cards.reading(), timeout=10_000)
    window.work.write()
    qtbot.waitUntil(lambda: window.work.session.has_draft and not window.work.session.writing, timeout=20_000)
    asked = window.work.privacy.ask = Asked("cancel")
    stage.dialogs.target = tmp_path / "그대로.txt"
    window.work.save()
    qtbot.waitUntil(stage.dialogs.target.exists, timeout=10_000)
    assert asked.told == []
