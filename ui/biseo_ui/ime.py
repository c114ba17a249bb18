"""Knows whether a syllable is being composed. Nothing acts on a key while it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class ImeWatch(QObject):
    """Follows the input method of the widget that has the focus (a filter on every event would slow the window)."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        self.composing = False
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, app.focusWidget())

    def guarded(self, action: Callable[[], object]) -> Callable[..., None]:
        """`action`, but nothing happens while text is composed."""

        def run(*_: object) -> None:
            if not self.composing:
                action()

        return run

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.composing = bool(event.preeditString())
        return False

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):  # it may be losing the focus because it is going
            self._watched.removeEventFilter(self)
        self._watched = new
        self.composing = False
        if new is not None:
            new.installEventFilter(self)
