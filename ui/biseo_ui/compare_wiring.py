"""Puts the comparison page together with the rest of the window, when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services
from biseo_ui.theme import Theme

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.compare_page import ComparePage


def compare_page(window: MainWindow, theme: Theme, runner: JobRunner, services: Services) -> ComparePage:
    """The page of that window."""
    from biseo_ui.pages.compare_page import ComparePage

    page = ComparePage(theme, runner, services, window.dialogs, window.work.privacy, window.policy)
    page.closed.connect(window.leave_comparing)
    page.exported.connect(window.keeper.notes.compared)
    return page


def stop_when_locked(window: MainWindow) -> None:
    """What is being compared is given up when the window is locked; it is compared again afterwards."""
    if window.lock.on and "compare_page" in window.__dict__:
        window.compare_page.desk.stop()


def is_comparing(window: MainWindow) -> bool:
    """Whether the page is what the window shows."""
    return "compare_page" in window.__dict__ and window.pages.currentWidget() is window.compare_page


def show_comparing(window: MainWindow, fresh: bool = True) -> None:
    """Show the page; `fresh` compares the sources of the work."""
    if window.entrance.barred:
        return
    page = window.compare_page
    documents = window.work.cards.documents()
    if fresh and documents and set(map(id, documents)) != set(map(id, page.desk.compared)):
        page.put(documents)
    window.pages.setCurrentWidget(page)
    (page.view.list if page.desk.result is not None else page.first).setFocus()
