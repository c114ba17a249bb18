"""Reader processes that serve several files, for reading whole folders: starting one takes longer than a small file.

What a file can do to its process stays where it was: the process is ended with the file that crashed it, took too long
or too much, or was refused, and the next file gets another. A file that wants a parser of native code (PDF) gets a
process of its own, so that no other file is ever read by a process that such a parser could have taken over.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from biseo.document import Document
from biseo.readers import process, refusal
from biseo.readers.limits import MIB, Limits
from biseo.readers.pool_child import ALONE, serve
from biseo.readers.process import DEFAULT_LIMITS, check_file, read_document, widened
from biseo.readers.transfer import unpack
from biseo_models.engine import CancelFlag
from biseo_models.starting import child as child_process
from biseo_models.starting import start

MOST_FILES = 50
"""So many files a process serves before it is replaced."""
MOST_BYTES = 256 * MIB
"""Memory a process may hold after a file and still serve another."""
_ALONE = frozenset({".pdf"})


@dataclass
class _Worker:
    process: SpawnProcess
    paths: Connection
    replies: Connection
    served: int = 0


class ReaderPool:
    """Reads files, each thread that asks in a process of its own. To be closed, as a context.

    Args:
        limits: for each file, as for `read_document`.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, cancel: CancelFlag | None = None) -> Document:
        """As `read_document`.

        Raises:
            InputFileError: the file cannot be read; its code tells why.
            Cancelled: `cancel` was set.
        """
        if path.suffix.lower() in _ALONE:
            return read_document(path, cancel, self._limits)
        name = str(path)
        check_file(name, self._limits)
        worker = self._taken()
        kept = False
        try:
            try:
                worker.paths.send_bytes(str(Path(name).absolute()).encode("utf-8", "surrogatepass"))
            except OSError as error:
                raise refusal.damaged(name) from error
            message = process.wait(worker.process, worker.replies, cancel, widened(name, self._limits), name)
            worker.served += 1
            kept = message == ALONE or worker.served < MOST_FILES
            if message != ALONE:
                try:
                    return unpack(message, name.encode("utf-8", "replace").decode("utf-8"))
                except ValueError as error:
                    kept = False
                    raise refusal.damaged(name) from error
                except BaseException:
                    kept = False
                    raise
        finally:
            self._back(worker, kept)
        return read_document(path, cancel, self._limits)

    def close(self) -> None:
        """No process is left when this returns; files that are being read are read to their end."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            _end(worker)

    def _taken(self) -> _Worker:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if worker.process.is_alive():
                return worker
            _end(worker)  # the system ended it
        spawn = multiprocessing.get_context("spawn")
        paths, my_paths = spawn.Pipe(duplex=False)
        my_replies, replies = spawn.Pipe(duplex=False)
        made = child_process("reader", serve, (paths, replies, self._limits))
        try:
            start(made)
        except BaseException:
            my_paths.close()
            my_replies.close()
            raise
        finally:
            paths.close()
            replies.close()
        return _Worker(made, my_paths, my_replies)

    def _back(self, worker: _Worker, kept: bool) -> None:
        if kept and _bytes_of(worker.process) <= MOST_BYTES:
            with self._lock:
                if not self._closed:
                    self._idle.append(worker)
                    return
        _end(worker)


def _bytes_of(child: SpawnProcess) -> int:
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(child.pid).memory_info().rss)
    return MOST_BYTES + 1


def _end(worker: _Worker) -> None:
    worker.paths.close()
    worker.replies.close()
    process.end(worker.process)
