"""The encrypted store cannot be opened: why, and every next step as a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.vault_host import BY_CODE, HOPELESS, LOST, VaultState
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.store_card import StoreCard

ANEW = (
    "새 저장소로 시작하면 지금까지의 작업은 이 프로그램에서 보이지 않습니다. 남아 있는 파일은 지우지 않고"
    " 다른 이름으로 옮겨 둡니다."
)
KEPT = "보관해 둔 작업은 건드리지 않았습니다."


class StoreTroublePage(CardPage):
    """Signals:
    retry, by_code, rescue, anew, without: what the user wants to do.
    """

    retry = Signal()
    by_code = Signal()
    rescue = Signal()
    anew = Signal()
    without = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.card = StoreCard(theme, tr("작업 저장소를 열지 못했습니다"), "")
        super().__init__(theme, 620, self.card, parent=parent)
        self.setAccessibleName(tr("작업 저장소를 열지 못했습니다"))
        self._state = VaultState("trouble")
        self.buttons: dict[str, QPushButton] = {}

    def show_state(self, state: VaultState) -> None:
        """What is wrong, and what helps."""
        self._state = state
        self.card.set_busy(False)
        error = state.error
        assert error is not None
        self.card.set_title(tr("작업 저장소를 열지 못했습니다"), f"{error.message} {error.advice}")
        self.card.show_words("")
        steps = ["retry", "without"]
        if error.code in BY_CODE:
            steps.insert(1, "by_code")
        if error.code == "store-damaged":
            steps.insert(0, "rescue")
        if error.code in (*LOST, *HOPELESS):
            steps.insert(1, "anew")
        self._offer(*steps)

    def wait(self) -> None:
        """It is under way."""
        self.card.set_busy(True)

    def _offer(self, *steps: str) -> None:
        names = {
            "retry": (tr("다시 시도"), self.retry.emit),
            "by_code": (tr("복구 코드로 열기"), self.by_code.emit),
            "rescue": (tr("남은 작업 살려 내기"), self.rescue.emit),
            "anew": (tr("새 저장소로 시작…"), self._ask_anew),
            "sure": (tr("옮겨 두고 새로 시작"), self.anew.emit),
            "back": (tr("그만두기"), lambda: self.show_state(self._state)),
            "without": (tr("저장하지 않고 쓰기"), self.without.emit),
        }
        self.buttons = {}
        for number, step in enumerate(steps):
            words, slot = names[step]
            button = self.buttons[step] = QPushButton(words)
            if number == 0:
                button.setProperty("role", "primary")
            button.clicked.connect(slot)
        self.card.set_buttons(*self.buttons.values())
        next(iter(self.buttons.values())).setFocus()

    def _ask_anew(self) -> None:
        self.card.show_words(tr(ANEW))
        self._offer("back", "sure")
