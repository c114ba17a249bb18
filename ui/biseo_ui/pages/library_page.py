"""The library (자료실): its folders, the search in them, the passage in its document, and the way into the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biseo.document import Document
from biseo.errors import UserFacingError
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.draft_clipboard import mime_of_words
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.item_models.hits_model import HitsModel
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.library_desk import LibraryDesk
from biseo_ui.library_words import citation, name_of, state_words
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.library_filters import LibraryFilters
from biseo_ui.widgets.library_folders import NOT_KEPT, FoldersPanel
from biseo_ui.widgets.library_hits import HitList
from biseo_ui.widgets.library_viewer import LibraryViewer
from biseo_ui.widgets.tab_bar import TabBar
from biseo_ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from biseo.library import Hit
    from biseo_ui.ask_wiring import AskPlace

SEARCH_MS = 400
"""So long after the last key the search begins by itself."""
EMPTY = (
    "법령, 편람, 지난 문서가 든 폴더를 넣으면 그 안의 글을 조문과 쪽까지 찾아 초안에 근거로 쓸 수 있습니다.",
    "문서 파일은 읽기만 하고 바꾸지 않으며, 읽은 글은 이 PC의 암호화된 저장소에만 둡니다.",
)
EMPTY_WITHOUT = (EMPTY[0], NOT_KEPT)
WAIT = "저장소를 여는 중입니다. 열리면 자료실을 쓸 수 있습니다."
HINT = '낱말이나 묻는 말을 그대로 적으면 됩니다. 큰따옴표 안은 글자 그대로 찾습니다. 예: "처리기간의 연장"'
NOTHING = "찾은 대목이 없습니다. 낱말을 줄이거나 다른 말로 바꾸어 찾아 주세요."
PHRASES = "큰따옴표 안의 말은 글자 그대로 있어야 찾으니, 따옴표를 지우고도 찾아 주세요."
NARROWED = "고른 폴더·형식·때 안에서만 찾았습니다."
STILL = "아직 읽는 중이어서 나오지 않는 문서가 있을 수 있습니다."
UNREAD = "아직 읽은 문서가 없습니다. 다 읽으면 여기에서 찾을 수 있습니다."


@dataclass(frozen=True)
class LibraryStill:
    """What the page shows, as plain values: it holds words of documents."""

    words: str
    picked: tuple[str, int, int]
    hits: tuple[Hit, ...]
    row: int
    whole: bool
    scroll: int
    searched: str


class LibraryPage(QWidget):
    """Signals:
    insert_wanted: a hit, words of it, and its document where that has been read, for the draft.
    source_wanted: a hit, `file` or `passage`, and the document where that has been read, for the sources of the work.
    folder_task: a folder and the id of what is to be made of it.
    """

    insert_wanted = Signal(object, str, object)
    source_wanted = Signal(object, str, object)
    folder_task = Signal(str, str)
    asking: AskPlace
    """The tab 묻기; the window adds it."""

    def __init__(
        self, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services, desk: LibraryDesk,
        dialogs: FileDialogs, copying_barred: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._ime, self._desk, self._dialogs = theme, ime, desk, dialogs
        self._job: Job | None = None
        self._document: Document | None = None
        self._searched = self._shown = ""
        self._resting = False
        self._reading = 0
        self._wanted: tuple[int | None, str] = None, ""
        self.alerts = Alerts(theme)
        self.tabs = TabBar(theme)
        self.tabs.setAccessibleName(tr("자료실에서 할 일"))
        self.count = ElidedLabel("")
        self.count.setProperty("role", "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("자료실에서 찾기"))
        self.search.setAccessibleName(tr("자료실에서 찾기"))
        self.search.setAccessibleDescription(tr(HINT))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self.filters = LibraryFilters(theme)
        self.hint = WrappedLabel(tr(HINT), "muted")
        self.model = HitsModel(theme, self)
        self.list = HitList(theme, self.model)
        self.said = WrappedLabel("", "muted")
        self.said.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.wider = QPushButton(tr("모든 문서에서 찾기"))
        self.folders = FoldersPanel(theme, desk)
        self.viewer = LibraryViewer(theme, runner, services, copying_barred)
        self.first = QPushButton(tr("폴더 넣기"))
        self.first.setProperty("role", "primary")
        self.about = WrappedLabel()
        self.about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_MS)
        self._layout()
        self._connect()
        self.refresh()

    # what the window calls

    def add_tab(self, widget: QWidget, title: str) -> None:
        """Something else that can be done with the library, beside the search."""
        self.tabs.addTab(title)
        self._stack.addWidget(widget)
        self.tabs.setVisible(self.tabs.count() > 1)

    def offer_folder_tasks(self, tasks: Sequence[tuple[str, str]]) -> None:
        """What can be made of a folder (id and words): offered in its menu, told by `folder_task`."""
        self.folders.offer(tasks)

    def refresh(self) -> None:
        """Show the desk as it is now."""
        desk = self._desk
        folders = desk.folders
        empty = desk.kind == "wait" or (folders is not None and not folders)
        self._main.setCurrentIndex(0 if empty else 1)
        about = (WAIT,) if desk.kind == "wait" else EMPTY if desk.kept else EMPTY_WITHOUT
        self.about.setText("\n".join(tr(words) for words in about))
        self.first.setVisible(desk.kind != "wait")
        if self.tabs.currentIndex() == 0:
            self.setFocusProxy(self.first if empty else self.search)
        self.first.setIcon(self._theme.icon("add", "accent_text"))
        if folders:
            total = state_words(sum(f.documents for f in folders), sum(f.passages for f in folders))
            reading = desk.look.running and not desk.look.learning
            self.count.setText(f"{total} · {tr('읽는 중')}" if reading else total)
        else:
            self.count.setText("")
        if folders is not None:
            self.filters.show_folders([folder.path for folder in folders])
        if not self.model.hits and self._searched:
            self._say_nothing()

    def find(self) -> None:
        """Ctrl+F: the keyboard goes to the search field."""
        self.tabs.setCurrentIndex(0)
        self.search.setFocus()
        self.search.selectAll()

    def look_for(self, words: str) -> None:
        """Search now."""
        self.search.setText(words)
        self.run_search()

    def run_search(self) -> None:
        """Search for what stands in the field."""
        self._delay.stop()
        words = self.search.text().strip()
        if not words:
            self._forget_hits()
            return
        self._searched, self._shown = words, ""
        self._desk.search(words, self.filters.filter(), self._on_found, self.alerts.show_error)

    def insert(self, hit: Hit, words: str = "") -> None:
        """A passage that was shown elsewhere is wanted in the draft."""
        self.insert_wanted.emit(hit, words or hit.text, None)

    def open_citation(self, source: str, start: int, stop: int, page: int | None, words: str = "") -> None:
        """Show the place of a citation in its document."""
        self.viewer.hit = None
        self.tabs.setCurrentIndex(0)
        self._open(source, start, stop, page, words)

    def present(self) -> LibraryStill | None:
        """What is shown; None where nothing is."""
        if not self.search.text() and not self.model.hits:
            return None
        return LibraryStill(
            self.search.text(), self.filters.picked, self.model.hits, self.list.currentIndex().row(),
            self._document is not None, self.list.verticalScrollBar().value(), self._searched,
        )  # fmt: skip

    def go_on(self, still: LibraryStill) -> None:
        """Show again what `present` gave."""
        self.search.blockSignals(True)
        self.search.setText(still.words)
        self.search.blockSignals(False)
        self.filters.pick(still.picked)
        self._searched = still.searched
        self._on_found(still.hits)
        if still.row >= 0:
            self.list.setCurrentIndex(self.model.index(still.row))
            QTimer.singleShot(0, self, lambda: self.list.verticalScrollBar().setValue(still.scroll))
        if still.whole:
            self.open_current()

    # searching

    def _on_typed(self) -> None:
        if not self.search.text().strip():
            self._forget_hits()
        else:
            self._delay.start()

    def _on_paused(self) -> None:
        """A pause in typing; a syllable that is being composed is no word yet."""
        if self._ime.composing:
            self._delay.start()
        elif self.search.text().strip() != self._searched:
            self.run_search()

    def _on_enter(self) -> None:
        if self.search.text().strip() == self._searched and self.model.hits:
            self.list.setFocus()
        else:
            self.run_search()

    def _on_found(self, hits: tuple[Hit, ...]) -> None:
        """What was found; for the same words it may come twice, the second time in a better order."""
        again, self._shown = self._shown == self._searched, self._searched
        if again and hits and self._keep_place(hits):
            return
        self.model.show(hits)
        self._document = None
        if not hits:
            self._say_nothing()
            self._show_folders()
            return
        self.hint.hide()
        self._results.setCurrentIndex(1)
        self.list.scrollToTop()
        self.list.setCurrentIndex(self.model.index(0))

    def _keep_place(self, hits: tuple[Hit, ...]) -> bool:
        """Show the same search anew below the eyes of who is at work on one of its passages."""
        if hits == self.model.hits:
            return True
        row, before = self.list.currentIndex().row(), self.model.hit(self.list.currentIndex().row())
        places = [(hit.source, hit.start) for hit in hits]
        if before is None or (row == 0 and not self._document) or (before.source, before.start) not in places:
            return False
        self._right.setUpdatesEnabled(False)
        self._resting = True
        self.model.show(hits)
        self.list.setCurrentIndex(self.model.index(places.index((before.source, before.start))))
        self._resting = False
        self._right.setUpdatesEnabled(True)
        return True

    def _forget_hits(self) -> None:
        self._delay.stop()
        self._shown = ""
        self._desk.forget_search()
        self._searched = ""
        self.model.show(())
        self.said.setText("")
        self.wider.hide()
        self.hint.show()
        self._results.setCurrentIndex(0)
        self._show_folders()

    def _say_nothing(self) -> None:
        desk = self._desk
        lines = [tr(NOTHING)]
        if any(mark in self._searched for mark in '"“”'):
            lines.append(tr(PHRASES))
        if self.filters.narrowed:
            lines.append(tr(NARROWED))
        if desk.look.running and not desk.look.learning:
            lines.append(tr(STILL))
        if desk.folders and not any(folder.documents for folder in desk.folders):
            lines = [tr(UNREAD)]
        self.said.setText("\n".join(lines))
        self.wider.setVisible(self.filters.narrowed)
        self.hint.show()
        self._results.setCurrentIndex(0)

    # the passage

    def _on_current(self) -> None:
        if self._resting:
            return
        self._stop_reading()
        self._document = None
        hit = self.model.hit(self.list.currentIndex().row())
        if hit is None:
            return
        self.viewer.show_hit(hit)
        self._right.setCurrentWidget(self.viewer)

    def open_current(self) -> None:
        """Read the document of the chosen passage, and show the passage in it."""
        hit = self.model.hit(self.list.currentIndex().row())
        if hit is not None and self._document is None:
            self._open(hit.source, hit.start, hit.stop, hit.page, hit.text)

    def _open(self, path: str, start: int, stop: int, page: int | None, words: str) -> None:
        self._stop_reading()
        self._right.setCurrentWidget(self.viewer)
        self.viewer.show_reading()
        self._wanted = page, words  # not in what is connected to the job, which outlives the lock
        job = self._job = self._desk.open(path, start, stop, words)
        self._reading += 1
        number = self._reading
        job.item.connect(lambda found: self._on_read(number, *found))
        job.failed.connect(lambda error: self._on_unread(number, error))

    def _on_read(self, number: int, document: Document, span: tuple[int, int] | None) -> None:
        if number == self._reading and self._job is not None:
            self._document, self._job = document, None
            self.viewer.show_whole(document, span, *self._wanted)

    def _on_unread(self, number: int, error: UserFacingError) -> None:
        if number == self._reading and self._job is not None:
            self._job = None
            self.viewer.show_failure(f"{error.message} {error.advice} {tr('읽어 둔 대목만 보여 드립니다.')}")

    def _stop_reading(self) -> None:
        job, self._job = self._job, None
        self._wanted = None, ""
        if job is not None:
            job.cancel()

    def _show_folders(self) -> None:
        self._stop_reading()
        self._right.setCurrentWidget(self.folders)
        self.viewer.forget()
        self._document = None

    def _on_back(self) -> None:
        self._right.setCurrentWidget(self.folders)
        self.folders.add.setFocus()

    def _copy(self, words: str) -> None:
        hit = self.viewer.hit
        if hit is not None and words:
            QGuiApplication.clipboard().setMimeData(mime_of_words(citation(hit, words)))
            self.viewer.show_copied()

    def _open_file(self, what: str) -> None:
        shown = self.viewer.shown
        if shown is not None:
            path = Path(shown[0].path)
            self._open_place(str(path if what == "file" else path.parent))

    def _open_place(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.alerts.tell(
                "warning",
                tr("「{name}」을(를) 열지 못했습니다.").format(name=name_of(path)),
                tr("파일 탐색기에서 열어 주세요."),
            )

    # folders

    def _add_folder(self) -> None:
        self._dialogs.open_folder(self._desk.add)

    def _search_in(self, folder: str) -> None:
        self.filters.pick_folder(folder)
        self.search.setFocus()
        if self.search.text().strip():
            self.run_search()

    def _on_emptied(self) -> None:
        """What is shown may be of the folder that went."""
        if self._searched:
            self.run_search()

    # inside

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._desk.use()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down leads from the search field into the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if down and self.model.hits and not self._ime.composing:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        desk, viewer, folders = self._desk, self.viewer, self.folders
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _words: self._on_typed())
        self.search.returnPressed.connect(self._on_enter)
        self._delay.timeout.connect(self._on_paused)
        self.filters.changed.connect(self.run_search)
        self.wider.clicked.connect(self.filters.clear)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current())
        self.list.opened.connect(self.open_current)
        self.list.left.connect(self.search.setFocus)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.first.clicked.connect(self._add_folder)
        folders.add_wanted.connect(self._add_folder)
        folders.search_wanted.connect(self._search_in)
        folders.place_wanted.connect(self._open_place)
        folders.task_wanted.connect(self.folder_task)
        viewer.closed.connect(self._on_back)
        viewer.whole_wanted.connect(self.open_current)
        viewer.citation_wanted.connect(self._copy)
        viewer.file_wanted.connect(self._open_file)
        viewer.insert_wanted.connect(lambda words: self.insert_wanted.emit(viewer.hit, words, self._document))
        viewer.source_wanted.connect(lambda how: self.source_wanted.emit(viewer.hit, how, self._document))
        desk.changed.connect(self.refresh)  # methods, so that they end with the page
        desk.emptied.connect(self._on_emptied)
        desk.failed.connect(self.alerts.show_error)
        self._theme.changed.connect(self.refresh)

    def _layout(self) -> None:
        pixels = self._theme.pixels
        head = QFrame()
        head.setObjectName("header")
        row = QHBoxLayout(head)
        row.addWidget(label(tr("자료실"), "title"))
        row.addSpacing(pixels(12))
        row.addWidget(self.tabs)
        row.addSpacing(pixels(12))
        row.addWidget(self.count, 1)
        nothing = QWidget()
        inner = QVBoxLayout(nothing)
        inner.setContentsMargins(*(pixels(40) for _ in range(4)))
        inner.addStretch(1)
        inner.addWidget(self.about)
        inner.addSpacing(pixels(14))
        inner.addWidget(self.first, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)
        words = QWidget()
        below = QVBoxLayout(words)
        below.setContentsMargins(pixels(6), pixels(24), pixels(6), 0)
        below.addWidget(self.said)
        below.addWidget(self.wider, 0, Qt.AlignmentFlag.AlignHCenter)
        below.addStretch(1)
        self.wider.hide()
        self._results = QStackedWidget()
        self._results.addWidget(words)
        self._results.addWidget(self.list)
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(pixels(10), pixels(10), pixels(4), pixels(10))
        side.setSpacing(pixels(6))
        for widget in (self.search, self.filters, self.hint):
            side.addWidget(widget)
        side.addWidget(self._results, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self.folders)
        self._right.addWidget(self.viewer)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(self._right)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setSizes([500, 500])
        self._main = QStackedWidget()
        self._main.addWidget(nothing)
        self._main.addWidget(both)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.alerts)
        column.addWidget(self._stack, 1)
        self.add_tab(self._main, tr("찾기"))
        self.setFocusProxy(self.search)
