"""From a request to a draft: the rules write what they can, the model words the rest, all of it is checked."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from biseo.checks.evidence import EvidenceIndex, carried_sentences, source_names
from biseo.checks.facts import FactBase, check_arithmetic, check_facts, draft_conflicts
from biseo.checks.form import check_draft_form, check_section_form
from biseo.checks.language import check_language
from biseo.checks.organisations import check_organisations
from biseo.checks.privacy import find_personal
from biseo.checks.source_doubts import source_doubts
from biseo.checks.style import check_style, style_profile
from biseo.document import Document, Draft, Finding, Passage, Section
from biseo.drafting.asking import Answer, Asker, Question, Words
from biseo.drafting.assemble import assemble
from biseo.drafting.bench import Workbench, statements_of
from biseo.drafting.complaint import complaint_section
from biseo.drafting.coverage import coverage_of
from biseo.drafting.digest.by_model import Digests, MemoryDigests
from biseo.drafting.digest.lines import Line, lines_of
from biseo.drafting.digest.reading import Digested, LongSources, digest_sources
from biseo.drafting.form import FilledForm, rows_section, table_section, text_section
from biseo.drafting.house_style import in_house_style
from biseo.drafting.letter import letter_section
from biseo.drafting.letter_body import LetterWords, ParticularsWriter, opening_section
from biseo.drafting.lists import ListWriter, list_section
from biseo.drafting.one_line import NotesWriter
from biseo.drafting.prompts import SectionContext, document_text
from biseo.drafting.prose import ParagraphsWriter, TitleWriter
from biseo.drafting.quadrants import QUADRANTS, headings_above, quadrant_of
from biseo.drafting.request import DraftRequest, How
from biseo.drafting.required import Required, needs, share_out
from biseo.drafting.room import check_room, measure_sources, still_too_long
from biseo.drafting.rule_tables import issues_section, meeting_section
from biseo.drafting.rules import MOST_FIGURES, figures_in, figures_section, quotation_section
from biseo.drafting.sources import ReadSource, named_texts, read_source
from biseo.drafting.wording import shortened, unmarked
from biseo.drafting.writer import SectionWriter
from biseo.errors import UsageError
from biseo.events import (
    Drafted,
    DraftEvent,
    Notice,
    Planned,
    Progress,
    SectionFinished,
    SectionStarted,
    SectionText,
)
from biseo.tasks.definition import SectionPlan
from biseo.text.sentences import split_sentences
from biseo.text.surface import number_literals
from biseo_models.engine import CancelFlag, Engine, Guard

MANY_PASSAGES = 2000
"""Sentences of sources from which on looking for their faults takes long enough to be told."""

MOST_DOUBTS = 3
"""Faults told of one source; a table that does not add up has many."""
LONGEST_NAMED = 30
"""Characters of a sentence that a notice names."""

LONG = "자료가 길어({length}) 모두 읽고 중요한 문장을 자료의 말 그대로 골라 초안을 씁니다."
_READING: dict[str, How] = {"모든 부분": "all", "규칙으로만": "rule"}
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")

LIST_SHAPES = ("items", "swot", "notes", "particulars")
RULE_TABLES = ("facts", "issues", "meeting")
"""Tables whose rows are the sources' words, with the page in the last column."""
VERBATIM_SHAPES = ("facts", "quotation", "issues", "meeting")
"""Sections that repeat the sources word for word: their style is not ours."""

BARRED = '*#`_<>|{}\\“”"^='
"""Marks of Markdown and markup, and double quotation marks: a person's words come verbatim from a rule or the form."""


