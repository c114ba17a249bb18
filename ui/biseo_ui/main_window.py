"""The window: a rail, pages, a status line, shortcuts. It holds them together and does no work of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from biseo.document import Draft
from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo_ui.alerts import Alerts
from biseo_ui.clipboard_guard import ClipboardGuard
from biseo_ui.compare_wiring import is_comparing, show_comparing, stop_when_locked
from biseo_ui.copy_net import CopyNet
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.engine_host import EngineHost
from biseo_ui.entrance import Entrance
from biseo_ui.extract_wiring import offer_at_start, shown_extract
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import JobRunner
from biseo_ui.keeper import Keeper
from biseo_ui.late_pages import LatePages
from biseo_ui.library_desk import LibraryDesk
from biseo_ui.library_wiring import wire_desk
from biseo_ui.model_state import ModelState
from biseo_ui.pages.work_page import WorkPage
from biseo_ui.saved_settings import SavedSettings
from biseo_ui.screen_lock import ScreenLock
from biseo_ui.services import Services
from biseo_ui.status_news import StatusNews
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.dressed_stack import DressedStack
from biseo_ui.widgets.drop_cover import DropCover
from biseo_ui.widgets.keyboard_frame import KeyboardFrame
from biseo_ui.widgets.rail import Rail
from biseo_ui.widgets.status_line import StatusLine
from biseo_ui.window_keys import add_keys

USUAL = QSize(1360, 860)
FRAME = QSize(2, 40)
"""What the title bar and the edges of the system's frame take of a small screen."""

WITHIN = "편집하는 글은 이 프로그램 안에서 Ctrl+V로 옮겨 붙일 수 있습니다."


