"""Names and what is known of them, one below the other, changed in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.wrapped_label import WrappedLabel

NAMES = 190
"""Width of the names, in pixels at 100 %."""


class FactGrid(QWidget):
    """Rows of a name and its value. What is said already stays untouched, with what the user has marked in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[QLabel, WrappedLabel]] = []
        self._said: list[tuple[str, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def showing(self, rows: Sequence[tuple[str, str]]) -> Iterator[None]:
        """Show names with values, a row a step: a new row takes milliseconds to be dressed."""
        for number, said in enumerate(rows):
            if number == len(self._rows):
                self._add()
            name, value = self._rows[number]
            if said != self._said[number]:
                name.setText(said[0])
                value.setText(said[1])
                value.setAccessibleDescription(said[0])
                self._said[number] = said
            if value.isHidden():
                name.show()
                value.show()
            yield
        for name, value in self._rows[len(rows) :]:
            name.hide()
            value.hide()

    def _add(self) -> None:
        number, name, value = len(self._rows), label("", "section", wrap=True), WrappedLabel("")
        name.setFixedWidth(self._theme.pixels(NAMES))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
        self._rows.append((name, value))
        self._said.append(("", ""))

    def words(self) -> str:
        """All that is shown."""
        return "\n".join(f"{name} {value}" for (name, value), row in zip(self._said, self._rows, strict=True)
                         if not row[1].isHidden())  # fmt: skip

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self._grid.setHorizontalSpacing(pixels(16))
        self._grid.setVerticalSpacing(pixels(6))
        self._grid.setColumnMinimumWidth(0, pixels(NAMES))
        for name, _value in self._rows:
            name.setFixedWidth(pixels(NAMES))
