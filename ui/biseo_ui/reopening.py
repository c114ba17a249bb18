"""Puts a stored work into the work page in the place of what is there, or clears it for a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biseo.document import Document
from biseo.tasks.catalogue import find_task
from biseo.worksession import WorkSession
from biseo_ui.pages.work_page import WorkPage


def take_up(page: WorkPage, work: WorkSession, documents: Sequence[Document] = ()) -> None:
    """Go on with `work` at once; see `taking_up`."""
    for _ in taking_up(page, work, documents):
        pass


def taking_up(page: WorkPage, work: WorkSession, documents: Sequence[Document] = ()) -> Iterator[None]:
    """Go on with `work`, in pieces; what was there is gone from the page.

    Args:
        documents: those of its sources whose text was stored; the others are read from their files.

    Raises:
        UsageError: this program knows no such task.
    """
    find_task(work.task)  # before anything is taken away
    _clear_sides(page)
    if work.marks:
        yield from page.restoring(work, documents)
    else:  # nothing was written yet: the form as it was, and its sources
        _clear_draft(page)
        page.show_task(find_task(work.task))
        page.resuming.show_sources(work, documents)
    page.take_up_form(work.filling)
    page.side.form.load(work.form if work.typed is None else work.typed)
    editor = page.area.editor
    cursor = editor.textCursor()
    cursor.setPosition(max(0, min(work.cursor, editor.document().characterCount() - 1)))
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def clear(page: WorkPage) -> None:
    """An empty page, as at the first start."""
    _clear_sides(page)
    _clear_draft(page)
    page.take_up_form(None)
    task = page.side.form.task
    if task is not None:
        page.show_task(task)


def _clear_sides(page: WorkPage) -> None:
    page.stop()  # a draft that waits for its sources must not begin when they go
    page.area.alerts.clear()
    page.area.find.dismiss()
    for card in list(page.cards.cards):
        page.cards.remove(card.source.path)
    page.side.form.forget()


def _clear_draft(page: WorkPage) -> None:
    page.session.forget()
    page.area.show_draft(False)
    page.area.show_review(False)
    page.reviewing.refresh()
    page.desk.refresh()
