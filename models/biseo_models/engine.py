"""The protocol between the drafting pipeline and whatever runs the language model.

Everything here is a plain frozen value, so that a job can be printed, recorded and sent over a pipe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Prompt:
    """One request in the order that lets the engine reuse what it already read.

    Attributes:
        instructions: the system message; the same for every section of a task.
        document: the sources; comes first in the user message, so that it is shared by every task on them.
        task: what to write now; comes last.
        opening: words the answer must begin with (they are part of the answer).
    """

    instructions: str
    document: str
    task: str
    opening: str = ""


@dataclass(frozen=True)
class Sampling:
    """How the next word is chosen, and when the answer ends. Defaults keep a small model on its source, out of loops.

    Attributes:
        max_tokens: longest answer, in tokens.
        max_line: characters of one line at which the answer ends; 0 for lines of any length.
        stop: texts at which the answer ends, before them.
    """

    temperature: float = 0.35
    top_k: int = 40
    top_p: float = 0.92
    min_p: float = 0.05
    repeat_penalty: float = 1.08
    repeat_window: int = 256
    dry_multiplier: float = 0.6
    dry_allowed_length: int = 6
    seed: int = 0
    max_tokens: int = 512
    max_line: int = 0
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """What the answer may contain.

    Attributes:
        numbers: the only literals in which digits may be written; `None` leaves numbers free, an empty tuple bars them.
        scripts: characters of scripts outside Hangul and Latin (for example single Han letters) that the sources
            contain and the answer may therefore repeat; every other one is barred.
        barred: characters that must not be written although they belong (the marks of Markdown).
    """

    numbers: tuple[str, ...] | None = None
    scripts: str = ""
    barred: str = ""


@dataclass(frozen=True)
class Job:
    """A prompt with its sampling and what the answer may be.

    Attributes:
        grammar: GBNF with the rule `root` that the answer (behind the prompt's opening) follows; empty for free text.
    """

    prompt: Prompt
    sampling: Sampling = field(default_factory=Sampling)
    guard: Guard | None = None
    grammar: str = ""


@dataclass(frozen=True)
class Stats:
    """What one answer cost. Times in seconds, lengths in tokens of the model."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    first_token_s: float = 0.0
    total_s: float = 0.0

    def __add__(self, other: Stats) -> Stats:
        """Totals over several answers; the first token is that of the first answer that had one."""
        return Stats(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
            self.first_token_s or other.first_token_s,
            self.total_s + other.total_s,
        )


@dataclass(frozen=True)
class Reading:
    """The prompt is being read: `done` of `total` tokens (the reused ones count as done)."""

    done: int
    total: int


@dataclass(frozen=True)
class Token:
    """The next piece of the answer: always whole characters."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The answer is complete. `reason` is `end`, `stop` (a stop string), `length` (max_tokens or
    context full) or `line` (max_line)."""

    reason: str
    stats: Stats


EngineEvent = Reading | Token | Finished


@dataclass(frozen=True)
class ModelInfo:
    """What the loaded model is. Sizes: `context` in tokens, `memory_bytes` as measured after loading."""

    id: str
    name: str
    context: int
    parameters: int
    quantization: str
    memory_bytes: int = 0


class CancelFlag(Protocol):
    """Something another thread or process sets to stop the work."""

    def is_set(self) -> bool: ...


class Engine(Protocol):
    """A language model that is ready to work. One call at a time; not thread safe."""

    def info(self) -> ModelInfo:
        """The loaded model. Loads it on first use, which may take seconds.

        Raises:
            ModelError: the model cannot be used.
        """
        ...

    def count(self, texts: list[str]) -> list[int]:
        """Length of each text in tokens of this model, without special tokens.

        Raises:
            ModelError: the model cannot be used.
        """
        ...

    def generate(self, job: Job, cancel: CancelFlag) -> Iterator[EngineEvent]:
        """The answer to one prompt, ending with `Finished`.

        Raises:
            Cancelled: `cancel` was set; what had been yielded stays valid.
            ModelError: the prompt does not fit, or the model process died.
        """
        ...

    def generate_all(self, jobs: Sequence[Job], cancel: CancelFlag) -> Iterator[tuple[int, EngineEvent]]:
        """The answers to several prompts side by side; every event with the place of its job, ending with `Finished`.

        Jobs on the same document cost much less together than one after another.

        Raises:
            Cancelled: `cancel` was set; what had been yielded stays valid.
            ModelError: a prompt does not fit, or the model process died.
        """
        ...

    def prepare(self, prompt: Prompt) -> None:
        """Read instructions and document of a prompt ahead, in the background, until other work comes.

        Raises:
            ModelError: the model cannot be used.
        """
        ...

    def close(self) -> None:
        """End the model and free its memory. A later call loads it again."""
        ...
