"""Long sources cut where their structure allows: at chapters, articles and tables, not in the middle of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from biseo.drafting.digest.lines import Line

PART_TOKENS = 900
"""Tokens of a part: small enough to say in a few lines, and for several to be read side by side."""

_CHAPTER = 0.2
"""Share of a part from which on a chapter begins a new one; under it the next sections are put together."""

_SECTION = 0.5


@dataclass(frozen=True)
class Part:
    """Lines of one source that are digested together.

    Attributes:
        tokens: length of its text in tokens of the model, about.
        repeated: the head of a table that was cut, said again before its further rows.
    """

    lines: tuple[Line, ...]
    tokens: int
    repeated: str = ""

    @property
    def source(self) -> str:
        return self.lines[0].source

    @property
    def pages(self) -> frozenset[int]:
        """The pages its lines stand on; empty where the format has none."""
        return frozenset(line.page for line in self.lines if line.page is not None)

    @cached_property
    def text(self) -> str:
        """As the model reads it, under the heading that goes on from before."""
        above = self.lines[0].above
        head = [above] if above and self.lines[0].kind != "heading" else []
        return "\n".join([*head, *([self.repeated] if self.repeated else []), *(line.text for line in self.lines)])

    @cached_property
    def name(self) -> str:
        """What it says, as a hash: a part that did not change keeps its name wherever it stands."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def split_parts(lines: Sequence[Line], lengths: Sequence[int], most: int = PART_TOKENS) -> list[Part]:
    """All lines, in parts of at most `most` tokens; only a single line that is longer makes a longer part.

    A chapter begins a new part, so that what changes in one does not shift the cuts of the next.

    Args:
        lines: of all sources, in order.
        lengths: tokens of each line.
    """
    parts: list[Part] = []
    current: list[Line] = []
    used = 0

    def close() -> None:
        nonlocal current, used
        if current:
            parts.append(Part(tuple(current), used))
            current, used = [], 0

    for unit in _units(lines):
        tokens = sum(lengths[line.place] + 1 for line in unit)
        first = unit[0]
        if current and (
            first.source != current[0].source
            or used + tokens > most
            or (first.level == 1 and used >= _CHAPTER * most)
            or (first.kind == "heading" and used >= _SECTION * most)
        ):
            close()
        if tokens > most:
            parts += _cut(unit, lengths, most)
        else:
            current += unit
            used += tokens
    close()
    return parts


def _units(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines that belong together: an article with its paragraphs, a table, a paragraph; each with its headings."""
    unit: list[Line] = []
    for line in lines:
        before = unit[-1] if unit else None
        if before is not None and not _belongs(line, before, unit):
            yield unit
            unit = []
        unit.append(line)
    if unit:
        yield unit


def _belongs(line: Line, before: Line, unit: Sequence[Line]) -> bool:
    if line.source != before.source:
        return False
    if before.kind == "heading":
        return True
    if line.kind == "heading" or line.article:
        return False
    if line.block == before.block:
        return True
    return line.kind != "row" and before.kind != "row" and any(one.article for one in unit)


def _cut(unit: Sequence[Line], lengths: Sequence[int], most: int) -> list[Part]:
    """A unit longer than a part, cut between lines; the head of a table is said again before its further rows."""
    parts: list[Part] = []
    current: list[Line] = []
    used, repeated = 0, ""
    for line in unit:
        tokens = lengths[line.place] + 1
        if current and used + tokens > most:
            parts.append(Part(tuple(current), used, repeated))
            repeated = line.head
            used = len(line.head) if line.head else 0  # a token is at least about a character: an upper bound
            used = min(used, most // 4)
            current = []
        current.append(line)
        used += tokens
    parts.append(Part(tuple(current), used, repeated))
    return parts
