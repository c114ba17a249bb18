"""What of a text is to be looked at because the sources do not say it, or say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from biseo.checks.facts.base import FactBase
from biseo.checks.facts.source import COMPARED, SourceFact
from biseo.checks.facts.status import CheckedFact, fact_report
from biseo.checks.facts.weekdays import wrong_weekdays
from biseo.checks.facts.wrong_use import as_finding, find_wrong_uses
from biseo.document import Finding, Severity
from biseo.text.facts import Fact, FactKind
from biseo.text.particles import particle
from biseo.text.sentences import split_sentences

_SUGGESTIONS = 400
"""Facts of one text for which the nearest of the sources is looked for: a text with more of them has other sources."""
_MISSING = re.compile(r"\[[^\[\]\n]{0,30}(?:확인 필요|인용 확인)[^\[\]\n]{0,30}\]")
_SPEECH_END = re.compile(r"[다요라자죠까]$")
_CHECK = "자료와 맞는지 확인해 주세요."
_KIND_NAMES: dict[FactKind, str] = {
    "date": "날짜",
    "time": "시각",
    "period": "기간",
    "amount": "금액",
    "count": "수량",
    "percent": "비율",
    "phone": "전화번호",
    "article": "조문 번호",
    "law": "법령 이름",
    "number": "숫자",
}


def check_facts(text: str, base: FactBase, section: str = "") -> tuple[Finding, ...]:
    """What the text states and the base does not: offsets refer to the text.

    FACT_UNSUPPORTED, FACT_QUOTE and FACT_NAME_POST tell what has no source, FACT_WRONG_USE what the sources give to
    something else, DATE_WEEKDAY a weekday that is not the date's; FACT_MISSING marks `[확인 필요]`. The suggestion is
    what the sources say instead, as far as one can tell. Organisations and places are left to `check_organisations`.
    """
    return findings_of(text, fact_report(text, base), base, section)


def findings_of(text: str, report: Sequence[CheckedFact], base: FactBase, section: str = "") -> tuple[Finding, ...]:
    """The findings of a text whose facts were looked up already (see `check_facts`)."""
    findings = []
    asked = 0
    for checked in report:
        fact = checked.fact
        if checked.status.kind != "unsupported" or fact.kind in ("organisation", "place"):
            continue
        asked += 1
        near = base.nearest.find(fact) if asked <= _SUGGESTIONS else None
        findings.append(_unsupported(fact, base, near, section))
    supported = [checked.fact for checked in report if _is_used(checked)]
    spans = split_sentences(text)
    findings += [as_finding(wrong, base, section) for wrong in find_wrong_uses(text, supported, spans, base)]
    findings += wrong_weekdays(text, base, section)
    findings += find_missing(text, section)
    findings = [finding if finding.authority else replace(finding, authority=COMPARED) for finding in findings]
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return tuple(findings)


def _is_used(checked: CheckedFact) -> bool:
    """Whether a fact has a source in which it may be used otherwise; names of bodies are words like others here."""
    return checked.status.kind in ("supported", "given") and checked.fact.kind not in ("organisation", "place", "law")


def nearest(fact: Fact, base: FactBase) -> SourceFact | None:
    """The fact of the sources that was most likely meant, or None when none is alike."""
    return base.nearest.find(fact)


def find_missing(text: str, section: str = "") -> tuple[Finding, ...]:
    """FACT_MISSING: every `[확인 필요]` that is still to be filled in."""
    message = "자료와 입력한 내용에 없어 비워 둔 곳입니다. 내용을 확인하여 채워 주세요."
    return tuple(
        Finding("FACT_MISSING", "warning", match.start(), match.end(), match[0], message, section=section)
        for match in _MISSING.finditer(text)
    )


def _unsupported(fact: Fact, base: FactBase, near: SourceFact | None, section: str) -> Finding:
    rule, severity, message = _wording(fact, base)
    suggestion = near.fact.text if near else ""
    if near is not None and rule == "FACT_UNSUPPORTED":
        page = f" {near.passage.page}쪽" if near.passage.page else ""
        there = f"{near.passage.source}{page}에는 '{suggestion}'{particle(suggestion, '이')} 있습니다."
        message = message.replace(_CHECK, f"{there} {_CHECK}")
    return Finding(rule, severity, fact.start, fact.end, fact.text, message, suggestion, section=section)


def _wording(fact: Fact, base: FactBase) -> tuple[str, Severity, str]:
    if fact.kind == "quotation":
        speech = fact.text[0] in '“"' or bool(_SPEECH_END.search(fact.value))
        if speech:
            return (
                "FACT_QUOTE",
                "error",
                "자료에 있는 말과 다른 인용문입니다. 자료의 말 그대로 고치거나 따옴표를 빼 주세요.",
            )
        return "FACT_QUOTE", "warning", f"자료에 같은 표현이 없는 이름이나 제목입니다. {_CHECK}"
    if fact.kind == "name":
        if base.other_post(fact) is not None:
            return "FACT_NAME_POST", "warning", "자료와 직위가 다른 사람입니다. 이름과 직위를 확인해 주세요."
        severity: Severity = "warning" if " " in fact.value and len(fact.value.split(" ")[0]) == 1 else "error"
        return "FACT_UNSUPPORTED", severity, f"자료에서 찾을 수 없는 이름입니다. {_CHECK}"
    return "FACT_UNSUPPORTED", "error", f"자료에서 찾을 수 없는 {_KIND_NAMES[fact.kind]}입니다. {_CHECK}"
