"""A card of the pages about the encrypted store: what is so, what can be done, and how it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.wrapped_label import WrappedLabel


class StoreCard(QFrame):
    """A title and words; what a page asks goes into `body`, then come an error, a bar while it works, and buttons."""

    def __init__(self, theme: Theme, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheetcard")
        self._theme = theme
        pixels = theme.pixels
        column = QVBoxLayout(self)
        column.setContentsMargins(pixels(28), pixels(24), pixels(28), pixels(24))
        column.setSpacing(pixels(14))
        self._title = label(title, "title", wrap=True)
        self.words = WrappedLabel(words)
        self.error = WrappedLabel("", "error")
        self.error.hide()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("진행 중"))
        self._bar.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(pixels(8))
        self._buttons: list[QPushButton] = []
        self._row: QWidget | None = None
        self._column = column
        column.addWidget(self._title)
        column.addWidget(self.words)
        column.addLayout(self.body)
        column.addWidget(self.error)
        column.addWidget(self._bar)

    def set_title(self, title: str, words: str) -> None:
        self._title.setText(title)
        self.words.setText(words)

    def set_buttons(self, *buttons: QPushButton) -> None:
        """The buttons, the first one being the likeliest."""
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.hide()
            self._row.deleteLater()
        self._buttons = list(buttons)
        for button in buttons:
            button.show()
        self._row = ButtonRow(self._theme, *buttons)
        self._column.addWidget(self._row)

    def show_error(self, error: UserFacingError | None) -> None:
        """Why it did not work, in two sentences, or nothing."""
        self.show_words(f"{error.message} {error.advice}" if error is not None else "")

    def show_words(self, words: str) -> None:
        """The same in words of the page's own."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def set_busy(self, busy: bool) -> None:
        """It works: nothing can be typed or pressed."""
        self._bar.setVisible(busy)
        for each in (*self._buttons, *self.findChildren(QLineEdit)):
            each.setEnabled(not busy)


def secret_line(theme: Theme, name: str) -> QLineEdit:
    """A line for a passphrase."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    line.setMaximumWidth(theme.pixels(360))
    return line
