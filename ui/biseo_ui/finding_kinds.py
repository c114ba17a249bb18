"""The kinds by which an official looks through the findings."""

from __future__ import annotations

from biseo.document import Finding

KINDS = {
    "fact": "사실",
    "missing": "채울 곳",
    "evidence": "근거 없음",
    "privacy": "개인정보",
    "form": "구성·합계",
    "language": "글 흐름",
    "style": "표기·서식",
}
_BEGINNINGS = (
    ("FACT_MISSING", "missing"),
    ("FACT_", "fact"),
    ("EVIDENCE", "evidence"),
    ("PRIVACY_", "privacy"),
    ("REPLY_", "form"),
    ("BUDGET_", "form"),
    ("TABLE_", "form"),
    ("PART_", "form"),
    ("FOREIGN_SCRIPT", "language"),
    ("REPETITION", "language"),
    ("PROMPT_ECHO", "language"),
)


def kind_of(finding: Finding) -> str:
    """Key of `KINDS`."""
    return next((kind for beginning, kind in _BEGINNINGS if finding.rule.startswith(beginning)), "style")
