"""Which fact of the sources was most likely meant by one that they do not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from biseo.checks.facts.keys import NUMBER
from biseo.checks.facts.source import SourceFact
from biseo.text.facts import Fact, FactKind
from biseo.text.people import base_post, same_post
from biseo.text.similarity import likeness, pairs

_LEAST_LIKENESS = 0.55
_COMPARED = 24
"""Facts that one is compared with, those that share most with it."""
_COMMON = 600
"""What so many facts share says nothing."""
_FAMILIES: tuple[tuple[FactKind, ...], ...] = (
    ("date", "period"),
    ("time", "period"),
    ("amount", "count", "percent", "number"),
    ("phone",),
    ("article",),
    ("name",),
    ("quotation",),
    ("law",),
)
"""Kinds of which one may have been meant for the other."""


class NearestFacts:
    """Finds the fact that is most like another one; building is linear in the facts, a look-up bounded."""

    def __init__(self, facts: Sequence[SourceFact]) -> None:
        self._facts = list({(known.fact.kind, known.fact.value): known for known in reversed(facts)}.values())
        self._facts.reverse()
        self._holders: dict[str, list[int]] = {}
        for number, known in enumerate(self._facts):
            for gram in set(_grams(known.fact)):
                self._holders.setdefault(gram, []).append(number)
        self._answers: dict[tuple[FactKind, str], SourceFact | None] = {}

    def find(self, fact: Fact) -> SourceFact | None:
        """The most alike fact, or None when none is alike."""
        key = (fact.kind, fact.value)
        if key not in self._answers:
            self._answers[key] = self._find(fact)
        return self._answers[key]

    def _find(self, fact: Fact) -> SourceFact | None:
        best, best_likeness = None, _LEAST_LIKENESS
        for number in self._candidates(fact):
            known = self._facts[number]
            if comparable(fact, known.fact):
                alike = _likeness(fact, known.fact)
                if alike > best_likeness:
                    best, best_likeness = known, alike
        return best

    def _candidates(self, fact: Fact) -> Iterator[int]:
        if len(self._facts) <= _COMPARED:
            yield from range(len(self._facts))
            return
        shared: Counter[int] = Counter()
        for gram in set(_grams(fact)):
            holders = self._holders.get(gram, ())
            if len(holders) <= _COMMON:
                shared.update(holders)
        yield from sorted(number for number, _ in shared.most_common(_COMPARED))


def comparable(one: Fact, other: Fact) -> bool:
    """Whether one may have been meant for the other."""
    return any(one.kind in family and other.kind in family for family in _FAMILIES)


def _grams(fact: Fact) -> Iterator[str]:
    """What alike facts share."""
    if fact.kind == "name":
        name, _, post = fact.value.partition(" ")
        yield from (f"name {index} {char}" for index, char in enumerate(name))
        if post:
            yield f"post {base_post(post)}"
    elif fact.kind in ("quotation", "law"):
        yield from (f"pair {pair}" for pair in pairs(fact.value))
    elif fact.kind in ("date", "time", "period"):
        yield from (f"part {part}" for part in NUMBER.findall(fact.value))
    else:
        number, _, unit = fact.value.partition(" ")
        yield f"unit {unit.split(' ')[0]}"
        yield f"number {number}"
        yield f"length {len(number)} {number[:1]}"
        yield from (f"digits {number[index : index + 2]}" for index in range(len(number) - 1))


def _likeness(one: Fact, other: Fact) -> float:
    if one.kind == "name":
        name, _, post = one.value.partition(" ")
        known, _, known_post = other.value.partition(" ")
        if name == known:
            return 1.0
        alike = sum(a == b for a, b in zip(name, known, strict=False)) / max(len(name), len(known))
        return alike * 0.7 + (0.3 if post and known_post and same_post(post, known_post) else 0.0)
    if one.kind in ("quotation", "law"):
        return likeness(pairs(one.value), pairs(other.value))
    if one.kind in ("date", "time", "period") or other.kind in ("date", "time", "period"):
        mine, theirs = NUMBER.findall(one.value), NUMBER.findall(other.value)
        return len(set(mine) & set(theirs)) / max(len(set(mine)), 1) * 0.6 + 0.4 * (one.kind == other.kind)
    number, _, unit = one.value.partition(" ")
    known_number, _, known_unit = other.value.partition(" ")
    alike = 1.0 if number == known_number else SequenceMatcher(None, number, known_number, autojunk=False).ratio()
    return alike * 0.65 + (0.3 if unit and unit.split(" ")[0] == known_unit.split(" ")[0] else 0.0)
