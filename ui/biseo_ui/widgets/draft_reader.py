"""Finds the sections of a draft in a text document: every block knows which section it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextBlock, QTextCursor, QTextDocument, QTextTable

from biseo.worksession import SectionWords
from biseo_ui.widgets.draft_index import BODY, ROLE, SECTION, DraftIndex, Line, SectionLines, text_of

TITLE, SUBTITLE = "#title", "#subtitle"
"""Ids of the document's own title and subtitle where they are no section of the task."""

HEADING, HEADLINE, SUBHEAD, GAP = "heading", "headline", "subhead", "gap"
LETTERHEAD, SUBJECT, FOOT = "letterhead", "subject", "foot"
"""Around the body of an official document: agency and 발신 명의, the line of the subject, the lines at the foot."""
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


class DraftReader(QObject):
    """The reading side of `DraftText`."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._index = DraftIndex(document, self)
        self._known: dict[str, list[Place]] | None = None

    @property
    def page(self) -> QTextDocument:
        """The document it reads."""
        return self._document

    def has(self, section_id: str) -> bool:
        return self._range(section_id) is not None

    def section_ids(self) -> list[str]:
        """Ids in the order they stand in the document."""
        return [name for name in self._index.sections if name]

    def words(self) -> tuple[SectionWords, ...]:
        """All that stands on the page, section by section, in the order they stand."""
        found = self._index.sections
        if list(found) == [""] and len(found[""].lines) == 1 and not found[""].lines[0].text:
            return ()  # an empty document has one block
        return tuple(_words_of(section) for section in found.values())

    def words_of(self, section_id: str) -> SectionWords | None:
        """What stands in one section; None where it is not there."""
        section = self._index.sections.get(section_id)
        return _words_of(section) if section is not None else None

    def heading(self, section_id: str) -> str:
        """The section's printed title as it stands now."""
        return next((line.block.text().strip() for line in self._lines(section_id) if line.role == HEADING), "")

    def section_text(self, section_id: str) -> str:
        """The section's text: its lines, or the rows of its table with tabs between the cells."""
        table = self.table(section_id)
        if table is not None:
            return "\n".join("\t".join(row) for row in self.rows(section_id))
        return "\n".join(line.text for line in self._text_lines(section_id)).rstrip("\n")

    def rows(self, section_id: str) -> tuple[tuple[str, ...], ...]:
        """Cells of the section's table; nothing where it has none."""
        table = self.table(section_id)
        if table is None:
            return ()
        return tuple(
            tuple(cell_text(table, row, column) for column in range(table.columns())) for row in range(table.rows())
        )

    def beside_table(self, section_id: str) -> str:
        """Words that the user typed around the table of a section."""
        lines = [line.text for line in self._lines(section_id) if line.role != HEADING and line.table is None]
        return "\n".join(lines).strip("\n") if self.table(section_id) is not None else ""

    def table(self, section_id: str) -> QTextTable | None:
        section = self._index.sections.get(section_id)
        return section.table if section is not None else None

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """While it lasts nothing is edited, so that hundreds of places are worked out once for each section."""
        self._known = {}
        try:
            yield
        finally:
            self._known = None

    def places(self, section_id: str) -> list[Place]:
        """The stretches that make up `section_text`, in order; between two of them stands one separator."""
        if self._known is None:
            return self._places(section_id)
        if section_id not in self._known:
            self._known[section_id] = self._places(section_id)
        return self._known[section_id]

    def _places(self, section_id: str) -> list[Place]:
        found: list[Place] = []
        offset = 0
        table = self.table(section_id)
        if table is not None:
            for row in range(table.rows()):
                for column in range(table.columns()):
                    text = cell_text(table, row, column)
                    found.append(Place(offset, table.cellAt(row, column).firstPosition(), text))
                    offset += len(text) + 1
            return found
        for line in self._text_lines(section_id):
            found.append(Place(offset, line.block.position(), line.text))
            offset += len(line.text) + 1
        return found

    def section_at(self, position: int) -> str:
        """Id of the section at a document position, or nothing."""
        return section_of(self._document.findBlock(position))

    def offset_at(self, position: int) -> tuple[str, int] | None:
        """Section and offset in its text of a document position; None in a heading or outside of sections."""
        name = self.section_at(position)
        for place in self.places(name) if name else ():
            within = position - place.position
            if 0 <= within <= units(place.text):
                return name, place.offset + len(first_units(place.text, within))
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

    def end_of(self, section_id: str) -> QTextCursor | None:
        """A cursor behind the last word of the section."""
        found = self._range(section_id)
        if found is None:
            return None
        cursor = QTextCursor(found[1])
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        return cursor

    def _position(self, section_id: str, offset: int) -> int | None:
        places = self.places(section_id)
        place = places[max(0, bisect_right(places, offset, key=lambda each: each.offset) - 1)] if places else None
        if place is None or not 0 <= offset - place.offset <= len(place.text):
            return None
        return place.position + units(place.text[: offset - place.offset])

    def _lines(self, section_id: str) -> list[Line]:
        section = self._index.sections.get(section_id)
        return section.lines if section is not None else []

    def _text_lines(self, section_id: str) -> list[Line]:
        """The lines of a section without a table, but for its heading."""
        lines = self._lines(section_id)
        heading = next((number for number, line in enumerate(lines) if line.role == HEADING), None)
        return lines if heading is None else [*lines[:heading], *lines[heading + 1 :]]

    def _of(self, section_id: str) -> list[QTextBlock]:
        return [line.block for line in self._lines(section_id)]

    def _range(self, section_id: str) -> tuple[QTextBlock, QTextBlock] | None:
        found = self._lines(section_id)
        return (found[0].block, found[-1].block) if found else None


def _words_of(section: SectionLines) -> SectionWords:
    heading, own = "", section.lines
    if own[0].role == HEADING:
        heading, own = own[0].text, own[1:]
    role = next((line.role for line in own if line.role not in (HEADING, BODY, GAP)), BODY)
    place = next((number for number, line in enumerate(own) if line.table is not None), -1)
    table = own[place].table if place >= 0 else None
    if table is None:
        return SectionWords(section.id, role, heading, "\n".join(line.text for line in own))
    rows = tuple(
        tuple(cell_text(table, row, column) for column in range(table.columns())) for row in range(table.rows())
    )
    return SectionWords(
        section.id,
        role,
        heading,
        rows=rows,
        header_rows=table.format().headerRowCount(),
        above="\n".join(line.text for line in own[:place]),
        below="\n".join(line.text for number, line in enumerate(own) if number > place and line.table is None),
    )


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def section_of(block: QTextBlock) -> str:
    return block.blockFormat().property(SECTION) or ""


def role_of(block: QTextBlock) -> str:
    return block.blockFormat().property(ROLE) or BODY


def table_of(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def cell_text(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    lines = [text_of(first)]
    while first != last:
        first = first.next()
        lines.append(text_of(first))
    return "\n".join(lines)


def units(text: str) -> int:
    """Length in UTF-16 units, which is what Qt counts in."""
    return len(text) + sum(character > "\uffff" for character in text)


def first_units(text: str, units: int) -> str:
    """The first characters of `text` that take that many UTF-16 units."""
    for number, character in enumerate(text):
        if units <= 0:
            return text[:number]
        units -= 2 if character > "\uffff" else 1
    return text
