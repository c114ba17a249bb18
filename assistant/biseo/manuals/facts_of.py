"""The figures and actors of a manual's sentences: what can be asked, and what would make an answer unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biseo.manuals.action import Action
from biseo.text.facts import Fact, find_facts
from biseo.text.similarity import likeness, pairs

_ASKED = ("count", "percent", "amount", "time")
_NO_UNITS = ("단계", "호", "조", "차", "항", "장", "층", "호선", "번지", "급", "등급", "가지")
_MINUTES = {"초": 1 / 60, "분": 1.0, "시간": 60.0, "일": 1440.0, "주": 10080.0}
_ALIKE = 0.5
"""From this likeness two sentences, figures aside, may speak of the same thing."""
_RANGE = re.compile(r"\s?[~∼-]\s?\d|\d\s?[~∼-]\s?$")
_PER = re.compile(r"\s?(?:당|별)(?![가-힣])")


@dataclass(frozen=True)
class Place:
    """A figure or the actor of an action's sentence.

    Attributes:
        kind: `role`, or what is measured: `기간` for spans of time, else the fact's kind and unit.
        text: `action.text[start:end]`; of a doer who is not named in the sentence only the role's name.
        value: normal form.
    """

    action: Action
    kind: str
    text: str
    value: str
    start: int = 0
    end: int = 0


class Pool:
    """Everything that can be asked of some actions.

    Attributes:
        places: figures and subjects in the sentences.
        doers: who has to do what, where the sentence itself does not say it.
        several: whether the actions come from more than one manual.
    """

    def __init__(self, actions: Sequence[Action], sentences: Sequence[str] = ()) -> None:
        self._actions = tuple(actions)
        told = {"".join(action.text.split()) for action in actions}
        self._said = [(text, pairs(text)) for text in sentences if "".join(text.split()) not in told]
        self._alike: dict[int, list[Action]] = {}
        self._near: dict[int, list[str]] = {}
        self.several = len({action.citation.path for action in actions}) > 1
        self._facts = [_facts(action.text) for action in actions]
        self._bare = [pairs(_without(action, facts)) for action, facts in zip(actions, self._facts, strict=True)]
        self.places = tuple(
            place for action, facts in zip(actions, self._facts, strict=True) for place in _places(action, facts)
        )
        self.doers = tuple(
            Place(action, "role", action.roles[0], action.roles[0])
            for action in actions
            if len(action.roles) == 1 and not action.subject and len(action.text) >= 10
            and not any(_touches(word, action.roles[0]) for word in action.text.split())
        )  # fmt: skip
        self._index = {id(action): number for number, action in enumerate(self._actions)}
        self._by_source: dict[str, list[Place]] = {}
        for place in self.places:
            self._by_source.setdefault(place.action.citation.path, []).append(place)

    def is_sure(self, place: Place) -> bool:
        """Whether no other sentence that may speak of the same gives another figure or actor."""
        if place.kind == "role":
            return all(
                set(other.roles) == set(place.action.roles) or not other.roles for other in self._like(place.action)
            )
        return not any(
            _kind(text, fact) == place.kind and not same_value(fact.value, place.value)
            for text, fact in self._facts_near(place.action)
        )

    def others(self, place: Place) -> list[str]:
        """Words of the same kind from the same manual that are certainly wrong in this place, each value once."""
        action = place.action
        if place.kind == "role":
            return self._other_roles(place)
        said = {fact.value for fact in self._facts[self._index[id(action)]]}
        said |= {fact.value for _, fact in self._facts_near(action)}
        found: list[tuple[str, str]] = []
        for other in self._by_source.get(action.citation.path, []):
            if other.kind != place.kind or any(same_value(other.value, value) for value in said):
                continue
            if not any(same_value(other.value, value) for _, value in found):
                found.append((other.text, other.value))
        return [text for text, _ in found]

    def _facts_near(self, action: Action) -> list[tuple[str, Fact]]:
        """The figures of all sentences that may speak of the same."""
        near = [(other.text, fact) for other in self._like(action) for fact in self._facts[self._index[id(other)]]]
        return near + [(text, fact) for text in self._sentences_near(action) for fact in _facts(text)]

    def _other_roles(self, place: Place) -> list[str]:
        action = place.action
        true = {*action.roles, *action.helpers, place.text}
        for other in self._like(action):
            true |= {*other.roles, *other.helpers}
        said = " ".join(self._sentences_near(action))
        roles = dict.fromkeys(
            role
            for other in self._actions
            if other.citation.path == action.citation.path and len(other.roles) == 1
            for role in other.roles
        )
        return [
            role
            for role in roles
            if role not in action.text and role not in said and not any(_touches(role, known) for known in true)
        ]

    def _like(self, action: Action) -> list[Action]:
        own = self._index[id(action)]
        if own not in self._alike:
            self._alike[own] = [
                other
                for number, other in enumerate(self._actions)
                if number != own and likeness(self._bare[own], self._bare[number]) >= _ALIKE
            ]
        return self._alike[own]

    def _sentences_near(self, action: Action) -> list[str]:
        """Other sentences of the manuals that hold most of the words of this one."""
        own = self._index[id(action)]
        if own not in self._near:
            bare = self._bare[own]
            self._near[own] = [
                text
                for text, held in self._said
                if bare
                and len(bare & held) >= _ALIKE * len(bare)
                and "".join(action.text.split()) not in "".join(text.split())
            ]
        return self._near[own]


def same_value(one: str, other: str) -> bool:
    """Whether two values mean the same; spans of time by their length (60 분, 1 시간)."""
    return one == other or (_minutes(one) is not None and _minutes(one) == _minutes(other))


def _minutes(value: str) -> float | None:
    number, _, unit = value.partition(" ")
    try:
        return round(float(number) * _MINUTES[unit], 3) if unit in _MINUTES else None
    except ValueError:
        return None


def _facts(text: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in find_facts(text, quotations=False) if any(char.isdigit() for char in fact.text))


def _kind(text: str, fact: Fact) -> str:
    unit = fact.value.partition(" ")[2]
    if fact.kind == "count" and unit in _MINUTES:
        return "기간"
    return f"{fact.kind} {unit}".strip()


def _places(action: Action, facts: Sequence[Fact]) -> list[Place]:
    found = []
    text = action.text
    for fact in facts:
        unit = fact.value.partition(" ")[2]
        if fact.kind not in _ASKED or unit in _NO_UNITS or text.count(fact.text) > 1 or _PER.match(text, fact.end):
            continue
        if sum(_kind(text, other) == _kind(text, fact) and same_value(other.value, fact.value) for other in facts) > 1:
            continue
        if (
            _RANGE.match(text, fact.end)
            or "~" in fact.text
            or "~" in fact.value
            or text[fact.start - 1 : fact.start] in ("제", "약")
        ):
            continue
        found.append(Place(action, _kind(text, fact), fact.text, fact.value, fact.start, fact.end))
    if action.subject and len(action.roles) == 1:
        name = re.sub(r"(?:께서는|에서는|에서|께서|은|는|이|가)$", "", action.subject)
        if (
            text.startswith(action.subject)
            and text.count(name) == 1
            and action.subject[len(name) :] in ("은", "는", "이", "가")
        ):
            found.append(Place(action, "role", name, action.roles[0], 0, len(name)))
    return found


def _packed(text: str) -> str:
    return "".join(text.split())


def _without(action: Action, facts: Sequence[Fact]) -> str:
    """The sentence without its figures and its subject."""
    text = action.text
    for fact in sorted(facts, key=lambda one: -one.start):
        text = text[: fact.start] + text[fact.end :]
    return text.removeprefix(action.subject) if action.subject else text


def _touches(one: str, other: str) -> bool:
    """Whether two names may mean the same people: one within the other, or the same but for the last letter."""
    first, second = "".join(one.split()), "".join(other.split())
    return first in second or second in first or (len(first) > 2 and first[:-1] == second[:-1])
