"""Which quadrant of a strengths-and-weaknesses analysis a sentence belongs to, as far as its words tell.

A small model writes "half of the staff leave within a year" among the strengths (seen). Words decide only where they
are clear; a sentence that says neither good nor bad may stand where the model put it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_SIDES = {
    (True, False): "strengths",
    (False, False): "weaknesses",
    (True, True): "opportunities",
    (False, True): "threats",
}
QUADRANTS = tuple(_SIDES.values())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    text = (files("biseo_resources") / "words" / "quadrants.toml").read_text(encoding="utf-8")
    ways = (
        ".{0,20}".join(map(re.escape, way.replace("_", " ").split("…"))) for way in tomllib.loads(text)[name].split()
    )
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(ways, key=len, reverse=True))})[가-힣]*")


def is_favourable(sentence: str) -> bool | None:
    """Whether a sentence tells of something good; None where its words do not say, or say both.

    What stands last decides between the clauses of a sentence: 어려움이 있었으나 나아졌다.
    """
    good, bad = (
        max(((found.end(), -found.start()) for found in _pattern(name).finditer(sentence)), default=(-1, 0))
        for name in ("favourable", "unfavourable")
    )
    return None if good == bad else good > bad  # where both end in one verb, the one with its noun: 민원이 줄었다


def is_outside(sentence: str) -> bool:
    """Whether a sentence speaks of what is not in the agency's hands."""
    return bool(_pattern("outside").search(sentence))


def quadrant_of(sentence: str) -> str:
    """Id of the section a sentence belongs to; empty where its words do not tell."""
    good = is_favourable(sentence)
    return "" if good is None else _SIDES[good, is_outside(sentence)]


def is_misplaced(sentence: str, quadrant: str) -> bool:
    """Whether a sentence says clearly the contrary of what its quadrant is for."""
    good = is_favourable(sentence)
    return good is not None and quadrant in QUADRANTS and good is not (quadrant in ("strengths", "opportunities"))
