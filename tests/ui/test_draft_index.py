"""What the index says is what stands in the document, whatever is done to it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from biseo.document import Section
from biseo.worksession import SectionWords, Step, Swap
from biseo_ui.widgets.draft_index import DraftIndex
from biseo_ui.widgets.draft_text import DraftText

ORDER = ["a", "b", "c"]
PIECES = ("등불 ", "\n", "1. 하나\n가. 둘", "𐐷", "", "끝.")


def made(document: QTextDocument) -> DraftText:
    text = DraftText(document)
    text.reset(ORDER)
    text.put(Section("a", "가", "1. 하나\n가. 둘\n나. 셋", "model"))
    text.put(Section("b", "나", "구분\t수\n책\t3", "form", rows=(("구분", "수"), ("책", "3")), header_rows=1))
    text.put(Section("c", "다", "ㅇ 하나\nㅇ 둘", "model"))
    return text


def fresh(document: QTextDocument) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    index = DraftIndex(document, document)
    found = [
        (name, [(line.role, line.text, line.table is not None) for line in section.lines])
        for name, section in index._walk()[0].items()
    ]
    index.deleteLater()
    return found


def known(text: DraftText) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [
        (name, [(line.role, line.text, line.table is not None) for line in section.lines])
        for name, section in text._index.sections.items()
    ]


@pytest.mark.parametrize("seed", range(12))
def test_it_follows_every_change(qtbot: QtBot, seed: int) -> None:
    document = QTextDocument()
    text = made(document)
    dice = random.Random(seed)
    for _ in range(60):
        cursor = QTextCursor(document)
        cursor.setPosition(dice.randrange(document.characterCount()))
        match dice.randrange(6):
            case 0 | 1:
                cursor.insertText(dice.choice(PIECES))
            case 2:
                cursor.setPosition(dice.randrange(document.characterCount()), QTextCursor.MoveMode.KeepAnchor)
                if abs(cursor.position() - cursor.anchor()) < 12:
                    cursor.removeSelectedText()
            case 3:
                document.undo()
            case 4:
                document.redo()
            case 5:
                cursor.beginEditBlock()  # nothing is told in between, and still it must be right
                cursor.insertText("가\n나")
                assert known(text) == fresh(document)
                cursor.insertText("다")
                assert known(text) == fresh(document)
                cursor.endEditBlock()
        assert known(text) == fresh(document)


def test_typing_within_a_line_does_not_walk_through_the_document(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    document = QTextDocument()
    text = made(document)
    text.words()
    monkeypatch.setattr(DraftIndex, "_walk", lambda _self: pytest.fail("walked"))
    cursor = text.end_of("c")
    assert cursor is not None
    cursor.insertText("!")
    assert text.section_text("c") == "ㅇ 하나\nㅇ 둘!"
    words = text.words_of("c")
    assert words is not None and words.text.endswith("둘!")


@pytest.mark.parametrize("seed", range(20))
def test_replaying_changed_lines_makes_the_same_page_as_writing_it(qtbot: QtBot, seed: int) -> None:
    dice = random.Random(seed)
    lines = ("1. 하나", "가. 둘", "1) 셋", "붙임  1. 계획서 1부.", "      2. 표 1부.", "", "ㅇ 넷", "그냥 글")
    states = ["\n".join(dice.choice(lines) for _ in range(dice.randrange(1, 9))) for _ in range(5)]
    page, other = QTextDocument(), QTextDocument()
    replayed, written = DraftText(page), DraftText(other)
    replayed.load(["a"], [SectionWords("a", heading="가", text=states[0])])
    for before, after in pairwise(states):
        step = Step(
            (Swap("a", SectionWords("a", heading="가", text=before), SectionWords("a", heading="가", text=after)),)
        )
        replayed.replay(step)
        written.load(["a"], [SectionWords("a", heading="가", text=after)])
        assert replayed.words() == written.words()
        assert [(b.textIndent(), b.leftMargin()) for b in shapes(page)] == [
            (b.textIndent(), b.leftMargin()) for b in shapes(other)
        ]
    for state in reversed(states[:-1]):
        page.undo()
        assert replayed.section_text("a") == state.rstrip("\n")


def shapes(document: QTextDocument) -> list[object]:
    block, found = document.begin(), []
    while block.isValid():
        found.append(block.blockFormat())
        block = block.next()
    return found
