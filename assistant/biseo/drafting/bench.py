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
from biseo.drafting.quadrants import headings_above, quadrant_of, quadrant_until_judged
from biseo.drafting.wording import said_in
from biseo.tasks.definition import TaskDefinition
from biseo.text.cleaning import is_order
from biseo.text.facts import find_facts
from biseo.text.noun_endings import split_clauses, to_outline
from biseo.text.particles import particle
from biseo.text.plain_style import to_plain_style
from biseo.text.reporting import content_of_report
from biseo.text.sentences import split_sentences
from biseo.text.similarity import likeness, pairs

LONGEST_SENTENCE = 400
"""Characters of a sentence that can be asked about; what is longer is a table or a text without full stops."""

COPIED = 0.9
"""Likeness from which on a sentence was meant to be the source's: small models lose a syllable or a space of it."""

_OWN_WORDS = 0.4
"""Share of a sentence's syllable pairs that the official's words must have to carry it."""

_CLAUSE = 0.9
"""Share of the syllable pairs that a line and a clause of a sentence have in common when they are the same."""

_LONG_WORD = re.compile("[가-힣]{2,}|[!?]")
_LATIN = re.compile("[a-z]{2,}")
_LABELLED = re.compile(r"^([가-힣]{1,6}(?: ?[가-힣]{1,6})?) ?[:：] ?([^:：]{2,60})$")
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
        agency: who publishes the document, as the official wrote it; empty where that is not asked.
        release: when the document is published, as the official wrote it; empty where that is not asked.
        filled: titles of the sections that the model could not word and that hold sentences of the sources instead.
        guessed: titles of the sections that hold points of which the sources say nothing.
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
    agency: str = ""
    release: str = ""
    filled: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The sentences that tell something.

        The others name the document, or tell their reader, who may be the assistant, what to do.
        """
        return statements_of(self.sentences)

    @cached_property
    def headings(self) -> dict[str, str]:
        """The heading of the source above each statement."""
        return dict(zip(self.statements, headings_above(self.statements), strict=True))

    def quadrant(self, line: str, *, unjudged: bool = False) -> str:
        """Id of the quadrant of an analysis that a line belongs to; empty where words do not tell.

        Args:
            unjudged: where words do not tell, give the quadrant it stands in until the official has judged it.
        """
        sentence = next((sentence for sentence in self.statements if said_in(line, [sentence])), line)
        heading = self.headings.get(sentence, "")
        said = quadrant_of(line, heading) if self._is_clause(line, sentence) else ""
        return said or quadrant_of(sentence, heading) or (quadrant_until_judged(sentence, heading) if unjudged else "")

    def _is_clause(self, line: str, sentence: str) -> bool:
        """Whether a line is a whole clause of a sentence: the clauses of one may say contrary things."""
        own = pairs(line)
        clauses = (pairs(self.as_item(clause)) for clause in split_clauses(sentence))
        return any(len(own & clause) >= _CLAUSE * max(len(own), len(clause)) for clause in clauses)

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

    def as_prose(self, sentence: str) -> str:
        """A sentence of the sources for a paragraph; so is a label with its words (일시: …); else empty."""
        if sentence.endswith("다."):
            return self.as_sentence(sentence)
        labelled = _LABELLED.match(sentence)
        if not labelled:
            return ""
        return f"{labelled[1]}{particle(labelled[1], '은')} {labelled[2].rstrip('.')}이다."

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

    def fill(self, title: str) -> None:
        """Note that a section holds sentences of the sources where the model had no words."""
        if title not in self.filled:
            self.filled.append(title)

    def guess(self, title: str) -> None:
        """Note that a section holds points of which the sources say nothing."""
        if title not in self.guessed:
            self.guessed.append(title)

    def words_known(self, title: str) -> bool:
        """Whether every word of a title begins as one of the sources or the form, and nobody cheers: 성공적으로!"""
        known = "\n".join(self.known)
        return all(word[:2] in known for word in _LONG_WORD.findall(title))

    @cached_property
    def _known_latin(self) -> frozenset[str]:
        return frozenset().union(*map(self._latin, self.known))

    @staticmethod
    def _latin(text: str) -> frozenset[str]:
        """Words in Latin letters: a small model falls into English."""
        return frozenset(_LATIN.findall(text.casefold()))

    def carries(self, sentence: str) -> bool:
        """Whether a passage of the sources carries a sentence, or the official's own words do."""
        if self.evidence.find(sentence, limit=1):
            return True
        own = pairs(sentence)
        return any(len(own & pairs(words)) >= _OWN_WORDS * len(own) for words in self.given)

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


def statements_of(sentences: Sequence[str]) -> tuple[str, ...]:
    """The sentences of the sources that tell something (see `Workbench.statements`)."""
    named = len(sentences) > 1 and not sentences[0].endswith(".")
    return tuple(sentence for sentence in sentences[named:] if not is_order(sentence))


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
