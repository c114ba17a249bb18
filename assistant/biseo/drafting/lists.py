"""Sections that are lists: asked of the model as a whole, then line by line from single sentences of the sources."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace

from biseo.checks.evidence import EvidenceIndex
from biseo.document import Evidence, Section, SwotItem
from biseo.drafting.bench import Workbench, rank_sentences
from biseo.drafting.form import MISSING
from biseo.drafting.prompts import SectionContext, line_prompt, section_prompt
from biseo.drafting.wording import bigrams, item_lines, said_in, with_marks
from biseo.events import DraftEvent, Notice, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.noun_endings import to_outline
from biseo_models.engine import CancelFlag, Finished, Sampling

LONGEST = 95
"""Characters of a line; what is longer was copied rather than condensed."""

_TOKENS_A_LINE = 60
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴", "\n\n")
_FAITHFUL = 0.3
"""Share of a condensed line's syllable pairs that must come from its sentence."""


@dataclass
class _Lines:
    """The lines that have been kept, and what they must not repeat."""

    bench: Workbench
    plan: SectionPlan
    said: list[str]
    taken: frozenset[Evidence]
    kept: list[str] = field(default_factory=list)

    def offer(self, lines: Iterable[str]) -> None:
        """Keep those of the lines that are short, supported and new."""
        for line in lines:
            if len(self.kept) < self.plan.lines[1] and self._good(line):
                self.kept.append(line)

    @property
    def missing(self) -> int:
        return max(0, self.plan.lines[0] - len(self.kept))

    @property
    def text(self) -> str:
        return with_marks(self.kept, self.plan)

    def _good(self, line: str) -> bool:
        if not 6 <= len(line) <= LONGEST or said_in(line, [*self.said, *self.kept]):
            return False
        return self.bench.supports(line) and (self.plan.shape != "swot" or self._on_this_side(line))

    def _on_this_side(self, line: str) -> bool:
        """Whether a SWOT line belongs here: it or its evidence says a cue, and its evidence carries no other side."""
        carried = self.bench.evidence.find(line)
        if self.taken & set(carried):
            return False
        return any(cue in text for cue in self.plan.cues for text in (line, *(found.text for found in carried)))


def write_list(
    bench: Workbench,
    plan: SectionPlan,
    context: SectionContext,
    earlier: list[Section],
    said: list[str],
    cancel: CancelFlag,
) -> Iterator[DraftEvent | Section]:
    """Events while the list is written, and the section at the end.

    Args:
        earlier: the sections before, for what already carries another side of a SWOT.
        said: lines that must not be said again.
    """
    taken = frozenset(evidence for section in earlier for item in section.items for evidence in item.evidence)
    lines = _Lines(bench, plan, [*said, plan.instructions], taken if plan.id != "ideas" else frozenset())
    opening = context.opening + with_marks([""], plan)
    yield SectionStarted(plan.id)
    yield SectionText(plan.id, opening)
    raw, reason = "", "end"
    prompt = section_prompt(bench.task, plan, bench.document, replace(context, opening=opening))
    sampling = Sampling(seed=bench.seed, max_tokens=plan.lines[1] * _TOKENS_A_LINE, stop=_STOPS)
    for piece in bench.ask(prompt, sampling, cancel):
        if isinstance(piece, Finished):
            reason = piece.reason
        else:
            raw += piece
            yield SectionText(plan.id, piece)
    lines.offer(item_lines(raw, plan, finished=reason != "length", nouns=bench.nouns))
    if lines.missing:
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, context.opening + lines.text)
        yield from _line_by_line(lines, cancel)
    if lines.missing:
        lines.kept += _copied(lines)
        yield Notice(f"'{plan.title}' 부분은 모델이 다 쓰지 못해 자료의 문장으로 채웠습니다.")
    yield list_section(plan, context.opening + lines.text, bench.evidence)


def list_section(plan: SectionPlan, text: str, index: EvidenceIndex) -> Section:
    """The section of a list's text."""
    items = swot_items(text, index) if plan.shape == "swot" else ()
    found = dict.fromkeys(evidence for line in text.splitlines() for evidence in index.find(_bare(line)))
    return Section(plan.id, plan.title, text, "model", tuple(found), items, heading=plan.heading)


def swot_items(text: str, index: EvidenceIndex) -> tuple[SwotItem, ...]:
    """The lines of a SWOT section with what carries them."""
    bare = [_bare(line) for line in text.splitlines() if _bare(line)]
    return tuple(SwotItem(line, index.find(line), not index.find(line)) for line in bare)


def _bare(line: str) -> str:
    return line.strip().lstrip("ㅇ○□-· ").strip()


def _line_by_line(lines: _Lines, cancel: CancelFlag) -> Generator[DraftEvent, None, None]:
    """Ask for the missing lines one at a time, each from the sentence that suits the section best."""
    bench, plan = lines.bench, lines.plan
    tries = 2 * lines.missing
    for sentence in rank_sentences(bench.sentences, plan.cues):
        if not lines.missing or not tries:
            return
        if not 20 <= len(sentence) <= 400 or said_in(sentence, [*lines.said, *lines.kept]):
            continue
        if plan.shape == "swot" and lines.taken & set(bench.evidence.find(sentence)):
            continue
        tries -= 1
        sampling = Sampling(temperature=0.2, seed=bench.seed, max_tokens=70, stop=("\n", "문장:"))
        pieces = bench.ask(line_prompt(plan, sentence), sampling, cancel)
        raw = "".join(piece for piece in pieces if not isinstance(piece, Finished))
        own = bigrams(sentence)
        before = len(lines.kept)
        for line in item_lines(raw, plan, finished=True, nouns=bench.nouns)[:1]:
            pairs = bigrams(line)
            if pairs and len(pairs & own) / len(pairs) >= _FAITHFUL:
                lines.offer([line])
        if len(lines.kept) > before:
            yield SectionText(plan.id, ("\n" if before else "") + with_marks(lines.kept, plan).splitlines()[-1])


def _copied(lines: _Lines) -> list[str]:
    """Sentences of the sources as they stand, best suited first, for what the model could not word."""
    bench, wanted = lines.bench, lines.missing
    chosen: list[str] = []
    for sentence in rank_sentences(bench.sentences, lines.plan.cues):
        line = to_outline(sentence) if bench.nouns else sentence
        if 12 <= len(line) <= 2 * LONGEST and not said_in(line, [*lines.said, *lines.kept, *chosen]):
            chosen.append(line)
        if len(chosen) == wanted:
            break
    return chosen if chosen or lines.kept else [MISSING]
