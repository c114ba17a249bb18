"""The library of the window: its folders are looked at in the background, searched meanwhile, and wait for the lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from biseo import paths
from biseo.document import Document
from biseo.errors import UserFacingError
from biseo.settings import Settings
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from biseo.library import Filter, Hit, Library, MemoryShelf
    from biseo.library.events import LibraryEvent, Skipped

Work = Callable[["Library", threading.Event], Iterable[Any]]
Kind = Literal["wait", "ready", "without"]
INDEXING, SEARCHING, READING = "library", "searching", "reading"
"""Lanes."""
INTERVAL_MS = 30 * 60 * 1000
"""So often the folders are looked at while nobody asks for it."""
BUSY_MS = 60_000
"""So long somebody else at work on the library is waited for."""
START_MS = 2_000
"""The window comes first: so long after the store was opened the folders are looked at."""
COUNT_MS = 3_000
"""So often the counts of the folders follow while files are read."""
MOST_FOUND = 50


@dataclass(frozen=True)
class FolderState:
    """A folder as it stands in the library.

    Attributes:
        documents: files that were read; `passages` different ones in them.
        skipped: files that could not be read, each with the reason.
        gone: why it could not be reached at the last look; empty where it could.
    """

    path: str
    documents: int = 0
    passages: int = 0
    skipped: tuple[Skipped, ...] = ()
    gone: str = ""


@dataclass(frozen=True)
class Look:
    """How the looking at the folders goes.

    Attributes:
        running: it is under way; `resting` while it waits for a pause to end.
        done: files that were read of `total`; 0 of 0 while the folders are listed.
        label: name of the file that is read, or what is done.
        busy: somebody else is at work on the library.
        learning: all is read, and what the passages mean is being learned, `done` of `total` of them.
    """

    running: bool = False
    resting: bool = False
    done: int = 0
    total: int = 0
    label: str = ""
    busy: bool = False
    learning: bool = False


class LibraryDesk(QObject):
    """One for the window; goes on whatever page is shown.

    With the encrypted store the index lies in it. In a window that works without one it lies in memory, and only the
    paths of the folders are kept.

    Args:
        read: reads a document (in a process of its own).
        home: of the program; None is the user's own.

    Attributes:
        folders: as they stand, in the order in which they were added; None before they are known.
        look: how the work goes.
        paused: the official wants it to rest.

    Signals:
        changed: `folders`, `look`, `paused` or `kind` are others.
        failed: why something that was asked for could not be done.
        looked: a look at the folders has ended well; the settings want saving.
        emptied: a folder went: what is shown of it is not in the library any more.
    """

    changed = Signal()
    failed = Signal(object)
    looked = Signal()
    emptied = Signal()

    def __init__(
        self, vault: VaultHost, runner: JobRunner, read: Callable[[Path, threading.Event], Document],
        settings: Settings, home: Path | None = None, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent or runner)
        self._vault, self._runner, self._read, self._settings = vault, runner, read, settings
        self._home = home or paths.home()
        self.folders: tuple[FolderState, ...] | None = None
        self.look = Look()
        self.paused = False
        self._gone: dict[str, str] = {}
        self._gone_now: dict[str, str] = {}
        self._held = self._locked = self._used = False
        self._rest = threading.Event()
        self._job: Job | None = None
        self._memory: tuple[Library, MemoryShelf] | None = None
        self._making = threading.Lock()
        self._asked = 0
        self._counting = self._count_again = self._listed = False
        self._interval = self._timer(INTERVAL_MS, self._on_interval, again=True)
        self._retry = self._timer(BUSY_MS, self.look_again)
        self._soon = self._timer(START_MS, self._begin)
        self._counts = self._timer(COUNT_MS, self.count, again=True)
        vault.changed.connect(self._on_vault)
        self._on_vault()

    # what the window asks

    @property
    def kind(self) -> Kind:
        """`ready` with a store, `without` one, or `wait` until that is known."""
        if self._vault.is_open:
            return "ready"
        return "without" if self._vault.state.kind == "without" else "wait"

    @property
    def kept(self) -> bool:
        """Whether what is indexed is still there at the next start."""
        return self.kind != "without"

    @property
    def looked_at(self) -> float:
        """When all folders were last looked at to the end, seconds since 1970; 0 for never."""
        return self._settings.library_looked

    def start(self, lane: str, work: Work) -> Job:
        """Do something with the library in a lane; fails with `closed` while the store is."""
        if self.kind == "without":
            return self._runner.start(lane, lambda cancel: work(self._in_memory(), cancel))
        read, home = self._read, self._home

        def run(vault: Any, cancel: threading.Event) -> Iterator[Any]:
            from biseo.library import Library, VaultShelf

            library = Library(VaultShelf(vault), read, home)  # type: ignore[arg-type]
            yield from work(library, cancel)

        return self._vault.start(lane, run)

    def use(self) -> None:
        """The page is shown. Without a store nothing is read before somebody wants to find something."""
        if not self._used:
            self._used = True
            if self.kind == "without":
                self.count()
                self.look_again()

    def add(self, folder: Path) -> None:
        """Take a folder in and read it."""

        def take(library: Library, _cancel: threading.Event) -> Iterator[None]:
            from biseo.library.library import checked_folder

            library.take([checked_folder(folder)])
            self._save_list(library)
            yield

        job = self.start("looking", take)
        job.failed.connect(self.failed)
        job.done.connect(self._on_taken)

    def remove(self, folder: str) -> None:
        """Take a folder out; what was read there is deleted. Reading is stopped for it, and goes on afterwards."""

        def remove(library: Library, _cancel: threading.Event) -> Iterator[None]:
            library.remove(Path(folder))
            self._save_list(library)
            yield

        self._stop()
        job = self.start(INDEXING, remove)
        self._show(Look(running=True, label=tr("폴더를 빼는 중")))
        job.failed.connect(self._on_refused)
        job.done.connect(self.emptied)
        job.ended.connect(lambda: self._on_removed(folder))

    def look_again(self) -> None:
        """Look at all folders; what is under way already is not begun anew."""
        self._retry.stop()
        self._soon.stop()
        if self._job is None and not self._locked and self.kind != "wait":
            self._start()

    def pause(self, paused: bool) -> None:
        """Rest, or go on."""
        self.paused = paused
        self._follow_pauses()
        if not paused:
            self.look_again()
        self.changed.emit()

    def hold(self, held: bool) -> None:
        """A draft is being written: the PC belongs to the model."""
        self._held = held
        self._follow_pauses()

    def lock(self, locked: bool) -> None:
        """The window is locked: stop, and hold no path; or it is open again."""
        if locked == self._locked:
            return
        self._locked = locked
        for timer in (self._retry, self._soon, self._counts):
            timer.stop()
        if locked:
            self._stop()
            self._runner.call("vault", _end_encoder)  # passages are in its process, and in who waits for it
            self.folders, self._gone = None, {}
            self._show(Look())
        elif self.kind != "wait":
            self.count()
            self._soon.start()

    def stop(self, then: Callable[[], object]) -> None:
        """Stop for good; `then` once nothing of it runs any more."""
        self._locked = True
        for timer in (self._interval, self._retry, self._soon, self._counts):
            timer.stop()
        self._stop()
        self._runner.call(INDEXING, lambda: None).ended.connect(then)  # behind what has just been stopped

    def count(self) -> None:
        """Ask the library how many documents each folder has."""
        if self.kind == "wait":
            return
        if self._counting:
            self._count_again = True
            return
        self._counting, self._count_again = True, False

        def look(library: Library, _cancel: threading.Event) -> Iterator[tuple[FolderState, ...]]:
            if library.kept:
                self._take_list(library)
            yield tuple(_state_of(library, folder) for folder in library.folders())

        job = self.start(SEARCHING, look)
        job.item.connect(self._on_counted)
        job.ended.connect(self._on_count_ended)

    def search(
        self, words: str, within: Filter | None, then: Callable[[tuple[Hit, ...]], object],
        failed: Callable[[UserFacingError], object],
    ) -> None:  # fmt: skip
        """Find passages; only what was asked last is told."""
        self._asked += 1
        asked = self._asked

        def look(library: Library, _cancel: threading.Event) -> Iterator[tuple[Hit, ...]]:
            from biseo.library.library import EVERYTHING

            if asked == self._asked:  # else somebody has typed on
                if not library.ready():  # by words at once, in the better order when the encoder is loaded
                    yield tuple(library.search(words, MOST_FOUND, within or EVERYTHING, meaning=False))
                yield tuple(library.search(words, MOST_FOUND, within or EVERYTHING))

        job = self.start(SEARCHING, look)
        job.item.connect(lambda found: then(found) if asked == self._asked else None)
        job.failed.connect(lambda error: failed(error) if asked == self._asked else None)

    def forget_search(self) -> None:
        """What was asked is not wanted any more."""
        self._asked += 1

    def open(self, path: str, start: int, stop: int, words: str) -> Job:
        """Read a whole document; the job's event is the document and where the passage stands in it, or None."""
        from biseo.stored_source import prepare
        from biseo_ui.library_words import where

        def read(cancel: threading.Event) -> Iterator[tuple[Document, tuple[int, int] | None]]:
            document = self._read(Path(path), cancel)
            prepare(document, Path(path))
            yield document, where(document, start, stop, words)

        return self._runner.start(READING, read)

    # the work

    def _start(self) -> None:
        def work(library: Library, cancel: threading.Event) -> Iterator[LibraryEvent]:
            if library.kept:
                self._take_list(library)
            yield from library.sync(cancel, self._rest)
            if library.kept:
                yield from library.learn(cancel, self._rest)

        job = self._job = self.start(INDEXING, work)
        self._show(Look(running=True, resting=self._rest.is_set()))
        self._gone_now, self._listed = {}, False

        def only_now(slot: Callable[..., None]) -> Callable[..., None]:
            return lambda *told: slot(*told) if self._job is job else None

        job.item.connect(only_now(self._on_event))
        job.failed.connect(only_now(self._on_failed))
        job.ended.connect(only_now(self._on_ended))
        self._counts.start()

    def _stop(self) -> None:
        job, self._job = self._job, None
        self._counts.stop()
        if job is not None:
            job.cancel()
            self._show(Look())

    def _on_event(self, event: LibraryEvent) -> None:
        from biseo.events import Progress
        from biseo.library.events import FolderGone, Paused, Resumed, Synced

        match event:
            case Progress():
                listing = not self._listed  # the first one of each look, of nothing in particular
                self._listed = True
                done, total = (0, 0) if listing else (event.done, event.total)
                self._show(replace(self.look, done=done, total=total, label=event.label))
            case FolderGone():
                self._gone[event.path] = self._gone_now[event.path] = event.reason
                self.count()
            case Paused() | Resumed():
                self._show(replace(self.look, resting=isinstance(event, Paused)))
            case Synced():
                self._gone = self._gone_now
                self._settings.library_looked = time.time()
                self._show(Look(running=True, resting=self.look.resting, learning=True))
                self.count()
                self.looked.emit()

    def _on_failed(self, error: UserFacingError) -> None:
        if error.code == "library-busy":
            self._job = None
            self._counts.stop()
            self._show(Look(busy=True))
            self._retry.start()
            self.count()
        elif error.code != "closed":
            self.failed.emit(error)

    def _on_ended(self) -> None:
        self._job = None
        self._counts.stop()
        self._show(Look())
        self.count()

    def _on_taken(self) -> None:
        """A new folder: what is under way begins anew with it, for it passes over what has been read."""
        self.count()
        self._stop()
        self.look_again()

    def _on_removed(self, folder: str) -> None:
        self._gone.pop(folder, None)
        self._show(Look())
        self.count()
        self.look_again()

    def _on_refused(self, error: UserFacingError) -> None:
        if error.code != "closed":
            self.failed.emit(error)

    def _on_counted(self, found: tuple[FolderState, ...]) -> None:
        if not self._locked:
            self.folders = tuple(replace(each, gone=self._gone.get(each.path, "")) for each in found)
            self.changed.emit()

    def _on_count_ended(self) -> None:
        self._counting = False
        if self._count_again and not self._locked:
            self.count()

    # when

    def _on_vault(self) -> None:
        kind = self.kind
        if kind == "ready" and self.folders is None and not self._locked:
            self.count()
            self._soon.start()
        self.changed.emit()

    def _begin(self) -> None:
        if not self.paused:
            self.look_again()

    def _on_interval(self) -> None:
        if not self.paused and not self._held and self.folders:
            self.look_again()

    def _follow_pauses(self) -> None:
        if self.paused or self._held:
            self._rest.set()
        else:
            self._rest.clear()

    def _show(self, look: Look) -> None:
        if look != self.look:
            self.look = look
            self.changed.emit()

    def _timer(self, milliseconds: int, slot: Callable[[], None], *, again: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(not again)
        timer.timeout.connect(slot)
        if again and slot == self._on_interval:
            timer.start()
        return timer

    # in the lanes

    def _in_memory(self) -> Library:
        from biseo.library import Library, MemoryShelf, folder_list

        with self._making:
            if self._memory is None:
                shelf = MemoryShelf()
                library = Library(shelf, self._read, self._home)  # type: ignore[arg-type]
                library.take(folder_list.load(self._home))
                self._memory = library, shelf
            return self._memory[0]

    def _take_list(self, library: Library) -> None:
        """Folders that were added while there was no store move into it."""
        from biseo.library import folder_list

        left = folder_list.load(self._home)
        if left:
            library.take(left)
            folder_list.save(self._home, [])

    def _save_list(self, library: Library) -> None:
        """Without a store the paths of the folders are kept in a list."""
        from biseo.library import folder_list

        if not library.kept:
            folder_list.save(self._home, library.folders())


def _end_encoder() -> None:
    from biseo.library.meaning import shared

    shared().stop()


def _state_of(library: Library, folder: str) -> FolderState:
    report = library.report(folder)
    return FolderState(folder, report.documents, report.passages, report.skipped)
