"""The library: folders of laws, manuals and past documents, found by their passages."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from biseo.library import folders, indexing, learning, ranking, tables
from biseo.library.errors import library_error
from biseo.library.events import LibraryEvent, Report
from biseo.library.indexing import Reader
from biseo.library.meaning import Meaning, MeaningGone, Question, shared
from biseo.library.meaning.choice import BUILT_IN
from biseo.library.meaning.supply import supply
from biseo.library.query import LONGEST, Query, parse
from biseo.library.ranking import Candidate
from biseo.library.shelf import Shelf
from biseo.library.snippet import Snippet, snippet
from biseo.library.tables import FileRow
from biseo.readers import read_document
from biseo.readers.pool import ReaderPool

MOST_HITS = 200
_MOST_NEAR = 20
"""Passages that are candidates by their meaning alone."""


@dataclass(frozen=True)
class Hit:
    """A passage that was found.

    Attributes:
        rank: 1 is the best.
        score: the higher, the better; to be compared within one search only.
        source: path of the file.
        page: 1-based; None where the format has no pages.
        text: the whole passage.
        head: the titles above it, one a line.
        article: `제14조(처리기간)` where it belongs to one.
        start: offset in `Document.text` of the file where the passage begins; `stop` where it ends.
        kind: format of the file.
        snippet: the words that show why it was found, with marks.
        marks: (start, end) in `text` of the words that were looked for.
        copies: paths of other files that hold the same passage.
    """

    rank: int
    score: float
    source: str
    page: int | None
    text: str
    head: str
    article: str
    start: int
    stop: int
    kind: str
    snippet: Snippet
    marks: tuple[tuple[int, int], ...]
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Which files to look in; what is not set leaves all in.

    Attributes:
        folder: files below it.
        kinds: formats as `Document.format` names them.
        since: files changed at this time or later, seconds since 1970; `until`: at this time or before.
    """

    folder: Path | None = None
    kinds: frozenset[str] = frozenset()
    since: float | None = None
    until: float | None = None

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return self.folder is None and not self.kinds and self.since is None and self.until is None


EVERYTHING = Filter()