class Case:
    """A request made ready: its form filled, its sources read, what the rules write written. No model is needed.

    Args:
        request: what the official asked for.

    Raises:
        UsageError: the form does not fit the task, or a source is missing.
    """

    def __init__(self, request: DraftRequest) -> None:
        if request.task.needs_source and not request.sources:
            raise UsageError(
                "no-source", f"'{request.task.title}' 작업에는 자료가 필요합니다.", "자료 파일을 하나 이상 넣어 주세요."
            )
        self.request = request
        self.form = FilledForm(request.task, request.form)
        names = source_names(request.sources)
        self.sources: list[ReadSource] = [read_source(*each) for each in zip(request.sources, names, strict=True)]
        self.passages: list[Passage] = [passage for source in self.sources for passage in source.passages]
        self.evidence = EvidenceIndex(self.passages)
        self.sentences = tuple(
            unmarked(span.text)
            for source in self.sources
            for span in split_sentences(source.text)
            if "|" not in span.text
        )
        self.plans = [self.form.sized(plan) for plan in request.task.sections if self.form.applies(plan)]
        self.ruled = {plan.id: self._by_rule(plan) for plan in self.plans if plan.origin != "model"}
        given = (*self.form.given(), *(section.text for section in self.ruled.values()))
        self.base = FactBase(request.sources, given)
        self.known = (*given, *(document.text for document in request.sources))
        self.digested: Digested | None = None
        self.scripts = "".join(sorted({c for document in request.sources for c in document.text if c > "\u024f"}))

    def take(self, digested: Digested) -> None:
        """The sources are longer than the model holds: from now on the rules, too, draw on what was kept of them."""
        self.digested = digested
        self.sentences = digested.sentences
        for plan in self.plans:
            if plan.shape == "facts":  # those of the first pages would be all there is
                kept = [
                    Passage(one.source, one.page, one.text) for one in digested.spread(plan.lines[1] or MOST_FIGURES)
                ]
                self.ruled[plan.id] = figures_section(plan, kept, figures_in(self.ruled[plan.id]), 1)
        for name in ("required", "headings"):
            self.__dict__.pop(name, None)

    @cached_property
    def required(self) -> dict[str, tuple[Required, ...]]:
        """What each section must say."""
        return share_out(statements_of(self.sentences), self.plans, self.headings)

    @cached_property
    def headings(self) -> dict[str, str]:
        """The heading of the sources above each statement."""
        statements = statements_of(self.sentences)
        return dict(zip(statements, headings_above(statements), strict=True))

    @property
    def unjudged(self) -> list[str]:
        """What an analysis must say of which words do not tell whether it is good or bad."""
        quadrants = [plan.id for plan in self.plans if plan.id in QUADRANTS]
        ones = [one.sentence for name in quadrants for one in self.required.get(name, ())]
        return [sentence for sentence in ones if not quadrant_of(sentence, self.headings.get(sentence, ""))]

    @property
    def reserved(self) -> dict[str, frozenset[str]]:
        """The sentences that no section but the one may be filled up with."""
        return {
            plan.id: frozenset(one.sentence for one in needed)
            for plan in self.plans
            if (needed := needs(plan, self.required.get(plan.id, ()), self.headings))
        }

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of the sources with its place."""
        return lines_of(self.sources, self.request.sources)

    def review(self, section: Section) -> SectionFinished:
        """The section with its evidence found again, and what is to be looked at in it."""
        if section.origin == "model":
            section = self._with_evidence(section)
        plan = next((plan for plan in self.plans if plan.id == section.id), None)
        items = plan is not None and plan.shape in LIST_SHAPES
        bare = plan is not None and plan.part is not None  # head and foot of a letter are no sentences
        facts = check_facts(section.text, self.base, section.id)
        if plan is not None and plan.shape in RULE_TABLES:
            facts = tuple(finding for finding in facts if not self._as_it_stands(section.text, finding))
        findings = (
            *facts,
            *check_arithmetic(section.text, section.id),
            *check_organisations(section.text, self.known, section.id),
            *(() if section.rows or bare else check_language(section.text, self.scripts, section.id, items=items)),
            *self._style_and_form(section),
            *find_personal(section.text, section.id),
        )
        return SectionFinished(section, tuple(sorted(findings, key=lambda finding: finding.start)))

    def _as_it_stands(self, table: str, finding: Finding) -> bool:
        """Whether a finding lies in a row that repeats the sources, or in its last cell, which names the page."""
        start = table.rfind("\n", 0, finding.start) + 1
        row = table[start:].partition("\n")[0]
        longest = max(row.split("\t"), key=len).strip("… ")
        return finding.start >= start + row.rfind("\t") or " ".join(longest.split()) in self._flat

    @cached_property
    def _flat(self) -> str:
        return "\n".join(" ".join(document.text.split()) for document in self.request.sources)

    def review_whole(self, draft: Draft) -> tuple[Finding, ...]:
        """What no section shows alone: missing parts, and what one section says otherwise than another one.

        Offsets refer to the section that a finding names.
        """
        return (*check_draft_form(draft), *draft_conflicts(draft, self.base))

    def _style_and_form(self, section: Section) -> tuple[Finding, ...]:
        """What is wrong in style and form; mere suggestions are left to the check of a finished text."""
        task = self.request.task
        plan = next((plan for plan in self.plans if plan.id == section.id), None)
        if plan is not None and plan.shape in VERBATIM_SHAPES:
            return ()
        tables = [(0, len(section.text))] if section.rows else []
        rest = "\n".join(ruled.text for ruled in self.ruled.values() if ruled.id != section.id)
        return (
            *check_style(section.text, style_profile(task.profile), tables=tables, section=section.id, hints=False),
            *check_section_form(task.id, section, rest),
        )

    @property
    def letter(self) -> LetterWords:
        """What the body of a letter is made of; only for a task that has an opening."""
        plans = self.request.task.sections
        opening = next(plan for plan in plans if plan.shape == "opening")
        notes = next((plan.field for plan in plans if plan.shape == "particulars"), "")
        lines = tuple(line for source in self.sources for line in source.text.splitlines())
        numbered = any(plan.part == "related" for plan in self.plans)
        return LetterWords(self.form, opening, notes, lines, numbered)

    def _with_evidence(self, section: Section) -> Section:
        plan = next((plan for plan in self.plans if plan.id == section.id), None)
        if plan is not None and plan.shape in LIST_SHAPES:
            section = list_section(plan, section.text, self.evidence)
        sentences = () if section.rows else carried_sentences(section.text, self.evidence)
        found = dict.fromkeys(each for sentence in sentences for each in sentence.evidence)
        return replace(section, evidence=tuple(found), sentences=sentences)

    def _by_rule(self, plan: SectionPlan) -> Section:
        match plan.shape:
            case "table":
                return table_section(plan, self.form)
            case "rows":
                return rows_section(plan, self.form)
            case "facts":
                return figures_section(plan, self.passages)
            case "issues":
                return issues_section(plan, self.lines)
            case "meeting":
                return meeting_section(plan, self.lines)
            case "letter":
                return letter_section(plan, self.form)
            case "opening":
                return opening_section(plan, self.letter)
            case "complaint":
                return complaint_section(plan, self.sentences)
            case "quotation":
                return quotation_section(plan, self.form.words(plan.field), self.passages)
            case _:
                return text_section(plan, self.form)


def write_draft(
    engine: Engine,
    request: DraftRequest,
    cancel: CancelFlag,
    digests: Digests | None = None,
    case: Case | None = None,
) -> Iterator[DraftEvent]:
    """Draft the whole document; the last event is `Drafted`.

    The first answers of all sections are written side by side, so their words come in turn; sections are finished in
    the order of the document.

    Args:
        digests: keeps what was made of long sources, so that stopped work goes on; as long as the call if None.
        case: the request made ready, where that was done already.

    Raises:
        UsageError: the form does not fit the task, or is too long for the model, or a source is missing.
        InputFileError: the sources are too long for the model even when condensed.
        ModelError: the model cannot be used, or its process died.
        Cancelled: the flag was set; what had been told stays valid.
    """
    began = time.monotonic()
    case = case or Case(request)
    for source in case.sources:
        yield from map(Notice, source.notices)
    if len(case.passages) > MANY_PASSAGES:
        yield Progress(0, 1, "자료의 숫자와 날짜 맞춰 보는 중")
    yield from _doubts(request)
    bench, used = yield from _set_up(engine, case, began, cancel, digests or MemoryDigests())
    yield Planned(tuple((plan.id, plan.title) for plan in case.plans), engine.info().context, used)
    done: list[SectionFinished] = []
    for event in _write(bench, case, case.plans, [], cancel):
        if isinstance(event, SectionFinished):
            done.append(event)
        yield event
    yield from _told(bench)
    yield from _left_empty(case, [finished.section for finished in done])
    yield from _unjudged(case)
    yield Progress(len(case.plans), len(case.plans), "마침")
    findings = [finding for finished in done for finding in finished.findings]
    draft = assemble(request, [finished.section for finished in done], findings)
    draft = replace(draft, findings=(*draft.findings, *case.review_whole(draft)))
    yield Drafted(draft, bench.model.account(), coverage_of(case.sources, draft.sections, case.digested))


def rewrite_sections(
    engine: Engine,
    request: DraftRequest,
    draft: Draft,
    section_ids: Collection[str],
    cancel: CancelFlag,
    digests: Digests | None = None,
) -> Iterator[DraftEvent]:
    """Write sections of a document again, or for the first time, side by side; nothing else changes.

    Each ends with its `SectionFinished`, in the order of the document; that of the last one is the last event.

    Args:
        draft: what is written already; sections that are to be written may be missing from it.
        digests: as for `write_draft`.

    Raises:
        UsageError: the document has no such section, or the form is too long for the model.
        InputFileError: the sources are too long for the model even when condensed.
        ModelError: the model cannot be used, or its process died.
        Cancelled: the flag was set.
    """
    began = time.monotonic()
    case = Case(request)
    plans = [plan for plan in case.plans if plan.id in section_ids]
    if not plans or len(plans) < len(set(section_ids)):
        raise UsageError("unknown-section", "초안에 그런 부분이 없습니다.", "다시 쓸 부분을 골라 주세요.")
    bench, _ = yield from _set_up(engine, case, began, cancel, digests or MemoryDigests())
    others = [section for section in draft.sections if section.id not in section_ids]
    for event in _write(bench, case, plans, others, cancel):
        if isinstance(event, SectionFinished):
            if event.section.id == plans[-1].id:
                yield from _told(bench)
            yield from _same_again(event.section, draft)
        yield event


def _same_again(section: Section, before: Draft) -> Iterator[Notice]:
    """Tell of a section that was written again and came out word for word as it stood."""
    if not any((old.id, old.text, old.rows) == (section.id, section.text, section.rows) for old in before.sections):
        return
    if section.origin == "model":
        advice = "자료나 작성 정보를 보태면 달라질 수 있습니다."
    else:
        advice = "적은 내용과 자료에서 그대로 옮기는 부분이라, 바꾸려면 직접 고쳐 주세요."
    yield Notice(f"'{section.title}' 부분을 다시 썼지만 앞의 글과 똑같습니다. {advice}")


def review_section(request: DraftRequest, section: Section) -> SectionFinished:
    """Evidence and findings of a section after the official changed it; no model is needed."""
    return Case(request).review(section)


def _set_up(
    engine: Engine, case: Case, began: float, cancel: CancelFlag, digests: Digests
) -> Generator[DraftEvent, None, tuple[Workbench, int]]:
    """The sources made to fit the model, and the tokens that will be used of its context."""
    notes, seed = case.form.notes(), case.request.seed
    document = document_text(named_texts(case.sources))
    size = measure_sources(engine, document, notes)
    check_room(engine, size, notes)
    if not size.fits:
        yield Notice(LONG.format(length=_length_of(case)))
        long = LongSources(
            case.sources,
            case.request.sources,
            dict(zip((source.name for source in case.sources), map(_stored_name, case.request.sources), strict=True)),
            frozenset(cue for plan in case.plans for cue in plan.cues),
            frozenset(_WORD.findall(case.form.words("focus"))),
            BARRED,
            _READING.get(case.form.words("reading"), case.request.reading),
        )
        for event in digest_sources(engine, long, size.room, digests, cancel):
            if isinstance(event, Digested):
                case.take(event)
                document = document_text(list(event.texts))
            else:
                yield event
        size = measure_sources(engine, document, notes)
        if not size.fits:
            raise still_too_long(engine, size)
    literals = number_literals("\n".join([notes, document]))
    model = Asker(engine, Guard(tuple(sorted(literals)), case.scripts, BARRED), began)
    if case.digested:
        model.stats = case.digested.stats
    bench = Workbench(
        model=model,
        task=case.request.task,
        document=document,
        base=case.base,
        known=case.known,
        given=case.form.given(),
        evidence=case.evidence,
        scripts=case.scripts,
        sentences=case.sentences,
        seed=seed,
        agency=case.form.words("agency"),
        release=case.form.words("release"),
    )
    return bench, engine.info().context - size.room + size.tokens


def _write(
    bench: Workbench, case: Case, plans: Sequence[SectionPlan], others: Sequence[Section], cancel: CancelFlag
) -> Iterator[DraftEvent]:
    """Events of writing these sections; every one ends with its `SectionFinished`, in their order.

    Args:
        others: sections of the draft that are written already.
    """
    written = list(others)
    reserved = case.reserved
    writers = {plan.id: _writer(bench, case, plan, reserved) for plan in plans if plan.id not in case.ruled}
    answers: dict[str, list[Answer]] | None = None
    for number, plan in enumerate(plans):
        ruled = case.ruled.get(plan.id)
        if ruled is not None:
            yield SectionStarted(plan.id)
            yield SectionText(plan.id, ruled.text)
            section = ruled
        else:
            if answers is None:
                yield Progress(number, len(plans), "초안 쓰는 중")
                answers = yield from _first_answers(bench, list(writers.values()), cancel)
            yield Progress(number, len(plans), f"{plan.title} 다듬는 중")
            worded = [section for section in written if section.origin == "model"]
            said = _said(case, plan, worded)
            section = yield from writers[plan.id].finish(answers[plan.id], worded, said, cancel)
            section = replace(section, text=in_house_style(section.text, bench.task.profile))
            if plan.lengths and plan.shape == "items":
                section = list_section(plan, shortened(section.text, plan.lines[1]), bench.evidence)
        finished = case.review(section)
        written.append(finished.section)
        yield finished


def _first_answers(
    bench: Workbench, writers: Sequence[SectionWriter], cancel: CancelFlag
) -> Generator[DraftEvent, None, dict[str, list[Answer]]]:
    """The answers to what every section asks first, by section; asked side by side."""
    asked: list[tuple[SectionWriter, Question]] = []
    for writer in writers:
        yield SectionStarted(writer.plan.id)
        if writer.opening:
            yield SectionText(writer.plan.id, writer.opening)
        asked += [(writer, question) for question in writer.questions()]
    answers: dict[int, Answer] = {}
    for event in bench.model.ask_all([question for _, question in asked], cancel):
        if isinstance(event, Words):
            writer = asked[event.index][0]
            if writer.streams:
                yield SectionText(writer.plan.id, event.text)
        elif isinstance(event, Answer):
            answers[event.index] = event
        else:
            yield event
    by_section: dict[str, list[Answer]] = {writer.plan.id: [] for writer in writers}
    for index, (writer, _) in enumerate(asked):
        by_section[writer.plan.id].append(answers[index])
    return by_section


def _said(case: Case, plan: SectionPlan, worded: Sequence[Section]) -> list[str]:
    """Sentences of other sections that a section must not say again."""
    titles = {other.id for other in case.plans if other.shape == "title"}
    # A lead may say what the headline says; a subtitle may not.
    repeatable = frozenset[str]() if plan.shape == "title" else titles
    said = [span.text for section in worded if section.id not in repeatable for span in split_sentences(section.text)]
    return said + [case.ruled[other.id].text for other in case.plans if other.shape == "quotation"]


def _writer(bench: Workbench, case: Case, plan: SectionPlan, reserved: Mapping[str, frozenset[str]]) -> SectionWriter:
    must = case.required.get(plan.id, ())
    opening = case.form.fill(plan.opening) + plan.opening[len(plan.opening.rstrip()) :] if plan.opening else ""
    context = SectionContext(case.form.notes(), opening)
    match plan.shape:
        case "items" | "swot":
            elsewhere = frozenset().union(
                *(needed for name, needed in reserved.items() if name != plan.id and plan.cues_only)
            )
            return ListWriter(bench, plan, context, elsewhere, must=must)
        case "notes":
            return NotesWriter(bench, plan, context, case.form.words(plan.field))
        case "title":
            return TitleWriter(bench, plan, context)
        case "particulars":
            return ParticularsWriter(bench, plan, context, case.letter)
        case _:
            return ParagraphsWriter(bench, plan, context, must=must)


def _doubts(request: DraftRequest) -> Iterator[Notice]:
    """Faults of the sources' own facts, which a faithful draft would repeat."""
    for document, name in zip(request.sources, source_names(request.sources), strict=True):
        for doubt in source_doubts(document)[:MOST_DOUBTS]:
            yield Notice(f"자료 '{name}'의 '{' '.join(doubt.text.split())}': {doubt.message}")


