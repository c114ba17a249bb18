"""Bringing the index up to what lies in the folders: only what changed is read, and nothing is forgotten by mistake.

A file's text is written in parts of a few hundred passages, so that nothing else that is saved waits long, and the
file gets it last. A program that is killed meanwhile leaves a text of no file, which the next look takes away.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from biseo.document import Document
from biseo.errors import Cancelled, UserFacingError
from biseo.events import Notice, Progress
from biseo.library import folders, tables
from biseo.library.errors import library_error
from biseo.library.events import (
    FileRead,
    FileRefused,
    FolderGone,
    LibraryEvent,
    Paused,
    Report,
    Resumed,
    Skipped,
    Synced,
)
from biseo.library.shelf import Shelf
from biseo.library.splitter import Piece, split
from biseo.library.tables import FileRow
from biseo.library.terms import passage_terms
from biseo.stored_source import hash_of

Reader = Callable[[Path, Event | None], Document]

PART = 300
"""Passages that are written in one transaction: 0.2 s on a busy machine."""
READERS = 2
"""Files that are read at the same time, each in a process of its own."""
_WAIT_S = 0.1
_FRESH_NS = 2_000_000_000
"""A file that was changed so shortly before it was read may change again without another time."""
_PASSING = frozenset({"no-permission", "unreadable", "timeout", "too-large", "missing"})
"""Refusals that another look may not meet again."""
_KEPT = "그때까지는 전에 읽은 내용으로 찾습니다."
_EMPTY_FOLDER = "폴더가 비어 있어 전에 읽은 내용을 그대로 두었습니다. 정말 비운 폴더이면 자료실에서 빼 주세요."
_GONE_FOLDER = (
    "폴더를 찾을 수 없어 전에 읽은 내용을 그대로 두었습니다. "
    "네트워크 드라이브의 연결을 확인하거나, 없앤 폴더이면 자료실에서 빼 주세요."
)


class Stop:
    """What stops reading a file: the end of the work, or a pause."""

    def __init__(self, cancel: Event, pause: Event) -> None:
        self._cancel, self._pause = cancel, pause

    def is_set(self) -> bool:
        """Whether to stop now."""
        return self._cancel.is_set() or self._pause.is_set()


@dataclass
class _Tally:
    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class _Read:
    """What came of reading a file: its hash, the number of a text that is known, or passages, or a refusal."""

    sha256: str = ""
    text: int | None = None
    document: Document | None = None
    pieces: tuple[Piece, ...] = ()
    terms: tuple[tuple[str, ...], ...] = ()
    refusal: UserFacingError | None = None
    vanished: bool = False


def sync(
    shelf: Shelf,
    roots: list[str],
    reader: Reader,
    cancel: Event,
    pause: Event,
    own: Path | None = None,
) -> Iterator[LibraryEvent]:
    """Look at these folders of the library and bring the index up to date; ends with `Synced`.

    Args:
        shelf: where the index lies.
        roots: folders of the library; files of others are not touched.
        reader: reads one file.
        cancel: ends the work within a second; what is done is kept.
        pause: while it is set the work rests; a file that was being read is read again.
        own: the program's own folder, which is passed over.

    Raises:
        Cancelled: `cancel` was set.
        LibraryError: `library-busy`.
        VaultError: the store cannot be written now; what was confirmed before is kept.
    """
    with shelf.alone() as taken:
        if not taken:
            raise library_error("library-busy")
        yield from _Sync(shelf, roots, reader, cancel, pause, own).run()


class _Sync:
    def __init__(
        self, shelf: Shelf, roots: list[str], reader: Reader, cancel: Event, pause: Event, own: Path | None
    ) -> None:
        self._shelf, self._roots, self._reader = shelf, roots, reader
        self._cancel, self._pause, self._own = cancel, pause, own
        self._stop = Stop(cancel, pause)
        self._tally = _Tally()
        self._known: dict[str, FileRow] = {}

    def run(self) -> Iterator[LibraryEvent]:
        begin = time.monotonic()
        self._known = {folders.key(path): row for path, row in self._shelf.read(tables.files).items()}
        yield from self._sweep()
        yield Progress(0, 1, "폴더를 살펴보는 중")
        found = folders.Listing()
        missing: list[str] = []
        for root in self._roots:
            yield from self._rest()
            gone = self._look(root, found)
            if gone:
                missing.append(root)
                yield FolderGone(root, gone)
        changed = self._changed(found)
        yield from self._read_all(changed)
        yield from self._forget(found, missing)
        yield from self._sweep()
        yield Synced(self._report(found, missing, time.monotonic() - begin))

    # looking

    def _look(self, root: str, found: folders.Listing) -> str:
        """Take what lies in a folder; why not, where it cannot be reached."""
        listing = folders.Listing()
        try:
            folders.look(root, self._own, self._cancel.is_set, listing)
        except OSError:
            return _GONE_FOLDER
        had = any(folders.within(row.path, root) for row in self._known.values())
        if had and not listing.entries:  # a drive that is not there leaves an empty folder
            return _EMPTY_FOLDER
        found.files.update(listing.files)
        found.ignored += listing.ignored
        found.unreachable.extend(path for path in listing.unreachable if path not in found.unreachable)
        found.nameless.extend(path for path in listing.nameless if path not in found.nameless)
        return ""

    def _changed(self, found: folders.Listing) -> list[str]:
        """Files that are new or may have changed."""
        changed = []
        stale = self._shelf.read(tables.stale_texts)
        for path, (size, time_ns) in found.files.items():
            row = self._known.get(folders.key(path))
            same = row is not None and (row.size, row.time_ns) == (size, time_ns)
            kept = row is not None and row.path == path and row.code not in _PASSING and row.text not in stale
            if same and kept:
                self._tally.unchanged += 1
            else:
                changed.append(path)
        return changed

    # reading

    def _read_all(self, paths: list[str]) -> Iterator[LibraryEvent]:
        """Read files side by side, take them one after the other in the order of their names."""
        with ThreadPoolExecutor(READERS, thread_name_prefix="library-reader") as pool:
            waiting: list[tuple[str, Future[_Read]]] = []
            left = iter(paths)
            done = 0
            try:
                while True:
                    while len(waiting) < READERS + 1 and (path := next(left, None)) is not None:
                        waiting.append((path, pool.submit(self._read, path)))
                    if not waiting:
                        return
                    path, future = waiting.pop(0)
                    yield Progress(done, len(paths), os.path.basename(path))  # noqa: PTH119
                    yield from self._taken(path, future, pool)
                    done += 1
                    yield Progress(done, len(paths), os.path.basename(path))  # noqa: PTH119
            finally:
                for _, future in waiting:
                    future.cancel()

    def _taken(self, path: str, future: Future[_Read], pool: ThreadPoolExecutor) -> Iterator[LibraryEvent]:
        while True:
            try:
                yield from self._rest()
                read = future.result()
                break
            except Cancelled:
                if self._cancel.is_set():
                    raise
                yield from self._rest()
                future = pool.submit(self._read, path)
        if read.vanished:
            return
        yield from self._put(path, read)

    def _read(self, path: str) -> _Read:
        """Runs in a thread of its own; never raises but for a stop."""
        if self._stop.is_set():
            raise Cancelled
        sha256 = hash_of(Path(path))
        if sha256:
            text = self._shelf.read(lambda connection: tables.whole_text(connection, sha256))
            if text is not None:
                return _Read(sha256, text)
        try:
            document = self._reader(Path(path), self._stop)  # type: ignore[arg-type]
        except UserFacingError as error:
            if error.code == "missing":
                return _Read(vanished=True)
            return _Read(sha256, refusal=error)
        pieces = split(document)
        return _Read(
            sha256, document=document, pieces=pieces,
            terms=tuple(passage_terms(piece.head, piece.text) for piece in pieces),
        )  # fmt: skip

    def _put(self, path: str, read: _Read) -> Iterator[LibraryEvent]:
        """A file that was read goes into the tables."""
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            return
        before = self._known.get(folders.key(path))
        old = time.time_ns() - status.st_mtime_ns
        time_ns = -status.st_mtime_ns if 0 <= old <= _FRESH_NS else status.st_mtime_ns
        if read.refusal is not None:
            yield self._put_refused(path, status.st_size, time_ns, before, read.refusal)
            return
        text, count = read.text, len(read.pieces)
        if text is None and read.sha256:  # a copy that was read at the same time
            text = self._shelf.read(lambda connection: tables.whole_text(connection, read.sha256))
        anew = text is None
        number = text if text is not None else (yield from self._write_text(read))
        row = FileRow(path, status.st_size, time_ns, number)

        def finish(connection: tables.Connection) -> int:
            if anew:
                tables.end_text(connection, number)
            tables.put_file(connection, row)
            if before is not None and before.path != path:  # the same file, its name in other letters
                tables.forget_files(connection, [before.path])
            return count if anew else tables.passages_of(connection, [number])

        count = self._shelf.write(finish)
        self._count(before, anew, number)
        yield FileRead(path, count, anew)

    def _put_refused(
        self, path: str, size: int, time_ns: int, before: FileRow | None, refusal: UserFacingError
    ) -> FileRefused:
        """What cannot be read now but was before keeps its text; it is tried again at the next look."""
        words = f"{refusal.message} {refusal.advice}"
        kept = before.text if before is not None and refusal.code in _PASSING else None
        row = FileRow(path, size, time_ns, kept, refusal.code, f"{words} {_KEPT}" if kept is not None else words)
        self._shelf.write(lambda connection: tables.put_file(connection, row))
        return FileRefused(path, row.reason)

    def _write_text(self, read: _Read) -> Generator[LibraryEvent, None, int]:
        """Write a new text in parts; its number."""
        document = read.document
        assert document is not None

        def begin(connection: tables.Connection) -> int:
            return tables.begin_text(connection, read.sha256, document.format, document.title, document.pages)

        text = self._shelf.write(begin)
        for place in range(0, len(read.pieces), PART):
            yield from self._rest()
            pieces, terms = read.pieces[place : place + PART], read.terms[place : place + PART]
            self._shelf.write(partial(tables.add_passages, text=text, pieces=pieces, terms=terms))
        return text

    def _count(self, before: FileRow | None, anew: bool, text: int) -> None:
        if before is None:
            self._tally.added += 1
        elif before.text != text:
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1

    # forgetting

    def _forget(self, found: folders.Listing, missing: list[str]) -> Iterator[LibraryEvent]:
        """Files that are gone; those that cannot be seen now stay."""
        kept = [*missing, *found.unreachable]
        there = {folders.key(path) for path in found.files}
        gone = [
            row
            for path_key, row in self._known.items()
            if path_key not in there
            and any(folders.within(row.path, root) for root in self._roots)
            and not any(folders.within(row.path, folder) for folder in kept)
        ]
        if not gone:
            return
        yield from self._rest()
        paths = [row.path for row in gone]
        self._shelf.write(lambda connection: tables.forget_files(connection, paths), deletes=True)
        still = {row.text for row in self._shelf.read(tables.files).values()}
        moved = sum(1 for row in gone if row.text is not None and row.text in still)
        self._tally.moved = min(moved, self._tally.added)
        self._tally.added -= self._tally.moved
        self._tally.removed = len(gone) - self._tally.moved

    def _sweep(self) -> Iterator[LibraryEvent]:
        """Texts of no file: of files that are gone or changed, and of a program that was killed."""
        yield from sweep(self._shelf, self._rest)

    # waiting

    def _rest(self) -> Iterator[LibraryEvent]:
        """Wait while the work is paused.

        Raises:
            Cancelled: the work is to end.
        """
        if self._pause.is_set() and not self._cancel.is_set():
            yield Paused()
            while self._pause.is_set() and not self._cancel.wait(_WAIT_S):
                pass
            if not self._cancel.is_set():
                yield Resumed()
        if self._cancel.is_set():
            raise Cancelled

    def _report(self, found: folders.Listing, missing: list[str], seconds: float) -> Report:
        now = self._shelf.read(tables.files)
        rows = [row for row in now.values() if any(folders.within(row.path, root) for root in self._roots)]
        return report_of(self._shelf, rows, found, tuple(missing), self._tally, seconds)


def sweep(shelf: Shelf, rest: Callable[[], Iterator[LibraryEvent]] = lambda: iter(())) -> Iterator[LibraryEvent]:
    """Delete the texts that belong to no file, so that nothing of them stays."""
    loose = shelf.read(tables.loose_texts)
    if not loose:
        return
    if shelf.read(lambda connection: tables.counts(connection)[0]) == 0:
        shelf.write(tables.forget_everything, deletes=True)
        return
    yield Notice(f"없어진 문서 {len(loose):,}건의 내용을 지우는 중입니다.")
    for text in loose:
        yield from rest()
        while not shelf.write(partial(tables.forget_passages, text=text, most=PART)):
            yield from rest()
    shelf.write(lambda _connection: None, deletes=True)  # now out of the file and its log


def report_of(
    shelf: Shelf,
    rows: list[FileRow],
    found: folders.Listing | None = None,
    missing: tuple[str, ...] = (),
    tally: _Tally | None = None,
    seconds: float = 0.0,
) -> Report:
    """What there is to tell of these files."""
    tally = tally or _Tally()
    listing = found or folders.Listing()
    texts = [row.text for row in rows if row.text is not None]
    skipped = [Skipped(row.path, row.reason) for row in sorted(rows, key=lambda row: row.path) if row.reason]
    skipped += [Skipped(path, folders.UNREADABLE) for path in listing.unreachable]
    skipped += [Skipped(path, folders.BAD_NAME) for path in listing.nameless]
    return Report(
        len(texts), shelf.read(lambda connection: tables.passages_of(connection, texts)), tuple(skipped), tally.added,
        tally.changed, tally.moved, tally.removed, tally.unchanged, listing.ignored, missing, seconds,
    )  # fmt: skip
