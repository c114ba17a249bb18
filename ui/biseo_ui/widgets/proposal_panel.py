"""The right region while something is proposed: what would change, taken or left piece by piece."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from biseo_ui.i18n import tr
from biseo_ui.item_models.pieces_model import PIECE_ROLE, PiecesModel
from biseo_ui.proposals import Piece, ProposalDesk
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.difference_delegate import DifferenceDelegate
from biseo_ui.widgets.finding_card import KEEP_KEY, TAKE_KEY
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.wrapped_label import WrappedLabel

HINT = "줄을 그은 글은 빼고, 밑줄 친 글은 넣습니다."


class ProposalPanel(QWidget):
    """Shows the proposals of a desk; nothing changes before something is taken.

    Signals:
        pointed: the piece that is looked at, to be shown on the page.
        closed: the official goes back to the review; what is not decided stays open.
    """

    pointed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, desk: ProposalDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self.model = PiecesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(DifferenceDelegate(theme, self.list))
        self.list.setAccessibleName(tr("바꿀 곳"))
        self.list.setAccessibleDescription(tr(HINT))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setTabKeyNavigation(False)
        self.stream = QTextEdit()
        NoDrag(self.stream)
        self.stream.setObjectName("viewer")
        self.stream.setReadOnly(True)
        self.stream.setTabChangesFocus(True)
        self.stream.setAccessibleName(tr("다시 쓰는 글"))
        self._title = label(tr("바꿀 글"), "section")
        self._state = WrappedLabel("", "muted")
        self._hint = WrappedLabel(tr(HINT), "muted")
        self.back = QPushButton(tr("확인 목록"))
        self.back.setProperty("role", "link")
        self.back.setToolTip(tr("확인 목록으로 돌아갑니다. 정하지 않은 글은 그대로 남습니다."))
        self.back.clicked.connect(self.closed)
        self.take = self._button(
            tr("받기 {key}").format(key=TAKE_KEY), tr("고른 곳을 바꿉니다. (Ctrl+.)"), self.take_current
        )
        self.leave = self._button(
            tr("두기 {key}").format(key=KEEP_KEY), tr("고른 곳을 지금 글 그대로 둡니다. (Ctrl+,)"), self.leave_current
        )
        self.take_all = self._button(tr("모두 받기"), tr("남은 곳을 모두 바꿉니다. (Ctrl+Shift+.)"), self.take_rest)
        self.leave_all = self._button(tr("모두 두기"), tr("지금 글을 그대로 둡니다. (Ctrl+Shift+,)"), self.leave_rest)
        self.take.setProperty("role", "primary")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.stream)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        pixels = theme.pixels
        column.setContentsMargins(pixels(10), pixels(8), pixels(10), pixels(10))
        column.setSpacing(pixels(6))
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(self._stack, 1)
        column.addWidget(self._hint)
        column.addWidget(ButtonRow(theme, self.take, self.leave))
        column.addWidget(ButtonRow(theme, self.take_all, self.leave_all))
        self.list.clicked.connect(self._on_pointed)
        self.list.activated.connect(self._on_pointed)
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self._on_pointed(index))
        self.list.viewport().installEventFilter(self)
        desk.changed.connect(self.refresh)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    def refresh(self) -> None:
        """Show the proposals as they are now; the row stays where it was."""
        pieces, writing = self._desk.pieces(), [each for each in self._desk.open if each.stage == "writing"]
        row = max(0, self.list.currentIndex().row())
        self.model.show(pieces)
        if pieces and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(min(row, len(pieces) - 1)))
        self._stack.setCurrentWidget(self.stream if writing and not pieces else self.list)
        if writing:
            self._show_words(writing[0].text)
        titles = ", ".join(dict.fromkeys(each.title for each in self._desk.open if each.title))
        self._title.setText(tr("바꿀 글"))
        self._state.setText(self._words(len(pieces), bool(writing), titles))
        self._hint.setVisible(bool(pieces))
        for button in (self.take, self.leave, self.take_all, self.leave_all):
            button.setEnabled(bool(pieces))

    def _words(self, count: int, writing: bool, titles: str) -> str:
        if writing and not count:
            return tr("'{titles}' 절을 다시 쓰고 있습니다. 지금 글은 받기 전까지 그대로 있습니다.").format(
                titles=titles
            )
        words = tr("{titles}: 바꿀 곳 {count}군데").format(titles=titles, count=count) if titles else ""
        if any(each.stage == "stopped" for each in self._desk.open):
            words = tr("{words} 쓰다 멈춘 글입니다.").format(words=f"{words}.")
        return words

    def _show_words(self, words: str) -> None:
        """Only what is new is put in, so that the view does not jump."""
        shown = self.stream.toPlainText()
        if words.startswith(shown):
            cursor = self.stream.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertText(words[len(shown) :])
            bar = self.stream.verticalScrollBar()
            bar.setValue(bar.maximum())
        else:
            self.stream.setPlainText(words)

    @property
    def current(self) -> Piece | None:
        piece = self.list.currentIndex().data(PIECE_ROLE)
        return piece if isinstance(piece, Piece) else None

    def take_current(self) -> None:
        """Put the piece that is looked at onto the page."""
        piece = self.current
        if piece is not None:
            self._desk.take([piece])

    def leave_current(self) -> None:
        """Leave the page as it is there."""
        piece = self.current
        if piece is not None:
            self._desk.leave([piece])

    def take_rest(self) -> None:
        """Take all that is left, in one step of undo."""
        self._desk.take(self.model.pieces)

    def leave_rest(self) -> None:
        """Leave the page as it is."""
        self._desk.drop()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) piece; goes round."""
        count = self.model.rowCount()
        if count:
            self.list.setCurrentIndex(self.model.index((self.list.currentIndex().row() + way) % count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()  # rows are as high as their words at this width

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.list.scheduleDelayedItemsLayout()
        return False

    def _on_pointed(self, index: QModelIndex) -> None:
        piece = index.data(PIECE_ROLE)
        if isinstance(piece, Piece):
            self.pointed.emit(piece)

    def _button(self, words: str, tip: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(tip)
        button.clicked.connect(slot)
        return button

    def _restyle(self) -> None:
        self.back.setIcon(self._theme.icon("back", "accent"))
        self.list.scheduleDelayedItemsLayout()
