"""`biseo write`, `summarize`, `swot`: sources in, draft out."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event
from typing import Any

from biseo import paths
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.digests import CommandDigests
from biseo.cli.model import prepare_default
from biseo.cli.options import settings_of, telling_of_force
from biseo.cli.privacy import guarded_draft
from biseo.document import MISSING, Draft, Section
from biseo.drafting.coverage import told
from biseo.drafting.pipeline import Case, write_draft
from biseo.drafting.request import DraftRequest
from biseo.errors import InputFileError, UsageError
from biseo.events import Drafted, Notice, Progress
from biseo.policy import Policy
from biseo.readers import read_document
from biseo.tasks.catalogue import find_task
from biseo.tasks.definition import Field, FormValue, TaskDefinition
from biseo.writers import check_target, lay_out, write_document
from biseo.writers.pieces import Fixed, Item, Paragraph
from biseo_models.catalogue import ModelStore
from biseo_models.opening import open_engine

_TASK_OF = {"summarize": "summary", "swot": "swot"}


def run_write(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Draft a document and save it when asked to.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    task = find_task(_TASK_OF.get(arguments.command, arguments.task))
    if arguments.out:  # before minutes are spent on the draft
        with telling_of_force():
            check_target(arguments.out, overwrite=arguments.force)
        policy.require_format(arguments.out.suffix)
    if arguments.out is None or console.as_json:  # what is printed can be put into a file by any shell
        policy.require_format("txt")
    policy.require_grade(arguments.grade, "--grade C, --grade S, --grade O 가운데 하나를 붙여 주세요.")
    files = arguments.files or arguments.source
    form = _form(arguments, task)
    sources = tuple(read_document(file, cancel) for file in files)
    for source in sources:
        for warning in source.warnings:
            console.note(warning)
    request = DraftRequest(task, sources, form, arguments.seed, arguments.reading)
    case = Case(request)  # a mistake in the form is told before a model is loaded
    store = ModelStore(paths.models_folder(), allowed=policy.models)
    prepare_default(store, console, cancel)
    engine = open_engine(store, policy.models)
    drafted: Drafted | None = None
    try:
        with CommandDigests(console, policy) as digests:
            for event in write_draft(engine, request, cancel, digests, case):
                if isinstance(event, Progress):
                    console.progress(event.done, event.total, event.label)
                elif isinstance(event, Notice):
                    console.note(event.message)
                elif isinstance(event, Drafted):
                    drafted = event
    finally:
        engine.close()
    assert drafted is not None
    drafted = replace(drafted, draft=replace(drafted.draft, grade=arguments.grade))
    draft, private = guarded_draft(drafted.draft, sources, arguments.mask, policy, console)
    drafted = replace(drafted, draft=draft)
    with telling_of_force():
        saved = write_document(drafted.draft, arguments.out, overwrite=arguments.force) if arguments.out else None
    data = draft_data(drafted, saved) | {"personal_data": private}
    if arguments.command in _TASK_OF or drafted.coverage.parts:
        data["coverage"] = asdict(drafted.coverage)
        console.note(told(drafted.coverage))
    console.result(data, words_of(drafted.draft, saved))
    return 0


def draft_data(drafted: Drafted, saved: Path | None) -> dict[str, Any]:
    """The draft as the contract's JSON."""
    draft = drafted.draft
    return {
        "task": draft.task,
        "title": draft.title,
        "sections": [_section(section, draft.task) for section in draft.sections],
        "findings": [asdict(finding) for finding in draft.findings],
        "stats": asdict(drafted.stats),
        "out": str(saved) if saved else None,
        **({"letter": asdict(draft.letter)} if draft.letter else {}),
    }


def _section(section: Section, task: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": section.id,
        "title": section.title,
        "text": section.text,
        "evidence": [asdict(evidence) for evidence in section.evidence],
        "origin": section.origin,
    }
    if section.sentences:
        data["sentences"] = [
            {**asdict(each), "text": section.text[each.start : each.end]} for each in section.sentences
        ]
    if section.rows:
        data["rows"] = [list(row) for row in section.rows]
    if task == "swot":
        data["items"] = [asdict(item) for item in section.items]
    return data


def words_of(draft: Draft, saved: Path | None) -> str:
    """The draft, or where it was saved, as words for people."""
    errors = sum(finding.severity == "error" for finding in draft.findings)
    tail = [f"저장했습니다: {saved}"] if saved else []
    if draft.findings:
        tail.append(f"확인할 곳 {len(draft.findings)}군데(그 가운데 근거를 찾지 못한 것 등 {errors}군데)")
    tail.append("인공지능이 쓴 초안입니다. 담당자가 확인한 뒤 써 주세요.")
    if saved:
        return "\n".join(tail)
    parts = [f"[{section.title}]\n{_told(section)}" for section in draft.sections if section.text.strip()]
    if draft.letter:  # as it will be printed: it has titles for none of its parts
        pieces = (piece for piece in lay_out(draft) if isinstance(piece, Fixed | Paragraph | Item))
        return "\n".join([*(piece.text for piece in pieces), "", *tail])
    return "\n\n".join([draft.title, *parts, "\n".join(tail)])


def _told(section: Section) -> str:
    """The section's text; an item of an analysis that nothing in the sources carries says so."""
    inferred = tuple(item.text for item in section.items if item.inferred and MISSING not in item.text)
    lines = section.text.splitlines()
    return "\n".join(f"{line} (추정)" if inferred and line.endswith(inferred) else line for line in lines)


def _form(arguments: Arguments, task: TaskDefinition) -> dict[str, FormValue]:
    form: dict[str, FormValue] = {}
    if arguments.form:
        form.update(_form_file(arguments.form))
    rows = {field.id: field for field in task.fields if field.kind == "rows"}
    for name, words in settings_of(arguments.set, "칸").items():
        form[name] = _rows(rows[name], words) if name in rows else words
    return form


def _rows(field: Field, words: str) -> list[dict[str, str]]:
    """The rows of a table given as words: rows apart by `;`, their cells by `|`."""
    columns = [column.id for column in field.columns]
    cells = [[cell.strip() for cell in row.split("|")] for row in words.split(";") if row.strip()]
    if any(len(row) > len(columns) for row in cells):
        raise UsageError(
            "wrong-value",
            f"'{field.id}' 칸의 표에 열이 너무 많습니다.",
            f"행은 쌍반점(;)으로, 열은 세로줄(|)로 나누어 적어 주세요. 열: {' | '.join(columns)}",
        )
    return [dict(zip(columns, row, strict=False)) for row in cells]


def _form_file(path: Path) -> dict[str, FormValue]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputFileError("form-missing", "서식 파일을 열 수 없습니다.", "경로를 확인해 주세요.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError(
            "form-broken", "서식 파일이 TOML 형식에 맞지 않습니다.", '칸 = "값" 꼴의 UTF-8 파일인지 확인해 주세요.'
        ) from error
    return {name: _form_value(name, value) for name, value in data.items()}


def _form_value(name: str, value: Any) -> FormValue:
    rows = value if isinstance(value, list) else [{name: value}]
    if not all(
        isinstance(row, dict) and not any(isinstance(cell, list | dict) for cell in row.values()) for row in rows
    ):
        raise UsageError(
            "wrong-value",
            f"서식의 '{name}' 칸을 알아듣지 못했습니다.",
            f'글은 {name} = "값", 표의 행은 [[{name}]] 아래에 열 = "값" 꼴로 써 주세요.',
        )
    if isinstance(value, list):
        return [{column: str(cell) for column, cell in row.items()} for row in value]
    return str(value)
