"""Keeps the one engine of the window. Everything here runs in the engine lane of the job runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from biseo_models.engine import Engine, ModelInfo
from biseo_ui.services import Store


@dataclass(frozen=True)
class ModelLoading:
    """The model is being loaded, which may take seconds."""

    name: str


@dataclass(frozen=True)
class ModelReady:
    """The model can write."""

    info: ModelInfo


class EngineHost:
    """Opens the engine of the model in use when it is first needed, and another when the user chose another model."""

    def __init__(self, store: Callable[[], Store], open_engine: Callable[[Any], Engine]) -> None:
        self._store = store
        self._open = open_engine
        self._engine: Engine | None = None
        self._path: object = None

    def entry(self) -> Any:
        """The model in use.

        Raises:
            ModelError: there is none.
        """
        return self._store().active()

    def engine(self) -> Engine:
        """The engine of the model in use.

        Raises:
            ModelError: there is no model, or it does not fit this PC.
        """
        entry = self.entry()
        if self._engine is None or self._path != entry.path:
            self.close()
            self._engine = self._open(entry)
            self._path = entry.path
        return self._engine

    def load(self) -> Iterator[ModelLoading | ModelReady]:
        """Load the model in use, if it is not loaded already, and tell of it.

        Raises:
            ModelError: there is no model, or it cannot be used.
        """
        yield ModelLoading(self.entry().name)
        yield ModelReady(self.engine().info())

    def close(self) -> None:
        """End the model and free its memory."""
        if self._engine is not None:
            self._engine.close()
        self._engine = None
        self._path = None
