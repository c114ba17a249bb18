"""The words around a fact: near ones name the thing that it belongs to, the rest of the sentence tells the subject."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from biseo.checks.facts.keys import keys_said
from biseo.checks.facts.source import SourceTable
from biseo.document import Passage
from biseo.text.characters import fold_width
from biseo.text.content_words import content_words, terms
from biseo.text.facts import Fact

_CLOSE_WORDS, _LEFT_WORDS, _RIGHT_WORDS = 3, 6, 3
_CLOSE, _FARTHER, _RIGHT, _AROUND, _HEADING, _HEAD = 1.0, 0.6, 0.5, 0.25, 0.35, 0.8
_BREAK = re.compile(r"[,;()\[\]\n\t/※→]|(?<=[가-힣])(?:지만|고|며)[ ,]")
_HOLDERS = 300
"""Occurrences looked at for one pair of syllables; what more of them share says little."""
_LEAST_PASSAGES = 20


@dataclass(frozen=True)
class Context:
    """Syllable pairs with weights up to 1: `near` of the words that name the thing, `around` of all the others."""

    near: Mapping[str, float]
    around: Mapping[str, float]

    @property
    def empty(self) -> bool:
        """Whether there are no words at all: a bare value of a form."""
        return not self.near and not self.around

    def weight(self, term: str) -> float:
        """How much the term belongs to the fact."""
        return max(self.near.get(term, 0.0), self.around.get(term, 0.0))


@dataclass(frozen=True)
class Occurrence:
    """A fact of the sources with its context; `place` is the number of its passage."""

    fact: Fact
    place: int
    context: Context


def family_of(fact: Fact) -> str:
    """Facts of one family may be taken for one another; "" for those that are not compared."""
    if fact.kind in ("amount", "percent", "count"):
        return fact.value.partition(" ")[2] if "~" not in fact.value else ""
    if fact.kind == "time" or (fact.kind == "period" and ":" in fact.value):
        return "time"
    if fact.kind == "date":
        return "" if len(fact.value) == 4 else "date"  # a bare year goes with everything
    if fact.kind == "period":
        return "date"
    return fact.kind if fact.kind in ("phone", "article") else ""


def words_between(text: str, facts: Sequence[Fact]) -> list[tuple[str, int]]:
    """The content words of a sentence that are no part of its facts, with where they begin."""
    spans = [(fact.start, fact.end) for fact in facts]
    return [(word, start) for word, start in content_words(text) if not _inside(spans, start)]


def context_in(
    text: str, facts: Sequence[Fact], fact: Fact, family: str, found: Sequence[tuple[str, int]], beyond: str = ""
) -> Context:
    """The context of a fact in a sentence.

    Args:
        facts: the facts of the sentence with their offsets in it.
        found: its `words_between`.
        beyond: words of a heading.
    """
    folded = fold_width(text)
    before = [other.end for other in facts if other.end <= fact.start and family_of(other) == family]
    behind = [other.start for other in facts if other.start >= fact.end and family_of(other) == family]
    left = max(before, default=0)
    if before:
        for match in _BREAK.finditer(folded, left, fact.start):
            left = match.end()
    right = len(text)
    stop = _BREAK.search(folded, fact.end)
    if stop is not None:
        right = stop.end() if stop.group()[0] not in ",;()[]\n\t/※→" else stop.start()
    if behind and (stop is None or stop.start() > behind[0]):
        right = fact.end  # 국비 5억 원과 군비 4억 원: what stands between names the next one
    if family == "article":
        right = fact.end  # 에 따라, 에 의하여: behind an article stands nothing that is its own
    near: dict[str, float] = {}
    around: dict[str, float] = {}
    lefts: list[str] = []
    rights: list[str] = []
    for word, start in found:
        if left <= start < fact.start:
            lefts.append(word)
        elif fact.end <= start < right and len(rights) < _RIGHT_WORDS:
            rights.append(word)
        else:
            _raise(around, word, _AROUND)
    for index, word in enumerate(reversed(lefts)):
        weight = _CLOSE if index < _CLOSE_WORDS else _FARTHER if index < _LEFT_WORDS else _AROUND
        _raise(near if index < _LEFT_WORDS else around, word, weight)
    for word in rights:
        _raise(near, word, _RIGHT)
    for word, _ in content_words(beyond):
        _raise(around, word, _HEADING)
    return Context(near, around)


def context_in_row(cells: Sequence[str], heads: Sequence[str], column: int, beyond: str = "") -> Context:
    """The context of a fact in a cell: the row's words, the column's head, and the words above the table."""
    near: dict[str, float] = {}
    around: dict[str, float] = {}
    head = heads[column] if column < len(heads) and heads is not cells else ""
    for number, cell in enumerate(cells):
        if number != column:
            for word, _ in content_words(cell):
                _raise(near if number < column else around, word, _CLOSE if number < column else _AROUND)
    for word, _ in content_words(cells[column] if column < len(cells) else ""):
        _raise(near, word, _CLOSE)
    for word, _ in content_words(head):
        _raise(near, word, _HEAD)
    for word, _ in content_words(beyond):
        _raise(around, word, _HEADING)
    return Context(near, around)


def column_at(row: str, place: int) -> int:
    """The number of the cell in which an offset of a row lies."""
    return row.count("\t", 0, place)


def _raise(weights: dict[str, float], word: str, weight: float) -> None:
    for term, share in terms(word):
        if weights.get(term, 0.0) < weight * share:
            weights[term] = weight * share


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    index = bisect_right(spans, (place, 1 << 60)) - 1
    return index >= 0 and place < spans[index][1]


class SourceContexts:
    """The contexts of the sources' facts, found by their words. Building is linear in the text, a look-up bounded."""

    def __init__(
        self,
        passages: Sequence[Passage],
        headings: Sequence[str],
        facts: Mapping[int, Sequence[Fact]],
        tables: Sequence[SourceTable],
    ) -> None:
        self.occurrences: list[Occurrence] = []
        self._by_place: dict[int, list[int]] = {}
        self._holders: dict[tuple[str, str], list[int]] = {}
        self._frequency: dict[str, set[int]] = {}
        self._keys: dict[int, frozenset[str]] = {}
        heads = {table.place + row: table for table in tables for row in range(len(table.rows))}
        for place, found in facts.items():
            text = passages[place].text
            between = words_between(text, found) if "\t" not in text or place not in heads else []
            for fact in found:
                family = family_of(fact)
                if not family:
                    continue
                table = heads.get(place) if "\t" in text else None
                if table is not None:
                    cells = text.split("\t")
                    beyond = f"{headings[place]} {table.caption}"
                    context = context_in_row(cells, table.rows[0], column_at(text, fact.start), beyond)
                else:
                    context = context_in(text, found, fact, family, between, headings[place])
                self._add(Occurrence(fact, place, context), family)
        self._passages = max(_LEAST_PASSAGES, len(facts))

    def at(self, places: Sequence[int]) -> Iterator[tuple[int, Occurrence]]:
        """The occurrences in these passages, with their numbers."""
        for place in places:
            for number in self._by_place.get(place, ()):
                yield number, self.occurrences[number]

    def sharing(self, near: Iterable[str], family: str) -> set[int]:
        """Numbers of the occurrences of a family that have one of the terms near."""
        found: set[int] = set()
        for term in near:
            holders = self._holders.get((family, term), ())
            if len(holders) <= _HOLDERS:
                found.update(holders)
        return found

    def rarity(self, term: str) -> float:
        """How much a term says: little when many passages hold it."""
        return max(0.1, math.log((self._passages + 1) / (len(self._frequency.get(term, ())) + 0.5)))

    def keys(self, number: int) -> frozenset[str]:
        """All that the occurrence says."""
        if number not in self._keys:
            self._keys[number] = frozenset(keys_said(self.occurrences[number].fact))
        return self._keys[number]

    def likeness(self, one: Context, other: Context) -> float:
        """Weight of what two contexts have in common; what is near in neither of them does not count."""
        shared = 0.0
        for term, weight in one.near.items():
            shared += min(weight, other.weight(term)) * self.rarity(term)
        for term, weight in one.around.items():
            if term not in one.near and term in other.near:
                shared += min(weight, other.near[term]) * self.rarity(term)
        return shared

    def difference(self, context: Context, one: Context, other: Context) -> tuple[float, float]:
        """Weight of the words of a context that belong to the one more than to the other, and the other way round."""
        for_one = for_other = 0.0
        for term, weight in {**context.around, **context.near}.items():
            if term in one.near or term in other.near:
                more = (min(weight, one.weight(term)) - min(weight, other.weight(term))) * self.rarity(term)
                for_one += max(more, 0.0)
                for_other += max(-more, 0.0)
        return for_one, for_other

    def _add(self, occurrence: Occurrence, family: str) -> None:
        number = len(self.occurrences)
        self.occurrences.append(occurrence)
        self._by_place.setdefault(occurrence.place, []).append(number)
        for term in occurrence.context.near:
            holders = self._holders.setdefault((family, term), [])
            if len(holders) <= _HOLDERS:
                holders.append(number)
            self._frequency.setdefault(term, set()).add(occurrence.place)
        for term in occurrence.context.around:
            self._frequency.setdefault(term, set()).add(occurrence.place)
