"""The rows of a comparison with a heading for each document's column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from biseo_ui.compare_rows import CompareRow
from biseo_ui.i18n import tr
from biseo_ui.item_models.compare_model import CompareModel
from biseo_ui.theme import Theme
from biseo_ui.widgets.compare_delegate import GAP, SIDE, CompareDelegate
from biseo_ui.widgets.elided_label import ElidedLabel

HINTS = {
    "versions": "줄을 그은 말은 빠졌고 밑줄 친 말은 들어왔습니다. 누르거나 Enter를 치면 원문에서 봅니다.",
    "contents": "밑줄 친 말은 문서마다 다릅니다. 누르거나 Enter를 치면 원문에서 봅니다.",
}
AT_ONCE = 40
"""Rows laid out at a time, so that the window keeps answering."""


class _List(QListView):
    """Signals:
    clicked_at: a row was clicked, with the place from the left.
    entered: Enter was pressed on a row.
    """

    clicked_at = Signal(QModelIndex, int)
    entered_on = Signal(QModelIndex)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.clicked_at.emit(index, round(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.entered_on.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class CompareView(QWidget):
    """Signals:
    opened: number of the document and the unit that is wanted in its source.
    stepped: another row is the current one.
    """

    opened = Signal(int, object)
    stepped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = CompareModel(self)
        self.list = _List()
        self.list.setModel(self.model)
        self._delegate = CompareDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("견준 결과"))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setBatchSize(AT_ONCE)
        self.list.setTabKeyNavigation(False)
        self.list.clicked_at.connect(self._on_clicked)
        self.list.entered_on.connect(self._on_entered)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.stepped.emit())
        self.list.viewport().installEventFilter(self)
        self._heads = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addLayout(self._heads)
        column.addWidget(self.list, 1)
        theme.changed.connect(self._restyle)

    def show_rows(self, rows: tuple[CompareRow, ...], names: tuple[str, ...], kinds: tuple[str, ...]) -> None:
        """Take other rows; the first one is the current one."""
        self._delegate.forget()
        self.model.show(rows, names, kinds)
        self._show_heads(names)
        self._to_first()

    def choose(self, kinds: tuple[str, ...]) -> None:
        """Show only rows of those kinds."""
        self.model.choose(kinds)
        self._to_first()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) row, round at the ends."""
        count = self.model.rowCount()
        if not count:
            return
        here = self.list.currentIndex().row()
        place = (here + way) % count if here >= 0 else (0 if way > 0 else count - 1)
        self.list.setCurrentIndex(self.model.index(place, 0))
        self.list.scrollTo(self.list.currentIndex())

    @property
    def current(self) -> int:
        """Number of the current row; -1 for none."""
        return self.list.currentIndex().row()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.list.viewport():
            QTimer.singleShot(0, self, self._fit)  # once the list itself has its size
        return False

    def _fit(self) -> None:
        """The columns have another width: heads above them, rows as high as their words now are."""
        self._set_margins()
        self.list.scheduleDelayedItemsLayout()

    def _to_first(self) -> None:
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.stepped.emit()

    def _on_clicked(self, index: QModelIndex, x: int) -> None:
        row = self.model.row(index.row())
        edges = [left for left, _ in self._delegate.columns(len(row.cells))]
        column = max((number for number, left in enumerate(edges) if left <= x), default=0)
        self._open(row, column)

    def _on_entered(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        self._open(row, len(row.cells) - 1)

    def _open(self, row: CompareRow, column: int) -> None:
        """The source of that column, or of the last one that says anything."""
        if row.places[column] is None:
            column = max((number for number, unit in enumerate(row.places) if unit is not None), default=column)
        if row.places[column] is not None:
            self.opened.emit(column, row.places[column])

    def _show_heads(self, names: tuple[str, ...]) -> None:
        while self._heads.count():
            item = self._heads.takeAt(0)
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for name in names:
            head = ElidedLabel(name, middle=True)
            head.setProperty("role", "section")
            self._heads.addWidget(head, 1)
        self._set_margins()

    def _set_margins(self) -> None:
        pixels = self._theme.pixels
        bar = max(0, self.list.width() - self.list.viewport().width())
        self._heads.setContentsMargins(pixels(SIDE), 0, bar + pixels(SIDE), 0)
        self._heads.setSpacing(pixels(GAP))

    def _restyle(self) -> None:
        self._delegate.forget()
        self._set_margins()
        self.list.doItemsLayout()
