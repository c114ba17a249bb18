"""What all sections of one draft share while they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.facts import FactBase, check_facts
from biseo.checks.language import check_language
from biseo.checks.organisations import check_organisations
from biseo.document import Evidence
from biseo.drafting.asking import Asker
from biseo.tasks.definition import TaskDefinition
from biseo.text.facts import find_facts
from biseo.text.sentences import split_sentences

LONGEST_SENTENCE = 400
"""Characters of a sentence that can be asked about; what is longer is a table or a text without full stops."""

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

    @property
    def nouns(self) -> bool:
        """Whether lists close with nouns (개조식) rather than whole sentences."""
        return self.task.profile != "official"

    def supports(self, line: str) -> bool:
        """Whether every fact of a line is in the sources or was given, and its numbers in passages that carry it."""
        foreign = (finding for finding in check_language(line, self.scripts) if finding.rule == "FOREIGN_SCRIPT")
        found = (*check_facts(line, self.base), *check_organisations(line, self.known), *foreign)
        return not any(finding.severity == "error" for finding in found) and self._numbers_in_place(line)

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


def rank_sentences(sentences: Sequence[str], cues: Sequence[str]) -> list[str]:
    """Sentences with the most cue words first, those with equally many in their order; without cues, all in order.

    Where there are cues, a sentence without any is left out.
    """
    scored = [(sum(cue in sentence for cue in cues), -place) for place, sentence in enumerate(sentences)]
    return [sentences[-place] for score, place in sorted(scored, reverse=True) if score or not cues]
