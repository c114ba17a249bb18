"""Whole copies of the store: before it is changed as a whole, to a backup file, and back from one.

A backup is one file: a line that names it, a header, an encrypted database. The database has a key of its own, which
the header holds under the store's key, and under a passphrase where one was given; and the store's key under the
recovery code. So a backup opens on the PC it was made on, with the recovery code anywhere, or with its passphrase.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biseo.vault import recovery
from biseo.vault.cipher import Connection, connect, errors, new_secret, sound
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.key_file import KeyFile, Places
from biseo.vault.wiping import wipe
from biseo.vault.wrapping import Slot, WrongSecret, derived_key, passphrase_bytes, unwrap, wrap
from biseo_models.replacing import replace

MAGIC = b"BISEO-BACKUP\n"
FORMAT = 1
_SQLITE_FULL = 13
_LONGEST_HEADER = 1 << 20
_CHUNK = 1 << 20
_COPIED, _JOINED = 0.6, 0.8
"""Shares of the work of a backup."""
SUFFIX = ".biseo-backup"
KEEP_DAYS = 7
"""How long a copy stays that was made before the store was changed as a whole."""


Watch = Callable[[float], object]
"""Told the share that is done, 0–1, again and again; what it raises ends the work, and nothing has changed then."""


def _unwatched(_share: float) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Keys:
    """What may open a backup."""

    passphrase: str | None = None
    recovery_code: str | None = None


def secret_of(words: str) -> Keys:
    """What somebody typed to open a backup: its recovery code where it is one, else its passphrase."""
    if not words:
        return Keys()
    try:
        recovery.decode(words)
    except VaultError:
        return Keys(passphrase=words)
    return Keys(passphrase=words, recovery_code=words)


def copy_database(
    source: Connection, target: Path, secret: bytes | bytearray, watch: Watch = _unwatched, most: float = 1.0
) -> None:
    """A consistent copy of an open database under another key, while others go on writing.

    Args:
        source: the open database.
        target: replaced when it exists.
        secret: the copy's key.
        watch: told shares up to `most`.
        most: the share of the whole work that is done with the copy.

    Raises:
        Error: of `sqlcipher3`.
        VaultError: the file cannot be made.
    """
    target.unlink(missing_ok=True)
    copy = connect(target, secret, make=True)
    try:
        copy.execute("PRAGMA journal_mode = DELETE")
        source.backup(copy, pages=500, progress=lambda _state, left, all_: watch(most * (1 - left / max(all_, 1))))
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy came with the mode of its source
        copy.execute("PRAGMA synchronous = FULL")
    finally:
        copy.close()
    _to_disk(target)


def copy_before(connection: Connection, places: Places, secret: bytes | bytearray, reason: str) -> Path:
    """A copy under the store's own key in the folder of copies.

    Raises:
        Error: of `sqlcipher3`.
        VaultError: it cannot be made.
    """
    places.copies.mkdir(parents=True, exist_ok=True)
    target = free_name(places.copies, reason)
    copy_database(connection, target, secret)
    return target


def free_name(folder: Path, reason: str, suffix: str = ".db") -> Path:
    """A name for a copy that is not taken."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 0
    while (target := folder / f"{reason}-{stamp}{f'-{number}' if number else ''}{suffix}").exists():
        number += 1
    return target


def sweep_copies(places: Places, *, everything: bool = False) -> None:
    """Remove copies whose time is over; all of them when something was deleted that must be gone."""
    now = time.time()
    with contextlib.suppress(OSError):
        for copy in places.copies.iterdir():
            with contextlib.suppress(OSError):
                if everything or abs(now - copy.stat().st_mtime) > KEEP_DAYS * 86400:
                    copy.unlink()


def write_backup(
    connection: Connection, target: Path, keys: KeyFile, secret: bytes | bytearray, passphrase: str | None,
    watch: Watch = _unwatched,
) -> None:  # fmt: skip
    """The whole store in one encrypted file; it is read back before it takes its name.

    Raises:
        VaultError: `backup-target`, `backup-full`; what was there before is unchanged.
    """
    own = new_secret()
    slots = [wrap(own, derived_key(secret, "backup"), "store", cost=0)]
    if passphrase is not None:
        slots.append(wrap(own, passphrase_bytes(passphrase), "passphrase"))
    try:
        database = target.parent / f".biseo-{os.urandom(8).hex()}.db"
        whole = database.with_suffix(".new")
        try:
            copy_database(connection, database, own, watch, _COPIED)
            works = connection.execute("SELECT count(*) FROM works").fetchone()[0]
            header = {
                "format": FORMAT,
                "made": round(time.time()),
                "works": works,
                "sha256": _digest(database),
                "slots": {slot.purpose: slot.data() for slot in slots},
                "recovery": keys.slots["recovery"].data() if "recovery" in keys.slots else None,
            }
            _join(whole, json.dumps(header).encode(), database)
            database.unlink()  # three copies at once would want more room than a full disk has
            watch(_JOINED)
            with _database(whole, target.parent) as (_, copied):
                watch((1 + _JOINED) / 2)
                _proven(copied, own)
            watch(1.0)
            replace(whole, target)
        finally:
            for left in (database, whole):
                left.unlink(missing_ok=True)
            wipe(own)
    except OSError as error:
        raise vault_error("backup-full" if is_full(error) else "backup-target") from error
    except VaultError as error:
        raise vault_error("backup-full" if error.code in ("disk-full", "backup-full") else "backup-target") from error
    except errors() as error:
        raise vault_error("backup-full" if is_full(error) else "backup-target") from error


