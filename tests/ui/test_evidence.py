"""Sentences of a draft beside what carries them, in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import written

from biseo.document import Block, Document
from biseo_ui.evidence_lookup import EvidenceLookup
from biseo_ui.main_window import MainWindow
from biseo_ui.widgets.source_viewer import SourceViewer

BARE = "시민의 자발적 봉사단이 행사를 도움"


def add_line(window: MainWindow, section: str, words: str) -> None:
    cursor = window.work.area.editor.text.end_of(section)
    assert cursor is not None
    cursor.insertText(f"\nㅇ {words}")


def marked(window: MainWindow) -> list[str]:
    return [cursor.selectedText() for cursor in window.work.area.editor.unsupported.places()]


def test_a_sentence_that_nothing_carries_is_marked_and_counted(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "swot")
    before = marked(window)
    add_line(window, "strengths", BARE)
    qtbot.waitUntil(lambda: marked(window) == [BARE, *before], timeout=20_000)
    state = window.work.session.states["strengths"]
    assert state.unsupported == 1
    assert "근거 없음 1" in str(state)
    view = window.work.review.evidence
    assert not view.legend.isHidden()
    window.work.desk.step(1)
    editor = window.work.area.editor
    assert editor.textCursor().selectedText() == BARE
    qtbot.waitUntil(lambda: any("추정" in label for label in _words(view)), timeout=20_000)
    editor.viewport().repaint()  # drawing the marks must not fail on any line


def test_marks_move_with_the_words_and_go_when_they_are_carried(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "swot")
    editor = window.work.area.editor
    add_line(window, "strengths", BARE)
    qtbot.waitUntil(lambda: marked(window)[:1] == [BARE], timeout=20_000)
    cursor = editor.text.cursor_at("strengths")
    assert cursor is not None
    cursor.insertText("큰 ")
    assert marked(window)[:1] == [BARE]
    place = editor.unsupported.places()[0]
    place.insertText("안전요원 24명을 배치함")
    qtbot.waitUntil(lambda: window.work.session.states["strengths"].unsupported == 0, timeout=20_000)
    assert BARE not in marked(window)


def test_what_the_review_found_is_shown_at_once(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "swot")
    editor, view = window.work.area.editor, window.work.review.evidence
    made = window.work.session.states["strengths"].made
    assert made is not None
    first = made.sentences[0]
    assert first.evidence
    cursor = editor.text.selection("strengths", first.start, first.start)
    assert cursor is not None
    editor.setTextCursor(QTextCursor(cursor))
    qtbot.waitUntil(lambda: any(first.evidence[0].text in label for label in _words(view)), timeout=20_000)
    with qtbot.waitSignal(window.work.desk.source_wanted) as wanted:
        next(button for button in view.findChildren(QPushButton) if button.text() == "원문 보기").click()
    assert wanted.args[1] == first.evidence[0].text


def test_evidence_of_sources_with_one_name() -> None:
    documents = [
        Document(f"/일/{year}/계획.txt", "txt", "", None, (Block("paragraph", f"제설차 {count}대를 고갯길에 보낸다."),))
        for year, count in ((2025, 18), (2026, 25))
    ]
    (found,) = EvidenceLookup()("고갯길에 제설차 25대를 보낸다.", documents)
    assert found.source == "2026/계획.txt"


def test_a_long_source_is_shown_without_a_halt(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    viewer: SourceViewer = window.work.viewer
    blocks = tuple(
        Block("paragraph", f"{number}번째 문단에서 도로 포장과 공원 정비를 살핀다.", page=number // 20 + 1)
        for number in range(4000)
    )
    viewer.show_document(Document(str(Path("긴 자료.pdf")), "pdf", "", 200, blocks), "3900번째 문단에서")
    assert not viewer.complete  # the window goes on before all of it is written
    qtbot.waitUntil(lambda: viewer.complete, timeout=20_000)
    qtbot.waitUntil(lambda: viewer.marked_text() == "3900번째 문단에서", timeout=5_000)


def _words(view: object) -> list[str]:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(view, QWidget)
    return [label.text() for label in view.findChildren(QLabel)]