class Library:
    """Folders and their index.

    Safe to use from several threads: one looks at the folders, others search meanwhile.

    Args:
        shelf: where the index lies.
        reader: reads one file.
        own: the program's own folder, which is never indexed.
        meaning: the encoder; the one of this process where none is given.
    """

    def __init__(
        self,
        shelf: Shelf,
        reader: Reader = read_document,
        own: Path | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        self._shelf, self._reader, self._own, self._meaning = shelf, reader, own, meaning
        self._allowed = ranking.Allowed()

    @property
    def kept(self) -> bool:
        """Whether the index is stored."""
        return self._shelf.kept

    def folders(self) -> list[str]:
        """Paths of the folders."""
        return self._shelf.read(tables.folders)

    def take(self, paths: Iterable[str]) -> None:
        """Take folders into the list without looking at them."""
        known = {folders.key(path) for path in self.folders()}
        new = [path for path in dict.fromkeys(paths) if folders.key(path) not in known]
        if new:
            self._shelf.write(lambda connection: tables.add_folders(connection, new))

    def add(self, folder: Path, cancel: Event | None = None, pause: Event | None = None) -> Iterator[LibraryEvent]:
        """Add a folder and index it; one that is there is only looked at again. The report is of this folder.

        Raises:
            LibraryError: no such folder, or somebody else is at work on the library.
            Cancelled: the folder stays, and the next look goes on with it.
        """
        path = checked_folder(folder)
        self.take([path])
        yield from self._sync([self._listed(path) or path], cancel, pause)

    def sync(self, cancel: Event | None = None, pause: Event | None = None) -> Iterator[LibraryEvent]:
        """Look at all folders; the report is of the whole library.

        Raises:
            LibraryError, Cancelled: as for `add`.
        """
        yield from self._sync(self.folders(), cancel, pause)

    def remove(self, folder: Path) -> Report:
        """Take a folder out; what was read there is deleted, files that another folder holds stay.

        Returns:
            What is in the library then; `removed` files went.

        Raises:
            LibraryError: `not-in-library`, `library-busy`.
        """
        path = self._listed(folders.folder_path(folder))
        if path is None:
            raise library_error("not-in-library")
        with self._shelf.alone() as taken:
            if not taken:
                raise library_error("library-busy")
            others = [other for other in self.folders() if other != path]

            def gone(connection: tables.Connection) -> int:
                paths = [
                    file
                    for file in tables.files(connection)
                    if folders.within(file, path) and not any(folders.within(file, other) for other in others)
                ]
                tables.remove_folder(connection, path)
                tables.forget_files(connection, paths)
                return len(paths)

            removed = self._shelf.write(gone, deletes=True)
            for _ in indexing.sweep(self._shelf):
                pass
        report = self.report()
        return Report(report.documents, report.passages, report.skipped, removed=removed)

    def report(self, folder: str | None = None) -> Report:
        """What is known of the library, or of one of its folders, without looking at the folders."""
        rows = self._shelf.read(tables.files).values()
        return indexing.report_of(
            self._shelf, [row for row in rows if folder is None or folders.within(row.path, folder)]
        )

    def learn(self, cancel: Event | None = None, pause: Event | None = None) -> Iterator[LibraryEvent]:
        """Have passages found by what they mean, too: those that are new since the last time. Ends with `Learned`.

        A stage of its own after `add` or `sync`, for it takes minutes where they take seconds; searching and indexing
        go on meanwhile. Where there is no encoder nothing happens.

        Raises:
            Cancelled: what was done is kept.
        """
        yield from learning.learn(self._shelf, self._meaning or shared(), cancel or Event(), pause or Event())

    def learned(self) -> tuple[int, int]:
        """How many passages are found by their meaning, and how many there are."""
        model = (self._meaning or shared()).model
        return self._shelf.read(lambda connection: tables.learned(connection, model or learning.NONE))

    def ready(self) -> bool:
        """Whether `search` answers at once; else it waits for the encoder, and without `meaning` it does not."""
        meaning = self._meaning or shared()
        return meaning.ready or not meaning.available or not self._shelf.read(tables.meaning_state).last

    def warm(self) -> None:
        """Start the encoder, so that the first question need not wait two seconds for it; returns at once."""
        if self._shelf.read(tables.meaning_state).last:
            (self._meaning or shared()).warm()

    def search(self, text: str, top: int = 10, within: Filter = EVERYTHING, *, meaning: bool = True) -> list[Hit]:
        """Passages that answer what was typed, best first; anything may be typed.

        Words in quotation marks must stand there as they are; all others should. The same passage of several files is
        one hit.

        Args:
            text: words or a question.
            top: how many, `MOST_HITS` at most.
            within: which files to look in.
            meaning: also by what passages mean, as far as it was learned. Without it at once, with it after the encoder
                is loaded (two seconds, once) and in the better order.
        """
        query = parse(text)
        top = max(0, min(top, MOST_HITS))
        if query.empty or not top:
            return []

        texts = None if within.empty else self._shelf.read(lambda connection: _texts(connection, within))
        if meaning and not query.phrases:
            with contextlib.suppress(MeaningGone):
                if question := self._near(text, texts):
                    with question:
                        return self._found(query, top, within, texts, question)
        return self._found(query, top, within, texts, None)

    def likeness(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]] | None:
        """How alike each text is to each of the others by what it means, -1 to 1; None where nothing was learned."""
        meaning = self._meaning or shared()
        with contextlib.suppress(MeaningGone):
            if meaning.model != BUILT_IN:
                return None  # what is near in the numbers of another encoder, nobody has measured
            if supply(meaning, self._shelf):  # so that the process ends with the store
                return meaning.likeness(texts, others)
        return None

    def _near(self, text: str, texts: frozenset[int] | None) -> Question | None:
        """Begin to ask for passages by their meaning; None where nothing was learned.

        Raises:
            MeaningGone: there is no encoder.
        """
        meaning = self._meaning or shared()
        if not supply(meaning, self._shelf):
            return None
        return meaning.seek(self._shelf.number, text[:LONGEST], texts, _MOST_NEAR)

    def _found(
        self, query: Query, top: int, within: Filter, texts: frozenset[int] | None, near: ranking.Near | None
    ) -> list[Hit]:
        def look(connection: tables.Connection) -> list[Hit]:
            found = ranking.ranked(connection, query, texts, 2 * top, near, self._allowed)
            hits: list[Hit] = []
            seen: dict[str, int] = {}
            for each in found:
                if len(hits) >= top and each.plain not in seen:
                    continue
                kind, paths = _where(connection, each.text, within)
                if not paths:
                    continue
                if each.plain in seen:
                    hits[seen[each.plain]] = _with_copies(hits[seen[each.plain]], paths)
                else:
                    seen[each.plain] = len(hits)
                    marks = tuple(ranking.marks(query, each.words))
                    hits.append(_hit(len(hits) + 1, each, kind, paths, marks))
            return hits

        return self._shelf.read(look)

    def _sync(self, roots: list[str], cancel: Event | None, pause: Event | None) -> Iterator[LibraryEvent]:
        cancel, pause = cancel or Event(), pause or Event()
        if self._reader is not read_document:
            yield from indexing.sync(self._shelf, roots, self._reader, cancel, pause, self._own)
            return
        with ReaderPool() as pool:
            yield from indexing.sync(self._shelf, roots, pool.read, cancel, pause, self._own)

    def _listed(self, path: str) -> str | None:
        return next((listed for listed in self.folders() if folders.key(listed) == folders.key(path)), None)


