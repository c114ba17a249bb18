"""How alike two sentences are, and runs of words that come again."""

from __future__ import annotations

from collections.abc import Sequence


def pairs(text: str) -> frozenset[str]:
    """The syllable pairs of the letters and digits of a text."""
    kept = "".join(char for char in text.casefold() if char.isalnum())
    return frozenset(kept[index : index + 2] for index in range(len(kept) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of two sets of pairs: 1 for equal ones, 0 when either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def repeated_runs(words: Sequence[str], length: int, times: int) -> list[tuple[int, int]]:
    """Runs of `length` words and more that stand at least `times` times without overlap.

    Returns:
        For every run its last occurrence, as first and last-plus-one index into `words`; adjoining ones are joined.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(words) - length + 1):
        known = places.setdefault(tuple(words[index : index + length]), [])
        if not known or index - known[-1] >= length:
            known.append(index)
    ends = sorted(known[-1] for known in places.values() if len(known) >= times)
    joined: list[tuple[int, int]] = []
    for start in ends:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], start + length))
        else:
            joined.append((start, start + length))
    return joined
