"""Pages as pictures, one at a time: turned, enlarged and read by keyboard. Whoever owns it brings the pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme

WHOLE = 0.0
"""The zoom that shows the whole page, whatever its shape."""
ZOOMS = (WHOLE, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Width of the page in widths of the view."""
A4_SHAPE = 210 / 297
MOST_PIXELS = 3600
EDGE, SETTLE_MS = 8, 120


class PageSheet(QAbstractScrollArea):
    """The picture of one page on a desk. Owned by a `PageView`.

    Signals:
        turned: 1 or -1, the next or previous page is wanted.
        jumped: the first (-1) or last (1) page is wanted.
        zoomed: 1 or -1; 0 for the whole page.
        resized: the room has changed.
    """

    turned = Signal(int)
    jumped = Signal(int)
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image: QImage | None = None
        self.marks: Sequence[QRectF] = ()
        self.zoom = 1.0
        self.words = ""
        self.setObjectName("pagesheet")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def page_width(self) -> int:
        """Width of the page on the screen, in pixels that do not depend on the screen."""
        wide = self.viewport().width() - 2 * EDGE
        if self.zoom == WHOLE:
            shape = self.image.width() / max(1, self.image.height()) if self.image is not None else A4_SHAPE
            return max(40, min(wide, round((self.viewport().height() - 2 * EDGE) * shape)))
        return max(40, round(wide * self.zoom))

    def place(self) -> QRectF:
        """Where the page lies in the view."""
        if self.image is None:
            return QRectF()
        wide = self.page_width()
        high = wide * self.image.height() / max(1, self.image.width())
        left = max(EDGE, (self.viewport().width() - wide) / 2) - self.horizontalScrollBar().value()
        return QRectF(left, EDGE - self.verticalScrollBar().value(), wide, high)

    def fit(self) -> None:
        """Measure the room for scrolling anew; what is in the middle stays there."""
        view = self.viewport().size()
        page = self.place().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), page.width(), view.width()),
            (self.verticalScrollBar(), page.height(), view.height()),
        ):
            share = (bar.value() + seen / 2) / max(1, bar.maximum() + seen)
            at_top = bar.value() == 0
            bar.setRange(0, max(0, round(whole + 2 * EDGE - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
            bar.setValue(0 if at_top else round(share * (bar.maximum() + seen) - seen / 2))
        self.viewport().update()

    def show_marks(self) -> None:
        """Bring the first mark into the upper third of the view."""
        if self.marks:
            mark = self._on_screen(self.marks[0])
            down, right = self.verticalScrollBar(), self.horizontalScrollBar()
            down.setValue(down.value() + round(mark.top() - self.viewport().height() / 3))
            right.setValue(right.value() + round(mark.left() - self.viewport().width() / 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = self._theme.colours
        painter.fillRect(event.rect(), colours.colour("window"))
        if self.image is None:
            painter.setPen(colours.colour("text"))
            room = QRectF(self.viewport().rect()).adjusted(16, 16, -16, -16)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.words)
            return
        place = self.place()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self.image)
        painter.setPen(colours.colour("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        # Paper is white in the dark look, too, so the mark has one colour; the line says it without the colour.
        painter.setPen(QPen(Qt.GlobalColor.darkRed, 2))
        for mark in self.marks:
            on = self._on_screen(mark)
            painter.setOpacity(0.28)
            painter.fillRect(on, Qt.GlobalColor.yellow)
            painter.setOpacity(1.0)
            painter.drawLine(on.bottomLeft(), on.bottomRight())

    def _on_screen(self, mark: QRectF) -> QRectF:
        place = self.place()
        corner = QPointF(place.left() + mark.left() * place.width(), place.top() + mark.top() * place.height())
        return QRectF(corner.x(), corner.y(), mark.width() * place.width(), mark.height() * place.height())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.jumped.emit(-1 if key == Qt.Key.Key_Home else 1)
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
            self.zoomed.emit({Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}.get(key, 1))  # type: ignore[call-overload]
        elif key == Qt.Key.Key_Space:
            self._scroll_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _scroll_on(self, way: int) -> None:
        """One view further; from the end of a page to the next one."""
        bar = self.verticalScrollBar()
        if (way > 0 and bar.value() >= bar.maximum()) or (way < 0 and bar.value() <= 0):
            self.turned.emit(way)
        else:
            bar.setValue(bar.value() + way * round(bar.pageStep() * 0.9))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)


class PageView(QWidget):
    """A page, and a row of buttons to turn and enlarge it.

    Signals:
        wanted: number of a page (from 1) and the width of its picture in pixels of the screen.
    """

    wanted = Signal(int, int)

    def __init__(self, theme: Theme, name: str, zoom: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.page, self.pages = 1, 0
        self.sheet = PageSheet(theme)
        self.sheet.zoom = zoom
        self.back = self._button(tr("이전 쪽 (PageUp)"), lambda: self.turn(-1))
        self.on = self._button(tr("다음 쪽 (PageDown)"), lambda: self.turn(1))
        self.smaller = self._button(tr("작게 (Ctrl+-)"), lambda: self._step_zoom(-1))
        self.larger = self._button(tr("크게 (Ctrl++)"), lambda: self._step_zoom(1))
        self.count = QLabel()
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(2))
        for widget in (self.back, self.count, self.on):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.smaller)
        row.addWidget(self.larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addLayout(row)
        column.addWidget(self.sheet, 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.sheet.turned.connect(self.turn)
        self.sheet.jumped.connect(lambda end: self.go(1 if end < 0 else self.pages))
        self.sheet.zoomed.connect(self._step_zoom)
        self.sheet.resized.connect(self._settle.start)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.clear()
        self.setFocusProxy(self.sheet)

    def clear(self, words: str = "") -> None:
        """No page; `words` say why."""
        self.page, self.pages = 1, 0
        self.sheet.image, self.sheet.marks = None, ()
        self.sheet.words = words
        self.sheet.fit()
        self._show_place(words)

    def begin(self, pages: int, page: int = 1) -> None:
        """So many pages there are; asks for the first picture."""
        self.pages = pages
        self.page = min(max(1, page), max(1, pages))
        self._show_place("")
        self._ask()

    def show_page(self, page: int, image: QImage, words: str = "", marks: Sequence[QRectF] = ()) -> None:
        """The picture of a page, unless another one is wanted by now. `marks` are shares of the page's sides."""
        if page != self.page:
            return
        fresh = self.sheet.image is None or list(marks) != list(self.sheet.marks)
        self.sheet.image, self.sheet.marks = image, marks
        self.sheet.fit()
        if fresh:
            self.sheet.show_marks()
        self._show_place(words)

    def go(self, page: int) -> None:
        """Turn to that page."""
        page = min(max(1, page), max(1, self.pages))
        if page == self.page or not self.pages:
            return
        self.page = page
        self.sheet.marks = ()
        self.sheet.verticalScrollBar().setValue(0)
        self._show_place("")
        self._ask()

    def turn(self, way: int) -> None:
        """The next (1) or previous (-1) page."""
        self.go(self.page + way)

    def width_wanted(self) -> int:
        """Width of the picture in pixels of the screen."""
        return min(MOST_PIXELS, round(self.sheet.page_width() * self.devicePixelRatioF()))

    def _ask(self) -> None:
        if self.pages and self.isVisible():
            self.wanted.emit(self.page, self.width_wanted())

    def _step_zoom(self, way: int) -> None:
        at = ZOOMS.index(self.sheet.zoom) + way if way else ZOOMS.index(WHOLE)
        self.sheet.zoom = ZOOMS[min(max(0, at), len(ZOOMS) - 1)]
        self.sheet.fit()
        self._show_buttons()
        self._settle.start()

    def _show_place(self, words: str) -> None:
        place = tr("{page} / {pages}쪽").format(page=self.page, pages=self.pages) if self.pages else ""
        self.count.setText(place)
        said = tr("{pages}쪽 가운데 {page}쪽").format(page=self.page, pages=self.pages) if self.pages else ""
        self.sheet.setAccessibleName(", ".join(part for part in (self._name, said) if part))
        self.sheet.setAccessibleDescription(words or tr("PageUp, PageDown으로 쪽을 넘깁니다."))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.back.setEnabled(self.page > 1)
        self.on.setEnabled(self.page < self.pages)
        self.smaller.setEnabled(bool(self.pages) and self.sheet.zoom > ZOOMS[0])
        self.larger.setEnabled(bool(self.pages) and self.sheet.zoom < ZOOMS[-1])

    def _button(self, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setToolTip(name)
        button.setAccessibleName(name.partition(" (")[0])
        button.clicked.connect(slot)
        return button

    def _restyle(self) -> None:
        side = self._theme.pixels(18)
        icons = ((self.back, "up"), (self.on, "down"), (self.smaller, "remove"), (self.larger, "add"))
        for button, icon in icons:
            button.setIcon(self._theme.icon(icon))
            button.setIconSize(QSize(side, side))
        self.sheet.viewport().update()

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._settle.start()
