"""What was done to a page can be stored, and undone in another window."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from tests.ui.test_draft_text import BODY_SECTION, LEAD, TABLE, everything, interleave, stream

from biseo.document import Section
from biseo.worksession import WorkSession, back, forward, from_json
from biseo_ui.draft_history import DraftHistory
from biseo_ui.widgets.draft_reader import HEADLINE, TITLE
from biseo_ui.widgets.draft_text import DraftText, Edit

ORDER = ["head", "lead", "body"]


class Page:
    """A document with its history."""

    def __init__(self, app: QApplication) -> None:
        self.document = QTextDocument(app)
        self.text = DraftText(self.document)
        self.text.reset(ORDER)
        self.history = DraftHistory(self.text, self.document)

    def restored(self, app: QApplication) -> Page:
        """What another window makes of what this one stores."""
        history = self.history
        stored = WorkSession("press", words=history.words, done=history.done, undone=history.undone).to_json()
        session = from_json(stored)
        other = Page(app)
        other.history.restore(ORDER, session.words, session.done, session.undone)
        return other

    def back_to_the_start(self) -> list[object]:
        """The page at every step of undo."""
        seen: list[object] = []
        while self.document.isUndoAvailable():
            self.document.undo()
            assert self.history.words == self.text.words()
            seen.append(plain(self))
        return seen


def plain(page: Page) -> object:
    """What can be seen of a page."""
    return [(each.id, each.heading, each.text, each.rows, each.above, each.below) for each in page.text.words()]


@pytest.fixture
def page(qapp: QApplication) -> Page:
    made = Page(qapp)
    made.text.set_line(TITLE, "제목")
    for section in (TABLE, LEAD, BODY_SECTION):
        stream(made.text, section)
    return made


def test_every_step_comes_back(page: Page, qapp: QApplication) -> None:
    interleave(page.text, Section("lead", "리드", "새 문단이다.", "model", heading=False), BODY_SECTION)
    cursor = page.text.cursor_at("lead")
    assert cursor is not None
    for letter in "손으로":
        cursor.insertText(letter)
    cursor.insertText("\n고침")
    assert page.text.change_words([Edit("body", 0, 0, "앞 "), Edit("lead", 0, 1, "맨 앞\n둘째")])
    table = page.text.table("head")
    assert table is not None
    table.cellAt(0, 1).firstCursorPosition().insertText("○○")
    other = page.restored(qapp)
    assert plain(other) == plain(page)
    assert other.history.done == page.history.done
    assert other.back_to_the_start() == page.back_to_the_start()


def test_what_was_undone_can_be_done_again_in_the_other_window(page: Page, qapp: QApplication) -> None:
    page.text.change_words([Edit("lead", 0, 2, "둘")])
    last = plain(page)
    page.document.undo()
    page.document.undo()
    other = page.restored(qapp)
    assert plain(other) == plain(page)
    other.document.redo()
    other.document.redo()
    assert plain(other) == last
    assert not other.document.isRedoAvailable()
    assert other.history.done == page.restored(qapp).history.done + page.history.undone[::-1]


def test_a_deleted_page_comes_back(page: Page, qapp: QApplication) -> None:
    whole = plain(page)
    cursor = QTextCursor(page.document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    other = page.restored(qapp)
    other.document.undo()
    assert plain(other) == whole
    assert other.text.rows("head") == TABLE.rows


def test_a_page_looks_the_same_when_it_is_loaded(page: Page, qapp: QApplication) -> None:
    other = page.restored(qapp)
    assert everything(other.text) == everything(page.text)
    assert other.text.words() == page.text.words()
    line = other.text.cursor_at(TITLE)
    assert line is not None and other.text.words()[0].role == HEADLINE
    items = [block for block in other.text._of("body") if block.text().startswith("-")]
    assert items[0].blockFormat().leftMargin() > 0


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_can_be_undone_elsewhere(qapp: QApplication, seed: int) -> None:
    page, chance = Page(qapp), random.Random(seed)
    for section in (TABLE, LEAD, BODY_SECTION):
        stream(page.text, section)
    for _ in range(25):
        what = chance.choice(["type", "type", "line", "delete", "undo", "redo", "put", "edit"])
        cursor = QTextCursor(page.document)
        cursor.setPosition(chance.randrange(page.document.characterCount()))
        name = chance.choice(ORDER)
        match what:
            case "type":
                for letter in chance.choice(["가나", "다", "□ 라"]):
                    cursor.insertText(letter)
            case "line":
                cursor.insertText("\n")
            case "delete":
                cursor.setPosition(
                    min(cursor.position() + chance.randrange(1, 9), page.document.characterCount() - 1),
                    QTextCursor.MoveMode.KeepAnchor,
                )
                cursor.removeSelectedText()
            case "undo":
                page.document.undo()
            case "redo":
                page.document.redo()
            case "put" if name != "head":
                stream(page.text, Section(name, "절", f"새 글 {chance.random()}\n□ 둘", "model"))
            case "edit":
                length = len(page.text.section_text(name))
                page.text.change_words([Edit(name, 0, min(length, 2), "고침")])
        assert page.history.words == page.text.words()
    steps = page.history.done
    words = page.history.words
    for step in reversed(steps):
        words = back(words, step)
    for step in steps:
        words = forward(words, step)
    assert set(words) == set(page.history.words)
    other = page.restored(qapp)
    assert sorted(map(str, other.text.words())) == sorted(map(str, page.text.words()))
    mine, theirs = page.back_to_the_start(), other.back_to_the_start()
    assert len(theirs) <= len(mine)
