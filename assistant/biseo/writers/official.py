"""What the rules fix in an official document: 붙임, the mark of an only item, how marks are typed, head and foot.

Source: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조제1항, 제4조; the two 타 and the only item are custom (편람).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from biseo.document import MISSING, Draft, Letter, Section
from biseo.text.characters import ITEM_SYLLABLES

ATTACHED = "붙임"
INTERNAL = "내부결재"
SEE_RECEIVERS = "수신자 참조"

# What ends a text before `끝.`: a sentence, a quantity, or the blanks of the rule itself. `회의 끝.` is a sentence.
_END = re.compile(
    r"""^\s*끝\s*\.?\s*$
      | \s*[-–—]\s*끝\s*\.?\s*[-–—]\s*$
      | (?:(?<=[.!?)\]」』”"'])\s* | (?<=\d[부매식권장건점개])\s* | \s{2,} | \t)끝\s*\.?\s*$""",
    re.VERBOSE,
)
_OPENING = re.compile(r"\s*붙\s?임(?P<gap>\s*[:：]\s*|\s+)(?=\S)")
_NUMBERED = re.compile(r"\s*\d{1,2}\.\s*(?=\D)")
_QUANTITY = re.compile(r"\d+\s?[부매식권장건점개]\.?\s*$")
_NEXT_IN_LINE = re.compile(r"(?<=\.)\s+(?=\d{1,2}\.\s)")
_HEAD_LINE = re.compile(r"\s*(?:수\s?신(?:자)?(?=\s|[:：])|\(\s?경\s?유\s?\)|경\s?유(?=\s|[:：]))")

# `1.관련` is item 1; `3.1 운동` and `가.나.다 순` are words.
_TIGHT = re.compile(rf"(\s*(?:\d{{1,2}}|[{ITEM_SYLLABLES}])[.)])(?=[가-힣「『(])(?!.[.)])")
# The parenthesised marks are three characters each.
_SIGNS = re.compile(r"[⑴-⒇㈎-㈛]")
FIRST_MARKS = ("1.", "가.", "1)", "가)", "(1)", "(가)", "①", "㉮")


