"""What has to be looked at, in the order of the text; all of it or one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo.document import Finding
from biseo_ui.finding_kinds import KINDS, kind_of
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
FINDING_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2
SEVERITIES = {"error": "오류", "warning": "확인", "suggestion": "제안"}
SIGNS = {"error": "error", "warning": "warning", "suggestion": "info"}
ALL, SETTLED = "", "settled"
"""Filters beside the severities and kinds: everything that is open, and what was set aside."""


class FindingsModel(QAbstractListModel):
    """One line what, one line where. `filter` is a severity, a kind, `ALL` or `SETTLED`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open: list[Finding] = []
        self._settled: list[Finding] = []
        self._findings: list[Finding] = []
        self._titles: dict[str, str] = {}
        self.filter = ALL

    def show(self, findings: list[Finding], titles: dict[str, str], settled: Sequence[Finding] = ()) -> None:
        """Take the findings that are open and those that were set aside; `titles` by section id."""
        self._open, self._settled = findings, list(settled)
        known, self._titles = self._titles, titles
        self._choose(titles != known)

    def set_filter(self, name: str) -> None:
        """Show only a severity, a kind, or what was set aside."""
        self.filter = name
        self._choose()

    def choices(self) -> list[tuple[str, str]]:
        """Filters that show something, as (name, words with the count); all that is open comes first."""
        severities = Counter(finding.severity for finding in self._open)
        kinds = Counter(kind_of(finding) for finding in self._open)
        found = [(ALL, tr("모두 {count}").format(count=len(self._open)))]
        for names, counts in ((SEVERITIES, severities), (KINDS, kinds)):
            found += [(name, f"{tr(words)} {counts[name]}") for name, words in names.items() if counts[name]]
        if self._settled:
            found.append((SETTLED, tr("그대로 둠 {count}").format(count=len(self._settled))))
        return found

    def _choose(self, anew: bool = False) -> None:
        if self.filter not in (name for name, _ in self.choices()):
            self.filter = ALL
        if self.filter == SETTLED:
            chosen = self._settled
        else:
            chosen = [f for f in self._open if self.filter in (ALL, f.severity, kind_of(f))]
        if anew or chosen != self._findings:
            self.beginResetModel()
            self._findings = list(chosen)
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
        severity, kind = tr(SEVERITIES[finding.severity]), tr(KINDS[kind_of(finding)])
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(finding.text.split()) or finding.message
        if role == FINDING_ROLE:
            return finding
        if role == DETAIL_ROLE:
            return " · ".join(part for part in (severity, kind, where) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{severity}, {kind}, {where}: {finding.text}. {finding.message}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.message
        if role == Qt.ItemDataRole.DecorationRole:
            sign = SIGNS[finding.severity]
            return self._theme.icon(sign, sign)
        return None
