"""The encoder's process knows the vectors of a library: given from the store, later ones when they are there."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import partial

from biseo.library import tables
from biseo.library.meaning.client import Meaning
from biseo.library.shelf import Shelf

PART = 5_000
"""Vectors that are given at once: 2.5 MB."""
_ANEW_S = 30.0
"""Vectors of what was deleted stay in the process so long at most; what they point to is not found."""


@dataclass
class _Given:
    generation: int
    last: int
    deletes: int
    when: float


_given: dict[int, _Given] = {}
_lock = threading.Lock()


def supply(meaning: Meaning, shelf: Shelf) -> bool:
    """Give what is new; whether there is anything to search.

    Raises:
        MeaningGone: no encoder.
    """
    with _lock:
        state = shelf.read(tables.meaning_state)
        if not state.last or state.model != meaning.model:
            return False
        now = time.monotonic()
        known = _given.get(shelf.number)
        if known is not None:
            old = known.deletes != state.deletes and now - known.when > _ANEW_S
            if old or known.generation != meaning.generation:
                known = None
        if known is not None and known.last >= state.last:
            return True
        last = 0 if known is None else known.last
        anew = known is None
        while last < state.last:
            rows = shelf.read(partial(tables.vectors, after=last, most=PART))
            if not rows:
                break
            last = meaning.take(shelf.number, state.model, rows, anew=anew)
            anew = False
        deletes, when = (state.deletes, now) if known is None else (known.deletes, known.when)
        _given[shelf.number] = _Given(meaning.generation, max(last, state.last), deletes, when)
        return True


def forget(shelf_number: int) -> None:
    """A library is closed."""
    with _lock:
        _given.pop(shelf_number, None)
