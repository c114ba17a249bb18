"""From the lines and tables of a page to blocks: which tables are tables, and which only arrange the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from biseo.readers.clean import clean_line
from biseo.readers.collect import TOO_DEEP, Collector

DEEPEST = 60


@dataclass
class Cell:
    """A cell, or the page itself."""

    columns: int = 1
    rows: int = 1
    content: list[Line | Table] = field(default_factory=list)


@dataclass
class Line:
    """A line of text; `level` is that of its list."""

    text: str
    heading: int = 0
    level: int = 0


@dataclass
class Table:
    """`framing`: it says itself that it only arranges the page."""

    rows: list[list[Cell]] = field(default_factory=list)
    framing: bool = False


def add_content(collector: Collector, content: list[Line | Table], depth: int = 0) -> None:
    """Adds the blocks of a page, or of a cell of it, in order."""
    for one in content:
        if isinstance(one, Line):
            collector.add_text(one.text, heading=one.heading, numbered=one.level)
        elif depth >= DEEPEST:
            collector.add_table(_grid(collector, one.rows))
        else:
            frames = one.framing or all(len(row) <= 1 for row in one.rows)
            for is_table, rows in groupby(one.rows, key=lambda row: not frames and not any(map(_holds_much, row))):
                _add_rows(collector, list(rows), is_table, depth)


def _add_rows(collector: Collector, rows: list[list[Cell]], is_table: bool, depth: int) -> None:
    """Rows of a table; those that only arrange a page (mails are built that way) give what their cells hold."""
    if is_table and any(sum(bool(cell.content) for cell in row) > 1 for row in rows):
        collector.add_table(_grid(collector, rows))
        return
    for row in rows:
        for cell in row:
            add_content(collector, cell.content, depth + 1)


def _holds_much(cell: Cell, depth: int = 0) -> bool:
    """Whether a cell holds a table of its own that is more than a few words beside each other."""
    inner = [one for one in cell.content if isinstance(one, Table)]
    if depth > 3 or any(len(one.rows) > 1 for one in inner):
        return True
    return any(_holds_much(one, depth + 1) for table in inner for row in table.rows for one in row)


def _grid(collector: Collector, rows: list[list[Cell]]) -> list[list[str]]:
    """Rows of cells; a merged cell stands where it begins, the places it covers are empty."""
    grid: list[list[str]] = []
    covered: Counter[tuple[int, int]] = Counter()
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            while (number, len(line)) in covered:
                line.append("")
            for down in range(1, cell.rows):
                for right in range(cell.columns):
                    covered[number + down, len(line) + right] = 1
            line.append(_joined(collector, cell.content))
            line.extend([""] * (cell.columns - 1))
        grid.append(line)
    return grid


def _joined(collector: Collector, content: list[Line | Table], depth: int = 0) -> str:
    if depth > DEEPEST:
        collector.warn(TOO_DEEP)
        return ""
    lines: list[str] = []
    for one in content:
        if isinstance(one, Line):
            lines.append(one.text)
        else:
            lines.extend(
                "\t".join(clean_line(_joined(collector, cell.content, depth + 1)) for cell in row) for row in one.rows
            )
    return "\n".join(lines)
