"""Words and controls one below the other, no wider than is good to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from biseo_ui.theme import Theme

WIDEST = 820


class ReadingPage(QScrollArea):
    """Put what it shows into `column`; it scrolls where the window is too low."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pixels = theme.pixels
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(pixels(24), pixels(20), pixels(24), pixels(24))
        self.column.setSpacing(pixels(12))
        holder = QWidget()
        holder.setObjectName("scrolled")
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(inner, 1)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setWidget(holder)
        self._inner, self._theme = inner, theme
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self._inner.setMaximumWidth(self._theme.pixels(WIDEST))
