"""Opening the store from the command line."""

from __future__ import annotations

import getpass
import sys

from biseo.cli.console import Console
from biseo.vault import Vault, look, open_vault


def unlocked(console: Console) -> Vault:
    """The store, opened; a passphrase is asked for on the terminal, or read as one line from stdin.

    Raises:
        VaultError: it cannot be opened.
    """
    if look().unlock != "passphrase":
        return open_vault()
    return open_vault(passphrase=_passphrase(console))


def _passphrase(console: Console) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        console.clear()
        return getpass.getpass("저장소 암호: ", sys.stderr)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    return line.rstrip("\r\n")
