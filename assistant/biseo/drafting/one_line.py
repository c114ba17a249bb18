"""Single lines from single sentences: a clause condensed, a note reworded."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from biseo.document import MISSING, Section
from biseo.drafting.asking import Answer, Question
from biseo.drafting.bench import Workbench
from biseo.drafting.prompts import line_prompt
from biseo.drafting.wording import item_lines, with_marks
from biseo.drafting.writer import SectionWriter
from biseo.events import DraftEvent, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.official_tone import to_letter_sentence
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs
from biseo_models.engine import CancelFlag, Sampling

_FAITHFUL = 0.5
"""Share of a condensed line's syllable pairs that must come from its sentence."""

_KEPT = 0.6
"""Share of a note's syllable pairs that its sentence must keep."""


@dataclass(frozen=True)
class NotesWriter(SectionWriter):
    """The official's own notes as whole sentences.

    The model may only reword: a sentence that loses or adds something is made from the note by rule instead.
    """

    notes: str
    streams = False

    def questions(self) -> list[Question]:
        return [line_question(self.bench, self.plan, note) for note in self._notes()]

    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        plan = self.plan
        lines = [self._reworded(note, answer) for note, answer in zip(self._notes(), answers, strict=True)]
        text = self.opening + with_marks(lines or [MISSING], plan)
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, text)
        return Section(plan.id, plan.title, text, "model", heading=plan.heading)

    def _notes(self) -> list[str]:
        return [span.text for span in split_sentences(self.notes)]

    def _reworded(self, note: str, answer: Answer) -> str:
        for line in answer_lines(self.bench, self.plan, answer):
            if line.endswith("니다.") and says_the_same(line, note) and self.bench.supports(line):
                return line
        return to_letter_sentence(note, asks=False)


def says_the_same(line: str, note: str) -> bool:
    """Whether a line keeps what a note says and adds little."""
    one, other = pairs(line), pairs(note)
    return len(one & other) >= _KEPT * len(other) and len(line) <= 2 * len(note) + 20


def line_question(bench: Workbench, plan: SectionPlan, sentence: str) -> Question:
    """Asks for one line on a sentence: condensed, reworded or answered (see `line_prompt`)."""
    sampling = Sampling(temperature=0.2, seed=bench.seed, max_tokens=60, stop=("\n", "문장:", "과제:"))
    return Question(line_prompt(plan, sentence), sampling)


def answer_lines(bench: Workbench, plan: SectionPlan, answer: Answer) -> list[str]:
    """The line of an answer to `line_question`; empty for no words."""
    return item_lines(answer.text, finished=True, as_item=bench.as_item)[:1]


def condensed(bench: Workbench, plan: SectionPlan, clause: str, answer: Answer) -> list[str]:
    """The line that an answer makes of a clause, or nothing when it says something else."""
    own = pairs(clause)
    lines = answer_lines(bench, plan, answer)
    return [line for line in lines if len(pairs(line) & own) >= _FAITHFUL * max(1, len(pairs(line)))]
