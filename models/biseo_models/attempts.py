"""The record of denied attempts to reach a network: one small file for all processes of the program.

Its first line is a count of fixed width, changed in its place; below it stand the newest attempts' circumstances, one
JSON document a line, until the file is full. Every change is made under a lock of the operating system, so that
several processes lose nothing and one that is killed leaves no lock. It never holds an address: a name that somebody
tried to resolve can itself carry the words of a document.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from biseo_models.folder_lock import FolderLock

FILE, LOCK = "network-attempts.log", "network-attempts.lock"
FULL_BYTES = 256 * 1024
"""From here on attempts are only counted."""
PATIENCE_S = 1.0
_DIGITS = 12
_BINARY = getattr(os, "O_BINARY", 0)
_HEAD = len("attempts ") + _DIGITS + 1


@dataclass(frozen=True)
class Attempt:
    """One denied attempt.

    Attributes:
        time: local time, ISO, to the second.
        role: which of our processes: `window`, `command`, `model`, `reader`, `keyring`, …
        pid: its process number.
        call: the audit event, such as `socket.connect`.
        family: `AF_INET`, `AF_INET6`, `AF_UNIX`, …; empty where the call has none.
        port: 0 where the call has none.
        asked_by: module and line of the code that asked, the standard library left out.
    """

    time: str
    role: str
    pid: int
    call: str
    family: str
    port: int
    asked_by: str


@dataclass(frozen=True)
class Record:
    """What the file holds.

    Attributes:
        count: attempts ever, those without circumstances too.
        attempts: circumstances, oldest first.
        readable: False when there is a file that is none of ours, or that cannot be read: then `count` says nothing.
    """

    count: int = 0
    attempts: tuple[Attempt, ...] = ()
    readable: bool = True


def add(folder: Path, attempts: Sequence[Attempt], uncounted: int = 0) -> None:
    """Write down attempts, and the number of others whose circumstances are not told.

    Raises:
        OSError: the folder cannot be written, or others hold the lock for longer than a second.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder), os.fdopen(os.open(folder / FILE, os.O_RDWR | os.O_CREAT | _BINARY, 0o600), "r+b") as stream:
        count = _count(stream.read(_HEAD))
        if count is None:  # new, or no record of ours any more
            stream.truncate(0)
            count = 0
        stream.seek(0)
        stream.write(f"attempts {count + len(attempts) + uncounted:0{_DIGITS}d}\n".encode("ascii"))
        if stream.seek(0, os.SEEK_END) < FULL_BYTES:
            lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in attempts)
            stream.write("".join(lines).encode("utf-8"))


def read(folder: Path) -> Record:
    """What was written down; never raises."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return Record()
    except OSError:
        return Record(readable=False)
    count = _count(content[:_HEAD])
    if count is None:
        return Record(readable=not content)
    return Record(count, tuple(_parsed(content[_HEAD:].decode("utf-8", "replace"))))


def _parsed(text: str) -> Iterator[Attempt]:
    for line in text.splitlines():
        with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
            value: dict[str, Any] = json.loads(line)
            words = {name: str(value[name]) for name in ("time", "role", "call", "family", "asked_by")}
            yield Attempt(pid=int(value["pid"]), port=int(value["port"]), **words)


def _count(head: bytes) -> int | None:
    words = head.decode("ascii", "replace")
    if len(head) != _HEAD or not words.startswith("attempts ") or not words.endswith("\n"):
        return None
    digits = words[len("attempts ") : -1]
    return int(digits) if digits.isdigit() else None


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    deadline = time.monotonic() + PATIENCE_S
    with FolderLock(folder / LOCK) as lock:
        while not lock.acquire():
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.01)
        yield
