"""What the store gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class WorkEntry(NamedTuple):
    """One line of the history. A tuple, because there are ten thousand of them at once.

    Attributes:
        id: 32 hexadecimal figures.
        title: as it was saved.
        task: id of the document task, or what else the work is.
        phase: where the work stands, a word of the caller (`writing`, `draft`, `reviewed`, …).
        made: when it was first saved, seconds since 1970 as this PC's clock then said.
        changed: when it was last saved, likewise.
        seq: number of its last change; grows from change to change whatever the clock does.
        found: for a search: the words around the first hit; empty else.
    """

    id: str
    title: str
    task: str
    phase: str
    made: float
    changed: float
    seq: int
    found: str = ""


@dataclass(frozen=True)
class Version:
    """A state of a work that was kept.

    Attributes:
        version: its number in this store.
        seq: the change it belongs to.
        time: seconds since 1970, as this PC's clock then said.
        label: why it was kept.
    """

    version: int
    seq: int
    time: float
    label: str


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit log, or what is wrong there.

    Attributes:
        line: number from 1.
        time: seconds since 1970.
        user: the operating system's user.
        action: what was done.
        task: id of the document task; empty where there is none.
        files: SHA-256 of files that were read or written.
        model: SHA-256 of the model file; empty where none was used.
        counts: figures by name (pages, findings, masked places, …).
        review: result of the review; empty where there was none.
        chain: SHA-256 over this entry and the chain before it.
    """

    line: int
    time: float
    user: str
    action: str
    task: str
    files: tuple[str, ...]
    model: str
    counts: dict[str, int]
    review: str
    chain: str


@dataclass(frozen=True)
class AuditReport:
    """What `verify` found.

    Attributes:
        lines: how many lines there are.
        intact: nothing was changed, removed, added or reordered.
        problems: `(line, kind)`: `changed`, `missing`, `unreadable`, `cut` (lines at the end are gone), `head-missing`
            or `head-changed` (the count kept outside the table).
        clock_back: lines whose time is before the line above; no problem in itself, clocks are set.
        head: chain of the last line, for whoever keeps a copy elsewhere.
    """

    lines: int
    intact: bool
    problems: tuple[tuple[int, str], ...]
    clock_back: tuple[int, ...]
    head: str


@dataclass(frozen=True)
class Rescued:
    """What could be taken out of a damaged store.

    Attributes:
        whole: works whose last state was read.
        older: works of which only an earlier version was read.
        text_only: works of which only the text was read.
        lost: works that are known to have been there and could not be read.
        versions: earlier versions that were read.
        audit_lines: lines of the audit log that were read.
    """

    whole: int
    older: int
    text_only: int
    lost: int
    versions: int
    audit_lines: int


@dataclass(frozen=True)
class Restored:
    """What came of a restore.

    Attributes:
        works: how many works there are now.
        before: what was here before, as a backup that this store opens; goes after a week.
    """

    works: int
    before: Path
