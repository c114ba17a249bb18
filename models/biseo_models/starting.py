"""Starting a child process so that Ctrl+C cannot break it before it decides what to do with it."""

from __future__ import annotations

import signal
from multiprocessing.process import BaseProcess


def start(process: BaseProcess) -> None:
    """Start a process whose whole life Ctrl+C passes by; the program itself tells it to end.

    Ctrl+C reaches every process of a terminal, and Python dies of it with a traceback while it is still loading. Where
    signals cannot be held back (Windows), that moment remains.
    """
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # inherited by the child
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
