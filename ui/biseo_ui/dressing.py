"""Puts the style sheet on the window part by part, for Qt takes most of a second to change that of the whole program.

A part is a widget with what is in it: the rail, a page, a region of the work. Those that are seen change while nothing
is painted, a few at a time, so that the window answers meanwhile and is then painted once. Those that are not seen
follow afterwards, one at a time, or when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from biseo_ui.slices import Slices


class Dressing(QObject):
    """The parts and the sheet they should have."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._sheet = ""
        self._behind: set[QWidget] = set()
        self._still: set[QWidget] = set()
        self._slices = Slices(self)

    def add(self, part: QWidget) -> None:
        """`part` has the sheet from when it is first shown."""
        self._parts.append(part)
        self._behind.add(part)
        part.installEventFilter(self)
        part.destroyed.connect(self._tidy)
        if part.isVisible():
            self._put(part)

    def behind(self, part: QWidget) -> bool:
        """Whether `part` is still to be given the sheet."""
        return part in self._behind

    @property
    def busy(self) -> bool:
        """Whether parts are being changed."""
        return self._slices.busy

    def change(self, sheet: str, then: Callable[[], object]) -> None:
        """Give every part that sheet; `then` is done when those that are seen have it, before they are painted."""
        self._sheet = sheet
        self._tidy()
        self._behind = set(self._parts)
        seen = [part for part in self._parts if part.isVisible()]
        for window in {part.window() for part in seen}:
            if window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._still.add(window)
        self._slices.start(self._changing(seen, then), lambda: None, self._fail)

    def _changing(self, seen: list[QWidget], then: Callable[[], object]) -> Iterator[None]:
        for part in seen:
            self._put(part)
            yield
        then()
        yield
        self._paint_again()
        yield
        while self._behind:
            self._put(next(iter(self._behind)))
            yield

    def _put(self, part: QWidget) -> None:
        self._behind.discard(part)
        if shiboken6.isValid(part):
            part.setStyleSheet(self._sheet)

    def _paint_again(self) -> None:
        still, self._still = self._still, set()
        for window in still:
            if shiboken6.isValid(window):
                window.setUpdatesEnabled(True)

    def _fail(self, error: Exception) -> None:
        self._paint_again()
        raise error

    def _tidy(self) -> None:
        """Forget the parts that have gone."""
        self._parts = [part for part in self._parts if shiboken6.isValid(part)]
        self._behind = {part for part in self._behind if shiboken6.isValid(part)}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched in self._behind and isinstance(watched, QWidget):
            self._put(watched)
        return False
