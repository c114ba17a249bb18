"""Sections that are prose: titles and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from biseo.document import Section
from biseo.drafting.bench import Workbench
from biseo.drafting.form import MISSING
from biseo.drafting.prompts import SectionContext, section_prompt
from biseo.drafting.wording import paragraphs, said_in, title_line
from biseo.events import DraftEvent, Notice, Progress, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.sentences import split_sentences
from biseo_models.engine import CancelFlag, Sampling

ATTEMPTS = 3
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴")
_TOO_LONG = 1.3


def write_prose(
    bench: Workbench, plan: SectionPlan, context: SectionContext, said: list[str], cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while the text is written, and the section at the end.

    Args:
        said: sentences that must not be said again.
    """
    best = ""
    prompt = section_prompt(bench.task, plan, bench.document, context)
    for attempt in range(ATTEMPTS):
        yield SectionStarted(plan.id)
        if context.opening:
            yield SectionText(plan.id, context.opening)
        raw = ""
        for piece in bench.ask(prompt, _sampling(plan, bench.seed, attempt), cancel):
            if isinstance(piece, Progress):
                yield piece
            elif isinstance(piece, str):
                raw += piece
                yield SectionText(plan.id, piece)
        best = max(best, _shaped(bench, plan, context.opening, raw, said), key=len)
        if len(best) >= plan.chars[0]:
            break
    if not best:
        best = _copied(bench, plan, context.opening, said)
        yield Notice(f"'{plan.title}' 부분은 모델이 쓰지 못해 자료의 문장으로 채웠습니다.")
    yield Section(plan.id, plan.title, best, "model", bench.evidence_of(best), heading=plan.heading)


def _sampling(plan: SectionPlan, seed: int, attempt: int) -> Sampling:
    stops = (*_STOPS, "\n") if plan.shape == "title" else _STOPS
    return Sampling(
        temperature=0.3 + 0.2 * attempt,
        seed=seed + 7919 * attempt,
        max_tokens=int(plan.chars[1] * 1.1) + 40,
        stop=stops,
    )


def _shaped(bench: Workbench, plan: SectionPlan, opening: str, raw: str, said: list[str]) -> str:
    """What of an answer can stand: whole sentences, supported, not said before; empty when nothing can."""
    if plan.shape == "title":
        line = title_line(raw, int(plan.chars[1] * _TOO_LONG))
        return line if line and bench.supports(line) and not said_in(line, said) else ""
    # The opening belongs to the first sentence: the two are judged together.
    lines: list[str] = []
    for paragraph in paragraphs(opening + raw, plan, said).splitlines():
        sentences = [span.text for span in split_sentences(paragraph) if bench.supports(span.text)]
        if sentences:
            lines.append(" ".join(sentences))
    text = "\n".join(lines)
    return text if text.startswith(opening.strip()) else ""


def _copied(bench: Workbench, plan: SectionPlan, opening: str, said: list[str]) -> str:
    if plan.shape == "title":
        fitting = [line for line in bench.sentences if plan.chars[0] <= len(line) <= plan.chars[1] * _TOO_LONG]
        new = [line for line in fitting if not said_in(line, said)]
        return title_line(new[0], len(new[0])) if new else MISSING
    length, lines = 0, list[str]()
    for line in bench.sentences:
        if length + len(line) > plan.chars[1] and lines:
            break
        if not said_in(line, said):
            lines.append(line)
            length += len(line)
    return opening + (" ".join(lines) if lines else MISSING)
