"""Rows of tables compared cell by cell, columns told by what stands above them."""

from __future__ import annotations

from dataclasses import dataclass

from biseo.comparing.rising import equal_in_order
from biseo.comparing.units import Unit, letters_of
from biseo.text.characters import fold_width
from biseo.text.similarity import likeness


@dataclass(frozen=True)
class CellChange:
    """A cell that differs; `old` is None in a column that came, `new` in one that went.

    Attributes:
        column: words at the head of the column, or nothing.
        row: words of the row's first cell, in the new version where there is one.
    """

    row: str
    column: str
    old: str | None
    new: str | None


def compare_cells(old: Unit, new: Unit) -> tuple[CellChange, ...]:
    """The cells of two rows that differ, in the order of the new row, cells that went first."""
    changes = []
    row = _line(new.cells[0])
    for one, other in _columns(old, new):
        gone = old.cells[one] if one is not None else None
        come = new.cells[other] if other is not None else None
        if gone is None or come is None or _key(gone) != _key(come):
            head = new.head if other is not None else old.head
            place = other if other is not None else one
            column = head[place] if place is not None and place < len(head) else ""
            is_head = (new if other is not None else old).cells == head
            changes.append(CellChange(row, "" if is_head else _line(column), _shown(gone), _shown(come)))
    return tuple(changes)


def row_likeness(old: Unit, new: Unit) -> float:
    """How alike two rows are: by their cells, above all by the first, which names the row."""
    if old.cells and new.cells and len(old.cells) == len(new.cells) > 1:
        equal = sum(_key(one) == _key(other) for one, other in zip(old.cells, new.cells, strict=True))
        name = letters_of(old.cells[0]) == letters_of(new.cells[0]) and bool(letters_of(old.cells[0]))
        share = equal / len(old.cells)
        if name and old.table >= 0 and new.table >= 0:
            return 0.5 + share / 2
        if not share:
            return 0.0
        return max(share * 0.9, likeness(old.pairs, new.pairs))
    name = bool(old.cells and new.cells) and letters_of(old.cells[0]) == letters_of(new.cells[0]) != ""
    return max(likeness(old.pairs, new.pairs), 0.5 if name else 0.0)


def _columns(old: Unit, new: Unit) -> list[tuple[int | None, int | None]]:
    """Which cell of the one row stands in the column of which of the other."""
    if len(old.cells) == len(new.cells) and (old.head == new.head or len(old.head) == len(new.head)):
        return [(place, place) for place in range(len(old.cells))]
    whole = len(old.cells) == len(old.head) and len(new.cells) == len(new.head)
    heads = (old.head, new.head) if whole else (old.cells, new.cells)
    pairs = equal_in_order([letters_of(cell) for cell in heads[0]], [letters_of(cell) for cell in heads[1]])
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    for one, other in [*pairs, (len(old.cells), len(new.cells))]:
        gone, come = list(range(i, one)), list(range(j, other))
        if len(gone) == len(come):  # a column with another name
            found += zip(gone, come, strict=True)
        else:
            found += [(place, None) for place in gone]
            found += [(None, place) for place in come]
        if one < len(old.cells):
            found.append((one, other))
        i, j = one + 1, other + 1
    return found


def _key(cell: str) -> str:
    return "".join(fold_width(cell).split())


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _shown(cell: str | None) -> str | None:
    return None if cell is None else _line(cell)
