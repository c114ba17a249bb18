"""Loads the task definitions from the resources and checks that they make sense."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_type_hints

from biseo.errors import UsageError
from biseo.tasks.definition import (
    Column,
    Field,
    FieldKind,
    LetterPart,
    SectionPlan,
    SectionShape,
    TaskDefinition,
)

PROFILES = ("official", "report", "press", "plain")
"""Layout profiles a task may name."""

_SLOT = re.compile(r"\{(\w+)(?:\|sum:(\w+))?\}")


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
    try:
        fields = tuple(_field(entry) for entry in data.pop("fields", []))
        sections = tuple(_section(entry) for entry in data.pop("sections", []))
        task = TaskDefinition(fields=fields, sections=sections, **data)
    except (TypeError, AttributeError) as error:
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
    for key in ("marks", "lines", "chars", "when", "answers", "labels"):
        if key in entry:
            entry[key] = tuple(entry[key])
    for key in ("cues", "against", "headings"):
        entry[key] = tuple(word.replace("_", " ") for word in entry.get(key, "").split())
    entry["templates"] = tuple(entry.get("templates", {}).items())
    entry["lengths"] = tuple((choice, *measure) for choice, measure in entry.get("lengths", {}).items())
    entry["cells"] = tuple(tuple(row) for row in entry.get("cells", ()))
    return SectionPlan(**entry)


def _check(task: TaskDefinition) -> None:
    def wrong(what: str) -> ValueError:
        return ValueError(f"task {task.id!r}: {what}")

    fields = {field.id: field for field in task.fields}
    sections = {section.id for section in task.sections}
    if len({*fields, *sections}) != len(task.fields) + len(task.sections):
        raise wrong("a field or section id is used twice")
    if task.profile not in PROFILES:
        raise wrong(f"there is no profile {task.profile!r}")
    for field in task.fields:
        if not {field.kind, *(column.kind for column in field.columns)} <= set(get_args(FieldKind)):
            raise wrong(f"field {field.id!r} is of an unknown kind")
        if (field.kind == "choice" and not field.choices) or (field.kind == "rows" and not field.columns):
            raise wrong(f"field {field.id!r} lacks its choices or columns")
    for text in (task.document_title, task.subtitle):
        if not {slot[1] for slot in _SLOT.finditer(text)} <= {*fields, *sections}:
            raise wrong("a title has a slot that is no field and no section")
    for section in task.sections:
        fault = _fault(section, fields, sections)
        if fault:
            raise wrong(f"section {section.id!r} {fault}")


def _fault(section: SectionPlan, fields: dict[str, Field], sections: set[str]) -> str:
    """What is wrong with a section, or nothing."""
    if section.shape not in get_args(SectionShape) or section.origin not in _ORIGINS:
        return "is of an unknown shape or origin"
    if section.origin == "model":
        if not section.instructions:
            return "has no instructions"
        measure = {"items": section.lines, "swot": section.lines, "title": section.chars, "paragraph": section.chars}
        least, most = measure.get(section.shape, (1, 1))
        if not 0 < least <= most:
            return "lacks its fewest and most lines or characters"
    if section.shape == "rows":
        field = fields.get(section.field)
        if field is None or field.kind != "rows":
            return "has no rows field"
        if section.total and section.total not in {column.id for column in field.columns}:
            return "sums a column that does not exist"
    if section.when:
        field = fields.get(section.when[0])
        if len(section.when) < 2 or field is None or (field.choices and not {*section.when[1:]} <= {*field.choices}):
            return "depends on a value that does not exist"
    if section.lengths:
        field = fields.get("length")
        if field is None or not {choice for choice, _, _ in section.lengths} <= {*field.choices}:
            return "has a length that cannot be chosen"
        if any(not 0 <= least <= most for _, least, most in section.lengths):
            return "has a length with fewer lines at most than at least"
    if section.given and section.given not in fields:
        return "depends on a field that does not exist"
    if (section.shape == "letter") != (section.part in get_args(LetterPart)):
        return "is no known part of an official document"
    if section.shape == "opening":
        field = fields.get(section.field)
        if field is None or {choice for choice, _ in section.templates} != {*field.choices}:
            return "lacks a sentence for one of the choices"
    texts = [section.template, section.opening, section.closing, *(cell for row in section.cells for cell in row)]
    texts += [text.replace("{topic", "{") for _, text in section.templates]
    for slot in (slot for text in texts for slot in _SLOT.finditer(text)):
        field = fields.get(slot[1])
        if field is None or (slot[2] and slot[2] not in {column.id for column in field.columns}):
            return f"has the slot {slot[0]!r} that is no field"
    if not {*section.answers, *([section.opposite] if section.opposite else [])} <= sections:
        return "refers to a section that does not exist"
    return ""


_ORIGINS = get_args(get_type_hints(SectionPlan)["origin"])
