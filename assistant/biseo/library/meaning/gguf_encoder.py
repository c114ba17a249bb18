"""A GGUF embedder as the encoder's process uses it. Only that process imports this module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from biseo_models.embedding import EmbedPlan

LONGEST = 1_500
"""More letters of a text than this are not looked at."""


class GgufEncoder:
    """The embedder, loaded.

    Args:
        plan: the model file.
        waiting: whether a question is waiting; a passage is broken off for it and begun again.

    Raises:
        ModelError: it cannot be loaded.
    """

    def __init__(self, plan: EmbedPlan, waiting: Callable[[], bool]) -> None:
        from biseo_models.llama_embedder import LlamaEmbedder

        self._model = LlamaEmbedder(plan, waiting)
        self.width = self._model.width

    def vector(self, text: str) -> NDArray[np.float32]:
        """A question, of length 1."""
        return self._model.question(text[:LONGEST])

    def batches(self, texts: Sequence[str]) -> Iterator[NDArray[np.float32]]:
        """The vectors of many passages in order, one at a time; none where one was broken off."""
        nothing = np.empty((0, self.width), np.float32)
        for text in texts:
            while (vector := self._model.passage(text[:LONGEST])) is None:
                yield nothing
            yield vector[None, :]
