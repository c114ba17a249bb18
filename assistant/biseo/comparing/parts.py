"""Which article or section of one version is which of the other: by title, number and content."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator

from biseo.comparing.alike import Alike, best_pairs
from biseo.comparing.rising import longest_rising
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, Part, weight_of
from biseo.text.similarity import likeness, pairs

_SHORTEST = 6
"""Letters that a unit must have to tell where it belongs."""
_TITLE, _ORDINAL, _ABOVE = 0.6, 0.25, 0.15
_ALIKE = 0.6
_LOOSE = 0.2
_ENOUGH = 0.35
_SURE = 0.5
"""Share of the content from which two parts are the same wherever they stand."""
_MOST_NAMESAKES = 400
_READ = 3000


def match_parts(old: Contents, new: Contents, stop: Stop) -> dict[int, int]:
    """Numbers of the parts that are the same one, old to new; the parts before the first heading always are."""
    matching = _Matching(old, new, stop)
    scored = list(matching.scored())
    found = best_pairs((score, one, other) for sure, score, one, other in scored if sure)
    found |= best_pairs(matching.reworded(found))
    return {0: 0} | _with_names_in_place(found, [(score, one, other) for sure, score, one, other in scored if not sure])


class _Matching:
    def __init__(self, old: Contents, new: Contents, stop: Stop) -> None:
        self._old, self._new, self._stop = old, new, stop
        self._votes = self._counted()
        self._sizes = (
            [weight_of(old.units_of(part)) for part in old.parts],
            [weight_of(new.units_of(part)) for part in new.parts],
        )
        self._words: tuple[dict[int, frozenset[str]], dict[int, frozenset[str]]] = ({}, {})

    def _counted(self) -> dict[tuple[int, int], int]:
        """Letters of the sentences that two parts share and no other part has."""
        places: tuple[dict[str, list[int]], dict[str, list[int]]] = (defaultdict(list), defaultdict(list))
        for contents, known in zip((self._old, self._new), places, strict=True):
            for unit in contents.units:
                if unit.kind != "heading" and len(unit.key) >= _SHORTEST:
                    known[unit.key].append(unit.part)
        votes: dict[tuple[int, int], int] = defaultdict(int)
        for key, mine in places[0].items():
            theirs = places[1].get(key, ())
            if len(mine) == 1 and len(theirs) == 1:
                votes[mine[0], theirs[0]] += len(key)
        return votes

    def scored(self) -> Iterator[tuple[bool, float, int, int]]:
        """Pairs that share a sentence, a title or a number: whether their words are alike, and a score."""
        for one, other in dict.fromkeys((*self._votes, *self._namesakes())):
            self._stop.look()
            if one and other:
                sure, score = self._score(one, other)
                if score:
                    yield sure, score, one, other

    def _score(self, one: int, other: int) -> tuple[bool, float]:
        mine, theirs = self._old.parts[one], self._new.parts[other]
        title = bool(mine.title) and mine.title == theirs.title
        ordinal = bool(mine.ordinal) and mine.ordinal == theirs.ordinal and mine.kind == theirs.kind
        size = self._sizes[0][one] + self._sizes[1][other]
        content = 2 * self._votes.get((one, other), 0) / size if size else 0.0
        if size:
            content = max(content, self._likeness(one, other))
        if not title and content < (_LOOSE if ordinal else _ENOUGH):
            return False, 0.0
        above = mine.above == theirs.above
        sure = content >= _SURE or (title and not size)
        return sure, content + _TITLE * title + _ORDINAL * ordinal + _ABOVE * above

    def _namesakes(self) -> Iterator[tuple[int, int]]:
        for key_of in (_title, _number):
            groups: dict[str, list[int]] = defaultdict(list)
            for part in self._new.parts[1:]:
                groups[key_of(part)].append(part.number)
            mine: dict[str, list[int]] = defaultdict(list)
            for part in self._old.parts[1:]:
                mine[key_of(part)].append(part.number)
            for key, own in mine.items():
                others = groups.get(key, []) if key else []
                if len(own) * len(others) <= _MOST_NAMESAKES:
                    yield from ((one, other) for one in own for other in others)
                else:  # a form repeated many times: in their order
                    yield from zip(own, others, strict=False)

    def reworded(self, found: dict[int, int]) -> Iterator[tuple[float, int, int]]:
        """What is left on both sides and says much the same in other words."""
        taken = set(found.values())
        left = [part.number for part in self._old.parts[1:] if part.number not in found]
        words = {
            part.number: self._words_of(1, part.number) for part in self._new.parts[1:] if part.number not in taken
        }
        index = Alike({number: own for number, own in words.items() if own})
        for one in left:
            self._stop.look()
            for like, other in index.to(self._words_of(0, one), _ALIKE):
                yield like, one, other

    def _likeness(self, one: int, other: int) -> float:
        return likeness(self._words_of(0, one), self._words_of(1, other))

    def _words_of(self, side: int, number: int) -> frozenset[str]:
        known = self._words[side]
        if number not in known:
            contents = (self._old, self._new)[side]
            part: Part = contents.parts[number]
            known[number] = pairs(" ".join(unit.body for unit in contents.units_of(part))[:_READ])
        return known[number]


def _with_names_in_place(found: dict[int, int], named: list[tuple[float, int, int]]) -> dict[int, int]:
    """Parts that share only a title or a number are the same where they stand between the same neighbours."""
    order = longest_rising(sorted(found.items()))
    taken = set(found.values())
    for _score, one, other in sorted(named, key=lambda each: (-each[0], each[1], each[2])):
        if one in found or other in taken:
            continue
        place = bisect(order, (one, other))
        if (not place or order[place - 1][1] < other) and (place == len(order) or order[place][1] > other):
            found[one] = other
            taken.add(other)
            order.insert(place, (one, other))
    return found


def _title(part: Part) -> str:
    return part.title


def _number(part: Part) -> str:
    return part.kind + part.ordinal if part.ordinal else ""
