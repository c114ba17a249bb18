"""Hiding personal data in a text: for good in what leaves the program, and so that it can come back inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from biseo.checks.privacy import LABELS, Kind, PersonalData, find_private

_NUMBERS: frozenset[Kind] = frozenset(LABELS) - {"name", "address"}
_KEPT_IN_DATE = frozenset("년월일생")
_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(map(re.escape, LABELS.values())) + r")[0-9]{1,6}\]")


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


@dataclass
class Placeholders:
    """Personal data as `[이름1]`, and back. The mapping lives in memory only: it is never written or printed."""

    _values: dict[str, str] = field(default_factory=dict, repr=False)
    _marks: dict[tuple[Kind, str], str] = field(default_factory=dict, repr=False)

    def hide(self, text: str) -> str:
        """The text with every value as a placeholder; equal values have equal ones, over several texts, too."""
        items = find_private(text, tuple(self._marks))
        pieces: list[str] = []
        last = 0
        for item in items:
            begin = item.start + item.keep
            pieces += (text[last:begin], self._mark(item.kind, text[begin : item.end], text))
            last = item.end
        return "".join(pieces) + text[last:]

    def restore(self, text: str) -> str:
        """The text with the values back; a placeholder that was never given out stays."""
        return _PLACEHOLDER.sub(lambda mark: self._values.get(mark[0], mark[0]), text)

    def _mark(self, kind: Kind, value: str, text: str) -> str:
        mark = self._marks.get((kind, value))
        number = sum(1 for known, _ in self._marks if known == kind)
        while mark is None:
            number += 1
            candidate = f"[{LABELS[kind]}{number}]"
            if candidate not in text and candidate not in self._values:
                mark = self._marks[kind, value] = candidate
                self._values[candidate] = value
        return mark
