"""The folders of the library: what is in them, how the reading goes, what could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biseo_ui.i18n import tr
from biseo_ui.item_models.history_model import when
from biseo_ui.library_desk import FolderState, LibraryDesk
from biseo_ui.library_words import name_of, state_words
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST_SKIPPED = 50
"""Files that could not be read, listed at once."""
NOT_KEPT = (
    "암호화된 저장소를 쓰지 않고 있어 폴더의 위치만 기억하고 읽은 글은 저장하지 않습니다. "
    "프로그램을 다시 열 때마다 문서를 다시 읽습니다."
)
BUSY = "다른 창이나 명령이 자료실을 정리하고 있습니다. 끝나면 이어서 살펴보며, 그동안에도 찾을 수 있습니다."
LEARNING = "대목의 뜻을 익히는 중입니다({share}%). 문서는 다 읽었고, 다 익히면 다른 말로 쓴 대목도 더 잘 찾습니다."
GOES = "읽은 글과 색인을 자료실에서 지웁니다. 폴더의 문서 파일은 그대로 있습니다."


class FolderRow(QFrame):
    """Signals:
    removal_wanted: and confirmed here.
    search_wanted: look in this folder only.
    place_wanted: show it in the file manager.
    task_wanted: id of something that can be made of such a folder.
    """

    removal_wanted = Signal(str)
    search_wanted = Signal(str)
    place_wanted = Signal(str)
    task_wanted = Signal(str, str)

    def __init__(self, theme: Theme, state: FolderState, tasks: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setObjectName("card")
        self.state = state
        self._theme, self._tasks = theme, tuple(tasks)
        pixels = theme.pixels
        name = name_of(state.path)
        self._sign = QLabel()
        title = ElidedLabel(name, middle=True)
        title.setProperty("role", "section")
        self._path = ElidedLabel(state.path, middle=True)
        self._path.setProperty("role", "muted")
        self.words = WrappedLabel("", "muted")
        self.gone = WrappedLabel("", "warning")
        self.skipped = QPushButton()
        self.skipped.setProperty("role", "link")
        self.skipped.setCheckable(True)
        self.skipped.toggled.connect(lambda _on: self._show_skipped())
        self.reasons = WrappedLabel()
        self.reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QToolButton()
        self.more.setProperty("role", "flat")
        self.more.setToolTip(tr("이 폴더로 할 수 있는 일"))
        self.more.setAccessibleName(tr("{name} 폴더로 할 수 있는 일").format(name=name))
        self.more.clicked.connect(self.open_menu)
        self.question = QFrame()
        self.question.setObjectName("message")
        self.question.setProperty("kind", "warning")
        self.keep, self.sure = QPushButton(tr("그만두기")), QPushButton(tr("빼기"))
        self.sure.setAccessibleName(tr("{name} 폴더를 자료실에서 빼기").format(name=name))
        self.keep.clicked.connect(self._on_keep)
        self.sure.clicked.connect(self._on_sure)
        asking = QVBoxLayout(self.question)
        asking.addWidget(WrappedLabel(tr(GOES)))
        asking.addWidget(ButtonRow(theme, self.keep, self.sure))
        self.question.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(pixels(10), pixels(8), pixels(6), pixels(8))
        row.setSpacing(pixels(8))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(pixels(3))
        for widget in (title, self._path, self.words, self.gone):
            column.addWidget(widget)
        column.addWidget(self.skipped, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reasons)
        column.addWidget(self.question)
        row.addLayout(column, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.restyle()
        self.show_state(state)

    def show_state(self, state: FolderState) -> None:
        """The folder as it stands now."""
        self.state = state
        self.words.setText(state_words(state.documents, state.passages))
        self.gone.setText(f"⚠ {state.gone}")
        self.gone.setVisible(bool(state.gone))
        count = len(state.skipped)
        self.skipped.setText(tr("읽지 못한 파일 {count:,}개").format(count=count))
        self.skipped.setVisible(count > 0)
        self._show_skipped()
        self.setAccessibleName(", ".join(filter(None, (state.path, self.words.text(), state.gone))))

    def menu(self) -> QMenu:
        """What can be done with this folder."""
        menu = QMenu(self)
        path = self.state.path
        menu.addAction(tr("이 폴더에서 찾기")).triggered.connect(lambda: self.search_wanted.emit(path))
        menu.addAction(tr("폴더 열기")).triggered.connect(lambda: self.place_wanted.emit(path))
        if self._tasks:
            menu.addSeparator()
        for kind, words in self._tasks:
            menu.addAction(words).triggered.connect(lambda _on=False, kind=kind: self.task_wanted.emit(path, kind))
        menu.addSeparator()
        menu.addAction(tr("자료실에서 빼기")).triggered.connect(self.ask_removal)
        return menu

    def open_menu(self) -> None:
        """Show the menu below its button, without halting the window."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def ask_removal(self) -> None:
        """Ask before anything is deleted."""
        self.question.show()
        self.keep.setFocus()

    def restyle(self) -> None:
        """Take the colours of the theme in force."""
        pixels = self._theme.pixels
        self._sign.setPixmap(self._theme.icon("folder", "accent").pixmap(pixels(20)))
        self.more.setIcon(self._theme.icon("more"))

    def _show_skipped(self) -> None:
        shown = self.skipped.isChecked() and bool(self.state.skipped)
        self.reasons.setVisible(shown)
        if shown:
            lines = [f"{name_of(each.path)}: {each.reason}" for each in self.state.skipped[:MOST_SKIPPED]]
            left = len(self.state.skipped) - MOST_SKIPPED
            if left > 0:
                lines.append(tr("그 밖에 {count:,}개").format(count=left))
            self.reasons.setText("\n".join(lines))

    def _on_keep(self) -> None:
        self.question.hide()
        self.more.setFocus()

    def _on_sure(self) -> None:
        self.question.hide()
        self.removal_wanted.emit(self.state.path)


