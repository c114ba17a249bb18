"""What stands around the body of an official document, made from the form and read back from the page.

Source: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제4조, 별지 제1호서식; 영 제13조제3항 (no 발신 명의
inside an office).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from biseo.document import MISSING, Letter, Section
from biseo.drafting.form import FilledForm
from biseo.drafting.house_style import in_house_style
from biseo.tasks.definition import LetterPart, SectionPlan, TaskDefinition
from biseo.text.dates import format_official, parse_full_date
from biseo.writers import official

AROUND: tuple[LetterPart, ...] = ("agency", "receivers", "subject", "sender", "foot")
"""Parts that are printed around the body; the others belong to it."""

OPEN, CLOSED = "공개", ("부분공개", "비공개")
INTERNAL_KIND = official.INTERNAL
LEAST_COPIES = "1부"
_LIST = re.compile(r"\s*[;,\n]\s*(?![^()]*\))")
_REFERENCES = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=[가-힣]+-\d)")
_NUMBER_AND_DAY = re.compile(r"(?P<number>[가-힣]{2,24}-\d{1,7})호?\s*[,(]?\s*(?P<day>\d{2,4}\D.*?)\s*\)?호?")
_QUANTITY = re.compile(r"\d+\s?[부매식권장건점개]\.?$")
_RECEIVERS_LINE = re.compile(r"\s*수신자(?:\s+|\s*[:：]\s*)(?=\S)")
_RECEIVER_LINE = re.compile(r"\s*수\s?신(?:자)?(?:\s+|\s*[:：]\s*)(?=\S)")
_SUBJECT_LINE = re.compile(r"\s*제\s?목(?:\s+|\s*[:：]\s*|$)")
_VIA_LINE = re.compile(r"\s*\(?\s*경\s?유\s*\)?\s*[:：]?\s*")
_BLANK = " " * 16
"""Room for what the office's approval system fills in."""

_LADDER = "가나다라마바사아자차카타파하"


def officially(text: str) -> str:
    """The text with dates, times, amounts and references written as the rules want them, where that is certain."""
    return in_house_style(text, "official")


def is_internal(form: FilledForm) -> bool:
    """Whether the document is for the own office's approval only."""
    return form.words("kind") == INTERNAL_KIND


def letter_of(form: FilledForm) -> Letter:
    """Head and foot from the form. What must not be missing reads `[확인 필요]`."""
    receivers = () if is_internal(form) else _names(form.words("receivers")) or (MISSING,)
    signed = (("기안자", "drafter"), ("검토자", "reviewer"), ("결재권자", "approver"))
    return Letter(
        agency=form.words("agency") or MISSING,
        receivers=receivers,
        via=form.words("via"),
        sender="" if is_internal(form) else form.words("sender") or MISSING,
        signers=tuple(f"{name} {form.words(field) or _BLANK}" for name, field in signed),
        cooperators=_names(form.words("cooperators")),
        number=form.words("number"),
        effective=officially(form.words("effective")),
        address=form.words("address"),
        homepage=form.words("homepage"),
        phone=form.words("phone"),
        fax=form.words("fax"),
        email=form.words("email"),
        disclosure=_disclosure(form),
    )


def letter_section(plan: SectionPlan, form: FilledForm) -> Section:
    """A part of an official document that the form gives."""
    return Section(plan.id, plan.title, _part(plan.part, form), "form", heading=plan.heading)


def _part(part: LetterPart | None, form: FilledForm) -> str:
    letter = letter_of(form)
    match part:
        case "agency":
            return letter.agency
        case "receivers":
            return "\n".join(official.head_lines(letter))
        case "subject":
            return f"제목  {' '.join(form.words('subject').split()) or MISSING}"
        case "related":
            return _related(form.words("reference"))
        case "attachments":
            return _attached(form.rows("attached"))
        case "sender":
            return letter.sender
        case _:
            return "\n".join(_foot(letter))


def _foot(letter: Letter) -> list[str]:
    """The lines of the foot as the form of the rules has them; blank where the approval system fills them in."""
    several = official.receivers_list(letter)
    effective = f"({letter.effective})" if letter.effective else ""
    address = f"우  {letter.address}" if letter.address else ""
    numbers = [f"전화번호  {letter.phone}" if letter.phone else "", f"팩스번호  {letter.fax}" if letter.fax else ""]
    reached = ["  ".join(filter(None, numbers)), letter.email, letter.disclosure]
    return [
        *([f"수신자  {several}"] if several else []),
        "   ".join(letter.signers).rstrip(),
        f"협조자  {'    '.join(letter.cooperators)}".rstrip(),
        f"시행  {letter.number + effective or _BLANK * 2}    접수",
        *filter(None, (" / ".join(filter(None, (address, letter.homepage))), " / ".join(filter(None, reached)))),
    ]


