"""What a model made of the passages of long sources, kept so that stopped work goes on where it was.

A digest is named by a hash of its passage, the model and the wording of the question, so it is right wherever the same
passage comes again. It holds words of its source: it goes when no work of the store uses the source any more and a
work is deleted, when it was not asked for in `DAYS`, and with a shorter retention sooner.
"""

from __future__ import annotations

import contextlib
import time
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from biseo.vault.cipher import Connection
from biseo.vault.errors import VaultError

if TYPE_CHECKING:
    from biseo.vault.vault import Vault

DAYS = 7
"""Days after the last use; the work itself keeps the draft that was made with it."""

_AT_ONCE = 500


class StoredDigests:
    """The digests of an open store, as the drafting asks for them.

    A store that cannot be written to just now (a full disk, an idle lock) costs the digest, not the work.
    """

    kept = True

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def find(self, names: Sequence[str]) -> dict[str, str]:
        """Those of the digests that are there, by name."""
        try:
            return self._vault.consult(lambda connection: load(connection, names))
        except VaultError:
            return {}

    def keep(self, made: Sequence[tuple[str, str]], source: str) -> None:
        """Keep (name, text) pairs made of a source (`SourceMark.stored`); on the disk when this returns."""
        with contextlib.suppress(VaultError):
            self._vault.change(lambda connection: save(connection, made, source))


def load(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """The texts of those names that are there."""
    found: dict[str, str] = {}
    for start in range(0, len(names), _AT_ONCE):
        asked = list(names[start : start + _AT_ONCE])
        marks = ", ".join("?" * len(asked))
        for name, data in connection.execute(f"SELECT name, data FROM digests WHERE name IN ({marks})", asked):
            found[name] = zlib.decompress(data).decode("utf-8", "surrogatepass")
    return found


def save(connection: Connection, made: Sequence[tuple[str, str]], source: str) -> None:
    """Keep digests, or say that they were used again."""
    from biseo.vault.works import age_clock

    now = age_clock(connection, time.time())
    connection.executemany(
        "INSERT INTO digests (name, source, used, data) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET source = excluded.source, used = excluded.used, data = excluded.data",
        [(name, source, now, zlib.compress(text.encode("utf-8", "surrogatepass"), 1)) for name, text in made],
    )


def sweep(connection: Connection, days: float) -> bool:
    """Delete what was not used for so many days, as the age clock counts them; whether there was anything."""
    from biseo.vault.works import age_clock

    before = age_clock(connection, time.time()) - days * 86400.0
    return bool(connection.execute("DELETE FROM digests WHERE used <= ?", (before,)).rowcount > 0)


def forget_unused(connection: Connection) -> bool:
    """Delete those made of sources that no work uses; whether there was anything."""
    done = connection.execute("DELETE FROM digests WHERE source NOT IN (SELECT sha256 FROM source_uses)")
    return bool(done.rowcount > 0)
