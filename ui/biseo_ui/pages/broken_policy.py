"""The policy of this PC cannot be read, understood or trusted: that is said, and nothing else can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.pages.help_page import HelpPage
from biseo_ui.theme import Theme
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote
from biseo_ui.widgets.wrapped_label import WrappedLabel

TITLE = "기관 정책을 적용할 수 없습니다"
WHY = "정책을 바로잡을 때까지 문서를 열거나 쓸 수 없게 잠갔습니다. 보관해 둔 작업은 건드리지 않았습니다."


class BrokenPolicyWindow(QMainWindow):
    """No model, no store, no document: they are not even constructed. `closed` when it was closed."""

    closed = Signal()

    def __init__(self, theme: Theme, error: UserFacingError) -> None:
        super().__init__()
        pixels = theme.pixels
        self.setWindowTitle(tr("행정비서"))
        self.setWindowIcon(theme.icon("app", "accent"))
        self.setMinimumSize(1024, 700)
        card = QFrame()
        card.setObjectName("sheetcard")
        column = QVBoxLayout(card)
        column.setContentsMargins(pixels(28), pixels(24), pixels(28), pixels(24))
        column.setSpacing(pixels(14))
        column.addWidget(label(tr(TITLE), "title", wrap=True))
        self.message, self.advice = WrappedLabel(error.message), WrappedLabel(error.advice)
        column.addWidget(self.message)
        column.addWidget(self.advice)
        column.addWidget(LockNote(theme, tr(WHY)))
        self.leave = QPushButton(tr("닫기"))
        self.leave.setProperty("role", "primary")
        self.leave.setAccessibleDescription(f"{error.message} {error.advice}")
        self.leave.clicked.connect(self.close)
        self.help = QPushButton(tr("도움말"))
        self.help.clicked.connect(self._show_help)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.help)
        row.addWidget(self.leave)
        column.addLayout(row)
        self._front = CardPage(theme, 660, card)
        self._front.setAccessibleName(tr(TITLE))
        self.help_page = HelpPage(theme)
        self.help_page.closed.connect(self._show_front)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._front)
        self.pages.addWidget(self.help_page)
        self.setCentralWidget(self.pages)
        for keys, slot in (("F1", self._show_help), ("Esc", self._show_front)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)
        self.leave.setFocus()

    def _show_help(self) -> None:
        self.pages.setCurrentWidget(self.help_page)
        self.help_page.back.setFocus()

    def _show_front(self) -> None:
        self.pages.setCurrentWidget(self._front)
        self.leave.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
