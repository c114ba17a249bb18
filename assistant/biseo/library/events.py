"""What looking at the folders tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from biseo.events import Notice, Progress


@dataclass(frozen=True)
class FileRead:
    """A file is in the library now, with so many passages; `anew` when its text had to be read."""

    path: str
    passages: int
    anew: bool


@dataclass(frozen=True)
class FileRefused:
    """A file could not be read; `reason` is Korean: what happened and what to do."""

    path: str
    reason: str


@dataclass(frozen=True)
class FolderGone:
    """A folder cannot be reached now; nothing of it is forgotten."""

    path: str
    reason: str


@dataclass(frozen=True)
class Paused:
    """The work rests until the pause ends."""


@dataclass(frozen=True)
class Resumed:
    """The work goes on."""


@dataclass(frozen=True)
class Skipped:
    """A file or folder that is not in the library, and why, in Korean."""

    path: str
    reason: str


@dataclass(frozen=True)
class Report:
    """What is in the library, or in the folders that were looked at.

    Attributes:
        documents: files that were read, copies counted.
        passages: different passages in them.
        skipped: what could not be read.
        added: files that were new.
        changed: files that were read again.
        moved: files whose text was known from a file that is gone.
        removed: files that are gone.
        unchanged: files that were not touched.
        ignored: files that are no documents, hidden, temporary or links.
        missing: folders that could not be reached; what is known of them stays.
        seconds: how long it took.
    """

    documents: int = 0
    passages: int = 0
    skipped: tuple[Skipped, ...] = ()
    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    ignored: int = 0
    missing: tuple[str, ...] = field(default=())
    seconds: float = 0.0


@dataclass(frozen=True)
class Synced:
    """The end of the work."""

    report: Report


@dataclass(frozen=True)
class Learned:
    """The end of learning what passages mean.

    Attributes:
        learned: passages that are found by their meaning, too, of `passages` in all.
        complete: there was nothing left to do; else the encoder is missing, or somebody else is at it.
        seconds: how long it took.
    """

    learned: int
    passages: int
    complete: bool
    seconds: float = 0.0


LibraryEvent = Progress | Notice | FileRead | FileRefused | FolderGone | Paused | Resumed | Synced | Learned
