"""Paints list rows: a sign, words, and a second, quieter text beside or below them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from biseo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class TwoTextDelegate(QStyledItemDelegate):
    """`second` is the role of the quieter text; `below` puts it on a line of its own."""

    def __init__(self, theme: Theme, second: int, below: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._second, self._below = theme, second, below

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(0, line * (2 if self._below else 1) + self._theme.pixels(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        colours, pixels = self._theme.colours, self._theme.pixels
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, colours.colour("accent_soft"))
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(pixels(3), option.rect.height())), colours.colour("accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colours.colour("hover"))
        room = option.rect.adjusted(pixels(8), 0, -pixels(8), 0)
        size = pixels(16)
        line = option.fontMetrics.height()
        top = room.top() + pixels(6)
        option.icon.paint(painter, QRect(room.left(), top + (line - size) // 2, size, size))
        left = room.left() + size + pixels(7)
        first = str(index.data(Qt.ItemDataRole.DisplayRole))
        second = str(index.data(self._second) or "")
        elide = option.fontMetrics.elidedText
        painter.setFont(option.font)
        ink = option.palette.color(QPalette.ColorRole.Text)
        quiet = ink if selected else colours.colour("muted")
        if self._below:
            width = room.right() - left
            self._words(painter, QRect(left, top, width, line), elide(first, Qt.TextElideMode.ElideRight, width), ink)
            rest = QRect(left, top + line, width, line)
            self._words(painter, rest, elide(second, Qt.TextElideMode.ElideRight, width), quiet)
        else:
            wide = min(option.fontMetrics.horizontalAdvance(second) + 4, (room.right() - left) * 2 // 3)
            width = room.right() - left - wide - pixels(8)
            self._words(painter, QRect(left, top, width, line), elide(first, Qt.TextElideMode.ElideRight, width), ink)
            rest = QRect(room.right() - wide, top, wide + 1, line)
            self._words(painter, rest, elide(second, Qt.TextElideMode.ElideRight, wide), quiet)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, room: QRect, words: str, colour: object) -> None:
        painter.setPen(colour)  # type: ignore[call-overload]
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
