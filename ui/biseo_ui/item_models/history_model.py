"""Stored works, one a row: title, then kind, state and when; for a search the words that were found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from biseo.errors import UsageError
from biseo.tasks.catalogue import find_task
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.work_entry import PHASES

if TYPE_CHECKING:
    from biseo.vault import WorkEntry

Index = QModelIndex | QPersistentModelIndex
ABOUT_ROLE = Qt.ItemDataRole.UserRole + 1
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 2
BEFORE = 6
"""Characters that are shown before the word that was found: it must be seen in a narrow row."""
OTHER_TASKS = {"ask": "자료실에 묻기"}
"""Names of what is stored but no document task."""
SIGNS = {"asked": "search", "begun": "file", "writing": "wait", "stopped": "stop", "draft": "write", "reviewed": "ok"}


class HistoryModel(QAbstractListModel):
    """Rows are made when they are painted, so ten thousand of them cost nothing."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: list[WorkEntry] = []
        self._first = ""
        self.open_id = ""

    def show(self, entries: Sequence[WorkEntry], open_id: str, query: str = "") -> None:
        """Take the works; `open_id` is the one that is on the page, `query` what was looked for."""
        self.beginResetModel()
        self._entries, self.open_id = list(entries), open_id
        self._first = query.split()[0].casefold() if query.strip() else ""
        self.endResetModel()

    def row_of(self, work: str) -> int:
        """Its row, or -1."""
        return next((row for row, entry in enumerate(self._entries) if entry.id == work), -1)

    def entry(self, row: int) -> WorkEntry | None:
        """The work of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return entry.title
        if role == ENTRY_ROLE:
            return entry
        if role == ABOUT_ROLE:
            return self._about(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {self._about(entry)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(SIGNS.get(entry.phase, "file"), "ok" if entry.phase == "reviewed" else "accent")
        return None

    def _about(self, entry: WorkEntry) -> str:
        if entry.found:
            place = entry.found.casefold().find(self._first) - BEFORE
            return "…" + entry.found[place:].lstrip("…") if place > 0 else entry.found
        words = [task_title(entry.task), phase_words(entry.phase), when(entry.changed)]
        if entry.id == self.open_id:
            words.insert(0, tr("지금 열려 있음"))
        return " · ".join(word for word in words if word)


@cache
def task_title(task: str) -> str:
    """Name of a task; its id where this program does not know it."""
    if task in OTHER_TASKS:
        return tr(OTHER_TASKS[task])
    try:
        return find_task(task).title
    except UsageError:
        return task


def phase_words(phase: str) -> str:
    """Where a work stands, in words."""
    return tr(PHASES[phase]) if phase in PHASES else ""


def when(seconds: float, now: datetime | None = None) -> str:
    """`오늘 14:05`, `어제 09:30`, `2026. 5. 8. 14:05`."""
    try:
        time = datetime.fromtimestamp(seconds)
    except (OverflowError, OSError, ValueError):
        return ""
    today = (now or datetime.now()).date()
    clock = f"{time:%H:%M}"
    if time.date() == today:
        return tr("오늘 {clock}").format(clock=clock)
    if time.date() == today - timedelta(days=1):
        return tr("어제 {clock}").format(clock=clock)
    return f"{time.year}. {time.month}. {time.day}. {clock}"
