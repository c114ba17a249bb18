"""A backup made ready to take the place of the store."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from biseo.vault import copies, schema
from biseo.vault.cipher import Connection, connect, errors, translated
from biseo.vault.copies import Keys
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.key_file import Places


@contextlib.contextmanager
def told_as_restore_errors() -> Iterator[None]:
    """Whatever fails inside is told as what it means for restoring.

    Raises:
        VaultError: in place of errors of the database, the disk and the backup.
    """
    try:
        yield
    except errors() as error:
        raise (vault_error("restore-full") if copies.is_full(error) else translated(error)) from None
    except OSError as error:
        raise vault_error("restore-full" if copies.is_full(error) else "store-refused") from error
    except VaultError as error:
        if error.code in ("backup-full", "disk-full"):
            raise vault_error("restore-full") from error
        raise vault_error("store-refused") if error.code == "backup-target" else error from error


@contextlib.contextmanager
def unpacked(
    source: Path, places: Places, keys: Keys, secret: bytes | bytearray, watch: copies.Watch
) -> Iterator[Path]:
    """A backup as a database under the store's own key, gone afterwards unless it was moved away.

    Args:
        watch: told 0.2 to 0.5, the share of restoring that is done.
    """
    fresh = places.folder / "restored.db"
    try:
        with copies.opened_backup(source, places.folder, keys, secret) as backup:
            if schema.version_of(backup) > schema.NEWEST:
                raise vault_error("backup-newer")
            watch(0.2)
            copies.copy_database(backup, fresh, secret, lambda share: watch(0.2 + 0.3 * share))
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def finish(fresh: Path, secret: bytes | bytearray, current: Connection) -> None:
    """Bring a restored database up to date: newest tables, this store's audit log, no claims."""
    connection = connect(fresh, secret)
    try:
        schema.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit")
        connection.execute("DELETE FROM claims")
        for row in current.execute("SELECT line, entry, chain FROM audit ORDER BY line"):
            connection.execute("INSERT INTO audit (line, entry, chain) VALUES (?, ?, ?)", row)
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
    finally:
        connection.close()


def remove_logs(places: Places) -> None:
    """Remove the write-ahead log of a database that nobody has open, so that it cannot be applied to another file."""
    for suffix in ("-wal", "-shm", "-journal"):
        places.database.with_name(places.database.name + suffix).unlink(missing_ok=True)
