"""What every written file says about itself."""

from __future__ import annotations

import re

from biseo.document import Draft
from biseo.writers.layout import DRAFT_LINE

AI_DRAFT = "인공지능 초안"
AI_USED = "인공지능 활용"
REVIEWED = "담당자 검토 완료"
BY_RULE = "규칙으로 정리"
BY_RULE_LINE = "언어 모델 없이 규칙으로 정리한 문서입니다."
AUTHOR = "행정비서"

# Word refuses longer properties.
_LONGEST = 255
# 문서요지
_LONGEST_SUMMARY = 200
_FEWEST_KEYWORDS, _MOST_KEYWORDS = 3, 7
_WORD = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9]+")
_GRADES = {"C": "C(기밀)", "S": "S(민감)", "O": "O(공개)"}


def shorten(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, cut to what a document property can hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def summary_of(draft: Draft) -> str:
    """문서요지: every document carries one (영 제5조제2항), if need be its title."""
    return shorten(draft.summary if draft.summary.strip() else draft.title, _LONGEST_SUMMARY)


def keywords_of(draft: Draft) -> tuple[str, ...]:
    """3 to 7 keywords; where the draft has fewer, words of its title stand in as far as they go."""
    found = list(dict.fromkeys(line for word in draft.keywords if (line := " ".join(word.split()))))
    for word in _WORD.findall(draft.title):
        if len(found) >= _FEWEST_KEYWORDS:
            break
        if not any(word in other or other in word for other in found):
            found.append(word)
    return tuple(found[:_MOST_KEYWORDS])


def ai_mark(draft: Draft) -> str:
    """That AI was used stays with the document (인공지능기본법 제31조), that it is a draft goes with the review."""
    if draft.by_rule:
        return BY_RULE
    return AI_USED if draft.review else AI_DRAFT


def status_of(draft: Draft) -> str:
    """Draft or reviewed, in one phrase."""
    if draft.by_rule and draft.review is None:
        return BY_RULE
    return REVIEWED if draft.review else AI_DRAFT


def comment_of(draft: Draft) -> str:
    """The sentence that a document's properties carry."""
    if draft.by_rule:
        return BY_RULE_LINE
    if draft.review is None:
        return DRAFT_LINE
    return f"생성형 인공지능을 활용하여 작성하고 {draft.review.when[:10]} 담당자가 검토를 마친 문서입니다."


def grade_line(draft: Draft) -> str:
    """What stands at the foot of every page of a graded document, else nothing."""
    grade = draft.grade.strip()
    return f"보안등급: {_GRADES.get(grade, grade)}" if grade else ""
