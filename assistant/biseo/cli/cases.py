"""`biseo cases`: a table of what other cities do, from files. No model."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from biseo.cases.case import CELL_NAMES, Case, CaseTable, Part
from biseo.cases.finding import read_cases
from biseo.cases.paper import cases_draft
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.gathered import citation_data, gathered, unread_data
from biseo.cli.options import telling_of_force
from biseo.cli.privacy import guarded_draft
from biseo.document import MISSING
from biseo.errors import InputFileError
from biseo.policy import Policy
from biseo.writers import check_target, write_document


def run_cases(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Make the table of city cases.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    if arguments.out is not None:
        policy.require_format(arguments.out.suffix)
        policy.require_grade(arguments.grade, "--grade C, --grade S, --grade O 가운데 하나를 붙여 주세요.")
        with telling_of_force():
            check_target(arguments.out, overwrite=arguments.force)
    if arguments.out is None or console.as_json:  # what is printed can be put into a file by any shell
        policy.require_format("txt")
    found = gathered(arguments.files, console, cancel)
    table = read_cases(found.documents, found.names)
    if not table.cases:
        raise no_cases()
    draft, private = guarded_draft(
        cases_draft(table.cases, table.sources, arguments.grade), found.documents, arguments.mask, policy, console
    )
    saved: Path | None = None
    if arguments.out is not None:
        with telling_of_force():
            saved = write_document(draft, arguments.out, overwrite=arguments.force)
    told = {
        "sources": list(table.sources),
        "mentioned": [] if private["masked"] else [_named(case) for case in table.mentioned],
        "silent": list(table.silent),
        "unread": unread_data(found),
        "personal_data": private,
        "out": str(saved) if saved else None,
    }
    if private["masked"]:
        rows = {section.id: [list(row) for row in section.rows] for section in draft.sections if section.rows}
        words = "\n\n".join(section.text for section in draft.sections)
        data: dict[str, Any] = {**rows, **told}
    else:
        words = _words(table)
        data = {"cases": [_case(case) for case in table.cases], **told}
    if saved:
        words = f"도시 {len(table.cases)}곳의 사례를 옮겼습니다.\n저장했습니다: {saved}"
    if table.silent and not console.as_json:
        words += f"\n도시 사례를 찾지 못한 파일: {', '.join(table.silent)}"
    console.result(data, words)
    return 0


def no_cases() -> InputFileError:
    """What is told when no file says what a city does."""
    return InputFileError(
        "no-cases",
        "파일에서 도시의 사례를 찾지 못했습니다.",
        "도시 이름과 하는 일이 적힌 파일이나 폴더를 골라 주세요.",
    )


def _named(case: Case) -> dict[str, Any]:
    return {"city": case.city, "citation": citation_data(case.named)}


def _case(case: Case) -> dict[str, Any]:
    def part(one: Part) -> dict[str, Any]:
        amounts = {"amounts": list(one.amounts)} if one.amounts else {}
        return {"text": one.text, **amounts, "citation": citation_data(one.citation)}

    return {
        **_named(case),
        "content": [part(one) for one in case.content],
        "budget": [part(one) for one in case.budget],
        "lesson": [part(one) for one in case.lesson],
    }


def _words(table: CaseTable) -> str:
    lines = []
    for case in table.cases:
        lines.append(f"[{case.city}]")
        for cell, name in CELL_NAMES.items():
            parts = case.cell(cell)
            lines += [f"  {name}: {one.text}\n      {one.citation}" for one in parts] or [f"  {name}: {MISSING}"]
        lines.append("")
    if table.mentioned:
        lines.append(f"이름만 나온 도시: {', '.join(case.city for case in table.mentioned)}")
    return "\n".join(lines).rstrip()
