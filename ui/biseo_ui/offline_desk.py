"""Looks after the offline proof in the window: counts denied attempts, opens its page, keeps it fresh, saves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence

from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.main_window import MainWindow
from biseo_ui.services import Store
from biseo_ui.theme import Theme

if TYPE_CHECKING:
    from biseo.offline.report import Installed, Now
    from biseo.vault.report import VaultReport
    from biseo_ui.pages.offline_page import OfflinePage

LANE = "offline"
COUNT_MS = 10_000
"""So often the record of denied attempts is looked at."""
LOOK_MS = 4_000
"""So often the page looks again while it is seen."""
CLOSED = {
    "without": "저장소: 쓰지 않음",
    "locked": "저장소: 잠겨 있음",
    "trouble": "저장소: 열지 못함",
}


class OfflineDesk(QObject):
    """Everything is looked at in a lane of its own.

    Args:
        window: gets the page, the shortcut and the button of its status line.
        ime: nothing acts while it composes.
        store: of the models.
    """

    def __init__(
        self, window: MainWindow, theme: Theme, ime: ImeWatch, runner: JobRunner, store: Callable[[], Store]
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._theme, self._runner, self._store = window, theme, runner, store
        self._vault = window.vault
        self.page: OfflinePage | None = None
        self._job: Job | None = None
        self._blocked: int | None = None
        self._now: Now | None = None
        self._installed: Installed | None = None
        self._model: dict[str, Any] = {}
        self._keyring: str | None = None
        self._report: VaultReport | None = None
        self._data: dict[str, Any] = {}
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._count)
        self._counting.start(COUNT_MS)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        window.status.offline.clicked.connect(self.open)
        action = QAction(tr("외부 통신"), window)
        action.setShortcut(QKeySequence("Ctrl+F1"))
        action.setAutoRepeat(False)
        action.triggered.connect(ime.guarded(self.open))
        window.addAction(action)

    def open(self) -> None:
        """Show the page, unless the window has something to ask first."""
        window = self._window
        if window.entrance.barred:
            return
        if self.page is None:
            from biseo_ui.pages.offline_page import OfflinePage

            self.page = OfflinePage(self._theme)
            self.page.shown.connect(self._on_shown)
            self.page.closed.connect(lambda: window.show_place(window.rail.place or "write"))
            self.page.save_wanted.connect(self._save)
            window.pages.addWidget(self.page)
        window.pages.setCurrentWidget(self.page)
        self.page.setFocus()

    def look(self) -> None:
        """Look again, unless that is being done."""
        if self._job is None:
            self._job = self._runner.call(LANE, partial(_look, self._store, self._installed, self._keyring))
            self._job.item.connect(self._on_seen)
            self._job.ended.connect(self._on_looked)

    # inside

    def _on_shown(self, shown: bool) -> None:
        if shown:
            self._installed = self._keyring = None  # what lies on the disk may have changed since it was last shown
            self._looking.start()
            self.look()
        else:
            self._looking.stop()

    def _on_looked(self) -> None:
        self._job = None

    def _on_seen(self, seen: tuple[Now, Installed, dict[str, Any], str]) -> None:
        self._now, self._installed, self._model, self._keyring = seen
        self._tell(self._now.blocked, self._now.sockets)
        if self._vault.is_open:
            keyring = self._keyring
            job = self._vault.call(lambda vault: _store_report(vault, keyring))
            job.item.connect(self._on_store)
        else:
            self._on_store(None)

    def _on_store(self, report: VaultReport | None) -> None:
        self._report = report
        self._show()

    def _show(self) -> None:
        from biseo.offline.report import as_data

        if self._now is None or self._installed is None or self.page is None:
            return
        vault = vars(self._report) if self._report is not None else {"state": self._vault.state.kind}
        self._data = as_data(self._now, self._installed, self._model, vault)
        self.page.show_data(self._data, self._store_words())

    def _store_words(self) -> list[str]:
        if self._report is not None:
            return self._report.words()
        keyring = tr("자격 증명 보관소: {name}").format(name=self._keyring or tr("없음"))
        return [tr(CLOSED.get(self._vault.state.kind, "저장소: 여는 중")), keyring]

    def _save(self) -> None:
        page, data, store = self.page, self._data, self._store_words()
        if page is None:
            return

        def chosen(path: Path, overwrite: bool) -> None:
            from biseo.offline.saving import save_report

            job = self._runner.call("saving", lambda: save_report(data, store, path, overwrite=overwrite))
            job.item.connect(
                lambda saved: page.alerts.tell("ok", tr("{name} 파일로 저장했습니다.").format(name=saved.name))
            )
            job.failed.connect(page.alerts.show_error)

        self._window.dialogs.save_report(tr("행정비서 외부 통신 점검"), chosen)

    def _count(self) -> None:
        job = self._runner.call(LANE, _blocked)
        job.item.connect(lambda count: self._tell(count, 0 if self._now is None else self._now.sockets))

    def _tell(self, blocked: int, sockets: int) -> None:
        before, self._blocked = self._blocked, blocked
        self._window.status.show_offline(blocked, sockets)
        if before is not None and blocked > before and self._vault.is_open:
            self._vault.call(lambda vault: vault.log("network.blocked", counts={"attempts": blocked - before}))


def _look(
    store: Callable[[], Store], installed: Installed | None, keyring: str | None
) -> tuple[Now, Installed, dict[str, Any], str]:
    """All but the store; what does not change is looked at once."""
    from biseo.offline.report import look_installed, look_model, look_now
    from biseo.offline.store import keyring_label

    label = keyring_label() if keyring is None else keyring
    return look_now(), look_installed() if installed is None else installed, look_model(store()), label


def _store_report(vault: Any, keyring: str) -> VaultReport:
    from biseo.offline.store import report_of

    return report_of(vault, keyring)


def _blocked() -> int:
    from biseo.offline.report import count_blocked

    return count_blocked()
