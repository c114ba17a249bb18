"""The word lists of the manuals, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _data() -> dict[str, str]:
    text = (files("biseo_resources") / "words" / "manuals.toml").read_text(encoding="utf-8")
    return {name: str(value) for name, value in tomllib.loads(text).items()}


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of one list, longest first: the first that fits is the one."""
    return tuple(sorted(dict.fromkeys(_data()[name].split()), key=lambda word: (-len(word), word)))


@cache
def word_set(name: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(listed(name))


@cache
def stage_names() -> dict[str, str]:
    """Every spelling of a stage and the name that stands for it."""
    groups = [group.split("=") for group in _data()["stages"].split()]
    return {spelling: group[0] for group in groups for spelling in group}
