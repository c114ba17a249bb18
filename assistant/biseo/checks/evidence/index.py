"""The passages of the sources, made ready for many look-ups."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from biseo.checks.evidence.citation import CitedSentence, cited_sentence
from biseo.checks.evidence.meanings import MEANING
from biseo.checks.evidence.reading import Reading, place_of
from biseo.checks.evidence.verdict import carries
from biseo.checks.evidence.words_of import WORD, stem_of
from biseo.document import Evidence, Passage
from biseo.text.characters import fold_width, is_hangul
from biseo.text.people import POSTS

_LOOKED_AT = 8
"""Passages that are compared in full, those first that share most."""
_MOST_PLACES = 6000
"""Places looked at for one sentence; the words that stand in fewest passages come first."""
_LEAST_SHARED = 0.5
"""Share of a sentence's keys, rare ones counting more, from which on a passage is compared."""
_SPLITS = 4
_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*")
_POST = re.compile("|".join(sorted(POSTS, key=len, reverse=True)))
_DATED = re.compile(r"[0-9]\s?[일월.]")


class EvidenceIndex:
    """Building is linear in the text; a look-up touches the passages that share rare words with the sentence."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = tuple(passages)
        self._readings: dict[int, Reading] = {}
        self._around: dict[int, _Around] = {}
        self._above: dict[str, Reading] = {}
        self._postings: dict[str, list[int]] = {}
        places: dict[str, set[str]] = {}
        for number, passage in enumerate(self._passages):
            keys = set(_keys(passage.text))
            places.setdefault(passage.source, set()).update(key[1:] for key in keys if key[0] == "@")
            if _is_label(passage):
                continue
            for key in keys:
                if key[0] != "@":
                    self._postings.setdefault(key, []).append(number)
        self._places = {source: frozenset(found) for source, found in places.items()}

    def __len__(self) -> int:
        return len(self._passages)

    def find(self, sentence: str, limit: int = 2) -> tuple[Evidence, ...]:
        """The passages that carry the sentence; nothing when none does.

        One that carries it whole, else, where `limit` allows two, two that carry one part of it each. Of a sentence
        that ends in a citation the words before it are looked for, and only in the source that it names.
        """
        if not self._passages or limit < 1:
            return ()
        cited = cited_sentence(sentence)
        if cited is not None:
            found = self.find(cited.words, limit)
            if found and all(self._is_cited(cited, each) for each in found):
                return found
        reading = Reading(sentence)
        whole = self._best(reading)
        if whole is not None:
            return (self._evidence(whole),)
        if limit < 2:
            return ()
        return tuple(self._evidence(number) for number in self._two(reading))

    def _is_cited(self, cited: CitedSentence, evidence: Evidence) -> bool:
        """Whether the source of an evidence is the one that is cited, and holds the place that is named."""
        if not cited.names(evidence.source) or (cited.page is not None and cited.page != evidence.page):
            return False
        own = (each for each in self._passages if each.source == evidence.source)
        return not cited.article or any(cited.stands_in(f"{each.context}\n{each.text}") for each in own)

    def _two(self, reading: Reading) -> tuple[int, ...]:
        """Two passages that carry the sentence's two parts, wherever it can be parted."""
        for start in reading.starts[1:][:_SPLITS]:
            first = Reading(reading.text[:start])
            second = Reading(reading.text[start:])
            if not (first.states and second.states):
                continue
            left = self._best(first)
            right = self._best(second) if left is not None else None
            if left is not None and right is not None:
                return tuple(sorted({left, right}))
        return ()

    def _best(self, reading: Reading) -> int | None:
        """The passage that carries it best."""
        if not reading.states:
            return None
        best, best_score = None, 0.0
        for number in self._candidates(reading):
            score = carries(reading, self._reading(number), self._surroundings(number))
            if score > best_score:
                best, best_score = number, score
        return best

    def _candidates(self, reading: Reading) -> list[int]:
        lists = [self._postings.get(key, []) for key in set(_keys(reading.text))]
        count = max(len(self._passages), 20)
        shared: dict[int, float] = {}
        left = _MOST_PLACES
        total = 0.0
        for numbers in sorted((each for each in lists if each), key=len):
            if left < len(numbers) and shared:
                break
            left -= len(numbers)
            weight = math.log((count + 1) / (len(numbers) + 0.5))
            total += weight
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + weight
        least = total * _LEAST_SHARED
        ranked = sorted((pair for pair in shared.items() if pair[1] >= least), key=lambda pair: (-pair[1], pair[0]))
        return [number for number, _ in ranked[:_LOOKED_AT]]

    def _reading(self, number: int) -> Reading:
        found = self._readings.get(number)
        if found is None:
            passage = self._passages[number]
            head = passage.context.partition("\n")[0] if "\n" in passage.context else ""
            found = self._readings[number] = Reading(passage.text, head)
        return found

    def _surroundings(self, number: int) -> _Around:
        found = self._around.get(number)
        if found is None:
            found = self._around[number] = _Around(self, number)
        return found

    def above(self, number: int) -> Reading:
        """The headings above a passage and the head of its table."""
        context = self._passages[number].context
        found = self._above.get(context)
        if found is None:
            found = self._above[context] = Reading(context.replace("\n", " ").replace("\t", " "))
        return found

    def before(self, number: int) -> Reading | None:
        """The sentence before a passage."""
        found = self._before(number, 1)
        return self._reading(found[0]) if found else None

    def people(self, number: int) -> tuple[tuple[str, str], ...]:
        """Whom a passage names, or who was named last before it."""
        for other in (number, *self._before(number, 30)):
            if _POST.search(self._passages[other].text):
                people = self._reading(other).people
                if people:
                    return self._in_full(people, number)
        return ()

    def places(self, number: int) -> frozenset[str]:
        """Every place that the passage's source names."""
        return self._places[self._passages[number].source]

    def frame(self, number: int) -> frozenset[str]:
        """Keys of the last date before a passage."""
        for other in self._before(number, 8):
            if _DATED.search(self._passages[other].text):
                dates = [claim for claim in self._reading(other).claims if claim.sort == "date"]
                if dates:
                    return frozenset().union(*(claim.said for claim in dates))
        return frozenset()

    def _before(self, number: int, count: int) -> list[int]:
        """The passages of the same source just before, nearest first."""
        source = self._passages[number].source
        return [n for n in range(number - 1, max(-1, number - 1 - count), -1) if self._passages[n].source == source]

    def _in_full(self, people: tuple[tuple[str, str], ...], number: int) -> tuple[tuple[str, str], ...]:
        """김 부시장 is whoever was named in full before."""
        known: list[tuple[str, str]] = []
        for name, post in people:
            full = self._full(name, number) if len(name) == 1 else []
            known += full or [(name, post)]
        return tuple(known)

    def _full(self, surname: str, number: int) -> list[tuple[str, str]]:
        for other in self._before(number, 60):
            if _POST.search(self._passages[other].text):
                full = [each for each in self._reading(other).people if len(each[0]) > 1 and each[0][0] == surname]
                if full:
                    return full
        return []

    def _evidence(self, number: int) -> Evidence:
        passage = self._passages[number]
        return Evidence(passage.source, passage.page, passage.text)


