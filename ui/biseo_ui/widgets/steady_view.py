"""Keeps what the user reads in its place while words come above it, below it and around it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QFontMetricsF, QTextCursor
from PySide6.QtWidgets import QTextEdit

from biseo_ui.widgets.draft_text import DraftText

NEAR_LINES = 5
"""A place that lies so few lines below the view is still one the user is at: a new section begins with a heading."""
AT_THE_END = 40
"""Who scrolls to less than so many pixels from the end wants to see what comes."""


class SteadyView(QObject):
    """Holds view and cursor of an editor still across the changes that a `DraftText` makes.

    The view goes along with growing words only where the user is: with the one section that streams, or, of several,
    with the one that holds the cursor; and only while the end of its words is seen. `follow` begins it anew; who
    scrolls up ends it, who scrolls down to the words takes it up again.
    """

    def __init__(self, editor: QTextEdit, text: DraftText) -> None:
        super().__init__(editor)
        self._editor, self._text = editor, text
        self._bar = editor.verticalScrollBar()
        self._own = False
        self._follow = True
        self._value = 0
        self._held: tuple[str, int] | None = None
        self._seen = False
        self._caret: tuple[QTextCursor, QTextCursor] | None = None
        text.changing.connect(self._on_changing)
        text.changed.connect(self._on_changed)
        self._bar.valueChanged.connect(self._on_scrolled)

    def follow(self, wanted: bool = True) -> None:
        """Whether to go along with words that come where the user is."""
        self._follow = wanted

    def _on_changing(self, section_id: str) -> None:
        self._own = True
        caret = self._editor.textCursor()
        self._caret = (self._fixed(caret.position()), self._fixed(caret.anchor()))
        self._held = self._hold()
        self._seen = self._is_near(section_id)

    def _on_changed(self, section_id: str) -> None:
        self._restore_caret()
        if self._held is not None:
            section, top = self._held
            now = self._top(section)
            if now is not None and now != top:
                self._bar.setValue(self._bar.value() + now - top)
        if self._follow and self._is_place(section_id) and self._seen and self._is_near(section_id):
            end = self._end(section_id)
            below = end + self._line() // 2 - self._editor.viewport().height() if end is not None else 0
            if below > 0:
                self._bar.setValue(self._bar.value() + below)
        self._value = self._bar.value()
        self._own = False

    def _on_scrolled(self, value: int) -> None:
        if self._own:
            return
        down, self._value = value > self._value, value
        height = self._editor.viewport().height()
        ends = [self._end(section) for section in self._text.streaming if self._is_place(section)]
        seen = any(end is not None and 0 <= end <= height for end in ends)
        self._follow = value >= self._bar.maximum() - AT_THE_END or (down and seen)

    # the cursor: words that come where it stands must not take it along

    def _fixed(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(position)
        cursor.setKeepPositionOnInsert(True)
        return cursor

    def _restore_caret(self) -> None:
        if self._caret is None:
            return
        (place, anchor), self._caret = self._caret, None
        caret = self._editor.textCursor()
        if (caret.position(), caret.anchor()) != (place.position(), anchor.position()):
            caret.setPosition(anchor.position())
            caret.setPosition(place.position(), QTextCursor.MoveMode.KeepAnchor)
            self._editor.setTextCursor(caret)

    # the view

    def _hold(self) -> tuple[str, int] | None:
        """The section that must not move, and where it begins in the view."""
        height = self._editor.viewport().height()
        caret = self._editor.cursorRect()
        if self._editor.hasFocus() and caret.bottom() > 0 and caret.top() < height:
            section = self._text.section_at(self._editor.textCursor().position())
        elif self._bar.value() > 0:
            section = self._text.section_at(self._editor.cursorForPosition(QPoint(0, 0)).position())
        else:
            return None  # who looks at the very top wants to see what comes there
        top = self._top(section)
        return None if top is None else (section, top)

    def _is_place(self, section_id: str) -> bool:
        """Whether the view may go along with that section."""
        streaming = self._text.streaming
        if section_id not in streaming:
            return False
        if len(streaming) == 1:
            return True
        here = self._text.section_at(self._editor.textCursor().position())
        return self._editor.hasFocus() and here == section_id

    def _is_near(self, section_id: str) -> bool:
        """Whether the end of the section is in view, or almost; so is the end of one that is not there yet."""
        end = self._end(section_id)
        return end is None or 0 <= end <= self._editor.viewport().height() + NEAR_LINES * self._line()

    def _top(self, section_id: str) -> int | None:
        cursor = self._text.cursor_at(section_id) if section_id else None
        return None if cursor is None else self._editor.cursorRect(cursor).top()

    def _end(self, section_id: str) -> int | None:
        cursor = self._text.end_of(section_id)
        return None if cursor is None else self._editor.cursorRect(cursor).bottom()

    def _line(self) -> int:
        return round(QFontMetricsF(self._editor.document().defaultFont()).lineSpacing())
