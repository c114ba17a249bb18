"""Finds words in the draft: a small bar above the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_editor import DraftEditor

TYPING_MS = 120


class FindBar(QFrame):
    """Opens with Ctrl+F, goes with Esc; Enter and Shift+Enter walk through what was found."""

    def __init__(self, theme: Theme, ime: ImeWatch, editor: DraftEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAccessibleName(tr("초안에서 찾기"))
        self._theme, self._ime, self._editor = theme, ime, editor
        self.line = _FindLine(self)
        self.line.setPlaceholderText(tr("초안에서 찾을 말"))
        self.line.setAccessibleName(tr("초안에서 찾을 말"))
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.previous = self._button(tr("이전 (Shift+Enter)"), lambda: self.step(-1))
        self.next = self._button(tr("다음 (Enter)"), lambda: self.step(1))
        self.close_button = self._button(tr("찾기 닫기 (Esc)"), self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line, 1)
        for widget in (self.count, self.previous, self.next, self.close_button):
            self._row.addWidget(widget)
        # Looked for at every pause in typing; a syllable that is being composed is not yet in the line.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(lambda: self.step(0))
        self.line.textChanged.connect(lambda _text: self._timer.start())
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def open(self) -> None:
        """Show the bar; words that are selected on the page are looked for at once."""
        chosen = self._editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen and "\u2028" not in chosen:
            self.line.setText(chosen.strip())
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self.step(0)

    def dismiss(self) -> None:
        """Close the bar; the cursor stays where something was found."""
        if self.isHidden():
            return
        self._timer.stop()
        self.hide()
        self._editor.find_words("")
        self._editor.setFocus()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) place, or to the nearest one from the cursor on (0)."""
        if self.isHidden():
            return
        self._timer.stop()
        words = self.line.text()
        number, total = self._editor.find_words(words, way)
        if not words.strip():
            self._tell("")
        else:
            self._tell(f"{number}/{total}" if total else tr("없음"))
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)

    def walk(self, way: int) -> None:
        """`step`, unless a syllable is being composed: then the key belongs to the input method."""
        if not self._ime.composing:
            self.step(way)

    def _tell(self, words: str) -> None:
        self.count.setText(words)
        self.line.setAccessibleDescription(words)

    def _button(self, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(slot)
        return button

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self._row.setContentsMargins(pixels(8), pixels(5), pixels(8), pixels(5))
        self._row.setSpacing(pixels(6))
        self.count.setMinimumWidth(pixels(48))
        for button, icon in ((self.previous, "up"), (self.next, "down"), (self.close_button, "close")):
            button.setIcon(self._theme.icon(icon))
            button.setIconSize(QSize(pixels(18), pixels(18)))


class _FindLine(QLineEdit):
    """Enter forwards, Shift+Enter back."""

    def __init__(self, bar: FindBar) -> None:
        super().__init__()
        self.setClearButtonEnabled(False)
        self.setAcceptDrops(False)  # dropped files belong to the window
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._bar.walk(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return
        super().keyPressEvent(event)
