"""Sections that are prose: titles and paragraphs."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from biseo.document import Section
from biseo.drafting.bench import Workbench
from biseo.drafting.form import MISSING
from biseo.drafting.prompts import SectionContext, section_prompt, title_prompt
from biseo.drafting.wording import paragraphs, said_in, title_line
from biseo.events import DraftEvent, Progress, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.sentences import split_sentences
from biseo_models.engine import CancelFlag, Prompt, Sampling

ATTEMPTS = 3
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[제목", "[부제")
_TOO_LONG = 1.3


def write_title(
    bench: Workbench, plan: SectionPlan, context: SectionContext, said: list[str], cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while a title is written, and the section at the end.

    Asked of the whole document first; what is too long is shortened, then the first new sentences of the sources are.

    Args:
        said: lines that must not be said again.
    """
    most = int(plan.chars[1] * _TOO_LONG)
    raw = yield from _ask(bench, plan, section_prompt(bench.task, plan, bench.document, context), 0, cancel)
    candidates = [raw.strip(), *(line for line in bench.sentences if not said_in(line, said))]
    title = title_line(raw, most)
    for sentence in [candidate for candidate in candidates if candidate][:ATTEMPTS]:
        if _new_title(bench, title, said):
            break
        raw = yield from _ask(bench, plan, title_prompt(plan, sentence), 0, cancel)
        title = title_line(raw, most)
    if not _new_title(bench, title, said):
        title = next((line for line in candidates[1:] if plan.chars[0] <= len(line) <= most), MISSING)
        title = title if title == MISSING else title_line(title, most)
        bench.filled.append(plan.title)
    yield Section(plan.id, plan.title, title, "model", bench.evidence_of(title), heading=plan.heading)


def write_paragraphs(
    bench: Workbench, plan: SectionPlan, context: SectionContext, said: list[str], cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while paragraphs are written, and the section at the end.

    What can stand of an answer is kept, and the next attempt goes on from there; what is still missing at the end is
    taken from the sources.

    Args:
        said: sentences that must not be said again.
    """
    text = ""
    for attempt in range(ATTEMPTS):
        opening = f"{text}\n" if text else context.opening
        prompt = section_prompt(bench.task, plan, bench.document, replace(context, opening=opening))
        raw = yield from _ask(bench, plan, prompt, attempt, cancel)
        text = _joined(text, _standing(bench, plan, raw if text else context.opening + raw, [*said, text]))
        if context.opening and not text.startswith(context.opening.strip()):
            text = ""
        if len(text) >= plan.chars[0]:
            break
    if len(text) < plan.chars[0]:
        text = _filled(bench, plan, text or context.opening, said)
        bench.filled.append(plan.title)
    yield Section(plan.id, plan.title, text, "model", bench.evidence_of(text), heading=plan.heading)


def _ask(
    bench: Workbench, plan: SectionPlan, prompt: Prompt, attempt: int, cancel: CancelFlag
) -> Generator[DraftEvent, None, str]:
    yield SectionStarted(plan.id)
    if prompt.opening:
        yield SectionText(plan.id, prompt.opening)
    raw = ""
    sampling = Sampling(
        temperature=0.3 + 0.2 * attempt,
        seed=bench.seed + 7919 * attempt,
        max_tokens=int(plan.chars[1] * 1.1) + 40,
        stop=(*_STOPS, "\n") if plan.shape == "title" else _STOPS,
    )
    for piece in bench.ask(prompt, sampling, cancel):
        if isinstance(piece, Progress):
            yield piece
        elif isinstance(piece, str):
            raw += piece
            yield SectionText(plan.id, piece)
    return raw


def _new_title(bench: Workbench, title: str, said: list[str]) -> bool:
    return bool(title) and bench.supports(title) and not said_in(title, said)


def _standing(bench: Workbench, plan: SectionPlan, raw: str, said: list[str]) -> str:
    """What of an answer can stand: whole sentences, supported, not said before."""
    earlier = [sentence.text for text in said for sentence in split_sentences(text)]
    lines: list[str] = []
    for paragraph in paragraphs(raw, plan, earlier).splitlines():
        sentences = [span.text for span in split_sentences(paragraph) if bench.supports(span.text)]
        if sentences:
            lines.append(" ".join(sentences))
    return "\n".join(lines)


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}" if text and more else text or more


def _filled(bench: Workbench, plan: SectionPlan, text: str, said: list[str]) -> str:
    """The text with sentences of the sources behind it, in their order, until the section is long enough."""
    for sentence in bench.sentences:
        if len(text) >= plan.chars[0]:
            break
        have = [span.text for span in split_sentences(text)]
        if len(sentence) >= 15 and sentence.endswith(".") and not said_in(sentence, [*said, *have]):
            text = _joined(text.rstrip(), sentence) if not plan.opening else f"{text.rstrip()} {sentence}"
    return text if text.strip() != plan.opening.strip() else f"{text}{MISSING}"
