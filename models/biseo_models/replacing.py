"""Giving a file its final name on systems where others may be looking at it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ATTEMPTS = 25
PAUSE_SECONDS = 0.2


def replace(source: Path, target: Path) -> None:
    """Atomically put `source` in the place of `target`.

    On Windows a virus scanner holds a new file, and a reader an old one, for a moment: tries for five seconds.

    Raises:
        OSError: it stays held, or the folder cannot be written.
    """
    for left in reversed(range(ATTEMPTS if sys.platform == "win32" else 1)):
        try:
            source.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def read_text(path: Path) -> str:
    """The text of a small file that another process may be replacing at this moment.

    Raises:
        OSError: it cannot be read; FileNotFoundError when there is none.
    """
    for _ in range(ATTEMPTS if sys.platform == "win32" else 0):
        try:
            return path.read_text(encoding="utf-8")
        except PermissionError:
            time.sleep(PAUSE_SECONDS / 10)
    return path.read_text(encoding="utf-8")


def save_text(target: Path, text: str) -> None:
    """Write a small file; at every moment it is either the old one or the new one.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
