"""Digests of parts made shorter in levels: neighbours are put together, and the weightiest lines of them stay.

A line is never reworded on the way, so that every one still leads to its place in the sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from biseo.document import Evidence
from biseo.text.similarity import likeness, pairs

KEPT = 0.25
"""Share of a part that its digest is; of what stands together on the next level, again."""

TOGETHER = 4
"""Digests that become one on the next level."""

AGAIN = 4.0
"""What a line loses for being wholly like one that is kept already."""

SAME = 0.85
"""Likeness from which on it says the same."""

LEAST = 60
"""Tokens that a digest may always have: one line."""


@dataclass(frozen=True)
class Point:
    """A line of a digest.

    Attributes:
        text: a sentence or row of the sources.
        evidence: what carries it.
        place: its order in the sources.
        weight: how much it matters.
        tokens: its length, with its heading.
        above: the heading it stands under.
        head: of a table row, the row that heads its table.
    """

    text: str
    evidence: tuple[Evidence, ...]
    place: int
    weight: float
    tokens: int
    above: str = ""
    head: str = ""


@dataclass(frozen=True)
class Digest:
    """Lines that stand for a stretch of the sources; `pages` (source, page) are those it was made from."""

    points: tuple[Point, ...]
    source: str
    pages: frozenset[tuple[str, int]] = field(default=frozenset())

    @property
    def tokens(self) -> int:
        return sum(point.tokens for point in self.points)


def choose(points: Sequence[Point], room: int) -> tuple[Point, ...]:
    """The weightiest lines that fit, in the order of the sources; at least one if there is any.

    What another line says already is left out, and one that says nearly the same weighs less: a plan that repeats its
    phrases for every district would else be nothing but the one phrase that weighs most.
    """
    waiting = sorted(points, key=lambda point: (-point.weight, point.place))
    known = [pairs(point.text) for point in waiting]
    alike = [0.0] * len(waiting)
    kept: list[Point] = []
    left = max(room, LEAST)
    open_places = set(range(len(waiting)))
    while open_places and left > 0:
        best = max(open_places, key=lambda n: (waiting[n].weight - AGAIN * alike[n], -n))
        open_places.discard(best)
        point = waiting[best]
        if alike[best] >= SAME or (kept and point.tokens > left):
            continue
        kept.append(point)
        left -= point.tokens
        for other in open_places:
            alike[other] = max(alike[other], likeness(known[best], known[other]))
    return tuple(sorted(kept, key=lambda point: point.place))


def reduce(digests: Sequence[Digest], room: int) -> tuple[list[Digest], int]:
    """The digests in as many levels as it takes to fit `room` tokens, and how many levels that were."""
    levels = 0
    current = list(digests)
    while (total := sum(digest.tokens for digest in current)) > room and (len(current) > 1 or not levels):
        target = max(room, int(total * KEPT))
        groups = _grouped(current)
        current = [_joined(group, target * sum(each.tokens for each in group) // total) for group in groups]
        levels += 1
    if sum(digest.tokens for digest in current) > room:  # a line for every digest is still too much
        points = choose([point for digest in current for point in digest.points], room)
        current = [Digest(points, current[0].source, frozenset().union(*(digest.pages for digest in current)))]
        levels += 1
    return current, levels


def _grouped(digests: Sequence[Digest]) -> list[list[Digest]]:
    groups: list[list[Digest]] = []
    for digest in digests:
        if groups and len(groups[-1]) < TOGETHER and groups[-1][0].source == digest.source:
            groups[-1].append(digest)
        else:
            groups.append([digest])
    return groups


def _joined(group: Sequence[Digest], room: int) -> Digest:
    points = choose([point for digest in group for point in digest.points], room)
    return Digest(points, group[0].source, frozenset().union(*(digest.pages for digest in group)))
