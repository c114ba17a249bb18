"""The right region when a person takes the draft over: what bars it, and the five points of the guidance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from biseo.document import MISSING, Review
from biseo.guidance import POINTS
from biseo_ui.completion import Bar
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.tick_box import TickBox
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST_BARS = 30


class CompletionPanel(QWidget):
    """Ticks are for the text as it stands: they are gone once it is edited.

    Signals:
        completed: the person has ticked all and takes the draft over.
        withdrawn: it shall be a draft again.
        bar_chosen: a `Bar` that was clicked.
        closed: back to the review.
    """

    completed = Signal()
    withdrawn = Signal()
    bar_chosen = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: list[Bar] = []
        self._shown: object = None
        self._review: Review | None = None
        self._busy, self._blanks = "", 0
        pixels = theme.pixels
        self.back = QPushButton(tr("확인 목록"))
        self.back.setProperty("role", "link")
        self.back.clicked.connect(self.closed)
        self._state = WrappedLabel()
        self._list = QVBoxLayout()
        self._list.setSpacing(pixels(4))
        self.points = [_PointRow(theme, number) for number in range(len(POINTS))]
        self.done = QPushButton(tr("검토 완료"))
        self.done.setProperty("role", "primary")
        self.done.setToolTip(tr("초안 표시를 떼고 담당자가 검토한 문서로 만듭니다."))
        self.done.clicked.connect(self._on_done)
        self.withdraw = QPushButton(tr("초안으로 되돌리기"))
        self.withdraw.clicked.connect(self.withdrawn)
        self._why = WrappedLabel("", "muted")
        head = QHBoxLayout()
        head.addWidget(label(tr("검토 완료"), "section"))
        head.addStretch(1)
        head.addWidget(self.back)
        inner = QWidget()
        inner.setObjectName("scrolled")
        points = QVBoxLayout(inner)
        points.setContentsMargins(0, 0, pixels(4), 0)
        points.setSpacing(pixels(8))
        points.addWidget(self._state)
        points.addLayout(self._list)
        for row in self.points:
            points.addWidget(row)
            row.box.toggled.connect(lambda _on: self._show_done())
        points.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(pixels(10), pixels(8), pixels(10), pixels(10))
        column.setSpacing(pixels(6))
        column.addLayout(head)
        column.addWidget(self.scroll, 1)
        column.addWidget(self._why)
        column.addWidget(self.done)
        column.addWidget(self.withdraw)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_state(self, bars: Sequence[Bar], review: Review | None, busy: str = "", blanks: int = 0) -> None:
        """Show what bars the completion, or the review that was given.

        Args:
            busy: why it has to wait a moment, or nothing.
            blanks: how many `[확인 필요]` stand in the text; they bar nothing, but have to be known.
        """
        self._busy = busy
        if (list(bars), review, blanks) != self._shown:
            self._shown = (list(bars), review, blanks)
            self._bars, self._review, self._blanks = list(bars), review, blanks
            self._show_bars()
        self._show_done()

    def show_private(self, found: str) -> None:
        """What personal data stands in the text (`이름 2곳`), beside the point that is about it."""
        words = tr("이 글에서 찾은 개인정보: {found}").format(found=found) if found else ""
        self.points[0].warn(words)

    def clear_ticks(self) -> None:
        """The text has changed: what was confirmed was another one."""
        for row in self.points:
            row.box.setChecked(False)

    def _show_bars(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        review, bars = self._review, self._bars
        if review is not None:
            self._state.setText(
                tr("{when} {by} 님이 검토를 마쳤습니다. 글을 고치면 다시 초안이 됩니다.").format(
                    when=review.when[:16].replace("T", " "), by=review.by
                )
            )
        elif bars:
            self._state.setText(
                tr("먼저 해결할 곳이 {count}군데 있습니다. 누르면 그곳으로 갑니다.").format(count=len(bars))
            )
        else:
            words = tr("다섯 가지를 직접 확인하고 표시해 주세요. 모두 표시하면 초안 표시를 뗍니다.")
            if self._blanks:
                words += " " + tr("아직 채우지 않은 {missing}가 {count}군데 있습니다.").format(
                    missing=MISSING, count=self._blanks
                )
            self._state.setText(words)
        self._state.setProperty("role", "warning" if bars and review is None else "")
        self._state.style().polish(self._state)
        for bar in bars[:MOST_BARS] if review is None else ():
            self._list.addWidget(_BarRow(self._theme, bar, partial(self.bar_chosen.emit, bar)))
        if review is None and len(bars) > MOST_BARS:
            self._list.addWidget(WrappedLabel(tr("그 밖에 {count}군데").format(count=len(bars) - MOST_BARS), "muted"))
        for row in self.points:
            row.box.setEnabled(review is None)
            if review is not None:
                row.box.setChecked(True)
        self.done.setVisible(review is None)
        self.withdraw.setVisible(review is not None)
        self.scroll.verticalScrollBar().setValue(0)

    def _show_done(self) -> None:
        left = sum(not row.box.isChecked() for row in self.points)
        ready = not self._bars and not left and not self._busy
        self.done.setEnabled(ready)
        if self._review is not None or ready:
            words = ""
        elif self._busy:
            words = self._busy
        elif self._bars:
            words = tr("위의 곳을 해결하면 검토를 마칠 수 있습니다.")
        else:
            words = tr("표시하지 않은 항목이 {count}개 있습니다.").format(count=left)
        self._why.setText(words)
        self._why.setVisible(bool(words))
        self.done.setAccessibleDescription(words)

    def _on_done(self) -> None:
        if self.done.isEnabled():
            self.completed.emit()

    def _restyle(self) -> None:
        self.back.setIcon(self._theme.icon("back", "accent"))


class _PointRow(QFrame):
    """A point of the guidance with its box; the words beside it tick it as well."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        point, pixels = POINTS[number], theme.pixels
        self.setObjectName("card")
        self.box = TickBox(theme, tr(point.title))
        self.box.setAccessibleName(f"{number + 1}. {tr(point.title)}: {tr(point.statement)}")
        self.box.setAccessibleDescription(f"{tr(point.advice)} {tr(point.source)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(pixels(10), pixels(8), pixels(10), pixels(8))
        column.setSpacing(pixels(3))
        column.addWidget(self.box)
        column.addWidget(WrappedLabel(tr(point.statement)))
        self._warning = WrappedLabel("", "warning")
        self._warning.hide()
        column.addWidget(self._warning)
        column.addWidget(WrappedLabel(tr(point.advice), "muted"))
        column.addWidget(
            WrappedLabel(tr("출처: {source}").format(source=tr(point.source)).replace("2023. ", "2023.\u00a0"), "muted")
        )

    def warn(self, words: str) -> None:
        """Say something that the program has found to this point, or nothing."""
        self._warning.setText(words)
        self._warning.setVisible(bool(words))

    def mousePressEvent(self, event: object) -> None:
        if self.box.isEnabled():
            self.box.toggle()


class _BarRow(QPushButton):
    """A button whose words wrap."""

    def __init__(self, theme: Theme, bar: Bar, choose: object) -> None:
        super().__init__()
        self.setAccessibleName(bar.words)
        self.setToolTip(bar.words)
        self.setText("")
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        row = QVBoxLayout(self)
        pixels = theme.pixels
        row.setContentsMargins(pixels(10), pixels(4), pixels(10), pixels(4))
        words = WrappedLabel(bar.words)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(words)
        self.clicked.connect(choose)

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
