"""A list that is only as high as its rows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import QListView, QSizePolicy

from biseo_ui.theme import Theme
from biseo_ui.widgets.two_text_delegate import TwoTextDelegate


class ShortList(QListView):
    """As high as its rows, up to so many, and lower where there is no room; what is left belongs to what is below.

    Args:
        second: role of the quieter text; `below` puts it on a line of its own.
        most: rows that are shown at once.
    """

    def __init__(
        self, theme: Theme, model: QAbstractItemModel, second: int, *, below: bool, name: str, most: int
    ) -> None:
        super().__init__()
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setModel(model)
        self.setItemDelegate(TwoTextDelegate(theme, second, below, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._most))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(1))

    def _height(self, most: int) -> int:
        rows = range(min(self.model().rowCount(), most)) if self.model() else ()
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth() + 4
