"""The process of a reader pool: takes paths, answers each with one message, ends with its parent."""

from __future__ import annotations

import gc
import math
import sys
import time
from multiprocessing.connection import Connection

from biseo.readers.child import answer, confine
from biseo.readers.detect import detect
from biseo.readers.limits import Limits

ALONE = b"alone"
"""The answer for a file that wants a process of its own."""
_NATIVE = frozenset({"pdf"})


def serve(paths: Connection, replies: Connection, limits: Limits) -> None:
    """Entry point of the child process."""
    confine(limits)
    gc.enable()  # `confine` is for a process that reads one file
    while True:
        try:
            path = paths.recv_bytes().decode("utf-8", "surrogatepass")
        except (EOFError, OSError):
            return
        _more_time(limits)
        replies.send_bytes(ALONE if _is_native(path, limits) else answer(path, limits))


def _is_native(path: str, limits: Limits) -> bool:
    try:
        return detect(path, limits)[0] in _NATIVE
    except Exception:  # noqa: BLE001 - told by `answer`, in its words
        return False


def _more_time(limits: Limits) -> None:
    """The processor's time that this file may take, on top of what others took."""
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        bound = math.ceil(time.process_time()) + 2 * math.ceil(limits.seconds) + 10
        resource.setrlimit(resource.RLIMIT_CPU, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
