"""The page where documents are compared: two versions side by side, or what several documents say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biseo.comparing.comparison import View
from biseo.comparing.telling import counts_words
from biseo.comparing.units import Unit
from biseo.document import Document, Draft, Grade
from biseo.errors import PolicyError, UserFacingError
from biseo.events import Progress
from biseo.policy import ADVICE, Policy
from biseo_ui.alerts import Alerts
from biseo_ui.compare_desk import CompareDesk, Leaving, Shown
from biseo_ui.compare_rows import FILTERS
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.dialogs.privacy_question import CANCEL, MASK
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.privacy_gate import PrivacyGate
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.compare_view import HINTS, CompareView
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.grade_button import GradeButton
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.source_viewer import SourceViewer
from biseo_ui.widgets.wrapped_label import WrappedLabel

VIEWS: tuple[tuple[View | None, str], ...] = (
    (None, "알아서 고르기"),
    ("versions", "한 문서의 두 판"),
    ("contents", "서로 다른 문서"),
)
EMPTY = "견줄 문서를 두 개 이상 골라 주세요."
ABOUT = (
    "한 문서의 두 판이면 조문과 문장, 표의 칸까지 바뀐 곳을 찾아 신·구조문대비표로 저장할 수 있고, 서로 다른 문서이면 "
    "함께 적은 내용과 다르게 적은 내용, 숫자를 나란히 보여 드립니다. 언어 모델 없이 규칙으로 견줍니다."
)
NARROW = 900
"""Below this width (at 100 %) the source takes the place of the list."""
NAMES = {"table": "비교표", "report": "통합 정리"}


@dataclass(frozen=True)
class CompareStill:
    """What is kept while the window is locked: the documents, which are compared, and how."""

    documents: tuple[Document, ...]
    chosen: frozenset[str]
    view: View | None
    shown: bool


class ComparePage(QWidget):
    """Signals:
    closed: back to work.
    exported: a file was written.
    """

    closed = Signal()
    exported = Signal(object)

    def __init__(
        self, theme: Theme, runner: JobRunner, services: Services, dialogs: FileDialogs, privacy: PrivacyGate,
        policy: Policy | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._dialogs, self._privacy, self._policy = theme, dialogs, privacy, policy or Policy()
        self._grade: Grade = ""
        self._making = ""
        self.desk = CompareDesk(runner, services, self)
        self.alerts = Alerts(theme)
        self.view = CompareView(theme)
        self.viewer = SourceViewer(theme, runner, services)
        self.viewer.back.setText(tr("원문 닫기"))
        self.viewer.hide()
        self._buttons()
        self._layout()
        self._connect()
        self._refresh()

    # what the window calls

    def put(self, documents: Sequence[Document]) -> None:
        """Compare these documents, the older version first."""
        self.desk.put(documents)

    def add_files(self, paths: list[Path]) -> None:
        """Read files and compare them with what is there."""
        self.alerts.clear()
        self.desk.add_files(paths)

    def open_files(self) -> None:
        """Ask for files."""
        self._dialogs.open_documents(self.add_files)

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) row."""
        self.view.step(way)

    def escape(self) -> bool:
        """Esc: stop what is under way, close the source; False when there was neither."""
        if self.desk.stop():
            return True
        if not self.viewer.isHidden():
            self._close_source()
            return True
        return False

    def save(self, kind: str = "table") -> None:
        """Make the document (`table` or `report`), ask about personal data and for a file, and write it."""
        if self.desk.result is None or self._making:
            return
        try:
            self._require_leave()
        except PolicyError as error:
            action = (tr("등급 정하기"), self.grade.ask) if error.code == "policy-grade" else None
            self.alerts.tell("warning", error.message, error.advice, action)
            return
        self._making = kind
        self._refresh()
        job = self.desk.make(kind, self._grade)
        job.item.connect(self._on_made)
        job.failed.connect(self.alerts.show_error)
        job.ended.connect(self._on_making_ended)

    def present(self, shown: bool) -> CompareStill:
        """What to keep while the window is locked; `shown` where the page is what it shows."""
        desk = self.desk
        return CompareStill(tuple(desk.documents), frozenset(desk.chosen), desk.view, shown)

    def go_on(self, still: CompareStill) -> None:
        """Compare again what was kept."""
        desk = self.desk
        desk.documents, desk.chosen, desk.view = list(still.documents), set(still.chosen), still.view
        desk.compare()

    # building

    def _buttons(self) -> None:
        self.back = QPushButton(tr("돌아가기"))
        self.back.setToolTip(tr("하던 일로 돌아갑니다. (Esc)"))
        self.open = QPushButton(tr("파일 고르기"))
        self.open.setToolTip(tr("견줄 파일을 더 엽니다. (Ctrl+O)"))
        self.choice = QPushButton(tr("문서"))
        self.choice.setToolTip(tr("열어 둔 문서 가운데 견줄 것을 고릅니다."))
        self.entries = QMenu(self.choice)
        self.choice.setMenu(self.entries)
        self.swap = QPushButton(tr("앞뒤 바꾸기"))
        self.swap.setToolTip(tr("현행으로 본 문서와 개정안으로 본 문서를 바꿉니다."))
        self.way = ArrowBox(self._theme)
        self.way.setAccessibleName(tr("견주는 방법"))
        self.way.addItems([tr(words) for _, words in VIEWS])
        self.way.setMinimumContentsLength(9)
        self.filter = ArrowBox(self._theme)
        self.filter.setAccessibleName(tr("보여 줄 것"))
        self.filter.setMinimumContentsLength(13)
        self.previous, self.next = QPushButton(tr("이전")), QPushButton(tr("다음"))
        self.previous.setToolTip(tr("이전 다른 곳으로 갑니다. (Shift+F8)"))
        self.next.setToolTip(tr("다음 다른 곳으로 갑니다. (F8)"))
        self.place = label("", "muted")
        self.grade = GradeButton(self._policy.grade_required)
        self.grade.set_sign(self._theme.icon("grade"))
        self.report = QPushButton(tr("한 문서로 모으기"))
        self.report.setToolTip(tr("제목을 맞추어 모으고, 문장마다 파일과 쪽을 적어 저장합니다."))
        self.table = QPushButton(tr("비교표 저장"))
        self.table.setToolTip(tr("견준 결과를 표로 저장합니다. (Ctrl+S)"))
        self.table.setProperty("role", "primary")
        reason = "" if any(map(self._policy.allows_format, ("hwpx", "docx", "txt", "md"))) else (
            self._policy.reason("formats")
        )  # fmt: skip
        self.locks = LockNote(self._theme, reason)
        self.told = WrappedLabel("", "muted")
        self.hint = WrappedLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("문서를 견주는 중"))
        self.stop = QPushButton(tr("멈춤"))
        self.stop.setToolTip(tr("견주기를 멈춥니다. (Esc)"))
        self.again = QPushButton(tr("다시 견주기"))
        self.busy_words = label("", "muted")

    def _layout(self) -> None:
        pixels = self._theme.pixels
        head, tools = QFrame(), QFrame()
        head.setObjectName("header")
        tools.setObjectName("header")
        first = QHBoxLayout(head)
        name = ElidedLabel(tr("문서 비교"))
        name.setProperty("role", "section")
        first.addWidget(self.back)
        first.addWidget(name, 1)
        for button in (self.grade, self.report, self.table):
            first.addWidget(button)
        second = QHBoxLayout(tools)
        for tool in (self.open, self.choice, self.swap, self.way):
            second.addWidget(tool)
        second.addStretch(1)
        third = QHBoxLayout()
        third.addWidget(self.filter)
        third.addWidget(self.place)
        third.addStretch(1)
        third.addWidget(self.previous)
        third.addWidget(self.next)
        result = QWidget()
        column = QVBoxLayout(result)
        side = pixels(10)
        column.setContentsMargins(side, pixels(8), side, pixels(8))
        column.setSpacing(pixels(6))
        column.addWidget(self.told)
        column.addLayout(third)
        column.addWidget(self.view, 1)
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
        for widget in (head, tools):
            outer.addWidget(widget)
        locked = QWidget()
        line = QVBoxLayout(locked)
        line.setContentsMargins(side, pixels(4), side, 0)
        line.addWidget(self.locks)
        locked.setVisible(bool(self.locks.reason))
        outer.addWidget(locked)
        outer.addWidget(self.alerts)
        outer.addWidget(self.stack, 1)

    def _empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        margin = self._theme.pixels(40)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(self._theme.pixels(12))
        column.addStretch(1)
        self.empty_words = WrappedLabel(tr(EMPTY), "title")
        column.addWidget(self.empty_words)
        column.addWidget(WrappedLabel(tr(ABOUT), "muted"))
        row = QHBoxLayout()
        self.first = QPushButton(tr("파일 고르기"))
        self.first.setProperty("role", "primary")
        self.first.clicked.connect(self.open_files)
        row.addWidget(self.first)
        row.addWidget(self.again)
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
        self.open.clicked.connect(self.open_files)
        self.entries.triggered.connect(lambda action: self.desk.choose(str(action.data()), action.isChecked()))
        self.swap.clicked.connect(self.desk.swap)
        self.way.activated.connect(self._on_way)
        self.filter.activated.connect(self._on_filter)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.stop.clicked.connect(self.desk.stop)
        self.again.clicked.connect(self.desk.compare)
        self.grade.chosen.connect(self._on_grade)
        self.report.clicked.connect(lambda: self.save("report"))
        self.table.clicked.connect(lambda: self.save("table"))
        self.view.opened.connect(self._open_source)
        self.view.stepped.connect(self._show_place)
        self.viewer.closed.connect(self._close_source)
        self.desk.changed.connect(self._refresh)
        self.desk.progress.connect(self._on_progress)
        self.desk.shown.connect(self._on_shown)
        self.desk.failed.connect(self._on_failed)
        self.desk.stopped.connect(self._on_stopped)
        self._theme.changed.connect(self._restyle)

    # showing

    def _refresh(self) -> None:
        desk, result = self.desk, self.desk.result
        count = len(desk.compared)
        if desk.busy and result is None:
            self.stack.setCurrentWidget(self.busy)
        elif result is None:
            self.stack.setCurrentWidget(self.empty)
            words = tr(EMPTY) if count < 2 else tr("견주기를 멈추었습니다.")
            if count == 1:
                words = tr("「{name}」과 견줄 문서를 하나 더 골라 주세요.").format(
                    name=Path(desk.compared[0].path).name
                )
            self.empty_words.setText(words)
            self.again.setVisible(count > 1)
        else:
            self.stack.setCurrentWidget(self.split)
        self.entries.clear()
        for document in desk.documents:
            action = self.entries.addAction(Path(document.path).name)
            action.setCheckable(True)
            action.setChecked(document.path in desk.chosen)
            action.setData(document.path)
        self.choice.setText(tr("견줄 문서 {count}개").format(count=count))
        self.choice.setEnabled(bool(desk.documents))
        self.swap.setEnabled(count == 2)
        self.way.setCurrentIndex([view for view, _ in VIEWS].index(desk.view))
        self.way.setEnabled(count == 2)
        allowed = result is not None and not self._making
        for button in (self.report, self.table):
            if self.locks.reason:
                lock(button, self.locks.reason)
            else:
                button.setEnabled(allowed)
        if result is None:
            self.busy_words.setText(tr("파일을 읽고 있습니다.") if desk.busy and not desk.compared else "")

    def _on_progress(self, event: Progress) -> None:
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        self.busy_words.setText(tr("{label}입니다.").format(label=tr(event.label)))

    def _on_shown(self, shown: Shown) -> None:
        comparison = shown.comparison
        self._close_source()
        share = int(100 * (comparison.kept or 0))  # never all of it while something differs
        if comparison.versions is not None:
            told = tr("글이 {share}% 겹칩니다. 한 문서의 두 판으로 견주었습니다: {counts}").format(
                share=share, counts=counts_words(comparison)
            )
            self.table.setText(tr("신·구조문대비표 저장"))
        else:
            told = tr("문서 {count}개를 서로 다른 문서로 견주었습니다.").format(count=len(shown.names))
            if comparison.kept is not None:
                told = tr("글이 {share}% 겹칩니다. 서로 다른 문서로 견주었습니다.").format(share=share)
            self.table.setText(tr("비교표 저장"))
        self.told.setText(told)
        self.hint.setText(tr(HINTS[comparison.view]))
        self.view.list.setAccessibleDescription(self.hint.text())
        filters = FILTERS[comparison.view]
        names = shown.names
        if comparison.versions is not None:
            names = (tr("현행: {name}").format(name=names[0]), tr("개정안: {name}").format(name=names[1]))
        self.view.show_rows(shown.rows, names, filters[0][1])
        self.filter.clear()
        for words, kinds in filters:
            self.filter.addItem(f"{tr(words)} {self.view.model.count(kinds)}", kinds)
        self._show_place()
        self.stack.setCurrentWidget(self.split)
        self.view.list.setFocus()

    def _show_place(self) -> None:
        count = self.view.model.rowCount()
        self.place.setText(tr("{place} / {count}").format(place=self.view.current + 1, count=count) if count else "")
        for button in (self.previous, self.next):
            button.setEnabled(count > 1)

    def _on_filter(self) -> None:
        self.view.choose(tuple(self.filter.currentData()))

    def _on_way(self, row: int) -> None:
        self.desk.look(VIEWS[row][0])

    def _on_failed(self, error: UserFacingError) -> None:
        self.alerts.show_error(error)

    def _on_stopped(self) -> None:
        if len(self.desk.compared) > 1:
            self.again.setFocus()

    def _restyle(self) -> None:
        self.grade.set_sign(self._theme.icon("grade"))

    # the source

    def _open_source(self, number: int, unit: Unit) -> None:
        result = self.desk.result
        if result is None:
            return
        self.viewer.show()
        self._fit()
        self.viewer.show_document(result.comparison.texts[number].document, unit.text)

    def _close_source(self) -> None:
        self.viewer.hide()
        self._result.show()
        self.view.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for both, the source takes the place of the list."""
        narrow = self.width() < self._theme.pixels(NARROW)
        self._result.setVisible(self.viewer.isHidden() or not narrow)
        if not self.viewer.isHidden() and not narrow:
            self.split.setSizes([self.width() * 3 // 5, self.width() * 2 // 5])

    # leaving

    def _on_grade(self, grade: str) -> None:
        self._grade = grade  # type: ignore[assignment]
        self.grade.show_grade(self._grade)

    def _require_leave(self) -> None:
        if self.locks.reason:
            raise PolicyError("policy-format", self.locks.reason, ADVICE)
        self._policy.require_grade(self._grade)

    def _on_made(self, leaving: Leaving) -> None:
        kind = self._making

        def answered(answer: str) -> None:
            if answer == CANCEL:
                return
            draft = leaving.draft
            if answer == MASK:
                from biseo.masking.drafts import masked_draft

                draft = masked_draft(draft, leaving.known)
            self._choose_file(kind, draft)

        if leaving.counts:
            self._privacy.question(leaving.counts, "", "save", answered)
        else:
            self._choose_file(kind, leaving.draft)

    def _choose_file(self, kind: str, draft: Draft) -> None:
        from biseo_ui.file_name import file_name

        name = file_name(draft.title, tr(NAMES[kind]))
        self._dialogs.save_comparison(name, lambda path, overwrite: self._save(draft, path, overwrite))

    def _save(self, draft: Draft, path: Path, overwrite: bool) -> None:
        job = self.desk.save(draft, path, overwrite)
        job.item.connect(self._on_saved)
        job.failed.connect(self.alerts.show_error)

    def _on_saved(self, path: Path) -> None:
        self.alerts.clear("error")
        self.alerts.tell("ok", tr("저장됨: {path}").format(path=path))
        self.exported.emit(path)

    def _on_making_ended(self) -> None:
        self._making = ""
        self._refresh()
