"""The rows drawn out of files: ticked or not, filtered by their groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from biseo_ui.extract_rows import ExtractRow
from biseo_ui.i18n import tr

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_CHECK = Qt.ItemDataRole.CheckStateRole


class ExtractModel(QAbstractTableModel):
    """The first column holds the ticks.

    Signals:
        ticked: rows were taken in or left out.
    """

    ticked = Signal()

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[ExtractRow, ...] = ()
        self._shown: list[int] = []
        self.off: set[int] = set()
        """Numbers of the rows that are left out."""

    def show(self, rows: Sequence[ExtractRow], off: frozenset[int] = frozenset()) -> None:
        """Take other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._shown = list(range(len(self.rows)))
        self.off = {number for number in off if number < len(self.rows)}
        self.endResetModel()
        self.ticked.emit()

    def choose(self, wanted: Sequence[str]) -> None:
        """Show the rows of those groups only; an empty name matches everything."""
        self.beginResetModel()
        self._shown = [
            number
            for number, row in enumerate(self.rows)
            if all(not name or name in groups for name, groups in zip(wanted, row.groups, strict=True))
        ]
        self.endResetModel()

    def tick_shown(self, on: bool) -> None:
        """Take in, or leave out, all rows that are shown."""
        (self.off.difference_update if on else self.off.update)(self._shown)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0), [_CHECK])
        self.ticked.emit()

    def kept(self) -> tuple[ExtractRow, ...]:
        """The rows that are taken in, those that the filters hide among them."""
        return tuple(row for number, row in enumerate(self.rows) if number not in self.off)

    def row(self, place: int) -> ExtractRow:
        """One of those that are shown."""
        return self.rows[self._shown[place]]

    def toggle(self, place: int) -> None:
        """Take a row in, or leave it out."""
        number = self._shown[place]
        self.off.symmetric_difference_update({number})
        index = self.index(place, 0)
        self.dataChanged.emit(index, index, [_CHECK])
        self.ticked.emit()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        row = self.rows[number]
        if index.column() == 0:
            if role == _CHECK:
                return Qt.CheckState.Unchecked if number in self.off else Qt.CheckState.Checked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return tr("뺌: {words}" if number in self.off else "넣음: {words}").format(words=row.cells[0])
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column() - 1]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column() - 1]}: {row.cells[index.column() - 1]}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or index.column() != 0:
            return False
        self.toggle(index.row())
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return tr("넣기") if section == 0 else tr(self.columns[section - 1])
