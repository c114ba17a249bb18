"""A draft inside a text document: every block knows which section it belongs to, whatever the user does to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from biseo.document import Section

SECTION = QTextFormat.Property.UserProperty.value + 1
ROLE = QTextFormat.Property.UserProperty.value + 2
TITLE, SUBTITLE = "#title", "#subtitle"
"""Ids of the document's own title and subtitle where they are no section of the task."""

HEADING, BODY, HEADLINE, SUBHEAD, GAP = "heading", "body", "headline", "subhead", "gap"
LEADING = 1.65
"""Height of a line, in heights of a character."""

GRID = QColor("#8a929c")
HEAD_SHADE = QColor(128, 140, 156, 46)


@dataclass(frozen=True)
class Place:
    """Where a stretch of a section's text stands: `offset` in the text, `position` in the document (UTF-16 units)."""

    offset: int
    position: int
    text: str


class DraftText(QObject):
    """Finds, writes and replaces the sections of a draft in a `QTextDocument`.

    Writing a section, however many pieces it comes in, is one step of undo. `edited` carries the id of a section
    that someone other than this class changed (typing, pasting, undo).
    """

    edited = Signal(str)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._own = False
        self._step = ""
        self._streaming = ""
        self._insert: QTextCursor | None = None
        self._order: list[str] = []
        document.documentLayout()  # a document without a layout tells of no change
        document.contentsChange.connect(self._on_contents_change)

    @property
    def streaming(self) -> str:
        """Id of the section that is being written, or nothing."""
        return self._streaming

    def reset(self, order: list[str]) -> None:
        """An empty document whose sections will stand in that order; forgets the undo history."""
        self._order = order
        self._streaming = self._step = ""
        self._insert = None
        with self._quiet():
            self._document.clear()

    # writing

    def set_line(self, line_id: str, text: str, joined: bool = False) -> None:
        """Put the document's title or subtitle in its place."""
        if joined:
            self._step = line_id
        with self._change(line_id):
            cursor = self._clear(line_id)
            role = HEADLINE if line_id == TITLE else SUBHEAD
            cursor.setBlockFormat(self.block_format(line_id, role))
            cursor.setBlockCharFormat(char_format(role))
            cursor.insertText(text.replace("\n", " "), char_format(role))

    def begin(self, section_id: str, title: str, heading: bool, role: str = BODY) -> None:
        """The section's words are about to come. What stood there goes with the first of them."""
        if section_id != self._streaming:
            self._step = ""  # a second attempt at the same section stays in the same step
        self._streaming = section_id
        self._insert = None
        self._head = (title if heading else "", role)
        if not self.has(section_id):
            self._open()

    def append(self, section_id: str, words: str) -> None:
        """The next words of the section that `begin` announced."""
        if section_id != self._streaming:
            return
        if self._insert is None or not self.has(section_id):
            self._open()
        assert self._insert is not None
        with self._change(section_id):
            cursor = self._insert
            for number, line in enumerate(words.split("\n")):
                if number:
                    cursor.insertBlock(self.block_format(section_id, self._head[1]), char_format(self._head[1]))
                cursor.insertText(line, char_format(self._head[1]))
            self._indent(section_id)

    def put(self, section: Section, role: str = BODY) -> None:
        """The whole section takes the place of what stood there; belongs to the same step of undo as its stream."""
        if self.section_text(section.id) != section.text or section.rows or not self.has(section.id):
            with self._change(section.id):
                cursor = self._clear(section.id)
                cursor = self._write_heading(cursor, section.id, section.title if section.heading else "", role)
                if section.rows:
                    self._write_table(cursor, section)
                else:
                    for number, line in enumerate(section.text.split("\n")):
                        if number:
                            cursor.insertBlock(self.block_format(section.id, role), char_format(role))
                        cursor.insertText(line, char_format(role))
                    self._indent(section.id)
        self.end()

    def end(self) -> None:
        """The section is complete, or its stream has stopped; what comes next is a step of its own."""
        self._streaming = self._step = ""
        self._insert = None

    # reading

    def has(self, section_id: str) -> bool:
        return self._range(section_id) is not None

    def section_ids(self) -> list[str]:
        """Ids in the order they stand in the document."""
        found: list[str] = []
        for block in _blocks(self._document):
            name = _section(block)
            if name and name not in found:
                found.append(name)
        return found

    def heading(self, section_id: str) -> str:
        """The section's printed title as it stands now."""
        return next((b.text().strip() for b in self._of(section_id) if _role(b) == HEADING), "")

    def section_text(self, section_id: str) -> str:
        """The section's text: its lines, or the rows of its table with tabs between the cells."""
        table = self.table(section_id)
        if table is not None:
            return "\n".join("\t".join(row) for row in self.rows(section_id))
        return "\n".join(place.text for place in self.places(section_id)).rstrip("\n")

    def rows(self, section_id: str) -> tuple[tuple[str, ...], ...]:
        """Cells of the section's table; nothing where it has none."""
        table = self.table(section_id)
        if table is None:
            return ()
        return tuple(
            tuple(_cell_text(table, row, column) for column in range(table.columns())) for row in range(table.rows())
        )

    def beside_table(self, section_id: str) -> str:
        """Words that the user typed around the table of a section."""
        lines = [_text(b) for b in self._of(section_id) if _role(b) != HEADING and _table(b) is None]
        return "\n".join(lines).strip("\n") if self.table(section_id) is not None else ""

    def table(self, section_id: str) -> QTextTable | None:
        return next((table for b in self._of(section_id) if (table := _table(b)) is not None), None)

    def places(self, section_id: str) -> list[Place]:
        """The stretches that make up `section_text`, in order; between two of them stands one separator."""
        found: list[Place] = []
        offset = 0
        table = self.table(section_id)
        if table is not None:
            for row in range(table.rows()):
                for column in range(table.columns()):
                    text = _cell_text(table, row, column)
                    found.append(Place(offset, table.cellAt(row, column).firstPosition(), text))
                    offset += len(text) + 1
            return found
        seen_heading = False
        for block in self._of(section_id):
            if _role(block) == HEADING and not seen_heading:
                seen_heading = True
                continue
            found.append(Place(offset, block.position(), _text(block)))
            offset += len(_text(block)) + 1
        return found

    def section_at(self, position: int) -> str:
        """Id of the section at a document position, or nothing."""
        return _section(self._document.findBlock(position))

    def offset_at(self, position: int) -> tuple[str, int] | None:
        """Section and offset in its text of a document position; None in a heading or outside of sections."""
        name = self.section_at(position)
        for place in self.places(name) if name else ():
            within = position - place.position
            if 0 <= within <= _units(place.text):
                return name, place.offset + len(_first_units(place.text, within))
        return None

    def selection(self, section_id: str, start: int, end: int) -> QTextCursor | None:
        """A cursor over those characters of the section's text."""
        first = self._position(section_id, start)
        last = self._position(section_id, end)
        if first is None or last is None or last < first:
            return None
        cursor = QTextCursor(self._document)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def cursor_at(self, section_id: str) -> QTextCursor | None:
        """A cursor at the start of the section."""
        found = self._range(section_id)
        return QTextCursor(found[0]) if found else None

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

    def _open(self) -> None:
        section_id = self._streaming
        with self._change(section_id):
            cursor = self._clear(section_id)
            cursor = self._write_heading(cursor, section_id, *self._head)
            self._insert = QTextCursor(cursor)

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

    def _write_table(self, cursor: QTextCursor, section: Section) -> None:
        cursor.setBlockFormat(self.block_format(section.id, GAP))
        columns = max(len(row) for row in section.rows)
        shape = QTextTableFormat()
        shape.setProperty(SECTION, section.id)
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(GRID))
        shape.setCellPadding(5)
        shape.setCellSpacing(0)
        shape.setHeaderRowCount(section.header_rows)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = cursor.insertTable(len(section.rows), columns, shape)
        for number, row in enumerate(section.rows):
            for column in range(columns):
                cell = table.cellAt(number, column)
                inner = cell.firstCursorPosition()
                head = number < section.header_rows
                block = self.block_format(section.id, BODY)
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
        after.setBlockFormat(self.block_format(section.id, GAP))
        after.setBlockCharFormat(char_format(BODY))

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
        for block in _blocks(self._document):
            if _section(block) and self._rank(_section(block)) < rank:
                before = block
        if before is not None:
            cursor = QTextCursor(before)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(self.block_format(section_id, BODY), QTextCharFormat())
            return cursor
        cursor = QTextCursor(self._document)
        first = self._document.begin()
        if _section(first) or first.text():
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
        from biseo.writers.marks import Levels, find_mark, typed_width  # the writers are not needed at start

        levels = Levels()
        for block in self._of(section_id):
            if _role(block) not in (BODY, GAP) or _table(block) is not None:
                continue
            mark = find_mark(block.text())
            wanted = self.block_format(section_id, _role(block))
            if mark is not None:
                unit = self._document.defaultFont().pointSizeF() * 0.68
                level = levels.level(mark)
                hanging = (typed_width(mark.text) + 1) * unit
                wanted.setLeftMargin(round((level - 1) * 2 * unit + hanging))
                wanted.setTextIndent(-round(hanging))
            if (block.blockFormat().leftMargin(), block.blockFormat().textIndent()) != (
                wanted.leftMargin(),
                wanted.textIndent(),
            ):
                QTextCursor(block).setBlockFormat(wanted)

    def _position(self, section_id: str, offset: int) -> int | None:
        for place in self.places(section_id):
            if place.offset <= offset <= place.offset + len(place.text):
                return place.position + _units(place.text[: offset - place.offset])
        return None

    def _of(self, section_id: str) -> list[QTextBlock]:
        return [block for block in _blocks(self._document) if _section(block) == section_id]

    def _range(self, section_id: str) -> tuple[QTextBlock, QTextBlock] | None:
        found = self._of(section_id)
        return (found[0], found[-1]) if found else None

    @contextlib.contextmanager
    def _change(self, section_id: str) -> Iterator[None]:
        """One edit; it joins the one before when that was made here for the same section."""
        cursor = QTextCursor(self._document)
        if self._step == section_id:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        with self._quiet():
            yield
            cursor.endEditBlock()
        self._step = section_id

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
        self._step = ""  # someone else's edit lies on top now; joining would undo it together with ours
        touched = {_section(self._document.findBlock(position))}
        block = self._document.findBlock(position)
        while block.isValid() and block.position() <= position + added:
            touched.add(_section(block))
            block = block.next()
        for name in touched - {""}:
            self.edited.emit(name)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _section(block: QTextBlock) -> str:
    return block.blockFormat().property(SECTION) or ""


