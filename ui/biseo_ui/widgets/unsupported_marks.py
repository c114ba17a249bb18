"""Marks the sentences of a draft that no source carries: grey dots below the words and beside the lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import DraftReader, Place, units

BESIDE = 7
"""Distance of the bar from the left of the lines, in pixels at 100 %."""


class UnsupportedMarks:
    """Where the sentences stand; they move with the text. Draws on the viewport of an editor."""

    def __init__(self, editor: QTextEdit, text: DraftReader, theme: Theme) -> None:
        self._editor, self._text, self._theme = editor, text, theme
        self._marks: dict[str, list[QTextCursor]] = {}
        self._words: dict[str, str] = {}

    def put(self, section_id: str, spans: Sequence[tuple[int, int]], word: str = "") -> None:
        """Mark these stretches of a section's text, and no others there; `word` is written behind each."""
        before = self._marks.pop(section_id, [])
        self._words[section_id] = word
        if spans:
            places = self._text.places(section_id)
            found = (self._cursor(places, start, end) for start, end in spans)
            self._marks[section_id] = [cursor for cursor in found if cursor is not None]
        if before or spans:
            self._editor.viewport().update()

    def clear(self) -> None:
        """Mark nothing."""
        self._marks = {}
        self._editor.viewport().update()

    def places(self) -> list[QTextCursor]:
        """Cursors over the marked sentences that are still there, in the order of the document."""
        there = [cursor for cursors in self._marks.values() for cursor in cursors if cursor.hasSelection()]
        return sorted(there, key=QTextCursor.selectionStart)

    def at(self, position: int) -> bool:
        """Whether a marked sentence stands there."""
        return any(cursor.selectionStart() <= position <= cursor.selectionEnd() for cursor in self.places())

    def next(self, position: int, way: int) -> QTextCursor | None:
        """The next (1) or previous (-1) marked sentence from a position, going round."""
        places = self.places()
        if not places:
            return None
        starts = [cursor.selectionStart() for cursor in places]
        number = bisect_right(starts, position) if way > 0 else bisect_left(starts, position) - 1
        return QTextCursor(places[number % len(places)])

    def paint(self) -> None:
        """Draw what is in view."""
        if not self._marks:
            return
        first, last = self._in_view()
        painter = QPainter(self._editor.viewport())
        painter.setPen(self._theme.colours.colour("muted"))
        for section_id, cursors in self._marks.items():
            for cursor in cursors:
                start, end = cursor.selectionStart(), cursor.selectionEnd()
                if start < end and end >= first and start <= last:
                    self._draw(painter, start, end, self._words[section_id])
        painter.end()

    def _draw(self, painter: QPainter, start: int, end: int, word: str) -> None:
        line = QRectF()
        for line, edge in self._lines(start, end):
            left = max(2.0, edge - self._theme.pixels(BESIDE))
            draw_dots(painter, self._theme, line.left(), line.bottom(), line.width(), 0)
            draw_dots(painter, self._theme, left, line.top(), 0, line.height())
        wide = painter.fontMetrics().horizontalAdvance(word)
        room = QRectF(line.right() + self._theme.pixels(BESIDE), line.top(), wide + 2, line.height())
        if word and room.right() < self._editor.viewport().width():
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)

    def _in_view(self) -> tuple[int, int]:
        """First and last position that can be seen."""
        port = self._editor.viewport().rect()
        first = self._editor.cursorForPosition(port.topLeft()).block()
        last = self._editor.cursorForPosition(port.bottomRight()).block()
        return first.position(), last.position() + last.length()

    def _lines(self, start: int, end: int) -> Iterator[tuple[QRectF, float]]:
        """The lines that a stretch of the document takes, as the viewport counts, and where their block begins."""
        document = self._editor.document()
        block: QTextBlock = document.findBlock(start)
        across = -self._editor.horizontalScrollBar().value()
        down = -self._editor.verticalScrollBar().value()
        while block.isValid() and block.position() < end:
            place = document.documentLayout().blockBoundingRect(block).topLeft()
            layout = block.layout()
            lines = [layout.lineAt(number) for number in range(layout.lineCount())]
            edge = place.x() + across + min((line.x() for line in lines), default=0.0)
            for line in lines:
                begin = max(start - block.position(), line.textStart())
                stop = min(end - block.position(), line.textStart() + line.textLength())
                if begin < stop:
                    left, right = _across(line.cursorToX(begin)), _across(line.cursorToX(stop))
                    bottom = line.y() + line.ascent() + line.descent() + 2
                    top = place.y() + down + line.y()
                    yield QRectF(place.x() + across + left, top, right - left, bottom - line.y()), edge
            block = block.next()

    def _cursor(self, places: Sequence[Place], start: int, end: int) -> QTextCursor | None:
        first, last = _position(places, start), _position(places, end)
        if first is None or last is None or last <= first:
            return None
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor


class DottedSample(QWidget):
    """A piece of the mark, for a legend."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.pixels(26), self._theme.pixels(14))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        low = self.height() - 3.0
        draw_dots(painter, self._theme, 2, 1, 0, low)
        draw_dots(painter, self._theme, 8, low, self.width() - 10.0, 0)
        painter.end()


def draw_dots(painter: QPainter, theme: Theme, x: float, y: float, wide: float, high: float) -> None:
    """A row of dots from a point on, to the right (`wide`) or down (`high`); tiles, for a pen of dots is slow."""
    dot = max(1, round(theme.pixels(15) / 10))
    tile = QPixmap(dot * 3, dot * 3)
    tile.fill(Qt.GlobalColor.transparent)
    inner = QPainter(tile)
    inner.fillRect(0, 0, dot, dot, theme.colours.colour("muted"))
    inner.end()
    painter.drawTiledPixmap(QRectF(round(x), round(y), wide or dot, high or dot), tile)


def _across(found: object) -> float:
    """PySide gives the position along with it."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _position(places: Sequence[Place], offset: int) -> int | None:
    for place in places:
        if place.offset <= offset <= place.offset + len(place.text):
            return place.position + units(place.text[: offset - place.offset])
    return None
