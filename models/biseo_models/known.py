"""What this program knows about models beforehand: pinned files, and the architectures llama.cpp can run."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class KnownModel:
    """A model file that is known by its hash.

    Attributes:
        sha256: of the whole file, lower-case hexadecimal. The file is never run when it differs.
        part_module: name of the data package of one part, with `{number}` from 1.
        part_file: the part inside that package, with `{number}`.
        parts: how many packages it is spread over.
    """

    id: str
    name: str
    publisher: str
    sha256: str
    size_bytes: int
    licence: str
    context: int
    part_module: str
    part_file: str
    parts: int

    def part_paths(self) -> tuple[Path, ...]:
        """The installed parts in order; fewer than `parts` when some are not installed. Runs no code of theirs."""
        paths = []
        for number in range(1, self.parts + 1):
            spec = find_spec(self.part_module.format(number=number))
            folders = list(spec.submodule_search_locations or ()) if spec else []
            path = Path(folders[0]) / self.part_file.format(number=number) if folders else None
            if path and path.is_file():
                paths.append(path)
        return tuple(paths)


@cache
def known_models() -> tuple[KnownModel, ...]:
    """The pinned models; the first is the default."""
    return tuple(KnownModel(**model) for model in _resource()["models"])


@cache
def writer_architectures() -> frozenset[str]:
    """Architectures that can write text here."""
    return frozenset(_resource()["architectures"]["writers"])


@cache
def other_architectures() -> frozenset[str]:
    """Architectures that llama.cpp knows but that do not write text (vectors, pictures, speech)."""
    return frozenset(_resource()["architectures"]["others"])


@cache
def embedder_architectures() -> frozenset[str]:
    """Architectures that make nothing but vectors of texts."""
    return frozenset(_resource()["architectures"]["embedders"])


def embedder_prefixes(described: str) -> tuple[str, str]:
    """What an embedder wants before a question and before a passage.

    Args:
        described: its architecture and name.
    """
    words = set(re.findall(r"[a-z]+\d*", described.lower()))
    for one in _resource()["embedder_prefixes"]:
        if words.issuperset(one["words"]):
            return one["question"], one["passage"]
    return "", ""


@cache
def _resource() -> dict[str, Any]:
    return tomllib.loads((files("biseo_resources") / "models.toml").read_text(encoding="utf-8"))
