"""The page where drafts are written: sources and form, the draft, the review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from biseo.document import Document
from biseo.drafting.request import DraftRequest
from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo.tasks.catalogue import all_tasks, find_task
from biseo.tasks.definition import TaskDefinition
from biseo.worksession import FilledForm, WorkSession
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.draft_exits import DraftExits
from biseo_ui.draft_session import DraftSession
from biseo_ui.engine_host import EngineHost
from biseo_ui.evidence_desk import EvidenceDesk
from biseo_ui.example import Example, load_example
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import JobRunner
from biseo_ui.model_state import ModelState
from biseo_ui.privacy_gate import PrivacyGate
from biseo_ui.read_ahead import ReadAhead
from biseo_ui.resuming import Resuming
from biseo_ui.review_desk import ReviewDesk
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.completion_panel import CompletionPanel
from biseo_ui.widgets.draft_area import DraftArea
from biseo_ui.widgets.dressed_stack import DressedStack
from biseo_ui.widgets.proposal_panel import ProposalPanel
from biseo_ui.widgets.regions import EdgedPanel, Regions
from biseo_ui.widgets.review_panel import ReviewPanel
from biseo_ui.widgets.side_panel import SidePanel
from biseo_ui.widgets.source_cards import Source, SourceCards
from biseo_ui.widgets.source_viewer import SourceViewer

if TYPE_CHECKING:
    from biseo_ui.pages.fill_page import FillPage

OWN_PLACES = ("summary", "swot")
"""Tasks with a place of their own in the rail."""
READING = "자료를 읽고 있습니다."


class WorkPage(QWidget):
    """Wires the three regions to the session.

    Signals:
        model_page_wanted: the official should look at the models.
        settings_changed: there is something to remember.
        filling_changed: something was filled into an agency's form.
    """

    model_page_wanted = Signal()
    settings_changed = Signal()
    filling_changed = Signal()

    def __init__(
        self, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services, host: EngineHost,
        models: ModelState, settings: Settings, dialogs: FileDialogs, policy: Policy | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._runner, self._services = theme, runner, services
        self._models, self._settings, self._dialogs, self._policy = models, settings, dialogs, policy
        self.cards = SourceCards(theme, ime, runner, services)
        self.side = SidePanel(theme, self.cards)
        self.area = DraftArea(theme, ime, models, policy)
        self.review = ReviewPanel(theme)
        self.viewer = SourceViewer(theme, runner, services)
        self.session = DraftSession(self.area.editor.text, runner, services, host)
        self.proposals = ProposalPanel(theme, self.session.proposals)
        self.completion = CompletionPanel(theme)
        hiding, editor = self.session.hiding, self.area.editor
        hiding.known = self.cards.personal_values
        masking = policy.reason("masking_required") if policy is not None else ""
        self.privacy = PrivacyGate(self, editor, self.cards.personal_values, hiding, masking)
        editor.dressed, editor.own_words = self.privacy.dressed, self.privacy.own_words
        editor.hidden.places = hiding.places
        self.area.editor.menu_made.connect(self.privacy.guard_menu)
        self.resuming = Resuming(self.session, self.cards, self.area.alerts)
        self.exits = DraftExits(
            self.session, dialogs, self.privacy, self.area.alerts, policy, lambda: self.area.grade.ask()
        )  # fmt: skip
        self.ahead = ReadAhead(runner, services, host, self)
        self._waiting = False
        self._picked = False
        self._example: Example | None = None
        self._notices: list[str] = []
        self._tasks = tuple(task for task in all_tasks() if task.id not in OWN_PLACES)
        self._last_task = self._tasks[0]
        self._layout()
        self.reviewing = ReviewDesk(
            self.session, self.area, self.right, self.review, self.proposals, self.completion,
            self.regions.open_right, self._say, self.privacy.told,
            policy is not None and policy.grade_required,
        )  # fmt: skip
        self.desk = EvidenceDesk(self.session, self.area.editor, self.review, runner, services, self.cards.find)
        self._connect()
        self.show_task(self._last_task)

    # what the window calls

    @cached_property
    def fill_page(self) -> FillPage:
        """The place where an agency's own form is filled in; built when it is first shown."""
        from biseo_ui.pages.fill_page import FillPage

        page = FillPage(
            self._theme, self._runner, self._services, self._dialogs, self.known_values, self.privacy.pass_texts,
            self._policy,
        )  # fmt: skip
        page.changed.connect(self.filling_changed)
        self._places.addWidget(page)
        return page

    def filled_form(self) -> FilledForm | None:
        """What was filled into an agency's form; None where there is nothing."""
        return self.fill_page.filled_form() if "fill_page" in self.__dict__ else None

    def take_up_form(self, filled: FilledForm | None) -> None:
        """Go on filling in that form; None clears the place."""
        if filled is not None or "fill_page" in self.__dict__:
            self.fill_page.take_up(filled)

    @property
    def filling(self) -> bool:
        """Whether a form is being filled in, rather than a draft written."""
        return self._places.currentWidget() is not self.regions

    def show_place(self, place: str) -> None:
        """Write (`write`), one of the tasks with a place of its own, or a form to fill in (`fill`)."""
        if place == "fill":
            self.fill_page.refresh()
            self._places.setCurrentWidget(self.fill_page)
            return
        self._places.setCurrentWidget(self.regions)
        task = find_task(place) if place in OWN_PLACES else self._last_task
        if task is not self.side.form.task:
            self.show_task(task)

    def show_task(self, task: TaskDefinition) -> None:
        if task.id in OWN_PLACES:
            offered: tuple[TaskDefinition, ...] = (task,)
        else:
            offered, self._last_task = self._tasks, task
        self.side.show_tasks(offered, task, self._settings.office)

    def known_values(self) -> dict[str, str]:
        """What the draft and its form say, by the name that a field of an agency's form may have, too."""
        return self.exits.known_values(self.side.form)

    def open_files(self) -> None:
        if self.filling:
            self.fill_page.open()
            return
        self._dialogs.open_documents(self.add_files)

    def add_files(self, paths: list[Path]) -> None:
        if self.filling:
            self.fill_page.open_path(paths[0])
            return
        for path in paths:
            self.cards.add(path)
        self.leave_example()

    def start_example(self) -> None:
        """Open the example and fill in its form; nothing of it is remembered."""
        example = self._example = load_example()
        if self.side.form.task is None or self.side.form.task.id not in OWN_PLACES:
            self.show_task(find_task(example.task))
        self.cards.add(example.path)
        self.side.form.fill(example.form)
        self.side.write.setFocus()

    def write(self) -> None:
        """Write a draft of what is on the left, once everything there has been read."""
        task = self.side.form.task
        if self.session.writing or task is None or self.filling:
            return
        if self._models.known and self._models.active is None:
            self.area.alerts.tell(
                "warning", tr("아직 쓸 수 있는 언어 모델이 없습니다."), tr("모델을 먼저 준비해 주세요.")
            )
            if self.session.has_draft:
                self.model_page_wanted.emit()
            return
        if self.cards.reading():
            self._waiting = True
            self.area.alerts.tell("info", tr(READING), tr("다 읽으면 바로 쓰기 시작합니다."))
            return
        if task.needs_source and not self.cards.documents():
            self.area.alerts.tell(
                "warning",
                tr("'{task}'에는 자료가 필요합니다.").format(task=task.title),
                tr("자료 파일을 먼저 넣어 주세요."),
            )
            return
        self.with_draft_settled(lambda: self._write(task))

    def stop(self) -> None:
        self._stop_waiting()
        self.session.stop()

    def escape(self) -> None:
        """Esc: out of what has the focus, else out of the writing."""
        if self.filling:
            self.fill_page.stop()
        if self.reviewing.leave_place():
            return
        find = self.area.find
        busy = self.session.writing or self._waiting
        if find.isVisible() and (not busy or find.isAncestorOf(QApplication.focusWidget() or self)):
            find.dismiss()
        else:
            self.stop()

    def find(self) -> None:
        """Look for words in the draft."""
        if self.session.has_draft and not self.filling:
            self.area.find.open()

    def save(self, then: Callable[[], object] | None = None, kind: str = "") -> None:
        """Ask for a file and write the draft into it; `then` is done once it is written. `kind` is offered first."""
        if self.filling and then is None and not kind:
            self.fill_page.save()
            return
        self.exits.save(then, kind)

    def copy(self) -> None:
        """Put the whole draft on the clipboard, as it would be written into a file."""
        self.exits.copy()

    def rewrite(self) -> None:
        """Write the section under the cursor anew; its text stays until the new one is taken."""
        if self.filling:
            return
        section = self.area.editor.text.section_at(self.area.editor.textCursor().position())
        self.session.rewrite(section or self.review.current_section())

    def review_keys(self) -> tuple[tuple[str, Callable[[], object], str], ...]:
        """Name, action and key of what the review does by key."""
        desk = self.reviewing
        return (
            (tr("다음 확인할 곳"), lambda: self.step(1), "F8"),
            (tr("이전 확인할 곳"), lambda: self.step(-1), "Shift+F8"),
            (tr("받기"), desk.take, "Ctrl+."),
            (tr("그대로 두기"), desk.keep, "Ctrl+,"),
            (tr("모두 받기"), desk.take_all, "Ctrl+Shift+."),
            (tr("모두 두기"), desk.keep_all, "Ctrl+Shift+,"),
            (tr("다음 근거 없는 문장"), lambda: self._step_unsupported(1), "Ctrl+F8"),
            (tr("이전 근거 없는 문장"), lambda: self._step_unsupported(-1), "Ctrl+Shift+F8"),
            (tr("검토 완료"), desk.show_completion, "F7"),
        )

    def _step_unsupported(self, way: int) -> None:
        if not self.filling:
            self.regions.open_right()
            self.desk.step(way)

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) finding."""
        if not self.filling:
            self.reviewing.step(way)

    def with_draft_settled(self, then: Callable[[], object]) -> None:
        """Do `then` once the draft is saved or may be dropped; not at all when the official says no."""
        self.exits.with_draft_settled(then)

    @property
    def shows_example(self) -> bool:
        """Whether sources and form are the example's."""
        return self._example is not None

    def snapshot(self) -> WorkSession | None:
        """The work as a plain value that can be stored; None without a draft."""
        from biseo_ui.session_store import snapshot

        return snapshot(self.session)

    def restore(self, work: WorkSession, documents: Sequence[Document] = ()) -> None:
        """Go on where `snapshot` was made; `documents` are sources that were stored with it.

        Raises:
            UsageError: this program knows no such task.
        """
        for _ in self.restoring(work, documents):
            pass

    def restoring(self, work: WorkSession, documents: Sequence[Document] = ()) -> Iterator[None]:
        """The same in pieces: the next one is done each time it is asked for."""
        task = find_task(work.task)
        self.show_task(task)
        self.side.form.fill(work.form)
        self.area.editor.profile = task.profile
        yield from self.resuming.take_up(work, documents)
        self.area.show_draft(True)
        self.area.show_review(self.session.review.current is not None)
        self.regions.begin_draft()
        if self.session.unfinished:
            self.area.alerts.tell(
                "info", tr("지난번에 쓰다 멈춘 절이 있습니다."), tr("쓴 데까지는 남아 있습니다."), self._resume_action()
            )

    def with_all_settled(self, then: Callable[[], object]) -> None:
        """The same for the draft and for a form that was filled in."""
        if "fill_page" not in self.__dict__ or not self.fill_page.dirty or self.exits.kept():
            self.with_draft_settled(then)
            return
        self.fill_page.with_form_settled(lambda: self.with_draft_settled(then))

    def forget_words(self) -> None:
        """The page was emptied: what is still remembered of what stood there goes, too."""
        self._notices, self._example, self._waiting, self._picked = [], None, False, False
        self.area.editor.setAccessibleDescription("")

    def leave_example(self) -> None:
        """Real work begins: what the example put into sources and form goes, so that none of it is remembered."""
        example, self._example = self._example, None
        if example is None:
            return
        self.cards.remove(example.path)
        self.side.form.withdraw(example.form, self._settings.office)

    # writing

    def _write(self, task: TaskDefinition) -> None:
        self.area.alerts.clear()
        form = self.side.form
        documents = self.cards.documents()
        if self._example is None:
            self._settings.office.update(form.office())
            for document in documents[:1]:
                self._settings.last_task[document.format] = task.id
            self.settings_changed.emit()
        self.reviewing.current = None
        self.area.editor.profile = task.profile
        self.session.write(DraftRequest(task, documents, dict(form.values())))

    def _on_notice(self, words: str) -> None:
        """All that is told of one draft stands in one message."""
        self.area.alerts.drop("\n".join(self._notices))
        if words not in self._notices:
            self._notices.append(words)
        self.area.alerts.tell("warning", "\n".join(self._notices))

    def _on_began(self) -> None:
        self._notices = []
        self.area.show_draft(True)
        if self.session.writes_page:
            self.right.setCurrentWidget(self.review)
        self.regions.begin_draft()
        self.area.editor.lock(self.session.writes_page)
        self.area.progress.show()
        self.side.set_writing(True)
        self._show_review()

    def _on_ended(self, how: str) -> None:
        self.area.editor.lock(False)
        self.area.progress.hide()
        self.side.set_writing(False)
        if not self.session.has_draft:
            self.area.show_draft(False)
        elif how == "stopped":
            self.area.alerts.tell(
                "info", tr("쓰기를 멈췄습니다."), tr("쓴 데까지는 남아 있습니다."), self._resume_action()
            )
        elif how == "done":
            count = len(self.session.findings())
            if count:
                self._say(tr("초안을 다 썼습니다. 확인할 곳이 {count}군데 있습니다.").format(count=count))
            else:
                self._say(tr("초안을 다 썼습니다."))
        self._show_review()

    def _resume_action(self) -> tuple[str, Callable[[], object]] | None:
        return (tr("이어서 쓰기"), self.session.resume) if self.session.unfinished else None

    def _say(self, words: str) -> None:
        """Told to screen readers as well, once, not with every word."""
        self.area.editor.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.area.editor, words))

    def _on_failed(self, error: UserFacingError) -> None:
        see_models = (tr("모델 보기"), self.model_page_wanted.emit)
        self.area.alerts.show_error(error, see_models if error.code == "no-model" else self._resume_action())

    # sources

    def _on_source_read(self, source: Source) -> None:
        self._runner.call("checks", self._services.prepare)
        self._offer_last_task(source)

    def _offer_last_task(self, source: Source) -> None:
        """What was last made of such a file, unless the official has said or begun something else."""
        document, form = source.document, self.side.form
        if document is None or self.cards.documents()[0] is not document or self._picked or self._example is not None:
            return
        if form.begun or form.task is not self._last_task:
            return
        task_id = self._settings.last_task.get(document.format)
        for task in self._tasks:
            if task.id == task_id:
                self.show_task(task)

    def _read_ahead(self) -> None:
        """Let the model read what is there, while the form is being filled in."""
        entry = self._models.active
        self.ahead.want(entry.path if entry is not None else None, self.cards.documents())

    def _on_sources(self) -> None:
        self._read_ahead()
        if self._waiting and not self.cards.reading():
            self._stop_waiting()
            self.write()

    def _stop_waiting(self) -> None:
        self._waiting = False
        self.area.alerts.drop(tr(READING))

    def _on_task_chosen(self, task_id: str) -> None:
        self._picked = True
        self.show_task(find_task(task_id))

    # review

    def _show_review(self) -> None:
        self.reviewing.refresh()

    def _on_section(self, section_id: str) -> None:
        self._show_review()
        self.desk.refresh()

    def _on_section_chosen(self, section_id: str) -> None:
        self.area.editor.show_section(section_id)
        if self.session.proposals.proposal(section_id) is not None:
            self.reviewing.show_proposals()
        else:
            self.area.editor.setFocus()

    def _show_source(self, document: Any, passage: str = "") -> None:
        self.viewer.show_document(document, passage)
        self.right.setCurrentWidget(self.viewer)
        self.regions.open_right()

    def _on_grade(self) -> None:
        self.area.grade.show_grade(self.session.grade)
        if self.session.grade:
            self.exits.forget_refusal()

    def _on_source_missing(self) -> None:
        self.area.alerts.tell("warning", tr("이 근거의 자료가 목록에 없습니다."), tr("파일을 다시 열어 주세요."))

    # regions

    def _layout(self) -> None:
        panel = EdgedPanel(self._theme)
        self.right = DressedStack(self._theme)
        self.right.addWidget(self.review)
        for each in (self.viewer, self.proposals, self.completion):
            self.right.addWidget(each)
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(1, 0, 0, 0)
        inner.addWidget(self.right)
        self.regions = Regions(self._theme, self.side, self.area, panel, self.area.left, self.area.right)
        self._theme.dress(self.side, self.area)
        self._places = DressedStack(self._theme)
        self._places.add_parted(self.regions)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._places)

    def _connect(self) -> None:
        session, area, side, review = self.session, self.area, self.side, self.review
        side.open_wanted.connect(self.open_files)
        area.start.open_wanted.connect(self.open_files)
        area.start.example_wanted.connect(self.start_example)
        area.start.import_wanted.connect(lambda: self._dialogs.open_model(self._models.add))
        side.write_clicked.connect(lambda: self.stop() if session.writing else self.write())
        side.task_chosen.connect(self._on_task_chosen)
        self.cards.changed.connect(self._on_sources)
        self.cards.read.connect(self._on_source_read)
        self.cards.opened.connect(lambda source: self._show_source(source.document))
        self.viewer.closed.connect(lambda: self.right.setCurrentWidget(review))
        self._models.changed.connect(self._read_ahead)
        self.ahead.measuring.connect(side.meter.show_measuring)
        self.ahead.measured.connect(side.meter.show_size)
        session.began.connect(side.meter.forget_reading)
        session.reading.connect(side.meter.show_reading)
        session.covered.connect(side.meter.show_coverage)
        session.began.connect(self.ahead.pause)
        session.ended.connect(lambda _how: self.ahead.go_on())
        session.section_done.connect(lambda title: self._say(tr("{title} 절을 다 썼습니다.").format(title=title)))
        session.began.connect(self._on_began)
        session.planned.connect(lambda _plan: self._show_review())
        session.stepped.connect(lambda: area.progress.show_clock(session.clock))
        session.section_changed.connect(self._on_section)
        session.notice.connect(self._on_notice)
        session.failed.connect(self._on_failed)
        session.ended.connect(self._on_ended)
        area.save.clicked.connect(lambda: self.save())
        area.copy.clicked.connect(self.copy)
        area.grade.chosen.connect(session.set_grade)
        session.grade_changed.connect(self._on_grade)
        review.section_chosen.connect(self._on_section_chosen)
        review.rewrite_wanted.connect(session.rewrite)
        self.desk.source_wanted.connect(self._show_source)
        self.desk.source_missing.connect(self._on_source_missing)
