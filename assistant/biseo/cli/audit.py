"""`biseo audit`: the log of what was done, for the security officer."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.options import telling_of_force
from biseo.cli.unlocking import unlocked
from biseo.errors import OutputFileError, UsageError
from biseo.files import replace_file
from biseo.vault import AuditReport

CHANGED = 1
"""Exit code when something is wrong with the log."""

_KINDS = {
    "changed": "내용이 바뀌었습니다",
    "missing": "지워졌습니다",
    "cut": "끝에서 잘려 나갔습니다",
    "unreadable": "읽을 수 없습니다",
    "head-missing": "표 밖에 둔 마지막 기록의 표지가 없습니다",
    "head-changed": "표 밖에 둔 마지막 기록의 표지가 바뀌었습니다",
}
_SHOWN = 20


def run_audit(arguments: Arguments, console: Console) -> int:
    """Verify the log or write it to a CSV file.

    Returns:
        0, or 1 when the log was changed.

    Raises:
        UserFacingError: with what happened and what to do.
    """
    if arguments.action == "export":
        assert arguments.out is not None
        _check_target(arguments.out, arguments.force)
    with unlocked(console) as vault:
        report = vault.audit_report()
        table = vault.audit_csv() if arguments.action == "export" else b""
    data = {**asdict(report), "problems": [{"line": line, "kind": kind} for line, kind in report.problems]}
    words = _words(report)
    if arguments.action == "export":
        assert arguments.out is not None
        try:
            replace_file(arguments.out, table)
        except OSError as error:
            raise OutputFileError(
                "not-written", "파일을 저장하지 못했습니다.", "폴더의 쓰기 권한과 남은 공간을 확인해 주세요."
            ) from error
        data["out"] = str(arguments.out)
        words += f"\n저장한 파일: {arguments.out}"
    console.result(data, words)
    return 0 if report.intact else CHANGED


def _check_target(target: Path, force: bool) -> None:
    if target.suffix.lower() != ".csv":
        raise UsageError("wrong-suffix", "감사 기록은 CSV 파일로만 내보냅니다.", "--out 파일.csv 꼴로 써 주세요.")
    if target.exists() and not force:
        with telling_of_force():
            raise OutputFileError("exists", "같은 이름의 파일이 이미 있습니다.", "다른 이름으로 저장해 주세요.")


def _words(report: AuditReport) -> str:
    if report.intact:
        lines = [f"감사 기록 {report.lines:,}건이 모두 온전합니다."]
    else:
        lines = [f"감사 기록에서 이상한 곳 {len(report.problems):,}군데를 찾았습니다(전체 {report.lines:,}건)."]
        lines += [f"  {line}번: {_KINDS[kind]}." for line, kind in report.problems[:_SHOWN]]
        if len(report.problems) > _SHOWN:
            lines.append(f"  그 밖에 {len(report.problems) - _SHOWN:,}군데")
    if report.clock_back:
        lines.append(f"PC의 시계가 뒤로 간 곳: {len(report.clock_back):,}군데")
    lines.append(f"마지막 기록의 연결값: {report.head}")
    return "\n".join(lines)
