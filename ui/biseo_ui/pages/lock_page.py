"""What stands before everything while nobody is at the PC: no word of the work, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.patience import Patience
from biseo_ui.theme import Theme
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.store_card import StoreCard, secret_line

TITLE = "행정비서가 잠겨 있습니다"
WAYS = {
    "passphrase": "하던 일을 이어서 하려면 저장소 암호를 적어 주세요.",
    "code": "종이에 적어 둔 복구 코드를 적어 주세요. 네 자씩 여덟 묶음이며 대소문자와 줄표는 가리지 않습니다.",
    "keyring": "저장소의 열쇠는 이 PC에 로그인한 사용자가 엽니다. 다시 열기를 누르면 하던 일이 그대로 나옵니다.",
    "cover": "화면만 가렸습니다. 다시 보기를 누르면 하던 일이 그대로 나옵니다.",
}
"""What is asked for, by the way back: a passphrase, the recovery code, the system's credential store, nothing."""
UNLOCKED_PC = (
    "이 PC의 화면은 잠그지 못했습니다. 자리를 비울 때는 PC도 잠가 주시고, 설정의 저장소와 열쇠에서 암호를 정하면"
    " 여기에서 암호를 묻습니다."
)
UNSAVED = "저장소에 아직 저장하지 못한 것이 있습니다. 잠금을 풀고 저장한 뒤 닫아 주세요."
WAITING = {
    "writing": "쓰던 초안을 마저 쓰고 있습니다. 다 쓰면 저장하고 메모리에서 지웁니다.",
    "saving": "하던 일을 저장소에 저장하고 메모리에서 지우는 중입니다.",
    "held": "저장소에 저장하지 못한 것이 있어 메모리에서 아직 지우지 못했습니다. 저장할 수 있게 되면 저절로 지웁니다.",
    "wiped": "하던 일은 저장소에 있고, 열쇠는 메모리에서 지웠습니다.",
    "cover": "",
}
"""How far the wiping is."""


class LockPage(CardPage):
    """Signals:
    passphrase, code: what was typed.
    pressed: go on, where nothing has to be typed.
    """

    passphrase = Signal(str)
    code = Signal(str)
    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.card = card = StoreCard(theme, tr(TITLE), "")
        super().__init__(theme, 620, card, parent=parent)
        self._theme = theme
        self._patience = Patience()
        self._way, self._first = "passphrase", "passphrase"
        self._busy = False
        self.setAccessibleName(tr(TITLE))
        self._name = QLabel()
        self.line = secret_line(theme, tr("암호"))
        self._name.setBuddy(self.line)
        self.line.returnPressed.connect(self._submit)
        self.line.textEdited.connect(lambda _words: card.show_words(""))
        self.state = label("", "muted", wrap=True)
        self.warning = label(tr(UNLOCKED_PC), "warning", wrap=True)
        self.warning.hide()
        for widget in (self._name, self.line, self.warning, self.state):
            card.body.addWidget(widget)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._submit)
        self.switch = QPushButton()
        self.switch.clicked.connect(self._on_switch)
        card.set_buttons(self.button, self.switch)
        self._again = QTimer(self)
        self._again.setInterval(1000)
        self._again.timeout.connect(self._show_patience)

    def show_way(self, way: str) -> None:
        """How the window is opened again, a key of `WAYS`."""
        self._first = way
        self.warning.hide()
        self._set_busy(False)
        self.card.show_words("")
        self._set_way(way)

    def show_progress(self, step: str) -> None:
        """How far the wiping is, a key of `WAITING`."""
        self.state.setText(tr(WAITING[step]))
        self.state.setVisible(bool(WAITING[step]))

    def show_unlocked_pc(self) -> None:
        """The operating system did not lock its own session."""
        self.warning.show()

    def show_unsaved(self) -> None:
        """Why the window does not close."""
        self.card.show_words(tr(UNSAVED))

    def show_refusal(self, error: UserFacingError) -> None:
        """It did not open; after a wrong secret the next one has to wait, longer each time."""
        self._set_busy(False)
        if error.code in ("key-missing", "key-wrong", "keyring-none") and self._way == "keyring":
            self._set_way("code")
        self.card.show_error(error)
        if error.code in ("passphrase-wrong", "recovery-wrong"):
            self._patience.fail()
            self._error = error
            self._show_patience()
            if self._patience.left:
                self._again.start()
        self.focus_first()

    def opened(self) -> None:
        """What was typed opened it."""
        self._patience.succeed()
        self._again.stop()
        self._set_busy(False)
        self.line.clear()

    def focus_first(self) -> None:
        """The keyboard is where something can be done."""
        (self.line if self.line.isVisibleTo(self) else self.button).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.line.clear()

    def _set_way(self, way: str) -> None:
        self._way = way
        typed = way in ("passphrase", "code")
        by_code = way == "code"
        name = tr("복구 코드") if by_code else tr("암호")
        self.card.set_title(tr(TITLE), tr(WAYS[way]))
        self._name.setText(name)
        self._name.setVisible(typed)
        self.line.setVisible(typed)
        self.line.clear()
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if by_code else QLineEdit.EchoMode.Password)
        self.line.setMaximumWidth(self._theme.pixels(480 if by_code else 360))
        self.line.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if by_code else "")
        self.button.setText(tr("잠금 풀기") if typed else tr("다시 보기") if way == "cover" else tr("다시 열기"))
        back = {"passphrase": tr("암호로 열기"), "keyring": tr("다시 시도")}.get(self._first, "")
        self.switch.setText(back if by_code else tr("복구 코드로 열기"))
        self.switch.setVisible(way in ("passphrase", "code"))
        if self.isVisible():
            self.focus_first()

    def _on_switch(self) -> None:
        self.card.show_words("")
        if self._way == "code" and self._first == "keyring":
            self._set_way("keyring")
            self._submit()
        else:
            self._set_way(self._first if self._way == "code" else "code")
        self._show_patience()

    def _submit(self) -> None:
        words = self.line.text()
        if self._busy or self._patience.left or (self._way in ("passphrase", "code") and not words.strip()):
            self.focus_first()
            return
        self._set_busy(True)
        if self._way == "code":
            self.code.emit(words)
        elif self._way == "passphrase":
            self.line.clear()
            self.passphrase.emit(words)
        else:
            self.pressed.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.card.set_busy(busy)

    def _show_patience(self) -> None:
        left = self._patience.left
        waits = left > 0 and self._way in ("passphrase", "code")
        self.button.setEnabled(not waits and not self._busy)
        if waits:
            self.card.show_words(
                tr("{what} {left}초 뒤에 다시 입력할 수 있습니다.").format(what=self._error.message, left=left)
            )
        elif self._again.isActive():
            self._again.stop()
            self.card.show_error(self._error)
