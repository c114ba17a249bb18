"""What the command line tells about personal data in what it writes, and does where it has to be masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from biseo.checks.privacy import LABELS, Kind, find_private
from biseo.cli.console import Console
from biseo.document import Document, Draft, Evidence
from biseo.masking.drafts import count_in_draft, masked_draft, told
from biseo.masking.texts import count_in_texts, dressed_texts, find_in_texts
from biseo.masking.words import mask_text, values_of
from biseo.policy import Policy

_KINDS = {label: kind for kind, label in LABELS.items()}
Known = Sequence[tuple[Kind, str]]


def guarded_draft(
    draft: Draft, sources: Sequence[Document], mask: bool, policy: Policy, console: Console
) -> tuple[Draft, dict[str, Any]]:
    """The draft as it leaves, masked where that was asked for or the policy wants it, and what is told about it.

    Returns:
        The draft, and `{"found": {kind: places}, "masked": bool}`; never the data themselves.
    """
    known = tuple(value for source in sources for value in values_of(source.text, find_private(source.text)))
    counts = count_in_draft(draft, known)
    masked = bool(counts) and (mask or policy.masking_required)
    if mask or policy.masking_required:
        draft = _masked(draft, known)
    _tell(told(counts), masked, mask, policy, console)
    return draft, {"found": {_KINDS[label]: count for label, count in counts.items()}, "masked": masked}


def guarded_values(
    values: Mapping[str, str], mask: bool, policy: Policy, console: Console
) -> tuple[dict[str, str], dict[str, Any]]:
    """The values of a form as they leave, and what is told about them: `{"found": {kind: places}, "fields", "masked"}`.

    `fields` names those with personal data, with the kinds that stand there.
    """
    found = find_in_texts(values)
    fields = [
        {"name": name, "kinds": list(dict.fromkeys(item.kind for item in items))}
        for name, items in found.items()
        if items
    ]
    counts: dict[str, int] = {}
    for item in (item for items in found.values() for item in items):
        counts[item.kind] = counts.get(item.kind, 0) + 1
    masked = bool(fields) and (mask or policy.masking_required)
    _tell(count_in_texts(values)[0], masked, mask, policy, console)
    leaving = dressed_texts(values, "mask") if masked else dict(values)
    return leaving, {"found": counts, "fields": fields, "masked": masked}


def _tell(found: str, masked: bool, asked: bool, policy: Policy, console: Console) -> None:
    if not found:
        return
    if not masked:
        console.note(f"개인정보가 들어 있습니다: {found}. 꼭 필요한지 확인하고, 아니면 --mask를 붙여 가려 주세요.")
    elif asked:
        console.note(f"개인정보를 가렸습니다: {found}.")
    else:
        console.note(f"{policy.reason('masking_required')} 개인정보를 가렸습니다: {found}.")


def _masked(draft: Draft, known: Known) -> Draft:
    """Masked with its evidence and findings, which the command line prints as well."""
    masked = masked_draft(draft, known)

    def passage(evidence: Evidence) -> Evidence:
        return replace(evidence, text=mask_text(evidence.text, known))

    sections = tuple(
        replace(
            new,
            evidence=tuple(map(passage, old.evidence)),
            sentences=tuple(replace(each, evidence=tuple(map(passage, each.evidence))) for each in old.sentences),
        )
        for old, new in zip(draft.sections, masked.sections, strict=True)
    )
    texts = {section.id: section.text for section in sections}
    findings = tuple(
        replace(
            finding,
            text=texts.get(finding.section, "")[finding.start : finding.end] if finding.text else "",
            message=mask_text(finding.message, known),
            suggestion=mask_text(finding.suggestion, known),
        )
        for finding in draft.findings
        if not finding.rule.startswith("PRIVACY_")
    )
    return replace(masked, sections=sections, findings=findings)
