"""Keeps words from being dragged out of where they are shown: nobody can be asked about personal data meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QWidget

from biseo_ui.clipboard_guard import drop_selection


class NoDrag(QObject):
    """Words of this widget cannot be dragged out of it: nobody could be asked while they are. They can be copied."""

    def __init__(self, widget: QTextEdit | QPlainTextEdit | QLabel) -> None:
        super().__init__(widget)
        (widget if isinstance(widget, QLabel) else widget.viewport()).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            assert isinstance(watched, QWidget)
            drop_selection(watched, event.position().toPoint())
        return False
