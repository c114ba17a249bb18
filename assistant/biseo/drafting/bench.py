"""What all sections of one draft share while they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.facts import FactBase, check_facts
from biseo.checks.language import check_language
from biseo.checks.organisations import check_organisations
from biseo.checks.style import check_style, style_profile
from biseo.document import Evidence
from biseo.drafting.asking import Asker
from biseo.tasks.definition import TaskDefinition
from biseo.text.facts import find_facts
from biseo.text.noun_endings import to_outline
from biseo.text.plain_style import to_plain_style
from biseo.text.reporting import content_of_report
from biseo.text.sentences import split_sentences
from biseo.text.similarity import likeness, pairs

LONGEST_SENTENCE = 400
"""Characters of a sentence that can be asked about; what is longer is a table or a text without full stops."""

COPIED = 0.9
"""Likeness from which on a sentence was meant to be the source's: small models lose a syllable or a space of it."""

_LONG_WORD = re.compile("[가-힣]{3,}")
_LATIN = re.compile("[a-z]{2,}")
_NUMERIC = frozenset({"date", "period", "time", "amount", "count", "percent", "phone"})


@dataclass
class Workbench:
    """The model with what it may use.

    Attributes:
        model: asks the model.
        document: the sources as one prompt text.
        known: texts of the sources and the form.
        given: texts of the form.
        scripts: characters outside Hangul and Latin that the sources use.
        sentences: sentences of the sources as the model reads them, in order.
        filled: titles of the sections that the model could not word and that hold sentences of the sources instead.
    """

    model: Asker
    task: TaskDefinition
    document: str
    base: FactBase
    known: tuple[str, ...]
    given: tuple[str, ...]
    evidence: EvidenceIndex
    scripts: str
    sentences: tuple[str, ...]
    seed: int
    filled: list[str] = field(default_factory=list)

    def as_item(self, sentence: str) -> str:
        """A sentence as a line of a list: 개조식, or whole sentences in a letter."""
        if self.task.profile == "official":
            return sentence if not sentence or sentence.endswith((".", "?", "!")) else f"{sentence}."
        return to_outline(sentence if self.task.attributed else content_of_report(sentence))

    def as_sentence(self, sentence: str) -> str:
        """A sentence of a paragraph: what is all but copied is the source's own, and press texts are not polite."""
        own = pairs(sentence)
        for source in self.sentences:
            if source.endswith("다.") and likeness(own, pairs(source)) >= COPIED:
                return source
        return to_plain_style(sentence) if self.task.profile == "press" else sentence

    def supports(self, line: str) -> bool:
        """Whether every fact of a line is in the sources or was given, and its numbers in passages that carry it."""
        foreign = (finding for finding in check_language(line, self.scripts) if finding.rule == "FOREIGN_SCRIPT")
        found = (*check_facts(line, self.base), *check_organisations(line, self.known), *foreign)
        if any(finding.severity == "error" for finding in found) or not self._latin(line) <= self._known_latin:
            return False
        return self._numbers_in_place(line)

    def faults(self, line: str) -> bool:
        """Whether a line the official's own words were made into says what is not known, or not in good Korean."""
        found = (
            *check_facts(line, self.base),
            *check_organisations(line, self.known),
            *check_language(line, self.scripts),
            *check_style(line, style_profile(self.task.profile), hints=False),
        )
        return bool(found) or not self._latin(line) <= self._known_latin

    def words_known(self, title: str) -> bool:
        """Whether every longer word of a title begins as one of the sources or the form: nobody said 성공적으로."""
        known = "\n".join(self.known)
        return all(word[:2] in known for word in _LONG_WORD.findall(title))

    @cached_property
    def _known_latin(self) -> frozenset[str]:
        return frozenset().union(*map(self._latin, self.known))

    @staticmethod
    def _latin(text: str) -> frozenset[str]:
        """Words in Latin letters: a small model falls into English."""
        return frozenset(_LATIN.findall(text.casefold()))

    def _numbers_in_place(self, line: str) -> bool:
        """Whether no number is put to another thing than in the sources: the right amount with the wrong saving."""
        numbers = [fact for fact in find_facts(line, quotations=False) if fact.kind in _NUMERIC]
        if not numbers:
            return True
        nearest = [evidence.text for evidence in self.evidence.find(line, limit=1)]
        there = FactBase((), nearest or self.given)
        return all(there.support(fact) for fact in numbers)

    def evidence_of(self, text: str) -> tuple[Evidence, ...]:
        """The passages that carry a text's sentences, each once, in order."""
        return evidence_of(text, self.evidence)


def evidence_of(text: str, index: EvidenceIndex) -> tuple[Evidence, ...]:
    """The passages that carry a text's sentences, each once, in order."""
    found: dict[Evidence, None] = {}
    for span in split_sentences(text):
        found.update(dict.fromkeys(index.find(span.text)))
    return tuple(found)


def rank_sentences(sentences: Sequence[str], cues: Sequence[str], cues_only: bool = True) -> list[str]:
    """Sentences with the most cue words first, those with equally many in their order; without cues, all in order.

    Args:
        cues_only: where there are cues, leave out a sentence without any.
    """
    scored = [(sum(cue in sentence for cue in cues), -place) for place, sentence in enumerate(sentences)]
    return [sentences[-place] for score, place in sorted(scored, reverse=True) if score or not cues or not cues_only]
