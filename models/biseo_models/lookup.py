"""Guesses of what comes next, from what stood before: drafts repeat words of their sources."""

from __future__ import annotations

from collections.abc import Sequence

LENGTH = 3
"""Tokens that must have stood together before, for what followed them to be guessed."""


class Lookup:
    """Remembers where every run of `LENGTH` tokens stood last.

    Args:
        tokens: the prompt.
    """

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        self.add(tokens)

    def add(self, tokens: Sequence[int]) -> None:
        """Go on with these tokens."""
        for token in tokens:
            if len(self._tokens) >= LENGTH:
                self._after[tuple(self._tokens[-LENGTH:])] = len(self._tokens)
            self._tokens.append(token)

    def guess(self, most: int) -> list[int]:
        """Up to `most` tokens that followed the last time the newest tokens stood together; none for new words."""
        place = self._after.get(tuple(self._tokens[-LENGTH:])) if len(self._tokens) >= LENGTH else None
        return self._tokens[place : place + most] if place is not None else []
