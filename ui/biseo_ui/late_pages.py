"""The pages of the window that are built when they are first shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from biseo_ui.compare_wiring import compare_page
from biseo_ui.extract_wiring import extract_page, offer_in_library
from biseo_ui.library_wiring import library_page

if TYPE_CHECKING:
    from biseo.policy import Policy
    from biseo.settings import Settings
    from biseo_ui.dialogs.file_dialogs import FileDialogs
    from biseo_ui.engine_host import EngineHost
    from biseo_ui.ime import ImeWatch
    from biseo_ui.jobs import JobRunner
    from biseo_ui.keeper import Keeper
    from biseo_ui.model_state import ModelState
    from biseo_ui.pages.compare_page import ComparePage
    from biseo_ui.pages.extract_page import ExtractPage
    from biseo_ui.pages.help_page import HelpPage
    from biseo_ui.pages.history_page import HistoryPage
    from biseo_ui.pages.library_page import LibraryPage
    from biseo_ui.pages.preview_page import PreviewPage
    from biseo_ui.pages.settings_page import SettingsPage
    from biseo_ui.pages.work_page import WorkPage
    from biseo_ui.saved_settings import SavedSettings
    from biseo_ui.screen_lock import ScreenLock
    from biseo_ui.services import Services
    from biseo_ui.theme import Theme
    from biseo_ui.vault_host import VaultHost
    from biseo_ui.widgets.dressed_stack import DressedStack


class LatePages(QMainWindow):
    """A window whose seldom seen pages cost nothing before they are seen; what they are built of, it has made."""

    policy: Policy
    vault: VaultHost
    dialogs: FileDialogs
    models: ModelState
    saved_settings: SavedSettings
    work: WorkPage
    pages: DressedStack
    keeper: Keeper
    lock: ScreenLock
    _theme: Theme
    _ime: ImeWatch
    _runner: JobRunner
    _services: Services
    _host: EngineHost
    _settings: Settings
    _before_help: str
    _work_place: str

    def show_place(self, place: str) -> None:
        """Go to a place of the rail."""
        raise NotImplementedError

    @cached_property
    def settings_page(self) -> SettingsPage:
        """Built when it is first shown."""
        from biseo_ui.pages.settings_page import SettingsPage
        from biseo_ui.widgets.store_keys import StoreKeys

        page = SettingsPage(self._theme, self.models, self._settings, self.policy)
        page.look_chosen.connect(self.saved_settings.set_look)
        page.retention_chosen.connect(self.saved_settings.set_retention)
        page.idle_lock_chosen.connect(self.saved_settings.set_idle_lock)
        page.idle_lock_chosen.connect(lambda _minutes: self.lock.follow_settings())
        if self.vault.used:
            why = self.policy.reason("passphrase_required")
            page.add_keys(StoreKeys(self._theme, self.vault, self.keeper, self.dialogs, page.alerts, why))
        page.import_wanted.connect(lambda: self.dialogs.open_model(self.models.add))
        self.pages.addWidget(page)
        return page

    @cached_property
    def help_page(self) -> HelpPage:
        """Built when it is first shown."""
        from biseo_ui.pages.help_page import HelpPage

        page = HelpPage(self._theme)
        page.closed.connect(lambda: self.show_place(self._before_help))
        self.pages.addWidget(page)
        return page

    @cached_property
    def history_page(self) -> HistoryPage:
        """Built when it is first shown."""
        from biseo_ui.ask_wiring import connect_history
        from biseo_ui.pages.history_page import HistoryPage

        page = HistoryPage(self._theme, self.vault, self.keeper, self.policy.reason("history"))
        page.reopened.connect(lambda: self.show_place(self._work_place))
        connect_history(self, page)
        self.pages.addWidget(page)
        return page

    @cached_property
    def library_page(self) -> LibraryPage:
        """Built when it is first shown."""
        from biseo_ui.ask_wiring import add_asking

        page = library_page(self, self._theme, self._ime, self._runner, self._services)
        offer_in_library(self, page)
        page.asking = add_asking(self, page, self._theme, self._ime, self._runner, self._services, self._host)
        self.pages.addWidget(page)
        return page

    @cached_property
    def compare_page(self) -> ComparePage:
        """Built when it is first shown."""
        page = compare_page(self, self._theme, self._runner, self._services)
        self.pages.addWidget(page)
        return page

    @cached_property
    def manual_page(self) -> ExtractPage:
        """Built when it is first shown."""
        return self._add(extract_page(self, "manual", self._theme, self._runner, self._services))

    @cached_property
    def cases_page(self) -> ExtractPage:
        """Built when it is first shown."""
        return self._add(extract_page(self, "cases", self._theme, self._runner, self._services))

    def _add(self, page: ExtractPage) -> ExtractPage:
        self.pages.addWidget(page)
        return page

    @cached_property
    def preview_page(self) -> PreviewPage:
        """Built when it is first shown."""
        from biseo_ui.pages.preview_page import PreviewPage

        page = PreviewPage(self._theme, self._runner, self.policy)
        page.closed.connect(lambda: self.show_place(self._work_place))
        page.pdf_wanted.connect(lambda: self.work.save(kind="pdf"))
        page.press.printed.connect(self.keeper.notes.printed)
        self.work.session.saved.connect(page.show_saved)
        self.work.session.save_failed.connect(page.alerts.show_error)
        self.pages.addWidget(page)
        return page
