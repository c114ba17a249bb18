"""Puts 자료실에 묻기 beside the search of the library, and together with the rest of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from biseo.asking import AnswerSentence, Citation
from biseo.document import Document
from biseo.errors import PolicyError, UserFacingError
from biseo_ui.ask_desk import AskDesk, AskStill
from biseo_ui.ask_keeper import AskKeeper
from biseo_ui.ask_record import Passage, hit_of
from biseo_ui.draft_clipboard import CHECKED, mime_of_words
from biseo_ui.engine_host import EngineHost
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services
from biseo_ui.standstill import TAB
from biseo_ui.theme import Theme
from biseo_ui.widgets.ask_view import AskView, ShelfNews
from biseo_ui.widgets.library_viewer import LibraryViewer

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.history_page import HistoryPage
    from biseo_ui.pages.library_page import LibraryPage


class AskPlace(QWidget):
    """Questions and answers, and beside them the document that a citation leads to."""

    def __init__(
        self, window: MainWindow, page: LibraryPage, theme: Theme, ime: ImeWatch, runner: JobRunner,
        services: Services, host: EngineHost,
    ) -> None:  # fmt: skip
        super().__init__()
        from biseo.writers.layout import DRAFT_LINE

        self._window, self._page = window, page
        barred = window.policy.reason("clipboard")
        keeper = AskKeeper(window.vault, window.policy, self)
        library = window.library
        self.desk = AskDesk(
            library.start, services, host, window.models, keeper, lambda: library.kind != "wait",
            lambda: window.work.session.writing, self,
        )  # fmt: skip
        self.view = AskView(theme, ime, self.desk, DRAFT_LINE, barred)
        self.viewer = LibraryViewer(theme, runner, services, barred)
        self.viewer.back.setText(tr("닫기"))
        self.viewer.back.setToolTip(tr("원문을 닫고 답으로 돌아갑니다."))
        self.viewer.hide()
        self._reading: Job | None = None
        self._document: Document | None = None
        self._from: QWidget | None = None
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.view)
        both.addWidget(self.viewer)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes([540, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        self.setFocusProxy(self.view)
        self._connect()
        self._on_library()

    # what the window calls

    def present(self) -> AskStill | None:
        """All of it for the time of the lock; None where there is nothing."""
        still = self.desk.still(self.view.field.toPlainText())
        return still if still.talk.turns or still.typed or self.desk.looked else None

    def go_on(self, still: AskStill) -> None:
        """Show again what `present` gave."""
        self.desk.bring_back(still)
        self.view.field.setPlainText(still.typed)

    def open_talk(self, work: str) -> None:
        """Show a conversation of the history."""
        self._page.tabs.setCurrentIndex(TAB)
        self.desk.open(work)

    # a citation in its document

    def _on_place(self, place: Citation | Passage) -> None:
        """The passage at once; the document around it when it has been read."""
        self._stop_reading()
        self._from = QApplication.focusWidget()
        viewer, hit = self.viewer, hit_of(place)
        viewer.show_hit(hit)
        viewer.show()
        viewer.show_reading()
        job = self._reading = self._window.library.open(place.source, place.start, place.stop, place.text)

        def shown(found: tuple[Document, tuple[int, int] | None]) -> None:
            if job is getattr(self, "_reading", None):  # the page may have gone
                self._document = found[0]
                viewer.show_whole(*found, place.page, place.text)

        def failed(error: UserFacingError) -> None:
            if job is getattr(self, "_reading", None):
                viewer.show_failure(f"{error.message} {error.advice} {tr('읽어 둔 대목만 보여 드립니다.')}")

        job.item.connect(shown)
        job.failed.connect(failed)

    def _stop_reading(self) -> None:
        job, self._reading, self._document = self._reading, None, None
        if job is not None:
            job.cancel()

    def _on_closed(self) -> None:
        self._stop_reading()
        self.viewer.hide()
        self.viewer.forget()
        target = self._from if self._from is not None and self.isAncestorOf(self._from) else self.view.field
        target.setFocus()

    # out of here

    def _on_wanted(self, sentence: AnswerSentence) -> None:
        """Into the draft, with the first of what carries it."""
        self._page.insert_wanted.emit(hit_of(sentence.citations[0]), sentence.text, None)

    def _on_copy(self, words: str) -> None:
        try:
            self._window.policy.require("clipboard")
        except PolicyError as error:
            self.view.alerts.tell("warning", error.message, error.advice)
            return
        self._window.work.privacy.pass_texts({"": words}, "copy", lambda dressed: self._copy(dressed[""]))

    def _copy(self, words: str) -> None:
        data = mime_of_words(words)
        data.setData(CHECKED, b"1")  # who calls this has passed the privacy gate
        QGuiApplication.clipboard().setMimeData(data)
        self.view.alerts.tell("ok", tr("답을 근거와 함께 복사했습니다."))

    # news

    def _on_began(self) -> None:
        """The PC belongs to the model."""
        self._window.work.ahead.pause()
        self._window.library.hold(True)

    def _on_ended(self) -> None:
        if not self._window.work.session.writing:  # else its end lets them go on
            self._window.library.hold(False)
            if not self._window.lock.on:
                self._window.work.ahead.go_on()

    def _on_library(self) -> None:
        desk = self._window.library
        folders, look = desk.folders, desk.look
        reading = look.running and not look.learning
        self.view.show_news(
            ShelfNews(folders is not None, len(folders or ()), reading, look.done, look.total)
        )  # fmt: skip

    def _on_tab(self, index: int) -> None:
        here = index == TAB
        self._page.setFocusProxy(self.view.field if here else self._page.search)
        if here:
            self.desk.look()
            self.view.field.setFocus()

    def _on_vault(self) -> None:
        if self.isVisible():
            self.desk.look()

    def _on_lock(self) -> None:
        if self._window.lock.on:
            self._stop_reading()
            self.desk.stop()

    def _on_folders(self) -> None:
        self._page.tabs.setCurrentIndex(0)
        first: Any = self._page.first
        (first if first.isVisible() else self._page.folders.add).setFocus()

    def _connect(self) -> None:
        # methods only, so that they end with the page
        desk, view, viewer, window = self.desk, self.view, self.viewer, self._window
        desk.began.connect(self._on_began)
        desk.ended.connect(self._on_ended)
        view.place_opened.connect(self._on_place)
        view.passage_wanted.connect(self._on_wanted)
        view.copy_wanted.connect(self._on_copy)
        view.folders_wanted.connect(self._on_folders)
        viewer.closed.connect(self._on_closed)
        viewer.insert_wanted.connect(self._on_viewer_insert)
        viewer.source_wanted.connect(self._on_viewer_source)
        viewer.citation_wanted.connect(self._on_viewer_citation)
        viewer.file_wanted.connect(self._on_viewer_file)
        viewer.whole.hide()
        window.library.changed.connect(self._on_library)
        window.models.changed.connect(self._on_library)
        window.vault.changed.connect(self._on_vault)
        window.lock.changed.connect(self._on_lock)
        self._page.tabs.currentChanged.connect(self._on_tab)

    def _on_viewer_insert(self, words: str) -> None:
        self._page.insert_wanted.emit(self.viewer.hit, words, self._document)

    def _on_viewer_source(self, how: str) -> None:
        self._page.source_wanted.emit(self.viewer.hit, how, self._document)

    def _on_viewer_citation(self, words: str) -> None:
        from biseo_ui.library_words import citation

        if self.viewer.hit is not None and words:
            self._on_copy(citation(self.viewer.hit, words))

    def _on_viewer_file(self, what: str) -> None:
        from pathlib import Path

        if self.viewer.hit is not None:
            path = Path(self.viewer.hit.source)
            self._page.folders.place_wanted.emit(str(path if what == "file" else path.parent))


def add_asking(
    window: MainWindow, page: LibraryPage, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services,
    host: EngineHost,
) -> AskPlace:  # fmt: skip
    """Give the page of the library its second tab."""
    place = AskPlace(window, page, theme, ime, runner, services, host)
    page.add_tab(place, tr("묻기"))
    return place


def connect_history(window: MainWindow, page: HistoryPage) -> None:
    """Conversations of the history open in the library; one that is deleted goes from there, too."""

    def open_talk(work: str) -> None:
        window.show_place("library")
        window.library_page.asking.open_talk(work)

    def gone(work: str) -> None:
        if "library_page" in window.__dict__:
            window.library_page.asking.desk.gone(work)

    page.talk_wanted.connect(open_talk)
    page.deleting.connect(gone)
