"""Vectors of one library in memory, and which of them are nearest. Only the encoder's process imports this module."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAMPLE = 1_024
"""Passages from which mean and spread of a question's likeness are estimated."""
_ALL = 16_384
"""Up to so many passages are compared with every number; of more, those first whose signs are most alike."""
_LIKELY = 8_192
_ROWS = 2_048


class Nearest:
    """Grows only; what is deleted goes when everything is given anew.

    Args:
        width: numbers of a vector.
    """

    def __init__(self, width: int) -> None:
        self._width, self._words = width, -(-width // 64)
        self._count = 0
        self._rows = np.empty((0, width), np.int8)
        self._lengths = np.empty(0, np.float32)
        self._signs = np.empty((self._words, 0), np.uint64)
        self._passages = np.empty(0, np.int64)
        self._texts = np.empty(0, np.int64)
        self._sample: NDArray[np.float32] | None = None
        self._last: tuple[NDArray[np.float32], float, float] | None = None

    def __len__(self) -> int:
        return self._count

    def add(self, passages: NDArray[np.int64], texts: NDArray[np.int64], vectors: bytes) -> None:
        """More passages, with rising numbers."""
        rows = np.frombuffer(vectors, np.int8).reshape(-1, self._width)
        begin, end = self._count, self._count + len(rows)
        if end > len(self._rows):
            self._grow(max(end, 3 * end // 2, _ROWS))
        self._rows[begin:end] = rows
        wide = rows.astype(np.float32)
        self._lengths[begin:end] = 1.0 / np.maximum(np.sqrt(np.einsum("ij,ij->i", wide, wide)), 1e-9)
        self._signs[:, begin:end] = self._signs_of(rows)
        self._passages[begin:end] = passages
        self._texts[begin:end] = texts
        self._count = end
        self._sample = self._last = None

    def seek(self, vector: NDArray[np.float32], texts: NDArray[np.int64] | None, most: int) -> list[tuple[int, float]]:
        """The passages that are most like a question.

        Args:
            vector: of the question, of length 1.
            texts: only passages of these; None for all.
            most: how many.

        Returns:
            Number of the passage, and how many spreads its likeness lies above that of the average passage.
        """
        if not self._count:
            return []
        mean, spread = self._usual(vector)
        at = self._likely(vector, texts)
        if not len(at):
            return []
        scores = self._alike(vector, at)
        if len(scores) > most:
            best = np.argpartition(scores, -most)[-most:]
            at, scores = at[best], scores[best]
        order = np.argsort(-scores, kind="stable")
        return [
            (int(passage), float((score - mean) / spread))
            for passage, score in zip(self._passages[at[order]], scores[order], strict=True)
        ]

    def weigh(self, vector: NDArray[np.float32], passages: list[int]) -> list[float | None]:
        """How much these passages are like a question, as `seek` tells it; None for one that is not known."""
        if not self._count:
            return [None] * len(passages)
        mean, spread = self._usual(vector)
        asked = np.array(passages, np.int64)
        at = np.minimum(np.searchsorted(self._passages[: self._count], asked), self._count - 1)
        there = self._passages[at] == asked
        scores = (self._alike(vector, at) - mean) / spread
        return [float(score) if known else None for score, known in zip(scores, there, strict=True)]

    def _grow(self, size: int) -> None:
        for name in ("_rows", "_lengths", "_passages", "_texts"):
            old = getattr(self, name)
            new = np.empty((size, *old.shape[1:]), old.dtype)
            new[: self._count] = old[: self._count]
            setattr(self, name, new)
        signs = np.empty((self._words, size), np.uint64)
        signs[:, : self._count] = self._signs[:, : self._count]
        self._signs = signs

    def _usual(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        if self._sample is None:
            at = np.linspace(0, self._count - 1, min(self._count, SAMPLE)).astype(np.int64)
            self._sample = self._rows[at].astype(np.float32) * self._lengths[at, None]
        if self._last is None or self._last[0] is not vector:
            scores = self._sample @ vector
            self._last = vector, float(scores.mean()), max(float(scores.std()), 1e-6)
        return self._last[1:]

    def _likely(self, vector: NDArray[np.float32], texts: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """Places that are worth comparing."""
        count = self._count
        at = None if texts is None else np.flatnonzero(np.isin(self._texts[:count], texts))
        if (count if at is None else len(at)) <= _ALL:
            return np.arange(count) if at is None else at
        asked = self._signs_of(vector[None, :])[:, 0]
        differ = np.zeros(count if at is None else len(at), np.uint16)
        for word in range(self._words):
            signs = self._signs[word, :count] if at is None else self._signs[word, at]
            differ += np.bitwise_count(signs ^ asked[word])
        best = np.argpartition(differ, _LIKELY)[:_LIKELY]
        return best if at is None else at[best]

    def _signs_of(self, rows: NDArray[np.int8] | NDArray[np.float32]) -> NDArray[np.uint64]:
        """One bit a number, 64 in a word; what is left of the last word is the same for all."""
        bits = np.zeros((len(rows), 8 * self._words), np.uint8)
        bits[:, : -(-self._width // 8)] = np.packbits(rows > 0, axis=1)
        return bits.view(np.uint64).T

    def _alike(self, vector: NDArray[np.float32], at: NDArray[np.int64]) -> NDArray[np.float32]:
        scores = np.empty(len(at), np.float32)
        for begin in range(0, len(at), _ROWS):
            part = at[begin : begin + _ROWS]
            scores[begin : begin + _ROWS] = self._rows[part].astype(np.float32) @ vector
        scores *= self._lengths[at]
        return scores
