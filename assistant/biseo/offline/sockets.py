"""How many sockets a process holds open, as the operating system tells, whoever opened them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_SOCKET = "socket:["


@dataclass(frozen=True)
class Sockets:
    """Open sockets of one process.

    Attributes:
        outside: that could reach another machine, and those whose kind cannot be told.
        local: that reach this PC only: AF_UNIX (screen, credential store), and the kernel's own (netlink).
    """

    outside: int
    local: int


def open_sockets(pid: int) -> Sockets | None:
    """The sockets of a process; None when it is gone or belongs to somebody else.

    On Linux every open socket counts, those as well that are neither bound nor connected; elsewhere those that the
    system lists.
    """
    try:
        return _of_linux(Path("/proc") / str(pid)) if sys.platform == "linux" else _listed(pid)
    except OSError:
        return None


def _of_linux(process: Path) -> Sockets:
    held = []
    for entry in (process / "fd").iterdir():
        try:
            target = os.readlink(entry)  # noqa: PTH115 - a link to what is no path
        except FileNotFoundError:  # closed since
            continue
        if target.startswith(_SOCKET):
            held.append(target.removeprefix(_SOCKET).removesuffix("]"))
    if not held:
        return Sockets(0, 0)
    local = _column(process / "net" / "unix", 6) | _column(process / "net" / "netlink", 9)
    inside = sum(number in local for number in held)
    return Sockets(len(held) - inside, inside)


def _column(table: Path, place: int) -> set[str]:
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    except FileNotFoundError:  # a kernel without that kind
        return set()
    rows = (line.split() for line in lines)
    return {row[place] for row in rows if len(row) > place}


def _listed(pid: int) -> Sockets | None:
    import psutil

    try:
        kinds = [connection.family.name for connection in psutil.Process(pid).net_connections("all")]
    except psutil.Error:
        return None
    inside = kinds.count("AF_UNIX")
    return Sockets(len(kinds) - inside, inside)
