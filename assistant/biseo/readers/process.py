"""One child process a file: whatever a hostile file does to a parser, it does not do it to the program."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import stat
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.errors import Cancelled
from biseo.readers import refusal
from biseo.readers.child import run
from biseo.readers.limits import MIB, Limits
from biseo.readers.transfer import unpack
from biseo_models.engine import CancelFlag
from biseo_models.starting import child as child_process
from biseo_models.starting import start

POLL_S = 0.05
DEFAULT_LIMITS = Limits()


def read_document(path: Path, cancel: CancelFlag | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of one file in reading order, read in a process of its own.

    Args:
        path: HWPX, HWP 5, DOCX, PDF, XLSX, CSV, TXT or MD; the content decides, not the name.
        cancel: looked at every 50 ms.
        limits: time, memory and size after which the file is given up; default 18 s and 1 GB.

    Raises:
        InputFileError: the file cannot be read; its code tells why.
        Cancelled: `cancel` was set. No process is left behind.
    """
    name = os.fspath(path)
    message = ask_child(name, run, (), cancel, limits)
    try:
        return unpack(message, name.encode("utf-8", "replace").decode("utf-8"))
    except ValueError as error:
        raise refusal.damaged(name) from error


def ask_child(
    name: str, work: Callable[..., None], arguments: tuple[Any, ...], cancel: CancelFlag | None, limits: Limits
) -> bytes:
    """The one message of a child process that does `work(sender, path, limits, *arguments)` on a foreign file.

    Args:
        name: path of the file; the child gets it absolute.
        work: a function of a module, which calls `biseo.readers.child.confine` first.

    Raises:
        InputFileError: no readable file, or the child died, took too long or too much.
        Cancelled: `cancel` was set. No process is left behind.
    """
    check_file(name, limits)
    limits = widened(name, limits)
    # One direction only: a duplex pipe would be a socket pair on POSIX, and this program opens no sockets.
    receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = child_process("reader", work, (sender, str(Path(name).absolute()), limits, *arguments))
    try:
        start(child)
        sender.close()
        return wait(child, receiver, cancel, limits, name)
    finally:
        receiver.close()
        sender.close()
        end(child)


def widened(path: str, limits: Limits) -> Limits:
    """The limits for this file: a PDF or a package of a thousand pages takes longer than a letter.

    Other formats keep the usual time: in them a small part can be made to stand for a lot of work.
    """
    try:
        with Path(path).open("rb") as stream:
            known = stream.read(4) in (b"%PDF", b"PK\x03\x04")
            return limits.for_size(os.fstat(stream.fileno()).st_size) if known else limits
    except OSError:
        return limits


def check_file(path: str, limits: Limits) -> None:
    """Refuse what is not a readable file of a sensible size, without reading it (a FIFO would block).

    Raises:
        InputFileError: as named in `refusal`.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - Path.stat would hide a null character in the name
    except FileNotFoundError:
        raise (refusal.dangling if Path(path).is_symlink() else refusal.missing)(path) from None
    except PermissionError:
        raise refusal.no_permission(path) from None
    except OSError as error:
        raise (refusal.not_a_file if error.errno == errno.ELOOP else refusal.missing)(path) from None
    except ValueError:
        raise refusal.missing(path) from None
    if stat.S_ISDIR(status.st_mode):
        raise refusal.is_folder(path)
    if not stat.S_ISREG(status.st_mode):
        raise refusal.not_a_file(path)
    if status.st_size == 0:
        raise refusal.empty(path)
    if status.st_size > limits.file_bytes:
        raise refusal.too_large(path, limits.file_bytes // MIB)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            stream.read(1)
    except PermissionError:
        raise refusal.no_permission(path) from None
    except OSError:
        raise refusal.unreadable(path) from None


def wait(child: SpawnProcess, receiver: Connection, cancel: CancelFlag | None, limits: Limits, path: str) -> bytes:
    """The child's one message; watches the clock, the memory and the user meanwhile."""
    import psutil

    deadline = time.monotonic() + limits.seconds
    watched = None
    with contextlib.suppress(psutil.Error):
        watched = psutil.Process(child.pid)
    while True:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        try:
            if receiver.poll(POLL_S):
                return receiver.recv_bytes()
            # On Windows the pipe stays open when the child dies before it has taken its end.
            died = not child.is_alive() and not receiver.poll(0)
        except (EOFError, OSError):
            died = True
        if died:
            child.join(5)
            # A kill that was not ours is the system running out of memory.
            raise (refusal.too_much_memory if child.exitcode == -9 else refusal.damaged)(path)
        if time.monotonic() > deadline:
            raise refusal.timeout(path, limits.seconds)
        with contextlib.suppress(psutil.Error):
            if watched is not None and watched.memory_info().rss > limits.memory_bytes:
                raise refusal.too_much_memory(path)


def end(child: SpawnProcess) -> None:
    """The child is gone when this returns."""
    if child.pid is None:
        return
    child.kill()
    child.join()
    child.close()
