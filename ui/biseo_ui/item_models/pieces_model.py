"""The pieces of what is proposed, one a row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo_ui.i18n import tr
from biseo_ui.proposals import Piece

Index = QModelIndex | QPersistentModelIndex
PIECE_ROLE = Qt.ItemDataRole.UserRole + 1


class PiecesModel(QAbstractListModel):
    """Words for screen readers; the delegate draws the difference."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []

    def show(self, pieces: list[Piece]) -> None:
        """Take the pieces."""
        if pieces != self._pieces:
            self.beginResetModel()
            self._pieces = pieces
            self.endResetModel()

    @property
    def pieces(self) -> list[Piece]:
        return list(self._pieces)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._pieces)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._pieces):
            return None
        piece = self._pieces[index.row()]
        if role == PIECE_ROLE:
            return piece
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(piece)
        return None


def spoken(piece: Piece) -> str:
    """What a piece would do, in words."""
    old, new = " ".join(piece.old.split()), " ".join(piece.new.split())
    if old and new:
        words = tr("지금: {old} 바꿀 글: {new}").format(old=old, new=new)
    elif new:
        words = tr("더할 글: {new}").format(new=new)
    elif old:
        words = tr("뺄 글: {old}").format(old=old)
    else:
        words = tr("줄이나 칸을 바꿉니다.")
    return f"{piece.title}. {words}" if piece.title else words
