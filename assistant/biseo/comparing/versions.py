"""The difference between two versions of one document: by article and section, sentence, word and cell."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from biseo.comparing.alike import Alike, best_pairs
from biseo.comparing.cells import CellChange, compare_cells, row_likeness
from biseo.comparing.figures import FigureChange, changed_figures
from biseo.comparing.parts import match_parts
from biseo.comparing.rising import equal_in_order, longest_rising
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, Part, Unit, weight_of
from biseo.text.difference import Run, compare_words
from biseo.text.similarity import likeness

Kind = Literal["same", "spacing", "renumbered", "changed", "moved", "added", "removed"]
KINDS: tuple[Kind, ...] = ("changed", "added", "removed", "moved", "renumbered", "spacing", "same")

_REWORDED = 0.42
"""Likeness from which a sentence at the same place counts as the other one reworded."""
_ONLY_ONES = 0.25
"""The same where one sentence with one mark stands between the same neighbours in both."""
_ELSEWHERE = 0.6
"""The same at another place."""
_MOVED_LETTERS = 8
_MOST_PAIRS = 40_000
_LONGEST = 4_000
"""A sentence of more letters is marked between its first and last difference only, for time."""


@dataclass(frozen=True)
class Pair:
    """A unit of the old version, of the new one, or one that is in both.

    Attributes:
        kind: `moved` stands elsewhere with the same words; `renumbered` has only another mark; `spacing` differs in
            blanks only.
        old, new: the units; one of them is None for what came or went.
        moved: whether it stands elsewhere, also where its words have changed.
        runs: the words that stay, go and come, where `kind` is `changed`.
        cells: the cells that differ, of a table row that changed.
        figures: the figures that differ.
    """

    kind: Kind
    old: Unit | None
    new: Unit | None
    moved: bool = False
    runs: tuple[Run, ...] = ()
    cells: tuple[CellChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True)
class PartPair:
    """An article or section of either version, or of both, with its units in the order to read them in.

    Attributes:
        moved: stands at another place among the others.
        renumbered: has another number.
    """

    old: Part | None
    new: Part | None
    moved: bool
    renumbered: bool
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> bool:
        """Whether nothing in it has changed."""
        return not self.moved and all(pair.kind in ("same", "spacing") for pair in self.pairs)

    @property
    def name(self) -> str:
        """`제5조(위원회) → 제6조(위원회)`, or the one label."""
        old, new = (part.name if part is not None else "" for part in (self.old, self.new))
        if old and new and old != new:
            return f"{old} → {new}"
        return new or old


@dataclass(frozen=True)
class VersionDifference:
    """All units of both versions, each in exactly one pair; `parts` in the order of the new version."""

    old: Contents
    new: Contents
    parts: tuple[PartPair, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair in the order to read them in."""
        return tuple(pair for part in self.parts for pair in part.pairs)

    @property
    def changes(self) -> tuple[Pair, ...]:
        """The pairs that are not the same."""
        return tuple(pair for pair in self.pairs if pair.kind != "same")

    @property
    def counts(self) -> dict[Kind, int]:
        """How many pairs of each kind there are."""
        counts = dict.fromkeys(KINDS, 0)
        for pair in self.pairs:
            counts[pair.kind] += 1
        return counts


def compare_versions(old: Contents, new: Contents, stop: Stop | None = None) -> VersionDifference:
    """What has become of each unit of `old` in `new`. Time grows with the length of the texts.

    Raises:
        Cancelled: `stop` was asked to.
    """
    return _Comparing(old, new, stop or Stop()).difference()


