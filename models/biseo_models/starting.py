"""Starting a child process: offline from its first line on, and so that Ctrl+C cannot break it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from biseo_models.offline import arm, guard

roles: dict[int, str] = {}
"""What the children of this process are for, by process number; of those that have ended, too."""
_REMEMBERED = 256


class Armed:
    """Arms the process that unpickles it.

    It stands before everything else that is sent to a child, and pickle builds things in their order: the hook is in
    place before the module of the child's work, and with it any library, is imported.
    """

    def __init__(self, role: str, folder: Path | None, local: bool) -> None:
        self.role, self.folder, self.local = role, folder, local

    def __reduce__(self) -> tuple[Callable[..., Armed], tuple[str, str, bool]]:
        return _arm_here, (self.role, str(self.folder or ""), self.local)


def _arm_here(role: str, folder: str, local: bool) -> Armed:
    place = Path(folder) if folder else None
    arm(role, place, local=local)
    return Armed(role, place, local)


def child(role: str, work: Callable[..., None], arguments: tuple[Any, ...], *, local: bool = False) -> SpawnProcess:
    """A process that will do `work(*arguments)` without any way to a network, and end with this one.

    Args:
        role: what it is for, see `arm`.
        local: sockets of this PC are allowed to it, see `arm`.
    """
    first = Armed(role, guard.folder, local)
    context = multiprocessing.get_context("spawn")
    return context.Process(target=_work, args=(first, work, *arguments), daemon=True, name=role)


def _work(_first: Armed, work: Callable[..., None], *arguments: Any) -> None:
    work(*arguments)


def start(process: BaseProcess) -> None:
    """Start a process whose whole life Ctrl+C passes by; the program itself tells it to end.

    Ctrl+C reaches every process of a terminal, and Python dies of it with a traceback while it is still loading. Where
    signals cannot be held back (Windows), that moment remains.
    """
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # inherited by the child
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if process.pid is not None:
        if len(roles) >= _REMEMBERED:
            roles.pop(next(iter(roles)))
        roles[process.pid] = process.name
