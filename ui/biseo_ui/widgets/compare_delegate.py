"""Paints a row of a comparison: a sign with its name, below it the words of each document in a column of its own.

Words that went are struck out, words that came are underlined; both also have a colour.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from biseo_ui.compare_rows import CompareRow
from biseo_ui.i18n import tr
from biseo_ui.item_models.compare_model import ROW_ROLE
from biseo_ui.theme import Theme
from biseo_ui.widgets.changed_words import shape_of, wrapped_document

Index = QModelIndex | QPersistentModelIndex
SIDE, GAP, ABOVE = 10, 16, 6
MOST_HEIGHTS = 20_000
_INK = {
    "figure": "warning", "changed": "warning", "differs": "warning", "conflict": "warning", "added": "ok",
    "removed": "error", "moved": "info", "renumbered": "info",
}  # fmt: skip


class CompareDelegate(QStyledItemDelegate):
    """A row is as high as its longest column; the group stands above its first row."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._heights: dict[tuple[int, int], int] = {}

    def forget(self) -> None:
        """Other rows, other letters or other colours."""
        self._heights.clear()

    def columns(self, count: int) -> list[tuple[int, int]]:
        """Left edge and width of each column."""
        pixels = self._theme.pixels
        room = self._view.viewport().width() - 2 * pixels(SIDE) - (count - 1) * pixels(GAP)
        width = max(40, room // max(1, count))
        return [(pixels(SIDE) + number * (width + pixels(GAP)), width) for number in range(count)]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CompareRow = index.data(ROW_ROLE)
        columns = self.columns(len(row.cells))
        key = (id(row), columns[0][1])
        if key not in self._heights:
            if len(self._heights) > MOST_HEIGHTS:
                self._heights.clear()
            self._heights[key] = max(
                round(self._document(row, number, width, option.font).size().height())
                for number, (_, width) in enumerate(columns)
            )
        pixels, line = self._theme.pixels, option.fontMetrics.height()
        above = line + pixels(ABOVE) if self._begins(index) else 0
        return QSize(0, above + line + self._heights[key] + pixels(3 * ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        row: CompareRow = index.data(ROW_ROLE)
        colours, pixels, room = self._theme.colours, self._theme.pixels, option.rect
        line = option.fontMetrics.height()
        left, wide = room.left() + pixels(SIDE), room.width() - 2 * pixels(SIDE)
        painter.save()
        top = room.top()
        bold = QFont(option.font)
        bold.setBold(True)
        if self._begins(index):
            painter.setPen(colours.colour("text"))
            painter.setFont(bold)
            self._line(painter, option, row.group, QRect(left, top + pixels(ABOVE), wide, line))
            top += line + pixels(ABOVE)
        body = QRect(room.left(), top, room.width(), room.bottom() - top + 1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(body, colours.colour("accent_soft"))
            painter.fillRect(QRect(body.topLeft(), QSize(pixels(3), body.height())), colours.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(body, colours.colour("hover"))
        painter.setFont(option.font)
        painter.setPen(colours.colour(_INK.get(row.kind, "muted")))
        self._line(painter, option, row.label, QRect(left, top + pixels(ABOVE), wide, line))
        top += line + pixels(ABOVE)
        for number, (at, width) in enumerate(self.columns(len(row.cells))):
            painter.save()
            painter.translate(QPointF(room.left() + at, top + pixels(ABOVE // 2)))
            self._document(row, number, width, option.font).drawContents(painter)
            painter.restore()
        painter.setPen(colours.colour("border"))
        painter.drawLine(room.left(), room.bottom(), room.right(), room.bottom())
        painter.restore()

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, words: str, place: QRect) -> None:
        shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _begins(self, index: Index) -> bool:
        before = index.model().index(index.row() - 1, 0) if index.row() else None
        return before is None or before.data(ROW_ROLE).group != index.data(ROW_ROLE).group

    def _document(self, row: CompareRow, number: int, width: int, font: QFont) -> QTextDocument:
        """The words of one column."""
        document = wrapped_document(font, width)
        cursor = QTextCursor(document)
        quiet = QTextCharFormat()
        quiet.setForeground(self._theme.colours.colour("muted"))
        if not row.cells[number]:
            cursor.insertText("–", quiet)
            return document
        for run in row.cells[number]:
            cursor.insertText(run.text.replace("\t", " | ").replace("\n", "\u2028"), shape_of(run.kind, self._theme))
        unit = row.places[number]
        if unit is not None and unit.page is not None:
            cursor.insertText(tr("  {page}쪽").format(page=unit.page), quiet)
        return document
