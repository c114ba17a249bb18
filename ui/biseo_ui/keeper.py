"""Keeps the work in the encrypted store while it is done, and goes on with it at the next start."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo.worksession import SourceMark, WorkSession, from_json, source_mark
from biseo_ui.audit_notes import AuditNotes
from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState
from biseo_ui.pages.work_page import OWN_PLACES, WorkPage
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from concurrent.futures import Future

    from biseo.vault import Rescued, Vault, WorkEntry

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
        self._lock = threading.Lock()
        self._slot: tuple[int, str, WorkSession] | None = None
        self._claimed = ""
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

        def load(vault: Vault) -> tuple[str, bytes]:
            vault.claim(work)
            return work, vault.load_work(work)

        job = self._vault.call(load)
        job.event.connect(lambda loaded: self._on_loaded(loaded[0], loaded[1], False))
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
            self._page.cards.changed,
        ):  # fmt: skip
            signal.connect(self._touch)
        session.ended.connect(self._on_ended)
        session.review.changed.connect(lambda complete: self._save_version("reviewed") if complete else None)
        session.saved.connect(lambda _path: self._save_version("file"))

    def _on_opened(self) -> None:
        days = self._days

        def look(vault: Vault) -> tuple[WorkEntry, bytes] | None:
            vault.log("start")
            found = _last_unfinished(vault)
            # A retention of nothing still brings back what a crash has left, once.
            vault.sweep(days if days >= 0 else None)
            return found

        job = self._vault.call(look)
        job.event.connect(self._on_found)
        job.failed.connect(self._page.area.alerts.show_error)
        self._vault.before_close = self._close

    def _on_found(self, found: tuple[WorkEntry, bytes] | None) -> None:
        begun = self._session.request is not None or self._page.cards.cards or self._page.side.form.begun
        if found is None:
            self._touch()
            return
        entry, data = found
        if begun:  # who was quicker than the store is not disturbed
            self._release(entry.id)
            self._touch()
            self._page.area.alerts.tell(
                "info",
                tr("지난번에 하던 작업이 있습니다: {title}").format(title=entry.title),
                action=(tr("이어서 하기"), lambda: self.open_work(entry.id)),
            )
            return
        self._on_loaded(entry.id, data, True)

    def _on_loaded(self, work: str, data: bytes, at_start: bool) -> None:
        from biseo_ui.reopening import take_up

        if self._session.writing:
            self._release(work)
            return
        alerts = self._page.area.alerts
        try:
            session = from_json(data.decode("utf-8"))
            if work != self.id:
                self._leave()
            take_up(self._page, session)
        except UserFacingError as error:
            self._release(work)
            alerts.show_error(error)
            return
        self.id = self._claimed = work
        self._drafted = bool(session.marks)
        self._last, self._sources = session, session.sources
        self._timer.stop()
        self._refusal = None
        if at_start:
            alerts.tell("info", tr("지난번에 하던 작업을 다시 열었습니다."), action=(tr("새로 시작"), self.start_anew))
        self.taken_up.emit(session.task if session.task in OWN_PLACES else "write")
        self.changed.emit()

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

    def _save(self, keep: str = "") -> None:
        self._timer.stop()
        work = self._page.snapshot()
        work = self._before_writing() if work is None else self._with_surroundings(work)
        if not self._vault.is_open or work is None:
            return
        if work == self._last and not keep:
            self.changed.emit()
            return
        self._last = work
        self.id = self.id or os.urandom(16).hex()
        self._drafted = self._drafted or bool(work.marks)
        self._edition += 1
        edition, name = self._edition, self.id
        if keep:
            self._vault.call(lambda vault: self._write(vault, edition, name, work, keep))
        else:
            with self._lock:
                waits, self._slot = self._slot is not None, (edition, name, work)
            if not waits:
                self._vault.call(self._write_newest)
        self.changed.emit()

    def _save_version(self, why: str) -> None:
        self._save(tr(KEPT_VERSIONS[why]))

    def _before_writing(self) -> WorkSession | None:
        """Form and sources while there is no draft; None while there is nothing, or only the example."""
        form, cards = self._page.side.form, self._page.cards.cards
        if self._session.request is not None or self._page.shows_example or form.task is None:
            return None
        known = {mark.path: mark for mark in self._sources}
        sources = [
            source_mark(card.source.document) if card.source.document is not None else known.get(str(card.source.path))
            for card in cards
        ]
        if not form.begun and not any(sources) and not self.id:
            return None
        self._sources = tuple(mark for mark in sources if mark is not None)
        return WorkSession(form.task.id, dict(form.values()), sources=self._sources)

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
        )

    # in the lane of the store

    def _write_newest(self, vault: Vault) -> None:
        with self._lock:
            slot, self._slot = self._slot, None
        if slot is not None:
            self._write(vault, *slot, "")

    def _write(self, vault: Vault, edition: int, name: str, work: WorkSession, keep: str) -> None:
        from biseo.vault import VaultError
        from biseo_ui.work_entry import entry_of

        try:
            if name != self._claimed:
                vault.claim(name)
                self._claimed = name
            entry = entry_of(work)
            future = vault.save_work(
                name, work.to_json().encode("utf-8"), title=entry.title, task=work.task, phase=entry.phase,
                text=entry.text, keep=keep,
            )  # fmt: skip
        except VaultError as error:
            self._tell(edition, error)
            return
        future.add_done_callback(lambda done: self._tell(edition, _error_of(done)))

    def _tell(self, edition: int, error: UserFacingError | None) -> None:
        with contextlib.suppress(RuntimeError):  # the window may be gone
            self._confirmed.emit(edition, error)

    def _close(self, vault: Vault) -> None:
        """The window is gone; called in the lane."""
        days = self._days
        vault.log("end")
        if days == 0:
            if self._claimed:
                vault.release(self._claimed)
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
        left, self.id, self._drafted = self.id, "", False
        self._last, self._sources = None, ()
        self._claimed = ""
        if left and self._policy.history:
            self._release(left)
        elif left and self._vault.is_open:
            self._vault.call(lambda vault: (vault.release(left), vault.delete_work(left)))

    def _release(self, work: str) -> None:
        if self._vault.is_open:
            self._vault.call(lambda vault: vault.release(work))


def _last_unfinished(vault: Vault) -> tuple[WorkEntry, bytes] | None:
    """The work that was on the page last, claimed, with its state; None when it is finished or open elsewhere."""
    from biseo.vault import VaultError

    for entry in vault.works(1):
        data = vault.load_work(entry.id)
        session = from_json(data.decode("utf-8"))
        if entry.phase == "reviewed" and session.saved and Path(session.file).name:
            return None
        try:
            vault.claim(entry.id)
        except VaultError:
            return None
        return entry, data
    return None


def _error_of(done: Future[int]) -> UserFacingError | None:
    error = done.exception()
    if error is None or isinstance(error, UserFacingError):
        return error
    return UserFacingError(
        "unexpected", tr("작업을 저장하지 못했습니다."), tr("파일로 저장한 뒤 프로그램을 다시 열어 주세요.")
    )
