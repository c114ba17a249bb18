"""The store and its keys, in the settings: how it is opened, another passphrase or code, backup and restore."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from biseo.errors import Cancelled, UserFacingError
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.i18n import tr
from biseo_ui.keeper import Keeper
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.key_form import KeyForm
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote
from biseo_ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from biseo.vault import Restored, Vault

WAYS = {
    "keyring": "저장소의 열쇠는 운영체제의 자격 증명 보관소에 있습니다. 이 PC에 로그인한 사용자는 암호 없이 엽니다.",
    "passphrase": "저장소를 암호로 엽니다. 프로그램을 열 때와 화면 잠금을 풀 때 암호를 묻습니다.",
    "": "지금은 저장소를 쓰지 않고 있습니다. 프로그램을 다시 열면 저장소를 엽니다.",
}
CHANGE = "암호를 바꾸어도 보관한 작업은 그대로입니다. 앞서 만든 백업 파일은 그때의 암호로 열립니다."
NEW = "지금부터 저장소를 암호로 엽니다. 열쇠는 자격 증명 보관소에서 지웁니다."
TO_KEYRING = (
    "열쇠를 운영체제의 자격 증명 보관소에 맡깁니다. 이 PC에 로그인한 사용자는 암호 없이 저장소를 열 수 있게 됩니다."
)
CODE = (
    "새 복구 코드를 만들면 지금까지의 코드로는 저장소를 열 수 없습니다. 앞서 만든 백업 파일은 그때의 코드로 열립니다."
)
BACKUP = (
    "저장소 전체를 암호화된 파일 하나로 만듭니다. 이 PC의 저장소나 복구 코드로 열립니다. 다른 사람의 PC에서도 열려면"
    " 백업의 암호를 정해 주세요. 비워 두어도 됩니다."
)
RESTORE = (
    "지금 저장소의 작업 대신 백업의 작업 {works}이 들어옵니다. 지금의 작업은 사본으로 7일 동안 남고, 화면에 열려 있는"
    " 작업은 닫습니다. 감사 기록은 되돌리지 않고 이어집니다."
)


class StoreKeys(QWidget):
    """Everything is done in the lane of the store; what is asked for stands below the buttons.

    Args:
        required: why the policy wants a passphrase; empty where it does not.
    """

    _done = Signal(float)

    def __init__(
        self, theme: Theme, vault: VaultHost, keeper: Keeper, dialogs: FileDialogs, alerts: Alerts, required: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._vault, self._keeper, self._dialogs, self._alerts = vault, keeper, dialogs, alerts
        self._required = required
        self._cancel = threading.Event()
        self._path = Path()
        pixels = theme.pixels
        self.way = WrappedLabel()
        self.passphrase = QPushButton()
        self.passphrase.clicked.connect(self._ask_passphrase)
        self.keyring = QPushButton(tr("자격 증명 보관소로 바꾸기"))
        self.keyring.clicked.connect(self._ask_keyring)
        self.code = QPushButton(tr("새 복구 코드"))
        self.code.clicked.connect(self._ask_code)
        self.backup = QPushButton(tr("백업 파일 만들기"))
        self.backup.clicked.connect(self._ask_backup)
        self.restore = QPushButton(tr("백업 파일에서 되돌리기"))
        self.restore.clicked.connect(self._ask_restore)
        self._buttons = (self.passphrase, self.keyring, self.code, self.backup, self.restore)
        self._asked = self.passphrase
        for button in self._buttons:
            button.clicked.connect(lambda _on=False, button=button: self._begin(button))
        self.form = KeyForm(theme)
        self.form.cancelled.connect(self._on_cancel)
        self.form.hide()
        self.required = LockNote(theme, required)
        self._done.connect(self.form.show_share, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(pixels(8))
        column.addWidget(label(tr("저장소와 열쇠"), "title"))
        column.addWidget(self.way)
        column.addWidget(self.required)
        column.addWidget(ButtonRow(theme, self.passphrase, self.keyring, self.code))
        column.addWidget(ButtonRow(theme, self.backup, self.restore))
        column.addWidget(self.form)
        vault.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how the store is opened now."""
        way = self._vault.way if self._vault.is_open else ""
        self.way.setText(tr(WAYS[way]))
        self.passphrase.setText(tr("암호 바꾸기") if way == "passphrase" else tr("암호 정하기"))
        self.keyring.setVisible(way == "passphrase" and not self._required)
        for button in self._buttons:
            button.setEnabled(bool(way) and not self.form.busy)

    def _begin(self, button: QPushButton) -> None:
        self._asked = button

    def _end(self) -> None:
        """Nothing is asked any more; the keyboard is back where it was asked from."""
        self.form.finish()
        self.refresh()
        if self.isVisible():
            self._asked.setFocus()

    # what is asked for

    def _ask_passphrase(self) -> None:
        asks = self._current()
        self.form.ask(tr("저장소 암호"), tr(CHANGE if asks else NEW), [*asks, "new", "again"], tr("암호 정하기"))
        self.form.then = lambda typed: self._run(
            lambda vault: _proven(vault, typed).set_passphrase(typed["new"]),
            lambda _none: self._tell(tr("저장소 암호를 정했습니다. 다음부터 이 암호로 엽니다.")),
        )

    def _ask_keyring(self) -> None:
        self.form.ask(tr("자격 증명 보관소로 바꾸기"), tr(TO_KEYRING), self._current(), tr("바꾸기"))
        self.form.then = lambda typed: self._run(
            lambda vault: _proven(vault, typed).use_keyring(),
            lambda _none: self._tell(tr("열쇠를 자격 증명 보관소에 맡겼습니다.")),
        )

    def _ask_code(self) -> None:
        self.form.ask(tr("새 복구 코드"), tr(CODE), self._current(), tr("새 코드 만들기"))
        self.form.then = lambda typed: self._run(
            lambda vault: _proven(vault, typed).new_recovery_code(), self._vault.show_new_code
        )

    def _ask_backup(self) -> None:
        name = tr("행정비서 백업 {day}").format(day=date.today().isoformat())
        self._dialogs.save_backup(f"{name}.biseo-backup", self._ask_backup_words)

    def _ask_backup_words(self, path: Path) -> None:
        self.form.ask(tr("백업 파일 만들기"), tr(BACKUP), ["new", "again"], tr("백업"), optional=True)

        def run(typed: dict[str, str]) -> None:
            self._keeper.keep_now()
            self._run(
                lambda vault: vault.backup(path, typed["new"] or None, self._watch),
                lambda _none: self._tell(tr("백업했습니다: {path}").format(path=path)),
            )

        self.form.then = run

    def _ask_restore(self) -> None:
        if self._keeper.writing:
            self._alerts.tell("warning", tr("초안을 쓰는 중입니다."), tr("다 쓰거나 멈춘 뒤에 되돌려 주세요."))
            return
        self._dialogs.open_backup(self._look_at_backup)

    def _look_at_backup(self, path: Path) -> None:
        from biseo.vault.copies import works_in

        job = self._vault.call(lambda _vault: (works_in(path),))
        job.item.connect(lambda found: self._ask_restore_words(path, found[0]))
        job.failed.connect(self._alerts.show_error)

    def _ask_restore_words(self, path: Path, works: int | None, secret: bool = False) -> None:
        count = tr("{count:,}건").format(count=works) if works is not None else ""
        words = tr(RESTORE).format(works=count).replace("  ", " ")
        self.form.ask(tr("백업 파일에서 되돌리기"), words, ["backup"] if secret else [], tr("되돌리기"))

        def run(typed: dict[str, str]) -> None:
            self._keeper.keep_now()
            self._restore(path, typed.get("backup", ""), works)

        self.form.then = run

    def _restore(self, path: Path, secret: str, works: int | None) -> None:
        def refused(error: UserFacingError) -> bool:
            if error.code != "backup-key" or secret:
                return False
            self._ask_restore_words(path, works, secret=True)  # it was made elsewhere: its own secret is needed
            return True

        self._run(lambda vault: _restored(vault, path, secret, self._watch), self._on_restored, refused)

    def _on_restored(self, restored: Restored) -> None:
        self._keeper.leave(self._keeper.id)
        before = restored.before
        self._tell(
            tr("백업의 작업 {count:,}건을 되돌렸습니다.").format(count=restored.works),
            tr("되돌리기 전의 작업은 7일 동안 사본으로 남습니다."),
            (tr("되돌리기 취소"), lambda: self._restore(before, "", None)),
        )

    # how it goes

    def _current(self) -> list[str]:
        """Who may change the keys: the one who knows the passphrase, where there is one."""
        return ["current"] if self._vault.way == "passphrase" else []

    def _watch(self, share: float) -> None:
        self._done.emit(share)
        if self._cancel.is_set():
            raise Cancelled

    def _run(
        self, work: Callable[[Vault], Any], then: Callable[[Any], object],
        refused: Callable[[UserFacingError], bool] = lambda _error: False,
    ) -> None:  # fmt: skip
        self._cancel.clear()
        self.form.show()
        self.form.set_busy(True)
        self.refresh()
        results: list[Any] = []
        job = self._vault.call(work)
        job.item.connect(results.append)

        def failed(error: UserFacingError) -> None:
            self.form.set_busy(False)
            if not refused(error):
                self.form.show_error(error)
            self.refresh()

        def done() -> None:
            self._end()
            then(results[0])

        def cancelled() -> None:
            self._end()
            self._alerts.tell("info", tr("멈추었습니다. 바뀐 것은 없습니다."))

        job.done.connect(done)
        job.failed.connect(failed)
        job.cancelled.connect(cancelled)
        job.broke.connect(lambda _error: cancelled())

    def _on_cancel(self) -> None:
        if self.form.busy:
            self._cancel.set()
        else:
            self._end()

    def _tell(self, words: str, advice: str = "", action: tuple[str, Callable[[], object]] | None = None) -> None:
        self._alerts.tell("ok", words, advice, action)


def _proven(vault: Vault, typed: dict[str, str]) -> Vault:
    """The store, where what was typed opens it."""
    from biseo.vault import prove

    if "current" in typed:
        prove(vault, passphrase=typed["current"])
    return vault


def _restored(vault: Vault, path: Path, secret: str, watch: Callable[[float], object]) -> Restored:
    from biseo.vault.copies import secret_of

    keys = secret_of(secret)
    return vault.restore(path, passphrase=keys.passphrase, recovery_code=keys.recovery_code, watch=watch)
