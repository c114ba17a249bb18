"""`biseo tasks`: what can be written, and what it needs."""

from __future__ import annotations

from typing import Any

from biseo.cli.console import Console
from biseo.tasks.catalogue import all_tasks
from biseo.tasks.definition import Field, TaskDefinition


def run_tasks(console: Console) -> int:
    """Print all tasks with their fields and sections."""
    tasks = all_tasks()
    console.result([_task(task) for task in tasks], "\n\n".join(_words(task) for task in tasks))
    return 0


def _task(task: TaskDefinition) -> dict[str, Any]:
    return {
        "id": task.id,
        "title": task.title,
        "description": task.description,
        "profile": task.profile,
        "needs_source": task.needs_source,
        "fields": [_field(field) for field in task.fields],
        "sections": [{"id": section.id, "title": section.title, "origin": section.origin} for section in task.sections],
    }


def _field(field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {"id": field.id, "label": field.label, "required": field.required, "kind": field.kind}
    if field.choices:
        data["choices"] = list(field.choices)
    if field.columns:
        data["columns"] = [{"id": column.id, "label": column.label, "kind": column.kind} for column in field.columns]
    return data


def _words(task: TaskDefinition) -> str:
    fields = ", ".join(f"{field.label}({field.id}{', 필수' if field.required else ''})" for field in task.fields)
    return f"{task.title} ({task.id})\n  {task.description}\n  서식: {fields}"
