"""What the model has read of several documents, kept in memory so that going back to one costs a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kept:
    """The state after reading `tokens`; `state` is the runtime's own and `size` its bytes."""

    tokens: tuple[int, ...]
    state: Any
    size: int


class PrefixStore:
    """States by the tokens that were read, least recently used out first. Never on disk.

    Args:
        budget: most bytes to keep.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._kept: list[Kept] = []  # least recently used first

    @property
    def size(self) -> int:
        """Bytes kept."""
        return sum(kept.size for kept in self._kept)

    def holds(self, tokens: Sequence[int]) -> bool:
        """Whether the state of exactly these tokens is kept; counts as a use of it."""
        kept = next((kept for kept in self._kept if kept.tokens == tuple(tokens)), None)
        if kept:
            self.use(kept)
        return kept is not None

    def put(self, kept: Kept) -> None:
        """Keep a state, dropping the least recently used ones that have no room beside it."""
        if kept.size > self._budget:
            return
        self._kept = [other for other in self._kept if other.tokens != kept.tokens]
        while self.size + kept.size > self._budget:
            del self._kept[0]
        self._kept.append(kept)

    def best(self, tokens: Sequence[int]) -> tuple[Kept | None, int]:
        """The state that shares the longest beginning with `tokens`, and how many tokens that is."""
        shared = [(common_prefix(kept.tokens, tokens), kept) for kept in self._kept]
        if not shared:
            return None, 0
        length, kept = max(shared, key=lambda found: found[0])
        return (kept, length) if length else (None, 0)

    def use(self, kept: Kept) -> None:
        """Say that a state was used just now."""
        self._kept.remove(kept)
        self._kept.append(kept)


def common_prefix(held: Sequence[int], wanted: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    low, high = 0, min(len(held), len(wanted))
    if tuple(held[:high]) == tuple(wanted[:high]):
        return high
    while low < high:  # invariant: the first `low` are equal, the first `high` are not
        middle = (low + high) // 2
        if tuple(held[low : middle + 1]) == tuple(wanted[low : middle + 1]):
            low = middle + 1
        else:
            high = middle
    return low
