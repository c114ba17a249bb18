"""The one writer: work that may wait is gathered for a moment, everything is confirmed only when it is on the disk."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from biseo.vault.cipher import Connection, errors, passes, translated
from biseo.vault.errors import VaultError, vault_error

T = TypeVar("T")
DELAY_S = 0.5
"""How long a change may wait for the next one. With the commit itself it stays far below the promised two seconds."""
RETRY_S = 1.0


@dataclass
class _Job:
    work: Callable[[Connection], Any]
    due: float
    futures: list[Future[Any]] = field(default_factory=list)
    deferred: bool = True


class Writer:
    """A thread with the store's only writing connection.

    What was put stays until it is confirmed: when the disk is full or the file is held, it is tried again every second.

    Args:
        connect: opens a connection for writing; called here first, and again when a damaged page made one useless.
        after_commit: called in the thread after each commit.
        on_trouble: called in the thread when writing begins to fail (with the error) and when it works again (None).
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        after_commit: Callable[[Connection], None] = lambda _connection: None,
        on_trouble: Callable[[VaultError | None], None] = lambda _error: None,
    ) -> None:
        self._connect = connect
        self._connection = connect()
        self._after_commit = after_commit
        self._on_trouble = on_trouble
        self._changed = threading.Condition()
        self._jobs: dict[Hashable, _Job] = {}
        self._busy = False
        self._closing = False
        self._abandon = False
        self._hurry = False
        self.trouble: VaultError | None = None
        self._errors = errors()
        self._thread = threading.Thread(target=self._run, name="vault-writer", daemon=True)
        self._thread.start()

    def put(self, key: Hashable, work: Callable[[Connection], T]) -> Future[T]:
        """Do `work` soon; it takes the place of what was put under the same key and is not written yet.

        Returns:
            Done when the change is on the disk. A replaced change is done with the one that replaced it.

        Raises:
            VaultError: `closed`.
        """
        return self._add(key, work, deferred=True)

    def do(self, work: Callable[[Connection], T]) -> T:
        """Do `work` at once, behind what was put before, and wait for it.

        Raises:
            VaultError: it cannot be written now; it was not done and will not be.
        """
        key = object()
        future = self._add(key, work, deferred=False)
        return future.result()

    def flush(self) -> VaultError | None:
        """Write what waits. None when all of it is on the disk, else why not; it is tried again."""
        with self._changed:
            if not self._jobs and not self._busy:
                return None
            self._hurry = True
            waited = list({id(f): f for job in self._jobs.values() for f in job.futures}.values())
            self._changed.notify_all()
            self._changed.wait_for(lambda: (not self._busy and all(f.done() for f in waited)) or self._failed())
            return self.trouble if self._jobs else None

    def close(self, *, abandon: bool = False) -> None:
        """Write what waits and end.

        Args:
            abandon: end even when something cannot be written.

        Raises:
            VaultError: something cannot be written; the writer is still at it, close again later.
        """
        if not self._thread.is_alive():
            return
        with self._changed:
            self._closing = True  # from here on nothing is added
            self._changed.notify_all()
        trouble = self.flush()
        with self._changed:
            if trouble is not None and not abandon:
                self._closing = False
                raise trouble
            self._abandon = True
            self._changed.notify_all()
        self._thread.join()

    def _failed(self) -> bool:
        return self.trouble is not None and not self._hurry and not self._busy

    def _add(self, key: Hashable, work: Callable[[Connection], T], *, deferred: bool) -> Future[T]:
        future: Future[T] = Future()
        with self._changed:
            if self._closing or not self._thread.is_alive():
                raise vault_error("closed")
            job = self._jobs.get(key)
            if job is None:
                due = time.monotonic() + (DELAY_S if deferred else 0.0)
                self._jobs[key] = _Job(work, due, [future], deferred)
            else:
                job.work = work
                job.futures.append(future)
            if not deferred:
                self._hurry = True
            self._changed.notify_all()
        return future

    def _run(self) -> None:
        try:
            while self._next():
                pass
        finally:
            with contextlib.suppress(self._errors):
                self._connection.close()
            with self._changed:
                self._busy, self._closing = False, True
                left = [future for job in self._jobs.values() for future in job.futures]
                self._jobs.clear()
                self._changed.notify_all()
            for future in left:
                future.set_exception(vault_error("closed"))

    def _next(self) -> bool:
        """Wait for work and do it; False when the writer is to end."""
        with self._changed:
            while True:
                if self._closing and (self._abandon or not self._jobs):
                    return False
                wait = self._wait()
                if wait is not None and wait <= 0:
                    break
                self._changed.wait(wait)
            batch, self._jobs = self._jobs, {}
            self._busy, self._hurry = True, False
        try:
            outcomes = self._commit(list(batch.values()))
        except self._errors as error:
            if len(batch) > 1 and not passes(error):
                self._separately(batch)
            else:
                self._keep(batch, error)
            return True
        self._finish(batch, outcomes)
        return True

    def _wait(self) -> float | None:
        if not self._jobs:
            return None
        if self._hurry:
            return 0.0
        return min(job.due for job in self._jobs.values()) - time.monotonic()

    def _commit(self, jobs: list[_Job]) -> list[tuple[Any, Exception | None]]:
        """Results of all jobs, in one transaction. A job that refuses leaves no trace and stops no other."""
        outcomes: list[tuple[Any, Exception | None]] = []
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            for job in jobs:
                connection.execute("SAVEPOINT job")
                try:
                    outcomes.append((job.work(connection), None))
                except self._errors:
                    raise
                except Exception as error:  # noqa: BLE001 - goes to who waits for it
                    connection.execute("ROLLBACK TO job")
                    outcomes.append((None, error))
                connection.execute("RELEASE job")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(self._errors):
                connection.execute("ROLLBACK")
            raise
        return outcomes

    def _finish(self, batch: dict[Hashable, _Job], outcomes: list[tuple[Any, Exception | None]]) -> None:
        with contextlib.suppress(self._errors, OSError):  # what is written is written; the next commit tries again
            self._after_commit(self._connection)
        for job, (value, error) in zip(batch.values(), outcomes, strict=True):
            for future in job.futures:
                if error is None:
                    future.set_result(value)
                else:
                    future.set_exception(error)
        self._tell(None)
        with self._changed:
            self._busy = False
            self._changed.notify_all()

    def _separately(self, batch: dict[Hashable, _Job]) -> None:
        """Each for itself: what touches a damaged page must not hold up what does not."""
        for key, job in batch.items():
            self._reopen()
            try:
                outcomes = self._commit([job])
            except self._errors as error:
                self._keep({key: job}, error)
            else:
                self._finish({key: job}, outcomes)

    def _reopen(self) -> None:
        """SQLCipher refuses every page after the first damaged one; a new connection does not."""
        with contextlib.suppress(self._errors, VaultError):
            fresh = self._connect()
            with contextlib.suppress(self._errors):
                self._connection.close()
            self._connection = fresh

    def _keep(self, batch: dict[Hashable, _Job], error: Exception) -> None:
        """Nothing was written: who waits is told, the rest is tried again."""
        trouble = translated(error)
        pause = RETRY_S if passes(error) else 10 * RETRY_S
        for key, job in list(batch.items()):
            if not job.deferred:
                del batch[key]
                for future in job.futures:
                    future.set_exception(trouble)
        if not passes(error):
            self._reopen()
        self._tell(trouble)
        with self._changed:
            for key, job in batch.items():
                job.due = time.monotonic() + pause
                newer = self._jobs.get(key)
                if newer is not None:  # put while the old one was tried
                    newer.futures[:0] = job.futures
                    newer.due = job.due
            self._jobs = {**batch, **self._jobs}
            self._busy = False
            self._changed.notify_all()

    def _tell(self, trouble: VaultError | None) -> None:
        before, self.trouble = self.trouble, trouble
        if (before and before.code) != (trouble and trouble.code):
            self._on_trouble(trouble)
