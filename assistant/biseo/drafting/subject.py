"""Whether a line of the sources has to do with what a document is about, as far as its words tell.

A source may speak of several things; a letter on one of them must not announce that the canteen is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from biseo.drafting.quadrants import headings_above
from biseo.text.characters import words
from biseo.text.similarity import pairs

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}")
_ANY_TEXT = frozenset(
    words("""
    추진 실시 운영 계획 개최 협조 요청 제출 자료 관련 대상 기간 일시 장소 방법 내용 사항 현황 결과 안내 알림
    통보 사업 지원 이용 참여 신청 접수 기관 부서 담당 시청 군청 구청 도청 시장 시설 공사 올해 지난 내년 최근
    현재 이번 매년 상반 하반 오전 오후 평일 주말 하루 매월 동안 이상 이하 미만 가운 모두 전체 평균 각각 또는
    그리 위하 위해 통해 대한 대하 따라 따르 하여 하고 하는 하기 하지 않는 않은 않고 있는 있고 있다 없는 없다
    있습 합니 됩니 입니 한다 된다 이며 이고 까지 부터 에서 바랍 주시 우리 해당 기타 참고 붙임 공무 직원 시민
    주민""")
)
"""Words, by their first two syllables, that stand in texts whatever they are about."""


def related(lines: Iterable[str], subject: str, statements: Sequence[str]) -> list[str]:
    """The lines from those sentences of the sources that have to do with the subject.

    Such a sentence shares a telling word with it, or stands below a heading that does, or, below the same heading, next
    to a sentence that does. All lines when the subject has no telling word (회의 개최 알림).

    Args:
        subject: what the document is about, as the official wrote it.
        statements: the sentences of the sources.
    """
    topic = telling_words(subject)
    if not topic:
        return list(lines)
    headings = headings_above(statements)
    named = [bool(telling_words(statement) & topic) for statement in statements]
    near: set[int] = set()
    for place, heading in enumerate(headings):
        beside = (other for other in (place - 1, place, place + 1) if 0 <= other < len(statements))
        if telling_words(heading) & topic or any(named[other] and headings[other] == heading for other in beside):
            near.add(place)
    known = [pairs(statement) for statement in statements]
    kept: list[str] = []
    for line in lines:
        shared = [len(own & pairs(line)) for own in known]
        place = max(range(len(known)), key=shared.__getitem__, default=-1)
        if telling_words(line) & topic or (place in near and shared[place]):
            kept.append(line)
    return kept


def telling_words(text: str) -> set[str]:
    """The words that tell what a text is about, by two syllables: the first two, and the next two of long words."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        found.add(word[:2])
        if len(word) >= 4:
            found.add(word[2:4])
    return found - _ANY_TEXT
