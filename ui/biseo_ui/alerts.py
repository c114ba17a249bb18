"""Messages in place: what happened, what to do. Never a dialog while something is being written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST = 3
GOOD_NEWS_MS = 9000
NARROW = 400
"""Below this width (at 100 %) a button stands below the words."""
KINDS = {"info": "알림", "ok": "완료", "warning": "주의", "error": "오류"}


class Message(QFrame):
    """One message with its sign, its words, perhaps a button, and a way to close it."""

    closed = Signal(object)

    def __init__(
        self, theme: Theme, kind: str, text: str, advice: str, action: tuple[str, Callable[[], object]] | None
    ) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setProperty("kind", kind)
        self.text, self.advice, self.kind = text, advice, kind
        self.setAccessibleName(f"{tr(KINDS[kind])}: {text} {advice}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.pixels(n) for n in (10, 6, 6, 6)))
        row.setSpacing(theme.pixels(8))
        self._sign = sign = QLabel()
        sign.setAccessibleName(tr(KINDS[kind]))
        words = WrappedLabel(f"{text} {advice}".strip())
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(theme.pixels(8))
        self._box.addWidget(words, 1)
        row.addLayout(self._box, 1)
        if action is not None:
            button = QPushButton(action[0])
            button.clicked.connect(lambda: (action[1](), self.close_message()))
            self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        close = QToolButton()
        close.setProperty("role", "flat")
        close.setAccessibleName(tr("메시지 닫기"))
        close.setToolTip(tr("메시지 닫기"))
        close.clicked.connect(self.close_message)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._theme, self._close = theme, close
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme in force."""
        self._sign.setPixmap(self._theme.icon(self.kind, self.kind).pixmap(self._theme.pixels(20)))
        self._close.setIcon(self._theme.icon("close"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Beside a button the words need room of their own.
        narrow = self.width() < self._theme.pixels(NARROW)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def close_message(self) -> None:
        self.closed.emit(self)


class Alerts(QWidget):
    """The place above the work where messages appear, newest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: list[Message] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setAccessibleName(tr("알림"))
        theme.changed.connect(self._restyle)  # no lambda: it would outlive a page that has gone

    def show_error(self, error: UserFacingError, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """The two sentences of an error."""
        self.tell("error", error.message, error.advice, action)

    def tell(
        self, kind: str, text: str, advice: str = "", action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a message; one that is there already is not shown twice."""
        for old in self.messages():
            if (old.text, old.advice) == (text, advice):
                old.close_message()
        for old in self.messages()[MOST - 1 :]:
            old.close_message()
        margins = self._theme.pixels(8)
        self._column.setContentsMargins(margins, margins, margins, 0)
        message = Message(self._theme, kind, text, advice, action)
        message.closed.connect(self._on_closed)
        if kind == "ok":  # good news needs no click
            QTimer.singleShot(GOOD_NEWS_MS, message, message.close_message)
        self._shown.insert(0, message)
        self._column.insertWidget(0, message)

    def drop(self, text: str) -> None:
        """Close the message of those words, if it is there."""
        for message in self.messages():
            if message.text == text:
                message.close_message()

    def clear(self, *kinds: str) -> None:
        """Close the messages of those kinds, or all."""
        for message in self.messages():
            if not kinds or message.kind in kinds:
                message.close_message()

    def _restyle(self) -> None:
        for message in self._shown:
            message.restyle()

    def messages(self) -> list[Message]:
        """What is shown, newest first."""
        return list(self._shown)

    def _on_closed(self, message: Message) -> None:
        if message in self._shown:
            self._shown.remove(message)
        self._column.removeWidget(message)
        message.hide()
        message.deleteLater()
        if not self._shown:
            self._column.setContentsMargins(0, 0, 0, 0)
