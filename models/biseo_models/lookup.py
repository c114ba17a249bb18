"""Guesses of what comes next, from what stood before: drafts repeat words of their sources."""

from __future__ import annotations

from collections.abc import Sequence

LENGTH = 3
"""Tokens that must have stood together before, for what followed them to be guessed."""

GUESSES = 3
"""Most tokens guessed at a time."""

_NEWEST = 0.1
"""Weight of the newest guess in the average."""


class Luck:
    """How many tokens of a guess come true, on average over the last ones; nothing is expected at first."""

    def __init__(self) -> None:
        self.right = 0.0

    def add(self, right: int) -> None:
        """One more guess of which so many tokens were right."""
        self.right += _NEWEST * (right - self.right)


class Lookup:
    """Remembers where every run of `LENGTH` tokens stood last, and how well that told what came next.

    Every guess is compared with what comes, whether it was used or not: so it is known what guessing would gain.

    Args:
        tokens: the prompt.
        luck: is told how many tokens of every guess were right.
    """

    def __init__(self, tokens: Sequence[int], luck: Luck) -> None:
        self._tokens: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        self._luck = luck
        self._open: list[int] = []
        self._right = 0
        self.add(tokens)

    def add(self, tokens: Sequence[int]) -> None:
        """Go on with these tokens."""
        for token in tokens:
            self._compare(token)
            if len(self._tokens) >= LENGTH:
                self._after[tuple(self._tokens[-LENGTH:])] = len(self._tokens)
            self._tokens.append(token)

    def guess(self, most: int) -> list[int]:
        """Up to `most` tokens that followed the last time the newest tokens stood together; none for new words."""
        place = self._after.get(tuple(self._tokens[-LENGTH:])) if len(self._tokens) >= LENGTH else None
        guess = self._tokens[place : place + most] if place is not None else []
        if not self._open:
            self._open, self._right = guess, 0
        return list(guess)

    def _compare(self, token: int) -> None:
        if not self._open:
            return
        right = token == self._open[0]
        self._right += right
        self._open = self._open[1:] if right else []
        if not self._open:
            self._luck.add(self._right)