class _Comparing:
    def __init__(self, old: Contents, new: Contents, stop: Stop) -> None:
        self._old, self._new, self._stop = old, new, stop
        self._of: dict[int, int] = {}
        """Old unit to new unit."""
        self._taken: set[int] = set()
        self._away: set[int] = set()
        """Old units that stand elsewhere in the new version."""

    def difference(self) -> VersionDifference:
        self._parts = match_parts(self._old, self._new, self._stop)
        for one, other in self._parts.items():
            self._align(self._old.parts[one], self._new.parts[other])
        self._heading_or_not()
        self._moved_whole()
        for one, other in self._parts.items():
            self._reword(self._old.parts[one], self._new.parts[other])
        self._moved_reworded()
        return VersionDifference(self._old, self._new, tuple(self._told()))

    def _join(self, one: int, other: int, away: bool = False) -> None:
        self._of[one] = other
        self._taken.add(other)
        if away:
            self._away.add(one)

    def _align(self, mine: Part, theirs: Part) -> None:
        """The sentences of two matched parts that are equal, in order; their headings belong together."""
        self._stop.look()
        if mine.kind != "top" and theirs.kind != "top":
            self._join(mine.first, theirs.first)
        left, right = self._old.units_of(mine), self._new.units_of(theirs)
        for i, j in equal_in_order([unit.key for unit in left], [unit.key for unit in right]):
            self._join(left[i].number, right[j].number)

    def _free(self) -> tuple[list[Unit], list[Unit]]:
        """What nothing was found for yet; headings never move without their part."""
        return (
            [unit for unit in self._old.units if unit.number not in self._of and unit.kind != "heading"],
            [unit for unit in self._new.units if unit.number not in self._taken and unit.kind != "heading"],
        )

    def _heading_or_not(self) -> None:
        """A heading that the other version has as a plain line (another format, another reader) is the same line."""
        lone = [
            {unit.key: unit for unit in contents.units if unit.number not in taken}
            for contents, taken in ((self._old, self._of), (self._new, self._taken))
        ]
        order = longest_rising(sorted(self._of.items()))
        for key, one in lone[0].items():
            other = lone[1].get(key)
            if other is None or (one.kind == "heading") == (other.kind == "heading") or "row" in (one.kind, other.kind):
                continue
            place = bisect(order, (one.number, other.number))
            before = order[place - 1][1] if place else -1
            after = order[place][1] if place < len(order) else len(self._new.units)
            self._join(one.number, other.number, away=not before < other.number < after)

    def _moved_whole(self) -> None:
        """The same words elsewhere, where they are told by no other sentence."""
        places: dict[str, list[int]] = {}
        left, right = self._free()
        for unit in right:
            places.setdefault(unit.key, []).append(unit.number)
        count: dict[str, int] = {}
        for unit in left:
            count[unit.key] = count.get(unit.key, 0) + 1
        for unit in left:
            found = places.get(unit.key, ())
            if len(unit.key) >= _MOVED_LETTERS and len(found) == 1 and count[unit.key] == 1:
                self._join(unit.number, found[0], away=True)

    def _reword(self, mine: Part, theirs: Part) -> None:
        """Between sentences that stay, those that became others."""
        left, right = self._old.units_of(mine), self._new.units_of(theirs)
        first = right[0].number if right else 0
        fixed = [
            (place, self._of[unit.number] - first)
            for place, unit in enumerate(left)
            if unit.number in self._of and unit.number not in self._away
        ]
        i = j = 0
        for one, other in [*sorted(fixed), (len(left), len(right))]:
            gone = [unit for unit in left[i:one] if unit.number not in self._of]
            come = [unit for unit in right[j:other] if unit.number not in self._taken]
            if gone and come:
                self._stop.look()
                for a, b in _reworded(gone, come, self._stop):
                    self._join(gone[a].number, come[b].number)
            i, j = one + 1, other + 1

    def _moved_reworded(self) -> None:
        """Much the same words elsewhere."""
        left, right = self._free()
        if not left or not right:
            return
        index = Alike({unit.number: unit.pairs for unit in right if len(unit.key) >= _MOVED_LETTERS})
        kinds = {unit.number: unit.kind for unit in right}
        scored = []
        for unit in left:
            self._stop.look()
            if len(unit.key) >= _MOVED_LETTERS:
                scored += [
                    (like, unit.number, number)
                    for like, number in index.to(unit.pairs, _ELSEWHERE)
                    if kinds[number] == unit.kind
                ]
        for one, other in best_pairs(scored).items():
            self._join(one, other, away=True)

    # telling

    def _told(self) -> Iterator[PartPair]:
        """Parts in the new order; what is gone stands behind what it stood behind."""
        back = {other: one for one, other in self._parts.items()}
        still = {one for one, _ in longest_rising(sorted(self._parts.items()))}
        origin = {other: one for one, other in self._of.items()}
        gone: dict[int, list[Part]] = {}
        holder = 0
        for part in self._old.parts:
            if part.number in self._parts:
                holder = part.number
            else:
                gone.setdefault(holder, []).append(part)
        for part in self._new.parts:
            self._stop.look()
            one = back.get(part.number)
            mine = self._old.parts[one] if one is not None else None
            pairs = tuple(self._pairs(mine, part, origin))
            if pairs:
                renumbered = mine is not None and mine.ordinal != part.ordinal
                yield PartPair(mine, part, mine is not None and mine.number not in still, renumbered, pairs)
            for lost in gone.get(one, ()) if one is not None else ():
                pairs = tuple(self._pairs(lost, None, origin))
                if pairs:
                    yield PartPair(lost, None, False, False, pairs)

    def _pairs(self, mine: Part | None, theirs: Part | None, origin: dict[int, int]) -> Iterator[Pair]:
        left = self._old.units[mine.first : mine.stop] if mine is not None else ()
        right = self._new.units[theirs.first : theirs.stop] if theirs is not None else ()
        at = 0
        for unit in right:
            one = origin.get(unit.number)
            here = one is not None and mine is not None and one not in self._away and mine.first <= one < mine.stop
            if here and one is not None and mine is not None:
                for old in left[at : one - mine.first]:
                    if old.number not in self._of:
                        yield Pair("removed", old, None)
                at = max(at, one - mine.first + 1)
            yield self._pair(self._old.units[one], unit) if one is not None else Pair("added", None, unit)
        for old in left[at:]:
            if old.number not in self._of:
                yield Pair("removed", old, None)

    def _pair(self, old: Unit, new: Unit) -> Pair:
        moved = old.number in self._away
        if old.key == new.key:
            if moved:
                return Pair("moved", old, new, True)
            if _mark(old) != _mark(new):
                return Pair("renumbered", old, new)
            return Pair("same" if _blanks(old.text) == _blanks(new.text) else "spacing", old, new)
        cells = compare_cells(old, new) if old.cells and new.cells else ()
        return Pair("changed", old, new, moved, word_runs(old.text, new.text), cells, changed_figures(old, new))


