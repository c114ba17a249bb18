"""What every written file says about itself."""

from __future__ import annotations

from biseo.document import Draft

AI_DRAFT = "인공지능 초안"
AUTHOR = "행정비서"

# Word refuses longer properties.
_LONGEST = 255
# 문서요지
_LONGEST_SUMMARY = 200
_GRADES = {"C": "C(기밀)", "S": "S(민감)", "O": "O(공개)"}


def shorten(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut to what a document property can hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def summary_of(draft: Draft) -> str:
    """문서요지: every document carries one (영 제5조제2항), if need be its title."""
    return shorten(draft.summary if draft.summary.strip() else draft.title, _LONGEST_SUMMARY)


def grade_line(draft: Draft) -> str:
    """What stands at the foot of every page of a graded document, else nothing."""
    grade = draft.grade.strip()
    return f"보안등급: {_GRADES.get(grade, grade)}" if grade else ""
