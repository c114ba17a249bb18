"""A check box whose frame and tick are seen in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from biseo_ui.theme import Theme

SIDE = 18
TICK = ((0.22, 0.52), (0.43, 0.73), (0.79, 0.29))


class TickBox(QCheckBox):
    """Its words are strong; the whole line can be clicked."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(words)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def hitButton(self, _place: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)
        side, high = self._theme.pixels(SIDE), self.fontMetrics().height()
        wide = self.fontMetrics().horizontalAdvance(self.text()) * 1.1
        return QSize(round(side * 1.7 + wide), max(side, high) + self._theme.pixels(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.pixels(SIDE) * 3, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, pixels = self._theme.colours, self._theme.pixels
        side = pixels(SIDE)
        box = QRectF(pixels(2), (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = self.isChecked()
        edge = "accent" if checked or self.hasFocus() else "control"
        painter.setPen(QPen(colours.colour(edge), pixels(2) if self.hasFocus() else max(1.0, pixels(1.4))))
        painter.setBrush(colours.colour("accent" if checked else "panel"))
        painter.drawRoundedRect(box, pixels(3), pixels(3))
        if checked:
            pen = QPen(colours.colour("accent_text"), pixels(2.2))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline([QPointF(box.left() + x * side, box.top() + y * side) for x, y in TICK])
        words = QRect(round(box.right()) + pixels(8), 0, self.width(), self.height())
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(colours.colour("text"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), pixels(1.4)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.7, 0.7, -0.7, -0.7), pixels(4), pixels(4))
        painter.end()
