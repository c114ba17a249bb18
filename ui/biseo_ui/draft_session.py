"""One draft from request to file: what is being written, what was found in it, what the official changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from biseo.document import Document, Draft, Finding, Grade, Settled
from biseo.drafting.request import DraftRequest
from biseo.errors import UserFacingError
from biseo.events import Drafted, Notice, Planned, Progress, SectionFinished, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo_ui.draft_assembly import DraftAssembly
from biseo_ui.draft_history import DraftHistory
from biseo_ui.draft_review import DraftReview
from biseo_ui.edit_checks import EditChecks
from biseo_ui.engine_host import EngineHost, ModelLoading, ModelReady
from biseo_ui.hiding import Hiding
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.offering import Offering
from biseo_ui.proposals import ProposalDesk
from biseo_ui.section_state import SectionState
from biseo_ui.services import Services
from biseo_ui.widgets.draft_reader import SUBTITLE, TITLE
from biseo_ui.widgets.draft_text import DraftText
from biseo_ui.work_clock import WorkClock

OFFICIALS = ("agency", "sender", "foot")
"""Parts of a letter that name the agency and its officials, who are no private persons there."""


PAUSE_MS = 150
"""So long after the last key the marks and lists beside the words follow them."""


class DraftSession(QObject):
    """Drives the draft in a `DraftText` and tells the window what changed.

    Attributes:
        file: where it was last saved.
        grade: security grade of the document; every new draft begins without one.
        writes_page: whether the words that are being written come onto the page, and not into a proposal only.
        proposals: texts that are offered and not yet taken; writing a section anew only makes one.
        history: the steps of undo.
        hiding: the values behind the placeholders on the page.
        review: whether a person has taken the draft over.
        checks: looks at edited sections again.

    Signals:
        began: a draft or a section is being written.
        planned: sections, used and available tokens are known.
        stepped: `clock` has news (what is being done, time, speed).
        section_changed: id of a section whose text, state or findings changed; empty for all.
        offered: title of a section for which another text is ready.
        section_done: title of a section that the model has written to its end.
        notice: a sentence for the user; the work goes on.
        loading: `ModelLoading` while the model is being loaded, None when that is over, whichever way.
        ready: the model can write (`ModelReady`).
        ended: `done`, `stopped`, `failed` or `broke`.
        failed: the error to show; comes after `ended`.
        saved: path of the written file.
        save_failed: the error to show.
        dirty_changed: whether there is something unsaved.
        grade_changed: `grade` is another.
    """

    began = Signal()
    planned = Signal(object)
    stepped = Signal()
    reading = Signal(object)
    covered = Signal(object)
    section_changed = Signal(str)
    section_done = Signal(str)
    offered = Signal(str)
    notice = Signal(str)
    loading = Signal(object)
    ready = Signal(object)
    ended = Signal(str)
    failed = Signal(object)
    saved = Signal(object)
    save_failed = Signal(object)
    dirty_changed = Signal(bool)
    grade_changed = Signal()

    def __init__(self, text: DraftText, runner: JobRunner, services: Services, host: EngineHost) -> None:
        super().__init__(text)
        self.text = text
        self._runner = runner
        self._services = services
        self._host = host
        self._job: Job | None = None
        self._rewriting = ""
        self.writes_page = False
        self._dirty = False
        self._edition = 0
        self.request: DraftRequest | None = None
        self.file: Path | None = None
        self.grade: Grade = ""
        self.states: dict[str, SectionState] = {}
        self.clock = WorkClock()
        self.history = DraftHistory(text, text.page)
        self.proposals = ProposalDesk(text)
        self.offering = Offering(text, self.proposals, lambda: self.states)
        self.hiding = Hiding(text, self.proposals, lambda: self.states)
        self.hiding.spared = lambda section: (plan := self.plan_of(section)) is not None and plan.part in OFFICIALS
        self.review = DraftReview(self.history, self.hiding.seal)
        self.checks = EditChecks(runner, services, self)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self.stepped)
        self._reworded: set[str] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        text.edited.connect(self._on_edited)
        self.proposals.taken.connect(self._on_edited)
        self.offering.changed.connect(self.section_changed)
        self.offering.ready.connect(self.offered)
        self.review.changed.connect(self._on_review)
        self.checks.wanted.connect(self._check)
        self.checks.checked.connect(self._on_reviewed)
        self.checks.whole_wanted.connect(self._check_all)
        self.checks.whole_checked.connect(self._on_whole)

    # doing

    @property
    def writing(self) -> bool:
        return self._job is not None

    @property
    def dirty(self) -> bool:
        """Whether there is a draft that no file holds."""
        return self._dirty

    @property
    def has_draft(self) -> bool:
        return any(self.text.has(section) for section in self.states)

    def write(self, request: DraftRequest) -> None:
        """Write a new draft; the one before is gone."""
        self.request = request
        self.file = None
        self._take_grade("")
        self.states = {}
        self._rewriting = ""
        self.hiding.begin(request.sources)
        self.offering.choose(())
        self.writes_page = True
        self._clear([plan.id for plan in request.task.sections])
        self._set_dirty(False)
        self._start(lambda engine, cancel: self._services.write_draft(engine, request, cancel))

    def rewrite(self, section_id: str) -> None:
        """Write one section anew. The words are offered; what stands there stays until they are taken."""
        if self.request is None or self.writing or section_id not in self.states:
            return
        request, draft = self.request, self._true_draft()
        self._rewriting = section_id
        self.offering.choose([section_id])
        self.writes_page = not self.offering.sections
        self._start(
            lambda engine, cancel: self._services.rewrite_sections(
                engine, replace(request, seed=request.seed + 1), draft, [section_id], cancel
            )
        )
        self._plan_clock([section_id])
        self.request = replace(request, seed=request.seed + 1)

    @property
    def unfinished(self) -> list[str]:
        """Ids of the sections that were cut short or not begun."""
        return [state.id for state in self.states.values() if state.phase in ("stopped", "unwritten")]

    def resume(self) -> None:
        """Write the sections that are missing, after a stop or a fault; what is there stays.

        What the program itself cut short is written over; to what the official has edited it is offered.
        """
        missing = self.unfinished
        if self.request is None or self.writing or not missing:
            return
        request, draft = self.request, self._true_draft()
        self._rewriting = "*"
        self.offering.choose(name for name in missing if self.states[name].edited)
        self.writes_page = self.offering.sections != set(missing)
        self._start(lambda engine, cancel: self._services.rewrite_sections(engine, request, draft, missing, cancel))
        self._plan_clock(missing)

    def set_grade(self, grade: Grade) -> None:
        """The official gives the document a security grade, or takes it away."""
        if self._take_grade(grade):
            self._set_dirty(True)
            self.section_changed.emit("")

    def _take_grade(self, grade: Grade) -> bool:
        changed, self.grade = grade != self.grade, grade
        if changed:
            self.grade_changed.emit()
        return changed

    def stop(self) -> None:
        """Stop writing; what was written stays."""
        if self._job is not None:
            self._job.cancel()
            self.clock.label = tr("멈추는 중")
            self.stepped.emit()

    def save(self, path: Path, overwrite: bool, dress: Callable[[Draft], Draft] = lambda draft: draft) -> None:
        """Write the draft as it stands now into a file; a copy that `dress` made of it leaves the draft unsaved."""
        whole, edition = self.draft(), self._edition
        draft = dress(whole)
        if draft is not whole and not (self.hiding.values and draft == self.with_values()):
            edition = -1
        job = self._runner.call("saving", lambda: self._services.write_document(draft, path, overwrite))
        job.item.connect(lambda written: self._on_saved(written, edition))
        job.failed.connect(self.save_failed)

    def dismiss(self, finding: Finding, reason: str = "", confirmed: bool = False) -> None:
        """The official has seen it and leaves the text as it is, or says that it is true."""
        state = self.states.get(finding.section)
        if state is not None:
            key = (finding.rule, finding.text)
            state.settled[key] = Settled(*key, reason, finding.section, confirmed)
            self._set_dirty(True)
            self.section_changed.emit(state.id)

    def fixed(self, finding: Finding, more: int) -> None:
        """Its words were replaced by others, `more` characters longer: it is gone, and what is behind it has moved."""
        state = self.states.get(finding.section)
        if state is None:
            return
        state.findings, state.wider = (
            tuple(
                replace(f, start=f.start + more, end=f.end + more) if f.start >= finding.end else f
                for f in found
                if f != finding
            )
            for found in (state.findings, state.wider)
        )
        self.section_changed.emit(state.id)

    def reopen(self, finding: Finding) -> None:
        """Show a finding again that was set aside; a document that was taken over is a draft again."""
        state = self.states.get(finding.section)
        if state is not None and state.settled.pop((finding.rule, finding.text), None) is not None:
            self.review.withdraw()
            self._set_dirty(True)
            self.section_changed.emit(state.id)

    def findings(self) -> list[Finding]:
        """What is left to look at, in the order of the text."""
        return [
            finding
            for section in self.text.section_ids()
            if section in self.states
            for finding in sorted(self.states[section].open_findings, key=lambda f: f.start)
        ]

    def settled_findings(self) -> list[Finding]:
        """What was set aside and would still be found, in the order of the text."""
        there = [self.states[name] for name in self.text.section_ids() if name in self.states]
        return [f for state in there for f in sorted(state.settled_findings, key=lambda f: f.start)]

    @property
    def _request(self) -> DraftRequest:
        assert self.request is not None
        return self.request

    @property
    def _assembly(self) -> DraftAssembly:
        return DraftAssembly(self._request, self.text)

    def draft(self) -> Draft:
        """The draft as it stands in the window now, with every change of the official's."""
        made = self._assembly.draft(self.states)
        return replace(made, review=self.review.current, grade=self.grade or made.grade)

    def with_values(self) -> Draft:
        """The draft with the values behind its placeholders, for what stays in the program and is asked about later."""
        if not self.hiding.values:
            return self.draft()
        from biseo.masking.drafts import with_values

        return with_values(self.draft(), self.hiding.words)

    def _true_draft(self) -> Draft:
        """The draft with the values behind its placeholders, as checks and model see it."""
        return self.hiding.revealed_draft(self.draft(), self._request.sources)

    def plan_of(self, section_id: str) -> SectionPlan | None:
        """How the section comes about; None where there is no draft or no such section."""
        return self._assembly.plan_of(section_id) if self.request is not None else None

    def take_up(
        self, request: DraftRequest, states: dict[str, SectionState], file: Path | None, dirty: bool, grade: Grade = ""
    ) -> None:  # fmt: skip
        """Go on with a draft whose words stand on the page already."""
        self.request, self.states, self.file = request, states, file
        self._take_grade(grade)
        self._dirty = not dirty  # so that it is told
        self._set_dirty(dirty)
        self._look_for_deleted()

    def give_sources(self, documents: tuple[Document, ...], anew: bool = False) -> None:
        """The sources of a draft that was taken up have been read; `anew`: they are other ones than before."""
        if self.request is not None:
            self.request = replace(self.request, sources=documents)
            self.checks.hold(False)
            for state in self.states.values():
                if state.edited or anew:
                    self.checks.ask(state.id)

    # the work

    def _start(self, work: Any) -> None:
        def run(cancel: threading.Event) -> Iterator[Any]:
            self._services.prepare()
            yield from self._host.load()
            engine = self._host.engine()
            yield from work(engine, cancel)
            yield ModelReady(engine.info())

        self.clock = WorkClock(tr("언어 모델을 준비하는 중"))
        job = self._job = self._runner.start("engine", run)

        def only_now(slot: Callable[..., None]) -> Callable[..., None]:
            """A job whose draft has gone from the page tells nothing any more."""
            return lambda *told: slot(*told) if self._job is job else None

        job.item.connect(only_now(self._on_event))
        job.done.connect(only_now(lambda: self._end("done")))
        job.cancelled.connect(only_now(lambda: self._end("stopped")))
        job.failed.connect(only_now(self._on_failed))
        job.broke.connect(only_now(lambda _error: self._end("broke")))
        self._tick.start()
        self.began.emit()

    def _on_event(self, event: object) -> None:
        event = self.hiding.arriving(event)
        if self.offering.take(event, self.clock):
            self.stepped.emit()
            return
        match event:
            case ModelLoading():
                self.loading.emit(event)
            case ModelReady():
                self.ready.emit(event)
            case Planned():
                self._on_planned(event)
            case Progress():
                self.clock.progress(event)
                if event.pages:
                    self.reading.emit(event)
            case Notice():
                self.notice.emit(event.message)
            case SectionStarted():
                self._on_section_started(event.section)
            case SectionText():
                self._on_words(event)
            case SectionFinished():
                self._on_section_finished(event)
            case Drafted():
                self._on_drafted(event.draft)
                self.covered.emit(event.coverage)
        self.stepped.emit()

    def _on_planned(self, event: Planned) -> None:
        if not self._rewriting and self.request is not None:
            self.states = {name: SectionState(name, title) for name, title in event.sections}
            self._clear([name for name, _ in event.sections])
            self._put_lines(self._assembly.draft({}))
            self._plan_clock([name for name, _ in event.sections])
        self.planned.emit(event)

    def _plan_clock(self, sections: list[str]) -> None:
        total = len(self.states)
        self.clock.plan({name: self._length(name) for name in sections}, total, total - len(sections))

    def _length(self, section_id: str) -> float:
        """How many characters the section may take: only what the model words takes time."""
        plan = self.plan_of(section_id)
        return float(max(plan.chars[1], 100)) if plan is not None and plan.origin == "model" else 0.0

    def _on_section_started(self, section_id: str) -> None:
        plan = self.plan_of(section_id)
        state = self.states.setdefault(section_id, SectionState(section_id, plan.title if plan else section_id))
        state.phase = "writing"
        state.deleted = False
        known = state.made.heading if state.made else plan.heading if plan else True
        self.text.begin(section_id, state.title, known, self._assembly.role(section_id))
        self.clock.section(section_id, list(self.states).index(section_id) + 1, state.title)
        self._set_dirty(True)
        self.section_changed.emit(section_id)

    def _on_words(self, event: SectionText) -> None:
        plan = self.plan_of(event.section)
        if plan is None or plan.origin == "model":  # what a rule makes comes whole a moment later
            self.text.append(event.section, event.text)
            self.clock.words(event.section, event.text)

    def _on_section_finished(self, event: SectionFinished) -> None:
        section = event.section
        state = self.states.setdefault(section.id, SectionState(section.id, section.title))
        self.text.put(section, self._assembly.role(section.id))
        state.made = section
        state.machine = self.text.section_text(section.id)
        state.findings = event.findings
        state.edited = False
        state.phase = "done"
        self.clock.section_done(section.id)
        self._set_dirty(True)
        self.section_changed.emit(section.id)
        if section.origin == "model":
            self.section_done.emit(section.title)

    def _on_drafted(self, draft: Draft) -> None:
        self._put_lines(draft)
        self.text.end()
        self._spread(draft.findings)

    def _on_whole(self, findings: tuple[Finding, ...]) -> None:
        if self.request is not None:
            self._spread(self.hiding.spread(findings, self.request.sources))

    def _spread(self, findings: tuple[Finding, ...]) -> None:
        """Give each section what the whole draft shows of it."""
        for state in self.states.values():
            own = tuple(f for f in findings if f.section == state.id and f not in state.findings)
            if own != state.wider:
                state.wider = own
                self.section_changed.emit(state.id)

    def _put_lines(self, draft: Draft) -> None:
        """Title and subtitle, where they are no section of their own."""
        task = self._request.task
        for line, template, words in (
            (TITLE, task.document_title, draft.title),
            (SUBTITLE, task.subtitle, draft.subtitle),
        ):
            if words and not self._assembly.names_section(template) and not self.text.has(line):
                self.text.set_line(line, words)

    def _on_failed(self, error: UserFacingError) -> None:
        self._end("failed")
        self.failed.emit(error)

    def _end(self, how: str) -> None:
        self._job = None
        self._rewriting = ""
        self._tick.stop()
        self.text.end()
        self.offering.end()
        for state in self.states.values():
            if state.phase == "writing":
                # Cut short: what stands there is kept and looked at like an edit.
                words = self.text.section_text(state.id)
                state.phase = "done" if self._is_whole(state) else "stopped" if words else "unwritten"
                state.machine = state.machine or words
                self.checks.ask(state.id)
            elif state.phase == "waiting":
                state.phase = "unwritten"
            self.section_changed.emit(state.id)
        self.clock.finish()
        self.loading.emit(None)
        self.stepped.emit()
        self.ended.emit(how)

    def _is_whole(self, state: SectionState) -> bool:
        """Whether the section stands as it was last written to its end."""
        return state.made is not None and self.hiding.same(self.text.section_text(state.id), state.machine)

    def _on_saved(self, path: Path, edition: int) -> None:
        if edition == self._edition:  # else something was changed while the file was being written
            self._set_dirty(False)
        self.file = path
        self.saved.emit(path)

    # what the official changes

    def _on_edited(self, section_id: str) -> None:
        self._set_dirty(True)
        self._look_for_deleted()
        state = self.states.get(section_id)
        if state is None or state.phase == "writing":
            return
        before = (state.phase, state.edited)
        whole = self._is_whole(state)
        state.edited = not whole
        if whole and state.phase == "stopped":
            state.phase = "done"  # what was cut short has been undone
        self.checks.ask(section_id)
        if before != (state.phase, state.edited):
            self.section_changed.emit(section_id)
        else:  # only words: what is shown beside them may wait for the next pause in typing
            self._reworded.add(section_id)
            self._pause.start()

    def _on_pause(self) -> None:
        reworded, self._reworded = self._reworded, set()
        for section_id in reworded:
            self.section_changed.emit(section_id)

    def _look_for_deleted(self) -> None:
        there = set(self.text.section_ids())
        for state in self.states.values():
            deleted = state.phase == "done" and state.id not in there
            if deleted != state.deleted:
                state.deleted = deleted
                self.section_changed.emit(state.id)

    def _check(self, section_id: str) -> None:
        state = self.states.get(section_id)
        if self.request is not None and state is not None and self.text.has(section_id):
            section = self.hiding.revealed(self._assembly.section(state)[0], self.request.sources)
            self.checks.look(self.request, section)

    def _check_all(self) -> None:
        if self.request is not None and not self.writing:
            self.checks.look_at_all(self.request, self._true_draft())

    def _on_reviewed(self, found: SectionFinished) -> None:
        state = self.states.get(found.section.id)
        event = self.hiding.reviewed(found, self._request.sources) if state is not None else None
        if state is None or event is None:
            return  # changed again meanwhile; another review is on its way
        state.findings = event.findings
        if state.made is not None or state.phase == "done":
            state.made = event.section
        self.section_changed.emit(state.id)

    def _on_review(self, complete: bool) -> None:
        for state in self.states.values():
            state.reviewed = complete
        self._set_dirty(True)
        self.section_changed.emit("")

    def _set_dirty(self, dirty: bool) -> None:
        self._edition += dirty
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    def forget(self) -> None:
        """Drop the draft (the user agreed); what is being written is given up."""
        job = self._job
        self.states = {}
        self.request = None
        if job is not None:
            job.cancel()
            self._end("stopped")
        self.hiding.load(())
        self._take_grade("")
        self._clear([])
        self._set_dirty(False)

    def _clear(self, order: list[str]) -> None:
        self.text.reset(order)
        self.proposals.clear()
        self.review.withdraw()
        self.history.reset()
