"""What several documents say alike, what they say differently, and what only one says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from biseo.comparing.alike import Alike
from biseo.comparing.figures import FIGURES
from biseo.comparing.matters import label_of
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, Unit
from biseo.text.characters import words as word_list
from biseo.text.facts import find_facts
from biseo.text.similarity import pairs

Agreement = Literal["common", "conflict", "one"]

_SAME = 0.72
"""Likeness of words without figures from which two sentences say the same."""
_DENIED = 0.6
"""The same where one of them says that it is not so: that takes more words."""
_SHORTEST = 8
_WORDS = re.compile(r"[가-힣A-Za-z]{2,}")
_FIGURES = re.compile(r"[0-9][0-9.,:~/-]*[가-힣%]*(?:\s원[가-힣]*)?")
_SHORT_VERB = re.compile(r"[가-힣](?:지|는|는다|은|을|고|며|면|기|아|어|었다|았다|인다|도록)")
_LIGHT = frozenset(
    word_list("하며 하고 한다 하여 하는 된다 되며 되는 있다 있는 이며 이고 경우 계획 예정 또는 그리고 모두 대한 위한")
)
_CERTAIN = 0.9
_DIGITS = re.compile(r"[0-9][0-9.,:~/-]*")
_NEGATION = re.compile(
    r"(?:지\s?(?:않|못|아니|말)|없[다는이음으을]|아니[다하한]|불가(?![피결])|금지|제외|미[가-힣]{1,3}(?:하|되|시))"
)


@dataclass(frozen=True)
class Place:
    """A unit of one of the documents."""

    document: int
    unit: Unit


@dataclass(frozen=True)
class Statement:
    """Something said: by several documents alike (`common`), differently (`conflict`), or by one of them.

    Attributes:
        places: where it is said, the first one in the order of the documents first.
        figures: of a conflict, the figures of each place that not all have.
    """

    agreement: Agreement
    places: tuple[Place, ...]
    figures: tuple[tuple[str, ...], ...] = ()

    @property
    def documents(self) -> tuple[int, ...]:
        """Numbers of the documents that say it."""
        return tuple(sorted({place.document for place in self.places}))


class _Words:
    """What is looked up of a unit, reckoned once."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.key = place.unit.key
        self.pairs = pairs(_DIGITS.sub(" ", place.unit.body))
        self._values: frozenset[tuple[str, str]] | None = None

    @property
    def values(self) -> frozenset[tuple[str, str]]:
        """Kind and value of its figures."""
        if self._values is None:
            body = self.place.unit.body
            facts = find_facts(body, quotations=False) if any(char.isdigit() for char in body) else ()
            self._values = frozenset((fact.kind, fact.value) for fact in facts if fact.kind in FIGURES)
        return self._values

    @property
    def denies(self) -> bool:
        """Whether it says that something is not."""
        return len(_NEGATION.findall(self.place.unit.body)) % 2 == 1


def find_statements(texts: Sequence[Contents], stop: Stop | None = None) -> tuple[Statement, ...]:
    """Every sentence and table row of the documents, in exactly one statement; in the order of the documents.

    Sentences within one document are never put together, but for such as are the same word by word.

    Raises:
        Cancelled: `stop` was asked to.
    """
    stop = stop or Stop()
    labels = _lone_labels(texts, stop)
    of_label: dict[str, int] = {}
    groups: list[list[_Words]] = []
    of_key: dict[str, int] = {}
    known: list[tuple[_Words, int]] = []
    """What was said before this document, and in which group it is."""
    for number, contents in enumerate(texts):
        index = Alike({place: words.pairs for place, (words, _) in enumerate(known)})
        fresh: list[tuple[_Words, int]] = []
        for unit in contents.units:
            stop.look()
            if unit.kind not in ("sentence", "row"):
                continue
            words = _Words(Place(number, unit))
            group = of_key.get(words.key)
            label = labels.get((number, unit.number), "")
            if group is None and label:
                group = of_label.get(label)
            if group is None and not label and unit.kind == "sentence" and len(words.key) >= _SHORTEST and known:
                group = _alike(words, index, known, groups)
            if group is None:
                group = len(groups)
                groups.append([])
            groups[group].append(words)
            of_key.setdefault(words.key, group)
            if label:
                of_label.setdefault(label, group)
            fresh.append((words, group))
        known += fresh
    return tuple(_statements(groups))


def _lone_labels(texts: Sequence[Contents], stop: Stop) -> dict[tuple[int, int], str]:
    """Lines such as `장소: 한빛도서관` whose label stands once in its document: document and unit to label."""
    found: dict[tuple[int, int], str] = {}
    for number, contents in enumerate(texts):
        stop.look()
        places: dict[str, list[int]] = {}
        for unit in contents.units:
            if unit.kind == "sentence" and (label := label_of(unit)):
                places.setdefault(label, []).append(unit.number)
        found |= {(number, units[0]): label for label, units in places.items() if len(units) == 1}
    return found


def _swapped(one: _Words, other: _Words) -> bool:
    """Whether each has a word that the other lacks, endings and figures aside: they may speak of different things."""
    mine, theirs = (_stems(each.place.unit.body) for each in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)


def _stems(text: str) -> set[str]:
    """The beginnings of its words, figures with their units and words that say little aside."""
    found = set()
    for word in _WORDS.findall(_FIGURES.sub(" ", text)):
        if word not in _LIGHT:
            found.add(word[:1] if _SHORT_VERB.fullmatch(word) else word[:2])
    return found


def _alike(words: _Words, index: Alike, known: list[tuple[_Words, int]], groups: list[list[_Words]]) -> int | None:
    for like, place in index.to(words.pairs, _DENIED):
        other, group = known[place]
        if other.place.unit.kind != "sentence" or any(
            each.place.document == words.place.document and each.key != words.key for each in groups[group]
        ):
            continue  # a list of this very document: its lines are alike by nature
        if like < _SAME and words.denies == other.denies:
            continue
        if _swapped(words, other):
            continue  # the same of somebody else
        mine, theirs = {kind for kind, _ in words.values}, {kind for kind, _ in other.values}
        if mine == theirs or like >= _CERTAIN:
            return group
    return None


def _statements(groups: list[list[_Words]]) -> Iterator[Statement]:
    for group in groups:
        places = tuple(words.place for words in group)
        if len({place.document for place in places}) < 2:
            yield Statement("one", places)
            continue
        shared = frozenset.intersection(*(words.values for words in group))
        own = tuple(tuple(value for _, value in sorted(words.values - shared)) for words in group)
        denied = {words.denies for words in group}
        labelled = len({words.key for words in group}) > 1 and any(label_of(words.place.unit) for words in group)
        if len(denied) > 1 or any(own) or labelled:
            yield Statement("conflict", places, own)
        else:
            yield Statement("common", places)
