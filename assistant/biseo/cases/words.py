"""The word lists of the city cases, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("biseo_resources") / "words" / "cities.toml").read_text(encoding="utf-8"))


@cache
def provinces() -> dict[str, tuple[str, ...]]:
    """Every province and what else it is called."""
    return {name: tuple(others.split()) for name, others in _data()["provinces"].items()}


@cache
def members() -> dict[str, tuple[str, ...]]:
    """The cities, counties and districts of each province."""
    return {name: tuple(inside.split()) for name, inside in _data()["members"].items()}


@cache
def abroad(name: str) -> tuple[str, ...]:
    """`countries` or `cities` of other countries, longest first."""
    return tuple(sorted(_data()["abroad"][name].split(), key=lambda word: (-len(word), word)))


@cache
def leftovers(name: str) -> tuple[str, ...]:
    """What news pages print around an article: `markers` end it, `mixed_in` is passed over."""
    text = (files("biseo_resources") / "words" / "web_leftovers.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name])


@cache
def cues(name: str) -> tuple[str, ...]:
    """The words of one list of cues."""
    return tuple(_data()["cues"][name].split())