class MainWindow(LatePages):
    """`closed` when the official has closed it and nothing is left to ask."""

    closed = Signal()

    def __init__(
        self, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services, host: EngineHost,
        settings: Settings, dialogs: FileDialogs | None = None, vault: VaultHost | None = None,
        policy: Policy | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.policy = policy = policy or Policy()
        self.vault = vault or VaultHost(runner, used=False)
        self._theme, self._ime, self._runner, self._settings = theme, ime, runner, settings
        self._services, self._host = services, host
        self.dialogs = dialogs or FileDialogs(self, policy)
        self.models = ModelState(runner, services.store, host, self)
        self.saved_settings = SavedSettings(settings, theme, runner, self)
        self.rail = Rail(theme)
        self.status = StatusLine(theme)
        self.work = WorkPage(theme, ime, runner, services, host, self.models, settings, self.dialogs, policy)
        self.pages = DressedStack(theme)
        self.pages.add_parted(self.work)
        self.entrance = Entrance(theme, settings, self.vault, self.pages, self.rail, self, policy)
        self._cover = DropCover(self, lambda: not (self.entrance.barred or self.lock.on))
        theme.dress(self.rail, self.status, self._cover)
        self._closing = self._begun = False
        self._before_help = self._work_place = "write"
        self.keeper = Keeper(self.work, self.vault, settings, self.models, policy)
        self.library = LibraryDesk(self.vault, runner, services.read_document, settings, parent=self)
        self.lock = ScreenLock(self, theme, settings, self.vault, runner, services, host)
        self._news = StatusNews(self.status, self.models, self.work.session, self.work.ahead, self.keeper)
        self._layout()
        add_keys(self, ime)
        self._connect()
        self.net = CopyNet(self.work.privacy, runner, self)
        if not policy.clipboard:
            self.guard = guard = ClipboardGuard(self._tell_clipboard, self)
            self.lock.changed.connect(lambda: guard.forget() if self.lock.on else None)
        self.entrance.begin()
        QTimer.singleShot(0, self.models.begin)

    def leave_comparing(self) -> None:
        """Back from the comparison to the work."""
        self.show_place(self._work_place)

    def preview(self) -> None:
        """Show the draft as it will be printed; from there, print it."""
        if self._previewing:
            self.preview_page.print_draft()
        elif self.pages.currentWidget() is self.work and self.work.session.has_draft:
            if not self.work.exits.may_leave("print"):
                return
            draft = self.work.session.draft()
            self.work.privacy.pass_draft(draft, "print", lambda dress: self._show_preview(dress(draft)))

    def _show_preview(self, draft: Draft) -> None:
        self.preview_page.show_draft(draft)
        self.pages.setCurrentWidget(self.preview_page)
        self.preview_page.print.setFocus()

    def show_place(self, place: str) -> None:
        """Go to a place of the rail."""
        if self.entrance.barred:
            return
        self.rail.select(place)
        if place != "help":
            self._before_help = place
        if place in ("settings", "help", "history", "library"):
            page: QWidget = getattr(self, f"{place}_page")
            self.pages.setCurrentWidget(page)
            page.setFocus()
            if place == "history":
                self.history_page.refresh()
            return
        self._work_place = place
        self.work.show_place(place)
        self.pages.setCurrentWidget(self.work)

    def tell_fault(self) -> None:
        """Something unexpected happened; one sentence, and the program goes on."""
        from biseo_ui.crash import log_file

        self._alerts.tell(
            "error",
            tr("프로그램 안에서 예상하지 못한 일이 생겼습니다."),
            tr("하던 일은 이어서 할 수 있습니다. 되풀이되면 기록 파일을 전산 담당자에게 전해 주세요: {path}").format(
                path=log_file()
            ),
        )

    def _tell_clipboard(self) -> None:
        if self.entrance.barred or self.lock.on:  # these pages have no place for messages
            QToolTip.showText(QCursor.pos(), self.policy.reason("clipboard"), self)
        elif self.work.filling and self.pages.currentWidget() is self.work:
            self.work.fill_page.alerts.tell("warning", self.policy.reason("clipboard"), tr(WITHIN))
        else:
            self._alerts.tell("warning", self.policy.reason("clipboard"), tr(WITHIN))

    # inside

    @property
    def _previewing(self) -> bool:
        return "preview_page" in self.__dict__ and self.pages.currentWidget() is self.preview_page

    @property
    def _alerts(self) -> Alerts:
        """Where a message is seen now: on the preview or the settings, else with the work."""
        if self._previewing:
            return self.preview_page.alerts
        if is_comparing(self):
            return self.compare_page.alerts
        if (page := shown_extract(self)) is not None:
            return page.alerts
        if self.rail.place in ("settings", "history", "library"):
            alerts: Alerts = getattr(self, f"{self.rail.place}_page").alerts
            return alerts
        return self.work.area.alerts

    def _show_error(self, error: UserFacingError) -> None:
        self._alerts.show_error(error)

    def _layout(self) -> None:
        self.setWindowTitle(tr("행정비서"))
        self.setWindowIcon(self._theme.icon("app", "accent"))
        self.setMinimumSize(1024, 700)
        self.resize(first_size(self.screen().availableSize()))
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addWidget(self.pages, 1)
        middle = KeyboardFrame()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)

    def escape(self) -> None:
        """Esc: out of the help or the preview, else out of what the work does."""
        if self.rail.place == "help":
            self.show_place(self._before_help)
        elif self._previewing:
            self.show_place(self._work_place)
        elif is_comparing(self):
            if not self.compare_page.escape():
                self.leave_comparing()
        elif (page := shown_extract(self)) is not None:
            if not page.escape():
                self.leave_comparing()
        else:
            self.work.escape()

    def _connect(self) -> None:
        self._cover.dropped.connect(self._on_dropped)
        self.keeper.taken_up.connect(self.show_place)
        self.entrance.passed.connect(self._on_passed)
        self.entrance.notice_confirmed.connect(self.saved_settings.confirm_notice)
        self.work.area.print.clicked.connect(self.preview)
        self.work.side.compare_wanted.connect(lambda: show_comparing(self))
        self.lock.changed.connect(lambda: stop_when_locked(self))
        self.rail.chosen.connect(self.show_place)
        offer_at_start(self)
        self.library_use = wire_desk(self)
        self.work.model_page_wanted.connect(lambda: self.show_place("settings"))
        self.work.settings_changed.connect(self.saved_settings.save)
        self.saved_settings.failed.connect(self._show_error)
        self.models.failed.connect(self._show_error)
        self.models.told.connect(lambda words: self._alerts.tell("ok", words))

    def _on_passed(self) -> None:
        """The notice is read and the store open, or not to be used."""
        self.show_place(self._before_help if self._begun else self._work_place)
        self._begun = True
        if not self.work.session.has_draft and self.pages.currentWidget() is self.work:
            self.work.area.start.example.setFocus()

    def _on_look(self, name: str, scale: int) -> None:
        self.saved_settings.set_look(name, scale)

    def _on_dropped(self, paths: list[Path]) -> None:
        if is_comparing(self):
            self.compare_page.add_files(paths)
            return
        if (page := shown_extract(self)) is not None:
            page.read(paths)
            return
        if self.pages.currentWidget() is not self.work:
            self.show_place(self._work_place)
        self.work.add_files(paths)

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            self.lock.end()
            event.accept()
            return
        event.ignore()
        if self.lock.on:
            if self.lock.may_close():
                QTimer.singleShot(0, self, self._finish)
            return
        # Asked after the event: a question inside of it would run the event loop within the event.
        QTimer.singleShot(0, self, lambda: self.keeper.settle(self._settle))

    def _settle(self) -> None:
        self.work.with_all_settled(self._finish)

    def _finish(self) -> None:
        self._closing = True
        self.work.ahead.close()
        self.close()
        self.library.stop(self.closed.emit)


def first_size(room: QSize) -> QSize:
    """How large the window is at first on a screen with that much room."""
    return USUAL.boundedTo(room - FRAME)
