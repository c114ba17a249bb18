"""Page pictures in the source viewer: drawn elsewhere, turned by keyboard, text where there is no picture."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage

from biseo.document import Block, Document
from biseo.errors import InputFileError
from biseo.pictures.picture import PagePicture
from biseo_ui.widgets.source_viewer import SourceViewer

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="141"><text x="9" y="30">가</text></svg>'


class Renderer:
    """Draws three pages; page 2 holds the passage."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []
        self.error: InputFileError | None = None

    def __call__(self, path: Path, page: int, width: int, passage: str, _cancel: threading.Event) -> PagePicture:
        self.asked.append((page, passage))
        assert threading.current_thread() is not threading.main_thread()
        if self.error is not None:
            raise self.error
        if passage:
            return PagePicture("svg", 2, 3, 100, 141, SVG.encode(), "둘째 쪽", ((0.1, 0.2, 0.3, 0.1),))
        return PagePicture("pixels", page, 3, 2, 3, bytes([255, 0, 0, 0] * 6), f"{page}쪽 글")


def viewer(stage: Stage, qtbot: QtBot, kind: str = "pdf") -> tuple[SourceViewer, Renderer, Document]:
    renderer = Renderer()
    made = SourceViewer(stage.theme, stage.runner, replace(stage.services, draw_page=renderer))
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    blocks = (Block("paragraph", "첫 글이다.", page=1), Block("paragraph", "찾는 글이다.", page=2))
    return made, renderer, Document(f"계획.{kind}", kind, "", 3, blocks)


def test_the_page_of_the_passage_is_shown_and_pages_turn_by_keyboard(stage: Stage, qtbot: QtBot) -> None:
    made, renderer, document = viewer(stage, qtbot)
    made.show_document(document, "찾는 글이다.")
    qtbot.mouseClick(made.picture, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.view.sheet.image is not None)
    assert made.stack.currentWidget() is made.view and not made.search.isVisible()
    assert renderer.asked[0] == (2, "찾는 글이다.")
    assert made.view.page == 2 and len(made.view.sheet.marks) == 1
    assert made.view.sheet.accessibleName() == "쪽 그림, 3쪽 가운데 2쪽"
    assert made.view.sheet.accessibleDescription() == "둘째 쪽"
    qtbot.keyClick(made.view.sheet, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: made.view.sheet.accessibleDescription() == "3쪽 글")
    assert renderer.asked[-1] == (3, "") and not made.view.sheet.marks
    qtbot.keyClick(made.view.sheet, Qt.Key.Key_PageDown)
    assert made.view.page == 3
    qtbot.keyClick(made.view.sheet, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: made.view.sheet.accessibleDescription() == "1쪽 글")
    qtbot.mouseClick(made.picture, Qt.MouseButton.LeftButton)
    assert made.stack.currentWidget() is made.text and made.search.isVisible()


def test_a_page_seen_before_is_not_drawn_again(stage: Stage, qtbot: QtBot) -> None:
    made, renderer, document = viewer(stage, qtbot)
    made.show_document(document)
    made.picture.click()
    qtbot.waitUntil(lambda: made.view.sheet.accessibleDescription() == "1쪽 글")
    made.view.turn(1)
    qtbot.waitUntil(lambda: made.view.sheet.accessibleDescription() == "2쪽 글")
    count = len(renderer.asked)
    made.view.turn(-1)
    qtbot.waitUntil(lambda: made.view.sheet.accessibleDescription() == "1쪽 글")
    assert len(renderer.asked) == count


def test_without_a_picture_the_text_stays_with_a_sentence(stage: Stage, qtbot: QtBot) -> None:
    made, renderer, document = viewer(stage, qtbot, "hwp")
    renderer.error = InputFileError("no-picture", "이 문서의 쪽 그림을 그리지 못했습니다.", "글로 보여 드립니다.")
    made.show_document(document)
    made.picture.click()
    qtbot.waitUntil(lambda: made.note.isVisible())
    assert made.stack.currentWidget() is made.text and not made.picture.isChecked()
    assert "그리지 못했습니다." in made.note.text().replace("\u200b", "")


def test_word_documents_are_text_only_and_it_is_said(stage: Stage, qtbot: QtBot) -> None:
    made, _renderer, document = viewer(stage, qtbot, "docx")
    made.show_document(document)
    assert not made.picture.isVisible()
    assert "Word" in made.note.text() and made.note.isVisible()
    made.show_document(replace(document, format="hwpx"))
    assert made.picture.isVisible() and not made.note.isVisible()
