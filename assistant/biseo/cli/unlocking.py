"""Opening the store from the command line."""

from __future__ import annotations

import getpass
import sys

from biseo.cli.console import Console
from biseo.errors import UsageError
from biseo.vault import Vault, look, open_vault
from biseo.vault.own_keys import check_passphrase


def unlocked(console: Console) -> Vault:
    """The store, opened; a passphrase is asked for on the terminal, or read as one line from stdin.

    Raises:
        VaultError: it cannot be opened.
    """
    if look().unlock != "passphrase":
        return open_vault()
    return open_vault(passphrase=ask_secret(console, "저장소 암호: "))


def ask_secret(console: Console, words: str) -> str:
    """A secret, typed without being shown, or read as one line from stdin."""
    if sys.stdin is not None and sys.stdin.isatty():
        console.clear()
        return getpass.getpass(words, sys.stderr)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    return line.rstrip("\r\n")


def ask_new(console: Console, words: str) -> str:
    """A new secret, on a terminal typed twice.

    Raises:
        UsageError: the two differ.
        VaultError: `passphrase-short`.
    """
    secret = ask_secret(console, words)
    check_passphrase(secret)
    if sys.stdin is not None and sys.stdin.isatty() and ask_secret(console, "한 번 더: ") != secret:
        raise UsageError("passphrases-differ", "두 암호가 서로 다릅니다.", "같은 암호를 두 번 적어 주세요.")
    return secret
