"""The sentences of a text with the facts of each, found once for all that look at sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biseo.text.facts import Fact, find_facts
from biseo.text.sentences import Span, split_sentences


@dataclass(frozen=True)
class Sentence:
    """A sentence or table row; the offsets of its facts refer to it, not to the text."""

    span: Span
    facts: tuple[Fact, ...]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """All sentences in order; quotations are looked through."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    facts = find_facts(text, quotations=False)
    index = 0
    for span in split_sentences(text):
        own = []
        while index < len(facts) and facts[index].start < span.end:
            fact = facts[index]
            if fact.start >= span.start and fact.end <= span.end:
                own.append(Fact(fact.kind, fact.text, fact.value, fact.start - span.start, fact.end - span.start))
            index += 1
        yield Sentence(span, tuple(own))
