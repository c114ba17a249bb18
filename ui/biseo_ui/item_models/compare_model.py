"""The rows of a comparison, filtered by kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo_ui.compare_rows import CompareRow, spoken

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class CompareModel(QAbstractListModel):
    """`names` are those of the documents, one a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[CompareRow, ...] = ()
        self._shown: list[CompareRow] = []
        self.names: tuple[str, ...] = ()

    def show(self, rows: tuple[CompareRow, ...], names: tuple[str, ...], kinds: tuple[str, ...]) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._all, self.names = rows, names
        self._shown = [row for row in rows if row.kind in kinds]
        self.endResetModel()

    def choose(self, kinds: tuple[str, ...]) -> None:
        """Show rows of those kinds only."""
        self.show(self._all, self.names, kinds)

    def count(self, kinds: tuple[str, ...]) -> int:
        """How many rows of those kinds there are."""
        return sum(row.kind in kinds for row in self._all)

    def row(self, number: int) -> CompareRow:
        """One of those that are shown."""
        return self._shown[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row, self.names)
        return None
