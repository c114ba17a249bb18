"""Sections that are lists: asked of the model as a whole, then line by line from single sentences of the sources."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.language import check_language
from biseo.document import MISSING, Evidence, Section, SwotItem
from biseo.drafting.asking import Answer, Question
from biseo.drafting.bench import LONGEST_SENTENCE, Workbench, rank_sentences
from biseo.drafting.considerations import considerations, ideas_for
from biseo.drafting.ideas import bare_idea, ideas_by_rule, stands
from biseo.drafting.one_line import answer_lines, condensed, line_question
from biseo.drafting.prompts import section_prompt
from biseo.drafting.quadrants import QUADRANTS, quadrant_of
from biseo.drafting.required import Required, spare_lines
from biseo.drafting.wording import as_idea, breaks_off, item_lines, names_speaker, said_in, with_marks
from biseo.drafting.writer import SectionWriter
from biseo.events import DraftEvent, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.noun_endings import split_clauses
from biseo.text.reporting import quoted_statements, quotes
from biseo.text.similarity import pairs
from biseo_models.engine import CancelFlag, Sampling

CONDENSED = 64
"""Characters of a line the model made from the whole document; what is longer was copied rather than condensed."""

LONGEST = 95
"""Characters of a line made from a single sentence."""

COPIED = 120
"""Characters of a line at which the answer is given up: the model copies the document, and would go on to."""

SIDE_BY_SIDE = 4
"""Most lines that are asked for at once: one more than are missing, as not every answer is good."""

SAME_SOURCE = 0.5
"""Share of a line's syllable pairs from which on it repeats a line that the same passage carries."""

