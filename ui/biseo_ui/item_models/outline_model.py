"""The sections of a draft with their states."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo_ui.section_state import SectionState
from biseo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SECTION_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_ROLE = Qt.ItemDataRole.UserRole + 2


class OutlineModel(QAbstractListModel):
    """Title and state of every section."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._states: list[SectionState] = []

    def show(self, states: list[SectionState]) -> None:
        """Take the sections, in order; keeps the selection when they are the same ones."""
        if [state.id for state in states] == [state.id for state in self._states]:
            self._states = states
            if states:
                self.dataChanged.emit(self.index(0), self.index(len(states) - 1))
            return
        self.beginResetModel()
        self._states = states
        self.endResetModel()

    def row_of(self, section_id: str) -> int:
        return next((n for n, state in enumerate(self._states) if state.id == section_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._states)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        state = self._states[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return state.title
        if role == SECTION_ROLE:
            return state.id
        if role == STATE_ROLE:
            return str(state)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{state.title}: {state}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(*_sign(state))
        return None


def _sign(state: SectionState) -> tuple[str, str]:
    if state.phase == "writing":
        return "write", "accent"
    if state.phase in ("waiting", "unwritten") or state.deleted:
        return "wait", "muted"
    if state.phase == "stopped":
        return "stop", "warning"
    if state.open_findings:
        error = any(finding.severity == "error" for finding in state.open_findings)
        return ("error", "error") if error else ("warning", "warning")
    return ("edit", "accent") if state.edited else ("ok", "ok")
