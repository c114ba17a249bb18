"""Sections keep their tags whatever happens to the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from biseo.document import Section
from biseo_ui.widgets.draft_reader import BODY, HEADLINE, TITLE
from biseo_ui.widgets.draft_text import DraftText

TABLE = Section("head", "머리", "", "rule", rows=(("기관", "한빛시"), ("담당", "홍길동")), heading=False)
LEAD = Section("lead", "리드", "첫 문단이다.", "model", heading=False)
BODY_SECTION = Section("body", "본문", "□ 하나\nㅇ 둘\n- 셋", "model")


@pytest.fixture
def text(qapp: QApplication) -> DraftText:
    made = DraftText(QTextDocument(qapp))
    made.reset(["head", "lead", "body"])
    for section in (TABLE, LEAD, BODY_SECTION):
        stream(made, section)
    return made


def stream(text: DraftText, section: Section, pieces: int = 3) -> None:
    text.begin(section.id, section.title, section.heading)
    step = max(1, len(section.text) // pieces)
    for at in range(0, len(section.text), step):
        text.append(section.id, section.text[at : at + step])
    text.put(section)


def everything(text: DraftText) -> list[tuple[str, str, str]]:
    return [(name, text.heading(name), text.section_text(name)) for name in text.section_ids()]


def test_sections_stand_as_they_were_put(text: DraftText) -> None:
    assert everything(text) == [
        ("head", "", "기관\t한빛시\n담당\t홍길동"),
        ("lead", "", "첫 문단이다."),
        ("body", "본문", "□ 하나\nㅇ 둘\n- 셋"),
    ]
    assert text.rows("head") == TABLE.rows


def test_one_step_of_undo_takes_a_whole_section_back(text: DraftText) -> None:
    whole = everything(text)
    document = text.parent()
    assert isinstance(document, QTextDocument)
    document.undo()
    assert everything(text) == whole[:2]
    document.undo()
    assert everything(text) == whole[:1]
    document.redo()
    document.redo()
    assert everything(text) == whole


def test_a_rewrite_is_one_step_and_keeps_the_old_words_until_new_ones_come(text: DraftText) -> None:
    whole = everything(text)
    document = text.parent()
    assert isinstance(document, QTextDocument)
    text.begin("lead", "리드", False)
    assert everything(text) == whole
    text.append("lead", "새 ")
    text.append("lead", "문단")
    text.begin("lead", "리드", False)  # a second attempt
    text.append("lead", "더 나은 문단")
    text.put(Section("lead", "리드", "더 나은 문단이다.", "model", heading=False))
    assert text.section_text("lead") == "더 나은 문단이다."
    document.undo()
    assert everything(text) == whole


def test_an_edit_in_between_keeps_its_own_step(text: DraftText) -> None:
    document = text.parent()
    assert isinstance(document, QTextDocument)
    text.begin("body", "본문", True)
    text.append("body", "□ 새")
    cursor = text.cursor_at("lead")
    assert cursor is not None
    cursor.insertText("손으로 ")
    text.append("body", " 본문")
    text.put(Section("body", "본문", "□ 새 본문", "model"))
    assert text.section_text("lead") == "손으로 첫 문단이다."
    document.undo()
    assert text.section_text("lead") == "손으로 첫 문단이다."
    document.undo()
    assert text.section_text("lead") == "첫 문단이다."


def interleave(text: DraftText, *sections: Section) -> None:
    """Stream them side by side, two characters at a time, and finish them in their order."""
    for section in sections:
        text.begin(section.id, section.title, section.heading)
    assert text.streaming == {section.id for section in sections}
    for at in range(0, max(len(section.text) for section in sections), 2):
        for section in sections:
            if at < len(section.text):
                text.append(section.id, section.text[at : at + 2])
    for section in sections:
        assert text.section_text(section.id) == section.text
        text.put(section)
    assert not text.streaming


def test_sections_side_by_side_come_into_their_own_places_and_are_one_step(text: DraftText) -> None:
    whole = everything(text)
    document = text.parent()
    assert isinstance(document, QTextDocument)
    lead = Section("lead", "리드", "새로 쓴 첫 문단이다.\n둘째 문단이다.", "model", heading=False)
    body = Section("body", "본문", "□ 새 하나\nㅇ 새 둘", "model")
    interleave(text, body, lead)
    new = everything(text)
    assert new == [whole[0], ("lead", "", lead.text), ("body", "본문", body.text)]
    document.undo()
    assert everything(text) == whole
    document.redo()
    assert everything(text) == new


def test_new_sections_side_by_side_stand_in_their_order(qapp: QApplication) -> None:
    text = DraftText(QTextDocument(qapp))
    text.reset(["head", "lead", "body"])
    interleave(text, BODY_SECTION, LEAD)
    stream(text, TABLE)
    assert everything(text) == [
        ("head", "", "기관\t한빛시\n담당\t홍길동"),
        ("lead", "", LEAD.text),
        ("body", "본문", BODY_SECTION.text),
    ]


def test_one_of_several_sections_begins_anew(text: DraftText) -> None:
    text.begin("lead", "리드", False)
    text.begin("body", "본문", True)
    text.append("lead", "첫 시도")
    text.append("body", "□ 새")
    text.put(Section("lead", "리드", "첫 시도이다.", "model", heading=False))
    text.begin("body", "본문", True)
    assert text.section_text("body") == "□ 새"
    text.append("body", "□ 다시")
    assert text.section_text("body") == "□ 다시"
    assert text.section_text("lead") == "첫 시도이다."
    text.end()
    text.append("body", " 늦은 말")
    assert text.section_text("body") == "□ 다시"


def test_edits_are_told_with_their_section(text: DraftText, qapp: QApplication) -> None:
    told: list[str] = []
    text.edited.connect(told.append)
    cursor = text.selection("body", 2, 4)
    assert cursor is not None
    assert cursor.selectedText() == "하나"
    cursor.insertText("열하나")
    assert told == ["body"]
    stream(text, LEAD)
    assert told == ["body"]


def test_new_paragraphs_belong_to_the_section_they_were_typed_in(text: DraftText) -> None:
    cursor = text.selection("lead", 7, 7)
    assert cursor is not None
    cursor.insertText("\n둘째 문단이다.")
    assert text.section_text("lead") == "첫 문단이다.\n둘째 문단이다."


def test_words_beside_a_table_are_not_lost(text: DraftText) -> None:
    table = text.table("head")
    assert table is not None
    cursor = QTextCursor(text.parent())
    cursor.setPosition(table.lastPosition() + 1)
    cursor.insertText("표 아래에 적은 말")
    assert text.beside_table("head") == "표 아래에 적은 말"
    assert text.rows("head") == TABLE.rows


def test_a_deleted_section_comes_back_in_its_place(text: DraftText) -> None:
    first, last = text.cursor_at("lead"), text.cursor_at("body")
    assert first is not None
    assert last is not None
    first.setPosition(last.position(), QTextCursor.MoveMode.KeepAnchor)
    first.removeSelectedText()
    stream(text, LEAD)
    stream(text, BODY_SECTION)
    assert text.section_ids() == ["head", "lead", "body"]


def test_title_goes_on_top(text: DraftText) -> None:
    text.set_line(TITLE, "운영 계획")
    assert text.section_ids()[0] == TITLE
    assert text.section_text(TITLE) == "운영 계획"
    assert text.rows("head") == TABLE.rows


def test_offsets_count_characters_also_beyond_the_basic_plane(text: DraftText) -> None:
    stream(text, Section("lead", "리드", "😀 1,200명", "model", heading=False))
    cursor = text.selection("lead", 2, 8)
    assert cursor is not None
    assert cursor.selectedText() == "1,200명"
    assert text.offset_at(cursor.selectionStart()) == ("lead", 2)


def test_a_cell_of_a_table_can_be_marked(text: DraftText) -> None:
    at = text.section_text("head").index("홍길동")
    cursor = text.selection("head", at, at + 3)
    assert cursor is not None
    assert cursor.selectedText() == "홍길동"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 12), st.sampled_from(["", "가", "\n", "□ 나\n다", "😀"])),
        max_size=8,
    )
)
def test_any_edits_can_be_undone_to_the_same_sections(qapp: QApplication, edits: list[tuple[int, int, str]]) -> None:
    document = QTextDocument()
    text = DraftText(document)
    text.reset(["head", "lead", "body"])
    for section in (TABLE, LEAD, BODY_SECTION):
        stream(text, section)
    whole = everything(text)
    steps = document.availableUndoSteps()
    for at, length, words in edits:
        last = document.characterCount() - 1
        cursor = QTextCursor(document)
        cursor.setPosition(min(at, last))
        cursor.setPosition(min(at + length, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        for name in text.section_ids():
            for place in text.places(name):
                found = text.selection(name, place.offset, place.offset + len(place.text))
                assert found is not None
    while document.availableUndoSteps() > steps:
        document.undo()
    assert everything(text) == whole


def test_roles_are_kept(text: DraftText) -> None:
    text.begin("lead", "리드", False, HEADLINE)
    text.put(Section("lead", "리드", "큰 제목", "model", heading=False), HEADLINE)
    text.begin("lead", "리드", False, BODY)
    text.put(Section("lead", "리드", "작은 글", "model", heading=False), BODY)
    assert text.section_text("lead") == "작은 글"
