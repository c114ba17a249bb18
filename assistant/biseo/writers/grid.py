"""Tables: which cells are heads, how each is aligned, and how wide the columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from biseo.writers.marks import typed_width
from biseo.writers.profiles import Profile

CELL_MARGIN_MM = 1.8
LINES_KEPT_TOGETHER = 12
"""A table of more lines than this may have to break at the end of a page; a smaller one moves there whole."""

Align = Literal["left", "center", "right"]

_NUMBER = re.compile(
    r"[-+△▲▽▼−]?\s?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s?"
    r"(%|%p|원|천원|만원|백만원|억원|조원|명|인|가구|세대|개|개소|개교|건|회|대|동|부|점|톤|㎡|㎢|㎞|km|m|ha|시간|일|개월|년)?"
)
_SUM = re.compile(r"(총\s*)?합\s*계|소\s*계|총\s*계|계")
_ORDINAL = re.compile(r"연\s?번|순\s?번|번\s?호|순\s?위|No\.?|NO\.?")
_LABEL_WIDTH = 16
_PADDING = 3
_NARROWEST = 6


@dataclass(frozen=True)
class Cell:
    """One cell; `text` may hold newlines. `head` cells are shaded and bold, `strong` ones bold.

    `underlined` are offsets (start, end) in `text`, in order and without overlap.
    """

    text: str
    align: Align = "left"
    head: bool = False
    strong: bool = False
    underlined: tuple[tuple[int, int], ...] = ()

    def runs(self) -> Iterator[tuple[tuple[str, bool], ...]]:
        """For each line of the text its pieces, and whether each is underlined."""
        offset = 0
        for line in self.text.split("\n"):
            pieces, at = [], 0
            for start, end in self.underlined:
                first, last = max(at, start - offset), min(len(line), end - offset)
                if first < last:
                    pieces += [(line[at:first], False), (line[first:last], True)]
                    at = last
            pieces.append((line[at:], False))
            yield tuple(piece for piece in pieces if piece[0])
            offset += len(line) + 1


@dataclass(frozen=True)
class Table:
    """A table as wide as the text; every row has as many cells as there are `widths`.

    Attributes:
        header_rows: rows repeated on every page.
        widths: the columns' shares of the whole width, together 1.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    widths: tuple[float, ...]


def lay_out_table(
    rows: tuple[tuple[str, ...], ...],
    header_rows: int,
    profile: Profile,
    underlined: tuple[tuple[int, int, int, int], ...] = (),
) -> Table | None:
    """A table from the words of its cells; None when there is not a single cell. Short rows are filled up.

    Args:
        underlined: (row, column, start, end) of what is underlined.
    """
    columns = max((len(row) for row in rows), default=0)
    if columns == 0:
        return None
    header_rows = max(0, min(header_rows, len(rows)))
    full = [tuple(cell.strip("\n") for cell in row) + ("",) * (columns - len(row)) for row in rows]
    labels = _label_columns(full) if header_rows == 0 else frozenset()
    ordinals = {column for column, text in enumerate(full[0]) if header_rows and _ORDINAL.fullmatch(text.strip())}
    cells = []
    for place, row in enumerate(full):
        strong = place >= header_rows and bool(_SUM.fullmatch(row[0].strip()))
        cells.append(
            tuple(
                _cell(
                    text, place < header_rows or column in labels, strong, form=bool(labels), ordinal=column in ordinals
                )
                for column, text in enumerate(row)
            )
        )
    for place, column in {(place, column) for place, column, _, _ in underlined}:
        cut = len(rows[place][column]) - len(rows[place][column].lstrip("\n"))
        marks = sorted((start - cut, end - cut) for row, at, start, end in underlined if (row, at) == (place, column))
        line = list(cells[place])
        line[column] = replace(line[column], underlined=tuple(marks))
        cells[place] = tuple(line)
    return Table(tuple(cells), header_rows, _widths(full, profile, labels))


def count_lines(table: Table, profile: Profile) -> list[int]:
    """How many lines each row will have, as near as can be told without the font."""
    return [
        max(lines_in(cell.text, share, profile) for cell, share in zip(row, table.widths, strict=True))
        for row in table.rows
    ]


def count_sums(table: Table) -> int:
    """How many rows of sums the table ends with: they do not stand alone on a page."""
    count = 0
    for row in reversed(table.rows[table.header_rows :]):
        if not row[0].strong:
            break
        count += 1
    return count


def lines_in(text: str, share: float, profile: Profile) -> int:
    """The same of a cell that has this share of the width of the page."""
    millimetres = share * profile.text_width_mm - 2 * CELL_MARGIN_MM
    room = max(1.0, millimetres / 25.4 * 72 / (profile.table.size / 2))
    # Letters of a proportional font are a little narrower than their 타.
    return sum(max(1, -int(-typed_width(line) * 0.94 // room)) for line in text.split("\n"))


def is_number(text: str) -> bool:
    """Whether a cell holds one amount or count, which is set at the right."""
    return bool(_NUMBER.fullmatch(text.strip()))


def _cell(text: str, head: bool, strong: bool, form: bool, ordinal: bool) -> Cell:
    if head:
        return Cell(text, "center", head=True)
    if form:
        # Beside its name a number is read like any other value.
        return Cell(text)
    if strong and not is_number(text):
        return Cell(text, "center", strong=True)
    if ordinal and is_number(text):
        return Cell(text, "center", strong=strong)
    return Cell(text, "right" if is_number(text) else "left", strong=strong)


def _label_columns(rows: list[tuple[str, ...]]) -> frozenset[int]:
    """Columns of names in a table of name and value (기관 | ○○시 | 배포 일시 | …): every other one, from the first."""
    columns = len(rows[0])
    if columns % 2:
        return frozenset()
    for row in rows:
        for text in row[::2]:
            if typed_width(text) > _LABEL_WIDTH or "\n" in text or any(c.isdigit() for c in text):
                return frozenset()
        if not row[0].strip():
            return frozenset()
    return frozenset(range(0, columns, 2))


def _widths(rows: list[tuple[str, ...]], profile: Profile, labels: frozenset[int]) -> tuple[float, ...]:
    """Shares of the columns: what fits keeps its width, the long ones divide what is left."""
    available = profile.text_width_mm / 25.4 * 72 / (profile.table.size / 2)
    wanted = []
    for column in zip(*rows, strict=True):
        widest = max((typed_width(line) for text in column for line in text.split("\n")), default=0)
        wanted.append(float(min(max(widest + _PADDING, _NARROWEST), 3 * available)))
    widths = list(wanted)
    if sum(wanted) > available:
        long = set(range(len(wanted)))
        room = available
        # A column that needs no more than an even share is not squeezed.
        while True:
            short = {place for place in long if wanted[place] <= room / len(long)}
            if not short or short == long:
                break
            long -= short
            room -= sum(wanted[place] for place in short)
        weight = sum(wanted[place] ** 0.5 for place in long)
        even = room / len(long)
        for place in long:
            # Between an even share and one that follows the amount of text.
            widths[place] = (even + room * wanted[place] ** 0.5 / weight) / 2
    elif labels:
        # The names in a form need no more than a little air; the values take the rest.
        for place in labels:
            widths[place] = min(wanted[place] + _PADDING, available / len(wanted))
        values = set(range(len(wanted))) - labels
        room = available - sum(widths[place] for place in labels)
        share = room / sum(wanted[place] for place in values)
        for place in values:
            widths[place] = wanted[place] * share
    whole = sum(widths)
    return tuple(width / whole for width in widths)
