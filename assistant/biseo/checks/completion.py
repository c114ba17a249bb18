"""What bars "검토 완료": facts that nobody vouches for yet, and numbers that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from biseo.document import MISSING, Finding
from biseo.text.particles import PAIRED, particle

MISSING_QUOTATION = "[인용 확인]"
"""Stands where somebody's words have to be looked up."""
_OPEN = {
    "FACT_UNSUPPORTED": "자료에서 찾을 수 없는 '{text}'{subject} 남아 있습니다.",
    "FACT_QUOTE": "자료와 다른 인용문이 남아 있습니다.",
    "FACT_NAME_POST": "자료와 직위가 다른 '{text}'{subject} 남아 있습니다.",
    "FACT_ORGANISATION": "자료에 없는 기관 '{text}'{subject} 남아 있습니다.",
    "FACT_PLACE": "자료에 없는 장소 '{text}'{subject} 남아 있습니다.",
    "FACT_WRONG_USE": "자료에서 다른 것에 쓰인 '{text}'{subject} 남아 있습니다.",
    "FACT_CONFLICT": "같은 것을 두 가지로 적은 '{text}'{subject} 남아 있습니다.",
    "FACT_PERCENT": "수와 맞지 않는 비율 '{text}'{subject} 남아 있습니다.",
    "FACT_SUM": "합계가 맞지 않는 '{text}'{subject} 남아 있습니다.",
    "DATE_WEEKDAY": "요일이 맞지 않는 날짜 '{text}'{subject} 남아 있습니다.",
    "DATE_INVALID": "달력에 없는 날짜 '{text}'{subject} 남아 있습니다.",
    "MONEY_MISMATCH": "숫자와 한글이 다른 금액 '{text}'{subject} 남아 있습니다.",
    "BUDGET_SUM": "합계가 맞지 않는 금액 '{text}'{subject} 남아 있습니다.",
}
_WAYS = "고치거나, 맞는 내용이면 확인으로 표시하거나, [확인 필요]로 바꿔 주세요."
_LONGEST = 30
_SILENT = ".,)]」』’”'\" "
"""What is not read out at the end of a date or a name."""
_PARTICLE = re.compile("(?:" + "|".join(sorted(PAIRED, key=len, reverse=True)) + r")(?![가-힣])")


@dataclass(frozen=True)
class Barrier:
    """A finding that bars completion, and why, in Korean: what is left, then what to do."""

    finding: Finding
    reason: str


def blocking(findings: Iterable[Finding], confirmed: Collection[Finding] = ()) -> tuple[Barrier, ...]:
    """The findings that bar "검토 완료", in their order.

    A fact stops barring when its finding is gone (fixed, or turned into `[확인 필요]` by `to_missing`), or when the
    official confirmed it. `[확인 필요]` itself, style and wording do not bar.

    Args:
        findings: the open findings of a document.
        confirmed: those that the official vouched for.
    """
    return tuple(
        Barrier(finding, _reason(finding)) for finding in findings if finding.rule in _OPEN and finding not in confirmed
    )


def to_missing(text: str, finding: Finding) -> str:
    """The text with the finding's fact turned into `[확인 필요]`, for speech `[인용 확인]`, and its particle right.

    Args:
        text: the text that the finding's offsets refer to; unchanged when it no longer says what was found.
    """
    if text[finding.start : finding.end] != finding.text or not finding.text:
        return text
    mark = MISSING_QUOTATION if finding.rule == "FACT_QUOTE" and finding.text[0] in '“"' else MISSING
    rest = text[finding.end :]
    following = _PARTICLE.match(rest)
    if following is not None:
        rest = particle(mark, following[0]) + rest[following.end() :]
    return text[: finding.start] + mark + rest


def _reason(finding: Finding) -> str:
    words = " ".join(finding.text.split())
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    told = _OPEN[finding.rule].format(text=shown, subject=particle(words.rstrip(_SILENT) or words, "이"))
    return f"{told} {_WAYS}"


__all__ = ["MISSING_QUOTATION", "Barrier", "blocking", "to_missing"]
