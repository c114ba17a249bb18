"""`biseo check`: style, form, facts and personal data of a finished text. Never loads a model."""

from __future__ import annotations

import re
from bisect import bisect_left
from threading import Event
from typing import Any

from biseo.checks.form import KINDS
from biseo.checks.report import CheckReport, Facts, check_document
from biseo.checks.style import PROFILES
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.document import Document, Finding
from biseo.readers import read_document

_LEFT = 1
"""Exit code when a finding of severity `error` remains."""
_NAMES = {"error": "오류", "warning": "확인", "suggestion": "제안"}


def run_check(arguments: Arguments, console: Console, cancel: Event) -> int:
    """Print what is to be looked at in a document; 1 when an error remains.

    Raises:
        InputFileError: a file cannot be read.
        Cancelled: the user stopped it.
    """
    document = read_document(arguments.file, cancel)
    sources = tuple(read_document(file, cancel) for file in arguments.source)
    for each in (document, *sources):
        for warning in each.warnings:
            console.note(warning)
    profile = next((profile for profile in PROFILES if profile == arguments.profile), None)
    kind = next((kind for kind in KINDS if kind == arguments.kind), None)
    report = check_document(document, profile, sources, kind=kind)
    console.result(report_data(report), "" if console.as_json else _words(report, document))
    return _LEFT if any(finding.severity == "error" for finding in report.findings) else 0


def report_data(report: CheckReport) -> dict[str, Any]:
    """The report as the contract's JSON."""
    facts = report.facts
    return {
        "profile": report.profile,
        "kind": report.kind,
        "findings": [_finding(finding) for finding in report.findings],
        "facts": {
            "checked": facts.checked,
            "supported": facts.supported,
            "computed": facts.computed,
            "unsupported": facts.unsupported,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "authority": finding.authority,
        "certain": finding.certain,
    }


def _words(report: CheckReport, document: Document) -> str:
    ends = [match.start() for match in re.finditer("\n", document.text)]
    lines = [_line(finding, bisect_left(ends, finding.start) + 1) for finding in report.findings]
    count = {name: sum(finding.severity == name for finding in report.findings) for name in _NAMES}
    told = ", ".join(f"{_NAMES[name]} {number}건" for name, number in count.items())
    lines.append(f"점검을 마쳤습니다. {told}입니다." if report.findings else "점검을 마쳤습니다. 고칠 곳이 없습니다.")
    if report.facts != Facts():
        computed = f"(계산한 값 {report.facts.computed}개 포함) " if report.facts.computed else ""
        lines.append(
            f"자료와 견준 사실 {report.facts.checked}개 가운데 {report.facts.supported}개는 자료에 있고 {computed}"
            f"{report.facts.unsupported}개는 찾지 못했습니다."
        )
    return "\n".join(lines)


def _line(finding: Finding, line: int) -> str:
    place = f"{line}번째 줄 '{' '.join(finding.text.split())}'" if finding.text else "문서 전체"
    arrow = f" → '{finding.suggestion}'" if finding.suggestion else ""
    authority = f" ({finding.authority})" if finding.authority else ""
    return f"[{_NAMES[finding.severity]}] {place}{arrow}: {finding.message}{authority}"
