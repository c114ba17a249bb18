"""What a complaint is about, for the reply to it. By rule: a small model made of it what nobody had asked for."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.document import MISSING, Section
from biseo.drafting.bench import LONGEST_SENTENCE, rank_sentences
from biseo.tasks.definition import SectionPlan
from biseo.text.complaints import complaint_of


def complaint_section(plan: SectionPlan, sentences: Sequence[str]) -> Section:
    """The sentence of the sources that asks for something, in its own words, between those that the task gives."""
    short = [sentence for sentence in sentences if len(sentence) <= LONGEST_SENTENCE]
    sentence = next(iter([*rank_sentences(short, plan.cues), *short]), "")
    text = f"{plan.opening}{complaint_of(sentence) or MISSING}{plan.closing}"
    return Section(plan.id, plan.title, text, "rule", heading=plan.heading)
