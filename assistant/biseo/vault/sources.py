"""Sources in the tables: each text once, shared by the works that use it, gone with the last of them.

A source is named by the SHA-256 of what it holds. A use belongs to the last state of a work (version 0) or to one of
its kept versions.
"""

from __future__ import annotations

from collections.abc import Mapping

from biseo.vault import digests
from biseo.vault.cipher import Connection


def use(connection: Connection, number: int, version: int, sources: Mapping[str, bytes | None]) -> bool:
    """Make these the sources of a work's state; whether a source went that nothing uses any more.

    Args:
        version: 0 for the last state.
        sources: packed text by name; None where it should be in the store already, passed over where it is not.
    """
    before = {
        row[0]
        for row in connection.execute(
            "SELECT sha256 FROM source_uses WHERE number = ? AND version = ?", (number, version)
        )
    }
    if before == set(sources):
        return False
    for name in sources.keys() - before:
        data = sources[name]
        there = connection.execute("SELECT 1 FROM sources WHERE sha256 = ?", (name,)).fetchone() is not None
        if not there and data is not None:
            connection.execute("INSERT INTO sources (sha256, data) VALUES (?, ?)", (name, data))
        if there or data is not None:
            connection.execute(
                "INSERT INTO source_uses (number, version, sha256) VALUES (?, ?, ?)", (number, version, name)
            )
    gone = before - set(sources)
    for name in gone:
        connection.execute(
            "DELETE FROM source_uses WHERE number = ? AND version = ? AND sha256 = ?", (number, version, name)
        )
    return bool(gone) and sweep(connection)


def forget(connection: Connection, number: int) -> None:
    """A work goes, with all its uses; `sweep` takes what nothing uses then."""
    connection.execute("DELETE FROM source_uses WHERE number = ?", (number,))


def sweep(connection: Connection) -> bool:
    """Delete what nothing uses, with the digests made of it; whether there was anything."""
    done = connection.execute("DELETE FROM sources WHERE sha256 NOT IN (SELECT sha256 FROM source_uses)")
    digested = digests.forget_unused(connection)
    return bool(done.rowcount > 0) or digested


def load(connection: Connection, name: str) -> bytes | None:
    """The packed text; None when there is none of this name."""
    row = connection.execute("SELECT data FROM sources WHERE sha256 = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def names(connection: Connection, work: str) -> list[str]:
    """Names of the sources of a work's last state."""
    rows = connection.execute(
        "SELECT sha256 FROM source_uses WHERE version = 0 AND number = (SELECT number FROM works WHERE id = ?) "
        "ORDER BY sha256",
        (work,),
    )
    return [row[0] for row in rows]
