"""The recovery code, shown once: on paper it opens the store when key or passphrase are lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from biseo.policy import Policy
from biseo_ui.dialogs import print_dialog
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultState
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.store_card import StoreCard

WORDS = (
    "자료와 초안은 이 PC에 암호화해 보관합니다. 열쇠나 암호를 잃으면 이 코드로만 다시 열 수 있습니다."
    " 종이에 적어 PC와 떨어진 곳에 두어 주세요. 이 코드는 다시 보여 드리지 않습니다."
)
RENEWED = "지난번에 적지 못한 복구 코드를 새로 만들었습니다. "
LIKE = str.maketrans("OIL", "011")
ROW = 4
CLIPBOARD_MS = 60_000
"""So long the code may stay on the clipboard."""


class RecoveryPage(CardPage):
    """`confirmed` when the user has typed the last group, which they can only have from what they wrote down.

    Args:
        policy: where it forbids printing or the clipboard, the code is written down by hand.
    """

    confirmed = Signal()

    def __init__(self, theme: Theme, policy: Policy | None = None, parent: QWidget | None = None) -> None:
        self.card = card = StoreCard(theme, tr("복구 코드를 적어 두세요"), tr(WORDS))
        policy = policy or Policy()
        super().__init__(theme, 660, card, parent=parent)
        self._theme = theme
        self._code = ""
        self.choose: Callable[[QWidget, int, Callable[[Any], object]], None] = print_dialog.choose_printer
        self.setAccessibleName(tr("복구 코드를 적어 두세요"))
        box = QFrame()
        box.setObjectName("codebox")
        self._grid = QGridLayout(box)
        self._grid.setContentsMargins(*(theme.pixels(n) for n in (16, 14, 16, 14)))
        self._grid.setHorizontalSpacing(theme.pixels(18))
        self._grid.setVerticalSpacing(theme.pixels(10))
        self.groups: list[QLabel] = []
        for number in range(2 * ROW):
            group = QLabel()
            group.setProperty("role", "code")
            group.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            group.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(group, number // ROW, number % ROW)
            self.groups.append(group)
        self.print = QPushButton(tr("인쇄"))
        self.print.clicked.connect(self._on_print)
        self.copy = QPushButton(tr("복사"))
        self.copy.setToolTip(tr("1분 뒤에 클립보드에서 지웁니다. 파일에 두지 말고 종이에 옮겨 주세요."))
        self.copy.clicked.connect(self._on_copy)
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        name = QLabel(tr("적은 종이를 보고 마지막 묶음 네 자를 입력해 주세요."))
        name.setWordWrap(True)
        self.last = QLineEdit()
        self.last.setAccessibleName(tr("복구 코드의 마지막 묶음"))
        self.last.setMaximumWidth(theme.pixels(140))
        self.last.setMaxLength(8)
        self.last.returnPressed.connect(self._submit)
        self.last.textEdited.connect(lambda _words: card.show_words(""))
        name.setBuddy(self.last)
        card.body.addWidget(box)
        card.body.addWidget(ButtonRow(theme, self.print, self.copy))
        for control, reason in ((self.print, policy.reason("printing")), (self.copy, policy.reason("clipboard"))):
            if reason:
                lock(control, reason)
                card.body.addWidget(LockNote(theme, reason))
        for widget in (self.told, name, self.last):
            card.body.addWidget(widget)
        self.button = QPushButton(tr("적어 두었습니다"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._submit)
        card.set_buttons(self.button)
        self.setFocusProxy(self.last)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_state(self, state: VaultState) -> None:
        """The code of that state."""
        self._code = state.code
        self.card.set_title(tr("복구 코드를 적어 두세요"), (tr(RENEWED) if state.renewed else "") + tr(WORDS))
        self.told.hide()
        for group, words in zip(self.groups, state.code.split("-"), strict=True):
            group.setText(words)
            group.setAccessibleName(" ".join(words))
        self.last.clear()
        self.last.setFocus()

    def _submit(self) -> None:
        typed = "".join(unicodedata.normalize("NFKC", self.last.text()).split()).strip("-").upper().translate(LIKE)
        if typed != self._code[-4:]:
            self.card.show_words(tr("마지막 묶음과 다릅니다. 적은 것을 위의 코드와 견주어 다시 입력해 주세요."))
            self.last.setFocus()
            self.last.selectAll()
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.button))
            return
        self._code = ""
        for group in self.groups:
            group.clear()
            group.setAccessibleName("")
        self.last.clear()
        self.confirmed.emit()

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()

    def _on_copy(self) -> None:
        code = self._code
        QGuiApplication.clipboard().setText(code)
        QTimer.singleShot(CLIPBOARD_MS, self, lambda: _clear_clipboard(code))
        self._say(tr("복사했습니다. 1분 뒤에 클립보드에서 지웁니다. 종이에 옮겨 적어 주세요."))

    def _on_print(self) -> None:
        if not print_dialog.has_printer():
            self._say(tr("이 PC에 프린터가 없습니다. 손으로 적어 주세요."))
            return
        self.choose(self, 1, self._print)

    def _print(self, printer: Any) -> None:
        from PySide6.QtGui import QTextDocument

        page = QTextDocument()
        groups = self._code.split("-")
        lines = "<br>".join(" - ".join(groups[at : at + ROW]) for at in (0, ROW))
        page.setHtml(
            f"<h2>{tr('행정비서 복구 코드')}</h2><p style='font-size:20pt'><b>{lines}</b></p>"
            f"<p>{tr('이 PC의 작업 저장소를 다시 여는 코드입니다. PC와 떨어진 곳에 두어 주세요.')}</p>"
        )
        page.print_(printer)
        self._say(tr("프린터로 보냈습니다. 종이가 나온 뒤 마지막 묶음을 입력해 주세요."))

    def _restyle(self) -> None:
        self.print.setIcon(self._theme.icon("print"))
        self.copy.setIcon(self._theme.icon("copy"))


def _clear_clipboard(code: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == code:
        clipboard.clear()
