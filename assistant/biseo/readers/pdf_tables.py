"""Tables of a PDF page by their ruled lines. A PDF knows no tables: lines that cross make cells, text falls into them.

Lengths in points, y grows upwards. Tables without ruled lines stay lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from biseo.readers.pdf_lines import Line, seam

THICKEST = 3.0
NEAR = 2.0
# What one page may have; a drawing of more lines is no table.
MOST_OBJECTS = 20_000
MOST_SEGMENTS = 4_000
MOST_RULES = 400


@dataclass(frozen=True)
class Rule:
    """A ruled line: `at` is its y when it lies, its x when it stands; it reaches from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass
class Grid:
    """The cells of one table.

    Attributes:
        xs, ys: edges of columns from the left, of rows from the top (so `ys` falls).
        owners: for each row and column the (row, column) where the merged cell begins that covers it.
        texts: pieces of lines by the cell that they stand in.
    """

    xs: list[float]
    ys: list[float]
    owners: list[list[tuple[int, int]]]
    texts: dict[tuple[int, int], list[Line]] = field(default_factory=dict)

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Where the cell begins that the point is in; outside counts as the nearest cell."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(sum(edge > y for edge in self.ys) - 1, 0), len(self.ys) - 2)
        return self.owners[row][column]

    def rows(self, stored: bool) -> list[list[str]]:
        """Texts of the cells; a merged cell stands where it begins."""
        found = []
        for row in range(len(self.ys) - 1):
            line = []
            for column in range(len(self.xs) - 1):
                place = (row, column)
                line.append(self._text(place, stored) if self.owners[row][column] == place else "")
            found.append(line)
        return found

    def _text(self, place: tuple[int, int], stored: bool) -> str:
        pieces = sorted(self.texts.get(place, []), key=lambda one: (-round(one.bottom / 3), one.left))
        last = max((column for row in self.owners for column, owner in enumerate(row) if owner == place), default=0)
        margin = self.xs[last + 1]
        text = ""
        previous: Line | None = None
        for piece in pieces:
            if previous is not None:
                same = abs(previous.bottom - piece.bottom) < 3
                full = margin - previous.right < 2.5 * max(piece.size, 1.0)
                text += " " if same or not full else seam(previous, piece, stored)
            text += piece.text
            previous = piece
        return text


def find_grids(page: Any) -> list[Grid]:
    """Tables with ruled lines on a page of pypdfium2, from the top; boxes around text are none."""
    lying, standing = _rules(page)
    if len(lying) < 2 or not standing or len(lying) + len(standing) > MOST_RULES:
        return []
    grids = (_grid(*one) for one in _groups(lying, standing))
    return sorted((one for one in grids if one is not None), key=lambda one: -one.ys[0])


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Lying and standing lines, pieces of one line joined."""
    from pypdfium2 import raw

    lying: list[Rule] = []
    standing: list[Rule] = []
    for index in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_PATH:
            continue
        for left, bottom, right, top in _boxes(raw, one):
            if top - bottom <= THICKEST < right - left:
                lying.append(Rule((top + bottom) / 2, left, right))
            elif right - left <= THICKEST < top - bottom:
                standing.append(Rule((left + right) / 2, bottom, top))
    return _joined(lying), _joined(standing)


def _boxes(raw: Any, path: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of the lines of a path; a stroked rectangle has four, a thin filled one is one."""
    from ctypes import byref, c_float, c_int

    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not raw.FPDFPageObj_GetBounds(path, byref(left), byref(bottom), byref(right), byref(top)):
        return
    box = left.value, bottom.value, right.value, top.value
    if box[2] - box[0] <= THICKEST or box[3] - box[1] <= THICKEST:
        yield box
        return
    filled, stroked = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, byref(filled), byref(stroked))
    matrix = raw.FS_MATRIX()
    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= MOST_SEGMENTS or not raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    x, y = c_float(), c_float()
    shape: list[tuple[float, float]] = []
    for index in range(count + 1):
        segment = raw.FPDFPath_GetPathSegment(path, index) if index < count else None
        kind = raw.FPDFPathSegment_GetType(segment) if segment else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _edges(shape, bool(stroked.value))
            shape = []
        if not segment or kind == raw.FPDF_SEGMENT_BEZIERTO:
            continue
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        shape.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
        if raw.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])


def _edges(shape: list[tuple[float, float]], stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    if len(shape) < 2:
        return
    if not stroked:
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        yield min(xs), min(ys), max(xs), max(ys)
        return
    for (x1, y1), (x2, y2) in pairwise(shape):
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _joined(rules: list[Rule]) -> list[Rule]:
    """Lines on (nearly) one height become one, where their ends meet."""
    found: list[Rule] = []
    level: list[Rule] = []
    for rule in [*sorted(rules, key=lambda one: one.at), Rule(float("inf"), 0, 0)]:
        if level and rule.at - level[0].at > NEAR:
            at = sum(one.at for one in level) / len(level)
            start, end = float("inf"), float("-inf")
            for one in sorted(level, key=lambda one: one.start):
                if one.start > end + THICKEST:
                    if end > start:
                        found.append(Rule(at, start, end))
                    start = one.start
                    end = one.end
                end = max(end, one.end)
            found.append(Rule(at, start, end))
            level = []
        level.append(rule)
    return found


def _groups(lying: list[Rule], standing: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that cross each other, directly or by others."""
    parent = list(range(len(lying) + len(standing)))

    def top(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for index, flat in enumerate(lying):
        for number, upright in enumerate(standing, len(lying)):
            if (
                flat.start - NEAR <= upright.at <= flat.end + NEAR
                and upright.start - NEAR <= flat.at <= upright.end + NEAR
            ):
                parent[top(index)] = top(number)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        pair = members.setdefault(top(index), ([], []))
        if index < len(lying):
            pair[0].append(lying[index])
        else:
            pair[1].append(standing[index - len(lying)])
    yield from members.values()


def _grid(lying: list[Rule], standing: list[Rule]) -> Grid | None:
    """Cells between crossing lines, None when there are not at least two beside each other."""
    if len(lying) < 2 or not standing:
        return None
    # Many Korean tables have no line at their left and right end.
    xs = _edges_of([one.at for one in standing], [one.start for one in lying], [one.end for one in lying])
    ys = _edges_of([one.at for one in lying], [one.start for one in standing], [one.end for one in standing])[::-1]
    if len(xs) < 3 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    owners = [[(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            centre = (xs[column] + xs[column + 1]) / 2
            if column and not _crosses(standing, xs[column], middle):
                owners[row][column] = owners[row][column - 1]
            elif row and not _crosses(lying, ys[row], centre):
                owners[row][column] = owners[row - 1][column]
    if all(len(set(row)) < 2 for row in owners):
        return None
    return Grid(xs, ys, owners)


def _edges_of(lines: Iterable[float], starts: Iterable[float], ends: Iterable[float]) -> list[float]:
    """Places of lines, and the outermost ends of the others where no line stands."""
    found: list[float] = []
    for place in sorted([*lines, min(starts), max(ends)]):
        if not found or place - found[-1] > 2 * NEAR:
            found.append(place)
    return found


def _crosses(rules: list[Rule], at: float, along: float) -> bool:
    return any(abs(one.at - at) <= 2 * NEAR and one.start - NEAR <= along <= one.end + NEAR for one in rules)
