"""A label that wraps, even inside a file name that is longer than its line."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

_LONG = re.compile(r"\S{13,}")
_BREAK = "\u200b"


class WrappedLabel(QLabel):
    """Plain text; long words may break after any character."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(_LONG.sub(lambda found: _BREAK.join(found[0]), text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
