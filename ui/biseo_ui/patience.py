"""How long somebody who typed a wrong secret has to wait before the next one."""

from __future__ import annotations

import math
from collections.abc import Callable

from biseo_ui.session_lock import clock as system_clock

FREE = 2
"""Slips of the finger that cost nothing; making the key from a passphrase takes half a second anyway."""
LONGEST_S = 60


class Patience:
    """Two seconds after the third wrong one, twice as long each time, a minute at most; by a clock nobody sets."""

    def __init__(self, clock: Callable[[], float] = system_clock) -> None:
        self._clock = clock
        self._wrong = 0
        self._until = 0.0

    def fail(self) -> None:
        """A wrong one."""
        self._wrong += 1
        if self._wrong > FREE:
            self._until = self._clock() + min(LONGEST_S, 2 ** (self._wrong - FREE))

    def succeed(self) -> None:
        """The right one."""
        self._wrong, self._until = 0, 0.0

    @property
    def left(self) -> int:
        """Whole seconds that are left."""
        return max(0, math.ceil(self._until - self._clock()))