def take_letter(task: TaskDefinition, sections: Sequence[Section]) -> tuple[Letter | None, str, tuple[Section, ...]]:
    """Head and foot as their sections give them, the subject, and the sections of the body.

    Whatever the official changed on the page is printed as it stands there.
    """
    parts = {plan.id: plan.part for plan in task.sections if plan.part in AROUND}
    if not parts:
        return None, "", tuple(sections)
    texts: Mapping[LetterPart | None, str] = {parts[s.id]: s.text for s in sections if s.id in parts}
    head = tuple(line.rstrip() for line in texts.get("receivers", "").split("\n") if line.strip())
    head = head or (f"수신  {MISSING}",)
    foot = [line.rstrip() for line in texts.get("foot", "").split("\n") if line.strip()]
    several = _names(_RECEIVERS_LINE.sub("", foot[0], count=1)) if foot and _RECEIVERS_LINE.match(foot[0]) else ()
    if len(several) > 1:
        del foot[0]  # printed below the 발신 명의, apart from the rest
    letter = Letter(
        agency=_one_line(texts.get("agency", "")),
        receivers=_receivers(head, several),
        via=next((_VIA_LINE.sub("", line, count=1) for line in head if "경유" in line.replace(" ", "")), ""),
        sender=_one_line(texts.get("sender", "")),
        head=head,
        foot=tuple(foot),
    )
    subject = _SUBJECT_LINE.sub("", _one_line(texts.get("subject", "")), count=1)
    return letter, subject or MISSING, tuple(section for section in sections if section.id not in parts)


def _receivers(head: Iterable[str], several: tuple[str, ...]) -> tuple[str, ...]:
    if len(several) > 1:
        return several
    named = next((_RECEIVER_LINE.sub("", line, count=1) for line in head if _RECEIVER_LINE.match(line)), "")
    return () if named.replace(" ", "") == INTERNAL_KIND else (named.strip() or MISSING,)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in _LIST.split(words.strip()) if name)


def _disclosure(form: FilledForm) -> str:
    """공개 구분; what is not open names the 호 of 정보공개법 제9조제1항."""
    kind, clause = form.words("disclosure"), form.words("clause").replace(" ", "")
    if kind not in CLOSED:
        return kind if kind == OPEN else ""
    numbers = ",".join(re.findall(r"\d+", clause.rpartition("항")[2] or clause))
    return f"{kind}({numbers + '호' if numbers else MISSING})"


def _related(words: str) -> str:
    """관련: on the line of the item when there is one, as items below it when there are several."""
    references = [officially(_reference(entry)) for entry in _REFERENCES.split(words.strip()) if entry]
    if len(references) == 1:
        return f"1. 관련: {references[0]}"
    lines = [f"{mark}. {entry}" for mark, entry in zip(_LADDER, references, strict=False)]
    return "\n".join(["1. 관련", *lines]) if references else ""


def _reference(entry: str) -> str:
    """`총무과-12, 2026-01-06` as `총무과-12(2026. 1. 6.)`; anything else stays."""
    match = _NUMBER_AND_DAY.fullmatch(entry)
    day = parse_full_date(match["day"]) if match else None
    return f"{match['number']}({format_official(day, weekday=False)})" if match and day else entry


def _attached(rows: Iterable[Mapping[str, str]]) -> str:
    """붙임 with its number of copies, numbered when there are several, and 끝."""
    entries = []
    for row in rows:
        name = str(row.get("name", "")).strip().rstrip(".").rstrip() or MISSING
        copies = str(row.get("copies", "")).strip().rstrip(".")
        copies = f"{copies}부" if copies.isdigit() else copies
        if not copies and _QUANTITY.search(name):
            entries.append(f"{name}.")
        else:
            entries.append(f"{name} {copies or LEAST_COPIES}.")
    if len(entries) > 1:
        entries = [f"{number}. {entry}" for number, entry in enumerate(entries, 1)]
    return f"{official.ATTACHED}  " + "\n".join(entries) + "  끝." if entries else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