def _mark(unit: Unit) -> str:
    return "".join(unit.mark.split())


def _blanks(text: str) -> str:
    return " ".join(text.split())


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """What stays, goes and comes by words; of very long texts only where they begin and end to differ."""
    if max(len(old), len(new)) <= _LONGEST:
        return compare_words(old, new)
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n] != new[n]), least)
    end = next((n for n in range(least - start) if old[-1 - n] != new[-1 - n]), least - start)
    runs = (
        Run("same", old[:start]),
        Run("gone", old[start : len(old) - end]),
        Run("new", new[start : len(new) - end]),
        Run("same", old[len(old) - end :]),
    )
    return tuple(run for run in runs if run.text)


def _alike(old: Unit, new: Unit) -> float:
    if (old.kind == "row") != (new.kind == "row"):
        return 0.0
    return row_likeness(old, new) if old.kind == "row" else likeness(old.pairs, new.pairs)


def _reworded(gone: list[Unit], come: list[Unit], stop: Stop) -> list[tuple[int, int]]:
    """Which units of the one list became which of the other, in order."""
    if len(gone) == len(come) == 1:
        same_mark = gone[0].mark == come[0].mark and gone[0].kind == come[0].kind
        return [(0, 0)] if _alike(gone[0], come[0]) >= (_ONLY_ONES if same_mark else _REWORDED) else []
    if len(gone) * len(come) > _MOST_PAIRS:
        index = Alike({number: unit.pairs for number, unit in enumerate(come)})
        scored = []
        for number, unit in enumerate(gone):
            stop.look()
            scored += [
                (like, number, other)
                for like, other in index.to(unit.pairs, _REWORDED)
                if (unit.kind == "row") == (come[other].kind == "row")
            ]
        return longest_rising(sorted(best_pairs(scored).items()))
    rows, columns = len(gone), len(come)
    alike = []
    for one in gone:
        stop.look()
        alike.append([_alike(one, other) for other in come])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            value = max(best[row + 1][column], best[row][column + 1])
            if alike[row][column] >= _REWORDED:
                value = max(value, alike[row][column] + best[row + 1][column + 1])
            best[row][column] = value
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        like = alike[row][column]
        if like >= _REWORDED and best[row][column] == like + best[row + 1][column + 1]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def share_kept(old: Contents, new: Contents, stop: Stop | None = None) -> float:
    """How much of the shorter document is in the other one, 0 to 1: as it is, or in words much alike."""
    stop = stop or Stop()
    short, long = sorted((old, new), key=lambda contents: weight_of(contents.units))
    units = [unit for unit in short.units if len(unit.key) >= _MOVED_LETTERS]
    units = units[:: max(1, len(units) // _SAMPLE)]
    keys = {unit.key for unit in long.units}
    index: Alike | None = None
    kept = whole = 0.0
    for unit in units:
        stop.look()
        whole += len(unit.key)
        if unit.key in keys:
            kept += len(unit.key)
            continue
        index = index or Alike({each.number: each.pairs for each in long.units})
        found = index.to(unit.pairs, _ELSEWHERE)
        kept += (2 * found[0][0] - 1) * len(unit.key) if found else 0.0  # half alike is what any two sentences may be
    return kept / whole if whole else 0.0


_SAMPLE = 400
VERSIONS = 0.45
"""Share kept from which two documents are taken for versions of one."""
