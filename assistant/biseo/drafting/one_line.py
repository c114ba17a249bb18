"""Single lines from single sentences: a clause condensed, a note reworded, a request named."""

from __future__ import annotations

from collections.abc import Iterator

from biseo.document import Section
from biseo.drafting.bench import Workbench, rank_sentences
from biseo.drafting.form import MISSING
from biseo.drafting.prompts import SectionContext, line_prompt
from biseo.drafting.wording import item_lines, with_marks
from biseo.events import DraftEvent, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.noun_endings import to_polite, to_request
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs
from biseo_models.engine import CancelFlag, Sampling

_FAITHFUL = 0.5
"""Share of a condensed line's syllable pairs that must come from its sentence."""

_KEPT = 0.6
"""Share of a note's syllable pairs that its sentence must keep."""


def write_notes(
    bench: Workbench, plan: SectionPlan, context: SectionContext, notes: str, cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while the official's own notes become whole sentences, and the section at the end.

    The model may only reword: a sentence that loses or adds something is made from the note by rule instead.
    """
    yield SectionStarted(plan.id)
    yield SectionText(plan.id, context.opening)
    kept: list[str] = []
    for note in split_sentences(notes):
        asked = ask_line(bench, plan, note.text, cancel)
        good = [
            line
            for line in asked
            if line.endswith("니다.") and _says_the_same(line, note.text) and bench.supports(line)
        ]
        kept.append(good[0] if good else to_polite(note.text))
        marked = with_marks(kept, plan).splitlines()[-1]
        yield SectionText(plan.id, ("" if len(kept) == 1 else "\n") + marked)
    text = with_marks(kept or [MISSING], plan)
    yield Section(plan.id, plan.title, context.opening + text, "model", heading=plan.heading)


def write_line(
    bench: Workbench, plan: SectionPlan, context: SectionContext, cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while one sentence of the sources is condensed, and the section at the end."""
    yield SectionStarted(plan.id)
    sentence = next(iter([*rank_sentences(bench.sentences, plan.cues), *bench.sentences]), "")
    asked = condense_clause(bench, plan, sentence, cancel) if sentence else []
    condensed = [line for line in asked if bench.supports(line)]
    line = to_request((condensed or [sentence or MISSING])[0])
    text = f"{context.opening}{line}{plan.closing}"
    yield SectionText(plan.id, text)
    yield Section(plan.id, plan.title, text, "model", bench.evidence.find(line), heading=plan.heading)


def _says_the_same(line: str, note: str) -> bool:
    one, other = pairs(line), pairs(note)
    return len(one & other) >= _KEPT * len(other) and len(line) <= 2 * len(note) + 20


def condense_clause(bench: Workbench, plan: SectionPlan, clause: str, cancel: CancelFlag) -> list[str]:
    """The clause in a short line of the model's, or nothing when it says something else."""
    own = pairs(clause)
    lines = ask_line(bench, plan, clause, cancel)
    return [line for line in lines if len(pairs(line) & own) >= _FAITHFUL * max(1, len(pairs(line)))]


def ask_line(bench: Workbench, plan: SectionPlan, sentence: str, cancel: CancelFlag) -> list[str]:
    """The model's one line on a sentence (condensed, reworded, answered: see `line_prompt`); empty for no words."""
    sampling = Sampling(temperature=0.2, seed=bench.seed, max_tokens=60, stop=("\n", "문장:", "과제:"))
    pieces = bench.ask(line_prompt(plan, sentence), sampling, cancel)
    raw = "".join(piece for piece in pieces if isinstance(piece, str))
    return item_lines(raw, plan, finished=True, nouns=bench.nouns)[:1]
