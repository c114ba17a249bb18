"""Buttons side by side, or below each other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from biseo_ui.theme import Theme


class ButtonRow(QWidget):
    """As narrow as its widest button."""

    def __init__(self, theme: Theme, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.pixels(8))
        for button in buttons:
            self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        shown = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        return QSize(max(shown, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a button came, went, or has other words
            self._turn()
        return done

    def _turn(self) -> None:
        shown = [button.sizeHint().width() for button in self._buttons if not button.isHidden()]
        fits = sum(shown) + self._box.spacing() * max(0, len(shown) - 1) <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.updateGeometry()
