"""Reported speech: what was said, without who said it and that it was said."""

from __future__ import annotations

import re

from biseo.text.noun_endings import to_noun_ending, without_connective
from biseo.text.people import POSTS

_VERB = "(?:강조|당부|주문|요청|지시|지적|언급|설명|평가|주장|제안|요구|약속|말|밝|밝히|밝혔|덧붙|덧붙였|내다봤|전망)"
_TAIL = rf"\s{_VERB}[가-힣]{{0,5}}$"
_POST = rf"(?:[가-힣]+[시군구도]|행정|정무|경제|상임)?(?:{'|'.join(map(re.escape, POSTS))})"
_SPEAKER = re.compile(
    rf"^(?:(?:[가-힣]+ ){{0,3}}?(?:그|{_POST})[은는:]\s+)?"
    r"(?:(?:[^\s,]+ ){0,5}?[가-힣]*(?:회의|자리|간담회|보고회|토론회)에서는?\s+)?"
)
_ENDS = (
    (re.compile(rf"(?<=[가-힣])다고{_TAIL}"), "다"),
    (re.compile(rf"(?<=[가-힣])(?:[\"”'’]?이라고{_TAIL}|[\"”'’]?이라며$|(?<!이)라고{_TAIL}|(?<!이)라며$)"), "이다"),
    (re.compile(rf"\s하자(?:며$|고{_TAIL})"), " 한다"),
    (re.compile(rf"(?<= 것)(?:을|도|이)?{_TAIL}"), ""),
    (re.compile(r"(?<=[가-힣])(?:[을를도]\s(?:강조|당부|주문)|도\s요청)[가-힣]{0,5}$"), ""),
)
"""How a report ends, and what stands there when only what was said is left."""


_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"](?=(?:이?라[며고]|하?[며고]|는|고)\s|이?라며,)")
_ORDERS = re.compile(r"(?:하라|달라|주라|말라|하자|[가-힣]자|주세요|하세요)[.]?$")


def quoted_statements(sentence: str) -> list[str]:
    """What somebody is quoted to have stated in a sentence; what he only asks for is no statement."""
    said = (match[1].strip() for match in _QUOTED.finditer(sentence))
    return [words for words in said if not _ORDERS.search(words)]


def quotes(sentence: str) -> bool:
    """Whether a sentence mainly reports somebody's words in quotation marks."""
    return bool(_QUOTED.search(sentence))


def content_of_report(line: str) -> str:
    """A line that reports someone's words as what they say, closed with a noun: …필요하다고 밝혔다 → …필요함.

    Lines that report nothing come back as they are.
    """
    bare = line.strip().rstrip(".").rstrip()
    for pattern, closing in _ENDS:
        if pattern.search(bare):
            said = pattern.sub(closing, bare)
            return to_noun_ending(_SPEAKER.sub("", without_connective(said)).lstrip("\"“'‘"))
    return line.strip()
