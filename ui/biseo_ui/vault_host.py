"""The encrypted store as the window sees it: where it stands, what can be done next. All work is done in its lane."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt, Signal

from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from biseo.vault import Rescued, Vault
    from biseo.vault.keyrings import Keyring

Kind = Literal[
    "closed", "opening", "making", "new-passphrase", "locked", "trouble", "code", "open", "resting", "without"
]  # fmt: skip
LANE = "vault"
LOST = ("store-lost", "keys-lost")
"""Files of the store are gone."""
HOPELESS = ("nothing-saved",)
"""The store is there, but nothing in it can be read."""
BY_CODE = ("key-missing", "key-wrong", "keyring-locked", "keyring-none", "keyring-failed")
"""The key is not there, but the recovery code opens the store."""
ASKED = ("passphrase-needed", "passphrase-wrong", "recovery-malformed", "recovery-wrong")
"""The user is to type something, for the first time or again."""


@dataclass(frozen=True)
class VaultState:
    """Where the store stands.

    Attributes:
        kind: `closed` (not begun), `opening`, `making`, `new-passphrase` (one is to be chosen), `locked` (passphrase or
            recovery code are to be typed), `trouble`, `code` (open; a recovery code is to be written down), `open`,
            `resting` (closed, its key wiped, until the window is unlocked), `without` (the user works without it).
        error: why, for `trouble` and `locked`; why no credential store, for `new-passphrase`.
        code: the recovery code, for `code`.
        by_code: `locked`: only the recovery code helps.
        renewed: `code`: the code takes the place of one that was never confirmed.
        forgotten: `new-passphrase`: takes the place of one that was forgotten, or of a lost key.
        required: `new-passphrase`: the policy asks for one; the store may be open already.
    """

    kind: Kind
    error: UserFacingError | None = None
    code: str = ""
    by_code: bool = False
    renewed: bool = False
    forgotten: bool = False
    required: bool = False


@dataclass(frozen=True)
class _Opened:
    vault: Vault
    code: str = ""
    renewed: bool = False
    forgotten: bool = False
    rescued: Rescued | None = None


@dataclass(frozen=True)
class _Keys:
    """How to open the store: nothing is the credential store."""

    passphrase: str | None = None
    recovery_code: str | None = None


class VaultHost(QObject):
    """Opens, makes and mends the store, and runs what others want of it.

    Args:
        runner: its lane `vault` does the work.
        home: of the store; None is the user's own.
        keyring: the credential store; None is the system's.
        used: False for a window that never has a store (`without` from the beginning).
        passphrase_required: the policy wants a passphrase; the credential store is not enough.

    Signals:
        changed: `state` is another.
        opened: the store is open and can be used, once.
        trouble_changed: the error why saving fails at present, None when it works again.
        rescued: what could be taken out of a damaged store.
    """

    changed = Signal()
    opened = Signal()
    trouble_changed = Signal(object)
    rescued = Signal(object)
    _troubled = Signal(object)

    def __init__(
        self, runner: JobRunner, home: Path | None = None, keyring: Keyring | None = None, *, used: bool = True,
        passphrase_required: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(runner)
        self._runner, self._home, self._keyring, self.used = runner, home, keyring, used
        self.passphrase_required = passphrase_required
        self._sealed = b""
        self._vault: Vault | None = None
        self._keys = _Keys()
        self._told = self._replace_lost = self._hopeless = False
        self._job: Job | None = None
        self.trouble: UserFacingError | None = None
        self.before_close: Callable[[Vault], object] = lambda _vault: None
        self.state = VaultState("closed" if used else "without")
        self._troubled.connect(self._on_trouble, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether what is given to the store is kept."""
        asked = self._told and self.state.kind in ("code", "new-passphrase")  # by the user, of a store in use
        return self._vault is not None and (self.state.kind == "open" or asked)

    @property
    def opened_now(self) -> Vault | None:
        """The store for work in another lane that is safe in several threads (`Vault.consult`, `Vault.change`)."""
        return self._vault if self.is_open else None

    @property
    def busy(self) -> bool:
        """Whether it is being opened or made."""
        return self._job is not None

    def call(self, function: Callable[[Vault], Any]) -> Job:
        """Do something with the open store, in its lane; the result comes as the only event.

        The job fails with the `VaultError`, or with `closed` when the store is not open.
        """

        def run() -> Any:
            if self._vault is None:
                from biseo.vault.errors import vault_error

                raise vault_error("closed")
            return function(self._vault)

        return self._runner.call(LANE, run)

    def start(self, lane: str, work: Callable[[Vault, threading.Event], Iterator[Any]]) -> Job:
        """Do something long with the open store in a lane of its own, so that saving does not wait for it.

        Only for what is safe in several threads (`Vault.consult`, `Vault.change`). Fails as `call` does.
        """

        def run(cancel: threading.Event) -> Iterator[Any]:
            vault = self._vault
            if vault is None:
                from biseo.vault.errors import vault_error

                raise vault_error("closed")
            yield from work(vault, cancel)

        return self._runner.start(lane, run)

    # opening

    def begin(self) -> None:
        """Open the store of this PC; make it when there never was one."""
        if self.used and not self.busy:
            self._keys = _Keys()
            self._show(VaultState("opening"))
            self._run(self._open_or_make)

    def unlock(self, *, passphrase: str | None = None, recovery_code: str | None = None) -> None:
        """Open the store with what was typed."""
        if not self.busy:
            self._keys = _Keys(passphrase, recovery_code)
            self._run(self._open)

    def make(self, passphrase: str | None = None, *, replace_lost: bool = False) -> None:
        """Make a new store, with a passphrase or in the credential store.

        Args:
            passphrase: opens it; None puts its key into the credential store.
            replace_lost: the user agreed that what is left of a lost store is moved aside.
        """
        if self.busy:
            return
        before = self.state.error
        if self._vault is not None and passphrase is not None:  # it was opened with the recovery code
            vault = self._vault
            self._run(lambda: self._changed_passphrase(vault, passphrase))
            return
        self._replace_lost = self._replace_lost or replace_lost
        self._hopeless = self._hopeless or (replace_lost and before is not None and before.code in HOPELESS)
        if passphrase is None and self.passphrase_required:
            self._show(VaultState("new-passphrase", required=True))
            return
        self._show(VaultState("making"))
        self._run(lambda: self._make(passphrase))

    def rescue(self) -> None:
        """Take what can still be read out of a damaged store; the damaged one is kept."""
        if not self.busy:
            self._show(VaultState("making"))
            self._run(self._rescue)

    def ask_for_code(self) -> None:
        """Show where the recovery code is typed."""
        self._show(VaultState("locked", by_code=True))

    def confirm_code(self) -> None:
        """The recovery code was written down."""
        job = self.call(lambda vault: vault.confirm_recovery_code())
        job.failed.connect(self.trouble_changed)
        self._show_open()

    def show_new_code(self, code: str) -> None:
        """The user asked for a new recovery code, which the open store has given; it has to be written down."""
        self._show(VaultState("code", code=code))

    def go_without(self) -> None:
        """Work without the store until the next start."""
        if not self.busy and not self.is_open:
            self._show(VaultState("without"))

    @property
    def way(self) -> str:
        """How the open or resting store is opened: `keyring` or `passphrase`; empty where there is none."""
        return self._vault.keys.unlock if self._vault is not None else ""

    # while nobody is at the PC

    def rest(self, words: Callable[[], bytes]) -> Job:
        """Close the store and wipe its key, keeping `words` readable for nobody meanwhile; fails as `Vault.rest`."""

        def rest(vault: Vault) -> None:
            vault.log("lock")
            self._sealed = vault.rest(words())

        job = self.call(rest)
        job.item.connect(lambda _none: self._show(VaultState("resting")))
        return job

    def wake(self, *, passphrase: str | None = None, recovery_code: str | None = None) -> Job:
        """Open the store again, or prove that one could while it is still open.

        The job's event is what was given to `rest`, or None while the store did not rest.
        """

        def wake(vault: Vault) -> bytes | None:
            from biseo.vault import prove, wake

            if not vault.resting:
                prove(vault, passphrase=passphrase, recovery_code=recovery_code)
                return None
            words = wake(vault, self._sealed, passphrase=passphrase, recovery_code=recovery_code)
            self._sealed = b""
            vault.log("unlock")
            return words

        job = self.call(wake)
        job.item.connect(lambda words: self._show(VaultState("open")) if words is not None else None)
        return job

    def close(self) -> None:
        """Write what waits and close; called in the lane `vault`."""
        vault, self._vault = self._vault, None
        if vault is not None:
            try:
                if not vault.resting:
                    self.before_close(vault)
            finally:
                vault.close(abandon=True)

    # in the lane

    def _open_or_make(self) -> _Opened | VaultState:
        from biseo.vault import look

        seen = look(self._home)
        if seen.state == "absent":
            return VaultState("new-passphrase", required=True) if self.passphrase_required else self._make(None)
        if seen.state == "present" and seen.unlock == "passphrase":
            return VaultState("locked")
        return self._open()

    def _open(self) -> _Opened:
        from biseo.vault import look, open_vault

        seen, keys = look(self._home), self._keys
        vault = open_vault(
            self._home, passphrase=keys.passphrase, recovery_code=keys.recovery_code, keyring=self._keyring,
            on_trouble=self._troubled.emit,
        )  # fmt: skip
        return self._ready(vault, seen.recovery_shown)

    def _ready(self, vault: Vault, shown: bool, rescued: Rescued | None = None) -> _Opened:
        forgotten = self._keys.recovery_code is not None and (vault.keys.unlock == "passphrase" or not self._has_key())
        if not shown:  # nobody has it on paper, and it can be told only once
            return _Opened(vault, vault.new_recovery_code(), True, rescued=rescued)
        return _Opened(vault, forgotten=forgotten, rescued=rescued)

    def _has_key(self) -> bool:
        """Whether this PC has a credential store that can be asked at the next start."""
        from biseo.vault import VaultError
        from biseo.vault.keyrings import SystemKeyring

        try:
            (self._keyring or SystemKeyring()).label()
        except VaultError:
            return False
        return True

    def _make(self, passphrase: str | None) -> _Opened | VaultState:
        from biseo.vault import VaultError, create, look, set_aside

        if self._hopeless and look(self._home).state == "present":
            set_aside(self._home)
        try:
            vault, code = create(
                self._home, passphrase=passphrase, keyring=self._keyring, replace_lost=self._replace_lost,
                on_trouble=self._troubled.emit,
            )  # fmt: skip
        except VaultError as error:
            if passphrase is None and error.code in BY_CODE:  # no credential store here: a passphrase does
                return VaultState("new-passphrase", error)
            raise
        self._replace_lost = self._hopeless = False
        return _Opened(vault, code)

    def _rescue(self) -> _Opened:
        from biseo.vault import look, rescue

        seen, keys = look(self._home), self._keys
        vault, told = rescue(
            self._home, passphrase=keys.passphrase, recovery_code=keys.recovery_code, keyring=self._keyring,
            on_trouble=self._troubled.emit,
        )  # fmt: skip
        return self._ready(vault, seen.recovery_shown, told)

    def _changed_passphrase(self, vault: Vault, passphrase: str) -> _Opened:
        vault.set_passphrase(passphrase)
        return _Opened(vault)

    # in the window

    def _run(self, work: Callable[[], _Opened | VaultState]) -> None:
        def run(_cancel: threading.Event) -> Iterator[_Opened | VaultState]:
            yield work()

        job = self._job = self._runner.start(LANE, run)
        job.item.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.broke.connect(lambda _error: self._on_failed(_unexpected()))
        job.cancelled.connect(self._on_idle)

    def _on_idle(self) -> None:
        self._job = None

    def _on_done(self, result: _Opened | VaultState) -> None:
        self._job = None
        if isinstance(result, VaultState):
            self._show(result)
            return
        self._vault, self._keys = result.vault, _Keys()
        if result.rescued is not None:
            self.rescued.emit(result.rescued)
        if result.code:
            self._show(VaultState("code", code=result.code, renewed=result.renewed))
        elif result.forgotten:
            self._show(VaultState("new-passphrase", forgotten=True))
        else:
            self._show_open()

    def _show_open(self) -> None:
        """It is open, unless the policy wants a passphrase that it has not."""
        if self.passphrase_required and self.way == "keyring":
            self._show(VaultState("new-passphrase", required=True))
        else:
            self._show(VaultState("open"))

    @property
    def has_store(self) -> bool:
        """Whether the store is there and open, whatever is still asked for."""
        return self._vault is not None

    def _on_failed(self, error: UserFacingError) -> None:
        self._job = None
        if self.state.kind == "new-passphrase":
            before = self.state
            self._show(VaultState("new-passphrase", error, forgotten=before.forgotten, required=before.required))
        elif error.code in ASKED:
            self._show(VaultState("locked", error, by_code=error.code.startswith("recovery")))
        else:
            self._show(VaultState("trouble", error))

    def _on_trouble(self, error: UserFacingError | None) -> None:
        self.trouble = error
        self.trouble_changed.emit(error)

    def _show(self, state: VaultState) -> None:
        self.state = state
        self.changed.emit()
        if state.kind == "open" and not self._told:
            self._told = True
            self.opened.emit()


def _unexpected() -> UserFacingError:
    return UserFacingError(
        "unexpected",
        tr("작업 저장소를 여는 동안 예상하지 못한 일이 생겼습니다."),
        tr("프로그램을 닫았다가 다시 열어 보고, 되풀이되면 전산 담당자에게 알려 주세요."),
    )
