"""All checks of a finished text in one report: style, form, facts, personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from biseo.checks.facts import (
    COMPARED,
    FactBase,
    check_arithmetic,
    check_conflicts,
    fact_report,
    find_missing,
    findings_of,
    sentences_of,
)
from biseo.checks.form import Kind, check_form, kind_of, profile_of
from biseo.checks.organisations import check_organisations
from biseo.checks.privacy import find_personal
from biseo.checks.style import Profile, check_style
from biseo.document import Document, Finding

_ABOUT_SPACES = frozenset(
    {
        *("DATE_SPACE", "DATE_WDSPACE", "TIME_COLON", "RANGE_SPACE", "MONEY_SPACE", "COLON", "ATT_2TA", "END_SPACE"),
        *("ITEM_SPACE", "REL_DATE", "SPACING"),
    }
)


@dataclass(frozen=True)
class Facts:
    """How many facts of a text were looked up in its sources: `checked` is the sum of `supported` and `unsupported`.

    Attributes:
        supported: said by the sources, or reckoned from what they say.
        computed: how many of these were reckoned.
    """

    checked: int = 0
    supported: int = 0
    unsupported: int = 0
    computed: int = 0


@dataclass(frozen=True)
class CheckReport:
    """What is to be looked at in a document.

    Attributes:
        kind: what sort of document it was taken for, or "".
        findings: by place; offsets refer to `Document.text`.
    """

    profile: Profile
    kind: Kind | None
    findings: tuple[Finding, ...]
    facts: Facts


def check_document(
    document: Document,
    profile: Profile | None = None,
    sources: Sequence[Document] = (),
    *,
    kind: Kind | None = None,
) -> CheckReport:
    """Everything that the rules find in a finished document.

    Args:
        profile: which rules of style hold; by itself the kind of document decides, official where it is not known.
        sources: where the document's facts must be found; without any, facts are not looked up.
        kind: what sort of document it is; by itself its words decide, and where they do not, no parts are asked for.
    """
    text = document.text
    kind = kind or kind_of(document, profile)
    profile = profile or profile_of(document, kind)
    style = check_style(text, profile, tables=table_spans(document))
    findings = [
        *(map(_unsure_of_spaces, style) if document.format == "pdf" else style),
        *check_form(document, kind),
        *find_personal(text),
    ]
    facts = Facts()
    base = FactBase(sources) if sources else None
    if base is not None:
        report = fact_report(text, base)
        findings += findings_of(text, report, base)
        findings += check_organisations(text, [source.text for source in sources])
        kinds = [checked.status.kind for checked in report]
        facts = Facts(
            len(kinds), len(kinds) - kinds.count("unsupported"), kinds.count("unsupported"), kinds.count("computed")
        )
    else:
        findings += find_missing(text)
    sentences = sentences_of(text)
    findings += [*check_arithmetic(text, "", sentences), *check_conflicts(text, base, "", sentences)]
    findings = [finding if finding.authority else replace(finding, authority=COMPARED) for finding in findings]
    once = {(finding.start, finding.end, finding.rule): finding for finding in reversed(findings)}
    return CheckReport(profile, kind, tuple(once[place] for place in sorted(once)), facts)


def _unsure_of_spaces(finding: Finding) -> Finding:
    """Spaces of a PDF are guessed from where its letters stand: what hangs on them is no error."""
    if finding.rule not in _ABOUT_SPACES or finding.severity == "suggestion":
        return finding
    message = f"{finding.message} PDF에서 읽은 글이라 원본의 띄어쓰기와 다를 수 있습니다."
    return replace(finding, severity="warning", message=message, certain=False)


def table_spans(document: Document) -> list[tuple[int, int]]:
    """Offsets of the tables in `Document.text`."""
    spans, start = [], 0
    for block in document.blocks:
        end = start + len(block.text)
        if block.kind == "table":
            spans.append((start, end))
        start = end + 1
    return spans


__all__ = ["CheckReport", "Facts", "check_document", "table_spans"]
