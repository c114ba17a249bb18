"""What the base of facts is made of."""

from __future__ import annotations

from dataclasses import dataclass

from biseo.document import Passage
from biseo.text.facts import Fact

GIVEN = "입력한 내용"
"""Name of the source for what the official filled in."""
COMPARED = "자료와 대조"
"""Authority of what rests on the sources and on no rule."""


@dataclass(frozen=True)
class SourceFact:
    """A fact of the sources and where it stands; `fact`'s offsets refer to the passage."""

    fact: Fact
    passage: Passage


@dataclass(frozen=True)
class SourceTable:
    """A table of the sources.

    Attributes:
        rows: its cells; the first row is taken for the heads.
        caption: the line before it.
        unit: what a `(단위: 천원)` before it says, or "".
        place: number of the passage of its first row.
    """

    rows: tuple[tuple[str, ...], ...]
    caption: str
    unit: str
    place: int
