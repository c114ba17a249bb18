"""The rows of a form field as a table that can be typed into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo.tasks.definition import Column
from biseo_ui.i18n import tr
from biseo_ui.notation import grouped

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """One row a mapping from column id to words. Amounts are grouped by thousands as they are entered."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: list[dict[str, str]] = []

    def values(self) -> tuple[dict[str, str], ...]:
        """The rows that hold something."""
        return tuple(dict(row) for row in self._rows if any(word.strip() for word in row.values()))

    def set_values(self, rows: tuple[dict[str, str], ...] | list[dict[str, str]]) -> None:
        self.beginResetModel()
        self._rows = [{column.id: str(row.get(column.id, "")) for column in self._columns} for row in rows]
        self.endResetModel()

    def add_row(self) -> int:
        """An empty row at the end; its number."""
        number = len(self._rows)
        self.beginInsertRows(QModelIndex(), number, number)
        self._rows.append({column.id: "" for column in self._columns})
        self.endInsertRows()
        return number

    def remove_row(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            self.beginRemoveRows(QModelIndex(), number, number)
            del self._rows[number]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._rows[index.row()][column.id]
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind == "amount":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._rows[index.row()][column.id] or tr("비어 있음")
            return f"{index.row() + 1}, {column.label}: {words}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        column = self._columns[index.column()]
        words = str(value).strip()
        self._rows[index.row()][column.id] = grouped(words) if column.kind == "amount" else words
        self.dataChanged.emit(index, index)
        return True

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way == Qt.Orientation.Horizontal:
            return self._columns[section].label
        return section + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