def checked_folder(folder: Path) -> str:
    """The path of a folder that can be added.

    Raises:
        LibraryError: `no-folder`, `not-a-folder`, `bad-name`.
    """
    try:
        path = folders.folder_path(folder)
        status = os.stat(path)  # noqa: PTH116 - a null character raises here, not in Path
    except (OSError, ValueError):
        raise library_error("no-folder") from None
    if not stat.S_ISDIR(status.st_mode):
        raise library_error("not-a-folder")
    return path


def _hit(rank: int, each: Candidate, kind: str, paths: list[str], marks: tuple[tuple[int, int], ...]) -> Hit:
    return Hit(
        rank, round(each.score, 3), paths[0], each.page, each.words, each.head, each.article, each.start, each.stop,
        kind, snippet(each.words, marks), marks, tuple(paths[1:]),
    )  # fmt: skip


def _with_copies(hit: Hit, paths: list[str]) -> Hit:
    copies = [path for path in paths if path != hit.source and path not in hit.copies]
    return Hit(**{**vars(hit), "copies": (*hit.copies, *copies)})


def _texts(connection: tables.Connection, within: Filter) -> frozenset[int]:
    if within.folder is not None:
        within = replace(within, folder=Path(folders.folder_path(within.folder)))
    rows = connection.execute(
        "SELECT f.path, f.size, f.time_ns, f.text, f.code, f.reason, t.format FROM library_files AS f "
        "JOIN library_texts AS t ON t.text = f.text"
    )
    return frozenset(row[3] for row in rows if _passes(FileRow(*row[:6]), row[6], within))


def _where(connection: tables.Connection, text: int, within: Filter) -> tuple[str, list[str]]:
    """Format of a text, and the files that hold it, in the order of their paths."""
    rows = connection.execute(
        "SELECT f.path, f.size, f.time_ns, f.text, f.code, f.reason, t.format FROM library_files AS f "
        "JOIN library_texts AS t ON t.text = f.text WHERE f.text = ? ORDER BY f.path",
        (text,),
    ).fetchall()
    if within.folder is not None:
        within = replace(within, folder=Path(folders.folder_path(within.folder)))
    paths = [row[0] for row in rows if _passes(FileRow(*row[:6]), row[6], within)]
    return (rows[0][6] if rows else ""), paths


def _passes(row: FileRow, kind: str, within: Filter) -> bool:
    if within.folder is not None and not folders.within(row.path, str(within.folder)):
        return False
    if within.kinds and kind not in within.kinds:
        return False
    changed = abs(row.time_ns) / 1e9
    if within.since is not None and changed < within.since:
        return False
    return within.until is None or changed <= within.until
