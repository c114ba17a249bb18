"""The tables, as numbered steps. A step that was released is never changed; a change is a new step.

The version of a file is its `user_version`; all missing steps run in one transaction, so a file is of one version or of
another at every moment, however the program ends.
"""

from __future__ import annotations

from biseo.vault.cipher import Connection
from biseo.vault.errors import vault_error

_WORKS = """
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
"""

_AUDIT = """
CREATE TABLE audit (
    line INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    chain TEXT NOT NULL
);
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_holds BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

_SOURCES = """
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
"""

LIBRARY = """
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
"""
"""The library: folders, files, what was read of them once each, and the index of its passages."""

_DIGESTS = """
CREATE TABLE digests (
    digest INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    used REAL NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX digests_by_source ON digests (source);
CREATE INDEX digests_by_use ON digests (used);
"""
"""What a model made of the passages of long sources, so that stopped work goes on: see `biseo.vault.digests`."""

MEANING = """
CREATE TABLE library_vectors (
    passage INTEGER PRIMARY KEY,
    text INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE TABLE library_meaning (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
"""What passages of the library mean, as vectors of one encoder: see `biseo.library.meaning`."""

STEPS: tuple[str, ...] = (_WORKS, _AUDIT, _SOURCES, LIBRARY, _DIGESTS, MEANING)
NEWEST = len(STEPS)


def version_of(connection: Connection) -> int:
    """The version of a file; 0 for an empty one.

    Raises:
        Error: of `sqlcipher3`, when the key is wrong or the first page damaged.
    """
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Connection, until: int = NEWEST) -> None:
    """Bring a file to a version, in one transaction.

    Raises:
        VaultError: `store-newer`.
        Error: of `sqlcipher3`; the file is as before.
    """
    version = version_of(connection)
    if version > NEWEST:
        raise vault_error("store-newer")
    if version >= until:
        return
    if version == 0:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only before the first table
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version:until]:
            for statement in statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {until}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def statements(step: str) -> list[str]:
    """The statements of a step; `executescript` would commit behind our back."""
    found, gathered = [], ""
    for line in step.splitlines(keepends=True):
        gathered += line
        ends = gathered.rstrip().endswith(";")
        if ends and ("TRIGGER" not in gathered or gathered.rstrip().endswith("END;")):
            found.append(gathered.strip())
            gathered = ""
    return found
