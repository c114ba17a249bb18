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
from biseo.drafting.prompts import SectionContext, line_prompt, section_prompt
from biseo.drafting.wording import item_lines, said_in, with_marks
from biseo.events import DraftEvent, Notice, Progress, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.noun_endings import split_clauses, to_outline, to_polite, to_request
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs
from biseo_models.engine import CancelFlag, Finished, Sampling

CONDENSED = 64
"""Characters of a line the model made from the whole document; what is longer was copied rather than condensed."""

LONGEST = 95
"""Characters of a line made from a single sentence."""

_TOKENS_A_LINE = 60
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴", "\n\n")
NOTHING_FOUND = f"자료에서 찾지 못함 {MISSING}"

_ABOUT_ITSELF = re.compile(r"^자료(?:에|를|의|는|에서) |작성 정보|\?$|하세요|쓰세요")
"""A line that speaks of the task instead of doing it."""

_FAITHFUL = 0.5
"""Share of a condensed line's syllable pairs that must come from its sentence."""


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
    lines = _Lines(bench, plan, [*said, *new_to, plan.instructions], taken)
    opening = context.opening + with_marks([""], plan)
    yield SectionStarted(plan.id)
    yield SectionText(plan.id, opening)
    raw, reason = "", "end"
    prompt = section_prompt(bench.task, plan, bench.document, replace(context, opening=opening))
    sampling = Sampling(seed=bench.seed, max_tokens=plan.lines[1] * _TOKENS_A_LINE, stop=_STOPS)
    for piece in bench.ask(prompt, sampling, cancel):
        if isinstance(piece, Finished):
            reason = piece.reason
        elif isinstance(piece, Progress):
            yield piece
        else:
            raw += piece
            yield SectionText(plan.id, piece)
    lines.offer(item_lines(raw, plan, finished=reason != "length", nouns=bench.nouns), CONDENSED)
    if lines.missing:
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, context.opening + lines.text)
        yield from _answers(lines, answered, cancel) if plan.answers else _line_by_line(lines, cancel)
    if not lines.kept:
        lines.kept = [NOTHING_FOUND]
    yield list_section(plan, context.opening + lines.text, bench.evidence)


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
        asked = _asked(bench, plan, note.text, cancel)
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
    condensed = [line for line in _condensed(bench, plan, sentence, cancel) if bench.supports(line)] if sentence else []
    line = to_request((condensed or [sentence or MISSING])[0])
    text = f"{context.opening}{line}{plan.closing}"
    yield SectionText(plan.id, text)
    yield Section(plan.id, plan.title, text, "model", bench.evidence.find(line), heading=plan.heading)


def _says_the_same(line: str, note: str) -> bool:
    one, other = pairs(line), pairs(note)
    return len(one & other) >= 0.6 * len(other) and len(line) <= 2 * len(note) + 20


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

    A clause that the model does not condense well is taken as it stands.
    """
    bench, plan = lines.bench, lines.plan
    clauses = [clause for sentence in bench.sentences for clause in split_clauses(sentence)]
    copied = 0
    for clause in rank_sentences(clauses, plan.cues):
        if not lines.missing:
            break
        if not 15 <= len(clause) <= 400 or said_in(clause, [*lines.said, *lines.kept]):
            continue
        first = not lines.kept
        if not lines.offer(_condensed(bench, plan, clause, cancel)):
            if not lines.offer([to_outline(clause) if bench.nouns else clause]):
                continue
            copied += 1
        yield SectionText(plan.id, ("" if first else "\n") + with_marks(lines.kept, plan).splitlines()[-1])
    if copied:
        yield Notice(f"'{plan.title}' 부분의 {copied}줄은 자료의 표현을 그대로 옮겼습니다.")


def _answers(lines: _Lines, answered: list[str], cancel: CancelFlag) -> Generator[DraftEvent, None, None]:
    """Ask for one way to deal with each of the lines of other sections, until there are enough."""
    for line in answered:
        if not lines.missing:
            return
        first = not lines.kept
        if lines.offer(_asked(lines.bench, lines.plan, line, cancel)):
            yield SectionText(lines.plan.id, ("" if first else "\n") + with_marks(lines.kept[-1:], lines.plan))


def _condensed(bench: Workbench, plan: SectionPlan, clause: str, cancel: CancelFlag) -> list[str]:
    """The clause in a short line of the model's, or nothing when it says something else."""
    own = pairs(clause)
    lines = _asked(bench, plan, clause, cancel)
    return [line for line in lines if len(pairs(line) & own) >= _FAITHFUL * max(1, len(pairs(line)))]


def _asked(bench: Workbench, plan: SectionPlan, sentence: str, cancel: CancelFlag) -> list[str]:
    sampling = Sampling(temperature=0.2, seed=bench.seed, max_tokens=60, stop=("\n", "문장:", "과제:"))
    pieces = bench.ask(line_prompt(plan, sentence), sampling, cancel)
    raw = "".join(piece for piece in pieces if isinstance(piece, str))
    return item_lines(raw, plan, finished=True, nouns=bench.nouns)[:1]
