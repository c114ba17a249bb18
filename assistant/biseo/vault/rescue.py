"""Taking out of a damaged store what can still be read, row by row, into a new one. The damaged file is not touched."""

from __future__ import annotations

import os
import shutil
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from biseo.vault import schema, schema_pages
from biseo.vault.cipher import PAGE, Connection, connect, errors
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.grams import grams
from biseo.vault.key_file import Places
from biseo.vault.records import Rescued

NO_TITLE = "(제목을 읽지 못한 작업)"
NO_SNAPSHOT = b"{}"
_STREAK, _LONGEST_STEP = 64, 1024
RESCUED = "rescued"
"""Phase of a work of which not everything could be read."""


@dataclass
class _Found:
    """Readable rows by table and key."""

    works: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    snapshots: dict[int, bytes] = field(default_factory=dict)
    texts: dict[int, bytes] = field(default_factory=dict)
    parts: list[tuple[Any, ...]] = field(default_factory=list)
    versions: list[tuple[Any, ...]] = field(default_factory=list)
    audit: list[tuple[Any, ...]] = field(default_factory=list)
    state: list[tuple[Any, ...]] = field(default_factory=list)
    sources: list[tuple[Any, ...]] = field(default_factory=list)
    uses: list[tuple[Any, ...]] = field(default_factory=list)
    folders: list[tuple[Any, ...]] = field(default_factory=list)
    """Of the library, whose files are read again: its texts are only copies of them."""


def rebuild(places: Places, secret: bytes, fresh: Path) -> Rescued:
    """Write a new database with what can be read of the old one.

    Raises:
        VaultError: `nothing-saved`.
        OSError: no room for a copy.
        Error: of `sqlcipher3`, when the new file cannot be written.
    """
    found = _Found()
    copy = places.folder / f".damaged-{os.urandom(4).hex()}.db"
    logs = [copy.with_name(copy.name + suffix) for suffix in ("-wal", "-shm", "-journal")]
    try:
        for mended in (False, True):
            shutil.copyfile(places.database, copy)
            log = places.database.with_name(places.database.name + "-wal")
            if log.exists():
                shutil.copyfile(log, logs[0])
            # When even the schema cannot be read, the pages that were kept of it lead to the others.
            if mended and not schema_pages.put_back(copy, places.schema_pages, secret):
                break
            if _readable(copy, secret):
                _gather(copy, secret, found)
                break
    finally:
        for left in (copy, *logs):
            left.unlink(missing_ok=True)
    if not (found.works or found.snapshots or found.texts or found.versions or found.folders):
        raise vault_error("nothing-saved")
    fresh.unlink(missing_ok=True)
    connection = connect(fresh, secret, make=True)
    try:
        schema.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        told = _write(connection, found)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return told


def _readable(path: Path, secret: bytes) -> bool:
    try:
        connection = connect(path, secret)
        try:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
            return "works" in names and schema.version_of(connection) > 0
        finally:
            connection.close()
    except (errors(), VaultError):
        return False


class _Damaged:
    """Reads a damaged database, after every failure anew: SQLCipher refuses all pages after the first bad one."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self._path, self._secret = path, secret
        self._connection: Connection | None = None

    def ask(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows; none when one of them cannot be read."""
        return self._ask(query, values) or []

    def _ask(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]] | None:
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._secret)
            return list(self._connection.execute(query, values).fetchall())
        except errors():
            self.close()
            return None

    def number(self, query: str) -> int:
        """One number; 0 when it cannot be read."""
        rows = self.ask(query)
        return int(rows[0][0] or 0) if rows else 0

    def rows(self, table: str, key: str, most: int, columns: str) -> Iterator[tuple[Any, ...]]:
        """Every row that can be read, one by one: a damaged page costs the rows on it and no others."""
        query = f"SELECT {key}, {columns} FROM {table} WHERE {key} = ?"
        number, step, streak, bad = 1, 1, 0, 0
        while number <= most:
            row = self._ask(query, (number,))
            if row is None:  # a whole branch may be gone: go ahead in growing steps
                bad, streak = number, streak + 1
                step = 1 if streak < _STREAK else min(2 * step, _LONGEST_STEP)
                number += step
            elif step > 1:  # behind it: back to its end
                number, step, streak = bad + 1, 1, 0
            else:
                yield from row
                number, streak = number + 1, 0

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _gather(path: Path, secret: bytes, found: _Found) -> None:
    damaged = _Damaged(path, secret)
    pages = path.stat().st_size // PAGE
    try:
        numbers = (
            "SELECT max(number) FROM works",
            "SELECT max(number) FROM snapshots",
            "SELECT max(number) FROM texts",
        )
        counted = damaged.number("SELECT seq FROM sqlite_sequence WHERE name = 'works'")
        # without any of them: a work has a page of its own in most stores
        most = max([counted, *(damaged.number(query) for query in numbers)]) or pages
        for row in damaged.rows("works", "number", most, "id, title, task, phase, made, changed, age_mark, seq"):
            found.works[row[0]] = row
        for number, data in damaged.rows("snapshots", "number", most, "data"):
            if _whole(data):
                found.snapshots[number] = data
        for number, data in damaged.rows("texts", "number", most, "data"):
            if _whole(data):
                found.texts[number] = data
        last = damaged.number("SELECT max(place) FROM parts") or 4 * most
        found.parts = [row for row in damaged.rows("parts", "place", last, "number, name, data") if _whole(row[-1])]
        counted = damaged.number("SELECT seq FROM sqlite_sequence WHERE name = 'versions'")
        last = max(counted, damaged.number("SELECT max(version) FROM versions"))
        found.versions = [
            row
            for row in damaged.rows("versions", "version", last, "number, seq, time, label, data")
            if _whole(row[-1])
        ]
        last = damaged.number("SELECT max(folder) FROM library_folders")
        found.folders = list(damaged.rows("library_folders", "folder", last, "path"))
        last = damaged.number("SELECT max(use) FROM source_uses") or damaged.number(
            "SELECT seq FROM sqlite_sequence WHERE name = 'source_uses'"
        )
        found.uses = list(damaged.rows("source_uses", "use", last, "number, version, sha256"))
        last = damaged.number("SELECT max(source) FROM sources") or damaged.number(
            "SELECT seq FROM sqlite_sequence WHERE name = 'sources'"
        )
        found.sources = [row for row in damaged.rows("sources", "source", last, "sha256, data") if _whole(row[-1])]
        last = damaged.number("SELECT max(line) FROM audit") or 20 * pages
        found.audit = list(damaged.rows("audit", "line", last, "entry, chain"))
        found.state = damaged.ask("SELECT name, value FROM state")
    finally:
        damaged.close()


