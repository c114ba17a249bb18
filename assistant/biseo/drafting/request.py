"""What the official asked for: a task, its sources and the filled-in form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from biseo.document import Document
from biseo.tasks.definition import FormValues, TaskDefinition

How = Literal["auto", "all", "rule"]
"""Who reads sources that are longer than the model holds, beside the rules, which read everything: the model the
weightiest parts, the model every part, or nobody."""


@dataclass(frozen=True)
class DraftRequest:
    """One document to be drafted. `seed` makes the model's choices repeatable."""

    task: TaskDefinition
    sources: tuple[Document, ...] = ()
    form: FormValues = field(default_factory=dict)
    seed: int = 0
    reading: How = "auto"
