"""Widths of text as 맑은 고딕, the font of Word documents and of what is copied, sets it: narrower than even 타."""

from __future__ import annotations

from biseo.writers.pieces import Item

_WIDE = 0.92
_DIGIT = 0.55
_LATIN = {" ": 0.34, ".": 0.22, "(": 0.3, ")": 0.3, "-": 0.4, "·": 0.3, "•": 0.5, "–": 0.55, "*": 0.42, "\t": 1.0}


def width_of(text: str) -> float:
    """Width of `text` in letters' heights."""
    return sum(_LATIN.get(sign, _DIGIT if sign.isascii() else _WIDE) for sign in text)


def keys_of(text: str) -> float:
    """The same in 타, two of which are a letter's height."""
    return 2 * width_of(text)


def indents_of(item: Item, size: float) -> tuple[float, float]:
    """Where the mark of an item of that size begins, and how far further its words do, in points."""
    indent = width_of(item.lead) * size if item.lead else item.indent * size / 2
    return indent, width_of(item.mark + item.gap) * size
