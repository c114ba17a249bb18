"""One page: set lines, shades and rules at their places. Knows how to paint itself on anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QTextLayout

from biseo.writers.profiles import PAGE_HEIGHT_MM, PAGE_WIDTH_MM

UNITS_PER_INCH = 1440
UNITS_PER_MM = UNITS_PER_INCH / 25.4
WIDTH, HEIGHT = PAGE_WIDTH_MM * UNITS_PER_MM, PAGE_HEIGHT_MM * UNITS_PER_MM


@dataclass(frozen=True)
class SetLine:
    """One line of a set paragraph.

    Attributes:
        layout: holds the glyphs; `index` is the line's number in it.
        x: distance from the left edge of its column; `drop` from the top of the line's own height.
        height: the room the line takes; `before` and `after` are free room around it.
        shade: colour behind the whole line, as wide as the column.
        rule: colour of a line below.
        bolder: how far a second stroke lies beside the first where the font has no bold of its own. PDF and printer
            thicken such letters themselves, a picture of this size does not.
    """

    layout: QTextLayout
    index: int
    x: float
    drop: float
    height: float
    color: str
    before: float = 0.0
    after: float = 0.0
    shade: str = ""
    rule: str = ""
    bolder: float = 0.0

    @property
    def total(self) -> float:
        return self.before + self.height + self.after


@dataclass
class Sheet:
    """A page being filled; all measures in twentieths of a point from the upper left corner of the paper."""

    lines: list[tuple[SetLine, float, float]] = field(default_factory=list)
    shades: list[tuple[QRectF, str]] = field(default_factory=list)
    rules: list[tuple[QPointF, QPointF, float, str]] = field(default_factory=list)

    def paint(self, painter: QPainter, scale: float) -> None:
        """Paint the page with its corner at the painter's origin; `scale` is device units per page unit."""
        picture = painter.paintEngine().type() == QPaintEngine.Type.Raster
        painter.save()
        painter.scale(scale, scale)
        for place, colour in self.shades:
            painter.fillRect(place, QColor(colour))
        for first, last, width, colour in self.rules:
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(first, last)
        for line, x, y in self.lines:
            painter.setPen(QColor(line.color))
            place = QPointF(x + line.x, y + line.drop)
            line.layout.lineAt(line.index).draw(painter, place)
            if picture and line.bolder:
                line.layout.lineAt(line.index).draw(painter, place + QPointF(line.bolder, 0))
        painter.restore()

    def text(self) -> str:
        """The words of the page, a line each, in the order they were set."""
        found = []
        for line, _x, _y in self.lines:
            row = line.layout.lineAt(line.index)
            found.append(line.layout.text()[row.textStart() : row.textStart() + row.textLength()].strip())
        return "\n".join(found)
