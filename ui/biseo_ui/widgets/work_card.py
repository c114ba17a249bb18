"""One stored work: what it is, its versions and what has changed since, open and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.item_models.history_model import phase_words, task_title, when
from biseo_ui.proposals import Piece
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.version_view import VersionView
from biseo_ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from biseo.vault import Version, WorkEntry


class WorkCard(QFrame):
    """Signals:
    delete_wanted: and confirmed here.
    compare_wanted: numbers of the older and the newer version; 0 is the state as it is now.
    """

    delete_wanted = Signal()
    compare_wanted = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rightpanel")
        self._theme = theme
        self._entry: WorkEntry | None = None
        self._title = WrappedLabel("", "title")
        self._about = WrappedLabel("", "muted")
        self.open = QPushButton(tr("열기"))
        self.open.setProperty("role", "primary")
        self.open.setToolTip(tr("이 작업을 이어서 합니다. 지금 작업은 기록에 남습니다. (Enter)"))
        self.remove = QPushButton(tr("지우기"))
        self.remove.setToolTip(tr("이 작업을 저장소에서 지웁니다. (Delete)"))
        self.remove.clicked.connect(self.ask_delete)
        self.question = QFrame()
        self.question.setObjectName("message")
        self.question.setProperty("kind", "warning")
        self._asking = WrappedLabel()
        self.sure = QPushButton(tr("지우기"))
        self.sure.setAccessibleName(tr("되살릴 수 없게 지우기"))
        self.sure.clicked.connect(self._on_sure)
        self.keep = QPushButton(tr("그만두기"))
        self.keep.clicked.connect(self._on_keep)
        inner = QVBoxLayout(self.question)
        inner.addWidget(self._asking)
        inner.addWidget(ButtonRow(theme, self.keep, self.sure))
        self._versions = QLabel(tr("판 견주기"))
        self._versions.setProperty("role", "section")
        self.older, self.newer = ArrowBox(theme), ArrowBox(theme)
        self.older.setAccessibleName(tr("앞선 판"))
        self.newer.setAccessibleName(tr("나중 판"))
        for box in (self.older, self.newer):
            box.setMinimumContentsLength(10)
            box.activated.connect(self._on_version)
        self.difference = VersionView(theme)
        column = QVBoxLayout(self)
        pixels = theme.pixels
        column.setContentsMargins(pixels(16), pixels(14), pixels(16), pixels(12))
        column.setSpacing(pixels(8))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(ButtonRow(theme, self.open, self.remove))
        column.addWidget(self.question)
        column.addSpacing(pixels(6))
        column.addWidget(self._versions)
        column.addWidget(self.older)
        column.addWidget(self.newer)
        column.addWidget(self.difference, 1)
        column.addStretch(0)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_entry(None, False)

    def show_entry(self, entry: WorkEntry | None, is_open: bool) -> None:
        """The work that is chosen, or none."""
        self._entry = entry
        self.question.hide()
        for widget in (self.open, self.remove):
            widget.setVisible(entry is not None)
        self._hide_versions()
        self.older.clear()
        self._title.setText(entry.title if entry is not None else "")
        if entry is None:
            self._about.setText("")
            return
        self.open.setText(tr("이어서 하기") if is_open else tr("열기"))
        lines = [
            tr("{task}, {phase}").format(task=task_title(entry.task), phase=phase_words(entry.phase)),
            tr("처음 쓴 때: {time}").format(time=when(entry.made)),
            tr("마지막으로 바뀐 때: {time}").format(time=when(entry.changed)),
        ]
        if is_open:
            lines.append(tr("지금 열려 있는 작업입니다."))
        self._about.setText("\n".join(lines))

    def show_versions(self, work: str, versions: list[Version]) -> None:
        """The kept states of a work, newest first."""
        if self._entry is None or work != self._entry.id or not versions:
            return
        for box in (self.older, self.newer):
            box.clear()
        self.newer.addItem(tr("지금 글"), 0)
        for each in versions:
            words = f"{each.label} · {when(each.time)}"
            self.older.addItem(words, each.version)
            self.newer.addItem(words, each.version)
        self._show_versions()

    def show_difference(self, work: str, pieces: list[Piece]) -> None:
        """What has changed between the two versions that are chosen."""
        if self._entry is not None and work == self._entry.id:
            self.difference.show_pieces(pieces)
            self.difference.show()

    def ask_delete(self) -> None:
        """Ask here before anything is deleted."""
        if self._entry is None:
            return
        self._asking.setText(
            tr("'{title}' 작업을 지웁니다. 지우면 되살릴 수 없습니다.").format(title=self._entry.title)
        )
        self._hide_versions()  # a small window has no room for both
        self.question.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_versions(self) -> None:
        if self.older.count():
            for widget in (self._versions, self.older, self.newer):
                widget.show()
            self._on_version()

    def _hide_versions(self) -> None:
        for widget in (self._versions, self.older, self.newer, self.difference):
            widget.hide()

    def _on_version(self, _row: int = 0) -> None:
        self.compare_wanted.emit(int(self.older.currentData() or 0), int(self.newer.currentData() or 0))

    def _on_sure(self) -> None:
        self.question.hide()
        self.delete_wanted.emit()

    def _on_keep(self) -> None:
        self.question.hide()
        self._show_versions()
        self.remove.setFocus()

    def _restyle(self) -> None:
        self.open.setIcon(self._theme.icon("open", "accent_text"))
        self.remove.setIcon(self._theme.icon("remove"))
