"""Sets the layout's pieces on pages: the same pieces and profiles that the DOCX and HWPX writers dress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from biseo.document import Draft
from biseo.writers.grid import Cell, Table, count_sums
from biseo.writers.layout import lay_out
from biseo.writers.pieces import (
    KEPT_ROLES,
    Fixed,
    Heading,
    Item,
    Notice,
    Paragraph,
    Piece,
    Quadrants,
    Subtitle,
    Title,
    tight_face,
)
from biseo.writers.profiles import Face, Profile, find_profile
from biseo.writers.properties import grade_line
from biseo_ui.printing.faces import UNITS_PER_POINT, font_for, has_bold
from biseo_ui.printing.sheet import HEIGHT, UNITS_PER_MM, SetLine, Sheet

GRID, RULE = "#8A94A6", "#33415C"
_PAD_X, _PAD_Y = 85, 40
"""Free room in a cell, as in the Word document."""
_AFTER_TABLE = 6 * UNITS_PER_POINT
_RULE_GAP, _RULE_WIDTH, _GRID_WIDTH = 6 * UNITS_PER_POINT, 30, 10
_FOOT_MM = 10
_SPLIT_SHARE = 3
"""A row higher than this part of a page is broken where the page ends; a lower one moves on whole."""
_KEPT = (Title, Subtitle, Heading)
Line = Notice | Title | Subtitle | Heading | Paragraph | Item


def set_draft(draft: Draft) -> list[Sheet]:
    """The pages of a draft, page numbers and all. May run in any thread; the pages are painted in the same one."""
    return Setter(find_profile(draft.profile)).set_all(lay_out(draft), grade_line(draft))


class Setter:
    """Fills pages from the top; one use only."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._left = profile.margin_left * UNITS_PER_MM
        self._top = profile.margin_top * UNITS_PER_MM
        self._width = profile.text_width_mm * UNITS_PER_MM
        self._bottom = HEIGHT - profile.margin_bottom * UNITS_PER_MM
        self._sheets = [Sheet()]
        self._y = self._top

    def set_all(self, pieces: Iterable[Piece], grade: str = "") -> list[Sheet]:
        """Set every piece, then number the pages; `grade` stands at the foot of each."""
        held: list[SetLine] = []
        after_table = False
        every = list(pieces)
        for place, piece in enumerate(every):
            if isinstance(piece, Table | Quadrants):
                rows, heads = self._table(piece) if isinstance(piece, Table) else self._quadrants(piece)
                self._place_held(held, self._least(rows, heads))
                if after_table:
                    self._y += 4 * UNITS_PER_POINT
                self._place_rows(rows, heads, count_sums(piece) if isinstance(piece, Table) else 0)
            else:
                around = (every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None)
                lines = self._line(piece, after_table, around)
                if isinstance(piece, _KEPT) or (_in_foot(piece) and _in_foot(around[1])):
                    held += lines
                else:
                    self._place_held(held, lines[0].total if lines else 0)
                    self._place(lines)
            after_table = isinstance(piece, Table | Quadrants)
        self._place_held(held, 0)
        for number, sheet in enumerate(self._sheets, 1):
            self._foot(sheet, f"- {number} -", grade)
        return self._sheets

    # lines

    def _line(self, piece: Line, after_table: bool, around: tuple[Piece | None, Piece | None]) -> list[SetLine]:
        profile = self._profile
        gap = _AFTER_TABLE if after_table else 0.0
        if isinstance(piece, Notice):
            return self._paragraph(piece.text, profile.notice, self._width)
        if isinstance(piece, Title | Subtitle):
            face = profile.title if isinstance(piece, Title) else profile.subtitle
            return self._paragraph(piece.text, tight_face(face, piece, *around), self._width)
        if isinstance(piece, Heading):
            return self._paragraph(piece.text, profile.heading, self._width, before=gap)
        if isinstance(piece, Item):
            return self._paragraph(piece.text, profile.body, self._width, item=piece, before=gap)
        face = piece.face(profile) if isinstance(piece, Fixed) else profile.body
        return self._paragraph(piece.text, face, self._width, typed=piece.indent, before=gap)

    def _paragraph(
        self, text: str, face: Face, width: float, *, item: Item | None = None, typed: int = 0, align: str = "",
        bold: bool | None = None, spacing: int = 0, before: float = 0.0, cell: bool = False, shade: str = "",
    ) -> list[SetLine]:  # fmt: skip
        """The lines of one paragraph of that face in a column of that width; a line feed begins a new line."""
        font = font_for(face, bold)
        metrics = QFontMetricsF(font)
        pitch = max(face.size * UNITS_PER_POINT * (spacing or self._profile.line_spacing) / 100, metrics.height())
        indent, hanging = typed * face.size * UNITS_PER_POINT / 2, 0.0
        if item is not None:
            indent = item.indent * face.size * UNITS_PER_POINT / 2
            if item.lead:  # below the number, wherever this font has brought it
                indent = metrics.horizontalAdvance(item.lead)
            hanging = metrics.horizontalAdvance(item.mark + item.gap)
            if indent + hanging > width / 2:
                indent = hanging = 0.0
        mark = len(item.mark + item.gap) if item is not None else 0
        layout = _broken(text, font, width - indent, hanging, mark)
        made: list[SetLine] = []
        count = layout.lineCount()
        align = align or face.align
        for number in range(count):
            line = layout.lineAt(number)
            x = indent + (hanging if number else 0.0)
            room = width - x - line.naturalTextWidth()
            x += {"center": room / 2, "right": room}.get(align, 0.0)
            first, last = number == 0, number == count - 1
            made.append(
                SetLine(
                    layout, number, x, (pitch - line.height()) / 2, pitch, f"#{face.color}",
                    before=(0.0 if cell else max(face.before * UNITS_PER_POINT, before)) if first else 0.0,
                    after=(0.0 if cell else face.after * UNITS_PER_POINT) if last else 0.0,
                    shade=shade, rule=RULE if face.rule and last and not cell else "",
                    bolder=font.pixelSize() / 32 if font.bold() and not has_bold(font.family()) else 0.0,
                )
            )  # fmt: skip
        return made

    def _place_held(self, held: list[SetLine], needed: float) -> None:
        """Headings never stand alone at the foot of a page."""
        if held and self._y + sum(line.total for line in held) + needed > self._bottom:
            self._turn()
        self._place(held)
        held.clear()

    def _place(self, lines: Sequence[SetLine]) -> None:
        for line in lines:
            if self._y + line.before + line.height > self._bottom + 1:
                self._turn()
            if self._y > self._top:
                self._y += line.before
            self._sheet.lines.append((line, self._left, self._y))
            self._y += line.height
            if line.rule:
                self._y += _RULE_GAP
                self._rule(self._y, line.rule)
            self._y += line.after

    def _rule(self, y: float, colour: str) -> None:
        left, right = QPointF(self._left, y), QPointF(self._left + self._width, y)
        self._sheet.rules.append((left, right, _RULE_WIDTH, colour))

    # tables

    def _table(self, table: Table) -> tuple[list[Row], int]:
        widths = [share * self._width for share in table.widths]
        rows = [
            Row([self._cell(cell, width) for cell, width in zip(row, widths, strict=True)], widths)
            for row in table.rows
        ]
        return rows, min(table.header_rows, len(rows))

    def _cell(self, cell: Cell, width: float) -> Box:
        face, profile = self._profile.table, self._profile
        lines = self._paragraph(
            cell.text, face, width - 2 * _PAD_X, align=cell.align, bold=cell.head or cell.strong or face.bold,
            spacing=profile.table_line_spacing, cell=True,
        )  # fmt: skip
        return Box(lines, f"#{profile.head_fill}" if cell.head else "")

    def _quadrants(self, quadrants: Quadrants) -> tuple[list[Row], int]:
        face, profile = self._profile.table, self._profile
        width = self._width / 2
        inner = width - 2 * _PAD_X
        spacing = profile.table_line_spacing
        boxes = []
        for cell in quadrants.cells:
            lines = self._paragraph(
                cell.title, face, inner, align="center", bold=True, spacing=spacing, cell=True,
                shade=f"#{profile.head_fill}",
            )  # fmt: skip
            for line in cell.lines:
                item = line if isinstance(line, Item) else None
                lines += self._paragraph(line.text, face, inner, item=item, spacing=spacing, cell=True)
            boxes.append(Box(lines, "", top=True))
        if len(boxes) % 2:
            boxes.append(Box([], "", top=True))
        return [Row(boxes[n : n + 2], [width, width]) for n in range(0, len(boxes), 2)], 0

    def _least(self, rows: list[Row], heads: int) -> float:
        """The height below which a table does not begin on a page: its head and the first row, or the row's start."""
        room = self._bottom - self._top
        height = sum(row.height for row in rows[:heads])
        return height + (self._needed(rows[heads]) if heads < len(rows) else 0.0) if height <= room / 2 else 0.0

    def _needed(self, row: Row) -> float:
        """What a row needs where it begins: all of its height, unless it is one that may be broken."""
        whole = row.height <= (self._bottom - self._top) / _SPLIT_SHARE
        return row.height if whole else row.first_height

    def _place_rows(self, rows: list[Row], heads: int, sums: int = 0) -> None:
        """`sums` rows at the end do not stand alone on a page."""
        head, body = rows[:heads], rows[heads:]
        head_height = sum(row.height for row in head)
        room = self._bottom - self._top
        least = self._least(rows, heads)
        if head_height > room / 2:  # a head that fills the page is set once, like any other row
            head, body, head_height = [], rows, 0.0
        if head and body and self._y + least > self._bottom:
            self._turn()
        for row in head:
            self._draw_row(row)
        last = body[-sums - 1 :] if 0 < sums < len(body) else []
        for row in body:
            tail = sum(one.height for one in last)
            if last and row is last[0] and tail <= room / _SPLIT_SHARE and self._y + tail > self._bottom:
                self._turn()
                for top in head:
                    self._draw_row(top)
            rest: Row | None = row
            while rest is not None:
                left = self._bottom - self._y
                if rest.height <= left + 1:
                    self._draw_row(rest)
                    break
                whole = rest.height <= room / _SPLIT_SHARE
                part, after = (None, rest) if whole else rest.split(left)
                if part is not None:
                    self._draw_row(part)
                rest = after
                if rest is None:
                    break
                at_top = self._y <= self._top + head_height + 1
                if part is None and at_top:  # one line higher than a page: set it and let it run over
                    self._draw_row(rest)
                    break
                self._turn()
                for top in head:
                    self._draw_row(top)

    def _draw_row(self, row: Row) -> None:
        sheet, top, height = self._sheet, self._y, row.height
        edges = [self._left]
        for width in row.widths:
            edges.append(edges[-1] + width)
        for box, (left, right) in zip(row.boxes, pairwise(edges), strict=True):
            if box.shade:
                sheet.shades.append((QRectF(left, top, right - left, height), box.shade))
            free = height - 2 * _PAD_Y - box.height
            y = top + _PAD_Y + (0.0 if box.top else free / 2)
            for line in box.lines:
                if line.shade:
                    up = _PAD_Y if line is box.lines[0] else 0
                    sheet.shades.append((QRectF(left, y - up, right - left, line.height + up), line.shade))
                sheet.lines.append((line, left + _PAD_X, y))
                y += line.height
        for edge in edges:
            sheet.rules.append((QPointF(edge, top), QPointF(edge, top + height), _GRID_WIDTH, GRID))
        for level in (top, top + height):
            sheet.rules.append((QPointF(edges[0], level), QPointF(edges[-1], level), _GRID_WIDTH, GRID))
        self._y += height

    # pages

    @property
    def _sheet(self) -> Sheet:
        return self._sheets[-1]

    def _turn(self) -> None:
        self._sheets.append(Sheet())
        self._y = self._top

    def _foot(self, sheet: Sheet, number: str, grade: str) -> None:
        """Page number and, at the right, the grade, where the margin of the foot has them in the other formats."""
        profile = self._profile
        y = HEIGHT - _FOOT_MM * UNITS_PER_MM
        lines = self._paragraph(number, profile.table, self._width, align="center", cell=True)
        if grade:  # beside the number: two lines would reach into the text
            lines += self._paragraph(grade, profile.notice, self._width, cell=True)
        for line in lines:
            sheet.lines.append((line, self._left, y - line.height))


