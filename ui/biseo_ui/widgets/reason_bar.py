"""Asks in place why a finding is left as it is; nothing waits for the answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.wrapped_label import WrappedLabel

REASONS = ("사실 확인함", "관용 표현", "기관 방침")
OTHER = "기타"
LONGEST = 100


class ReasonBar(QFrame):
    """Reasons to click on, and a line for another one.

    Signals:
        given: the reason.
        closed: no reason was given.
        opened: it is shown.
    """

    given = Signal(str)
    closed = Signal()
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("그대로 두는 까닭"))
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText(tr("다른 까닭"))
        self.line.setAccessibleName(tr("그대로 두는 다른 까닭"))
        self.line.setToolTip(tr("적고 Enter를 누릅니다. 비워 두면 ‘기타’로 남습니다."))
        self.line.setAcceptDrops(False)  # dropped files belong to the window
        self.done = QPushButton(tr("두기"))
        self.done.setAccessibleName(tr("적은 까닭으로 그대로 두기"))
        self.buttons = [QPushButton(tr(words)) for words in REASONS]
        for button in self.buttons:
            button.clicked.connect(partial(self._on_button, button))
        own = QHBoxLayout()
        own.setSpacing(theme.pixels(6))
        own.addWidget(self.line, 1)
        own.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.pixels(2), 0, 0)
        column.setSpacing(theme.pixels(5))
        column.addWidget(WrappedLabel(tr("그대로 두는 까닭을 골라 주세요. 검토 기록에 남습니다."), "muted"))
        column.addWidget(ButtonRow(theme, *self.buttons))
        column.addLayout(own)
        self.line.returnPressed.connect(self._on_own)
        self.done.clicked.connect(self._on_own)
        self.hide()

    def open(self) -> None:
        """Show it; the first reason has the focus, so that a key is enough."""
        self.line.clear()
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def dismiss(self) -> bool:
        """Close it without a reason; False when it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _on_button(self, button: QPushButton) -> None:
        self.given.emit(button.text())

    def _on_own(self) -> None:
        self.given.emit(" ".join(self.line.text().split()) or tr(OTHER))
