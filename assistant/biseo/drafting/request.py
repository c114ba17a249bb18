"""What the official asked for: a task, its sources and the filled-in form."""

from __future__ import annotations

from dataclasses import dataclass, field

from biseo.document import Document
from biseo.tasks.definition import FormValues, TaskDefinition


@dataclass(frozen=True)
class DraftRequest:
    """One document to be drafted. `seed` makes the model's choices repeatable."""

    task: TaskDefinition
    sources: tuple[Document, ...] = ()
    form: FormValues = field(default_factory=dict)
    seed: int = 0
