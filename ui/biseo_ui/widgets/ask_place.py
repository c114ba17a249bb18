"""Where something stands in the library, as a button that opens it: `[1] 민원 편람.hwpx · 제14조(처리기간) · 3쪽`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from biseo_ui.theme import Theme


class PlaceButton(QPushButton):
    """Shortened in the middle to the room it has; whole in the tool tip and for a screen reader."""

    def __init__(self, theme: Theme, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme, self.words = theme, words
        self.setProperty("role", "link")
        self.setAccessibleName(name)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        room = metrics.horizontalAdvance(self.words) + self._padding + self._theme.pixels(4)
        return QSize(room, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("가나다…") + self._padding, super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._padding
        words = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideMiddle, room)
        if words != self.text():
            self.setText(words)

    @property
    def _padding(self) -> int:
        return self._theme.pixels(16)