_TOKENS_A_LINE = 60
_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[이미 쓴", "\n\n")
_GOOD_QUADRANTS = ("strengths", "opportunities")
NOTHING_FOUND = f"자료에서 찾지 못함 {MISSING}"

_ABOUT_ITSELF = re.compile(
    r"^자료(?:에|를|의|는|에서) |작성 정보|해당하는 내용|\?$|하세요|쓰세요|알려 ?[주줘]|자세히 설명"
)
"""A line that speaks of the task instead of doing it."""


@dataclass
class _Lines:
    """The lines that have been kept, and what they must not repeat.

    Attributes:
        said: lines that must not be said again.
        taken: passages that must not carry a line: they carry the opposite side of a SWOT.
        elsewhere: items of the other sections of a SWOT.
        answered: lines that the lines are to be ways for; empty where the section is no such list.
        reserved: sentences of the sources that other sections need more.
    """

    bench: Workbench
    plan: SectionPlan
    said: list[str]
    taken: frozenset[Evidence] = frozenset()
    elsewhere: tuple[SwotItem, ...] = ()
    answered: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    kept: list[str] = field(default_factory=list)

    def offer(self, lines: Iterable[str], longest: int = LONGEST) -> bool:
        """Keep those of the lines that are short, supported and new; tells whether there was one.

        Lines from passages that another section of a SWOT draws on come last, and only while lines are missing.
        """
        put = False
        drawn = {line: self._drawn_elsewhere(line) for line in lines if len(line) <= longest}
        for line in sorted(drawn, key=drawn.__getitem__):
            most = self.plan.lines[0] if drawn[line] else self.plan.lines[1]
            if len(self.kept) < most and self._good(line):
                self._put(line)
                put = True
        return put

    def require(self, one: Required) -> bool:
        """Put a sentence that the section must say in the place of a line that says less, or behind the last one."""
        whole = self.bench.as_item(one.sentence)
        parts = [whole] if len(whole) <= LONGEST else [self.bench.as_item(part) for part in split_clauses(one.sentence)]
        put = False
        for line in parts:
            if names_speaker(line):
                continue
            if len(self.kept) < self.plan.lines[1] + spare_lines(self.plan) or any(
                _says_less(kept, line) for kept in self.kept
            ):
                self._put(line)
                put = True
        return put

    def consider(self) -> None:
        """Add what is commonly asked of such a project while lines are missing."""
        for each in considerations(self.bench.statements, self.plan.id):
            if self.missing and not said_in(each.line, [*self.said, *self.kept]):
                self.kept.append(each.line)
                self.bench.guess(self.plan.title)

    def _put(self, line: str) -> None:
        """Keep a line, in the place of one that says less if there is one."""
        poorer = next((place for place, kept in enumerate(self.kept) if _says_less(kept, line)), len(self.kept))
        self.kept[poorer : poorer + 1] = [line]

    @property
    def missing(self) -> int:
        return max(0, self.plan.lines[0] - len(self.kept))

    @property
    def text(self) -> str:
        return with_marks(self.kept, self.plan)

    @property
    def last(self) -> str:
        """The last line with its mark, as it goes on behind the others."""
        return ("\n" if len(self.kept) > 1 else "") + self.text.splitlines()[-1]

    def _good(self, line: str) -> bool:
        if len(line) < 6 or _ABOUT_ITSELF.search(line) or breaks_off(line) or names_speaker(line):
            return False
        if self.plan.answers and not stands(line, self.answered):
            return False
        if self.plan.id in QUADRANTS and not self._in_its_quadrant(line):
            return False
        if said_in(line, [*self.said, *self.kept]) or check_language(line, self.bench.scripts, items=True):
            return False
        if self._says_its_numbers(line):
            return False
        return self.bench.supports(line) and (bool(self.plan.answers) or self._belongs(line))

    def _in_its_quadrant(self, line: str) -> bool:
        """Whether a line may stand in its quadrant; a figure that words do not judge is not left to the model."""
        quadrant = self.bench.quadrant(line)
        if not quadrant and not any(character.isdigit() for character in line):
            return self.plan.id in _GOOD_QUADRANTS  # what is neither good nor bad is no weakness
        return (quadrant or self.bench.quadrant(line, unjudged=True)) == self.plan.id

    def _says_its_numbers(self, line: str) -> bool:
        """Whether another line says the numbers of this one of the same thing in fewer words."""
        own = Required(line, 0)
        return bool(own.facts) and any(own.said_in([other]) for other in (*self.said, *self.kept))

    def _belongs(self, line: str) -> bool:
        """Whether the sources carry a line, and it or what carries it says a cue of the section."""
        carried = self.bench.evidence.find(line)
        if not carried or self.taken & set(carried) or self._repeats_elsewhere(line, carried):
            return False
        if any(word in line for word in self.plan.against):
            return False
        if not self.plan.cues or not self.plan.cues_only or quadrant_of(line) == self.plan.id:
            return True
        return any(cue in text for cue in self.plan.cues for text in (line, *(found.text for found in carried)))

    def _drawn_elsewhere(self, line: str) -> bool:
        if not self.elsewhere:
            return False
        used = {evidence for item in self.elsewhere for evidence in item.evidence}
        carried = self.bench.evidence.find(line)
        return bool(carried) and used.issuperset(carried)

    def _repeats_elsewhere(self, line: str, carried: tuple[Evidence, ...]) -> bool:
        """Whether another section of a SWOT says nearly the same of the same passage."""
        own = pairs(line)
        return any(
            len(own & pairs(item.text)) >= SAME_SOURCE * len(own)
            for item in self.elsewhere
            if not set(carried).isdisjoint(item.evidence)
        )


def _says_less(line: str, other: str) -> bool:
    """Whether another line says this one, and its numbers with it."""
    own = Required(line, 0)
    return said_in(line, [other]) or (bool(own.facts) and own.said_in([other]))


@dataclass(frozen=True)
class ListWriter(SectionWriter):
    """A list: what can stand of the answer to the whole, then what is missing line by line.

    Attributes:
        reserved: sentences of the sources that other sections need more.
    """

    reserved: frozenset[str] = frozenset()

    @property
    def opening(self) -> str:
        return self.context.opening + with_marks([""], self.plan)

    def questions(self) -> list[Question]:
        bench, plan = self.bench, self.plan
        prompt = section_prompt(bench.task, plan, bench.document, replace(self.context, opening=self.opening))
        length = plan.lines[1] * _TOKENS_A_LINE
        sampling = Sampling(seed=bench.seed, max_tokens=length, max_line=COPIED, stop=_STOPS)
        return [Question(prompt, sampling, list_grammar(plan))]

    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        bench, plan, heading = self.bench, self.plan, self.context.opening
        opposite = [item for section in others if section.id == plan.opposite for item in section.items]
        items = [item for section in others if section.id in plan.answers for item in section.items]
        answered = [item.text for item in items if item.evidence]
        new_to = bench.statements if plan.answers else ()
        lines = _Lines(
            bench,
            plan,
            [*said, *answered, *new_to, plan.instructions],
            frozenset(evidence for item in opposite for evidence in item.evidence),
            () if plan.answers else tuple(item for section in others for item in section.items),
            tuple(answered),
            self.reserved,
        )
        for answer in answers:
            lines.offer(item_lines(answer.text, finished=answer.complete, as_item=bench.as_item), CONDENSED)
        for one in self.lacking(lines.text, others):
            if lines.require(one):
                bench.fill(plan.title)
        if lines.missing:
            yield SectionStarted(plan.id)
            yield SectionText(plan.id, heading + lines.text)
            yield from _answers(lines, answered, cancel) if plan.answers else _line_by_line(lines, cancel)
        if plan.answers and lines.missing:
            answers_to = {section.id: section.items for section in others if section.id in plan.answers}
            lines.kept += list(_ideas(plan, answers_to))[: lines.missing]
            bench.fill(plan.title)
        if plan.id in QUADRANTS and lines.missing:
            lines.consider()
        if not lines.kept and not plan.optional:
            lines.kept = [NOTHING_FOUND]
        return list_section(plan, heading + lines.text, bench.evidence)


def _ideas(plan: SectionPlan, items: Mapping[str, Sequence[SwotItem]]) -> Iterator[str]:
    """Ideas by rule: for what the sources tell first, then for what is only guessed."""
    told = {name: [item.text for item in items.get(name, ()) if item.evidence] for name in plan.answers}
    guessed = [item.text for name in plan.answers for item in items.get(name, ()) if not item.evidence]
    yield from ideas_by_rule({name: lines for name, lines in told.items() if name != "opportunities"})
    yield from ideas_for(guessed)
    yield from ideas_by_rule({"opportunities": told.get("opportunities", [])})


def list_grammar(plan: SectionPlan) -> str:
    """GBNF of a list behind its first mark: every further line begins with the mark, and there are not too many."""
    mark = plan.marks[0] if plan.marks else "ㅇ"
    return f'root ::= line ("\\n{mark} " line){{0,{plan.lines[1] - 1}}} "\\n"?\nline ::= [^\\n]+'


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
    """Make the missing lines from clauses of the sources that suit the section, the most suitable first.

    A clause that is short enough needs no model, and one that the model does not condense well is taken as it stands.
    """
    clauses = _clauses(lines)
    while lines.missing:
        asked: list[str] = []
        for short in clauses:
            if asked or len(short) > CONDENSED:
                asked.append(short)
            elif _taken_whole(lines, short):
                yield SectionText(lines.plan.id, lines.last)
            if not lines.missing or len(asked) >= _at_once(lines):
                break
        if not asked:
            return
        for short, candidates in zip(asked, _condensed(lines, asked, cancel), strict=True):
            if lines.missing and (lines.offer(candidates) or _taken_whole(lines, short)):
                yield SectionText(lines.plan.id, lines.last)


def _clauses(lines: _Lines) -> Iterator[str]:
    """Clauses of the sources that suit the section and are not said yet when their turn comes."""
    bench, plan = lines.bench, lines.plan
    free = [sentence for sentence in bench.statements if sentence not in lines.reserved]
    clauses = [clause for sentence in free for clause in _parts(bench, sentence)]
    ranked = rank_sentences(clauses, plan.cues, plan.cues_only)
    if plan.id in QUADRANTS:
        ranked += [clause for clause in clauses if clause not in ranked and quadrant_of(clause) == plan.id]
    for clause in ranked:
        if 15 <= len(clause) <= LONGEST_SENTENCE and not said_in(clause, [*lines.said, *lines.kept]):
            yield bench.as_item(clause)


def _parts(bench: Workbench, sentence: str) -> list[str]:
    """The clauses of a sentence; where the document names no speakers, of what they stated instead."""
    if bench.task.attributed or not quotes(sentence):
        return split_clauses(sentence)
    return [clause for words in quoted_statements(sentence) for clause in split_clauses(words)]


def _condensed(lines: _Lines, clauses: Sequence[str], cancel: CancelFlag) -> list[list[str]]:
    """For each clause what the model makes of it; nothing for those that need no model."""
    bench, plan = lines.bench, lines.plan
    long = [clause for clause in clauses if len(clause) > CONDENSED]
    answers = bench.model.answers([line_question(bench, plan, clause) for clause in long], cancel)
    made = {clause: condensed(bench, plan, clause, answer) for clause, answer in zip(long, answers, strict=True)}
    return [made.get(clause, []) for clause in clauses]


def _taken_whole(lines: _Lines, clause: str) -> bool:
    if not lines.offer([clause]):
        return False
    lines.bench.fill(lines.plan.title)
    return True


def _answers(lines: _Lines, answered: list[str], cancel: CancelFlag) -> Generator[DraftEvent, None, None]:
    """Ask for ways to deal with the lines of other sections, until there are enough."""
    bench, plan = lines.bench, lines.plan
    waiting = iter(answered)
    while lines.missing:
        asked = list(islice(waiting, SIDE_BY_SIDE))
        if not asked:
            return
        for answer in bench.model.answers([line_question(bench, plan, line) for line in asked], cancel):
            ideas = (bare_idea(as_idea(line)) for line in answer_lines(bench, plan, answer))
            if lines.missing and lines.offer(ideas, CONDENSED):
                yield SectionText(plan.id, lines.last)


def _at_once(lines: _Lines) -> int:
    return min(SIDE_BY_SIDE, lines.missing + 1)
