"""The right number with the wrong thing: 18:00~22:00 is the festival's, not the market's.

A fact is suspected only when the words beside it in the draft are, in the sources, the words beside another value of
the same kind, and the words that the sources put beside this value are not there. Precision first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biseo.checks.facts.base import FactBase
from biseo.checks.facts.contexts import (
    Context,
    Occurrence,
    column_at,
    context_in,
    context_in_row,
    family_of,
    words_between,
)
from biseo.checks.facts.keys import keys_of
from biseo.document import Finding
from biseo.text.facts import Fact
from biseo.text.particles import particle
from biseo.text.sentences import Span

_LEAST_OTHERS = 2.0
"""Weight of near words that are the other value's alone, at least."""
_MOST_OWN = 0.35
"""Weight of the words that are its own alone, at most, as a share of those that are the other's alone."""
_EXCERPT = 28
_QUESTION = "여기에 쓴 것이 맞는지 확인해 주세요."


@dataclass(frozen=True)
class WrongUse:
    """A fact of a draft that the sources give to another thing (`own`), and what they say for this one (`other`)."""

    fact: Fact
    own: Occurrence
    other: Occurrence


def find_wrong_uses(text: str, facts: Sequence[Fact], spans: Sequence[Span], base: FactBase) -> Iterator[WrongUse]:
    """Facts that seem to have been given to the wrong thing.

    Args:
        facts: the supported facts of the text, by place.
        spans: the text's sentences.
    """
    if not facts:
        return
    judge = _Judge(base)
    index = 0
    sentence: list[Fact] = []
    heads: list[str] = []
    row_end = -1
    for span in spans:
        row = "\t" in span.text
        if row and (not heads or span.start > row_end + 1):
            heads = span.text.split("\t")
        row_end = span.end if row else -1
        sentence = []
        while index < len(facts) and facts[index].start < span.end:
            if facts[index].start >= span.start:
                sentence.append(_moved(facts[index], -span.start))
            index += 1
        if not sentence:
            continue
        between = words_between(span.text, sentence) if not row else []
        for fact in sentence:
            family = family_of(fact)
            if not family or fact.value.startswith("1 "):
                continue
            if row:
                cells = span.text.split("\t")
                context = context_in_row(cells, heads if heads != cells else (), column_at(span.text, fact.start))
            else:
                context = context_in(span.text, sentence, fact, family, between)
            found = judge.judge(fact, family, context)
            if found is not None:
                yield WrongUse(_moved(fact, span.start), *found)


def _moved(fact: Fact, by: int) -> Fact:
    return Fact(fact.kind, fact.text, fact.value, fact.start + by, fact.end + by)


class _Judge:
    """Compares contexts of a draft with those of the sources; what was looked up for a value is remembered."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._contexts = base.contexts
        self._owners: dict[frozenset[str], tuple[list[Occurrence], frozenset[str]]] = {}

    def judge(self, fact: Fact, family: str, context: Context) -> tuple[Occurrence, Occurrence] | None:
        """Where the sources have the fact, and what they have in its place; None when nothing is suspected."""
        contexts = self._contexts
        asked = frozenset(keys_of(fact))
        own, known = self._own(fact, asked)
        # What is near in the draft and nowhere near this value in the sources: little of it settles the matter.
        strange = {term: weight for term, weight in context.near.items() if term not in known}
        if not own or sum(weight * contexts.rarity(term) for term, weight in strange.items()) < _LEAST_OTHERS:
            return None
        best: Occurrence | None = None
        best_likeness = 0.0
        for number in sorted(contexts.sharing(strange, family)):
            other = contexts.occurrences[number]
            alone = sum(
                min(weight, other.context.near[term]) * contexts.rarity(term)
                for term, weight in strange.items()
                if term in other.context.near
            )
            if alone < _LEAST_OTHERS or asked & contexts.keys(number):
                continue
            alike = contexts.likeness(context, other.context)
            if alike > best_likeness and all(
                self._speaks_against(context, mine.context, other.context) for mine in own
            ):
                best, best_likeness = other, alike
        if best is None:
            return None
        return max(own, key=lambda occurrence: contexts.likeness(context, occurrence.context)), best

    def _speaks_against(self, context: Context, mine: Context, other: Context) -> bool:
        """Whether the words that tell the two apart are the other's; 사업비, which both have, tells nothing."""
        for_mine, for_other = self._contexts.difference(context, mine, other)
        return for_mine <= _MOST_OWN * for_other

    def _own(self, fact: Fact, asked: frozenset[str]) -> tuple[list[Occurrence], frozenset[str]]:
        """Where the sources have this value and the terms near it; nothing when they have it without any words."""
        if asked not in self._owners:
            found = self._contexts.at(self._base.places(fact))
            own = [occurrence for number, occurrence in found if asked & self._contexts.keys(number)]
            if any(occurrence.context.empty for occurrence in own):
                own = []  # a bare value of the form may belong to anything
            self._owners[asked] = own, frozenset(term for occurrence in own for term in occurrence.context.near)
        return self._owners[asked]


def as_finding(wrong: WrongUse, base: FactBase, section: str) -> Finding:
    """FACT_WRONG_USE, a warning: what the sources say it belongs to, and what they say for this one."""
    excerpt = _around(base.passages[wrong.own.place].text, wrong.own.fact)
    here = wrong.fact.text
    message = (
        f"자료에서 '{here}'{particle(here, '은')} 다른 것에 쓰였습니다(“{excerpt}”). "
        f"자료에서 이 자리에 어울리는 값은 '{wrong.other.fact.text}'입니다. {_QUESTION}"
    )
    start, end = wrong.fact.start, wrong.fact.end
    return Finding("FACT_WRONG_USE", "warning", start, end, here, message, wrong.other.fact.text, section=section)


def _around(text: str, fact: Fact) -> str:
    left, right = max(0, fact.start - _EXCERPT), min(len(text), fact.end + _EXCERPT // 2)
    left = text.find(" ", left, fact.start) + 1 if left else 0
    words = " ".join(text[left:right].split())
    return ("…" if left else "") + words + ("…" if right < len(text) else "")
