"""What one text would change in another: sentence by sentence, and word by word within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from biseo.text.sentences import split_sentences
from biseo.text.similarity import likeness, pairs

RunKind = Literal["same", "gone", "new"]

_WORDS = re.compile(r"\s+|\S+")
_ALIKE = 0.3
"""Likeness from which a sentence counts as the other one reworded."""
_MOST_PAIRS = 40_000
"""Above so many pairs of sentences they are taken in their order, for time."""


@dataclass(frozen=True)
class Run:
    """Words that stay, go or come."""

    kind: RunKind
    text: str


@dataclass(frozen=True)
class Change:
    """One piece of a difference: `old`, which stands at `start`–`end`, would become `new`.

    `start == end` where something only comes, `new` is empty where something only goes. `new_start` is where `new`
    stands in the other text.
    """

    start: int
    end: int
    old: str
    new: str
    new_start: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class _Unit:
    """A sentence with the white space before it; the last unit of a text is what follows its last sentence."""

    start: int
    words: int
    end: int
    text: str


def compare(old: str, new: str) -> tuple[Change, ...]:
    """The changes that make `new` of `old`, in order; they do not overlap, and each is whole without the others."""
    mine, theirs = _units(old), _units(new)
    changes: list[Change] = []

    def add(i: tuple[int, int], j: tuple[int, int]) -> None:
        gone, come = old[i[0] : i[1]], new[j[0] : j[1]]
        if gone != come:
            changes.append(Change(i[0], i[1], gone, come, j[0], compare_words(gone, come)))

    matcher = SequenceMatcher(None, [u.text for u in mine], [u.text for u in theirs], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(mine[i1:i2], theirs[j1:j2], strict=True):
                add((one.start, one.words), (other.start, other.words))
            continue
        for one_range, other_range in _reworded(mine, (i1, i2), theirs, (j1, j2)):
            add(_place(mine, one_range), _place(theirs, other_range))
    return tuple(_joined(changes, old, new))


def compare_finely(old: str, new: str) -> tuple[Change, ...]:
    """The same with a piece for every run of changed words: for corrections, which do not reword."""
    changes = []
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    at, other = _offsets(a), _offsets(b)
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, come = old[at[i1] : at[i2]], new[other[j1] : other[j2]]
            changes.append(Change(at[i1], at[i2], gone, come, other[j1], compare_words(gone, come)))
    return tuple(changes)


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """What stays, goes and comes by words (어절): `same` and `gone` make up `old`, `same` and `new` the other."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    runs: list[Run] = []

    def add(kind: RunKind, words: Sequence[str]) -> None:
        if words:
            runs.append(Run(kind, "".join(words)))

    for kind, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            # A lone blank between changed words only tears them apart.
            lone = i2 - i1 == 1 and a[i1].isspace() and i1 > 0 and i2 < len(a)
            if not lone:
                add("same", a[i1:i2])
                continue
        add("gone", a[i1:i2])
        add("new", b[j1:j2])
    return tuple(_gathered(runs))


def apply_changes(old: str, changes: Iterable[Change]) -> str:
    """`old` with those of its changes taken."""
    parts, at = [], 0
    for change in changes:
        parts += [old[at : change.start], change.new]
        at = change.end
    return "".join([*parts, old[at:]])


def without(new: str, change: Change) -> str:
    """The proposed text with one of its changes given up, so that what stands there stays."""
    return new[: change.new_start] + change.old + new[change.new_start + len(change.new) :]


def _units(text: str) -> list[_Unit]:
    units, at = [], 0
    for span in split_sentences(text):
        units.append(_Unit(at, span.start, span.end, span.text))
        at = span.end
    return [*units, _Unit(at, len(text), len(text), "")]


_Range = tuple[int, int]


def _place(units: Sequence[_Unit], chosen: _Range) -> tuple[int, int]:
    """Offsets of the units of a range; an empty one stands where its first unit would begin."""
    first, last = chosen
    if first == last:
        at = units[first - 1].end if first else 0
        return at, at
    return units[first].start, units[last - 1].end


def _reworded(mine: Sequence[_Unit], i: _Range, theirs: Sequence[_Unit], j: _Range) -> list[tuple[_Range, _Range]]:
    """Which sentences of the one range became which of the other."""
    found: list[tuple[_Range, _Range]] = []
    at, other = i[0], j[0]
    for one, its in [*_pairs(mine, i, theirs, j), (i[1], j[1])]:
        if at < one:
            found.append(((at, one), (other, other)))
        if other < its:
            found.append(((one, one), (other, its)))
        if one < i[1] and its < j[1]:
            found.append(((one, one + 1), (its, its + 1)))
        at, other = one + 1, its + 1
    return found


def _pairs(mine: Sequence[_Unit], i: _Range, theirs: Sequence[_Unit], j: _Range) -> list[_Range]:
    """The pairs of alike sentences, in order, that are most alike together."""
    rows, columns = i[1] - i[0], j[1] - j[0]
    if rows * columns > _MOST_PAIRS:
        return [(i[0] + n, j[0] + n) for n in range(min(rows, columns))]
    left = [pairs(unit.text) for unit in mine[i[0] : i[1]]]
    right = [pairs(unit.text) for unit in theirs[j[0] : j[1]]]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[likeness(one, other) for other in right] for one in left]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(best[row + 1][column], best[row][column + 1])
            if alike[row][column] >= _ALIKE:
                best[row][column] = max(best[row][column], alike[row][column] + best[row + 1][column + 1])
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        if alike[row][column] >= _ALIKE and best[row][column] == alike[row][column] + best[row + 1][column + 1]:
            found.append((i[0] + row, j[0] + column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def _joined(changes: Sequence[Change], old: str, new: str) -> list[Change]:
    """Changes of mere white space go with the change that they touch, and common white space is no change."""
    joined: list[Change] = []
    for change in changes:
        before = joined[-1] if joined else None
        touches = before is not None and before.end == change.start
        blank = not (change.old.strip() or change.new.strip())
        if before is not None and touches and (blank or not (before.old.strip() or before.new.strip())):
            stop = change.new_start + len(change.new)
            joined[-1] = _change(old, new, before.start, change.end, before.new_start, stop)
        else:
            joined.append(change)
    return [_trimmed(change, old, new) for change in joined]


def _trimmed(change: Change, old: str, new: str) -> Change:
    """Without the white space that both begin with."""
    same = 0
    for one, other in zip(change.old, change.new, strict=False):
        if one != other or not one.isspace():
            break
        same += 1
    if not same:
        return change
    start, begin = change.start + same, change.new_start + same
    return _change(old, new, start, change.end, begin, change.new_start + len(change.new))


def _change(old: str, new: str, start: int, end: int, begin: int, stop: int) -> Change:
    gone, come = old[start:end], new[begin:stop]
    return Change(start, end, gone, come, begin, compare_words(gone, come))


def _gathered(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one kind joined; between words that stay, first what goes, then what comes."""
    found: list[Run] = []
    gone = come = ""
    for run in [*runs, Run("same", "")]:
        if run.kind == "gone":
            gone += run.text
        elif run.kind == "new":
            come += run.text
        else:
            found += [each for each in (Run("gone", gone), Run("new", come)) if each.text]
            gone = come = ""
            if run.text:
                found.append(run)
    return found


def _offsets(words: Sequence[str]) -> list[int]:
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets
