"""Equal keys of two lists found in linear time or nearly so: rare ones first, then the others between them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence

Pairing = list[tuple[int, int]]


def equal_in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairing:
    """Places of equal keys, rising in both lists.

    What stands only once in each list is an anchor (as in patience diff); between anchors the n-th occurrence goes with
    the n-th. No list is compared with the whole of the other, so the time grows with their length.
    """
    found: Pairing = []
    for i1, i2, j1, j2 in _gaps(_anchored(old, 0, len(old), new, 0, len(new), True), len(old), len(new), found):
        # again between the anchors: what is rare there may not be rare in the whole
        inner = _anchored(old, i1, i2, new, j1, j2, True)
        for k1, k2, m1, m2 in _gaps(inner, i2, j2, found, i1, j1):
            found += _anchored(old, k1, k2, new, m1, m2, False)
    return sorted(found)


def _gaps(
    pairs: Pairing, old_stop: int, new_stop: int, found: Pairing, i: int = 0, j: int = 0
) -> list[tuple[int, int, int, int]]:
    """What lies between the pairs, which are put into `found`."""
    found += pairs
    gaps = []
    for one, other in [*pairs, (old_stop, new_stop)]:
        if i < one and j < other:
            gaps.append((i, one, j, other))
        i, j = one + 1, other + 1
    return gaps


def _anchored(
    old: Sequence[Hashable], i1: int, i2: int, new: Sequence[Hashable], j1: int, j2: int, rare: bool
) -> Pairing:
    before: Pairing = []
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        before.append((i1, j1))
        i1, j1 = i1 + 1, j1 + 1
    after: Pairing = []
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        after.append((i2, j2))
    mine, theirs = _places(old, i1, i2), _places(new, j1, j2)
    pairs: Pairing = []
    for key, places in mine.items():
        others = theirs.get(key)
        if others is not None and (not rare or (len(places) == 1 and len(others) == 1)):
            pairs += zip(places, others, strict=False)
    pairs.sort()
    return before + longest_rising(pairs) + after[::-1]


def _places(keys: Sequence[Hashable], start: int, stop: int) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place in range(start, stop):
        places[keys[place]].append(place)
    return places


def longest_rising(pairs: Pairing) -> Pairing:
    """The most pairs that rise in both places; `pairs` are sorted by the first, each place stands once."""
    tails: list[int] = []
    ends: list[int] = []  # index into pairs of the last of each length
    before: list[int] = []
    for index, (_one, other) in enumerate(pairs):
        length = bisect_left(tails, other)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(other)
            ends.append(index)
        else:
            tails[length], ends[length] = other, index
    chosen: Pairing = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]
