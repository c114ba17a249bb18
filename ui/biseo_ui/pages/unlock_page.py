"""Opening the encrypted store with its passphrase, or with the recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultState
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.store_card import StoreCard, secret_line

TITLES = ("저장소 열기", "복구 코드로 열기")
WORDS = (
    "보관해 둔 자료와 초안을 열려면 암호를 적어 주세요.",
    "처음 시작할 때 종이에 적어 둔 복구 코드를 적어 주세요. 네 자씩 여덟 묶음이며 대소문자와 줄표는 가리지 않습니다.",
)
SWITCH = ("복구 코드로 열기", "암호로 열기")


class UnlockPage(CardPage):
    """Signals:
    passphrase, code: what was typed.
    without: work without the store.
    retry: try again without typing (the credential store may be unlocked now).
    """

    passphrase = Signal(str)
    code = Signal(str)
    without = Signal()
    retry = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.card = card = StoreCard(theme, tr(TITLES[0]), tr(WORDS[0]))
        super().__init__(theme, 620, card, parent=parent)
        self._theme = theme
        self._by_code = self._only_code = False
        self._name = QLabel()
        self.line = secret_line(theme, tr("암호"))
        self._name.setBuddy(self.line)
        self.line.returnPressed.connect(self._submit)
        self.line.textEdited.connect(lambda _words: card.show_words(""))
        card.body.addWidget(self._name)
        card.body.addWidget(self.line)
        self.button = QPushButton(tr("열기"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._submit)
        self.switch = QPushButton()
        self.switch.clicked.connect(self._on_switch)
        self.later = QPushButton(tr("저장하지 않고 쓰기"))
        self.later.setToolTip(tr("보관해 둔 작업은 그대로 두고, 이번에는 아무것도 남기지 않고 씁니다."))
        self.later.clicked.connect(self.without)
        card.set_buttons(self.button, self.switch, self.later)
        self.setFocusProxy(self.line)
        self._set_mode(False)

    def show_state(self, state: VaultState) -> None:
        """What is to be typed, and what was wrong with what was typed before."""
        self.card.set_busy(False)
        known = state.error is not None and state.error.code.startswith("recovery")
        if not known:  # a wrong code is corrected, not typed anew
            self.line.clear()
        self._only_code = (state.by_code and not known) or (known and self._only_code)
        self._set_mode(state.by_code)
        needed = state.error is not None and state.error.code == "passphrase-needed"
        self.card.show_error(None if needed else state.error)
        self.line.setFocus()
        self.line.selectAll()

    def _set_mode(self, by_code: bool) -> None:
        self._by_code = by_code
        name = tr("복구 코드") if by_code else tr("암호")
        self.setAccessibleName(tr(TITLES[by_code]))
        self.card.set_title(tr(TITLES[by_code]), tr(WORDS[by_code]))
        self._name.setText(name)
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if by_code else QLineEdit.EchoMode.Password)
        self.line.setMaximumWidth(self._theme.pixels(480 if by_code else 360))
        self.line.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if by_code else "")
        self.switch.setText(tr("다시 시도") if self._only_code else tr(SWITCH[by_code]))

    def _on_switch(self) -> None:
        if self._only_code:
            self.retry.emit()
            return
        self.line.clear()
        self.card.show_words("")
        self._set_mode(not self._by_code)
        self.line.setFocus()

    def _submit(self) -> None:
        words = self.line.text()
        if not words.strip():
            self.line.setFocus()
            return
        self.card.set_busy(True)
        if self._by_code:
            self.code.emit(words)
        else:
            self.line.clear()
            self.passphrase.emit(words)
