"""Encrypted connections: SQLCipher with a raw key, and its failures as ours."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from biseo.vault.errors import VaultError, vault_error
from biseo.vault.wiping import wipe

KEY_BYTES, SALT_BYTES = 32, 16
SECRET_BYTES = KEY_BYTES + SALT_BYTES
"""A key and the salt of its file. The salt is no secret; given with the key it need not be read from the file, so that
a damaged first page does not take all others with it."""
PAGE = 4096
BUSY_MS = 2_000

Connection = Any
"""A connection of `sqlcipher3`, which has no types."""

_RETRIED = {5: "store-busy", 6: "store-busy", 8: "read-only", 13: "disk-full"}
_REFUSED = {3, 10, 14, 23}
_DAMAGED = {11, 26}


def new_secret() -> bytes:
    """A key and a salt for a new file."""
    return secrets.token_bytes(SECRET_BYTES)


def connect(path: Path, secret: bytes | bytearray, *, make: bool = False, read_only: bool = False) -> Connection:
    """Open an encrypted file; nothing of it is read yet.

    Args:
        path: the file.
        secret: 48 bytes, see `SECRET_BYTES`.
        make: make the file when it is not there; without it a missing file is an error.
        read_only: no statement of this connection may change the file (reading may still recover a log).

    Raises:
        VaultError: the file is not there or cannot be opened.
    """
    from sqlcipher3 import dbapi2

    if not make and not path.is_file():
        raise vault_error("store-lost")
    try:
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    except dbapi2.Error as error:
        raise translated(error) from None
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # otherwise failures are printed on stderr
        figures = secret.hex()
        raw = f"x'{figures}'"
        connection.set_key(raw)  # not as a statement, whose text would be kept in several places
        wipe(figures, raw)
        connection.execute("PRAGMA cipher_memory_security = OFF")  # costs four times the time, see DECISIONS.md
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cache_size = -16384")  # 100,000 passages: a quarter less to decrypt a question
    except dbapi2.Error as error:
        connection.close()
        raise translated(error) from None
    return connection


def prepare_for_writing(connection: Connection) -> str:
    """A log before the file, every commit on the disk, nothing readable left behind; the journal mode that came of it.

    Raises:
        Error: of `sqlcipher3`.
    """
    # Where shared memory does not work (network drives) SQLite stays with a rollback journal: slower, as safe.
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")  # with NORMAL a power cut takes the last commits
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_size_limit = 4194304")
    connection.execute("PRAGMA recursive_triggers = OFF")
    return str(mode)


def errors() -> type[Exception]:
    """The base of what `sqlcipher3` raises."""
    from sqlcipher3 import dbapi2

    base: type[Exception] = dbapi2.Error
    return base


def translated(error: Exception) -> VaultError:
    """What a failure of `sqlcipher3` means for the user."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if code in _RETRIED:
        return vault_error(_RETRIED[code])
    if code in _DAMAGED:
        return vault_error("store-damaged")
    return vault_error("store-refused")


def passes(error: Exception) -> bool:
    """Whether the same work may succeed later: a full disk, a lock, a folder that is read-only for now."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code in _RETRIED or code in _REFUSED or code == 7


def sound(connection: Connection) -> bool:
    """Whether every page is authentic and the structure holds; reads the whole file.

    Raises:
        Error: of `sqlcipher3`, when the file cannot be read at all.
    """
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
