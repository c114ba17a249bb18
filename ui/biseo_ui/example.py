"""The example that a newcomer starts with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path


@dataclass(frozen=True)
class Example:
    """A document of our own invention, the task to try on it, and what its form begins with."""

    path: Path
    task: str
    form: dict[str, str]


def load_example() -> Example:
    """The example that comes with the install (packages are installed unpacked, so its path stays valid)."""
    folder = files("biseo_resources") / "samples"
    data = tomllib.loads((folder / "festival.toml").read_text(encoding="utf-8"))
    with as_file(folder / data["file"]) as path:
        return Example(path, data["task"], data["form"])
