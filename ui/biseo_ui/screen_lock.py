"""Locks the window while nobody is at the PC: covered at once, then saved, and wiped from memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from biseo.errors import UserFacingError
from biseo.settings import Settings
from biseo_ui import memory, standstill
from biseo_ui.engine_host import EngineHost
from biseo_ui.idle_watch import IdleWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.screen_cover import ScreenCover
from biseo_ui.services import Services
from biseo_ui.session_lock import SessionWatch
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.lock_page import LockPage

QUIET_MS = 100
PATIENCE = 50
"""So many times `QUIET_MS` work that is under way (a file being written) is waited for before the wiping."""
RETRY_MS = 15_000
TEXT_LANES = ("engine", "files", "saving", "checks", "pages", "vault", "library", "searching", "reading", "comparing")


def lock_nothing() -> bool:
    """For windows that must not lock the PC they run on (tests)."""
    return False


class ScreenLock(QObject):
    """The lock of one window.

    The window is covered at once. A draft that is being written is written to its end and goes into the store; then
    the store is closed and its key overwritten, the model's process ended, and every word taken out of the window. What
    cannot be saved is not wiped. With a passphrase the store's key is asked for again; where the key lies in the
    system's credential store, the system's own lock is what protects, and is called.

    Args:
        lock_pc: has the operating system lock its session; whether it did.

    Signals:
        changed: locked, unlocked, or further with the wiping.
    """

    changed = Signal()

    def __init__(
        self, window: MainWindow, theme: Theme, settings: Settings, vault: VaultHost, runner: JobRunner,
        services: Services, host: EngineHost, lock_pc: Callable[[], bool] = lock_nothing,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._theme, self._settings, self._vault = window, theme, settings, vault
        self._runner, self._services, self._host = runner, services, host
        self.lock_pc = lock_pc
        self.step = ""
        self._cover: ScreenCover | None = None
        self._opening = False
        self._unsaved = False
        self._waited = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._wipe)
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.lock)
        self.session = SessionWatch(lambda: self.lock(by_system=True), self._on_session_unlocked)
        self.follow_settings()
        window.work.session.ended.connect(lambda _how: self._again.start(0) if self.on else None)
        vault.trouble_changed.connect(lambda error: self._again.start(0) if error is None and self.on else None)

    @property
    def on(self) -> bool:
        """Whether the window is locked."""
        return self._cover is not None and self._cover.on

    @property
    def page(self) -> LockPage:
        """The lock page; built with the first lock."""
        assert self._cover is not None
        return self._cover.page

    def follow_settings(self) -> None:
        """The time may be another now."""
        self.idle.set_minutes(self._window.policy.idle_lock(self._settings.idle_lock_minutes))

    def begin(self) -> None:
        """The window is shown: listen to the operating system as well."""
        handle = self._window.windowHandle()
        self.idle.watch(handle)
        if self.session.begin(int(self._window.winId())):
            from PySide6.QtCore import QCoreApplication

            app = QCoreApplication.instance()
            assert app is not None
            app.installNativeEventFilter(self.session)

    def lock(self, by_system: bool = False) -> None:
        """Lock the window; `by_system` where the system's session was locked already."""
        if self.on:
            return
        cover = self._cover = self._cover or self._make_cover()
        self._opening, self._waited = False, 0
        way = self._vault.way if self._vault.is_open else "cover"
        cover.page.show_way(way)
        cover.page.show_progress("cover")
        cover.put()
        self.step = "covered"
        self.changed.emit()
        if way != "passphrase" and not by_system:
            job = self._runner.call("saving", self.lock_pc)
            job.item.connect(lambda locked: None if locked else cover.page.show_unlocked_pc())
        self._again.start(0)

    def may_close(self) -> bool:
        """Whether the window can be closed without losing anything, locked as it is; why not is said on the page."""
        lost = self._unsaved if self.step in ("wiped", "wiping") else standstill.unsaved(self._window)
        if lost or self._window.work.session.writing:
            self.page.show_unsaved()
            return False
        return True

    def end(self) -> None:
        """The window is closed."""
        self._again.stop()
        self.idle.set_minutes(0)
        self.session.end()
        if self._cover is not None:
            self._cover.end()

    # wiping

    def _wipe(self) -> None:
        """Go on with the wiping as far as it can go now."""
        if not self.on or self._opening or self.step in ("wiping", "wiped"):
            return
        if not self._vault.is_open:
            return
        if self._window.work.session.writing:
            self._progress("writing")
            return  # `ended` calls again
        self._window.work.ahead.pause()
        if self._runner.busy() and self._waited < PATIENCE:
            self._waited += 1
            self._progress("saving")
            self._again.start(QUIET_MS)
            return
        self._progress("saving")
        self._window.keeper.keep_now()
        self._unsaved = standstill.unsaved(self._window)
        still = standstill.gather(self._window)
        self.step = "wiping"
        job = self._vault.rest(still.pack)
        job.item.connect(lambda _none: self._on_rested())
        job.failed.connect(self._on_held)
        job.broke.connect(lambda _error: self._on_held(None))

    def _on_held(self, _error: UserFacingError | None) -> None:
        """Something cannot be saved: it stays in memory rather than be lost, and is tried again."""
        self.step = "covered"
        self._progress("held")
        self._again.start(RETRY_MS)

    def _on_rested(self) -> None:
        standstill.empty(self._window)
        ending = {self._runner.call("engine", self._host.close), self._runner.call("checks", self._forget_texts)}

        def on_ended(job: Job) -> None:
            ending.discard(job)
            if not ending:
                QTimer.singleShot(0, self, self._finish)

        for job in tuple(ending):
            job.ended.connect(lambda job=job: on_ended(job))

    def _forget_texts(self) -> None:
        """What the checks have made ready of the texts; in their lane."""
        for each in (self._services.find_evidence, self._services.review_section, self._services.write_draft):
            forget = getattr(each, "forget", None)
            if forget is not None:
                forget()

    def _finish(self) -> None:
        """Nobody holds the words any more: write over where they were."""
        if self.step != "wiping":
            return
        self._runner.forget_ended()
        memory.clear_word_caches()
        memory.collect()

        memory.overwrite_own()
        ending = {self._runner.call(lane, memory.overwrite_own) for lane in TEXT_LANES}
        ending.add(self._runner.call("saving", memory.overwrite))

        def on_ended(job: Job) -> None:
            ending.discard(job)
            if not ending:
                self._on_scrubbed()

        for job in tuple(ending):
            job.ended.connect(lambda job=job: on_ended(job))

    def _on_scrubbed(self) -> None:
        if self.step == "wiping":
            self.step = "wiped"
            self._progress("wiped")

    def _progress(self, step: str) -> None:
        self.page.show_progress(step)
        self.changed.emit()

    # opening

    def _open(self, passphrase: str | None = None, code: str | None = None) -> None:
        if self._opening:
            return
        if not self._vault.has_store or not (self._vault.is_open or self._vault.state.kind == "resting"):
            self._uncover()
            return
        self._opening = True
        self._again.stop()
        job = self._vault.wake(passphrase=passphrase, recovery_code=code)
        job.item.connect(self._on_opened)
        job.failed.connect(self._on_refused)
        job.broke.connect(lambda _error: self._on_refused(None))

    def _on_refused(self, error: UserFacingError | None) -> None:
        from biseo.vault.errors import vault_error

        self._opening = False
        self.page.show_refusal(error or vault_error("store-refused"))
        self._again.start(0)

    def _on_opened(self, words: bytes | None) -> None:
        self.page.opened()
        if words is not None:
            standstill.bring_back(self._window, standstill.unpack(words))
        self._window.work.ahead.go_on()
        self._uncover()

    def _uncover(self) -> None:
        assert self._cover is not None
        self._cover.take_away()
        self._opening, self.step = False, ""
        self._again.stop()
        self.idle.begin()
        self._cover.focus_again()
        self.changed.emit()

    def _on_session_unlocked(self) -> None:
        """The system has asked for the password: where its key opens the store, nothing more is asked."""
        if self.on and not self._opening and self._vault.way != "passphrase":
            self._open()

    def _make_cover(self) -> ScreenCover:
        from biseo_ui.pages.lock_page import LockPage

        page = LockPage(self._theme)
        self._theme.dress(page)
        page.passphrase.connect(lambda words: self._open(passphrase=words))
        page.code.connect(lambda words: self._open(code=words))
        page.pressed.connect(self._open)
        return ScreenCover(self._window, page)
