"""A draft inside a text document: every block knows which section it belongs to, whatever the user does to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTableFormat,
)

from biseo.document import Section
from biseo.worksession import SectionWords, Step, Swap
from biseo_ui.widgets.draft_indent import Hanging, same_hanging
from biseo_ui.widgets.draft_reader import (
    BODY,
    FOOT,
    GAP,
    GRID,
    HEAD_SHADE,
    HEADING,
    HEADLINE,
    LEADING,
    LETTERHEAD,
    ROLE,
    SECTION,
    SUBHEAD,
    SUBJECT,
    SUBTITLE,
    TITLE,
    DraftReader,
    blocks,
    role_of,
    section_of,
    table_of,
)

if TYPE_CHECKING:
    from biseo.writers.marks import Levels


@dataclass(frozen=True)
class Edit:
    """Words that take the place of a stretch of a section's text."""

    section: str
    start: int
    end: int
    words: str


PIECE = 12
"""Lines that are written at a time while a page is loaded."""


@dataclass(frozen=True)
class _ChangedLines:
    """Lines that take the place of a selection, in a section that is `words` afterwards; `below` keep their words."""

    words: SectionWords
    cursor: QTextCursor
    lines: list[str]
    below: list[QTextBlock]
    hanging: Hanging


@dataclass
class _Stream:
    """A section whose words are coming: how it is set, and whether its place has been cleared for them."""

    title: str
    role: str
    open: bool = False


