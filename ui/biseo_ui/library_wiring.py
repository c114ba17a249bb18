"""Puts the library together with the rest of the window: its desk at the start, its page when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import JobRunner
from biseo_ui.library_use import LibraryUse
from biseo_ui.pages.work_page import OWN_PLACES
from biseo_ui.services import Services
from biseo_ui.theme import Theme

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.library_page import LibraryPage


def wire_desk(window: MainWindow) -> LibraryUse:
    """The library rests while a draft is written, and holds nothing while the window is locked.

    Returns:
        What takes passages into the work.
    """
    desk, session, lock = window.library, window.work.session, window.lock
    desk.looked.connect(window.saved_settings.save)
    session.began.connect(lambda: desk.hold(True))
    session.ended.connect(lambda _how: desk.hold(False))
    lock.changed.connect(lambda: desk.lock(lock.on))

    def show() -> None:
        task = window.work.side.form.task
        window.show_place(task.id if task is not None and task.id in OWN_PLACES else "write")

    return LibraryUse(window.work, lambda: window.library_page.alerts, show)


def library_page(
    window: MainWindow, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services
) -> LibraryPage:  # fmt: skip
    """The page of that window."""
    from biseo_ui.pages.library_page import LibraryPage

    page = LibraryPage(
        theme, ime, runner, services, window.library, window.dialogs, window.policy.reason("clipboard")
    )  # fmt: skip
    page.insert_wanted.connect(window.library_use.insert)
    page.source_wanted.connect(window.library_use.use)
    return page
