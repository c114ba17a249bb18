"""Where the store's key lives between sessions: the operating system's credential store."""

from __future__ import annotations

import multiprocessing
from typing import Protocol

from biseo.vault.errors import vault_error
from biseo.vault.keyring_child import serve
from biseo_models.starting import child as child_process
from biseo_models.starting import start

WAIT_S = 90.0
"""How long a question of the desktop ("unlock the keyring?") may stay unanswered."""


class Keyring(Protocol):
    """Secrets by name."""

    def label(self) -> str:
        """What the user knows it as.

        Raises:
            VaultError: `keyring-none`.
        """

    def get(self, name: str) -> str | None:
        """The secret, a string of its own that the caller overwrites; None when there is none of this name.

        Raises:
            VaultError: `keyring-none`, `keyring-locked`, `keyring-failed`.
        """

    def set(self, name: str, secret: str) -> None:
        """Keep a secret; it was read back when this returns.

        Raises:
            VaultError: as for `get`.
        """

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens when there is none.

        Raises:
            VaultError: as for `get`.
        """


class SystemKeyring:
    """Windows Credential Manager, macOS Keychain, or the Secret Service of a Linux desktop, each in a child process."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s

    def label(self) -> str:
        """Its name for people."""
        return self._ask("look") or ""

    def get(self, name: str) -> str | None:
        """The secret of this name."""
        return self._ask("get", name)

    def set(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._ask("set", name, secret)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._ask("delete", name)

    def _ask(self, action: str, name: str = "", secret: str = "") -> str | None:
        # one direction: a duplex pipe would be a socket pair
        receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
        # the desktop's credential store is reached through a socket of this PC, and by no other process of ours
        child = child_process("keyring", serve, (sender, action, name, secret), local=True)
        try:
            start(child)
            sender.close()
            outcome, value = receiver.recv() if receiver.poll(self._wait_s) else ("locked", None)
        except (EOFError, OSError):
            outcome, value = "failed", None
        finally:
            receiver.close()
            sender.close()
            if child.pid is not None:
                child.kill()
                child.join()
                child.close()
        if outcome != "ok":
            raise vault_error(f"keyring-{outcome}")
        return value if value is None else str(value)