class DraftText(DraftReader):
    """Finds, writes and replaces the sections of a draft in a `QTextDocument`.

    Several sections may stream side by side. Writing a section, however many pieces it comes in, is one step of
    undo; sections that stream at the same time share theirs, for their pieces lie among each other.

    Signals:
        edited: id of a section that someone other than this class changed (typing, pasting, undo), or nothing for
            words outside of sections.
        changing: id of a section that is about to be changed here.
        changed: the same once it has been, with the layout up to date.
    """

    edited = Signal(str)
    changing = Signal(str)
    changed = Signal(str)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._own = False
        self._step: set[str] = set()
        self._streams: dict[str, _Stream] = {}
        self._order: list[str] = []
        self._touched: set[str] = set()
        self._joining = False
        document.documentLayout()  # a document without a layout tells of no change
        document.contentsChange.connect(self._on_contents_change)
        document.contentsChanged.connect(self._tell_edits)

    @property
    def streaming(self) -> frozenset[str]:
        """Ids of the sections that are being written."""
        return frozenset(self._streams)

    @property
    def joining(self) -> bool:
        """Whether the change that is being told of belongs to the step of undo before it."""
        return self._joining

    def reset(self, order: list[str]) -> None:
        """An empty document whose sections will stand in that order; forgets the undo history."""
        self._order = order
        self.end()
        with self._quiet():
            self._document.clear()

    def load(self, order: list[str], words: Sequence[SectionWords]) -> None:
        """A document of those words, as `words` gave them; forgets the undo history."""
        for _ in self.loading(order, words):
            pass

    def loading(self, order: list[str], words: Sequence[SectionWords]) -> Iterator[None]:
        """The same in pieces: the next one is done each time it is asked for."""
        self.reset(order)
        self._document.setUndoRedoEnabled(False)
        try:
            for number, each in enumerate(words):
                with self._quiet():
                    cursor = QTextCursor(self._document)
                    cursor.movePosition(QTextCursor.MoveOperation.End)
                    if number:
                        cursor.insertBlock(self.block_format(each.id, BODY), QTextCharFormat())
                for _ in self._writing_words(cursor, each):
                    yield
        finally:
            self._document.setUndoRedoEnabled(True)

    def _writing_words(self, cursor: QTextCursor, words: SectionWords) -> Iterator[None]:
        """Write a section into the empty block where the cursor stands, some lines at a time."""
        if words.rows:
            with self._quiet():
                self._write_words(cursor, words)
            yield
            return
        with self._quiet():
            self._write_heading(cursor, words.id, words.heading, words.role)
        hanging = self._hanging(words.id)
        lines = words.text.split("\n")
        for start in range(0, len(lines), PIECE):
            with self._quiet():
                self._write_hanging(cursor, words, lines[start : start + PIECE], hanging, first=not start)
            yield

    def _write_hanging(
        self, cursor: QTextCursor, words: SectionWords, lines: Sequence[str], hanging: Hanging, first: bool = True
    ) -> None:
        """Lines of a section, each set as it hangs; the first one goes into the block of the cursor."""
        letters = char_format(words.role)
        for number, line in enumerate(lines):
            hangs = words.role in (BODY, GAP)
            shape = hanging.next(words.role, line) if hangs else self.block_format(words.id, words.role)
            if number or not first:
                cursor.insertBlock(shape, letters)
            else:
                cursor.setBlockFormat(shape)
            cursor.insertText(line, letters)

    def replay(self, step: Step) -> None:
        """Do a step that was stored; undo takes it back."""
        changed = {swap.section: self._changed_lines(swap) for swap in step.swaps}
        cursor = QTextCursor(self._document)
        with self._quiet():
            cursor.beginEditBlock()
            for swap in step.swaps:
                lines = changed[swap.section]
                if lines is not None:
                    self._replace_lines(lines)
                elif swap.after is None:
                    self._remove(swap.section)
                else:
                    self._write_words(self._clear(swap.section), swap.after)
            cursor.endEditBlock()

    def _changed_lines(self, swap: Swap) -> _ChangedLines | None:
        """The lines that differ; None where more than lines differs."""
        before, after = swap.before, swap.after
        if before is None or after is None or before.rows or after.rows or self.words_of(swap.section) != before:
            return None
        if (before.role, before.heading) != (after.role, after.heading):
            return None
        old, new = before.text.split("\n"), after.text.split("\n")
        blocks = [line.block for line in self._text_lines(swap.section)]
        if len(blocks) != len(old):
            return None
        top, low = _alike(old, new)
        last = blocks[len(old) - low - 1]
        cursor = QTextCursor(blocks[top])
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        hanging = self._hanging(swap.section)
        if after.role in (BODY, GAP):
            for line in old[:top]:
                hanging.next(after.role, line)
        return _ChangedLines(after, cursor, new[top : len(new) - low], blocks[len(old) - low :], hanging)

    def _replace_lines(self, changed: _ChangedLines) -> None:
        changed.cursor.removeSelectedText()
        self._write_hanging(changed.cursor, changed.words, changed.lines, changed.hanging)
        if changed.words.role in (BODY, GAP):
            for block in changed.below:
                self._hang(block, changed.hanging.next(changed.words.role, block.text()))

    def change_words(self, edits: Sequence[Edit]) -> bool:
        """Make those edits, which do not overlap, one step of undo; they are the official's, and told as edited.

        Returns:
            Whether all of them had a place.
        """
        places = [(self.selection(edit.section, edit.start, edit.end), edit) for edit in edits]
        # As numbers: a cursor at the end of one edit would move with the next one, which may begin there.
        found = sorted(
            ((place.selectionStart(), place.selectionEnd(), edit) for place, edit in places if place is not None),
            key=lambda each: each[:2],
        )
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for first, last, edit in reversed(found):
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            in_table = cursor.currentTable() is not None
            cursor.insertText(edit.words.replace("\n", "\u2028") if in_table else edit.words)
        for section in dict.fromkeys(edit.section for _, _, edit in found):
            self._indent(section)
        cursor.endEditBlock()
        return len(found) == len(edits)

    # writing

    def set_line(self, line_id: str, text: str) -> None:
        """Put the document's title or subtitle in its place."""
        with self._change(line_id):
            cursor = self._clear(line_id)
            role = HEADLINE if line_id == TITLE else SUBHEAD
            cursor.setBlockFormat(self.block_format(line_id, role))
            cursor.setBlockCharFormat(char_format(role))
            cursor.insertText(text.replace("\n", " "), char_format(role))

    def begin(self, section_id: str, title: str, heading: bool, role: str = BODY) -> None:
        """The section's words are about to come. What stood there goes with the first of them."""
        if not self._streams:
            self._step.clear()
        # A second attempt at a section takes the place of its first one.
        stream = self._streams[section_id] = _Stream(title if heading else "", role)
        if not self.has(section_id):
            self._open(section_id, stream)

    def append(self, section_id: str, words: str) -> None:
        """The next words of a section that `begin` announced, at its end."""
        stream = self._streams.get(section_id)
        if stream is None:
            return
        if not stream.open or not self.has(section_id):
            self._open(section_id, stream)
        cursor = self.end_of(section_id)
        assert cursor is not None
        with self._change(section_id):
            for number, line in enumerate(words.split("\n")):
                if number:
                    cursor.insertBlock(self.block_format(section_id, stream.role), char_format(stream.role))
                cursor.insertText(line, char_format(stream.role))
            self._indent(section_id)

    def put(self, section: Section, role: str = BODY) -> None:
        """The whole section takes the place of what stood there; belongs to the same step of undo as its stream."""
        if self.section_text(section.id) != section.text or section.rows or not self.has(section.id):
            with self._change(section.id):
                cursor = self._clear(section.id)
                cursor = self._write_heading(cursor, section.id, section.title if section.heading else "", role)
                if section.rows:
                    self._write_table(cursor, section.id, section.rows, section.header_rows)
                else:
                    self._write_lines(cursor, section.id, section.text, role)
                    self._indent(section.id)
        self._streams.pop(section.id, None)
        if not self._streams:
            self._step.clear()

    def end(self) -> None:
        """All sections are complete, or their streams have stopped; what comes next is a step of its own."""
        self._streams.clear()
        self._step.clear()

    def block_format(self, section_id: str, role: str) -> QTextBlockFormat:
        """How a paragraph of that section is set."""
        shape = QTextBlockFormat()
        shape.setProperty(SECTION, section_id)
        shape.setProperty(ROLE, role)
        _set_leading(shape, self._leading(LEADING))
        if role == HEADING:
            shape.setTopMargin(14)
            shape.setBottomMargin(2)
            shape.setHeadingLevel(2)
        elif role == HEADLINE:
            shape.setTopMargin(10)
            shape.setBottomMargin(8)
            shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            _set_leading(shape, self._leading(1.4))
            shape.setHeadingLevel(1)
        elif role == SUBHEAD:
            shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            shape.setBottomMargin(12)
        elif role == LETTERHEAD:
            shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            shape.setTopMargin(12)
            shape.setBottomMargin(12)
            _set_leading(shape, self._leading(1.4))
        elif role == SUBJECT:
            shape.setBottomMargin(12)
            shape.setHeadingLevel(1)
        elif role == FOOT:
            _set_leading(shape, self._leading(1.5))
        elif role == GAP:
            _set_leading(shape, self._leading(1.0))
        else:
            shape.setBottomMargin(4)
        return shape

    def _leading(self, height: float) -> float:
        """That many heights of a character, in percent of the font's own line spacing (fonts differ widely)."""
        metrics = QFontMetricsF(self._document.defaultFont())
        return 100 * height * metrics.horizontalAdvance("가") / 0.92 / metrics.lineSpacing()

    # inside

    def _open(self, section_id: str, stream: _Stream) -> None:
        with self._change(section_id):
            self._write_heading(self._clear(section_id), section_id, stream.title, stream.role)
        stream.open = True

    def _write_heading(self, cursor: QTextCursor, section_id: str, title: str, role: str) -> QTextCursor:
        if title:
            cursor.setBlockFormat(self.block_format(section_id, HEADING))
            cursor.setBlockCharFormat(char_format(HEADING))
            cursor.insertText(title, char_format(HEADING))
            cursor.insertBlock(self.block_format(section_id, role), char_format(role))
        else:
            cursor.setBlockFormat(self.block_format(section_id, role))
            cursor.setBlockCharFormat(char_format(role))
        return cursor

    def _write_words(self, cursor: QTextCursor, words: SectionWords) -> None:
        """Write a section into the empty block where the cursor stands."""
        cursor = self._write_heading(cursor, words.id, words.heading, words.role)
        if not words.rows:
            self._write_lines(cursor, words.id, words.text, words.role)
            self._indent(words.id)
            return
        self._write_lines(cursor, words.id, words.above, GAP)
        self._write_lines(
            self._write_table(cursor, words.id, words.rows, words.header_rows), words.id, words.below, GAP
        )

    def _write_lines(self, cursor: QTextCursor, section_id: str, text: str, role: str) -> None:
        block, letters = self.block_format(section_id, role), char_format(role)
        for number, line in enumerate(text.split("\n")):
            if number:
                cursor.insertBlock(block, letters)
            cursor.insertText(line, letters)

    def _write_table(
        self, cursor: QTextCursor, section_id: str, rows: tuple[tuple[str, ...], ...], header_rows: int
    ) -> QTextCursor:
        """The table, and a cursor in the empty line behind it."""
        cursor.setBlockFormat(self.block_format(section_id, GAP))
        columns = max(len(row) for row in rows)
        shape = QTextTableFormat()
        shape.setProperty(SECTION, section_id)
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(GRID))
        shape.setCellPadding(5)
        shape.setCellSpacing(0)
        shape.setHeaderRowCount(header_rows)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = cursor.insertTable(len(rows), columns, shape)
        for number, row in enumerate(rows):
            for column in range(columns):
                cell = table.cellAt(number, column)
                inner = cell.firstCursorPosition()
                head = number < header_rows
                block = self.block_format(section_id, BODY)
                block.setBottomMargin(0)
                _set_leading(block, self._leading(1.4))
                if head:
                    block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                    shade = cell.format()
                    shade.setBackground(QBrush(HEAD_SHADE))
                    cell.setFormat(shade)
                inner.setBlockFormat(block)
                words = char_format(HEADING if head else BODY)
                words.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                inner.setBlockCharFormat(words)
                lines = (row[column] if column < len(row) else "").split("\n")
                inner.insertText("\u2028".join(lines), words)
        after = QTextCursor(self._document)
        after.setPosition(table.lastPosition() + 1)
        after.setBlockFormat(self.block_format(section_id, GAP))
        after.setBlockCharFormat(char_format(BODY))
        return after

    def _remove(self, section_id: str) -> None:
        """Take a section away with its lines."""
        found = self._range(section_id)
        if found is None:
            return
        first, last = found
        cursor = QTextCursor(first)
        kept = QTextBlockFormat()
        if last.next().isValid():
            kept = last.next().blockFormat()
            cursor.setPosition(last.next().position(), QTextCursor.MoveMode.KeepAnchor)
        elif first.previous().isValid():
            kept = first.previous().blockFormat()
            cursor.setPosition(first.position() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(kept)

    def _clear(self, section_id: str) -> QTextCursor:
        """An empty block at the section's place."""
        found = self._range(section_id)
        if found is None:
            return self._new_block(section_id)
        cursor = QTextCursor(found[0])
        cursor.setPosition(found[1].position() + found[1].length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        return cursor

    def _new_block(self, section_id: str) -> QTextCursor:
        rank = self._rank(section_id)
        before: QTextBlock | None = None
        for block in blocks(self._document):
            if section_of(block) and self._rank(section_of(block)) < rank:
                before = block
        if before is not None:
            cursor = QTextCursor(before)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(self.block_format(section_id, BODY), QTextCharFormat())
            return cursor
        cursor = QTextCursor(self._document)
        first = self._document.begin()
        if section_of(first) or first.text():
            # Keep the format of what stands first: the new block goes above it.
            kept = first.blockFormat()
            cursor.insertBlock(kept)
            cursor.setPosition(0)
        return cursor

    def _rank(self, section_id: str) -> int:
        if section_id in (TITLE, SUBTITLE):
            return -2 if section_id == TITLE else -1
        return self._order.index(section_id) if section_id in self._order else len(self._order)

    def _indent(self, section_id: str) -> None:
        """Hang the items of a section below their marks."""
        hanging = self._hanging(section_id)
        for line in self._lines(section_id):
            if line.role in (BODY, GAP) and line.table is None:
                self._hang(line.block, hanging.next(line.role, line.block.text()))

    def _hang(self, block: QTextBlock, wanted: QTextBlockFormat) -> None:
        if not same_hanging(block.blockFormat(), wanted):
            QTextCursor(block).setBlockFormat(wanted)

    def _hanging(self, section_id: str) -> Hanging:
        shape = partial(self.block_format, section_id)
        return Hanging(self._document.defaultFont(), shape, self._levels_before(section_id))

    def _levels_before(self, section_id: str) -> Levels:
        """How deep items stand that go on from the sections above, as in the written document."""
        from biseo.writers.marks import Levels, find_mark

        levels = Levels()
        for block in blocks(self._document):
            if section_of(block) == section_id:
                break
            if role_of(block) == HEADING:
                levels = Levels()
            elif role_of(block) == BODY and table_of(block) is None and (mark := find_mark(block.text())) is not None:
                levels.level(mark)
        if self.heading(section_id):
            levels = Levels()
        levels.start_section()
        return levels

    @contextlib.contextmanager
    def _change(self, section_id: str) -> Iterator[None]:
        """One edit; it joins the one before when that was made here for the same section, or for one beside it."""
        self.changing.emit(section_id)
        cursor = QTextCursor(self._document)
        self._joining = section_id in self._step or (bool(self._step) and section_id in self._streams)
        if self._joining:
            cursor.joinPreviousEditBlock()
        else:
            self._step.clear()
            cursor.beginEditBlock()
        with self._quiet():
            yield
            cursor.endEditBlock()
        self._joining = False
        self._step.add(section_id)
        self.changed.emit(section_id)

    @contextlib.contextmanager
    def _quiet(self) -> Iterator[None]:
        before, self._own = self._own, True
        try:
            yield
        finally:
            self._own = before

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        if self._own or not (removed or added):
            return
        self._step.clear()  # someone else's edit lies on top now; joining would undo it together with ours
        block = self._document.findBlock(position)
        self._touched.add(section_of(block))
        while block.isValid() and block.position() <= position + added:
            self._touched.add(section_of(block))
            block = block.next()

    def _tell_edits(self) -> None:
        """Only now is the layout up to date; who hears of an edit may look at the document or draw on it."""
        touched, self._touched = self._touched, set()
        for name in touched:
            self.edited.emit(name)


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines are the same at the top and at the end; at least one line of each stands between."""
    most = min(len(old), len(new)) - 1
    top = 0
    while top < most and old[top] == new[top]:
        top += 1
    low = 0
    while low < most - top and old[-1 - low] == new[-1 - low]:
        low += 1
    return top, low


def _set_leading(shape: QTextBlockFormat, percent: float) -> None:
    shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)


_SIZES = {HEADING: 1, HEADLINE: 2, SUBHEAD: 1, LETTERHEAD: 2, FOOT: -1}
"""Steps of size beside that of the body."""


def char_format(role: str) -> QTextCharFormat:
    """Sizes are relative to the document's font, so that scaling keeps the proportions."""
    shape = QTextCharFormat()
    if role in (HEADING, HEADLINE, LETTERHEAD, SUBJECT):
        shape.setFontWeight(700)
    size = _SIZES.get(role)
    if size is not None:
        shape.setProperty(QTextFormat.Property.FontSizeAdjustment, size)
    return shape
