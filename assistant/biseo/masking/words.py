"""Hiding personal data in a text for good, as in all that leaves the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from biseo.checks.privacy import LABELS, Kind, PersonalData, find_private

_NUMBERS: frozenset[Kind] = frozenset(LABELS) - {"name", "address"}
_KEPT_IN_DATE = frozenset("년월일생")


def mask_value(kind: Kind, value: str, keep: int = 0) -> str:
    """The value with every letter and digit replaced, as long as before; what stands between them is kept.

    Args:
        keep: how many characters at the beginning stay (the region of an address).
    """
    sign = "*" if kind in _NUMBERS else "○"
    spared = _KEPT_IN_DATE if kind == "birth_date" else frozenset()
    return value[:keep] + "".join(
        sign if (char.isalnum() or "\u1100" <= char <= "\u11ff") and char not in spared else char
        for char in value[keep:]
    )


def mask_spans(text: str, items: Iterable[PersonalData]) -> str:
    """The text with what stands at the items' places masked; nothing else changes, not even its length."""
    pieces: list[str] = []
    last = 0
    for item in items:
        pieces += (text[last : item.start], mask_value(item.kind, text[item.start : item.end], item.keep))
        last = item.end
    return "".join(pieces) + text[last:]


def mask_text(text: str, known: Sequence[tuple[Kind, str]] = ()) -> str:
    """The text with all personal data masked, for good."""
    return mask_spans(text, find_private(text, known))


def values_of(text: str, items: Iterable[PersonalData]) -> tuple[tuple[Kind, str], ...]:
    """The different values at the items' places."""
    return tuple(dict.fromkeys((item.kind, text[item.start : item.end]) for item in items))
