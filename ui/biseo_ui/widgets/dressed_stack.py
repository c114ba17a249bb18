"""Pages, each of which has the style sheet from when it is first shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from biseo_ui.theme import Theme


class DressedStack(QStackedWidget):
    """A stack whose pages the theme dresses."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def addWidget(self, page: QWidget) -> int:
        """Add a page; a page whose regions are dressed one by one is added by `add_parted`."""
        self._theme.dress(page)
        return super().addWidget(page)

    def add_parted(self, page: QWidget) -> int:
        """Add a page that has its own parts dressed."""
        return super().addWidget(page)
