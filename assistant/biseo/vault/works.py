"""Works in the tables: every function here runs on a connection, the changing ones inside the writer's transaction."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping

from biseo.vault import sources as source_table
from biseo.vault.cipher import Connection
from biseo.vault.errors import vault_error
from biseo.vault.grams import grams, match
from biseo.vault.records import Version, WorkEntry

_ENTRY = "SELECT id, title, task, phase, made, changed, seq FROM works"
_AROUND = 30
_MANY = 200
LONGEST_STEP_S = 14 * 86400.0
"""A longer step of the clock than this between two looks is taken for a clock that was set, and adds no age."""


def save(
    connection: Connection, work: str, snapshot: bytes, title: str, task: str, phase: str, text: str | None, label: str,
    sources: Mapping[str, bytes | None] | None = None,
) -> tuple[int, bool]:  # fmt: skip
    """Write the last state of a work; the number of this change, and whether a source went with it."""
    now, seq = time.time(), _next_seq(connection)
    mark = age_clock(connection, now)
    row = connection.execute("SELECT number, title, gram FROM works WHERE id = ?", (work,)).fetchone()
    if row is None:
        made = connection.execute(
            "INSERT INTO works (id, title, task, phase, made, changed, age_mark, seq, gram) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (work, title, task, phase, now, now, mark, seq),
        )
        number, old_title, gram = made.lastrowid, None, 0
    else:
        number, old_title, gram = row
        connection.execute(
            "UPDATE works SET title = ?, task = ?, phase = ?, changed = ?, age_mark = ?, seq = ? WHERE number = ?",
            (title, task, phase, now, mark, seq, number),
        )
    data = zlib.compress(snapshot, 1)
    connection.execute("INSERT OR REPLACE INTO snapshots (number, data) VALUES (?, ?)", (number, data))
    if label:
        kept = connection.execute(
            "INSERT INTO versions (number, seq, time, label, data) VALUES (?, ?, ?, ?, ?)",
            (number, seq, now, label, data),
        )
        if sources:
            source_table.use(connection, number, int(kept.lastrowid), sources)
    gone = sources is not None and source_table.use(connection, number, 0, sources)
    _index(connection, number, seq, (gram, old_title), title, text)
    return seq, gone


def load(connection: Connection, work: str) -> bytes:
    """The last state of a work.

    Raises:
        VaultError: `work-gone`.
    """
    row = connection.execute(
        "SELECT data FROM snapshots WHERE number = (SELECT number FROM works WHERE id = ?)", (work,)
    ).fetchone()
    if row is None:
        raise vault_error("work-gone")
    return zlib.decompress(row[0])


def versions(connection: Connection, work: str) -> list[Version]:
    """The kept states, newest first."""
    rows = connection.execute(
        "SELECT version, seq, time, label FROM versions WHERE number = (SELECT number FROM works WHERE id = ?) "
        "ORDER BY version DESC",
        (work,),
    )
    return [Version(*row) for row in rows]


def load_version(connection: Connection, version: int) -> bytes:
    """A kept state.

    Raises:
        VaultError: `version-gone`.
    """
    row = connection.execute("SELECT data FROM versions WHERE version = ?", (version,)).fetchone()
    if row is None:
        raise vault_error("version-gone")
    return zlib.decompress(row[0])


def save_part(connection: Connection, work: str, name: str, data: bytes) -> None:
    """Write a part of a work that is kept beside its state.

    Raises:
        VaultError: `work-gone`.
    """
    connection.execute(
        "INSERT INTO parts (number, name, data) VALUES (?, ?, ?) "
        "ON CONFLICT (number, name) DO UPDATE SET data = excluded.data",
        (_number(connection, work), name, zlib.compress(data, 1)),
    )


def load_part(connection: Connection, work: str, name: str) -> bytes | None:
    """A part; None when there is none of this name."""
    row = connection.execute(
        "SELECT data FROM parts WHERE number = (SELECT number FROM works WHERE id = ?) AND name = ?", (work, name)
    ).fetchone()
    return None if row is None else zlib.decompress(row[0])


def part_names(connection: Connection, work: str) -> list[str]:
    """Names of all parts of a work."""
    rows = connection.execute(
        "SELECT name FROM parts WHERE number = (SELECT number FROM works WHERE id = ?) ORDER BY name", (work,)
    )
    return [row[0] for row in rows]


def delete_part(connection: Connection, work: str, name: str) -> None:
    """Forget a part; nothing happens when there is none."""
    connection.execute(
        "DELETE FROM parts WHERE number = (SELECT number FROM works WHERE id = ?) AND name = ?", (work, name)
    )


def delete(connection: Connection, ids: list[str]) -> int:
    """Take works out of all tables and the index; how many there were."""
    rows = [
        row
        for work in ids
        for row in connection.execute("SELECT number, title, gram, id FROM works WHERE id = ?", (work,)).fetchall()
    ]
    everything = int(connection.execute("SELECT count(*) FROM works").fetchone()[0])
    anew = len(rows) > _MANY and 2 * len(rows) > everything
    for number, title, gram, work in rows:
        if not anew:
            _unindex(connection, number, gram, title)
        for table in ("snapshots", "texts", "parts", "versions", "works"):
            connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
        source_table.forget(connection, number)
        connection.execute("DELETE FROM claims WHERE id = ?", (work,))
    source_table.sweep(connection)
    if anew:  # quicker than taking most of the index away piece by piece
        connection.execute("INSERT INTO grams (grams) VALUES ('delete-all')")
        for number, title, gram in connection.execute("SELECT number, title, gram FROM works").fetchall():
            terms = _terms(title, _text(connection, number))
            connection.execute("INSERT INTO grams (rowid, terms) VALUES (?, ?)", (gram, terms))
    _next_seq(connection)
    return len(rows)


def entries(connection: Connection, limit: int, offset: int) -> list[WorkEntry]:
    """The history, last changed first."""
    rows = connection.execute(f"{_ENTRY} ORDER BY seq DESC LIMIT ? OFFSET ?", (limit, offset))
    return [WorkEntry(*row) for row in rows]


def entry(connection: Connection, work: str) -> WorkEntry | None:
    """One line of the history."""
    row = connection.execute(f"{_ENTRY} WHERE id = ?", (work,)).fetchone()
    return None if row is None else WorkEntry(*row)


def search(connection: Connection, query: str, limit: int) -> list[WorkEntry]:
    """Works that hold every word; those whose words were changed last, in order of their last change."""
    expression = match(query)
    if not expression:
        return []
    # Rows of the index are numbered by change, so it ends as soon as there are enough, however common the words are.
    rows = connection.execute(
        "SELECT works.number, id, title, task, phase, made, changed, seq FROM grams "
        "CROSS JOIN works ON works.gram = grams.rowid WHERE grams MATCH ? ORDER BY grams.rowid DESC LIMIT ?",
        (expression, limit),
    ).fetchall()
    first = query.split()[0].casefold()
    found = [WorkEntry(*row[1:])._replace(found=_around(_text(connection, row[0]), first)) for row in rows]
    return sorted(found, key=lambda entry: -entry.seq)


def old(connection: Connection, days: float) -> list[str]:
    """Works that were not changed for so many days, as the age clock counts them."""
    before = age_clock(connection, time.time()) - days * 86400.0
    return [row[0] for row in connection.execute("SELECT id FROM works WHERE age_mark <= ?", (before,))]


def age_clock(connection: Connection, now: float) -> float:
    """Seconds that have passed for this store: real time without the steps of a clock that was set.

    A clock that goes back adds nothing, one that jumps ahead by more than two weeks adds nothing either. So nothing is
    swept away because a battery was empty; where the program was not used for longer, things live longer by that much.
    """
    state = dict(connection.execute("SELECT name, value FROM state WHERE name IN ('aged', 'wall')").fetchall())
    aged, wall = float(state.get("aged", 0.0)), float(state.get("wall", now))
    step = now - wall
    aged += step if 0 <= step <= LONGEST_STEP_S else 0.0
    connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('aged', ?), ('wall', ?)", (aged, now))
    return aged


def _next_seq(connection: Connection) -> int:
    row = connection.execute("SELECT value FROM state WHERE name = 'seq'").fetchone()
    seq = int(row[0]) + 1 if row else 1
    connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('seq', ?)", (seq,))
    return seq


def _number(connection: Connection, work: str) -> int:
    row = connection.execute("SELECT number FROM works WHERE id = ?", (work,)).fetchone()
    if row is None:
        raise vault_error("work-gone")
    return int(row[0])


def _text(connection: Connection, number: int) -> str:
    row = connection.execute("SELECT data FROM texts WHERE number = ?", (number,)).fetchone()
    return "" if row is None else zlib.decompress(row[0]).decode("utf-8", "surrogatepass")


def _index(
    connection: Connection, number: int, seq: int, before: tuple[int, str | None], title: str, text: str | None
) -> None:
    """Bring text and index up to date; `text` None leaves the text as it was.

    Args:
        before: row in the index and title as they were; no title where the work is new.
    """
    gram, old_title = before
    old_text = _text(connection, number)
    new_text = old_text if text is None else text
    if (old_title, old_text) == (title, new_text):
        return
    if old_title is not None:
        _unindex(connection, number, gram, old_title)
    connection.execute(
        "INSERT OR REPLACE INTO texts (number, data) VALUES (?, ?)",
        (number, zlib.compress(new_text.encode("utf-8", "surrogatepass"), 1)),
    )
    connection.execute("INSERT INTO grams (rowid, terms) VALUES (?, ?)", (seq, _terms(title, new_text)))
    connection.execute("UPDATE works SET gram = ? WHERE number = ?", (seq, number))


def _unindex(connection: Connection, number: int, gram: int, title: str) -> None:
    terms = _terms(title, _text(connection, number))
    connection.execute("INSERT INTO grams (grams, rowid, terms) VALUES ('delete', ?, ?)", (gram, terms))


def _terms(title: str, text: str) -> str:
    return grams(f"{title}\n{text}")


def _around(text: str, word: str) -> str:
    """The words around the first place of a word; empty when it stands only in the title."""
    place = text.casefold().find(word)
    if place < 0:
        return ""
    begin, end = max(0, place - _AROUND), min(len(text), place + len(word) + _AROUND)
    around = " ".join(text[begin:end].split())
    return ("…" if begin else "") + around + ("…" if end < len(text) else "")
