"""Loads the task definitions from the resources and checks that they make sense."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from biseo.errors import UsageError
from biseo.tasks.definition import Column, Field, SectionPlan, TaskDefinition


@cache
def all_tasks() -> tuple[TaskDefinition, ...]:
    """Every task, in the order they are shown."""
    folder = files("biseo_resources") / "tasks"
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return tuple(sorted(map(parse_task, texts), key=lambda task: task.order))


def find_task(task_id: str) -> TaskDefinition:
    """The task of that id.

    Raises:
        UsageError: there is none.
    """
    for task in all_tasks():
        if task.id == task_id:
            return task
    known = ", ".join(task.id for task in all_tasks())
    raise UsageError("unknown-task", "그런 이름의 문서 작업이 없습니다.", f"다음 가운데 하나를 골라 주세요: {known}")


def parse_task(text: str) -> TaskDefinition:
    """A task from its TOML text.

    Raises:
        ValueError: a key is missing or unknown, or a section refers to a field that does not exist.
    """
    data = tomllib.loads(text)
    fields = tuple(_field(entry) for entry in data.pop("fields", []))
    sections = tuple(_section(entry) for entry in data.pop("sections", []))
    try:
        task = TaskDefinition(fields=fields, sections=sections, **data)
    except TypeError as error:
        raise ValueError(f"task {data.get('id')!r}: {error}") from error
    _check(task)
    return task


def _field(entry: dict[str, Any]) -> Field:
    entry = dict(entry)
    entry["choices"] = tuple(entry.get("choices", ()))
    entry["columns"] = tuple(Column(**column) for column in entry.get("columns", ()))
    return Field(**entry)


def _section(entry: dict[str, Any]) -> SectionPlan:
    entry = dict(entry)
    for key in ("marks", "lines", "chars", "when", "answers"):
        if key in entry:
            entry[key] = tuple(entry[key])
    entry["cues"] = tuple(entry.get("cues", "").split())
    entry["cells"] = tuple(tuple(row) for row in entry.get("cells", ()))
    return SectionPlan(**entry)


def _check(task: TaskDefinition) -> None:
    rows = {field.id for field in task.fields if field.kind == "rows"}
    names = [field.id for field in task.fields] + [section.id for section in task.sections]
    if len(set(names)) != len(names):
        raise ValueError(f"task {task.id!r}: a field or section id is used twice")
    for field in task.fields:
        if (field.kind == "choice" and not field.choices) or (field.kind == "rows" and not field.columns):
            raise ValueError(f"task {task.id!r}: field {field.id!r} lacks its choices or columns")
    for section in task.sections:
        if section.shape == "rows" and section.field not in rows:
            raise ValueError(f"task {task.id!r}: section {section.id!r} has no rows field")
        if section.origin == "model" and not section.instructions:
            raise ValueError(f"task {task.id!r}: section {section.id!r} has no instructions")
