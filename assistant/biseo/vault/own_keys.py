"""What opens the store: its key in the credential store or under a passphrase, and the recovery code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from biseo.vault import key_file, recovery
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.key_file import KeyFile, Places
from biseo.vault.keyrings import Keyring
from biseo.vault.wrapping import Slot, passphrase_bytes, wrap

LEAST_PASSPHRASE = 8


class OwnKeys:
    """The keys of an open store.

    Attributes:
        keys: what stands in the key file.
    """

    def __init__(self, places: Places, keys: KeyFile, secret: bytes, keyring: Keyring) -> None:
        self.keys = keys
        self._places = places
        self._secret = bytearray(secret)
        self._keyring = keyring

    @property
    def keyring(self) -> Keyring:
        """The credential store that it uses."""
        return self._keyring

    def set_passphrase(self, passphrase: str) -> None:
        """From now on this passphrase opens the store, and the credential store does not any more.

        Killed in the middle of it, the program finds a store that opens the old way or the new one.

        Raises:
            VaultError: `passphrase-short`, `store-refused`.
        """
        slot = passphrase_slot(self._secret, passphrase)
        self._save_keys(
            lambda keys: replace(
                keys.with_slot(slot), unlock="passphrase", keyring_left=keys.keyring_left or keys.unlock == "keyring"
            )
        )
        self.forget_left_key()

    def use_keyring(self) -> None:
        """From now on the operating system's credential store opens the store, and no passphrase does.

        Raises:
            VaultError: `keyring-none`, `keyring-locked`, `keyring-failed`, `store-refused`.
        """
        self._save_keys(lambda keys: replace(keys, keyring_left=keys.unlock == "passphrase"))
        figures = self._secret.hex()
        self._keyring.set(self.keys.store, figures)

        def without_passphrase(keys: KeyFile) -> KeyFile:
            slots = {purpose: slot for purpose, slot in keys.slots.items() if purpose != "passphrase"}
            return replace(keys, slots=slots, unlock="keyring", keyring_left=False)

        self._save_keys(without_passphrase)

    def forget_left_key(self) -> None:
        """Take the key out of the credential store where a passphrase has taken its place; tried again at the next."""
        if self.keys.keyring_left and self.keys.unlock == "passphrase":
            with contextlib.suppress(VaultError):
                self._keyring.delete(self.keys.store)
                self._save_keys(lambda keys: replace(keys, keyring_left=False))

    def new_recovery_code(self) -> str:
        """A new recovery code; the one before opens nothing any more (except backups made with it).

        Raises:
            VaultError: `store-refused`.
        """
        code = recovery.new_code()
        slot = wrap(self._secret, recovery.decode(code), "recovery")
        self._save_keys(lambda keys: replace(keys.with_slot(slot), recovery_shown=False))
        return code

    def confirm_recovery_code(self) -> None:
        """The user has written it down."""
        self._save_keys(lambda keys: replace(keys, recovery_shown=True))

    def _save_keys(self, changed: Callable[[KeyFile], KeyFile]) -> None:
        """Change the key file as it stands now: another window may have changed it since this one was opened."""
        keys = changed(key_file.load(self._places))
        try:
            keys.save(self._places)
        except OSError as error:
            raise vault_error("store-refused") from error
        self.keys = keys


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that could be guessed at once.

    Raises:
        VaultError: `passphrase-short`.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise vault_error("passphrase-short")


def passphrase_slot(secret: bytes | bytearray, passphrase: str) -> Slot:
    """The key under a passphrase."""
    check_passphrase(passphrase)
    return wrap(secret, passphrase_bytes(passphrase), "passphrase")
