"""Everything of the work that a window holds, as one value: taken out of it when it is locked, put back afterwards."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmapCache, QTextCursor
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from biseo.document import Document
from biseo.tasks.catalogue import find_task
from biseo.worksession import FieldMark, FilledForm, WorkSession
from biseo_ui import extract_wiring
from biseo_ui.compare_wiring import is_comparing, show_comparing
from biseo_ui.pages.work_page import WorkPage
from biseo_ui.source_privacy import SourcePrivacy

if TYPE_CHECKING:
    from biseo_ui.ask_desk import AskStill
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.compare_page import CompareStill
    from biseo_ui.pages.extract_page import ExtractStill
    from biseo_ui.pages.library_page import LibraryStill

TAB = 1
"""Place of 묻기 among the tabs of the library."""
LAZY = ("cases_page", "compare_page", "history_page", "library_page", "manual_page", "preview_page")
"""Pages that are built again when they are shown."""


@dataclass(frozen=True)
class Standstill:
    """Plain values only.

    Attributes:
        work: id in the store, or nothing.
        session: the draft, or form and sources before there is one; None where nothing is to be kept.
        task: id of the task whose form is shown.
        example: the page shows the example.
        sources: what was read, and the paths of what was not, in the order of the cards.
        place: of the rail.
        cursor: place and anchor on the page.
        scrolls: how far each of `_views` is scrolled, from the left and from the top.
        right: index of the panel on the right, and whether it and the left region are shown.
        viewer: the source that is shown, its number in `sources`, and the passage marked in it.
        form: an agency's form that is open, nothing filled in; one with words is part of `session`.
        library: what was found in the library.
        asked: what was asked of it; `asking` where that is shown.
        comparison: the documents that are compared.
        extracts: what the pages for manuals and city cases hold.
    """

    work: str
    session: WorkSession | None
    task: str
    example: bool
    sources: tuple[Document | str, ...]
    place: str
    cursor: tuple[int, int]
    scrolls: tuple[tuple[int, int], ...]
    right: tuple[int, bool, bool]
    viewer: tuple[int, str] | None
    form: FilledForm | None
    library: LibraryStill | None = None
    asked: AskStill | None = None
    asking: bool = False
    comparison: CompareStill | None = None
    extracts: dict[str, ExtractStill] = field(default_factory=dict)

    def pack(self) -> bytes:
        """As bytes that `unpack` reads; they never leave this process unencrypted."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Standstill:
    """What `pack` made. Only for what this process has sealed itself: unpickling anything else could run it."""
    value = pickle.loads(data)
    assert isinstance(value, Standstill)
    return value


def gather(window: MainWindow) -> Standstill:
    """All of it, as it is now."""
    page, editor = window.work, window.work.area.editor
    cursor = editor.textCursor()
    documents = [card.source.document or str(card.source.path) for card in page.cards.cards]
    shown = page.viewer.shown
    numbers = [number for number, each in enumerate(documents) if shown is not None and each is shown[0]]
    task = page.side.form.task
    return Standstill(
        work=window.keeper.id,
        session=window.keeper.present(),
        task=task.id if task is not None else "",
        example=page.shows_example,
        sources=tuple(documents),
        place=window.rail.place,
        cursor=(cursor.position(), cursor.anchor()),
        scrolls=tuple((view.horizontalScrollBar().value(), view.verticalScrollBar().value()) for view in _views(page)),
        right=(page.right.currentIndex(), page.area.right.isChecked(), page.area.left.isChecked()),
        viewer=(numbers[0], shown[1]) if numbers and shown is not None else None,
        form=_open_form(page),
        library=window.library_page.present() if "library_page" in window.__dict__ else None,
        asked=window.library_page.asking.present() if "library_page" in window.__dict__ else None,
        asking="library_page" in window.__dict__ and window.library_page.tabs.currentIndex() == TAB,
        comparison=window.compare_page.present(is_comparing(window)) if "compare_page" in window.__dict__ else None,
        extracts=extract_wiring.present(window),
    )


def unsaved(window: MainWindow) -> bool:
    """Whether something of it would be gone with the window: what the store does not hold."""
    page = window.work
    dirty = "fill_page" in page.__dict__ and page.fill_page.dirty
    return bool(dirty) or (page.session.dirty and not window.keeper.keeps)


