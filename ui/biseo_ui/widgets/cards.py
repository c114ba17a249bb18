"""Cards in the middle of a page that is otherwise empty, and the points that stand on them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label

SIGN = 26


class CardPage(QScrollArea):
    """Cards below each other, in the middle, none wider than `widest` (pixels at 100 %)."""

    def __init__(self, theme: Theme, widest: int, *cards: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._widest, self._cards = theme, widest, cards
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(*(theme.pixels(n) for n in (14, 20, 14, 20)))
        column.setSpacing(theme.pixels(16))
        column.addStretch(2)
        for card in cards:
            line = QHBoxLayout()  # an aligned item would not get the height that its wrapped lines need
            line.addStretch(1)
            line.addWidget(card, 1000)
            line.addStretch(1)
            column.addLayout(line)
        column.addStretch(3)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        for card in self._cards:
            card.setMaximumWidth(self._theme.pixels(self._widest))


class PointsCard(QFrame):
    """A title, then points of a sign, a strong line and plain words; more goes below, into `column`."""

    def __init__(
        self, theme: Theme, title: str, points: Iterable[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheetcard")
        self._theme = theme
        self._signs: list[tuple[QLabel, str]] = []
        pixels = theme.pixels
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(pixels(28), pixels(24), pixels(28), pixels(24))
        self.column.setSpacing(pixels(18))
        self.column.addWidget(label(title, "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(pixels(14))
        grid.setVerticalSpacing(pixels(14))
        grid.setColumnStretch(1, 1)
        for row, (icon, strong, plain) in enumerate(points):
            sign = QLabel()
            self._signs.append((sign, icon))
            words = QVBoxLayout()
            words.setSpacing(pixels(2))
            words.addWidget(label(strong, "section", wrap=True))
            words.addWidget(label(plain, wrap=True))
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
        self.column.addLayout(grid)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        for sign, icon in self._signs:
            sign.setPixmap(self._theme.icon(icon, "accent").pixmap(self._theme.pixels(SIGN)))
