"""City cases in tables: a row a city, or a name and a value a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biseo.cases.case import Cell
from biseo.cases.cities import Gazetteer
from biseo.cases.words import cues
from biseo.document import Block


@dataclass(frozen=True)
class GridPart:
    """A cell that tells something of a city; offsets are those in the block's text."""

    city: str
    cell: Cell
    start: int
    stop: int
    city_start: int
    city_stop: int


def parts_of_grid(block: Block, cities: Gazetteer) -> Iterator[GridPart]:
    """The cells of a table that tell something of a city, in reading order."""
    starts = _starts(block)
    rows = block.rows
    if len(rows) < 2:
        return
    kinds = [_kind(cell) for cell in rows[0]]
    columns = {place: kind for place, kind in enumerate(kinds) if kind in ("content", "budget", "lesson")}
    city_column = next((place for place, kind in enumerate(kinds) if kind == "city"), None)
    if city_column is not None and columns:
        yield from _by_rows(block, cities, starts, city_column, columns)
    elif all(len(row) >= 2 for row in rows) and max(map(len, rows)) == 2:
        yield from _by_names(block, cities, starts)


def _by_rows(
    block: Block, cities: Gazetteer, starts: list[list[int]], city_column: int, columns: dict[int, str]
) -> Iterator[GridPart]:
    current: tuple[str, int, int] | None = None
    for row, places in zip(block.rows[1:], starts[1:], strict=True):
        if city_column < len(row) and row[city_column].strip():
            named = cities.in_cell(row[city_column])
            current = None
            if len({one.name for one in named}) == 1:
                begin = places[city_column]
                current = (named[0].name, begin, begin + len(row[city_column]))
        if current is None:
            continue
        for place, kind in columns.items():
            if place < len(row) and row[place].strip(" -–\n"):
                start = places[place]
                yield GridPart(current[0], kind, start, start + len(row[place]), current[1], current[2])  # type: ignore[arg-type]


def _by_names(block: Block, cities: Gazetteer, starts: list[list[int]]) -> Iterator[GridPart]:
    current: tuple[str, int, int] | None = None
    for row, places in zip(block.rows, starts, strict=True):
        kind = _kind(row[0])
        begin, end = places[1], places[1] + len(row[1])
        if kind == "city":
            named = cities.in_cell(row[1])
            current = (named[0].name, begin, end) if len({one.name for one in named}) == 1 else None
        elif kind and current is not None and row[1].strip():
            yield GridPart(current[0], kind, begin, end, current[1], current[2])  # type: ignore[arg-type]


def _kind(title: str) -> str:
    packed = "".join(title.split("(")[0].split())
    for kind, name in (
        ("lesson", "lesson_columns"), ("budget", "budget_columns"), ("content", "content_columns"),
        ("city", "city_columns"),
    ):  # fmt: skip
        if packed in cues(name):
            return kind
    return ""


def _starts(block: Block) -> list[list[int]]:
    found, place = [], 0
    for row in block.rows:
        line = []
        for cell in row:
            line.append(place)
            place += len(cell) + 1
        found.append(line)
    return found