def empty(window: MainWindow) -> None:
    """Take every word of the work out of the window."""
    from biseo_ui.reopening import clear

    page = window.work
    for name in LAZY:
        _drop(window, name)
    _drop(page, "fill_page")
    page.show_place("write")
    window.keeper.stand_still()
    sources = [card.source for card in page.cards.cards]
    clear(page)
    for source in sources:  # a card that has gone may live on for a while
        source.document, source.privacy = None, SourcePrivacy()
    page.viewer.forget()
    page.area.find.line.clear()
    page.review.evidence.show_nothing()
    page.desk.forget()
    page.ahead.want(None, ())
    page.forget_words()
    window.library_use.forget()
    QPixmapCache.clear()


def bring_back(window: MainWindow, still: Standstill) -> None:
    """Put everything back as it was."""
    page = window.work
    documents = tuple(each for each in still.sources if isinstance(each, Document))
    if still.session is not None:
        window.keeper.go_on(still.work, still.session, documents)
    elif still.task:
        page.show_task(find_task(still.task))
        if still.example:
            page.start_example()
    for each in still.sources:  # what belongs to no draft yet, or was still being read
        path = Path(each if isinstance(each, str) else each.path)
        if any(card.source.path == path for card in page.cards.cards):
            continue
        if isinstance(each, str):
            page.cards.add(path)
        else:
            page.cards.put(each)
    if still.form is not None:
        page.take_up_form(still.form)
    if still.library is not None:
        window.library_page.go_on(still.library)
    if still.asked is not None:
        window.library_page.asking.go_on(still.asked)
    if still.asking:
        window.library_page.tabs.setCurrentIndex(TAB)
    window.show_place(still.place)
    if still.comparison is not None:
        window.compare_page.go_on(still.comparison)
        if still.comparison.shown:
            show_comparing(window, fresh=False)
    extract_wiring.go_on(window, still.extracts)
    _look_again(page, still)
    QTimer.singleShot(0, page, lambda: _look_again(page, still))  # once what was built has its size


def _open_form(page: WorkPage) -> FilledForm | None:
    form = page.fill_page.form if "fill_page" in page.__dict__ else None
    if form is None or page.filled_form() is not None:
        return None
    fields = tuple(FieldMark(each.name, each.kind, each.where, each.text, each.places) for each in form.fields)
    return FilledForm(form.path, "", form.format, fields, {})


def _look_again(page: WorkPage, still: Standstill) -> None:
    """Regions, cursor and scrolling."""
    index, right, left = still.right
    page.area.left.setChecked(left)
    page.area.right.setChecked(right)
    page.right.setCurrentIndex(index)
    if still.viewer is not None:
        number, passage = still.viewer
        document = still.sources[number]
        if page.viewer.shown is None and isinstance(document, Document):
            page.viewer.show_document(page.cards.find(document.path) or document, passage)
    editor = page.area.editor
    last = editor.document().characterCount() - 1
    cursor = editor.textCursor()
    cursor.setPosition(min(still.cursor[1], last))
    cursor.setPosition(min(still.cursor[0], last), QTextCursor.MoveMode.KeepAnchor)
    if (cursor.position(), cursor.anchor()) != (editor.textCursor().position(), editor.textCursor().anchor()):
        editor.setTextCursor(cursor)
    for view, (across, down) in zip(_views(page), still.scrolls, strict=True):
        view.horizontalScrollBar().setValue(across)
        view.verticalScrollBar().setValue(down)


def _views(page: WorkPage) -> tuple[QAbstractScrollArea, ...]:
    """What can be scrolled and keeps its place: the page, the form, the text of a source."""
    return (page.area.editor, *page.side.findChildren(QAbstractScrollArea)[:1], page.viewer.text)


def _drop(holder: Any, name: str) -> None:
    """Forget a page that is built when it is shown."""
    page: QWidget | None = holder.__dict__.pop(name, None)
    if page is None:
        return
    parts = [page, *page.findChildren(QObject)]
    shiboken6.delete(page)
    for part in parts:  # what Python keeps of them may live on for a while; what they knew does not
        vars(part).clear()
