"""What stands before the work: the notice of the first start, and the pages of the encrypted store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from biseo.policy import Policy
from biseo.settings import Settings
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost, VaultState
from biseo_ui.widgets.rail import Rail

OPEN_AFTER_MS = 150
"""The window is painted first; importing the store's libraries would hold it up."""


class Entrance(QObject):
    """Shows the page that the state asks for, and the work as soon as it may go on.

    Signals:
        passed: the work may be shown (again).
        notice_confirmed: the user has read the notice.
    """

    passed = Signal()
    notice_confirmed = Signal()

    def __init__(
        self, theme: Theme, settings: Settings, vault: VaultHost, pages: QStackedWidget, rail: Rail, parent: QObject,
        policy: Policy | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._policy = policy
        self._theme, self._settings, self._vault, self._pages, self._rail = theme, settings, vault, pages, rail
        self._made: dict[str, Any] = {}
        self._front: QWidget | None = None
        self._begun = False
        vault.changed.connect(self._on_changed)

    @property
    def barred(self) -> bool:
        """Whether something has to be read or answered before the work."""
        return self._front is not None

    def page(self, name: str) -> Any:
        """`notice`, `passphrase`, `unlock`, `recovery` or `trouble`; built when it is first shown."""
        if name not in self._made:
            page = self._made[name] = getattr(self, f"_make_{name}")()
            self._pages.addWidget(page)
        return self._made[name]

    def begin(self) -> None:
        """The window is there; `passed` comes at once where there is nothing to read."""
        if not self._settings.notice_read:
            self._put_in_front(self.page("notice"))
            self.page("notice").button.setFocus()
        else:
            self._pass()
            QTimer.singleShot(OPEN_AFTER_MS, self._vault, self._vault.begin)

    # pages

    def _make_notice(self) -> QWidget:
        from biseo_ui.pages.notice_page import NoticePage

        page = NoticePage(self._theme)
        page.confirmed.connect(self._on_notice)
        return page

    def _make_passphrase(self) -> QWidget:
        from biseo_ui.pages.passphrase_page import PassphrasePage

        page = PassphrasePage(self._theme)
        page.chosen.connect(self._vault.make)
        page.without.connect(self._vault.go_without)
        return page

    def _make_unlock(self) -> QWidget:
        from biseo_ui.pages.unlock_page import UnlockPage

        page = UnlockPage(self._theme)
        page.passphrase.connect(lambda words: self._vault.unlock(passphrase=words))
        page.code.connect(lambda words: self._vault.unlock(recovery_code=words))
        page.without.connect(self._vault.go_without)
        page.retry.connect(self._vault.begin)
        return page

    def _make_recovery(self) -> QWidget:
        from biseo_ui.pages.recovery_page import RecoveryPage

        page = RecoveryPage(self._theme, self._policy)
        page.confirmed.connect(self._vault.confirm_code)
        return page

    def _make_trouble(self) -> QWidget:
        from biseo_ui.pages.store_trouble_page import StoreTroublePage

        page = StoreTroublePage(self._theme)
        page.retry.connect(self._vault.begin)
        page.by_code.connect(self._vault.ask_for_code)
        page.rescue.connect(self._vault.rescue)
        page.anew.connect(lambda: self._vault.make(replace_lost=True))
        page.without.connect(self._vault.go_without)
        return page

    # news

    def _on_notice(self) -> None:
        self.notice_confirmed.emit()
        if self._vault.used:
            self.page("notice").wait()  # until the store is made
            self._vault.begin()
        else:
            self._pass()

    def _on_changed(self) -> None:
        state = self._vault.state
        show: Callable[[VaultState], None] | None = {
            "new-passphrase": self._ask_passphrase,
            "locked": lambda s: self._ask("unlock", s),
            "code": lambda s: self._ask("recovery", s),
            "trouble": lambda s: self._ask("trouble", s),
            "open": lambda _s: self._pass(),
            "without": lambda _s: self._pass(),
        }.get(state.kind)
        if show is not None:
            show(state)
        elif state.kind != "resting" and self._front is not None and hasattr(self._front, "card"):
            self._front.card.set_busy(True)  # opening or making, asked for on this page

    def _ask(self, name: str, state: VaultState) -> None:
        page = self.page(name)
        self._put_in_front(page)
        page.show_state(state)

    def _ask_passphrase(self, state: VaultState) -> None:
        page = self.page("passphrase")
        self._put_in_front(page)
        page.show_state(state, self._vault.has_store)

    def _put_in_front(self, page: QWidget) -> None:
        self._front = page
        self._rail.setEnabled(False)
        self._pages.setCurrentWidget(page)

    def _pass(self) -> None:
        waited, self._front = self._front is not None or not self._begun, None
        self._begun = True
        self._rail.setEnabled(True)
        if waited:
            self.passed.emit()
