"""The store's part of the report where it is open already: by a window, which must not open it a second time."""

from __future__ import annotations

from biseo.vault.report import VaultReport, cipher_version
from biseo.vault.vault import Vault


def report_of(vault: Vault, keyring: str) -> VaultReport:
    """What an open store tells without reading all of itself (`biseo selftest` does that).

    Args:
        keyring: name of the credential store of this PC; empty where there is none.
    """
    audit = vault.audit_report()
    return VaultReport(
        "present", vault.keys.unlock, keyring, cipher_version(), opened=True, works=vault.count(),
        journal=vault.journal, sound=None, audit_lines=audit.lines, audit_intact=audit.intact,
        recovery_shown=vault.keys.recovery_shown,
    )  # fmt: skip


def keyring_label() -> str:
    """Name of this PC's credential store; empty where there is none. Asked in a process of its own."""
    from biseo.vault.errors import VaultError
    from biseo.vault.keyrings import SystemKeyring

    try:
        return SystemKeyring().label()
    except VaultError:
        return ""
