"""The kinds by which an official looks through the findings."""

from __future__ import annotations

from functools import cache

from biseo.document import Finding

HIDDEN = "PRIVACY_HIDDEN"
"""Rule of the card of a placeholder: nothing was found there, it can be shown again."""
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
    ("DATE_WEEKDAY", "fact"),
    ("DATE_INVALID", "fact"),
    ("TIME_INVALID", "fact"),
    ("RANGE_ORDER", "fact"),
    ("MONEY_MISMATCH", "fact"),
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
    return _kind(finding.rule)


@cache
def _kind(rule: str) -> str:
    return next((kind for beginning, kind in _BEGINNINGS if rule.startswith(beginning)), "style")


def is_hidden(finding: Finding) -> bool:
    """Whether it is the card of a placeholder, where nothing has to be looked at."""
    return finding.rule == HIDDEN


def can_be_hidden(finding: Finding) -> bool:
    """Whether it is personal data that a placeholder can take the place of."""
    return kind_of(finding) == "privacy" and bool(finding.text) and not is_hidden(finding)


def can_be_confirmed(finding: Finding) -> bool:
    """Whether a person can say that the words are right all the same; what bars a completion always can be."""
    from biseo.checks.completion import blocking  # not needed at start

    return kind_of(finding) == "fact" or bool(blocking((finding,)))
