"""What goes over the pipes between the program and the model process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biseo_models.engine import EngineEvent, Job, ModelInfo


@dataclass(frozen=True)
class LoadPlan:
    """Which file to load and how. `context` in tokens; `threads` for words, `batch_threads` for reading the prompt."""

    path: Path
    model_id: str
    context: int
    threads: int
    batch_threads: int


@dataclass(frozen=True)
class Generate:
    """Answer a job. `number` rises with every request; the shared flag holds the last number that was cancelled."""

    number: int
    job: Job


@dataclass(frozen=True)
class Count:
    """Length of texts in tokens."""

    number: int
    texts: list[str]


@dataclass(frozen=True)
class Loaded:
    """The model is ready."""

    info: ModelInfo


@dataclass(frozen=True)
class Counted:
    """Answer to `Count`."""

    number: int
    tokens: list[int]


@dataclass(frozen=True)
class Happened:
    """One event of an answer."""

    number: int
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


Request = Generate | Count
Reply = Loaded | Counted | Happened | Stopped | Failed
