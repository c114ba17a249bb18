"""Sections that are lists: asked of the model as a whole, then line by line from single sentences of the sources."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.language import check_language
from biseo.document import Evidence, Section, SwotItem
from biseo.drafting.bench import Workbench, rank_sentences
from biseo.drafting.form import MISSING
from biseo.drafting.one_line import ask_line, condense_clause
from biseo.drafting.prompts import SectionContext, section_prompt
from biseo.drafting.wording import as_idea, item_lines, outline, said_in, with_marks
from biseo.events import DraftEvent, Progress, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.noun_endings import split_clauses
from biseo_models.engine import CancelFlag, Finished, Sampling

CONDENSED = 64
"""Characters of a line the model made from the whole document; what is longer was copied rather than condensed."""

LONGEST = 95
"""Characters of a line made from a single sentence."""

COPIED = 120
"""Characters of a line at which the answer is given up: the model copies the document, and would go on to."""

_TOKENS_A_LINE = 60
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴", "\n\n")
NOTHING_FOUND = f"자료에서 찾지 못함 {MISSING}"

_ABOUT_ITSELF = re.compile(
    r"^자료(?:에|를|의|는|에서) |작성 정보|해당하는 내용|\?$|하세요|쓰세요|알려 ?[주줘]|자세히 설명"
)
"""A line that speaks of the task instead of doing it."""


@dataclass
class _Lines:
    """The lines that have been kept, and what they must not repeat."""

    bench: Workbench
    plan: SectionPlan
    said: list[str]
    taken: frozenset[Evidence]
    kept: list[str] = field(default_factory=list)

    def offer(self, lines: Iterable[str], longest: int = LONGEST) -> bool:
        """Keep those of the lines that are short, supported and new; tells whether there was one."""
        before = len(self.kept)
        for line in lines:
            if len(self.kept) < self.plan.lines[1] and len(line) <= longest and self._good(line):
                self.kept.append(line)
        return len(self.kept) > before

    @property
    def missing(self) -> int:
        return max(0, self.plan.lines[0] - len(self.kept))

    @property
    def text(self) -> str:
        return with_marks(self.kept, self.plan)

    def _good(self, line: str) -> bool:
        if len(line) < 6 or _ABOUT_ITSELF.search(line) or said_in(line, [*self.said, *self.kept]):
            return False
        if check_language(line, self.bench.scripts, items=True):
            return False
        return self.bench.supports(line) and (bool(self.plan.answers) or self._belongs(line))

    def _belongs(self, line: str) -> bool:
        """Whether the sources carry a line, and it or what carries it says a cue of the section."""
        carried = self.bench.evidence.find(line)
        if not carried or self.taken & set(carried):
            return False
        if not self.plan.cues:
            return True
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
        earlier: the sections before, for what already carries the opposite side of a SWOT.
        said: lines that must not be said again.
    """
    opposite = [section for section in earlier if section.id == plan.opposite]
    taken = frozenset(evidence for section in opposite for item in section.items for evidence in item.evidence)
    answered = [item.text for section in earlier if section.id in plan.answers for item in section.items]
    new_to = bench.sentences if plan.answers else ()
    lines = _Lines(bench, plan, [*said, *answered, *new_to, plan.instructions], taken)
    opening = context.opening + with_marks([""], plan)
    yield SectionStarted(plan.id)
    yield SectionText(plan.id, opening)
    raw, reason = "", "end"
    prompt = section_prompt(bench.task, plan, bench.document, replace(context, opening=opening))
    sampling = Sampling(seed=bench.seed, max_tokens=plan.lines[1] * _TOKENS_A_LINE, max_line=COPIED, stop=_STOPS)
    for piece in bench.ask(prompt, sampling, cancel):
        if isinstance(piece, Finished):
            reason = piece.reason
        elif isinstance(piece, Progress):
            yield piece
        else:
            raw += piece
            yield SectionText(plan.id, piece)
    lines.offer(item_lines(raw, plan, finished=reason in ("end", "stop"), nouns=bench.nouns), CONDENSED)
    if lines.missing:
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, context.opening + lines.text)
        yield from _answers(lines, answered, cancel) if plan.answers else _line_by_line(lines, cancel)
    if not lines.kept:
        lines.kept = [NOTHING_FOUND]
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
    """Ask for the missing lines one at a time, each from a clause of the sources that suits the section.

    A clause that is short enough needs no model, and one that the model does not condense well is taken as it stands.
    """
    bench, plan = lines.bench, lines.plan
    clauses = [clause for sentence in bench.sentences for clause in split_clauses(sentence)]
    for clause in rank_sentences(clauses, plan.cues):
        if not lines.missing:
            break
        if not 15 <= len(clause) <= 400 or said_in(clause, [*lines.said, *lines.kept]):
            continue
        first = not lines.kept
        short = outline(clause, plan) if bench.nouns else clause
        if not (len(short) > CONDENSED and lines.offer(condense_clause(bench, plan, short, cancel))):
            if not lines.offer([short]):
                continue
            if plan.title not in bench.filled:
                bench.filled.append(plan.title)
        yield SectionText(plan.id, ("" if first else "\n") + with_marks(lines.kept, plan).splitlines()[-1])


def _answers(lines: _Lines, answered: list[str], cancel: CancelFlag) -> Generator[DraftEvent, None, None]:
    """Ask for one way to deal with each of the lines of other sections, until there are enough."""
    for line in answered:
        if not lines.missing:
            return
        first = not lines.kept
        if lines.offer(map(as_idea, ask_line(lines.bench, lines.plan, line, cancel)), CONDENSED):
            yield SectionText(lines.plan.id, ("" if first else "\n") + with_marks(lines.kept[-1:], lines.plan))
