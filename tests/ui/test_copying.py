"""Clipboard: what goes out keeps items and tables, what comes in is words."""

from __future__ import annotations

import base64
import subprocess
import sys

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import written

from biseo.document import Section
from biseo_ui.draft_clipboard import mime_of_selection, pasted_text
from biseo_ui.widgets.draft_editor import DraftEditor

TABLE = Section("t", "현황", "", "rule", rows=(("구분", "금액"), ("행사", "1,200"), ("합계", "1,200")), header_rows=1)


def editor(stage: Stage, qtbot: QtBot) -> DraftEditor:
    made = DraftEditor(stage.theme)
    qtbot.addWidget(made)
    made.text.reset(["a", "t"])
    made.text.put(Section("a", "개요", "1. 첫째 항목이다.\n가. 아래 항목이다.\n설명이다.", "model"))
    made.text.put(TABLE)
    return made


def test_the_whole_draft_is_copied_as_it_would_be_written(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    window.work.area.copy.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().text().startswith("[인공지능 초안"), timeout=20_000)
    data = QGuiApplication.clipboard().mimeData()
    assert "\t배포 일시\t" in data.text()
    assert "<table" in data.html() and "한빛" in data.html()


def test_a_selection_keeps_items_and_tables(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    made.selectAll()
    data = made.createMimeDataFromSelection()
    assert data.text().split("\n")[:4] == ["개요", "1. 첫째 항목이다.", "  가. 아래 항목이다.", "설명이다."]
    assert "구분\t금액\n행사\t1,200\n합계\t1,200" in data.text()
    html = data.html()
    assert "1. 첫째 항목이다." in html and "text-indent:-" in html
    assert html.count("<th ") == 2 and html.count("<td ") == 4


def test_a_part_of_a_report_is_copied_as_the_whole_would_be(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    made.text.put(Section("a", "개요", "ㅇ 첫째 항목이다.\n- 아래 항목이다.", "model"))
    made.selectAll()
    data = mime_of_selection(made.textCursor(), "report")
    assert data is not None
    assert data.text().split("\n")[:3] == ["□ 개요", "  ㅇ 첫째 항목이다.", "    - 아래 항목이다."]
    made.text.put(Section("a", "개요", "□ 첫째 항목이다.\nㅇ 아래 항목이다.", "model"))
    made.selectAll()
    data = mime_of_selection(made.textCursor(), "report")
    assert data is not None
    assert data.text().split("\n")[:3] == ["개요", "□ 첫째 항목이다.", "  ㅇ 아래 항목이다."]


def test_words_within_a_line_are_only_words(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    cursor = made.textCursor()
    cursor.setPosition(made.text.cursor_at("a").position() + 7)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
    made.setTextCursor(cursor)
    assert mime_of_selection(cursor) is None
    data = made.createMimeDataFromSelection()
    assert not data.hasHtml() and len(data.text()) == 2


def test_a_selection_over_part_of_a_table_takes_whole_rows(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    table = made.text.table("t")
    cursor = made.textCursor()
    cursor.setPosition(table.cellAt(1, 0).firstPosition())
    cursor.setPosition(table.cellAt(2, 1).lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    data = mime_of_selection(cursor)
    assert data is not None and data.text() == "행사\t1,200\n합계\t1,200"


def test_foreign_rich_text_comes_in_as_words(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    pixel = base64.b64encode(b"x").decode()
    data = QMimeData()
    data.setHtml(
        "<p style='font-family:궁서;color:red;font-size:40pt'>붙인 <b>글</b>이다.</p>"
        f"<img src='data:image/png;base64,{pixel}'><p>둘째&nbsp;줄</p>"
    )
    made.moveCursor(QTextCursor.MoveOperation.Start)
    before = made.document().begin().charFormat()
    made.insertFromMimeData(data)
    text = made.toPlainText()
    assert "붙인 글이다." in text and "둘째 줄" in text and "\ufffc" not in text
    block = made.document().begin()
    while block.isValid():
        for part in block.textFormats():
            assert not part.format.isImageFormat()
            assert "궁서" not in str(part.format.fontFamilies())
            assert part.format.foreground().color().name() != "#ff0000"
        block = block.next()
    assert made.document().begin().charFormat().fontWeight() == before.fontWeight()
    made.undo()
    assert "붙인" not in made.toPlainText()


def test_pasted_words_are_clean(qapp: QApplication) -> None:
    data = QMimeData()
    data.setText("가\u200b나\ufeff\u2028다\u00a0라\x07\r\n마\ufffc\n")
    assert pasted_text(data) == "가나\n다 라\n마"
    data.setText("\u1112\u1161\u11ab글")
    assert pasted_text(data) == "한글"
    assert pasted_text(QMimeData()) == ""


def test_files_are_never_pasted_into_the_draft(stage: Stage, qtbot: QtBot) -> None:
    made = editor(stage, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.hwpx")])
    before = made.toPlainText()
    assert not made.canInsertFromMimeData(data)
    made.insertFromMimeData(data)
    assert made.toPlainText() == before


def test_the_program_ends_well_with_a_draft_on_the_clipboard() -> None:
    code = """
from PySide6.QtWidgets import QApplication
from biseo.document import Draft, Section
from biseo_ui.draft_clipboard import copy_draft
app = QApplication([])
copy_draft(Draft("plan", "report", "책잔치", (Section("body", "본문", "ㅇ 첫째", "model"),)))
assert app.clipboard().mimeData().hasHtml() and "첫째" in app.clipboard().text()
"""
    ended = subprocess.run([sys.executable, "-c", code], timeout=60, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
