"""Choosing the passphrase of the encrypted store, where this PC has no credential store to keep its key in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultState
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.store_card import StoreCard, secret_line
from biseo_ui.widgets.tick_box import TickBox

LEAST = 8
WORDS = (
    "자료와 초안은 이 PC에 암호화해 보관합니다. 이 PC에는 열쇠를 맡길 자격 증명 보관소가 없어 암호가 필요합니다."
    " 프로그램을 열 때마다 이 암호를 묻습니다."
)
REQUIRED = (
    "이 기관의 방침에 따라 저장소를 암호로 보호합니다. 자료와 초안은 이 PC에 암호화해 보관하고, 프로그램을 열 때마다"
    " 이 암호를 묻습니다."
)
FORGOTTEN = "복구 코드로 열었습니다. 다음부터 저장소를 열 때 쓸 암호를 새로 정해 주세요."


class PassphrasePage(CardPage):
    """Signals:
    chosen: the new passphrase.
    without: work without the store.
    """

    chosen = Signal(str)
    without = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.card = card = StoreCard(theme, tr("저장소 암호 정하기"), tr(WORDS))
        super().__init__(theme, 620, card, parent=parent)
        self.setAccessibleName(tr("저장소 암호 정하기"))
        self.first = secret_line(theme, tr("새 암호, {count}자 이상").format(count=LEAST))
        self.second = secret_line(theme, tr("새 암호 한 번 더"))
        self.shown = TickBox(theme, tr("암호 보이기"))
        self.shown.toggled.connect(self._on_shown)
        for line in (self.first, self.second):
            name = QLabel(line.accessibleName())
            name.setBuddy(line)
            card.body.addWidget(name)
            card.body.addWidget(line)
            line.returnPressed.connect(self._submit)
            line.textEdited.connect(lambda _words: card.show_words(""))
        card.body.addWidget(self.shown)
        self.button = QPushButton(tr("암호 정하기"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._submit)
        self.later = QPushButton(tr("저장하지 않고 쓰기"))
        self.later.clicked.connect(self.without)
        card.set_buttons(self.button, self.later)
        self.setFocusProxy(self.first)

    def show_state(self, state: VaultState, has_store: bool = False) -> None:
        """Why it is asked for; `has_store` where it is to protect a store that is open."""
        self.card.set_busy(False)
        words = FORGOTTEN if state.forgotten else REQUIRED if state.required else WORDS
        self.card.set_title(tr("저장소 암호 정하기"), tr(words))
        self.later.setVisible(not (state.forgotten or has_store))  # open already, there is nothing to go without
        told = state.error if state.error is not None and not state.error.code.startswith("key") else None
        self.card.show_error(told)
        self.first.setFocus()

    def _on_shown(self, shown: bool) -> None:
        for line in (self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _submit(self) -> None:
        words = self.first.text()
        if len(words) < LEAST:
            self.card.show_words(tr("암호가 너무 짧습니다. {count}자 이상으로 정해 주세요.").format(count=LEAST))
            self.first.setFocus()
        elif not self.second.text():
            self.second.setFocus()
        elif words != self.second.text():
            self.card.show_words(tr("두 암호가 서로 다릅니다. 같은 암호를 두 번 적어 주세요."))
            self.second.setFocus()
        else:
            self.first.clear()
            self.second.clear()
            self.card.set_busy(True)
            self.chosen.emit(words)