def _in_foot(piece: Piece | None) -> bool:
    return isinstance(piece, Fixed) and piece.role in KEPT_ROLES


class Box:
    """The set lines of one cell."""

    def __init__(self, lines: list[SetLine], shade: str, top: bool = False) -> None:
        self.lines, self.shade, self.top = lines, shade, top
        self.height = sum(line.height for line in lines)


class Row:
    """Cells side by side."""

    def __init__(self, boxes: list[Box], widths: list[float]) -> None:
        self.boxes, self.widths = boxes, widths
        self.height = max((box.height for box in boxes), default=0.0) + 2 * _PAD_Y
        self.first_height = max((box.lines[0].height for box in boxes if box.lines), default=0.0) + 2 * _PAD_Y

    def split(self, room: float) -> tuple[Row | None, Row | None]:
        """What fits into `room` and what is left; nothing fits where not one line of every longer cell does."""
        upper, lower = [], []
        for box in self.boxes:
            count = len(list(_fitting(box.lines, room - 2 * _PAD_Y)))
            if box.lines and not count:
                return None, self
            upper.append(Box(box.lines[:count], box.shade, top=True))
            lower.append(Box(box.lines[count:], box.shade, top=True))
        if not any(box.lines for box in lower):
            return self, None
        return Row(upper, self.widths), Row(lower, self.widths)


