"""Tables as cells in a grid, and what the cells around an empty one call it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from biseo.forms.names import is_figure, is_label, is_ordinal, tidy_name

LARGEST = 400_000
"""Grid positions of one table that are looked at; a hostile table may claim billions."""


@dataclass(frozen=True)
class Cell:
    """One cell, at its upper left position.

    Attributes:
        rows, columns: how many it spans, at least 1.
        text: its own words, paragraphs joined by newlines; those of tables inside are not among them.
        blank: nothing at all is in it, so that something may be written there.
        content: the paragraphs to write to, for the dialect.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    blank: bool
    content: Any = field(default=None, compare=False, repr=False)


class Grid:
    """The cells of one table by position."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        height = max((cell.row for cell in cells), default=-1) + 1
        width = max((cell.column for cell in cells), default=-1) + 1
        self.cells: tuple[Cell, ...] = ()
        self._at: dict[tuple[int, int], Cell] = {}
        clipped = [_clip(cell, height, width) for cell in cells]
        if sum(cell.rows * cell.columns for cell in clipped) > LARGEST:
            return
        self.cells = tuple(clipped)
        for cell in clipped:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._at.setdefault((row, column), cell)

    def named(self) -> Iterator[tuple[Cell, tuple[str, ...]]]:
        """Empty cells that have a name, each with its possible names, the shortest first."""
        for cell in self.cells:
            if cell.blank and (names := tuple(dict.fromkeys(self._names(cell)))):
                yield cell, names

    def _names(self, cell: Cell) -> Iterator[str]:
        side, gap = self._left(cell)
        head = self._above(cell)
        # A title over the whole table heads no column.
        if head is not None and side is not None and head.column <= side.column:
            head = None
        if (head is not None and is_ordinal(head.text, head=True)) or (
            side is not None and is_ordinal(side.text, head=False)
        ):
            return  # a column that counts its rows
        beside = self._at.get((cell.row, cell.column + cell.columns))
        if side is not None and (head is None or (gap == 0 and (beside is None or is_label(beside.text)))):
            yield from _longer(tidy_name(side.text), self._groups_left(side))
        elif head is not None and side is not None:
            corner = self._at.get((head.row, side.column))
            row, over = tidy_name(side.text), self._groups_above(head, corner.row if corner is not None else head.row)
            column = " ".join([*reversed(over), tidy_name(head.text)])
            yield from (f"{longer} {column}" for longer in _longer(row, self._groups_left(side)))
        elif head is not None:
            yield from _longer(tidy_name(head.text), self._groups_above(head))

    def _left(self, cell: Cell) -> tuple[Cell | None, int]:
        """The label that the row begins with, and how many empty cells and figures are between."""
        column, gap = cell.column - 1, 0
        while (other := self._at.get((cell.row, column))) is not None:
            if not other.blank and not is_figure(other.text):
                whole = other.row <= cell.row and other.row + other.rows >= cell.row + cell.rows
                return (other if whole and is_label(other.text) else None), gap
            column, gap = other.column - 1, gap + 1
        return None, gap

    def _above(self, cell: Cell) -> Cell | None:
        """The label that heads the column."""
        row = cell.row - 1
        while (other := self._at.get((row, cell.column))) is not None:
            if not other.blank:
                return other if _covers(other, cell) and is_label(other.text) else None
            row = other.row - 1
        return None

    def _groups_left(self, label: Cell) -> list[str]:
        """Labels further left that stand beside several rows, the nearest first."""
        found: list[str] = []
        column, rows = label.column - 1, label.rows
        while (other := self._at.get((label.row, column))) is not None:
            if other.rows > rows and not other.blank and is_label(other.text):
                found.append(tidy_name(other.text))
                rows = other.rows
            column = other.column - 1
        return found

    def _groups_above(self, label: Cell, top: int | None = None) -> list[str]:
        """Labels that stand over this one, the nearest first.

        None is higher than the row `top`, where the heads begin; a table that does not tell where has only wider ones.
        """
        found: list[str] = []
        while (over := self._at.get((label.row - 1, label.column))) is not None:
            if (
                (over.columns <= label.columns if top is None else over.row < top)
                or over.blank
                or not _covers(over, label)
                or not is_label(over.text)
            ):
                break
            found.append(tidy_name(over.text))
            label = over
        return found


def _longer(name: str, groups: Sequence[str]) -> Iterator[str]:
    """The name, then with more and more of the groups it belongs to."""
    yield name
    for group in groups:
        name = f"{group} {name}"
        yield name


def _covers(label: Cell, cell: Cell) -> bool:
    return label.column <= cell.column and label.column + label.columns >= cell.column + cell.columns


def _clip(cell: Cell, height: int, width: int) -> Cell:
    rows = max(1, min(cell.rows, height - cell.row))
    columns = max(1, min(cell.columns, width - cell.column))
    return Cell(cell.row, cell.column, rows, columns, cell.text, cell.blank, cell.content)
