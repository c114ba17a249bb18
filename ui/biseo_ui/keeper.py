"""Keeps the work in the encrypted store while it is done, and goes on with it at the next start."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo.stored_source import mark_of
from biseo.worksession import SourceMark, WorkSession
from biseo_ui.audit_notes import AuditNotes
from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState
from biseo_ui.pages.work_page import OWN_PLACES, WorkPage
from biseo_ui.slices import Slices
from biseo_ui.store_lane import Edition, Loaded, StoreLane
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from biseo.document import Document
    from biseo.vault import Rescued, Vault

DELAY_MS = 300
"""Changes are gathered so long; the store gathers for half a second more, so all is on the disk within two."""
CLOSED = {
    "opening": "저장소 여는 중",
    "locked": "저장소 잠김",
    "trouble": "저장소를 열지 못함",
    "new-passphrase": "저장소 준비 중",
    "making": "저장소 준비 중",
    "code": "저장소 준비 중",
    "without": "저장하지 않고 쓰는 중",
}
"""What the status line says while nothing is being kept."""
KEPT_VERSIONS = {"done": "초안 작성", "reviewed": "검토 완료", "file": "파일로 저장"}


class Keeper(QObject):
    """Saves the work of the window under its id, and takes works up again.

    Attributes:
        id: of the work that is on the page; empty while nothing is to be kept.
        notes: what goes into the audit log.

    Signals:
        changed: `words` are others.
        taken_up: the place of the rail where the work is that was just opened.
        stored: something was written into the store.
    """

    changed = Signal()
    taken_up = Signal(str)
    stored = Signal()
    _confirmed = Signal(int, object)

    def __init__(
        self, page: WorkPage, vault: VaultHost, settings: Settings, models: ModelState, policy: Policy | None = None
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._vault, self._settings, self._policy = page, vault, settings, policy or Policy()
        self._session = page.session
        self._edition = self._safe = 0
        self._lane = StoreLane(self._tell)
        self._slices = Slices(self)
        self._taken = ""
        self._focus: QWidget | None = None
        self._drafted = False
        self._last: WorkSession | None = None
        self._sources: tuple[SourceMark, ...] = ()
        self._refusal: UserFacingError | None = None
        self.id = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._save)
        self._confirmed.connect(self._on_confirmed, Qt.ConnectionType.QueuedConnection)
        self.notes = AuditNotes(page, vault, models)
        if vault.used:
            self._connect()
        page.exits.kept = self.keep_now

    # what the window asks

    @property
    def keeps(self) -> bool:
        """Whether what is done now outlasts the program."""
        return self._vault.is_open and self._vault.trouble is None and self._days != 0

    @property
    def _days(self) -> int:
        """So long works are kept: as the user likes, within the policy."""
        return self._policy.retention(self._settings.retention_days)

    @property
    def is_open(self) -> bool:
        """Whether the store is open."""
        return self._vault.is_open

    @property
    def trouble(self) -> UserFacingError | None:
        """Why saving fails at present."""
        return self._vault.trouble or self._refusal

    @property
    def safe(self) -> bool:
        """Whether all that was done is in the store."""
        return self._vault.is_open and self._safe >= self._edition and not self._timer.isActive()

    @property
    def words(self) -> str:
        """How the saving goes, for the status line; empty where there is no store."""
        if not self._vault.used:
            return ""
        if self.trouble is not None:
            return self.trouble.message
        if not self._vault.is_open:
            return tr(CLOSED.get(self._vault.state.kind, CLOSED["opening"]))
        return tr("저장됨") if self.safe else tr("저장하는 중")

    def keep_now(self) -> bool:
        """Hand the present state over to the store; whether it will still be there when the page shows another."""
        if self._vault.is_open:
            self._save()
        return self.keeps

    def settle(self, then: Callable[[], object]) -> None:
        """Do `then` once everything is on the disk, or once it is clear that it will not be."""
        if not self._vault.is_open:
            then()
            return
        self._save()
        job = self._vault.call(lambda vault: vault.flush())
        job.ended.connect(then)

    @property
    def writing(self) -> bool:
        """Whether a draft is being written, which no other work may take the place of."""
        return self._session.writing

    def open_work(self, work: str, failed: Callable[[UserFacingError], object] | None = None) -> None:
        """Show a stored work; what is on the page now is in the store already. `failed` gets why it cannot be."""
        if not self._policy.history and work != self.id and self._session.dirty:
            self._page.with_all_settled(lambda: self._open_work(work, failed))
            return
        self._open_work(work, failed)

    def _open_work(self, work: str, failed: Callable[[UserFacingError], object] | None) -> None:
        self.keep_now()
        job = self._vault.call(lambda vault: self._lane.load(vault, work))
        job.item.connect(lambda loaded: self._on_loaded(loaded, False))
        job.failed.connect(failed or self._page.area.alerts.show_error)

    def start_anew(self) -> None:
        """An empty page; the work that was there stays in the history, where the policy allows one."""
        if self._policy.history:
            self._start_anew()
        else:
            self._page.with_all_settled(self._start_anew)

    def _start_anew(self) -> None:
        from biseo_ui.reopening import clear

        self.keep_now()
        self._leave()
        clear(self._page)
        self._timer.stop()
        self.changed.emit()

    def stand_still(self) -> None:
        """The page is about to be emptied while the store rests: no word of the work stays here; its claim does."""
        self._stop_taking_up()
        self._timer.stop()
        self.id, self._last, self._sources = "", None, ()

    def go_on(self, work: str, session: WorkSession, documents: tuple[Document, ...]) -> None:
        """Show again what was on the page before `stand_still`, with the sources that were read."""
        from biseo_ui.reopening import take_up

        take_up(self._page, session, documents)
        self.id = work
        self._drafted = bool(session.marks)
        self._sources = session.sources
        self._touch()

    def leave(self, work: str) -> None:
        """The work is about to be deleted: where it is on the page, an empty page takes its place."""
        from biseo_ui.reopening import clear

        if work == self.id:
            self._leave()
            clear(self._page)
            self._timer.stop()
            self.changed.emit()

    # opening

    def _connect(self) -> None:
        session, vault = self._session, self._vault
        vault.opened.connect(self._on_opened)
        vault.changed.connect(self.changed)
        vault.rescued.connect(self._on_rescued)
        vault.trouble_changed.connect(self._on_trouble)
        session.began.connect(self._on_began)
        for signal in (
            session.history.changed, session.section_changed, session.dirty_changed, session.proposals.changed,
            session.review.changed, session.saved, session.ended, self._page.side.form.changed,
            self._page.cards.changed, self._page.filling_changed,
        ):  # fmt: skip
            signal.connect(self._touch)
        session.ended.connect(self._on_ended)
        session.review.changed.connect(lambda complete: self._save_version("reviewed") if complete else None)
        session.saved.connect(lambda _path: self._save_version("file"))

    def _on_opened(self) -> None:
        days = self._days

        def look(vault: Vault) -> Loaded | None:
            vault.log("start")
            found = self._lane.last_unfinished(vault)
            # A retention of nothing still brings back what a crash has left, once.
            vault.sweep(days if days >= 0 else None)
            return found

        job = self._vault.call(look)
        job.item.connect(self._on_found)
        job.failed.connect(self._page.area.alerts.show_error)
        self._vault.before_close = self._close

    def _on_found(self, found: Loaded | None) -> None:
        begun = self._session.request is not None or self._page.cards.cards or self._page.side.form.begun
        if found is None:
            self._touch()
            return
        if begun:  # who was quicker than the store is not disturbed
            from biseo_ui.work_entry import entry_of

            work = found.id
            self._release(work)
            self._touch()
            self._page.area.alerts.tell(
                "info",
                tr("지난번에 하던 작업이 있습니다: {title}").format(title=entry_of(found.work).title),
                action=(tr("이어서 하기"), lambda: self.open_work(work)),
            )
            return
        self._on_loaded(found, True)

    def _on_loaded(self, loaded: Loaded, at_start: bool) -> None:
        from biseo_ui.reopening import taking_up

        work, session = loaded.id, loaded.work
        if self._session.writing:
            self._release(work)
            return
        if work != self.id:
            self._leave()
        self._timer.stop()
        self._hold(True)
        self._taken = work
        self._slices.start(
            taking_up(self._page, session, loaded.documents),
            then=lambda: self._on_taken_up(loaded, at_start),
            failed=lambda error: self._on_not_taken_up(work, error),
        )

    def _on_taken_up(self, loaded: Loaded, at_start: bool) -> None:
        session = loaded.work
        self._hold(False)
        self.id = self._lane.claimed = loaded.id
        self._drafted = bool(session.marks)
        self._last, self._sources = session, session.sources
        self._timer.stop()
        self._refusal = None
        if at_start:
            self._page.area.alerts.tell(
                "info", tr("지난번에 하던 작업을 다시 열었습니다."), action=(tr("새로 시작"), self.start_anew)
            )
        place = "fill" if session.only_filling else session.task if session.task in OWN_PLACES else "write"
        self.taken_up.emit(place)
        self.changed.emit()

    def _on_not_taken_up(self, work: str, error: Exception) -> None:
        self._hold(False)
        self._release(work)
        if not isinstance(error, UserFacingError):
            raise error
        self._page.area.alerts.show_error(error)

    def _hold(self, held: bool) -> None:
        """While a long work is put on the page in pieces, nobody types into it, and half of it is not shown."""
        if held:
            self._focus = self._page.window().focusWidget()
        self._page.setEnabled(not held)
        self._page.area.editor.setUpdatesEnabled(not held)
        focus, self._focus = (self._focus, None) if not held else (None, self._focus)
        if focus is not None and shiboken6.isValid(focus) and self._page.isAncestorOf(focus):
            focus.setFocus()

    def _stop_taking_up(self) -> None:
        if self._slices.busy:
            self._slices.stop()
            self._hold(False)
            self._release(self._taken)

    def _on_rescued(self, told: Rescued) -> None:
        self._page.area.alerts.tell(
            "warning",
            tr("손상된 저장소에서 작업 {whole}개를 살렸습니다.").format(whole=told.whole + told.older + told.text_only),
            tr("앞선 판만 살린 작업 {older}개, 글만 살린 작업 {text}개, 잃은 작업 {lost}개입니다.").format(
                older=told.older, text=told.text_only, lost=told.lost
            ),
        )

    # saving

    def _touch(self, *_news: object) -> None:
        if self._vault.is_open and not self._timer.isActive():
            self._timer.start()
            self.changed.emit()

    def _on_began(self) -> None:
        if not self._session.states:  # another draft: the one before stays as it is
            self._sources = ()
            if self._drafted:
                self._leave()

    def _on_ended(self, how: str) -> None:
        if how == "done" and self._session.writes_page:
            self._save_version("done")

    def present(self) -> WorkSession | None:
        """The work as it stands now; None while there is nothing to keep."""
        if self._slices.busy:
            return None  # half of a work that is in the store is no state of it
        work = self._page.snapshot()
        return self._before_writing() if work is None else self._with_surroundings(work)

    def _save(self, keep: str = "") -> None:
        self._timer.stop()
        work = self.present()
        if not self._vault.is_open or work is None:
            return
        if work == self._last and not keep:
            self.changed.emit()
            return
        self._last = work
        self.id = self.id or os.urandom(16).hex()
        self._drafted = self._drafted or bool(work.marks)
        self._edition += 1
        edition = Edition(self._edition, self.id, work, self._documents())
        if keep:
            self._vault.call(lambda vault: self._lane.write(vault, edition, keep))
        elif self._lane.put(edition):
            self._vault.call(self._lane.write_newest)
        self.changed.emit()

    def _save_version(self, why: str) -> None:
        self._save(tr(KEPT_VERSIONS[why]))

    def _documents(self) -> dict[str, Document]:
        """The sources by their names in the store."""
        request = self._session.request
        documents = (*(request.sources if request is not None else ()), *self._page.cards.documents())
        return {mark_of(document).stored: document for document in documents if mark_of(document).stored}

    def _before_writing(self) -> WorkSession | None:
        """Form, sources and what is filled in while there is no draft; None while there is nothing of one's own."""
        form, filling = self._page.side.form, self._page.filled_form()
        if self._session.request is not None or form.task is None:
            return None
        if self._page.shows_example:
            return WorkSession(form.task.id, filling=filling) if filling is not None else None
        known = {mark.path: mark for mark in self._sources}
        sources = [
            mark_of(card.source.document) if card.source.document is not None else known.get(str(card.source.path))
            for card in self._page.cards.cards
        ]
        if not form.begun and not any(sources) and filling is None and not self.id:
            return None
        self._sources = tuple(mark for mark in sources if mark is not None)
        values = dict(form.values()) if form.begun or any(sources) or filling is None else {}
        return WorkSession(form.task.id, values, sources=self._sources, filling=filling)

    def _with_surroundings(self, work: WorkSession) -> WorkSession:
        """With what stands around the draft.

        Sources of a work that was taken up, which are still being read or have gone, are not forgotten.
        """
        fewer = {mark.sha256 for mark in work.sources} < {mark.sha256 for mark in self._sources}
        form = self._page.side.form
        values = dict(form.values())
        of_it = form.task is not None and form.task.id == work.task
        return replace(
            work,
            sources=self._sources if fewer else work.sources,
            typed=values if of_it and values != work.form else None,
            cursor=self._page.area.editor.textCursor().position(),
            filling=self._page.filled_form(),
        )

    # in the lane of the store

    def _tell(self, edition: int, error: UserFacingError | None) -> None:
        with contextlib.suppress(RuntimeError):  # the window may be gone
            self._confirmed.emit(edition, error)

    def _close(self, vault: Vault) -> None:
        """The window is gone; called in the lane."""
        days = self._days
        vault.log("end")
        if days == 0:
            if self._lane.claimed:
                vault.release(self._lane.claimed)
            vault.sweep(0)

    # news from there

    def _on_confirmed(self, edition: int, error: UserFacingError | None) -> None:
        if error is None:
            self._safe = max(self._safe, edition)
            self._refusal = None
            self.stored.emit()
        elif error.code == "work-gone":  # deleted by another window: what is here is a new work
            self.id, self._last = "", None
            self._touch()
        elif edition == self._edition:
            self._refusal = error
        self.changed.emit()

    def _on_trouble(self, error: UserFacingError | None) -> None:
        if error is not None:
            self._page.area.alerts.show_error(error)
        else:
            self._page.area.alerts.tell("ok", tr("작업이 다시 저장되고 있습니다."))
        self.changed.emit()

    def _leave(self) -> None:
        """Another work comes onto the page."""
        self._stop_taking_up()
        left, self.id, self._drafted = self.id, "", False
        self._last, self._sources = None, ()
        self._lane.claimed = ""
        if left and self._policy.history:
            self._release(left)
        elif left and self._vault.is_open:
            self._vault.call(lambda vault: (vault.release(left), vault.delete_work(left)))

    def _release(self, work: str) -> None:
        if self._vault.is_open:
            self._vault.call(lambda vault: vault.release(work))
