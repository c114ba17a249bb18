"""What the comparison page shows, row by row: a sign, each document's words with what differs, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biseo.comparing.comparison import Comparison
from biseo.comparing.figures import KIND_WORDS
from biseo.comparing.matters import Matter
from biseo.comparing.shared import Statement
from biseo.comparing.side_by_side import is_blank
from biseo.comparing.telling import KIND_NAMES
from biseo.comparing.units import Unit
from biseo.comparing.versions import Pair, PartPair, word_runs
from biseo.text.difference import Run

Cell = tuple[Run, ...]


@dataclass(frozen=True)
class CompareRow:
    """Attributes:
    kind: of `SIGNS`.
    group: heading that it stands below: an article, or a kind of finding.
    cells: for each document its words; none where it says nothing.
    places: for each document the unit that the words stand in.
    note: the difference, in a few words.
    """

    kind: str
    group: str
    cells: tuple[Cell, ...]
    places: tuple[Unit | None, ...]
    note: str = ""

    @property
    def label(self) -> str:
        """Sign and name of the kind, and the note."""
        sign, name = SIGNS[self.kind]
        return f"{sign} {name}" + (f" · {self.note}" if self.note else "")


SIGNS = {
    "figure": ("#", "바뀐 숫자"),
    "changed": ("≠", KIND_NAMES["changed"]),
    "added": ("+", KIND_NAMES["added"]),
    "removed": ("−", KIND_NAMES["removed"]),
    "moved": ("↕", KIND_NAMES["moved"]),
    "renumbered": ("№", KIND_NAMES["renumbered"]),
    "spacing": ("␣", KIND_NAMES["spacing"]),
    "same": ("=", KIND_NAMES["same"]),
    "differs": ("≠", "다름"),
    "agrees": ("=", "같음"),
    "alone": ("·", "한 문서만"),
    "conflict": ("≠", "다르게 적음"),
    "common": ("=", "함께 적음"),
    "one": ("·", "한 문서에만 있음"),
}
"""Kind to sign and name: the sign tells the kind where colours are not seen."""

FILTERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "versions": (
        ("바뀐 곳", ("figure", "changed", "added", "removed", "moved", "renumbered", "spacing")),
        ("바뀐 숫자", ("figure",)),
        ("바뀐 문장", ("changed",)),
        ("새로 들어온 곳", ("added",)),
        ("빠진 곳", ("removed",)),
        ("옮긴 곳, 번호가 바뀐 곳", ("moved", "renumbered")),
        ("전체", tuple(SIGNS)),
    ),
    "contents": (
        ("전체", tuple(SIGNS)),
        ("항목별 비교", ("differs", "agrees", "alone")),
        ("서로 다른 곳", ("differs", "conflict")),
        ("함께 적은 내용", ("common",)),
        ("한 문서에만 있는 내용", ("one",)),
    ),
}


def rows_of(comparison: Comparison) -> tuple[CompareRow, ...]:
    """All rows, figures and what differs first."""
    return tuple(_versions(comparison) if comparison.versions is not None else _contents(comparison))


def _versions(comparison: Comparison) -> Iterator[CompareRow]:
    difference = comparison.versions
    assert difference is not None
    for part in difference.parts:
        for pair in part.pairs:
            for change in pair.figures:
                note = " · ".join(filter(None, (KIND_WORDS[change.kind], change.difference, part.name)))
                cells = ((Run("gone", change.old),), (Run("new", change.new),))
                yield CompareRow("figure", SIGNS["figure"][1], cells, (pair.old, pair.new), note)
    for part in difference.parts:
        for pair in part.pairs:
            yield _row(part, pair)


def _row(part: PartPair, pair: Pair) -> CompareRow:
    group = part.name or "머리"
    signs = [word for word, shown in (("번호 바뀜", part.renumbered), ("자리 옮김", part.moved)) if shown]
    note = KIND_NAMES["moved"] if pair.moved and pair.kind != "moved" else ""
    if pair.cells:
        note = ", ".join(filter(None, (note, *(cell.column for cell in pair.cells if cell.column))))
    old: Cell = (Run("same", pair.old.shown),) if pair.old else ()
    new: Cell = (Run("same", pair.new.shown),) if pair.new else ()
    if pair.kind == "added":
        new = tuple(Run("new", run.text) for run in new)
    elif pair.kind == "removed":
        old = tuple(Run("gone", run.text) for run in old)
    elif pair.kind == "changed":
        old = tuple(run for run in pair.runs if run.kind != "new")
        new = tuple(run for run in pair.runs if run.kind != "gone")
    elif pair.kind == "renumbered" and pair.old and pair.new:
        old = (Run("gone", pair.old.mark), Run("same", pair.old.text[len(pair.old.mark) :]))
        new = (Run("new", pair.new.mark), Run("same", pair.new.text[len(pair.new.mark) :]))
    group = f"{group} ({', '.join(signs)})" if signs else group
    return CompareRow(pair.kind, group, (old, new), (pair.old, pair.new), note)


def _contents(comparison: Comparison) -> Iterator[CompareRow]:
    count = len(comparison.texts)
    for matter in comparison.matters:
        yield _matter(matter)
    for agreement, group in (
        ("conflict", "다르게 적은 내용"), ("common", "함께 적은 내용"), ("one", "한 문서에만 있는 내용"),
    ):  # fmt: skip
        for statement in comparison.statements:
            if statement.agreement == agreement and not is_blank(statement):
                yield _statement(statement, group, count)


def _matter(matter: Matter) -> CompareRow:
    kind = {"differs": "differs", "same": "agrees", "one": "alone"}[matter.state]
    run = "new" if kind == "differs" else "same"
    cells = tuple((Run(run, " / ".join(one.text for one in said)),) if said else () for said in matter.said)  # type: ignore[arg-type]
    places = tuple(said[0].unit if said else None for said in matter.said)
    steps = ", ".join(step for step in matter.differences if step)
    return CompareRow(kind, "항목별 비교", cells, places, ", ".join(filter(None, (matter.label, steps))))


def _statement(statement: Statement, group: str, count: int) -> CompareRow:
    cells: list[Cell] = [() for _ in range(count)]
    places: list[Unit | None] = [None] * count
    for place in statement.places:
        if places[place.document] is None:
            cells[place.document] = (Run("same", place.unit.shown),)
            places[place.document] = place.unit
    spoken_by = [number for number, unit in enumerate(places) if unit is not None]
    if statement.agreement == "conflict" and len(spoken_by) == 2:
        first, second = spoken_by
        one, other = places[first], places[second]
        assert one is not None and other is not None
        runs = word_runs(one.shown, other.shown)
        cells[first] = tuple(
            Run("same" if run.kind == "same" else "new", run.text) for run in runs if run.kind != "new"
        )
        cells[second] = tuple(run for run in runs if run.kind != "gone")
    return CompareRow(statement.agreement, group, tuple(cells), tuple(places))


def spoken(row: CompareRow, names: tuple[str, ...]) -> str:
    """A row in words, for screen readers."""
    said = [
        f"{name}: {''.join(run.text for run in cell)}" + (f" {unit.page}쪽" if unit and unit.page else "")
        for name, cell, unit in zip(names, row.cells, row.places, strict=True)
        if cell
    ]
    return ". ".join([row.group, SIGNS[row.kind][1], *([row.note] if row.note else []), *said])
