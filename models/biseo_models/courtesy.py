"""How many cores the model may use while other programs work."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

LOOK_S = 0.5
"""How often the load of the PC is looked at."""

BUSY, QUIET = 0.5, 0.3
"""Load of the other programs, in cores, from which on a core is left to them, and below which it is taken back."""


class LoadWatch:
    """How many cores the other programs use.

    Args:
        cores: processors this process may run on.
        load: seconds of processor time (all programs, this one); given by tests.
        clock: seconds; given by tests.
    """

    def __init__(
        self,
        cores: int,
        load: Callable[[], tuple[float, float]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load or _load
        self._clock = clock
        self._sees = load is not None or psutil.cpu_count() == cores  # else the load of other PCs would count
        self._then, (self._all, self._own) = clock(), self._load()

    @property
    def passed(self) -> float:
        """Seconds since the last look."""
        return self._clock() - self._then

    def others(self) -> float:
        """Cores that the other programs used since the last look; 0 where that cannot be seen."""
        passed, (everything, own) = self.passed, self._load()
        used = ((everything - self._all) - (own - self._own)) / passed if passed > 0 else 0.0
        self._then, self._all, self._own = self._then + passed, everything, own
        return max(used, 0.0) if self._sees else 0.0


class Courtesy:
    """Chooses the number of threads by what the other programs use.

    Threads of the model wait for each other: when another program takes the core of one, all of them stand still.

    Args:
        most: threads to use on a quiet PC.
        cores: processors this process may run on.
        watch: sees the others.
    """

    def __init__(self, most: int, cores: int, watch: LoadWatch | None = None) -> None:
        self._most, self._cores = most, cores
        self._watch = watch or LoadWatch(cores)
        self._threads = most

    def threads(self) -> int:
        """Threads to use now."""
        if self._watch.passed >= LOOK_S:
            self._threads = self._fitting(self._watch.others())
        return self._threads

    def _fitting(self, others: float) -> int:
        """Threads beside programs that use `others` cores; the answer before stands between the two limits."""
        fewest = max(1, min(self._most, self._cores - _rounded(others, QUIET)))
        most = max(1, min(self._most, self._cores - _rounded(others, BUSY)))
        return min(max(self._threads, fewest), most)


def _rounded(cores: float, limit: float) -> int:
    """Whole cores, of which the last counts from `limit` on."""
    whole = int(max(cores, 0.0))
    return whole + (max(cores, 0.0) - whole >= limit)


def _load() -> tuple[float, float]:
    everything = psutil.cpu_times()
    idle = everything.idle + getattr(everything, "iowait", 0.0)
    own = psutil.Process().cpu_times()
    return sum(everything[: 8 if len(everything) > 8 else None]) - idle, own.user + own.system
