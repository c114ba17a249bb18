"""Which of many texts are alike to one, without looking at each of them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from biseo.text.similarity import likeness

_RAREST = 24
"""So many of the rarest syllable pairs of a text are looked up."""
_COMMON = 400
"""A pair that more texts hold tells nothing and is passed over."""
_PLACES = 1500
"""So many places are gone through for one text."""
_LOOKED_AT = 12
"""So many candidates, those that share most of the rare pairs, are compared in full."""


class Alike:
    """Texts by number, to be looked up by likeness (Dice coefficient of their syllable pairs)."""

    def __init__(self, sets: Mapping[int, frozenset[str]]) -> None:
        self._sets = sets
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, own in sets.items():
            for pair in own:
                self._holders[pair].append(number)

    def to(self, own: frozenset[str], like: float) -> list[tuple[float, int]]:
        """Likeness and number of the texts that are at least `like`, best first."""
        known = [pair for pair in own if pair in self._holders]
        rarest = heapq.nsmallest(_RAREST, known, key=lambda pair: (len(self._holders[pair]), pair))
        shared: Counter[int] = Counter()
        seen = 0
        for pair in rarest:
            holders = self._holders[pair]
            if len(holders) > _COMMON or seen + len(holders) > _PLACES:
                break
            shared.update(holders)
            seen += len(holders)
        found = [(likeness(own, self._sets[number]), number) for number, _ in shared.most_common(_LOOKED_AT)]
        return sorted(((value, number) for value, number in found if value >= like), key=lambda one: (-one[0], one[1]))


def best_pairs(scored: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Each place at most once, the best pairs first."""
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _score, one, other in sorted(scored, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1], each[2])):
        if one not in chosen and other not in taken:
            chosen[one] = other
            taken.add(other)
    return chosen
