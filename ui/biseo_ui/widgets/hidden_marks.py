"""Draws a frame around every placeholder of a hidden value, so that it is no word among words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QTextEdit

from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import text_of, units

Places = Callable[[str], list[tuple[int, int]]]
"""Where placeholders stand in a line of words: start and end, in characters."""


class HiddenMarks:
    """Draws on the viewport of an editor, below its words; only what is in view is looked at."""

    def __init__(self, editor: QTextEdit, theme: Theme) -> None:
        self._editor, self._theme = editor, theme
        self.places: Places = lambda _words: []

    def paint(self) -> None:
        """Draw what is in view."""
        port = self._editor.viewport().rect()
        block = self._editor.cursorForPosition(port.topLeft()).block()
        last = self._editor.cursorForPosition(port.bottomRight()).block().blockNumber()
        painter: QPainter | None = None
        while block.isValid() and block.blockNumber() <= last:
            words = text_of(block)
            for start, end in self.places(words) if "[" in words else ():
                if painter is None:
                    painter = self._painter()
                for frame in self._frames(block, units(words[:start]), units(words[:end])):
                    painter.drawRoundedRect(frame, 3, 3)
            block = block.next()
        if painter is not None:
            painter.end()

    def _painter(self) -> QPainter:
        painter = QPainter(self._editor.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colours.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.colours.colour("accent_soft"))
        return painter

    def _frames(self, block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
        """The lines that a placeholder takes, as the viewport counts."""
        place = self._editor.document().documentLayout().blockBoundingRect(block).topLeft()
        across = place.x() - self._editor.horizontalScrollBar().value()
        down = place.y() - self._editor.verticalScrollBar().value()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            begin, stop = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if begin < stop:
                left, right = _across(line.cursorToX(begin)), _across(line.cursorToX(stop))
                high = line.ascent() + line.descent()
                yield QRectF(across + left - 0.5, down + line.y() + 0.5, right - left + 1, high)


def _across(found: object) -> float:
    """PySide gives the position along with it."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
