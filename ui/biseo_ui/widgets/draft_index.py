"""Which blocks belong to which section, known without walking through the whole document at every key.

The index is worked out when it is first needed and kept up to date with every change within lines; a change that makes
or removes lines, or moves them to another section, has it worked out anew. Inside an edit block it is not to be
trusted, for nothing is told of the changes there: then `sections` walks through the document as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat, QTextTable

SECTION = QTextFormat.Property.UserProperty.value + 1
ROLE = QTextFormat.Property.UserProperty.value + 2
BODY = "body"
MOST_LINES = 30
"""A change that touches more lines than this has the index worked out anew."""


@dataclass
class Line:
    """A block: its role, the table it stands in, its words."""

    block: QTextBlock
    role: str
    table: QTextTable | None
    text: str


@dataclass
class SectionLines:
    """The blocks of a section, in the order of the document."""

    id: str
    lines: list[Line] = field(default_factory=list)

    @property
    def table(self) -> QTextTable | None:
        """Its first table."""
        return next((line.table for line in self.lines if line.table is not None), None)


class DraftIndex(QObject):
    """Follows one document."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._sections: dict[str, SectionLines] | None = None
        self._lines: list[tuple[str, Line]] = []
        self._revision = -1
        document.contentsChange.connect(self._on_change)

    @property
    def sections(self) -> dict[str, SectionLines]:
        """Section id to its lines, in the order they stand; what stands outside of sections is that of no id."""
        if self._revision != self._document.revision():
            return self._walk()[0]
        if self._sections is None:
            self._sections, self._lines = self._walk()
        return self._sections

    def _walk(self) -> tuple[dict[str, SectionLines], list[tuple[str, Line]]]:
        sections: dict[str, SectionLines] = {}
        lines: list[tuple[str, Line]] = []
        block = self._document.begin()
        while block.isValid():
            name, line = _line_of(block)
            sections.setdefault(name, SectionLines(name)).lines.append(line)
            lines.append((name, line))
            block = block.next()
        return sections, lines

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        self._revision = self._document.revision()
        if self._sections is not None and not self._update(position, position + added):
            self._sections, self._lines = None, []

    def _update(self, start: int, end: int) -> bool:
        """Take over the lines from `start` to `end`; False where more has changed than their words."""
        first, last = self._document.findBlock(start), self._document.findBlock(end)
        if self._document.blockCount() != len(self._lines) or not first.isValid() or not last.isValid():
            return False
        if last.blockNumber() - first.blockNumber() >= MOST_LINES:
            return False
        block = first
        while True:
            known, line = self._lines[block.blockNumber()]
            name, now = _line_of(block)
            if name != known or block != line.block:
                return False
            line.role, line.table, line.text = now.role, now.table, now.text
            if block == last:
                return True
            block = block.next()


def _line_of(block: QTextBlock) -> tuple[str, Line]:
    shape = block.blockFormat()
    line = Line(block, shape.property(ROLE) or BODY, QTextCursor(block).currentTable(), text_of(block))
    return shape.property(SECTION) or "", line


def text_of(block: QTextBlock) -> str:
    return block.text().replace("\u2028", "\n").replace("\xa0", " ")
