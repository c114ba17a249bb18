"""The table of rows drawn out of files: Space ticks, Enter opens the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from biseo_ui.item_models.extract_model import ExtractModel
from biseo_ui.theme import Theme
from biseo_ui.widgets.tick_box import SIDE, TICK

Index = QModelIndex | QPersistentModelIndex

LINES = 2


class TickDelegate(QStyledItemDelegate):
    """Draws the tick of a row as `TickBox` draws its own: seen in every theme."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, side = self._theme.colours, self._theme.pixels(SIDE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.colour("accent_soft"))
        middle = QRectF(option.rect).center()
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.setPen(QPen(colours.colour("accent" if checked else "control"), max(1.0, self._theme.pixels(1.4))))
        painter.setBrush(colours.colour("accent" if checked else "panel"))
        painter.drawRoundedRect(box, self._theme.pixels(3), self._theme.pixels(3))
        if checked:
            pen = QPen(colours.colour("accent_text"), self._theme.pixels(2.2))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline([QPointF(box.left() + x * side, box.top() + y * side) for x, y in TICK])
        painter.restore()

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click anywhere in the cell ticks: the box is small."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(model, ExtractModel):
            model.toggle(index.row())
            return True
        return event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class ExtractTable(QTableView):
    """`opened` carries the place of the row whose source is wanted."""

    opened = Signal(int)

    def __init__(self, theme: Theme, model: ExtractModel, shares: Sequence[int]) -> None:
        super().__init__()
        self._theme, self._shares = theme, tuple(shares)
        self.setModel(model)
        self.setItemDelegateForColumn(0, TickDelegate(theme, self))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self._on_double)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def _on_double(self, index: QModelIndex) -> None:
        if index.column():
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        model = self.model()
        if row >= 0 and isinstance(model, ExtractModel):
            if event.key() == Qt.Key.Key_Space:
                model.toggle(row)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(row)
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Two lines a row; the tick as wide as its head, the rest shared out."""
        pixels, metrics = self._theme.pixels, self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.lineSpacing() * LINES + pixels(10))
        first = max(
            metrics.horizontalAdvance(self.model().headerData(0, Qt.Orientation.Horizontal)) + pixels(20), pixels(44)
        )
        room = max(1, self.viewport().width() - first)
        self.setColumnWidth(0, first)
        left = room
        for number, share in enumerate(self._shares, 1):
            wide = left if number == len(self._shares) else room * share // sum(self._shares)
            self.setColumnWidth(number, wide)
            left -= wide
