"""What goes over the pipes between the program and the model process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biseo_models.engine import EngineEvent, Job, ModelInfo, Prompt
from biseo_models.fit import Fit


@dataclass(frozen=True)
class LoadPlan:
    """Which file to load and how.

    Attributes:
        context: tokens.
        cache: `f16` or `q8_0`.
        fit: how it is to be run; None to measure it first, which takes some seconds.
    """

    path: Path
    model_id: str
    context: int
    cache: str = "f16"
    fit: Fit | None = None


@dataclass(frozen=True)
class Generate:
    """Answer jobs side by side.

    `number` rises with every request; the shared flag holds the last number that was cancelled.
    """

    number: int
    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Prepare:
    """Read instructions and document of a prompt while there is nothing else to do. There is no reply."""

    prompt: Prompt


@dataclass(frozen=True)
class Count:
    """Length of texts in tokens."""

    number: int
    texts: list[str]


@dataclass(frozen=True)
class Loaded:
    """The model is ready, and runs like this; `quiet` when nothing else ran while that was measured."""

    info: ModelInfo
    fit: Fit
    quiet: bool


@dataclass(frozen=True)
class Counted:
    """Answer to `Count`."""

    number: int
    tokens: list[int]


@dataclass(frozen=True)
class Happened:
    """One event of the answer to job `index` of a request."""

    number: int
    index: int
    event: EngineEvent


@dataclass(frozen=True)
class Stopped:
    """The job was cancelled; the model is ready for the next one."""

    number: int


@dataclass(frozen=True)
class Failed:
    """The request cannot be done: fields of a `ModelError`. `number` is 0 when loading failed."""

    number: int
    code: str
    message: str
    advice: str


Request = Generate | Count | Prepare
Reply = Loaded | Counted | Happened | Stopped | Failed
