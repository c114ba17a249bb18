"""The state of the store, for the self-test. Opens it only where no passphrase is needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biseo import paths
from biseo.vault.errors import VaultError
from biseo.vault.key_file import Places
from biseo.vault.keyrings import Keyring, SystemKeyring
from biseo.vault.opening import look, open_vault

_STATES = {"absent": "아직 만들지 않음", "present": "있음", "lost": "파일이 없어짐"}
_UNLOCKS = {"keyring": "운영체제 자격 증명 보관소", "passphrase": "암호", "": ""}


@dataclass
class VaultReport:
    """What could be told.

    Attributes:
        state: `absent`, `present` or `lost`.
        unlock: `keyring` or `passphrase`.
        keyring: name of the credential store of this PC; empty where there is none.
        cipher: version of SQLCipher.
        database_bytes: size of the database file.
        plain: the database can be read without a key; never true.
        opened: it was opened for this report.
        error: code of what kept it from being opened.
        works: how many works it holds.
        journal: SQLite's journal mode.
        sound: every page is authentic.
        audit_lines: lines of the audit log.
        audit_intact: nothing in the log was changed.
        recovery_shown: the user confirmed to have the recovery code.
    """

    state: str
    unlock: str = ""
    keyring: str = ""
    cipher: str = ""
    database_bytes: int = 0
    plain: bool = False
    opened: bool = False
    error: str = ""
    works: int | None = None
    journal: str = ""
    sound: bool | None = None
    audit_lines: int | None = None
    audit_intact: bool | None = None
    recovery_shown: bool = False

    def words(self) -> list[str]:
        """Korean lines for people."""
        lines = [
            f"저장소: {_STATES[self.state]}" + (f", 여는 방법 {_UNLOCKS[self.unlock]}" if self.unlock else ""),
            f"자격 증명 보관소: {self.keyring or '없음'}, 암호화: SQLCipher {self.cipher}(AES-256)",
        ]
        if self.opened:
            whole = {None: "쪽 검사는 하지 않음", True: "온전함", False: "손상된 곳이 있음"}[self.sound]
            log = "온전함" if self.audit_intact else "바뀐 곳이 있음"
            lines.append(f"작업 {self.works:,}건, 저장소 {whole}, 감사 기록 {self.audit_lines:,}건 {log}")
        elif self.error:
            lines.append(f"저장소를 열지 못했습니다({self.error}).")
        return lines


def vault_report(home: Path | None = None, keyring: Keyring | None = None) -> VaultReport:
    """Look at the store of a home; never asks, never raises for what is wrong with the store."""
    places, ring = Places(home or paths.home()), keyring or SystemKeyring()
    try:
        seen = look(places.home)
    except VaultError as error:
        return VaultReport("present", error=error.code, cipher=cipher_version())
    report = VaultReport(seen.state, seen.unlock, cipher=cipher_version(), recovery_shown=seen.recovery_shown)
    try:
        report.keyring = ring.label()
    except VaultError:
        report.keyring = ""
    if places.database.is_file():
        report.database_bytes = places.database.stat().st_size
        with places.database.open("rb") as stream:
            report.plain = stream.read(16) == b"SQLite format 3\0"
    if seen.state == "present" and seen.unlock == "keyring":
        try:
            with open_vault(places.home, keyring=ring) as vault:
                report.opened, report.journal = True, vault.journal
                report.works, report.sound = vault.count(), vault.check()
                audit = vault.audit_report()
                report.audit_lines, report.audit_intact = audit.lines, audit.intact
        except VaultError as error:
            report.error = error.code
    return report


def cipher_version() -> str:
    """Version of SQLCipher."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        connection.close()