def _role(block: QTextBlock) -> str:
    return block.blockFormat().property(ROLE) or BODY


def _table(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def _text(block: QTextBlock) -> str:
    return block.text().replace("\u2028", "\n").replace("\xa0", " ")


def _cell_text(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    lines = [_text(first)]
    while first != last:
        first = first.next()
        lines.append(_text(first))
    return "\n".join(lines)


def _units(text: str) -> int:
    """Length in UTF-16 units, which is what Qt counts in."""
    return len(text) + sum(character > "\uffff" for character in text)


def _first_units(text: str, units: int) -> str:
    """The first characters of `text` that take that many UTF-16 units."""
    for number, character in enumerate(text):
        if units <= 0:
            return text[:number]
        units -= 2 if character > "\uffff" else 1
    return text


def _set_leading(shape: QTextBlockFormat, percent: float) -> None:
    shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)


def char_format(role: str) -> QTextCharFormat:
    """Sizes are relative to the document's font, so that scaling keeps the proportions."""
    shape = QTextCharFormat()
    if role in (HEADING, HEADLINE):
        shape.setFontWeight(700)
    if role in (HEADING, HEADLINE, SUBHEAD):
        shape.setProperty(QTextFormat.Property.FontSizeAdjustment, 2 if role == HEADLINE else 1)
    return shape
