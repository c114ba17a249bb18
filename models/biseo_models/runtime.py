"""What the decoder needs of a loaded model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from biseo_models.engine import Prompt, Sampling


@dataclass(frozen=True)
class Row:
    """One token to decode: its place in its sequence, and whether its successor is to be sampled."""

    token: int
    position: int
    sequence: int
    wanted: bool


@dataclass(frozen=True)
class PromptTokens:
    """A prompt in tokens: `shared` (instructions and document) and `own` (task and the opening of the answer)."""

    shared: tuple[int, ...]
    own: tuple[int, ...]


class Sampler(Protocol):
    """Chooses the tokens of one answer."""

    def sample(self, row: int, allowed: Callable[[int], bool] | None) -> int | None:
        """The token after row `row` of the last batch, or None when nothing that is allowed was found."""
        ...

    def close(self) -> None: ...


class Runtime(Protocol):
    """What the decoder needs of a loaded model.

    Attributes:
        context: longest prompt with its answer, in tokens.
        cells: tokens the context can hold over all sequences.
        sequences: number of sequences, the trunk included.
        batch: most rows of one `decode`.
        rewinds: whether a sequence can be cut back to any of its tokens (recurrent models can only be cleared).
    """

    context: int
    cells: int
    sequences: int
    batch: int
    rewinds: bool

    def prompt_tokens(self, prompt: Prompt) -> PromptTokens: ...
    def decode(self, rows: Sequence[Row]) -> bool:
        """Work the rows in; False when the context has no room for them.

        Raises:
            Cancelled: stopped in the middle; what the rows' sequences hold from there on is unknown.
            ModelError: it failed.
        """
        ...

    def copy(self, source: int, target: int, end: int) -> None: ...
    def cut(self, sequence: int, keep: int) -> None: ...
    def save(self, sequence: int) -> tuple[Any, int]:
        """The state of a sequence and its bytes."""
        ...

    def load(self, sequence: int, state: Any) -> bool: ...
    def sampler(self, sampling: Sampling, grammar: str) -> Sampler:
        """A sampler for one answer.

        Raises:
            ModelError: the grammar is none.
        """
        ...

    def piece(self, token: int) -> bytes: ...
    def is_end(self, token: int) -> bool: ...
