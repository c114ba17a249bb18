"""Form of a read document, of a draft, and of one section while it is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biseo.checks.form.kinds import KINDS, Kind
from biseo.checks.form.parts import as_finding, missing_parts
from biseo.checks.form.replies import check_contact, check_refusal
from biseo.checks.form.sums import wrong_lines, wrong_sums
from biseo.document import MISSING, Block, Document, Draft, Finding, Letter, Section, Severity, table_block
from biseo.writers import official

_BUDGETED: tuple[Kind, ...] = ("plan", "proposal")
_BUDGET = "지방재정법 제36조, 편람"


def check_form(document: Document, kind: Kind | None) -> tuple[Finding, ...]:
    """What a finished document lacks; offsets refer to `Document.text`, a missing part stands at 0.

    Args:
        kind: None where it is not known: then only totals are looked at.
    """
    text = document.text
    findings = [*_lines(text, kind)]
    start = 0
    for block in document.blocks:
        if block.rows:
            findings += _sums(block.rows, kind, start)
        start += len(block.text) + 1
    if kind is not None:
        findings += [as_finding(part) for part in missing_parts(document, kind)]
    if kind == "reply":
        findings += [*check_refusal(text), *check_contact(text)]
    return tuple(sorted(findings, key=lambda finding: finding.start))


def check_section_form(kind: str, section: Section, rest: str = "") -> tuple[Finding, ...]:
    """What can be said of one section of a draft by itself; offsets refer to its text.

    Args:
        kind: id of the task; one that is no kind of document is looked at for totals only.
        rest: the text of the sections that are written already, where a remedy may stand.
    """
    known = _known(kind)
    findings = list(_sums(section.rows, known, 0, section.id)) if section.rows else []
    findings += _lines(section.text, known, section.id)
    if known == "reply":
        if section.id == "contact":
            findings += check_contact(section.text, section.id)
        else:
            findings += check_refusal(section.text, rest, section.id)
    return tuple(findings)


def check_draft_form(draft: Draft) -> tuple[Finding, ...]:
    """The parts that a whole draft lacks; each is shown at the section nearest to it."""
    kind = _known(draft.task)
    if kind is None or not draft.sections:
        return ()
    blocks = [Block("heading", draft.title, 1)]
    around = _around(draft) if kind == "letter" else {}
    blocks += [Block("paragraph", text) for text in around.values()]
    for section in draft.sections:
        if not (section.text.strip() or section.rows):
            continue  # its title alone says nothing
        blocks.append(Block("heading", section.title, 2))
        blocks.append(table_block(section.rows) if section.rows else Block("paragraph", section.text))
    document = Document("", "draft", draft.title, None, tuple(blocks))
    ids = [*around, *(section.id for section in draft.sections)]
    blank = {section.id for section in draft.sections if MISSING in section.text}  # told already, where it stands
    blank |= {part for part, text in around.items() if MISSING in text}
    missing = [part for part in missing_parts(document, kind) if part.section not in blank]
    findings = [as_finding(part, part.section if part.section in ids else ids[-1]) for part in missing]
    if kind == "reply" and "contact" not in ids:
        text = "\n".join(section.text for section in draft.sections)
        findings += check_contact(text, ids[-1])
    return tuple(findings)


def _around(draft: Draft) -> dict[str, str]:
    """Lines of a letter around its body by id of their sections; `끝.` is set when the letter is printed."""
    letter = draft.letter or Letter()
    return {
        "head_receivers": "\n".join(official.head_lines(letter)) if draft.letter else "",
        "head_subject": official.subject_line(draft) if draft.title else "",
        "foot_sender": official.sender_of(letter),
        "foot": "끝.",
    }


def _known(task: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == task), None)


def _sums(rows: Sequence[Sequence[str]], kind: Kind | None, start: int, section: str = "") -> Iterator[Finding]:
    for wrong in wrong_sums(rows):
        severity: Severity = "error" if wrong.money and kind in _BUDGETED else "warning"
        cell = rows[wrong.row][wrong.column]
        place = start + sum(len("\t".join(row)) + 1 for row in rows[: wrong.row])
        place += sum(len(before) + 1 for before in rows[wrong.row][: wrong.column])
        message = f"합계가 맞지 않습니다. 각 행을 더하면 {wrong.right:,}입니다. 행과 합계를 확인해 주세요."
        rule = "BUDGET_SUM" if wrong.money else "TABLE_SUM"
        right = cell.replace(f"{wrong.said:,}", f"{wrong.right:,}")
        yield Finding(
            rule, severity, place, place + len(cell), cell, message, right if right != cell else "", _BUDGET, section
        )


def _lines(text: str, kind: Kind | None, section: str = "") -> Iterator[Finding]:
    severity: Severity = "error" if kind in _BUDGETED else "warning"
    for wrong in wrong_lines(text):
        said = text[wrong.start : wrong.end]
        message = "산출한 금액이 맞지 않습니다. 단가, 수량, 재원과 합계를 확인해 주세요."
        yield Finding("BUDGET_SUM", severity, wrong.start, wrong.end, said, message, wrong.right, _BUDGET, section)
