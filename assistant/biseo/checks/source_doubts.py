"""What in a source cannot be right by itself: a weekday, a total, a share. The draft would take it over."""

from __future__ import annotations

from biseo.checks.facts import check_arithmetic
from biseo.checks.form import check_form
from biseo.checks.style import check_style
from biseo.document import Document, Finding

_RULES = frozenset({"DATE_WEEKDAY", "DATE_INVALID", "MONEY_MISMATCH", "BUDGET_SUM", "TABLE_SUM"})


def source_doubts(document: Document) -> tuple[Finding, ...]:
    """The findings of a source that are faults of its facts, by place; offsets refer to `Document.text`."""
    text = document.text
    found = (*check_style(text, "press", hints=False), *check_form(document, None))
    doubts = [finding for finding in found if finding.rule in _RULES] + list(check_arithmetic(text))
    return tuple(sorted(doubts, key=lambda finding: (finding.start, finding.end)))
