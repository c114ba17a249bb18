"""Finds the sections of a draft in a text document: every block knows which section it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextBlock, QTextCursor, QTextDocument, QTextFormat, QTextTable

from biseo.worksession import SectionWords

SECTION = QTextFormat.Property.UserProperty.value + 1
ROLE = QTextFormat.Property.UserProperty.value + 2
TITLE, SUBTITLE = "#title", "#subtitle"
"""Ids of the document's own title and subtitle where they are no section of the task."""

HEADING, BODY, HEADLINE, SUBHEAD, GAP = "heading", "body", "headline", "subhead", "gap"
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
        self._known: dict[str, list[Place]] | None = None

    @property
    def page(self) -> QTextDocument:
        """The document it reads."""
        return self._document

    def has(self, section_id: str) -> bool:
        return self._range(section_id) is not None

    def section_ids(self) -> list[str]:
        """Ids in the order they stand in the document."""
        found: list[str] = []
        for block in blocks(self._document):
            name = section_of(block)
            if name and name not in found:
                found.append(name)
        return found

    def words(self) -> tuple[SectionWords, ...]:
        """All that stands on the page, section by section, in the order they stand."""
        found: dict[str, list[QTextBlock]] = {}
        for block in blocks(self._document):
            found.setdefault(section_of(block), []).append(block)
        if list(found) == [""] and len(found[""]) == 1 and not found[""][0].text():
            return ()  # an empty document has one block
        return tuple(_words_of(name, own) for name, own in found.items())

    def words_around(self, block: QTextBlock) -> SectionWords:
        """What stands in the section of a block, as far as its lines stand together."""
        name, own = section_of(block), [block]
        before, after = block.previous(), block.next()
        while before.isValid() and section_of(before) == name:
            own.insert(0, before)
            before = before.previous()
        while after.isValid() and section_of(after) == name:
            own.append(after)
            after = after.next()
        return _words_of(name, own)

    def heading(self, section_id: str) -> str:
        """The section's printed title as it stands now."""
        return next((b.text().strip() for b in self._of(section_id) if role_of(b) == HEADING), "")

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
            tuple(cell_text(table, row, column) for column in range(table.columns())) for row in range(table.rows())
        )

    def beside_table(self, section_id: str) -> str:
        """Words that the user typed around the table of a section."""
        lines = [text_of(b) for b in self._of(section_id) if role_of(b) != HEADING and table_of(b) is None]
        return "\n".join(lines).strip("\n") if self.table(section_id) is not None else ""

    def table(self, section_id: str) -> QTextTable | None:
        return next((table for b in self._of(section_id) if (table := table_of(b)) is not None), None)

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
        seen_heading = False
        for block in self._of(section_id):
            if role_of(block) == HEADING and not seen_heading:
                seen_heading = True
                continue
            found.append(Place(offset, block.position(), text_of(block)))
            offset += len(text_of(block)) + 1
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

    def _of(self, section_id: str) -> list[QTextBlock]:
        return [block for block in blocks(self._document) if section_of(block) == section_id]

    def _range(self, section_id: str) -> tuple[QTextBlock, QTextBlock] | None:
        found = self._of(section_id)
        return (found[0], found[-1]) if found else None


def _words_of(section_id: str, own: list[QTextBlock]) -> SectionWords:
    heading = ""
    if role_of(own[0]) == HEADING:
        heading, own = text_of(own[0]), own[1:]
    role = next((role_of(block) for block in own if role_of(block) not in (HEADING, BODY, GAP)), BODY)
    tables = [table_of(block) for block in own]
    place = next((n for n, table in enumerate(tables) if table is not None), -1)
    table = tables[place] if place >= 0 else None
    if table is None:
        return SectionWords(section_id, role, heading, "\n".join(text_of(block) for block in own))
    rows = tuple(
        tuple(cell_text(table, row, column) for column in range(table.columns())) for row in range(table.rows())
    )
    return SectionWords(
        section_id,
        role,
        heading,
        rows=rows,
        header_rows=table.format().headerRowCount(),
        above="\n".join(text_of(block) for block in own[:place]),
        below="\n".join(text_of(block) for n, block in enumerate(own) if n > place and tables[n] is None),
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


def text_of(block: QTextBlock) -> str:
    return block.text().replace("\u2028", "\n").replace("\xa0", " ")


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
