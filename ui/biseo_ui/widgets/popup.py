"""A small panel that hangs on a button and goes with a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from biseo_ui.theme import Theme


class Popup(QFrame):
    """Hangs below or above its anchor, always inside the screen."""

    def __init__(self, theme: Theme, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._anchor = anchor
        self.column = QVBoxLayout(self)
        margin = theme.pixels(12)
        self.column.setContentsMargins(margin, margin, margin, margin)

    def open(self) -> None:
        self.adjustSize()
        place = self._anchor.mapToGlobal(QPoint(0, self._anchor.height()))
        screen = self._anchor.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place.setY(self._anchor.mapToGlobal(QPoint(0, 0)).y() - self.height())
        edge = min(screen.right(), self._anchor.window().frameGeometry().right())
        place.setX(max(screen.left(), min(place.x(), edge - self.width())))
        self.move(place)
        self.show()
