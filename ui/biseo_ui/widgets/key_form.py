"""A form below the buttons of the store's settings: what is about to happen, what is typed, how it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.patience import Patience
from biseo_ui.theme import Theme
from biseo_ui.widgets.store_card import StoreCard, secret_line

LEAST = 8
LINES = {
    "current": "지금 암호",
    "new": "새 암호, 8자 이상",
    "again": "새 암호 한 번 더",
    "backup": "백업의 암호나, 백업한 저장소의 복구 코드",
}
OPTIONAL = {"new": "백업의 암호, 8자 이상(비워 두어도 됨)", "again": "백업의 암호 한 번 더"}
WRONG = ("passphrase-wrong", "recovery-wrong", "backup-key")


class KeyForm(StoreCard):
    """Signals:
    cancelled: the user wants it to stop, or not to begin.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self._patience = Patience()
        self._optional = False
        self.busy = False
        self.then: Callable[[dict[str, str]], object] = lambda _typed: None
        self.lines: dict[str, QLineEdit] = {}
        self._names: dict[str, QLabel] = {}
        for key, words in LINES.items():
            line = self.lines[key] = secret_line(theme, tr(words))
            name = self._names[key] = QLabel()
            name.setBuddy(line)
            line.returnPressed.connect(self._submit)
            line.textEdited.connect(lambda _words: self.show_words(""))
            self.body.addWidget(name)
            self.body.addWidget(line)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._submit)
        self.stop = QPushButton(tr("취소"))
        self.stop.clicked.connect(self.cancelled)
        self.set_buttons(self.go, self.stop)

    def ask(self, title: str, words: str, lines: Sequence[str], go: str, *, optional: bool = False) -> None:
        """Show what is to be typed; `optional` for a new secret that may be left out."""
        self._optional = optional
        self.set_title(title, words)
        for key, line in self.lines.items():
            name = tr((OPTIONAL if optional else LINES).get(key, LINES[key]))
            line.clear()
            line.setAccessibleName(name)
            self._names[key].setText(name)
            line.setVisible(key in lines)
            self._names[key].setVisible(key in lines)
        self.go.setText(go)
        self.show_words("")
        self.set_busy(False)
        self.show()
        QTimer.singleShot(0, self, self._come_into_view)  # once it has its size
        (self.lines[lines[0]] if lines else self.go).setFocus()

    def _come_into_view(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.go)
            area.ensureWidgetVisible(self)

    def set_busy(self, busy: bool) -> None:
        """It works: only stopping is possible."""
        self.busy = busy
        super().set_busy(busy)
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)

    def show_share(self, share: float) -> None:
        """How much of it is done, 0–1."""
        if self.busy:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * share))

    def show_error(self, error: UserFacingError | None) -> None:
        """Why it did not work; a wrong secret makes the next try wait."""
        super().show_error(error)
        if error is not None and error.code == "passphrase-wrong":  # the way of the start page is not here
            self.show_words(f"{error.message} {tr('지금 쓰는 암호를 다시 입력해 주세요.')}")
        if error is not None and error.code in WRONG:
            self._patience.fail()
            first = next((line for line in self.lines.values() if not line.isHidden()), None)
            if first is not None:
                first.setFocus()
                first.selectAll()

    def finish(self) -> None:
        """It is over: nothing that was typed stays."""
        self._patience.succeed()
        self.set_busy(False)
        for line in self.lines.values():
            line.clear()
        self.hide()

    def _submit(self) -> None:
        if self.busy:
            return
        typed = {key: line.text() for key, line in self.lines.items() if not line.isHidden()}
        if left := self._patience.left:
            self.show_words(tr("{left}초 뒤에 다시 입력할 수 있습니다.").format(left=left))
            return
        for key in ("current", "backup"):
            if key in typed and not typed[key].strip():
                self.lines[key].setFocus()
                return
        new = typed.get("new")
        if new is not None and not (self._optional and not new and not typed["again"]):
            if len(new) < LEAST:
                self.show_words(tr("암호가 너무 짧습니다. {count}자 이상으로 정해 주세요.").format(count=LEAST))
                self.lines["new"].setFocus()
                return
            if new != typed["again"]:
                self.show_words(tr("두 암호가 서로 다릅니다. 같은 암호를 두 번 적어 주세요."))
                self.lines["again"].setFocus()
                return
        self.then(typed)
