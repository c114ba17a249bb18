"""One section by the model: ask, shape, check, ask again for what is missing, and at last take it from the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.facts import FactBase, check_facts
from biseo.document import Evidence, Section, SwotItem
from biseo.drafting.form import MISSING
from biseo.drafting.prompts import SectionContext, section_prompt
from biseo.drafting.wording import item_lines, paragraphs, said_in, title_line, with_marks
from biseo.events import DraftEvent, Notice, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan, TaskDefinition
from biseo.text.noun_endings import to_noun_ending
from biseo.text.sentences import split_sentences
from biseo_models.engine import CancelFlag, Engine, Finished, Guard, Job, Prompt, Sampling, Stats, Token

ATTEMPTS = 3
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴")
_BARRED = '*#`_<>|{}\\“”"^='
"""Marks of Markdown and markup, and double quotation marks: words of a person come verbatim from a rule or the form."""


@dataclass
class Workbench:
    """What all sections of one draft share.

    Attributes:
        document: the sources as one prompt text.
        literals: the only number literals the model may write.
        scripts: characters outside Hangul and Latin that the sources use.
        source_lines: sentences of the sources, to fall back on.
    """

    engine: Engine
    task: TaskDefinition
    document: str
    base: FactBase
    evidence: EvidenceIndex
    literals: tuple[str, ...]
    scripts: str
    source_lines: tuple[str, ...]
    seed: int
    stats: Stats

    def ask(self, prompt: Prompt, sampling: Sampling, cancel: CancelFlag) -> Iterator[str | Finished]:
        """The answer's words as they come, then how it ended; its cost is added to `stats`."""
        guard = Guard(self.literals, self.scripts, _BARRED)
        for event in self.engine.generate(Job(prompt, sampling, guard), cancel):
            if isinstance(event, Token):
                yield event.text
            elif isinstance(event, Finished):
                self.stats = self.stats + event.stats
                yield event


def write_section(
    bench: Workbench, plan: SectionPlan, context: SectionContext, earlier: list[str], cancel: CancelFlag
) -> Iterator[DraftEvent | Section]:
    """Events while the model words the section, and the section at the end.

    Args:
        earlier: lines and sentences of the sections before, which must not be said again.

    Raises:
        Cancelled: the flag was set.
        ModelError: the model failed.
    """
    examples = plan.example.strip().splitlines()
    kept: list[str] = []
    text = ""
    for attempt in range(ATTEMPTS):
        yield SectionStarted(plan.id)
        if kept:
            yield SectionText(plan.id, with_marks(kept, plan) + "\n")
        written = "\n".join(part for part in (context.written, *kept) if part)
        prompt = section_prompt(bench.task, plan, bench.document, replace(context, written=written))
        raw = context.opening
        if raw:
            yield SectionText(plan.id, raw)
        reason = "end"
        for piece in bench.ask(prompt, _sampling(plan, bench.seed, attempt), cancel):
            if isinstance(piece, Finished):
                reason = piece.reason
            else:
                raw += piece
                yield SectionText(plan.id, piece)
        said = [*earlier, *examples, *kept]
        if plan.shape in ("items", "swot"):
            lines = item_lines(
                raw.removeprefix(context.opening), plan, said, finished=reason != "length", nouns=_nouns(bench)
            )
            kept = [*kept, *(line for line in lines if _supported(line, bench.base))][: plan.lines[1]]
            if len(kept) >= plan.lines[0]:
                break
        else:
            better = _prose(plan, raw, said, context.opening, bench.base)
            text = max(text, better, key=len)
            if len(text) >= plan.chars[0]:
                break
    if plan.shape in ("items", "swot"):
        if len(kept) < plan.lines[0]:
            kept = kept + _from_sources(bench, [*earlier, *kept], plan.lines[0] - len(kept))
            yield Notice(f"'{plan.title}' 부분은 모델이 다 쓰지 못해 자료의 문장으로 채웠습니다.")
        yield _list_section(plan, kept, context.opening, bench.evidence)
        return
    if not text:
        text = _fallback_prose(bench, plan, earlier, context.opening)
        yield Notice(f"'{plan.title}' 부분은 모델이 쓰지 못해 자료의 문장으로 채웠습니다.")
    yield Section(plan.id, plan.title, text, "model", evidence_of(text, bench.evidence), heading=plan.heading)


def evidence_of(text: str, index: EvidenceIndex) -> tuple[Evidence, ...]:
    """The passages that carry a text's sentences, each once, in order."""
    found: dict[Evidence, None] = {}
    for span in split_sentences(text):
        found.update(dict.fromkeys(index.find(span.text)))
    return tuple(found)


def swot_items(text: str, index: EvidenceIndex) -> tuple[SwotItem, ...]:
    """The lines of a SWOT section with what carries them."""
    items = []
    for line in text.splitlines():
        bare = line.strip().lstrip("ㅇ○-· ").strip()
        if bare:
            carried = index.find(bare)
            items.append(SwotItem(bare, carried, not carried))
    return tuple(items)


def _sampling(plan: SectionPlan, seed: int, attempt: int) -> Sampling:
    room = plan.lines[1] * 70 + 40 if plan.shape in ("items", "swot") else int(plan.chars[1] * 1.1) + 40
    stops = (*_STOPS, "\n") if plan.shape == "title" else _STOPS
    return Sampling(temperature=0.3 + 0.2 * attempt, seed=seed + 7919 * attempt, max_tokens=room, stop=stops)


def _nouns(bench: Workbench) -> bool:
    return bench.task.profile != "official"


def _supported(line: str, base: FactBase) -> bool:
    return not any(finding.severity == "error" for finding in check_facts(line, base))


def _prose(plan: SectionPlan, raw: str, said: list[str], opening: str, base: FactBase) -> str:
    if plan.shape == "title":
        line = title_line(raw, plan)
        return line if line and _supported(line, base) and not said_in(line, said) else ""
    text = paragraphs(raw.removeprefix(opening) if opening else raw, plan, said)
    lines = []
    for paragraph in text.splitlines():
        sentences = [span.text for span in split_sentences(paragraph) if _supported(span.text, base)]
        if sentences:
            lines.append(" ".join(sentences))
    text = "\n".join(lines)
    return opening + text if text else ""


def _from_sources(bench: Workbench, said: list[str], wanted: int) -> list[str]:
    """Lines taken from the sources in their order, none of which the draft says already."""
    lines: list[str] = []
    for sentence in bench.source_lines:
        if len(lines) == wanted:
            break
        line = to_noun_ending(sentence) if _nouns(bench) else sentence
        if 15 <= len(line) <= 110 and not said_in(line, [*said, *lines]):
            lines.append(line)
    return lines or [MISSING]


def _fallback_prose(bench: Workbench, plan: SectionPlan, earlier: list[str], opening: str) -> str:
    if plan.shape == "title":
        lines = [line for line in bench.source_lines if plan.chars[0] <= len(line) <= plan.chars[1] * 1.3]
        return to_noun_ending(lines[0]) if lines else MISSING
    length, lines = 0, []
    for line in bench.source_lines:
        if length + len(line) > plan.chars[1] and lines:
            break
        if not said_in(line, earlier):
            lines.append(line)
            length += len(line)
    return opening + " ".join(lines) if lines else opening + MISSING


def _list_section(plan: SectionPlan, lines: Sequence[str], opening: str, index: EvidenceIndex) -> Section:
    text = opening + with_marks(list(lines), plan)
    items = swot_items(text, index) if plan.shape == "swot" else ()
    return Section(plan.id, plan.title, text, "model", evidence_of(text, index), items, heading=plan.heading)
