"""Puts the library together with the rest of the window: its desk at the start, its page when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services
from biseo_ui.theme import Theme

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.library_page import LibraryPage


def wire_desk(window: MainWindow) -> None:
    """The library rests while a draft is written, and holds nothing while the window is locked."""
    desk, session, lock = window.library, window.work.session, window.lock
    desk.looked.connect(window.saved_settings.save)
    session.began.connect(lambda: desk.hold(True))
    session.ended.connect(lambda _how: desk.hold(False))
    lock.changed.connect(lambda: desk.lock(lock.on))


def library_page(
    window: MainWindow, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services
) -> LibraryPage:  # fmt: skip
    """The page of that window."""
    from biseo_ui.pages.library_page import LibraryPage

    return LibraryPage(
        theme, ime, runner, services, window.library, window.dialogs, window.policy.reason("clipboard")
    )  # fmt: skip
