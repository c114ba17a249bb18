"""Blanks in a line that are to be written over: `성명: ____`, or blanks that are underlined.

A blank counts only with words before it that can be its name; a line for a signature alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biseo.forms.names import is_label, tidy_name
from biseo.writers.marks import find_mark

# A date with its units is one blank, which a whole date takes the place of.
_DRAWN = re.compile(r"[_＿]{2,}[ \t]*년[ \t]*[_＿]+[ \t]*월[ \t]*[_＿]+[ \t]*일|[_＿]{3,}")
_UNIT = re.compile(r"[ \t]*[년월일시분](?![가-힣])")
_SPREAD = re.compile(r"(?:^|(?<=\s))(?:[가-힣]\s+)+[가-힣]$")
_APART = re.compile(r"\t|\s{2,}|[|,;·]|(?<=[.!?])\s")
_UNCLOSED = re.compile(r"[(（\[]([^()（）\[\]]*)$")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])\s*(?=\S)")
_REACH = 200
SHORTEST = 3
"""Underlined blanks fewer than this are a gap between words."""


@dataclass(frozen=True)
class Blank:
    """A blank named by the words before it; `start` and `end` are its characters in the line."""

    name: str
    start: int
    end: int


def find_blanks(text: str, underlined: str = "") -> Iterator[Blank]:
    """The named blanks of a line in order.

    Args:
        underlined: as long as `text`, `_` where a character is underlined, else a blank.
    """
    before = 0
    for start, end in sorted({*_drawn(text), *_ruled(text, underlined)}):
        if start < before:
            continue
        name = label_before(text[before:start])
        if name and not (text[start:end].strip("_＿ \t\u00a0\u3000") == "" and _UNIT.match(text, end)):
            yield Blank(name, start, end)
        before = end


def label_before(text: str) -> str:
    """The name that the words at the end of `text` give to what follows; empty where they give none."""
    line = text[-_REACH:].rpartition("\n")[2].rstrip(" \t\u00a0\u3000:：")
    spread = _SPREAD.search(line)
    words = spread[0] if spread else _APART.split(line)[-1]
    words = _ASIDE.sub("", words, count=1) if _ASIDE.match(words) else words
    if unclosed := _UNCLOSED.search(words):
        words = unclosed[1]
    mark = find_mark(words)
    name = tidy_name(mark.body if mark else words)
    return name if is_label(name) else ""


def _drawn(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _DRAWN.finditer(text))


def _ruled(text: str, underlined: str) -> Iterator[tuple[int, int]]:
    """Underlined blanks that do not belong to underlined words."""
    for found in re.finditer("_+", underlined):
        start, end = found.span()
        if end - start >= SHORTEST and not text[start:end].strip():
            yield start, end
