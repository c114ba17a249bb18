"""The encrypted store of everything the user works on: nothing lost, nothing readable on the disk, nothing sent.

One SQLCipher database with a key that lies in the operating system's credential store or under a passphrase, and, for
the day either is lost, under a recovery code on paper.
"""

from biseo.vault.errors import VaultError
from biseo.vault.opening import (
    Look,
    create,
    look,
    open_vault,
    prove,
    rescue,
    restore_anew,
    set_aside,
    wake,
)
from biseo.vault.records import AuditLine, AuditReport, Rescued, Restored, Version, WorkEntry
from biseo.vault.vault import UNDO, Vault

__all__ = [
    "UNDO",
    "AuditLine",
    "AuditReport",
    "Look",
    "Rescued",
    "Restored",
    "Vault",
    "VaultError",
    "Version",
    "WorkEntry",
    "create",
    "look",
    "open_vault",
    "prove",
    "rescue",
    "restore_anew",
    "set_aside",
    "wake",
]
