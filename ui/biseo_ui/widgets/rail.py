"""The rail: where one is, and where one can go."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme

PLACES = (
    ("write", "작성"), ("summary", "요약"), ("swot", "강약점"), ("library", "자료실"), ("fill", "양식"),
    ("history", "기록"), ("settings", "설정"), ("help", "도움말"),
)  # fmt: skip
"""Id (also the icon's name) and name; Ctrl+1 … in that order."""
HIGHEST = 64
"""Height of a place, in pixels at 100 %."""
SMALLEST = 12
"""Side of the smallest icon, in pixels at any scale."""


class Rail(QFrame):
    """Icons with names. `chosen` carries the id of a place."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("할 일"))
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, (place, name) in enumerate(PLACES, start=1):
            button = QToolButton()
            button.setText(tr(name))
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setAccessibleName(tr(name))
            button.setToolTip(f"{tr(name)} (F1)" if place == "help" else f"{tr(name)} (Ctrl+{number})")
            button.clicked.connect(lambda _on, place=place: self.chosen.emit(place))
            if place == "settings":
                self._column.addStretch(1)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._group.addButton(button)
            self._buttons[place] = button
        theme.changed.connect(self._restyle)
        self._restyle()

    def select(self, place: str) -> None:
        self._buttons[place].setChecked(True)

    @property
    def place(self) -> str:
        """Where one is."""
        return next((place for place, button in self._buttons.items() if button.isChecked()), "")

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self._column.setContentsMargins(pixels(6), pixels(10), pixels(6), pixels(10))
        self._column.setSpacing(pixels(4))
        for place, button in self._buttons.items():
            button.setIcon(self._theme.icon(place))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lowest(self) -> int:
        """So high a place is at least: its name, the smallest icon, and the line around them."""
        return self.fontMetrics().height() + SMALLEST + 6

    def _fit(self) -> None:
        """Large text in a low window: the places share the height, and none lies over another."""
        pixels, count = self._theme.pixels, len(self._buttons)
        margins = self._column.contentsMargins()
        gap = min(pixels(4), max(1, self.height() // 200))
        self._column.setSpacing(gap)
        room = self.height() - margins.top() - margins.bottom() - gap * (count - 1)
        high = min(pixels(HIGHEST), max(self._lowest(), room // count))
        icon = pixels(24) if high >= pixels(56) else max(SMALLEST, min(pixels(16), high - self._lowest() + SMALLEST))
        for button in self._buttons.values():
            button.setIconSize(QSize(icon, icon))
            button.setFixedSize(pixels(68), high)
            button.setProperty("low", high < pixels(56))
            button.style().polish(button)
