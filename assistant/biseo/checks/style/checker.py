"""All rules of style over one text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from biseo.checks.style.attachments import find_attachments
from biseo.checks.style.clock import find_times
from biseo.checks.style.colons import find_colons
from biseo.checks.style.dates import find_dates
from biseo.checks.style.endings import find_endings
from biseo.checks.style.items import find_items
from biseo.checks.style.money import find_money
from biseo.checks.style.page import Page, Span
from biseo.checks.style.plain_words import find_plain_words
from biseo.checks.style.ranges import find_ranges
from biseo.checks.style.references import find_references
from biseo.checks.style.rulebook import Hit, Profile, as_finding, rules
from biseo.checks.style.sentences import find_sentences
from biseo.checks.style.wording import find_wording
from biseo.document import Finding

_FINDERS: tuple[Callable[[Page], Iterator[Hit]], ...] = (
    find_references,
    find_dates,
    find_times,
    find_ranges,
    find_money,
    find_colons,
    find_attachments,
    find_endings,
    find_items,
    find_sentences,
    find_wording,
    find_plain_words,
)


def check_style(
    text: str, profile: Profile = "official", *, tables: Sequence[Span] = (), section: str = "", hints: bool = True
) -> tuple[Finding, ...]:
    """What is wrong or could be better in the words of a text, by place.

    Quotations, names of laws, web addresses and file names are never touched; what a law says of its own history is not
    judged by the rules on dates.

    Args:
        profile: which rules hold: a press release follows newspaper style.
        tables: offsets of the tables in the text.
        hints: whether suggestions are wanted, too.
    """
    page = Page(text, profile, tables)
    book = rules()
    found: dict[tuple[str, int, int], Finding] = {}
    for finder in _FINDERS:
        for hit in finder(page):
            if profile not in book[hit.rule].profiles or page.kept.touch(hit.start, hit.end):
                continue
            finding = as_finding(hit, text, section)
            if hints or finding.severity != "suggestion":
                found.setdefault((hit.rule, hit.start, hit.end), finding)
    return tuple(sorted(found.values(), key=lambda finding: (finding.start, finding.end, finding.rule)))


def apply_certain(text: str, findings: Iterable[Finding]) -> str:
    """The text with every certain correction taken; of two that overlap, the first and longer one."""
    chosen: list[Finding] = []
    last = -1
    for finding in sorted(findings, key=lambda finding: (finding.start, -finding.end)):
        if finding.certain and finding.suggestion and finding.start >= last:
            chosen.append(finding)
            last = finding.end
    for finding in reversed(chosen):
        text = text[: finding.start] + finding.suggestion + text[finding.end :]
    return text
