"""What is commonly asked of a project of a kind, for the quadrants of an analysis that its papers leave empty.

Press releases tell of no weakness. A small model asked for one restates the text or invents; these lines are general,
hold no fact, and stand in the draft as guesses (추정) until an official keeps or strikes them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest

MOST_TOPICS = 3
LEAD = 3
"""For how many sentences the first one counts: it says what the project is."""

NEAR = 1 / 2
"""Share of the sentences of the nearest kind that another kind must be named in to count."""


@dataclass(frozen=True)
class Consideration:
    """A point to be weighed, and what can be done about it."""

    line: str
    idea: str


@dataclass(frozen=True)
class _Topic:
    cues: re.Pattern[str]
    lines: dict[str, tuple[Consideration, ...]]


@cache
def _topics() -> tuple[_Topic, ...]:
    text = (files("biseo_resources") / "words" / "considerations.toml").read_text(encoding="utf-8")
    return tuple(map(_topic, tomllib.loads(text)["topics"]))


def _topic(entry: dict[str, str]) -> _Topic:
    cues = "|".join(map(re.escape, entry["cues"].split()))
    lines = {
        quadrant: tuple(Consideration(*line.split(" → ")) for line in entry[quadrant].strip().splitlines())
        for quadrant in ("weaknesses", "opportunities", "threats")
    }
    return _Topic(re.compile(rf"(?<![가-힣A-Za-z])(?:{cues})"), lines)


def considerations(sentences: Sequence[str], quadrant: str) -> Iterator[Consideration]:
    """Points for a quadrant by what the sentences speak of most, the kinds in turn; none for strengths."""
    weighed = [(1 if place else LEAD, sentence) for place, sentence in enumerate(sentences)]
    found = ((sum(weight for weight, text in weighed if topic.cues.search(text)), topic) for topic in _topics())
    named = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])
    near = [topic for count, topic in named if count >= NEAR * named[0][0]][:MOST_TOPICS]
    for row in zip_longest(*(topic.lines.get(quadrant, ()) for topic in near)):
        yield from (each for each in row if each)


def ideas_for(lines: Iterable[str]) -> Iterator[str]:
    """What can be done about those of the lines that are considerations, in their order."""
    known = {each.line: each.idea for topic in _topics() for each in _all(topic)}
    yield from (known[line] for line in lines if line in known)


def _all(topic: _Topic) -> Iterator[Consideration]:
    for lines in topic.lines.values():
        yield from lines
