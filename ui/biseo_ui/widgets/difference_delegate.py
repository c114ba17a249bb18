"""Paints a piece of a difference: words that go are struck out, words that come are underlined."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from biseo_ui.i18n import tr
from biseo_ui.item_models.pieces_model import PIECE_ROLE
from biseo_ui.proposals import Piece
from biseo_ui.theme import Theme
from biseo_ui.widgets.changed_words import shape_of, wrapped_document

Index = QModelIndex | QPersistentModelIndex


class DifferenceDelegate(QStyledItemDelegate):
    """A row is as high as its words; the title of the section stands above the first piece of it."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        pixels = self._theme.pixels
        document = self._document(index, option.font)
        high = round(document.size().height()) + pixels(14)
        return QSize(0, high + (option.fontMetrics.height() + pixels(4) if self._begins(index) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        colours, pixels, room = self._theme.colours, self._theme.pixels, option.rect
        painter.save()
        top = room.top()
        if self._begins(index):
            painter.setPen(colours.colour("muted"))
            bold = QFont(option.font)
            bold.setBold(True)
            painter.setFont(bold)
            line = QRect(
                room.left() + pixels(8), top + pixels(4), room.width() - pixels(16), option.fontMetrics.height()
            )
            title = option.fontMetrics.elidedText(
                index.data(PIECE_ROLE).title, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), title)
            top = line.bottom()
        body = QRect(room.left(), top, room.width(), room.bottom() - top + 1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(body, colours.colour("accent_soft"))
            painter.fillRect(QRect(body.topLeft(), QSize(pixels(3), body.height())), colours.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(body, colours.colour("hover"))
        painter.translate(QPointF(body.left() + pixels(10), body.top() + pixels(7)))
        self._document(index, option.font).drawContents(painter)
        painter.restore()

    def _begins(self, index: Index) -> bool:
        piece = index.data(PIECE_ROLE)
        before = index.model().index(index.row() - 1, 0) if index.row() else None
        return bool(piece.title) and (before is None or before.data(PIECE_ROLE).section != piece.section)

    def _document(self, index: Index, font: QFont) -> QTextDocument:
        piece: Piece = index.data(PIECE_ROLE)
        document = wrapped_document(font, max(40, self._view.viewport().width() - self._theme.pixels(20)))
        cursor = QTextCursor(document)
        for run in piece.runs:
            cursor.insertText(_shown(run.text, run.kind != "same"), shape_of(run.kind, self._theme))
        return document


def _shown(text: str, changes: bool) -> str:
    """Line ends that come or go are told by a sign; a tab stands between two cells."""
    words = text.replace("\t", " | ")
    if changes:
        words = words.replace("\n", "↵\u2028") if words.strip() else words.replace("\n", "↵").replace(" ", "␣")
    return words.replace("\n", "\u2028").strip("\u2028") or tr("(빈칸)")
