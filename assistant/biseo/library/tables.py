"""The tables of the library. Every function runs on a connection; the changing ones inside a writer's transaction.

A text is what was read of a file, named by the SHA-256 of the file's bytes; copies and moved files share it. A file
gets its text last, so that a text whose passages are not all written belongs to no file, is not found, and goes at the
next look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from biseo.library.splitter import Piece
from biseo.library.terms import MAKER, passage_terms

Connection = Any


@dataclass(frozen=True)
class FileRow:
    """A file as it was last looked at.

    Attributes:
        size: in bytes.
        time_ns: of its last change; negative where it may have changed since without another time.
        text: number of its text; None where it could not be read.
        code: why not, for the program.
        reason: why not, Korean sentences.
    """

    path: str
    size: int
    time_ns: int
    text: int | None
    code: str = ""
    reason: str = ""


def folders(connection: Connection) -> list[str]:
    """Paths of the folders, in the order in which they were added."""
    return [row[0] for row in connection.execute("SELECT path FROM library_folders ORDER BY folder")]


def add_folders(connection: Connection, paths: Iterable[str]) -> None:
    """Folders; nothing happens to those that are there."""
    connection.executemany("INSERT OR IGNORE INTO library_folders (path) VALUES (?)", [(path,) for path in paths])


def remove_folder(connection: Connection, path: str) -> None:
    """A folder, not its files."""
    connection.execute("DELETE FROM library_folders WHERE path = ?", (path,))


def files(connection: Connection) -> dict[str, FileRow]:
    """All files by path."""
    rows = connection.execute("SELECT path, size, time_ns, text, code, reason FROM library_files")
    return {row[0]: FileRow(*row) for row in rows}


def put_file(connection: Connection, row: FileRow) -> None:
    """A file as it is now."""
    connection.execute(
        "INSERT INTO library_files (path, size, time_ns, text, code, reason) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (path) DO UPDATE SET size = excluded.size, time_ns = excluded.time_ns, text = excluded.text, "
        "code = excluded.code, reason = excluded.reason",
        (row.path, row.size, row.time_ns, row.text, row.code, row.reason),
    )


def forget_files(connection: Connection, paths: Iterable[str]) -> None:
    """Files that are gone; their texts go with `forget_text`."""
    connection.executemany("DELETE FROM library_files WHERE path = ?", [(path,) for path in paths])


def whole_text(connection: Connection, sha256: str) -> int | None:
    """Number of the text of such a file, where all of it was written, by this version of the splitter."""
    row = connection.execute(
        "SELECT text FROM library_texts WHERE sha256 = ? AND whole = 1 AND maker = ?", (sha256, MAKER)
    ).fetchone()
    return None if row is None else int(row[0])


def stale_texts(connection: Connection) -> frozenset[int]:
    """Texts that another version of the splitter made."""
    rows = connection.execute("SELECT text FROM library_texts WHERE maker <> ?", (MAKER,))
    return frozenset(row[0] for row in rows)


def begin_text(connection: Connection, sha256: str, kind: str, title: str, pages: int | None) -> int:
    """A new text without passages; its number."""
    made = connection.execute(
        "INSERT INTO library_texts (sha256, format, title, pages, maker) VALUES (?, ?, ?, ?, ?)",
        (sha256, kind, title, pages, MAKER),
    )
    return int(made.lastrowid)


def add_passages(connection: Connection, text: int, pieces: Sequence[Piece], terms: Sequence[Sequence[str]]) -> None:
    """Passages of a text with their terms."""
    counted: Counter[str] = Counter()
    for piece, words in zip(pieces, terms, strict=True):
        made = connection.execute(
            "INSERT INTO library_passages (text, page, start, stop, article, head, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (text, piece.page, piece.start, piece.stop, piece.article, piece.head, piece.text),
        )
        connection.execute("INSERT INTO library_index (rowid, terms) VALUES (?, ?)", (made.lastrowid, " ".join(words)))
        counted.update(words)
    connection.executemany(
        "INSERT INTO library_terms (term, passages) VALUES (?, ?) "
        "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        sorted(counted.items()),
    )


def end_text(connection: Connection, text: int) -> None:
    """All passages of a text are written."""
    connection.execute("UPDATE library_texts SET whole = 1 WHERE text = ?", (text,))


@dataclass(frozen=True)
class MeaningState:
    """What is known of the passages' vectors.

    Attributes:
        model: name of the encoder they are of; empty without any.
        last: number of the passage up to which there are vectors.
        deletes: how often vectors were deleted.
    """

    model: str = ""
    last: int = 0
    deletes: int = 0


def meaning_state(connection: Connection) -> MeaningState:
    """As it is now."""
    values = dict(connection.execute("SELECT name, value FROM library_meaning").fetchall())
    return MeaningState(values.get("model", ""), values.get("last", 0), values.get("deletes", 0))


def begin_meaning(connection: Connection, model: str) -> None:
    """Vectors of this encoder: those of another one go."""
    if meaning_state(connection).model != model:
        connection.execute("DELETE FROM library_vectors")
        _set_meaning(connection, model=model, last=0, deletes=meaning_state(connection).deletes + 1)


def unlearned(connection: Connection, most: int) -> list[tuple[int, int, str, str]]:
    """The next passages without vectors: number, text, head, words."""
    rows: list[tuple[int, int, str, str]] = connection.execute(
        "SELECT passage, text, head, words FROM library_passages WHERE passage > ? ORDER BY passage LIMIT ?",
        (meaning_state(connection).last, most),
    ).fetchall()
    return rows


def put_vectors(connection: Connection, rows: Sequence[tuple[int, int, bytes]], model: str) -> bool:
    """Vectors of passages in the order of their numbers; of those that were deleted meanwhile none.

    Returns:
        Whether they were written: no, where another window or command has begun with those of another encoder.
    """
    if meaning_state(connection).model != model:
        return False
    connection.executemany(
        "INSERT OR REPLACE INTO library_vectors (passage, text, vector) "
        "SELECT passage, text, ? FROM library_passages WHERE passage = ?",
        [(vector, passage) for passage, _, vector in rows],
    )
    _set_meaning(connection, last=rows[-1][0])
    return True


def vectors(connection: Connection, after: int, most: int) -> list[tuple[int, int, bytes]]:
    """Vectors of the passages with higher numbers: passage, text, vector."""
    rows: list[tuple[int, int, bytes]] = connection.execute(
        "SELECT passage, text, vector FROM library_vectors WHERE passage > ? ORDER BY passage LIMIT ?", (after, most)
    ).fetchall()
    return rows


def learned(connection: Connection, model: str = "") -> tuple[int, int]:
    """How many passages have vectors, and how many there are.

    Args:
        connection: to the store.
        model: name of the encoder they must be of; of any where it is empty.
    """
    total = int(connection.execute("SELECT count(*) FROM library_passages").fetchone()[0])
    state = meaning_state(connection)
    last = state.last if model in ("", state.model) else 0
    left = int(connection.execute("SELECT count(*) FROM library_passages WHERE passage > ?", (last,)).fetchone()[0])
    return total - left, total


def _set_meaning(connection: Connection, **values: str | int) -> None:
    connection.executemany("INSERT OR REPLACE INTO library_meaning (name, value) VALUES (?, ?)", list(values.items()))


def loose_texts(connection: Connection) -> list[int]:
    """Texts that belong to no file."""
    rows = connection.execute(
        "SELECT text FROM library_texts WHERE text NOT IN (SELECT text FROM library_files WHERE text IS NOT NULL)"
    )
    return [row[0] for row in rows]


def forget_passages(connection: Connection, text: int, most: int) -> bool:
    """Delete up to `most` passages of a text, at last the text itself; whether nothing is left of it."""
    rows = connection.execute(
        "SELECT passage, head, words FROM library_passages WHERE text = ? LIMIT ?", (text, most)
    ).fetchall()
    counted: Counter[str] = Counter()
    for passage, head, words in rows:
        terms = passage_terms(head, words)
        counted.update(terms)
        connection.execute(
            "INSERT INTO library_index (library_index, rowid, terms) VALUES ('delete', ?, ?)",
            (passage, " ".join(terms)),
        )
        connection.execute("DELETE FROM library_passages WHERE passage = ?", (passage,))
        connection.execute("DELETE FROM library_vectors WHERE passage = ?", (passage,))
    connection.executemany(
        "UPDATE library_terms SET passages = passages - ? WHERE term = ?",
        sorted((count, term) for term, count in counted.items()),
    )
    connection.executemany(
        "DELETE FROM library_terms WHERE term = ? AND passages <= 0", [(term,) for term in sorted(counted)]
    )
    if rows:
        _set_meaning(connection, deletes=meaning_state(connection).deletes + 1)
    if len(rows) < most:
        connection.execute("DELETE FROM library_texts WHERE text = ?", (text,))
        return True
    return False


def forget_everything(connection: Connection) -> None:
    """All texts at once."""
    connection.execute("INSERT INTO library_index (library_index) VALUES ('delete-all')")
    for table in ("library_passages", "library_terms", "library_texts", "library_vectors"):
        connection.execute(f"DELETE FROM {table}")
    _set_meaning(connection, deletes=meaning_state(connection).deletes + 1)


def counts(connection: Connection) -> tuple[int, int]:
    """How many files were read, and how many different passages they hold."""
    documents = connection.execute("SELECT count(*) FROM library_files WHERE text IS NOT NULL").fetchone()[0]
    passages = connection.execute("SELECT count(*) FROM library_passages").fetchone()[0]
    return int(documents), int(passages)


def passages_of(connection: Connection, texts: Iterable[int]) -> int:
    """How many passages these texts hold."""
    return sum(
        int(connection.execute("SELECT count(*) FROM library_passages WHERE text = ?", (text,)).fetchone()[0])
        for text in set(texts)
    )
