"""Passages that were found, one a row: file and place, then the words that show why, with marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo_ui.i18n import tr
from biseo_ui.library_words import name_of, place_of
from biseo_ui.theme import Theme

if TYPE_CHECKING:
    from biseo.library import Hit

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Article or title, page, and in how many other files it stands."""
TABLES = ("xlsx", "xls", "csv")


class HitsModel(QAbstractListModel):
    """Best first."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hits: tuple[Hit, ...] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """Take the passages."""
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """The passage of a row."""
        return self.hits[row] if 0 <= row < len(self.hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(hit.source)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((hit.source, *hit.copies))
        if role == HIT_ROLE:
            return hit
        if role == PLACE_ROLE:
            copies = tr("같은 글이 든 파일 {count}개 더").format(count=len(hit.copies)) if hit.copies else ""
            return " · ".join(part for part in (place_of(hit), copies) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            place = self.data(index, PLACE_ROLE)
            return ". ".join(part for part in (f"{hit.rank}. {name_of(hit.source)}", place, hit.snippet.text) if part)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon("table" if hit.kind in TABLES else "file", "accent")
        return None
