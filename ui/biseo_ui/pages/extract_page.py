"""What the pages for manuals and for city cases have in common: files in, a table, a document out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biseo.document import Document, Draft, Grade
from biseo.errors import PolicyError, UserFacingError
from biseo.events import Progress
from biseo.policy import ADVICE, Policy
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.dialogs.privacy_question import CANCEL, MASK
from biseo_ui.extract_desk import ExtractDesk, Extracted, Outgoing
from biseo_ui.extract_rows import ExtractRow, group_names
from biseo_ui.file_name import file_name
from biseo_ui.i18n import tr
from biseo_ui.item_models.extract_model import ExtractModel
from biseo_ui.jobs import JobRunner
from biseo_ui.privacy_gate import PrivacyGate
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.extract_table import ExtractTable
from biseo_ui.widgets.extract_viewer import ExtractViewer
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.grade_button import GradeButton
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.wrapped_label import WrappedLabel

NARROW = 900
"""Below this width (at 100 %) the source takes the place of the table."""
HINT = "스페이스 키나 네모로 문서에 넣을 줄을 고르고, Enter 키나 두 번 누르기로 원문을 엽니다."
MOST_TOLD = 3


@dataclass(frozen=True)
class ExtractStill:
    """What is kept while the window is locked."""

    documents: tuple[Document, ...]
    names: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]
    paths: tuple[str, ...]
    off: frozenset[int]
    chosen: tuple[str, ...]
    grade: Grade
    shown: bool


class ExtractPage(QWidget):
    """Signals:
    closed: back to work.
    exported: id of what was made, and the file.
    """

    closed = Signal()
    exported = Signal(str, object)

    TASK: ClassVar[str]
    TITLE: ClassVar[str]
    EMPTY: ClassVar[str]
    ABOUT: ClassVar[str]
    BUSY: ClassVar[str]
    COLUMNS: ClassVar[tuple[str, ...]]
    SHARES: ClassVar[tuple[int, ...]]
    FILTERS: ClassVar[tuple[tuple[str, str], ...]]
    """Of each filter its accessible name, and the words for all."""

    def __init__(
        self, theme: Theme, runner: JobRunner, services: Services, dialogs: FileDialogs, privacy: PrivacyGate,
        policy: Policy | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._dialogs, self._privacy, self._policy = theme, dialogs, privacy, policy or Policy()
        self._grade: Grade = ""
        self._making = False
        self._told: Progress | None = None
        self._again: ExtractStill | None = None
        self.desk = ExtractDesk(runner, services, type(self).find, self)
        self.alerts = Alerts(theme)
        self.model = ExtractModel(self.COLUMNS, self)
        self.table = ExtractTable(theme, self.model, self.SHARES)
        self.table.setAccessibleName(tr(self.TITLE))
        self.table.setAccessibleDescription(tr(HINT))
        self.viewer = ExtractViewer(theme, runner, services)
        self.viewer.hide()
        self._buttons()
        self._layout()
        self._connect()
        self._refresh()

    # what each page says for itself

    @staticmethod
    def find(documents: Sequence[Document], names: Sequence[str]) -> tuple[Any, tuple[ExtractRow, ...]]:
        """The result of some documents and its rows; called in a worker thread."""
        raise NotImplementedError

    def leaving(self) -> tuple[QPushButton, ...]:
        """The buttons that save something; made once."""
        raise NotImplementedError

    def counted(self, found: Extracted) -> str:
        """What was found, in one sentence."""
        raise NotImplementedError

    def save(self) -> None:
        """Ctrl+S."""
        raise NotImplementedError

    # what the window calls

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show what is in them."""
        if not paths:
            return
        self.alerts.clear()
        self._close_source()
        self._told = None
        self.desk.read(paths)

    def open_files(self) -> None:
        """Ask for files."""
        self._dialogs.open_documents(self.read)

    def open_folder(self) -> None:
        """Ask for a folder."""
        self._dialogs.choose_folder(tr(self.TITLE), lambda path: self.read([path]))

    def escape(self) -> bool:
        """Esc: stop what is under way, close the source; False when there was neither."""
        if self.desk.stop():
            return True
        if not self.viewer.isHidden():
            self._close_source()
            self.table.setFocus()
            return True
        return False

    def focus(self) -> None:
        """The keyboard goes to what is shown."""
        (self.table if self.desk.result is not None else self.first).setFocus()

    def present(self, shown: bool) -> ExtractStill:
        """What to keep while the window is locked; `shown` where the page is what it shows."""
        found = self.desk.result
        documents, names, unread = (found.documents, found.names, found.unread) if found else ((), (), ())
        return ExtractStill(
            documents, names, unread, tuple(map(str, self.desk.paths)), frozenset(self.model.off), self._wanted(),
            self._grade, shown,
        )  # fmt: skip

    def go_on(self, still: ExtractStill) -> None:
        """Show again what was kept."""
        self._on_grade(still.grade)
        self.desk.paths = tuple(map(Path, still.paths))
        if still.documents:
            self._again = still
            self.desk.look_again(still.documents, still.names, still.unread)

    # building

    def _buttons(self) -> None:
        self.back = QPushButton(tr("돌아가기"))
        self.back.setToolTip(tr("하던 일로 돌아갑니다. (Esc)"))
        self.files = QPushButton(tr("파일 고르기"))
        self.files.setToolTip(tr("다른 파일을 고릅니다. (Ctrl+O)"))
        self.folder = QPushButton(tr("폴더 고르기"))
        self.folder.setToolTip(tr("폴더에 든 문서를 모두 읽습니다."))
        self.filters = [ArrowBox(self._theme) for _ in self.FILTERS]
        for box, (name, _) in zip(self.filters, self.FILTERS, strict=True):
            box.setAccessibleName(tr(name))
            box.setMinimumContentsLength(12)
        self.all, self.none = QPushButton(tr("모두 넣기")), QPushButton(tr("모두 빼기"))
        self.all.setToolTip(tr("보이는 줄을 모두 문서에 넣습니다."))
        self.none.setToolTip(tr("보이는 줄을 모두 문서에서 뺍니다."))
        self.source = QPushButton(tr("원문 보기"))
        self.source.setToolTip(tr("고른 줄의 원문을 그 쪽에서 엽니다. (Enter)"))
        self.kept = label("", "muted")
        self.grade = GradeButton(self._policy.grade_required)
        self.grade.set_sign(self._theme.icon("grade"))
        allowed = any(map(self._policy.allows_format, ("hwpx", "docx", "txt", "md")))
        self.locks = LockNote(self._theme, "" if allowed else self._policy.reason("formats"))
        self.told = WrappedLabel("", "muted")
        self.hint = WrappedLabel(tr(HINT), "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr(self.BUSY))
        self.stop = QPushButton(tr("멈춤"))
        self.stop.setToolTip(tr("읽기를 멈춥니다. (Esc)"))
        self.busy_words = ElidedLabel("")
        self.busy_words.setProperty("role", "muted")

    def _layout(self) -> None:
        pixels = self._theme.pixels
        side = pixels(10)
        head, tools = QFrame(), QFrame()
        head.setObjectName("header")
        tools.setObjectName("header")
        first = QHBoxLayout(head)
        name = ElidedLabel(tr(self.TITLE))
        name.setProperty("role", "section")
        first.addWidget(self.back)
        first.addWidget(name, 1)
        for button in (self.grade, *self.leaving()):
            first.addWidget(button)
        second = QHBoxLayout(tools)
        for tool in (self.files, self.folder):
            second.addWidget(tool)
        second.addStretch(1)
        for tool in self.settings():
            second.addWidget(tool)
        third = QHBoxLayout()
        for box in self.filters:
            third.addWidget(box)
        third.addWidget(self.kept)
        third.addStretch(1)
        for button in (self.source, self.all, self.none):
            third.addWidget(button)
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(side, pixels(8), side, pixels(8))
        column.setSpacing(pixels(6))
        column.addWidget(self.told)
        column.addLayout(third)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(result)
        self.split.addWidget(self.viewer)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self._result = result
        self.stack = QStackedWidget()
        self.empty, self.busy = self._empty(), self._busy()
        for page in (self.empty, self.busy, self.split):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(tools)
        locked = QWidget()
        line = QVBoxLayout(locked)
        line.setContentsMargins(side, pixels(4), side, 0)
        line.addWidget(self.locks)
        locked.setVisible(bool(self.locks.reason))
        outer.addWidget(locked)
        outer.addWidget(self.alerts)
        outer.addWidget(self.stack, 1)

    def settings(self) -> tuple[QWidget, ...]:
        """What can be chosen about the document that is made; made once."""
        return ()

    def _empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        margin = self._theme.pixels(40)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(self._theme.pixels(12))
        column.addStretch(1)
        column.addWidget(WrappedLabel(tr(self.EMPTY), "title"))
        column.addWidget(WrappedLabel(tr(self.ABOUT), "muted"))
        row = QHBoxLayout()
        self.first = QPushButton(tr("폴더 고르기"))
        self.first.setProperty("role", "primary")
        self.second = QPushButton(tr("파일 고르기"))
        row.addWidget(self.first)
        row.addWidget(self.second)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _busy(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        margin = self._theme.pixels(40)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        column.addWidget(self.busy_words)
        column.addWidget(self.bar)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        return page

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        for button in (self.files, self.second):
            button.clicked.connect(self.open_files)
        for button in (self.folder, self.first):
            button.clicked.connect(self.open_folder)
        for box in self.filters:
            box.activated.connect(self._on_filter)
        self.all.clicked.connect(lambda: self.model.tick_shown(True))
        self.none.clicked.connect(lambda: self.model.tick_shown(False))
        self.source.clicked.connect(lambda: self._open_source(self.table.currentIndex().row()))
        self.stop.clicked.connect(self.desk.stop)
        self.grade.chosen.connect(self._on_grade)
        self.table.opened.connect(self._open_source)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.model.ticked.connect(self._show_kept)
        self.viewer.closed.connect(self._close_source)
        self.desk.changed.connect(self._refresh)
        self.desk.progress.connect(self._on_progress)
        self.desk.found.connect(self._on_found)
        self.desk.failed.connect(self._on_failed)
        self._theme.changed.connect(self._restyle)

    # showing

    def _refresh(self) -> None:
        busy, found = self.desk.busy, self.desk.result
        page = self.busy if busy else self.empty if found is None or not found.rows else self.split
        held = self.stack.currentWidget() is not page and self.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(page)
        if busy and self._told is None:
            self.busy_words.setText(tr("{doing}입니다.").format(doing=tr(self.BUSY)))
            self.bar.setRange(0, 0)
        if held and self.isVisible():
            (self.stop if busy else self.first if page is self.empty else self.table).setFocus()
        self._show_kept()

    def _show_kept(self) -> None:
        kept = len(self.model.rows) - len(self.model.off)
        self.kept.setText(tr("{kept} / {count}줄").format(kept=kept, count=len(self.model.rows)))
        ready = self.desk.result is not None and kept > 0 and not self._making and not self.desk.busy
        for button in self.leaving():
            if self.locks.reason:
                lock(button, self.locks.reason)
            else:
                button.setEnabled(ready)
        self.source.setEnabled(self.table.currentIndex().isValid())

    def _on_row(self) -> None:
        self.source.setEnabled(self.table.currentIndex().isValid())
        if not self.viewer.isHidden() and self._result.isVisible():
            self._show_source(self.table.currentIndex().row())

    def _on_progress(self, event: Progress) -> None:
        self._told = event
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        self.busy_words.setText(
            tr("{label}입니다.").format(label=event.label) if event.done < event.total else tr("찾는 중입니다.")
        )

    def _on_found(self, found: Extracted) -> None:
        still, self._again = self._again, None
        self.model.show(found.rows, still.off if still else frozenset())
        for number, (box, (_, every)) in enumerate(zip(self.filters, self.FILTERS, strict=True)):
            box.clear()
            box.addItem(tr(every), "")
            for name in group_names(found.rows, number):
                box.addItem(name, name)
            if still:
                box.setCurrentIndex(max(0, box.findData(still.chosen[number])))
        self.model.choose(self._wanted())
        self.told.setText(self.counted(found))
        if not found.rows:
            self.alerts.tell("warning", self.counted(found), tr("다른 파일이나 폴더를 골라 주세요."))
        if found.unread:
            names = ", ".join(Path(path).name for path, _ in found.unread[:MOST_TOLD])
            more = len(found.unread) - MOST_TOLD
            words = (
                tr("{names} 등 {count}개 파일은 읽지 못했습니다.")
                if more > 0
                else tr("{names} 파일은 읽지 못했습니다.")
            )
            self.alerts.tell("warning", words.format(names=names, count=len(found.unread)), found.unread[0][1])
        if self.model.rowCount():
            self.table.selectRow(0)

    def _on_failed(self, error: UserFacingError) -> None:
        self.alerts.show_error(error)

    def _wanted(self) -> tuple[str, ...]:
        return tuple(str(box.currentData() or "") for box in self.filters)

    def _on_filter(self) -> None:
        self.model.choose(self._wanted())
        if self.model.rowCount():
            self.table.selectRow(0)
        self._show_kept()

    def _restyle(self) -> None:
        self.grade.set_sign(self._theme.icon("grade"))

    # the source

    def _open_source(self, place: int) -> None:
        if self.desk.result is None or not 0 <= place < self.model.rowCount():
            return
        self.viewer.show()
        self._fit()
        self._show_source(place)

    def _show_source(self, place: int) -> None:
        found = self.desk.result
        if found is None or not 0 <= place < self.model.rowCount():
            return
        citation = self.model.row(place).citation
        document = next((each for each in found.documents if each.path == citation.path), None)
        if document is not None:
            self.viewer.show_citation(document, citation)

    def _close_source(self) -> None:
        self.viewer.hide()
        self._result.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for both, the source takes the place of the table."""
        narrow = self.width() < self._theme.pixels(NARROW)
        self._result.setVisible(self.viewer.isHidden() or not narrow)
        if not self.viewer.isHidden() and not narrow:
            self.split.setSizes([self.width() * 3 // 5, self.width() * 2 // 5])

    # leaving

    def _on_grade(self, grade: str) -> None:
        self._grade = grade  # type: ignore[assignment]
        self.grade.show_grade(self._grade)

    def leave(self, task: str, drafts: Callable[[], Sequence[Draft]]) -> None:
        """Make the documents, ask about personal data and for a file, and write them: past the policy only."""
        if self.desk.result is None or self._making or not self.model.kept():
            return
        try:
            if self.locks.reason:
                raise PolicyError("policy-format", self.locks.reason, ADVICE)
            self._policy.require_grade(self._grade)
        except PolicyError as error:
            action = (tr("등급 정하기"), self.grade.ask) if error.code == "policy-grade" else None
            self.alerts.tell("warning", error.message, error.advice, action)
            return
        self._making = True
        self._show_kept()
        job = self.desk.make(drafts)
        job.item.connect(lambda outgoing: self._on_made(task, outgoing))
        job.failed.connect(self.alerts.show_error)
        job.ended.connect(self._on_making_ended)

    def _on_made(self, task: str, outgoing: Outgoing) -> None:
        def answered(answer: str) -> None:
            if answer == CANCEL:
                return
            drafts = outgoing.drafts
            if answer == MASK:
                from biseo.masking.drafts import masked_draft

                drafts = tuple(masked_draft(draft, outgoing.known) for draft in drafts)
            self._choose_file(task, drafts)

        if outgoing.counts:
            self._privacy.question(outgoing.counts, "", "save", answered)
        else:
            self._choose_file(task, outgoing.drafts)

    def _choose_file(self, task: str, drafts: tuple[Draft, ...]) -> None:
        title = drafts[0].title

        def chosen(path: Path, overwrite: bool) -> None:
            paths = [path, *(_free(path, tr("정답")) for _ in drafts[1:])]
            job = self.desk.save(drafts, paths, overwrite)
            job.item.connect(lambda written: self._on_saved(task, written))
            job.failed.connect(self.alerts.show_error)

        self._dialogs.save_made(tr("{title} 저장").format(title=title), file_name(title, tr(self.TITLE)), chosen)

    def _on_saved(self, task: str, path: Path) -> None:
        self.alerts.clear("error")
        self.alerts.tell("ok", tr("저장됨: {path}").format(path=path))
        self.exported.emit(task, path)

    def _on_making_ended(self) -> None:
        self._making = False
        self._show_kept()


def _free(path: Path, word: str) -> Path:
    """A name beside that file that no other file has: the dialog has asked about the first only."""
    number = 1
    while True:
        more = "" if number == 1 else f" ({number})"
        other = path.with_name(f"{path.stem}_{word}{more}{path.suffix}")
        if not other.exists():
            return other
        number += 1
