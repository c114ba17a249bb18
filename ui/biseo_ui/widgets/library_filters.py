"""What the search is narrowed to: a folder, a format, and when a file was last changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.library_words import KINDS, name_of
from biseo_ui.theme import Theme
from biseo_ui.widgets.field_editors import ArrowBox

if TYPE_CHECKING:
    from biseo.library import Filter

DAY = 86_400
TIMES = (("언제든", 0), ("최근 7일", 7), ("최근 한 달", 31), ("최근 1년", 366), ("최근 3년", 1096))
GROUPS = (("hwpx", "hwp"), ("docx",), ("pdf",), ("xlsx", "xls", "csv"), ("txt", "md"), ("html", "eml", "mht"))


class LibraryFilters(QWidget):
    """`changed` when something else was picked."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders: tuple[str, ...] = ()
        self.folder, self.kind, self.time = ArrowBox(theme), ArrowBox(theme), ArrowBox(theme)
        self.folder.setAccessibleName(tr("찾을 폴더"))
        self.kind.setAccessibleName(tr("찾을 형식"))
        self.time.setAccessibleName(tr("문서를 바꾼 때"))
        self.folder.addItem(tr("모든 폴더"))
        self.kind.addItem(tr("모든 형식"))
        assert {kind for group in GROUPS for kind in group} == set(KINDS)
        for group in GROUPS:
            self.kind.addItem("·".join(kind.upper() for kind in group))
        for words, _days in TIMES:
            self.time.addItem(tr(words))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(6))
        for box, share in ((self.folder, 4), (self.kind, 3), (self.time, 3)):
            box.setMinimumContentsLength(5)
            box.activated.connect(lambda _row: self.changed.emit())
            row.addWidget(box, share)

    def show_folders(self, folders: Sequence[str]) -> None:
        """Offer those; the one that was picked stays, while it is there."""
        if tuple(folders) == self._folders:
            return
        picked = self.picked_folder
        self._folders = tuple(folders)
        self.folder.clear()
        self.folder.addItem(tr("모든 폴더"))
        for path in self._folders:
            self.folder.addItem(name_of(path))
            self.folder.setItemData(self.folder.count() - 1, path, 3)  # Qt.ItemDataRole.ToolTipRole
        self.pick_folder(picked)

    @property
    def picked_folder(self) -> str:
        """Path of the folder that is looked in; empty for all."""
        row = self.folder.currentIndex()
        return self._folders[row - 1] if 0 < row <= len(self._folders) else ""

    def pick_folder(self, path: str) -> None:
        """Look in that folder only; in all where it is not there."""
        self.folder.setCurrentIndex(self._folders.index(path) + 1 if path in self._folders else 0)

    @property
    def picked(self) -> tuple[str, int, int]:
        """Folder, row of the format and row of the time, for `pick`."""
        return self.picked_folder, self.kind.currentIndex(), self.time.currentIndex()

    def pick(self, picked: tuple[str, int, int]) -> None:
        """Show what `picked` gave."""
        folder, kind, when = picked
        if folder and folder not in self._folders:
            self.show_folders((*self._folders, folder))
        self.pick_folder(folder)
        self.kind.setCurrentIndex(kind)
        self.time.setCurrentIndex(when)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.picked != ("", 0, 0)

    def clear(self) -> None:
        """Everything again."""
        self.pick(("", 0, 0))
        self.changed.emit()

    def filter(self) -> Filter | None:
        """What the search is given; None for everything."""
        if not self.narrowed:
            return None
        from biseo.library import Filter

        folder, kind, when = self.picked
        days = TIMES[when][1]
        return Filter(
            Path(folder) if folder else None,
            frozenset(GROUPS[kind - 1]) if kind else frozenset(),
            time.time() - days * DAY if days else None,
        )
