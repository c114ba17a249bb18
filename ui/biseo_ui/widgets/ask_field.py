"""The field where a question to the library is typed: Enter asks, Shift+Enter begins a line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from biseo_ui.draft_clipboard import pasted_text
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.theme import Theme
from biseo_ui.widgets.no_drag import NoDrag

MOST_LINES = 5


class AskField(QPlainTextEdit):
    """Grows with what is typed, up to `MOST_LINES`; `asked` when Enter was pressed and no syllable is composed."""

    asked = Signal()

    def __init__(self, theme: Theme, ime: ImeWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ime = theme, ime
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # files belong to the window
        NoDrag(self)
        self.setPlaceholderText(tr("알고 싶은 것을 적어 주세요."))
        self.setAccessibleName(tr("자료실에 물을 것"))
        self.setAccessibleDescription(tr("Enter를 누르면 묻고, Shift+Enter를 누르면 줄을 바꿉니다."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def question(self) -> str:
        """What stands in it."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            kept = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if kept == Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            elif kept == Qt.KeyboardModifier.NoModifier and not event.isAutoRepeat() and not self._ime.composing:
                self.asked.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(pasted_text(source))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.pixels(120), self.height())

    def height_of(self, lines: int) -> int:
        """How high it is with so many lines."""
        room = QFontMetricsF(self.font()).lineSpacing() * lines
        return round(room + 2 * self.document().documentMargin()) + self._theme.pixels(14)

    def _fit(self, *_news: object) -> None:
        self.setFixedHeight(self.height_of(max(1, min(MOST_LINES, round(self.document().size().height())))))
