"""How alike two sentences are, and what comes again in a text."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence

_NO_LETTERS = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """The syllable pairs of the letters and digits of a text."""
    kept = _NO_LETTERS.sub("", text.casefold())
    return frozenset(map("".join, itertools.pairwise(kept)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of two sets of pairs: 1 for equal ones, 0 when either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def said_again(sets: Sequence[frozenset[str]], like: float, back: int) -> list[int]:
    """Places of the sets that are alike to one of the `back` sets before them.

    Args:
        like: likeness from which two sets are alike, above 0.
        back: how far to look; the work grows with the text, not with its square.
    """
    holders: dict[str, list[int]] = {}
    again = []
    for index, own in enumerate(sets):
        if any(likeness(own, sets[place]) >= like for place in _candidates(own, holders, like, index - back)):
            again.append(index)
        for pair in own:
            holders.setdefault(pair, []).append(index)
    return again


def _candidates(own: frozenset[str], holders: dict[str, list[int]], like: float, first: int) -> Iterator[int]:
    """Places from `first` on of the sets that may be alike, each once.

    Alike sets share so many pairs that of a few of them at least one is shared: the rarest ones are looked up.
    """
    few = len(own) - math.ceil(like / (2 - like) * len(own) - 1e-9) + 1
    seen: set[int] = set()
    for pair in sorted(own, key=lambda pair: len(holders.get(pair, ())))[:few]:
        for place in reversed(holders.get(pair, ())):
            if place < first:
                break
            if place not in seen:
                seen.add(place)
                yield place


def repeated_runs(words: Sequence[str], length: int, times: int) -> list[tuple[int, int]]:
    """Runs of `length` words and more that stand at least `times` times without overlap.

    Returns:
        For every run its last occurrence, as first and last-plus-one index into `words`; adjoining ones are joined.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(words) - length + 1):
        known = places.setdefault(tuple(words[index : index + length]), [])
        if not known or index - known[-1] >= length:
            known.append(index)
    ends = sorted(known[-1] for known in places.values() if len(known) >= times)
    joined: list[tuple[int, int]] = []
    for start in ends:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], start + length))
        else:
            joined.append((start, start + length))
    return joined
