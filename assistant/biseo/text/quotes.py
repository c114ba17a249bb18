"""Where quotation marks open and close, curly and straight."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 1500
"""A quotation longer than this is taken for a stray mark (characters)."""

# Each alternative is one pass: the body excludes its own delimiter, so nothing is scanned twice.
_QUOTED = re.compile(
    r"“[^“”\n]{1,1500}”"
    r"|‘(?![0-9]{2}(?:년|\.))[^‘’\n]{1,1500}’"
    r"|(?<![\w\"])\"(?!\s)[^\"\n]{1,1500}(?<!\s)\""
    r"|(?<![\w'])'(?!\s|[0-9]{2}(?:년|\.))[^'\n]{1,400}(?<!\s)'(?![A-Za-z0-9])"
)


@dataclass(frozen=True)
class Quoted:
    """Text between quotation marks: `start`, `end` include the marks; `double` tells “ ” and \" from ‘ ’ and '."""

    start: int
    end: int
    double: bool


def quoted_spans(text: str) -> tuple[Quoted, ...]:
    """All outermost quotations that open and close in one line, in order."""
    spans = []
    for match in _QUOTED.finditer(text):
        spans.append(Quoted(match.start(), match.end(), match[0][0] in '“"'))
    return tuple(spans)