def keep_rules(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections of an official document with 붙임 lists as the rule wants them and no `끝.` of their own."""
    tidied = []
    for section in sections:
        if section.rows:
            tidied.append(section)
            continue
        lines = [_END.sub("", line) for line in section.text.split("\n")]
        lines = [line for line in lines if line.strip()]
        if "".join(section.title.split()) == ATTACHED:
            section = replace(section, heading=False)
            if lines and not _OPENING.match(lines[0]):
                lines[0] = f"{ATTACHED}  {lines[0].strip()}"
            lines = _attachments(lines, certain=True)
        else:
            lines = _attachments(lines)
        tidied.append(replace(section, text="\n".join(lines)))
    return tuple(tidied)


def type_marks(line: str) -> str:
    """A line whose mark is typed as the rule wants: `⑴` as three characters, a blank after `1.`."""
    start = len(line) - len(line.lstrip())
    if _SIGNS.match(line, start):
        line = line[:start] + unicodedata.normalize("NFKC", line[start]) + " " + line[start + 1 :].lstrip()
    return _TIGHT.sub(r"\1 ", line, count=1) if _TIGHT.match(line) else line


def split_head(sections: Sequence[Section]) -> tuple[list[str], tuple[Section, ...]]:
    """Lines of the 두문 (수신, 경유) that a draft carries as its first sections, and the sections after them."""
    head: list[str] = []
    count = 0
    for section in sections:
        lines = [line for line in section.text.split("\n") if line.strip()]
        if section.heading or section.rows or not lines or not all(_HEAD_LINE.match(line) for line in lines):
            break
        head += [line.strip() for line in lines]
        count += 1
    return head, tuple(sections[count:])


def head_lines(letter: Letter) -> list[str]:
    """수신 and 경유."""
    if letter.head:
        return list(letter.head)
    receivers = [name.strip() for name in letter.receivers if name.strip()]
    receiver = INTERNAL if not receivers else receivers[0] if len(receivers) == 1 else SEE_RECEIVERS
    return [f"수신  {receiver}", f"(경유)  {letter.via.strip()}".rstrip()]


def foot_lines(letter: Letter) -> list[str]:
    """The lines below the 발신 명의; what was not given is left out."""
    if letter.foot:
        return list(letter.foot)
    signers = "    ".join(name.strip() for name in letter.signers if name.strip())
    cooperators = "    ".join(name.strip() for name in letter.cooperators if name.strip())
    effective = f"({letter.effective.strip()})" if letter.effective.strip() else ""
    registered = f"시행  {letter.number.strip()}{effective}" if letter.number.strip() or effective else ""
    received = f"접수  {letter.received.strip()}" if letter.received.strip() else ""
    address = f"우  {letter.address.strip()}" if letter.address.strip() else ""
    phone = f"전화번호  {letter.phone.strip()}" if letter.phone.strip() else ""
    fax = f"팩스번호  {letter.fax.strip()}" if letter.fax.strip() else ""
    numbers = "  ".join(part for part in (phone, fax) if part)
    lines = (
        signers,
        f"협조자  {cooperators}" if cooperators else "",
        "    ".join(part for part in (registered, received) if part),
        " / ".join(part for part in (address, letter.homepage.strip()) if part),
        " / ".join(part for part in (numbers, letter.email.strip(), letter.disclosure.strip()) if part),
    )
    return [line for line in lines if line]


def sender_of(letter: Letter) -> str:
    """발신 명의; an internal document has none."""
    return (letter.sender.strip() or MISSING) if any(name.strip() for name in letter.receivers) else ""


def receivers_list(letter: Letter) -> str:
    """The names of the 수신자 line of the foot when there are several."""
    receivers = [name.strip() for name in letter.receivers if name.strip()]
    return ", ".join(receivers) if len(receivers) > 1 else ""


def subject_line(draft: Draft) -> str:
    """제목 and the title on one line, without a full stop."""
    return f"제목  {' '.join(draft.title.split())}".rstrip()


def _attachments(lines: list[str], *, certain: bool = False) -> list[str]:
    """Lines with each 붙임 list typed by rule: no colon, two 타, numbers only when there are several."""
    tidied: list[str] = []
    place = 0
    while place < len(lines):
        opening = _OPENING.match(lines[place])
        rest = lines[place][opening.end() :] if opening else ""
        if not opening or not (certain or _is_list(opening["gap"], rest)):
            tidied.append(lines[place])
            place += 1
            continue
        entries = _NEXT_IN_LINE.split(rest) if _NUMBERED.match(rest) else [rest]
        place += 1
        numbered = bool(_NUMBERED.match(rest))
        while place < len(lines) and _goes_on(lines[place], numbered, certain):
            entries.append(lines[place])
            place += 1
        tidied += _typed([_NUMBERED.sub("", entry, count=1).strip() for entry in entries])
    return tidied


def _is_list(gap: str, rest: str) -> bool:
    """`붙임 문서를 참고하여` is a sentence."""
    return len(gap) > 1 or gap in ":：\t\u3000" or bool(_NUMBERED.match(rest) or _QUANTITY.search(rest))


def _goes_on(line: str, numbered: bool, certain: bool) -> bool:
    if _OPENING.match(line):
        return False
    return certain or bool(_NUMBERED.match(line) if numbered else _QUANTITY.search(line))


def _typed(entries: list[str]) -> list[str]:
    entries = [
        entry.rstrip() + "." if _QUANTITY.search(entry) and not entry.endswith(".") else entry for entry in entries
    ]
    if len(entries) == 1:
        return [f"{ATTACHED}  {entries[0]}"]
    return [f"{ATTACHED}  1. {entries[0]}", *(f"{place}. {entry}" for place, entry in enumerate(entries[1:], 2))]
