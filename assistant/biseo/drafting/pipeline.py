"""From a request to a draft: the rules write what they can, the model words the rest, all of it is checked."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from biseo.checks.evidence import EvidenceIndex
from biseo.checks.facts import FactBase, check_facts
from biseo.checks.language import check_language
from biseo.checks.organisations import check_organisations
from biseo.document import Draft, Passage, Section
from biseo.drafting.assemble import assemble
from biseo.drafting.bench import Workbench, evidence_of
from biseo.drafting.condense import condense
from biseo.drafting.form import FilledForm, rows_section, table_section, text_section
from biseo.drafting.lists import list_section, write_list
from biseo.drafting.one_line import write_line, write_notes
from biseo.drafting.prompts import SectionContext, document_text, instructions
from biseo.drafting.prose import write_paragraphs, write_title
from biseo.drafting.request import DraftRequest
from biseo.drafting.rules import figures_section, quotation_section
from biseo.drafting.sources import ReadSource, read_source
from biseo.drafting.wording import unmarked
from biseo.errors import UsageError
from biseo.events import (
    Coverage,
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
from biseo_models.engine import CancelFlag, Engine, Stats

LIST_SHAPES = ("items", "swot", "notes")

WRITING_TOKENS = 2600
"""Room kept beside the sources: instructions, form, what is written already, and the longest answer."""


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
        self.sources: list[ReadSource] = [read_source(document) for document in request.sources]
        self.passages: list[Passage] = [passage for source in self.sources for passage in source.passages]
        self.evidence = EvidenceIndex(self.passages)
        self.plans = [plan for plan in request.task.sections if self.form.applies(plan)]
        self.ruled = {plan.id: self._by_rule(plan) for plan in self.plans if plan.origin != "model"}
        given = (*self.form.given(), *(section.text for section in self.ruled.values()))
        self.base = FactBase(request.sources, given)
        self.known = (*given, *(document.text for document in request.sources))
        self.scripts = "".join(sorted({c for document in request.sources for c in document.text if c > "\u024f"}))

    def review(self, section: Section) -> SectionFinished:
        """The section with its evidence found again, and what is to be looked at in it."""
        if section.origin == "model":
            section = self._with_evidence(section)
        plan = next((plan for plan in self.plans if plan.id == section.id), None)
        items = plan is not None and plan.shape in LIST_SHAPES
        findings = (
            *check_facts(section.text, self.base, section.id),
            *check_organisations(section.text, self.known, section.id),
            *check_language(section.text, self.scripts, section.id, items=items),
        )
        return SectionFinished(section, tuple(sorted(findings, key=lambda finding: finding.start)))

    def _with_evidence(self, section: Section) -> Section:
        plan = next((plan for plan in self.plans if plan.id == section.id), None)
        if plan is not None and plan.shape in LIST_SHAPES:
            return list_section(plan, section.text, self.evidence)
        return replace(section, evidence=evidence_of(section.text, self.evidence))

    def _by_rule(self, plan: SectionPlan) -> Section:
        match plan.shape:
            case "table":
                return table_section(plan, self.form)
            case "rows":
                return rows_section(plan, self.form)
            case "facts":
                return figures_section(plan, self.passages)
            case "quotation":
                return quotation_section(plan, self.form.words(plan.field), self.passages)
            case _:
                return text_section(plan, self.form)


def write_draft(engine: Engine, request: DraftRequest, cancel: CancelFlag) -> Iterator[DraftEvent]:
    """Draft the whole document; the last event is `Drafted`.

    Raises:
        UsageError: the form does not fit the task, or a source is missing.
        ModelError: the model cannot be used, or its process died.
        Cancelled: the flag was set; what had been told stays valid.
    """
    start = time.monotonic()
    case = Case(request)
    for source in case.sources:
        yield from map(Notice, source.notices)
    context = engine.info().context
    bench, used = yield from _set_up(engine, case, cancel)
    yield Planned(tuple((plan.id, plan.title) for plan in case.plans), context, min(used, context))
    done: list[SectionFinished] = []
    for number, plan in enumerate(case.plans):
        yield Progress(number, len(case.plans), f"{plan.title} 쓰는 중")
        section = yield from _section(bench, case, plan, [finished.section for finished in done], cancel)
        finished = case.review(section)
        done.append(finished)
        yield finished
    yield from _told(bench)
    yield Progress(len(case.plans), len(case.plans), "마침")
    findings = [finding for finished in done for finding in finished.findings]
    draft = assemble(request, [finished.section for finished in done], findings)
    yield Drafted(draft, replace(bench.stats, total_s=time.monotonic() - start), _coverage(case))


def rewrite_section(
    engine: Engine, request: DraftRequest, draft: Draft, section_id: str, cancel: CancelFlag
) -> Iterator[DraftEvent]:
    """Write one section of a draft again; ends with its `SectionFinished`, nothing else changes.

    Raises:
        UsageError: the draft has no such section.
        ModelError: the model cannot be used, or its process died.
        Cancelled: the flag was set.
    """
    case = Case(request)
    plan = next((plan for plan in case.plans if plan.id == section_id), None)
    if plan is None:
        raise UsageError("unknown-section", "초안에 그런 부분이 없습니다.", "다시 쓸 부분을 골라 주세요.")
    bench, _ = yield from _set_up(engine, case, cancel)
    others = [section for section in draft.sections if section.id != section_id]
    section = yield from _section(bench, case, plan, others, cancel)
    yield from _told(bench)
    yield case.review(section)


def review_section(request: DraftRequest, section: Section) -> SectionFinished:
    """Evidence and findings of a section after the official changed it; no model is needed."""
    return Case(request).review(section)


def _set_up(engine: Engine, case: Case, cancel: CancelFlag) -> Generator[DraftEvent, None, tuple[Workbench, int]]:
    """The sources made to fit the model, and the tokens that will be used of its context."""
    bench = Workbench(
        engine=engine,
        task=case.request.task,
        document="",
        base=case.base,
        known=case.known,
        given=case.form.given(),
        evidence=case.evidence,
        literals=tuple(
            sorted(number_literals("\n".join([case.form.notes(), *(source.text for source in case.sources)])))
        ),
        scripts=case.scripts,
        sentences=tuple(
            unmarked(span.text)
            for source in case.sources
            for span in split_sentences(source.text)
            if "|" not in span.text
        ),
        seed=case.request.seed,
        stats=Stats(),
    )
    texts = [(source.name, source.text) for source in case.sources]
    frame = sum(engine.count([instructions(), case.form.notes()])) + WRITING_TOKENS
    budget = engine.info().context - frame
    if engine.count([document_text(texts)])[0] > budget:
        for event in condense(bench, case.sources, budget, cancel):
            if isinstance(event, list):
                texts = event
            else:
                yield event
    bench.document = document_text(texts) if texts else ""
    return bench, engine.count([bench.document])[0] + frame


def _section(
    bench: Workbench, case: Case, plan: SectionPlan, others: Sequence[Section], cancel: CancelFlag
) -> Generator[DraftEvent, None, Section]:
    ruled = case.ruled.get(plan.id)
    if ruled is not None:
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, ruled.text)
        return ruled
    worded = [section for section in others if section.origin == "model"]
    titles = {other.id for other in case.plans if other.shape == "title"}
    # A lead may say what the headline says; a subtitle may not.
    repeatable = frozenset[str]() if plan.shape == "title" else titles
    said = [span.text for section in worded if section.id not in repeatable for span in split_sentences(section.text)]
    said += [case.ruled[other.id].text for other in case.plans if other.shape == "quotation"]
    context = SectionContext(
        notes=case.form.notes(),
        opening=case.form.fill(plan.opening) + plan.opening[len(plan.opening.rstrip()) :] if plan.opening else "",
    )
    match plan.shape:
        case "items" | "swot":
            events = write_list(bench, plan, context, worded, said, cancel)
        case "notes":
            events = write_notes(bench, plan, context, case.form.words(plan.field), cancel)
        case "line":
            events = write_line(bench, plan, context, cancel)
        case "title":
            events = write_title(bench, plan, context, said, cancel)
        case _:
            events = write_paragraphs(bench, plan, context, said, cancel)
    for event in events:
        if isinstance(event, Section):
            return event
        yield event
    raise AssertionError("a section always ends with itself")


def _told(bench: Workbench) -> Iterator[Notice]:
    if bench.filled:
        yield Notice(f"모델이 다 쓰지 못해 자료의 문장을 옮긴 부분이 있습니다: {', '.join(bench.filled)}")


def _coverage(case: Case) -> Coverage:
    pages = sum(source.pages for source in case.sources)
    return Coverage(pages, pages, len(case.passages), len(case.passages))
