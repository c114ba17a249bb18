"""How a model is run on this PC: what was measured once, kept in a small file beside the models."""

from __future__ import annotations

import contextlib
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from biseo_models.lookup import GUESSES
from biseo_models.machine import Machine
from biseo_models.replacing import read_text, save_text
from biseo_models.runtime import Row, Runtime

FILE_NAME = "fit.json"
_ENOUGH = 0.97
"""Share of the best rate with which the smaller choice is taken: it leaves more of the PC to others."""

_NEAR = 0.93
_WORTH = 1.1


@dataclass(frozen=True)
class Fit:
    """What suits one model on one PC. Rates in tokens a second.

    Attributes:
        threads: on a quiet PC.
        batch: prompt tokens read at a time.
        parallel: answers written side by side.
        guess_cost: steps of one token that take as long as one of a token with its guesses.
        reading: rate of reading a prompt.
        writing: rate of writing one answer.
        together: rate of writing `parallel` answers, all together.
    """

    threads: int
    batch: int
    parallel: int
    guess_cost: float
    reading: float
    writing: float
    together: float


def measure(runtime: Runtime, set_threads: Callable[[int], None], candidates: Sequence[int]) -> Fit:
    """Try the model with different settings; takes some seconds and leaves its context empty.

    Args:
        runtime: the loaded model, with nothing read.
        set_threads: changes the number of threads.
        candidates: numbers of threads to try.

    Raises:
        Cancelled: stopped.
        ModelError: the model failed.
    """
    trial = _Trial(runtime)
    rates: dict[int, float] = {}
    for threads in sorted(candidates):
        set_threads(threads)
        rates[threads] = 1 / trial.step(1, 5)
    threads = _smallest(rates)
    set_threads(threads)
    sizes = [size for size in (128, 256) if size <= runtime.batch]
    reading = {size: size / trial.read(size) for size in sizes}
    wide = {count: count / trial.step(count, 3) for count in range(1, runtime.sequences)}
    trial.clear()
    parallel = _widest(wide)
    batch = _smallest(reading)
    guessing = min(GUESSES + 1, runtime.sequences - 1)
    return Fit(
        threads,
        batch,
        parallel,
        round(guessing * wide[1] / wide[guessing], 2),
        round(reading[batch], 1),
        round(wide[1], 1),
        round(wide[parallel], 1),
    )


class _Trial:
    """Rows of meaningless tokens, timed. What they say does not matter for how long they take."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._held: dict[int, int] = {}

    def read(self, size: int) -> float:
        """Seconds to read that many tokens."""
        return self._timed([self._row(0, place == size - 1, place) for place in range(size)])

    def step(self, sequences: int, times: int) -> float:
        """Seconds (median) to write one token on each of that many sequences."""
        spent = [
            self._timed([self._row(sequence, True, 0) for sequence in range(1, sequences + 1)])
            for _ in range(times + 1)
        ]
        return statistics.median(spent[1:])  # the first one warms up

    def clear(self) -> None:
        for sequence in self._held:
            self._runtime.cut(sequence, 0)
        self._held = {}

    def _row(self, sequence: int, wanted: bool, place: int) -> Row:
        return Row(10 + place, self._held.get(sequence, 0) + place, sequence, wanted)

    def _timed(self, rows: list[Row]) -> float:
        start = time.monotonic()
        self._runtime.decode(rows)
        for row in rows:
            self._held[row.sequence] = row.position + 1
        return time.monotonic() - start


def _smallest(rates: dict[int, float]) -> int:
    """The smallest setting that is nearly as fast as the fastest."""
    best = max(rates.values())
    return min(setting for setting, rate in rates.items() if rate >= _ENOUGH * best)


def _widest(rates: dict[int, float]) -> int:
    """The most answers side by side that are nearly as fast as the fastest; one where several gain nothing.

    Where fewer would be as fast, those of eight sections that are left over would be written alone, at the lowest rate.
    """
    best = max(rates.values())
    return max(count for count, rate in rates.items() if rate >= _NEAR * best) if best > _WORTH * rates[1] else 1


class FitBook:
    """The fits of all models, each for the PC and the llama.cpp it was measured with.

    Args:
        folder: the models folder.
        machine: this PC.
        engine: version of llama.cpp's library.
    """

    def __init__(self, folder: Path, machine: Machine, engine: str) -> None:
        self._path = folder / FILE_NAME
        sets = "+".join(machine.instruction_sets)
        self._pc = f"{machine.processor}/{machine.cores}/{machine.physical_cores}/{sets}/{engine}"

    def find(self, model_id: str) -> Fit | None:
        """The fit of a model on this PC; None when it was not measured, or not with these."""
        entry = self._read().get(model_id)
        if not isinstance(entry, dict) or entry.get("pc") != self._pc or not isinstance(entry.get("fit"), dict):
            return None
        fit = entry["fit"]
        names = {field.name for field in fields(Fit)}
        if set(fit) != names or not all(isinstance(value, int | float) and value >= 0 for value in fit.values()):
            return None
        return Fit(**fit)

    def remember(self, model_id: str, fit: Fit) -> None:
        """Keep a fit. A disk that cannot be written costs only measuring it again."""
        book = {**self._read(), model_id: {"pc": self._pc, "fit": asdict(fit)}}
        with contextlib.suppress(OSError):
            save_text(self._path, json.dumps(book, ensure_ascii=False, indent=1))

    def _read(self) -> dict[str, Any]:
        try:
            book = json.loads(read_text(self._path))
        except (OSError, ValueError):
            return {}
        return book if isinstance(book, dict) else {}