class FoldersPanel(QFrame):
    """Signals:
    add_wanted: a folder is to be picked.
    search_wanted, place_wanted, task_wanted: as of a row.
    """

    add_wanted = Signal()
    search_wanted = Signal(str)
    place_wanted = Signal(str)
    task_wanted = Signal(str, str)

    def __init__(self, theme: Theme, desk: LibraryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rightpanel")
        self.setAccessibleName(tr("자료실의 폴더"))
        self._theme, self._desk = theme, desk
        self.tasks: tuple[tuple[str, str], ...] = ()
        self.rows: dict[str, FolderRow] = {}
        pixels = theme.pixels
        self.add = QPushButton(tr("폴더 넣기"))
        self.add.setToolTip(tr("법령, 편람, 지난 문서가 든 폴더를 자료실에 넣습니다."))
        self.add.clicked.connect(self.add_wanted)
        self.again = QPushButton(tr("다시 살펴보기"))
        self.again.setToolTip(tr("새로 생기거나 바뀐 문서를 지금 찾아 읽습니다."))
        self.again.clicked.connect(self._on_again)
        self.pause = QPushButton()
        self.pause.clicked.connect(lambda: desk.pause(not desk.paused))
        self.state = WrappedLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("폴더 살펴보기"))
        self.note = WrappedLabel("", "warning")
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, pixels(4), 0)
        self._column.setSpacing(pixels(6))
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(pixels(12), pixels(10), pixels(10), pixels(10))
        column.setSpacing(pixels(8))
        column.addWidget(label(tr("폴더"), "section"))
        column.addWidget(ButtonRow(theme, self.add, self.again, self.pause))
        for widget in (self.state, self.bar, self.note):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)
        desk.changed.connect(self.refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    def refresh(self) -> None:
        """Show the desk as it is now."""
        desk, look = self._desk, self._desk.look
        self._show_rows(desk.folders or ())
        working = look.running and not look.resting
        self.again.setVisible(not look.running)
        self.again.setEnabled(desk.kind != "wait" and bool(desk.folders))
        self.pause.setText(tr("이어서 읽기") if desk.paused else tr("잠시 멈춤"))
        self.pause.setVisible(look.running or desk.paused)
        self.state.setText(self._words())
        self.bar.setVisible(look.running)
        self.bar.setRange(0, look.total if look.total or not working else 0)
        self.bar.setValue(look.done)
        notes = [] if desk.kept else [tr(NOT_KEPT)]
        if look.busy:
            notes.append(tr(BUSY))
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def offer(self, tasks: Sequence[tuple[str, str]]) -> None:
        """Offer these in the menu of each folder: id and words."""
        self.tasks = tuple(tasks)
        self._rebuild()

    # inside

    def _words(self) -> str:
        desk, look = self._desk, self._desk.look
        if look.resting:
            return tr("잠시 멈췄습니다.") if desk.paused else tr("초안을 쓰는 동안 잠시 쉽니다.")
        if look.learning and look.total:
            share = 100 * look.done // look.total
            return tr(LEARNING).format(share=share)
        if look.running and look.total:
            return tr("문서 {total:,}건 가운데 {done:,}건을 읽었습니다. 지금: {name}").format(
                total=look.total, done=look.done, name=look.label
            )
        if look.running:
            return tr("{what}입니다.").format(what=look.label or tr("폴더를 살펴보는 중"))
        if desk.paused:
            return tr("잠시 멈췄습니다.")
        return tr("마지막으로 살펴본 때: {when}").format(when=when(desk.looked_at)) if desk.looked_at else ""

    def _show_rows(self, folders: Sequence[FolderState]) -> None:
        for path in [path for path in self.rows if path not in {folder.path for folder in folders}]:
            self._drop(self.rows.pop(path))
        for number, folder in enumerate(folders):
            row = self.rows.get(folder.path)
            if row is not None:
                if row.state != folder:
                    row.show_state(folder)
                continue
            row = self.rows[folder.path] = FolderRow(self._theme, folder, self.tasks)
            row.removal_wanted.connect(self._desk.remove)
            row.search_wanted.connect(self.search_wanted)
            row.place_wanted.connect(self.place_wanted)
            row.task_wanted.connect(self.task_wanted)
            self._column.insertWidget(number, row)

    def _drop(self, row: FolderRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_again(self) -> None:
        if self._desk.paused:
            self._desk.pause(False)
        self._desk.look_again()

    def _rebuild(self) -> None:
        for path in list(self.rows):
            self._drop(self.rows.pop(path))
        self.refresh()

    def _restyle(self) -> None:
        self.add.setIcon(self._theme.icon("add"))
        self._rebuild()
