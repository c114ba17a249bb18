"""What is drawn beside the words of a draft to say how far a section is. It is no part of the text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QTextCursor
from PySide6.QtWidgets import QTextEdit

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import DraftReader

GAP = 12
"""Distance of a sign from the words, in pixels."""


class SectionSigns:
    """Draws on the viewport of an editor."""

    def __init__(self, editor: QTextEdit, text: DraftReader, theme: Theme) -> None:
        self._editor, self._text, self._theme = editor, text, theme

    def paint(self, writing: frozenset[str], unfinished: Mapping[str, str]) -> None:
        """Signs of the sections that are being written, and the states of those that were cut short, by id."""
        painter = QPainter(self._editor.viewport())
        for section in writing:
            self._paint_writing(painter, section)
        for section, state in unfinished.items():
            self._paint_unfinished(painter, section, state)
        painter.end()

    def _paint_writing(self, painter: QPainter, section: str) -> None:
        """A bar behind the last word; words where there is none yet."""
        end = self._text.end_of(section)
        if end is None or self._text.table(section) is not None:
            return
        place = self._editor.cursorRect(end)
        painter.fillRect(place.x() + 1, place.top(), 3, place.height(), self._theme.colours.colour("accent"))
        if not end.block().text():
            self._paint_words(painter, end, tr("쓰는 중"), "muted")

    def _paint_unfinished(self, painter: QPainter, section: str, state: str) -> None:
        """Behind the last word or, without room, beside the first line."""
        start, end = self._text.cursor_at(section), self._text.end_of(section)
        if start is None or end is None or self._paint_words(painter, end, state, "warning"):
            return
        start.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._paint_words(painter, start, state, "warning")

    def _paint_words(self, painter: QPainter, behind: QTextCursor, words: str, colour: str) -> bool:
        """False where there is no room."""
        place = self._editor.cursorRect(behind)
        wide = painter.fontMetrics().horizontalAdvance(words) + 4
        beside = QRect(place.x() + GAP, place.top(), wide, place.height())
        if beside.right() > self._editor.viewport().width():
            return False
        painter.setPen(self._theme.colours.colour(colour))
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, words)
        return True
