"""What has to be looked at, in the order of the text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo.document import Finding
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
FINDING_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2
SEVERITIES = {"error": "오류", "warning": "확인", "suggestion": "제안"}
SIGNS = {"error": "error", "warning": "warning", "suggestion": "info"}


class FindingsModel(QAbstractListModel):
    """One line what, one line where."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: list[Finding] = []
        self._titles: dict[str, str] = {}

    def show(self, findings: list[Finding], titles: dict[str, str]) -> None:
        """Take the findings; `titles` by section id."""
        if findings == self._findings and titles == self._titles:
            return
        self.beginResetModel()
        self._findings, self._titles = findings, titles
        self.endResetModel()

    def finding(self, row: int) -> Finding | None:
        return self._findings[row] if 0 <= row < len(self._findings) else None

    def row_of(self, finding: Finding) -> int:
        return self._findings.index(finding) if finding in self._findings else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self._findings[index.row()]
        where = self._titles.get(finding.section, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(finding.text.split()) or finding.message
        if role == FINDING_ROLE:
            return finding
        if role == DETAIL_ROLE:
            return " · ".join(part for part in (tr(SEVERITIES[finding.severity]), where) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(SEVERITIES[finding.severity])}, {where}: {finding.text}. {finding.message}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.message
        if role == Qt.ItemDataRole.DecorationRole:
            kind = SIGNS[finding.severity]
            return self._theme.icon(kind, kind)
        return None
