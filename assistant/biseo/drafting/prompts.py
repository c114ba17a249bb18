"""From a task and its sources to the prompt of one section: instructions, then documents, then what to do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from biseo.tasks.definition import SectionPlan, TaskDefinition
from biseo_models.engine import Prompt

_FRAME = re.compile(r"[\[［]\s*(자료\s*\d+[^\]］\n]*|할 일|형식|작성 정보|이미 쓴 부분)\s*[\]］]")


@cache
def wording() -> dict[str, str]:
    """The common texts of all prompts, by name."""
    text = (files("biseo_resources") / "prompts" / "common.toml").read_text(encoding="utf-8")
    return {name: value.strip() for name, value in tomllib.loads(text).items()}


def instructions() -> str:
    """The system message, the same for every task so that what follows it can be reused."""
    return wording()["instructions"]


def document_text(sources: list[tuple[str, str]]) -> str:
    """The sources (name, text) as the model reads them."""
    frame = wording()["document"]
    return "\n\n".join(
        frame.format(number=number, name=" ".join(_plain(name).split()), text=_plain(text))
        for number, (name, text) in enumerate(sources, 1)
    )


def _plain(text: str) -> str:
    """A text in which nothing looks like the end of its frame or like one of our headings."""
    return _FRAME.sub(r"(\1)", text)


@dataclass(frozen=True)
class SectionContext:
    """What the prompt of a section is made of, beside the sources.

    Attributes:
        notes: the filled form as lines.
        opening: words the section must begin with, slots filled.
    """

    notes: str = ""
    opening: str = ""


def section_prompt(task: TaskDefinition, plan: SectionPlan, document: str, context: SectionContext) -> Prompt:
    """The prompt for one section."""
    texts = wording()
    parts = []
    if context.notes:
        parts.append(texts["notes"].format(notes=context.notes))
    parts.append(
        texts["task"].format(
            document=task.title,
            section=plan.title,
            task_instructions=task.instructions.strip(),
            section_instructions=plan.instructions.strip(),
        )
    )
    least, most = plan.lines if plan.shape in ("items", "swot") else plan.chars
    mark = plan.marks[0] if plan.marks else ""
    parts.append(texts[f"shape_{plan.shape}"].format(least=least, most=most, mark=mark))
    return Prompt(instructions(), document, "\n\n".join(parts), context.opening)


def title_prompt(plan: SectionPlan, sentence: str) -> Prompt:
    """The prompt that shortens a sentence to a title."""
    return Prompt(
        instructions(), "", wording()["title"].format(section=plan.title, most=plan.chars[1], sentence=sentence)
    )


def digest_prompt(document: str) -> Prompt:
    """The prompt that condenses one part of a long source."""
    return Prompt(instructions(), document, wording()["digest"])


_LINES = {"notes": "notes_line", "particulars": "letter_note"}
"""Prompts of lines that reword what the official wrote, by the shape of the section."""


def line_prompt(plan: SectionPlan, sentence: str) -> Prompt:
    """The prompt that makes one line of a section from one sentence: condensed, reworded, or a way to deal with it."""
    frame = wording()["answer" if plan.answers else _LINES.get(plan.shape, "line")]
    return Prompt(instructions(), "", frame.format(section=plan.title, sentence=sentence))
