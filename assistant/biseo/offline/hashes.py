"""Hashes of the program and of what it is built on, each of which can be computed again with `sha256sum`."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("biseo", "biseo_models", "biseo_resources", "biseo_ui")
_CHUNK = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Hashed:
    """A package of ours.

    Attributes:
        files: how many it has, compiled ones (`__pycache__`) left out.
        sha256: of what `sha256sum` prints about them, in the order of their paths' bytes, paths beginning with the
            package.
    """

    name: str
    files: int
    sha256: str


@dataclass(frozen=True)
class Dependency:
    """A library.

    Attributes:
        record_sha256: of its `RECORD`, in which the hashes of all its files stand; empty where it brings none.
    """

    name: str
    version: str
    record_sha256: str


def program() -> tuple[Hashed, ...]:
    """Our packages, as far as they are installed."""
    found = []
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            found.append(hash_package(Path(spec.submodule_search_locations[0])))
    return tuple(found)


def hash_package(folder: Path) -> Hashed:
    """One package."""
    files = {
        path.relative_to(folder.parent).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    ordered = sorted(files, key=lambda name: name.encode("utf-8", "surrogateescape"))
    return Hashed(folder.name, len(files), combined((hash_file(files[name]), name) for name in ordered))


def combined(rows: Iterable[tuple[str, str]]) -> str:
    """One hash for many: that of the lines `sha256sum` would print."""
    digest = hashlib.sha256()
    for sha256, name in rows:
        digest.update(f"{sha256}  {name}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def dependencies(root: str = "biseo") -> tuple[Dependency, ...]:
    """The installed libraries that the program asks for, and those that they ask for, by name."""
    found: dict[str, Dependency] = {}
    waiting, seen = [root], {_plain(root)}
    while waiting:
        try:
            distribution = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:  # for another system, or another Python
            continue
        name = distribution.metadata["Name"]
        if _plain(name) != _plain(root):
            record = distribution.read_text("RECORD")
            sha256 = hashlib.sha256(record.encode("utf-8")).hexdigest() if record is not None else ""
            found[_plain(name)] = Dependency(name, distribution.version, sha256)
        for words in distribution.requires or ():
            wanted = _NAME.match(words)
            if wanted and "extra ==" not in words.replace("  ", " ") and _plain(wanted[0]) not in seen:
                seen.add(_plain(wanted[0]))
                waiting.append(wanted[0])
    return tuple(found[name] for name in sorted(found))


def interpreter() -> str:
    """SHA-256 of the Python that runs this; empty where it is no file of its own."""
    place = Path(getattr(sys, "_base_executable", "") or sys.executable or ".")
    try:
        return hash_file(place.resolve())
    except OSError:
        return ""


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
