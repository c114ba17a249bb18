"""Samples of every released version of the tables, frozen as text: what lies on PCs does not change any more."""

from __future__ import annotations

import zlib
from pathlib import Path

from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import create
from biseo.vault.cipher import connect
from biseo.vault.grams import grams
from biseo.vault.key_file import Places

FROZEN: dict[int, str] = {
    1: """
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE works (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    task TEXT NOT NULL,
    phase TEXT NOT NULL,
    made REAL NOT NULL,
    changed REAL NOT NULL,
    age_mark REAL NOT NULL,
    seq INTEGER NOT NULL,
    gram INTEGER NOT NULL
);
CREATE INDEX works_by_gram ON works (gram);
CREATE INDEX works_by_seq ON works (seq);
CREATE INDEX works_by_age ON works (age_mark);

CREATE TABLE snapshots (
    number INTEGER PRIMARY KEY REFERENCES works ON DELETE CASCADE,
    data BLOB NOT NULL
);
CREATE TABLE texts (
    number INTEGER PRIMARY KEY REFERENCES works ON DELETE CASCADE,
    data BLOB NOT NULL
);
CREATE TABLE parts (
    place INTEGER PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES works ON DELETE CASCADE,
    name TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (number, name)
);
CREATE TABLE versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES works ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    time REAL NOT NULL,
    label TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX versions_by_work ON versions (number);
CREATE TABLE claims (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE grams USING fts5(terms, content='', prefix='1', tokenize='unicode61 remove_diacritics 0');
INSERT INTO grams (grams, rank) VALUES ('secure-delete', 1);
""",
    2: """
CREATE TABLE audit (
    line INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    chain TEXT NOT NULL
);
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_holds BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
""",
    3: """
CREATE TABLE sources (
    source INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    data BLOB NOT NULL
);
CREATE TABLE source_uses (
    use INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES works ON DELETE CASCADE,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (number, version, sha256)
);
CREATE INDEX source_uses_by_source ON source_uses (sha256);
""",
    4: """
CREATE TABLE library_folders (
    folder INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE
);
CREATE TABLE library_texts (
    text INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT NOT NULL,
    pages INTEGER,
    maker INTEGER NOT NULL,
    whole INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX library_texts_by_hash ON library_texts (sha256);
CREATE TABLE library_files (
    file INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    time_ns INTEGER NOT NULL,
    text INTEGER,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX library_files_by_text ON library_files (text);
CREATE TABLE library_passages (
    passage INTEGER PRIMARY KEY AUTOINCREMENT,
    text INTEGER NOT NULL,
    page INTEGER,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    article TEXT NOT NULL,
    head TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX library_passages_by_text ON library_passages (text);
CREATE TABLE library_terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE library_index USING fts5(
    terms, content='', detail='none', tokenize='unicode61 remove_diacritics 0'
);
INSERT INTO library_index (library_index, rank) VALUES ('secure-delete', 1);
""",
    5: """
CREATE TABLE digests (
    digest INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    used REAL NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX digests_by_source ON digests (source);
CREATE INDEX digests_by_use ON digests (used);
""",
    6: """
CREATE TABLE library_vectors (
    passage INTEGER PRIMARY KEY,
    text INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE TABLE library_meaning (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
""",
}


def build(home: Path, ring: MemoryKeyring, version: int) -> None:
    """A store as the release with these tables left it, with one work, a version and a part."""
    vault, _ = create(home, keyring=ring)
    secret = bytes(vault._secret)
    vault.close()
    places = Places(home)
    places.database.unlink()
    connection = connect(places.database, secret, make=True)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    for number in range(1, version + 1):
        connection.executescript(FROZEN[number])
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(
        "INSERT INTO works VALUES (1, ?, '옛날 문서', 'press', 'draft', 1700000000.0, 1700000000.0, 0.0, 1, 1)",
        ("a" * 32,),
    )
    state = zlib.compress('{"글": "옛 작업"}'.encode())
    connection.execute("INSERT INTO snapshots VALUES (1, ?)", (state,))
    connection.execute("INSERT INTO texts VALUES (1, ?)", (zlib.compress("옛날 글".encode()),))
    connection.execute("INSERT INTO grams (rowid, terms) VALUES (1, ?)", (grams("옛날 문서\n옛날 글"),))
    connection.execute("INSERT INTO parts VALUES (1, 1, 'undo', ?)", (zlib.compress(b"steps"),))
    connection.execute("INSERT INTO versions VALUES (1, 1, 1, 1700000000.0, '처음', ?)", (state,))
    if version >= 3:
        connection.execute("INSERT INTO sources VALUES (1, ?, ?)", ("b" * 64, zlib.compress("옛 자료".encode())))
        connection.execute("INSERT INTO source_uses VALUES (1, 1, 0, ?)", ("b" * 64,))
    if version >= 4:
        connection.execute("INSERT INTO library_folders VALUES (1, '/옛 자료실')")
        connection.execute("INSERT INTO library_texts VALUES (1, ?, 'txt', '옛 자료', NULL, 1, 1)", ("c" * 64,))
        connection.execute("INSERT INTO library_files VALUES (1, '/옛 자료실/편람.txt', 9, 1, 1, '', '')")
        connection.execute("INSERT INTO library_passages VALUES (1, 1, NULL, 0, 3, '', '', '옛편람')")
        connection.execute("INSERT INTO library_index (rowid, terms) VALUES (1, ?)", (grams("옛편람"),))
        connection.executemany("INSERT INTO library_terms VALUES (?, 1)", [(term,) for term in grams("옛편람").split()])
    if version >= 5:
        connection.execute(
            "INSERT INTO digests VALUES (1, ?, ?, 0.0, ?)", ("d" * 64, "b" * 64, zlib.compress("옛 간추림".encode()))
        )
    if version >= 6:
        connection.execute("INSERT INTO library_vectors VALUES (1, 1, ?)", (bytes(512),))
        connection.execute("INSERT INTO library_meaning VALUES ('model', 'use-multilingual-3'), ('deletes', 0)")
    connection.close()
