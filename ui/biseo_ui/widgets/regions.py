"""The three regions side by side, and which of them are open when there is little room."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QSplitterHandle, QToolButton, QWidget

from biseo_ui.theme import Theme

NARROW = 1180
"""Below this width (at 100 %) only one of the two side regions is open."""
LEFT, MIDDLE, RIGHT = (270, 320, 460), 320, (260, 340)
SIDE_SHARE = 0.46
"""Of a window that is too narrow even for the least widths of two regions, the side one gets this part."""


class EdgedPanel(QFrame):
    """A region with a line at its left edge. It paints itself: all within would follow a style sheet of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colours.colour("panel"))
        painter.fillRect(QRect(0, 0, 1, self.height()), self._theme.colours.colour("border"))


class Handle(QSplitterHandle):
    """What is pulled to make a region wider; seen while the mouse is above it."""

    def __init__(self, theme: Theme, splitter: QSplitter) -> None:
        super().__init__(splitter.orientation(), splitter)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        name = "border" if self.underMouse() else "window"
        QPainter(self).fillRect(self.rect(), self._theme.colours.colour(name))


class Regions(QSplitter):
    """`left_button` and `right_button` open and close the side regions."""

    def __init__(
        self, theme: Theme, left: QWidget, middle: QWidget, right: QWidget, left_button: QToolButton,
        right_button: QToolButton,
    ) -> None:  # fmt: skip
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._left, self._middle, self._right = left, middle, right
        self._left_button, self._right_button = left_button, right_button
        self._narrow = False
        self.has_draft = False
        self.setHandleWidth(theme.pixels(5))
        self.setChildrenCollapsible(False)
        for widget in (left, middle, right):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        left_button.toggled.connect(lambda shown: self._on_toggled(left, right_button, shown))
        right_button.toggled.connect(lambda shown: self._on_toggled(right, left_button, shown))
        theme.changed.connect(self._on_theme)
        self._share_out()
        right_button.setChecked(False)  # nothing to review yet

    def createHandle(self) -> QSplitterHandle:
        return Handle(self._theme, self)

    def open_right(self) -> None:
        """Show the review, also where it takes the place of the form."""
        self._right_button.setChecked(True)

    def begin_draft(self) -> None:
        """A draft is being written: show the review where there is room for it."""
        self.has_draft = True
        if not self._narrow:
            self.open_right()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_toggled(self, region: QWidget, other: QToolButton, shown: bool) -> None:
        region.setVisible(shown)
        if shown and self._narrow:
            other.setChecked(False)

    def _on_theme(self) -> None:
        self._share_out()
        self._fit()

    def _fit(self) -> None:
        self._set_least()
        narrow = self.width() < self._theme.pixels(NARROW)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._right_button.setChecked(False)
        else:
            self._left_button.setChecked(True)
            self._right_button.setChecked(self.has_draft)
            self._share_out()

    def _set_least(self) -> None:
        pixels, room = self._theme.pixels, self.width() - self.handleWidth()
        side = max(1, round(room * SIDE_SHARE))
        self._left.setMinimumWidth(min(pixels(LEFT[0]), side))
        self._middle.setMinimumWidth(min(pixels(MIDDLE), max(1, room - side)))
        self._right.setMinimumWidth(min(pixels(RIGHT[0]), side))

    def _share_out(self) -> None:
        pixels = self._theme.pixels
        self._set_least()
        self._left.setMaximumWidth(pixels(LEFT[2]))
        left, right = pixels(LEFT[1]), pixels(RIGHT[1])
        self.setSizes([left, max(pixels(MIDDLE), self.width() - left - right), right])
