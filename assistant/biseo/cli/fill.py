"""`biseo fill`: an agency's own template, filled in."""

from __future__ import annotations

import contextlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import Any

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.options import settings_of, telling_of_force
from biseo.cli.privacy import guarded_values
from biseo.errors import InputFileError, UsageError
from biseo.forms import EmptyFieldsError, Filled, Form, FormField
from biseo.forms.process import fill_form, find_fields
from biseo.policy import Policy

_KINDS = {
    "mark": "표시",
    "slot": "누름틀",
    "control": "콘텐츠 컨트롤",
    "blank": "밑줄 빈자리",
    "label": "표의 칸",
}


def run_fill(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Tell the fields of a template, or fill them in.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    if arguments.fields:
        form = find_fields(arguments.file, cancel)
        _note(console, form.warnings)
        console.result(_form_data(form), _form_words(form))
        return 0
    if arguments.out is None:
        raise UsageError(
            "no-out",
            "채운 양식을 어디에 저장할지 정해지지 않았습니다.",
            "--out 파일로 저장할 곳을 정하거나, --fields로 채울 칸을 먼저 봐 주세요.",
        )
    policy.require_format(arguments.out.suffix)
    values, private = guarded_values(_values(arguments), arguments.mask, policy, console)
    with telling_of_force(), _telling_of_empty():
        filled = fill_form(
            arguments.file, values, arguments.out,
            overwrite=arguments.force, allow_empty=arguments.allow_empty, cancel=cancel,
        )  # fmt: skip
    _note(console, filled.warnings)
    console.result(_filled_data(arguments.file, filled) | {"personal_data": private}, _filled_words(filled))
    return 0


def _note(console: Console, warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        console.note(warning)


@contextlib.contextmanager
def _telling_of_empty() -> Iterator[None]:
    """The advice about empty fields, with the way out that this front end has."""
    try:
        yield
    except EmptyFieldsError as error:
        advice = "--set 이름=값으로 채우거나, 빈 칸으로 두고 저장하려면 --allow-empty를 붙여 주세요."
        raise UsageError(error.code, error.message, advice) from error


def _values(arguments: Arguments) -> dict[str, str]:
    values = _values_file(arguments.values) if arguments.values else {}
    return values | settings_of(arguments.set, "이름")


def _values_file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError("values-missing", "값 파일을 열 수 없습니다.", "경로를 확인해 주세요.") from error
    except UnicodeDecodeError as error:
        raise _broken() from error
    try:
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken() from error
    if not isinstance(data, dict):
        raise _broken()
    return {str(name): _words(str(name), value) for name, value in data.items()}


def _words(name: str, value: Any) -> str:
    """A value as it is written: text, a number, or a list of lines."""
    if isinstance(value, list) and all(isinstance(line, str | int | float) for line in value):
        return "\n".join(map(str, value))
    if isinstance(value, dict | list):
        raise UsageError("wrong-value", f"값 파일의 '{name}' 값을 알아듣지 못했습니다.", '이름 = "값" 꼴로 써 주세요.')
    return "" if value is None else str(value)


def _broken() -> InputFileError:
    return InputFileError(
        "values-broken",
        "값 파일이 TOML이나 JSON 형식에 맞지 않습니다.",
        '이름 = "값"(TOML) 또는 {"이름": "값"}(JSON) 꼴의 UTF-8 파일인지 확인해 주세요.',
    )


def _form_data(form: Form) -> dict[str, Any]:
    fields = [asdict(field) for field in form.fields]
    return {"path": form.path, "format": form.format, "fields": fields, "warnings": list(form.warnings)}


def _form_words(form: Form) -> str:
    if not form.fields:
        return "채울 칸을 찾지 못했습니다."
    return "\n".join(_field_words(field) for field in form.fields)


def _field_words(field: FormField) -> str:
    places = f", {field.places}곳" if field.places > 1 else ""
    return f"{field.name}  ({_KINDS[field.kind]}, {field.where}{places})"


def _filled_data(template: Path, filled: Filled) -> dict[str, Any]:
    return {
        "path": str(template),
        "out": str(filled.path),
        "filled": list(filled.filled),
        "empty": list(filled.empty),
        "warnings": list(filled.warnings),
    }


def _filled_words(filled: Filled) -> str:
    lines = [f"저장했습니다: {filled.path}", f"채운 칸 {len(filled.filled)}개"]
    if filled.empty:
        lines.append(f"비어 있는 칸 {len(filled.empty)}개: {', '.join(filled.empty)}")
    return "\n".join(lines)
