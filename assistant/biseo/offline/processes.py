"""All processes of this program on this PC: of this run, and of a window or command that runs beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from biseo.offline.sockets import open_sockets
from biseo_models import starting
from biseo_models.offline import guard

_NAMES = ("biseo", "biseo-window")
_MODULES = ("biseo", "biseo_ui.launch")
_BOOTSTRAP = "from biseo_ui.launch import main"
"""What `bootstrap.py` starts the program with."""
_NETWORK = re.compile(
    r"(lib)?(qt6?|Qt6?)?(QmlNetwork|Network|WebEngine|WebSockets|HttpServer)|_socket\.|_ssl\.|_asyncio\.|(lib)?ssl[.-]"
    r"|(lib)?curl|libnss_dns|libresolv|ws2_32\.|wsock32\.|wininet\.|winhttp\.|urlmon\.|libnghttp|librdkafka|libzmq"
)
"""Names of native libraries that can reach a network."""


@dataclass(frozen=True)
class OurProcess:
    """One process.

    Attributes:
        role: a key of `biseo.offline.roles.ROLES`.
        here: it belongs to this very run.
        outside, local: open sockets, see `Sockets`; -1 when they could not be counted.
        libraries: names of loaded native libraries that know networks.
    """

    pid: int
    role: str
    here: bool
    outside: int
    local: int
    libraries: tuple[str, ...]


def our_processes() -> tuple[OurProcess, ...]:
    """This process first, then its children, then other windows and commands of the program with theirs."""
    import psutil

    own = psutil.Process()
    seen: dict[int, tuple[Any, str, bool]] = {own.pid: (own, guard.role or "command", True)}
    for process in _children(own):
        seen.setdefault(process.pid, (process, "", True))
    for root, role in _programs():
        seen.setdefault(root.pid, (root, role, False))
        for process in _children(root):
            seen.setdefault(process.pid, (process, "", False))
    looked = (_look(process, role, here) for process, role, here in seen.values())
    return tuple(found for found in looked if found is not None)


def _children(process: Any) -> list[Any]:
    import psutil

    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def _programs() -> Iterator[tuple[Any, str]]:
    import psutil

    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except (psutil.Error, OSError):  # another user's, or gone
            continue
        if role := program_role(words):
            yield process, role


def program_role(words: list[str]) -> str:
    """`window` or `command` for the command line of one of our programs, else empty."""
    stems = [PurePath(word.replace("\\", "/")).name.lower().removesuffix(".exe") for word in words[:3]]
    if not stems:
        return ""
    if stems[0] in _NAMES:
        rest = words[1:]
    elif stems[0].startswith("python") and len(words) > 1:
        place = next((at for at, word in enumerate(words[1:], 1) if word in ("-m", "-c")), 1)
        what = words[place + 1] if len(words) > place + 1 else ""
        if (words[place] == "-m" and what in _MODULES) or (words[place] == "-c" and _BOOTSTRAP in what):
            rest = words[place + 2 :]
        elif stems[1] in _NAMES or stems[1] in ("biseo-script.py", "biseo-window-script.pyw"):
            rest = words[2:]
        else:
            return ""
    else:
        return ""
    return "command" if rest else "window"


def _look(process: Any, role: str, here: bool) -> OurProcess | None:
    import psutil

    try:
        words = process.cmdline() if process.pid != os.getpid() else []
        if process.pid != os.getpid() and process.status() == psutil.STATUS_ZOMBIE:
            return None
    except (psutil.Error, OSError):
        return None
    names = _loaded(process)
    sockets = open_sockets(process.pid)
    if sockets is None and not psutil.pid_exists(process.pid):
        return None
    return OurProcess(
        process.pid, role or _role(process.pid, words, names, here), here,
        -1 if sockets is None else sockets.outside, -1 if sockets is None else sockets.local,
        tuple(sorted(name for name in names if _NETWORK.match(name))),
    )  # fmt: skip


def _role(pid: int, words: list[str], names: set[str], here: bool) -> str:
    line = " ".join(words)
    if "resource_tracker" in line:
        return "tracker"
    if "spawn_main" not in line and "--multiprocessing-fork" not in line:
        return "other"
    if here and pid in starting.roles:
        return starting.roles[pid]
    return "model" if any("llama" in name for name in names) else "worker"


def _loaded(process: Any) -> set[str]:
    """Names of the files that are mapped into a process; empty where the system does not tell (macOS)."""
    import psutil

    look = getattr(process, "memory_maps", None)
    if look is None:
        return set()
    try:
        return {PurePath(one.path.replace("\\", "/")).name for one in look()}
    except (psutil.Error, OSError):
        return set()