def _whole(data: bytes) -> bool:
    try:
        zlib.decompress(data)
    except zlib.error:
        return False
    return True


def _write(connection: Connection, found: _Found) -> Rescued:
    versions = _newest(found.versions)
    numbers = sorted({*found.works, *found.snapshots, *found.texts, *versions})
    whole = older = text_only = lost = 0
    kept: set[int] = set()
    top = max([row[8] for row in found.works.values()], default=0)
    aged = next((float(value) for name, value in found.state if name == "aged"), 0.0)
    for number in numbers:
        data = found.snapshots.get(number)
        if data is not None and number in found.works:
            whole += 1
        elif data is not None or number in versions:
            older += 1
        elif number in found.texts:
            text_only += 1
        else:
            lost += 1
            continue
        kept.add(number)
        top += 0 if number in found.works else 1
        row = found.works.get(number) or _stand_in(number, aged, top)
        if number in found.works and data is None:
            row = (*row[:4], RESCUED, *row[5:])
        connection.execute(
            "INSERT INTO works (number, id, title, task, phase, made, changed, age_mark, seq, gram) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, row[8]),
        )
        state = data or versions.get(number) or zlib.compress(NO_SNAPSHOT)
        connection.execute("INSERT INTO snapshots (number, data) VALUES (?, ?)", (number, state))
        text = found.texts.get(number, zlib.compress(b""))
        connection.execute("INSERT INTO texts (number, data) VALUES (?, ?)", (number, text))
        words = zlib.decompress(text).decode("utf-8", "surrogatepass")
        connection.execute("INSERT INTO grams (rowid, terms) VALUES (?, ?)", (row[8], grams(f"{row[2]}\n{words}")))
    for table, columns, rows in (
        ("parts", "place, number, name, data", found.parts),
        ("versions", "version, number, seq, time, label, data", found.versions),
    ):
        marks = ", ".join("?" * (columns.count(",") + 1))
        for row in rows:
            if row[1] in kept:
                connection.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", row)
    _write_sources(connection, found, kept)
    connection.executemany("INSERT OR IGNORE INTO library_folders (folder, path) VALUES (?, ?)", found.folders)
    for row in found.audit:
        connection.execute("INSERT INTO audit (line, entry, chain) VALUES (?, ?, ?)", row)
    for row in found.state:
        connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", row)
    seq = max([top, *(int(value) for name, value in found.state if name == "seq")])
    connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('seq', ?)", (seq,))
    return Rescued(whole, older, text_only, lost, len(found.versions), len(found.audit))


def _write_sources(connection: Connection, found: _Found, kept: set[int]) -> None:
    """What was read of the sources, for works that were read."""
    there = {name for _, name, _ in found.sources}
    uses = [row for row in found.uses if row[1] in kept and row[3] in there]
    used = {row[3] for row in uses}
    for row in found.sources:
        if row[1] in used:
            connection.execute("INSERT OR IGNORE INTO sources (source, sha256, data) VALUES (?, ?, ?)", row)
    for row in uses:
        connection.execute("INSERT OR IGNORE INTO source_uses (use, number, version, sha256) VALUES (?, ?, ?, ?)", row)


def _newest(rows: list[tuple[Any, ...]]) -> dict[int, bytes]:
    """The newest readable version of each work."""
    return {row[1]: row[5] for row in rows}


def _stand_in(number: int, aged: float, seq: int) -> tuple[Any, ...]:
    now = time.time()
    return (number, os.urandom(16).hex(), NO_TITLE, "", RESCUED, now, now, aged, seq)