def _fitting(lines: Iterable[SetLine], room: float) -> Iterator[SetLine]:
    for line in lines:
        room -= line.height
        if room < -1:
            return
        yield line


def _broken(text: str, font: QFont, width: float, hanging: float, mark: int = 0) -> QTextLayout:
    """`text` broken into lines; words are kept whole, as an office document has them, unless longer than a line.

    The first line never holds only the mark of an item, which is that many characters long.
    """
    text = text.replace("\n", "\u2028")
    layout = QTextLayout(text, font)
    layout.setCacheEnabled(True)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    data = text.encode("utf-16-le")  # Qt counts in UTF-16 units
    layout.beginLayout()
    first = True
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width - (0 if first else hanging), 1))
        start, length = line.textStart(), line.textLength()
        taken = data[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
        ends = start + length >= len(data) // 2
        blank = taken.rstrip().rfind(" ")
        if first and mark and not ends and not taken[mark:].strip():
            line.setNumColumns(_fitting_units(text, mark + 1, QFontMetricsF(font), width))
        elif (
            not ends
            and not taken.endswith((" ", "\t", "\u2028", "-", "·", "/"))
            and taken[(mark if first else 0) : max(blank, 0)].strip()
        ):
            line.setNumColumns(_units(taken[: blank + 1]))
        line.setPosition(QPointF(0, 0))
        first = False
    layout.endLayout()
    return layout


def _fitting_units(text: str, least: int, metrics: QFontMetricsF, width: float) -> int:
    """How many UTF-16 units of the text, at least that many characters, are no wider than `width`."""
    count = least
    while count < len(text) and metrics.horizontalAdvance(text[: count + 1]) <= width:
        count += 1
    return _units(text[:count])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
