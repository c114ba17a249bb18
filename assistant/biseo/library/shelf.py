"""Where the index lies: in the encrypted store, or in memory only where there is no store to keep it in."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from biseo.vault import Vault
from biseo.vault.schema import LIBRARY, MEANING, statements
from biseo_models.folder_lock import FolderLock

T = TypeVar("T")
_numbers = itertools.count(1)
_known: WeakKeyDictionary[Vault, int] = WeakKeyDictionary()


class Shelf(Protocol):
    """Tables of the library, and who may change them."""

    kept: bool
    """Whether what is indexed is still there when the program ends."""
    number: int
    """Of this process, another one for every library that is open."""

    def read(self, look: Callable[[Any], T]) -> T:
        """What `look` finds on a connection."""

    def write(self, work: Callable[[Any], T], *, deletes: bool = False) -> T:
        """Do `work` in one transaction; nothing of what it deletes stays in the file when `deletes`."""

    def alone(self, name: str = "library") -> contextlib.AbstractContextManager[bool]:
        """Whether nobody else is at this work (`library`: files, `meaning`: vectors); true for one at a time."""


class VaultShelf:
    """The tables in the encrypted store.

    Args:
        vault: the open store; whoever opened it closes it.
    """

    kept = True

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.number = _number_of(vault)

    def read(self, look: Callable[[Any], T]) -> T:
        """What `look` finds."""
        return self._vault.consult(look)

    def write(self, work: Callable[[Any], T], *, deletes: bool = False) -> T:
        """Do `work` on the disk."""
        return self._vault.change(work, deletes=deletes)

    @contextlib.contextmanager
    def alone(self, name: str = "library") -> Any:
        """Another window or command may have the same store open."""
        lock = FolderLock(self._vault.places.locks / f"{name}.lock")
        taken = lock.acquire()
        try:
            yield taken
        finally:
            if taken:
                lock.release()


class MemoryShelf:
    """The same tables in memory; nothing of them is written anywhere."""

    kept = False

    def __init__(self) -> None:
        from sqlcipher3 import dbapi2

        self.number = next(_numbers)
        self._connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._lock = threading.RLock()
        self._connection.execute("PRAGMA temp_store = MEMORY")
        for statement in (*statements(LIBRARY), *statements(MEANING)):
            self._connection.execute(statement)

    def read(self, look: Callable[[Any], T]) -> T:
        """What `look` finds."""
        with self._lock:
            return look(self._connection)

    def write(self, work: Callable[[Any], T], *, deletes: bool = False) -> T:
        """Do `work`."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                done = work(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            return done

    @contextlib.contextmanager
    def alone(self, name: str = "library") -> Any:
        """Nobody else sees it."""
        yield True

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
        _forgotten(self.number)


def _number_of(vault: Vault) -> int:
    """One number for all shelves of a store."""
    number = _known.get(vault)
    if number is None:
        number = _known[vault] = next(_numbers)
        vault.at_close(partial(_forgotten, number))
    return number


def _forgotten(number: int) -> None:
    """What passages mean must not outlive the key of their store."""
    from biseo.library.meaning import client, supply

    supply.forget(number)
    client.closed(number)
