"""Several windows on one store: each holds a place, and what changes the whole store needs all of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from biseo.vault.errors import vault_error
from biseo_models.folder_lock import FolderLock

PLACES = 8
"""How many processes may have the store open at once."""


class StoreLocks:
    """The places of one store.

    The operating system takes a place back however its process ends, so a place that can be taken belongs to nobody.

    Args:
        folder: where the lock files live; made when it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: FolderLock | None = None
        self.place = -1

    def share(self) -> int:
        """Take any free place and return its number.

        Raises:
            VaultError: `in-use`, all are taken (by windows, or by one that is rebuilding the store).
            OSError: the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        for place in range(PLACES):
            lock = self._lock(place)
            if lock.acquire():
                self._mine, self.place = lock, place
                return place
        raise vault_error("in-use")

    def alive(self, place: int) -> bool:
        """Whether a process holds this place."""
        if place == self.place:
            return True
        lock = self._lock(place)
        if lock.acquire():
            lock.release()
            return False
        return True

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold all places while the block runs.

        Raises:
            VaultError: `in-use`, another process has the store open.
            OSError: the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as held:
            for place in range(PLACES):
                if place == self.place:
                    continue
                lock = self._lock(place)
                if not lock.acquire():
                    raise vault_error("in-use")
                held.callback(lock.release)
            yield

    def release(self) -> None:
        """Give the place back."""
        if self._mine is not None:
            self._mine.release()
            self._mine, self.place = None, -1

    def _lock(self, place: int) -> FolderLock:
        return FolderLock(self._folder / f"place-{place}.lock")
