"""Files dropped anywhere on the window become sources; a cover says so while they hang above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from biseo_ui.i18n import tr


class DropCover(QLabel):
    """Lies over `window` while something is dragged across it. `dropped` brings the paths of local files."""

    dropped = Signal(object)

    def __init__(self, window: QWidget, allowed: Callable[[], bool]) -> None:
        super().__init__(tr("여기에 놓으면 자료로 읽습니다"), window)
        self._allowed = allowed
        self.setObjectName("dropcover")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            self._on_enter(event)
            return True
        if kind == QEvent.Type.DragLeave:
            self.hide()
            return True
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._on_drop(event)
            return True
        if kind == QEvent.Type.Resize and isinstance(window, QWidget):
            self.setGeometry(window.rect())
        elif kind == QEvent.Type.ActivationChange and isinstance(window, QWidget) and not window.isActiveWindow():
            self.hide()
        return super().eventFilter(window, event)

    def _on_enter(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._allowed():
            event.acceptProposedAction()
            self.setGeometry(self.parentWidget().rect())
            self.raise_()
            self.show()

    def _on_drop(self, event: QDropEvent) -> None:
        self.hide()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
