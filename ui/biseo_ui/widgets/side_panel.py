"""The left region: sources, kind of document, form, and the button that writes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from biseo.tasks.definition import TaskDefinition
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.capacity_meter import CapacityMeter
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.form_view import FormView
from biseo_ui.widgets.source_cards import SourceCards


class SidePanel(QFrame):
    """Signals:
    open_wanted: the button that opens files.
    compare_wanted: the button that compares the sources.
    write_clicked: the one button that writes, or stops while something is being written.
    task_chosen: id of the task the official picked from the list.
    """

    open_wanted = Signal()
    compare_wanted = Signal()
    write_clicked = Signal()
    task_chosen = Signal(str)

    def __init__(self, theme: Theme, cards: SourceCards, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leftpanel")
        self._theme = theme
        self.cards = cards
        self.meter = CapacityMeter(theme)
        self.form = FormView(theme)
        self._tasks: tuple[TaskDefinition, ...] = ()
        self._writing = False
        pixels = theme.pixels
        self.open = QPushButton(tr("열기"))
        self.open.setIcon(theme.icon("open"))
        self.open.setToolTip(tr("자료로 쓸 파일을 엽니다. (Ctrl+O)"))
        self.open.setAccessibleName(tr("자료 파일 열기"))
        self.open.clicked.connect(self.open_wanted)
        self.compare = QPushButton(tr("문서 비교"))
        self.compare.setToolTip(tr("자료를 서로 견주어 같은 곳과 다른 곳을 봅니다."))
        self.compare.clicked.connect(self.compare_wanted)
        self._drop = QFrame()
        self._drop.setObjectName("dropzone")
        zone = QVBoxLayout(self._drop)
        zone.setContentsMargins(pixels(12), pixels(12), pixels(12), pixels(12))
        hint = QLabel(tr("HWPX · HWP · DOCX · PDF · TXT · XLSX 파일을 창 어디에나 놓으면 됩니다."))
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        zone.addWidget(hint)
        self.task = ArrowBox(theme)
        self.task.setAccessibleName(tr("문서 종류"))
        self.task.activated.connect(lambda row: self.task_chosen.emit(self._tasks[row].id))
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("role", "muted")
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        self.write = QPushButton()
        self.write.setProperty("role", "primary")
        self.write.clicked.connect(self.write_clicked)
        self._layout()
        self.form.changed.connect(self._show_hint)
        cards.changed.connect(self._on_cards)
        theme.changed.connect(self._on_theme)
        self.set_writing(False)
        self._on_cards()

    def show_tasks(self, tasks: tuple[TaskDefinition, ...], task: TaskDefinition, office: Mapping[str, str]) -> None:
        """Offer those tasks with `task` picked."""
        self._tasks = tasks
        self.task.blockSignals(True)
        self.task.clear()
        self.task.addItems([each.title for each in tasks])
        self.task.setCurrentIndex(tasks.index(task))
        self.task.blockSignals(False)
        self.task.setEnabled(len(tasks) > 1)
        self._about.setText(task.description)
        self.form.show_task(task, office)

    def set_writing(self, writing: bool) -> None:
        """Turn the button into the one that stops, and back."""
        self._writing = writing
        self.write.setText(tr("멈춤") if writing else tr("작성"))
        self.write.setIcon(self._theme.icon("stop" if writing else "write", "accent_text"))
        self.write.setToolTip(
            tr("쓰기를 멈춥니다. 쓴 데까지는 남습니다. (Esc)") if writing else tr("초안을 씁니다. (Ctrl+Enter)")
        )
        self.write.setAccessibleName(tr("멈춤") if writing else tr("초안 작성"))
        self._show_hint()

    def _show_hint(self) -> None:
        count = len(self.form.missing())
        show = count > 0 and not self._writing
        self._hint.setText(
            tr("비어 있는 필수 항목 {count}개는 [확인 필요]로 씁니다.").format(count=count) if show else ""
        )
        self._hint.setVisible(show)

    def _on_cards(self) -> None:
        self._drop.setVisible(not self.cards.cards)
        self.compare.setVisible(len(self.cards.documents()) > 1)

    def _layout(self) -> None:
        pixels = self._theme.pixels
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(pixels(14), pixels(10), pixels(14), pixels(14))
        column.setSpacing(pixels(8))
        head = QHBoxLayout()
        title = QLabel(tr("자료"))
        title.setProperty("role", "section")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.compare)
        head.addWidget(self.open)
        column.addLayout(head)
        column.addWidget(self.cards)
        column.addWidget(self.meter)
        column.addWidget(self._drop)
        column.addSpacing(pixels(8))
        kind = QLabel(tr("문서 종류"))
        kind.setProperty("role", "section")
        kind.setBuddy(self.task)
        column.addWidget(kind)
        column.addWidget(self.task)
        column.addWidget(self._about)
        line = QFrame()
        line.setObjectName("line")
        column.addSpacing(pixels(2))
        column.addWidget(line)
        column.addSpacing(pixels(2))
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        actions = QFrame()
        actions.setObjectName("actions")
        below = QVBoxLayout(actions)
        below.setContentsMargins(pixels(14), pixels(8), pixels(14), pixels(10))
        below.setSpacing(pixels(6))
        below.addWidget(self._hint)
        below.addWidget(self.write)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(actions)

    def _on_theme(self) -> None:
        self.open.setIcon(self._theme.icon("open"))
        self.set_writing(self._writing)