class _Around:
    """What one passage takes for granted (`verdict.Around`)."""

    def __init__(self, index: EvidenceIndex, number: int) -> None:
        self._index, self._number = index, number

    @property
    def above(self) -> Reading:
        return self._index.above(self._number)

    @property
    def before(self) -> Reading | None:
        return self._index.before(self._number)

    @cached_property
    def people(self) -> tuple[tuple[str, str], ...]:
        return self._index.people(self._number)

    @cached_property
    def frame(self) -> frozenset[str]:
        return self._index.frame(self._number)

    @property
    def places(self) -> frozenset[str]:
        return self._index.places(self._number)


def _is_label(passage: Passage) -> bool:
    """A heading that names what follows says nothing itself, except the document's own title."""
    return passage.heading and bool(passage.context)


def _keys(text: str) -> Iterator[str]:
    """What a passage is found by: syllable pairs of its words, what they mean, its numbers, and (with @) its places."""
    folded = fold_width(text).casefold()
    for match in WORD.finditer(folded):
        word = match[0]
        if not is_hangul(word[0]):
            yield MEANING.get(word, word)
            continue
        stem = stem_of(word)[0]
        for length in range(2, min(len(word), 4) + 1):
            meaning = MEANING.get(word[:length])
            if meaning:
                yield "=" + meaning
        if len(stem) >= 2:
            yield from map("".join, itertools.pairwise(stem))
        place = place_of(stem)
        if place:
            yield "@" + place
    for match in _DIGITS.finditer(folded):
        yield "#" + match[0].replace(",", "")