def _told(bench: Workbench) -> Iterator[Notice]:
    if bench.filled:
        yield Notice(f"모델이 다 쓰지 못해 자료의 문장을 옮긴 부분이 있습니다: {', '.join(bench.filled)}")
    if bench.guessed:
        yield Notice(
            "자료에 없어 비슷한 사업에서 흔히 살피는 점을 '추정'으로 넣었으니 맞지 않으면 지워 주세요: "
            f"{', '.join(bench.guessed)}"
        )


def _left_empty(case: Case, sections: Sequence[Section]) -> Iterator[Notice]:
    optional = {plan.id for plan in case.plans if plan.optional}
    empty = [section.title for section in sections if section.id in optional and not section.text.strip()]
    if empty:
        yield Notice(f"자료에 내용이 없어 비워 둔 부분은 적지 않으면 문서에서 빠집니다: {', '.join(empty)}")


def _unjudged(case: Case) -> Iterator[Notice]:
    found = [f"'{_shortened(sentence)}'" for sentence in case.unjudged]
    if found:
        more = f" 외 {len(found) - MOST_DOUBTS}건" if len(found) > MOST_DOUBTS else ""
        lines = ", ".join(found[:MOST_DOUBTS]) + more
        yield Notice(
            f"좋은 점인지 나쁜 점인지 분명하지 않은 수치를 강점이나 기회에 두었으니 자리를 확인해 주세요: {lines}"
        )


def _shortened(sentence: str) -> str:
    """A sentence as it is named in a notice."""
    return sentence if len(sentence) <= LONGEST_NAMED else f"{sentence[:LONGEST_NAMED].rstrip()}…"


def _length_of(case: Case) -> str:
    """How long the sources are, for people."""
    if all(document.pages for document in case.request.sources):
        return f"{sum(source.pages for source in case.sources):,}쪽"
    return f"{sum(len(source.text) for source in case.sources):,}자"


def _stored_name(document: Document) -> str:
    """What a source is called in the store."""
    from biseo.stored_source import mark_of

    return mark_of(document).stored