def is_full(error: Exception) -> bool:
    """Whether the disk has no room left."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF == _SQLITE_FULL


@contextlib.contextmanager
def opened_backup(source: Path, folder: Path, keys: Keys, secret: bytes | bytearray | None) -> Iterator[Connection]:
    """The database of a backup, proven whole.

    Args:
        source: the backup.
        folder: where an encrypted temporary copy may lie while the block runs.
        keys: a passphrase or a recovery code.
        secret: the key of the store on this PC, when there is one.

    Raises:
        VaultError: `not-a-backup`, `backup-newer`, `backup-key`, `backup-unreadable`, `recovery-malformed`.
        OSError: the temporary copy cannot be written.
    """
    try:
        with source.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise vault_error("backup-unreadable") from error
    with _database(source, folder) as (header, database):
        own = _key(header, keys, secret)
        try:
            _proven(database, own)
            connection = connect(database, own, read_only=True)
        finally:
            wipe(own)
        try:
            yield connection
        finally:
            connection.close()


def works_in(source: Path) -> int | None:
    """How many works a backup says to hold; None where it does not.

    Raises:
        VaultError: `not-a-backup`, `backup-newer`, `backup-unreadable`.
    """
    try:
        with source.open("rb") as stream:
            works = _header(stream.read(len(MAGIC) + 4), stream).get("works")
    except OSError as error:
        raise vault_error("backup-unreadable") from error
    return works if type(works) is int and works >= 0 else None


def _key(header: dict[str, Any], keys: Keys, secret: bytes | bytearray | None) -> bytes:
    try:
        slots = {name: Slot.from_data(data) for name, data in header["slots"].items()}
        recovered = Slot.from_data(header["recovery"]) if header.get("recovery") else None
    except (KeyError, ValueError, AttributeError):
        raise vault_error("not-a-backup") from None
    secrets: list[bytes | bytearray] = [secret] if secret is not None else []
    if keys.recovery_code is not None and recovered is not None:
        with contextlib.suppress(WrongSecret):
            secrets.append(unwrap(recovered, recovery.decode(keys.recovery_code), "recovery"))
    for store in secrets:
        with contextlib.suppress(WrongSecret, KeyError):
            return unwrap(slots["store"], derived_key(store, "backup"), "store")
    if keys.passphrase is not None and "passphrase" in slots:
        with contextlib.suppress(WrongSecret):
            return unwrap(slots["passphrase"], passphrase_bytes(keys.passphrase), "passphrase")
    raise vault_error("backup-key")


def _proven(database: Path, secret: bytes | bytearray) -> None:
    connection = connect(database, secret)
    try:
        whole = sound(connection)
    except errors():
        whole = False
    finally:
        connection.close()
    if not whole:
        raise vault_error("not-a-backup")


@contextlib.contextmanager
def _database(source: Path, folder: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """Header and database of a backup; the database lies beside, encrypted, while the block runs."""
    database = folder / f".biseo-{os.urandom(8).hex()}.db"
    try:
        with source.open("rb") as stream, database.open("xb") as out:
            header = _header(stream.read(len(MAGIC) + 4), stream)
            digest = hashlib.sha256()
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != header.get("sha256"):
            raise vault_error("not-a-backup")
        yield header, database
    finally:
        database.unlink(missing_ok=True)


def _header(start: bytes, stream: Any) -> dict[str, Any]:
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if not start.startswith(MAGIC) or len(start) != len(MAGIC) + 4 or not 2 <= length <= _LONGEST_HEADER:
        raise vault_error("not-a-backup")
    try:
        header = json.loads(stream.read(length))
    except ValueError:
        raise vault_error("not-a-backup") from None
    if not isinstance(header, dict) or not isinstance(header.get("format"), int):
        raise vault_error("not-a-backup")
    if header["format"] > FORMAT:
        raise vault_error("backup-newer")
    return header


def _join(whole: Path, header: bytes, database: Path) -> None:
    with whole.open("xb") as out, database.open("rb") as stream:
        out.write(MAGIC + len(header).to_bytes(4, "big") + header)
        while chunk := stream.read(_CHUNK):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
