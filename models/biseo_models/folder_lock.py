"""One process at a time in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType


class FolderLock:
    """A lock that the operating system takes back the moment its process ends, however it ends.

    The file holds the number of the process that has it, for people who look; nothing reads it. It stays after the
    lock is released: removing it would let two processes hold locks on two files of the same name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def acquire(self) -> bool:
        """Take the lock if it is free; never waits.

        Raises:
            OSError: the folder cannot be written.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _try_lock(handle):
            os.close(handle)
            return False
        self._handle = handle
        os.truncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        return True

    def release(self) -> None:
        """Give it back; does nothing when it is not held."""
        if self._handle >= 0:
            _unlock(self._handle)
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    # a byte far behind the text: a locked byte cannot be read by anyone else on Windows
    _PLACE = 1 << 20

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
