"""Giving a file its final name on systems where others may be looking at it."""

from __future__ import annotations

import sys
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
