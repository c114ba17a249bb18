"""Puts the pages for manuals and city cases together with the rest of the window, when they are first shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from biseo_ui.i18n import tr

if TYPE_CHECKING:
    from biseo_ui.jobs import JobRunner
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.extract_page import ExtractPage, ExtractStill
    from biseo_ui.pages.library_page import LibraryPage
    from biseo_ui.services import Services
    from biseo_ui.theme import Theme

PAGES = {"manual": "매뉴얼 점검표와 문제지 만들기", "cases": "도시 사례 비교표 만들기"}
"""Id of each page, and what it does."""


def extract_page(
    window: MainWindow, kind: str, theme: Theme, runner: JobRunner, services: Services
) -> ExtractPage:  # fmt: skip
    """The page of that window for `manual` or `cases`."""
    from biseo_ui.pages.cases_page import CasesPage
    from biseo_ui.pages.manual_page import ManualPage

    made = {"manual": ManualPage, "cases": CasesPage}[kind]
    page = made(theme, runner, services, window.dialogs, window.work.privacy, window.policy)
    page.closed.connect(window.leave_comparing)
    page.exported.connect(window.keeper.notes.made)
    return page


def shown_extract(window: MainWindow) -> ExtractPage | None:
    """The one of these pages that the window shows, if any."""
    for kind in PAGES:
        page: ExtractPage | None = window.__dict__.get(f"{kind}_page")
        if page is not None and window.pages.currentWidget() is page:
            return page
    return None


def show_extract(window: MainWindow, kind: str, folder: Path | None = None) -> None:
    """Show one of these pages; with a folder, read it."""
    if window.entrance.barred:
        return
    page: ExtractPage = getattr(window, f"{kind}_page")
    window.pages.setCurrentWidget(page)
    page.focus()
    if folder is not None:
        page.read([folder])


def offer_in_library(window: MainWindow, page: LibraryPage) -> None:
    """The menu of each folder of the library offers what can be made of it."""
    page.offer_folder_tasks([(kind, tr(words)) for kind, words in PAGES.items()])
    page.folder_task.connect(lambda folder, kind: show_extract(window, kind, Path(folder)) if kind in PAGES else None)


def offer_at_start(window: MainWindow) -> None:
    """Before there is a draft the start page offers both."""
    window.work.area.start.other_wanted.connect(lambda kind: show_extract(window, kind))


def present(window: MainWindow) -> dict[str, ExtractStill]:
    """What these pages hold, for while the window is locked."""
    shown = shown_extract(window)
    pages = {kind: window.__dict__.get(f"{kind}_page") for kind in PAGES}
    return {kind: page.present(page is shown) for kind, page in pages.items() if page is not None}


def go_on(window: MainWindow, stills: dict[str, ExtractStill]) -> None:
    """Put that back."""
    for kind, still in stills.items():
        getattr(window, f"{kind}_page").go_on(still)
        if still.shown:
            show_extract(window, kind)
