"""Where the clauses of a sentence begin, and which of them deny what they say."""

from __future__ import annotations

import re

from biseo.checks.evidence.meanings import NEGATIVE
from biseo.text.characters import words

NO_ENDINGS = frozenset(
    words("""
    사고 창고 재고 신고 광고 예고 경고 최고 서고 권고 공고 금고 원고 국고 보고 참고 문서 부서 순서 도서 질서 정서
    올해 피해 이해 재해 침해 방해 양해 지해 새해 동해 서해 남해 그리고 여러 국어 영어 한국어 단어 용어 언어 분야
    시야 평야 하나 모두 추가 평가 휴가 증가 국가 허가 참여 기여 수여 급여 대여 부여 여부 계좌 명의 학자 소비자
    사용자 이용자 육아 유아 토지 단지 부지 여지 의지 편지 휴지 폐지 방지 금지 중지 정지 유지 요지 취지 거주지
    관광지 소재지 농지 묘지 기지 강아지 아니라 어느 때문에 대해 통해 위해 의해 관해 향해 아동 수해 보다 함께 같이
    또는 혹은""")
)
_ENDS = re.compile(
    r"(?:며|고|고는|고도|지만|으나|[었았였했됐]으나|면서|는데|으면|하면|되면|므로|으므로|으니|하여|되어|해|돼|해서|돼서|아서|어서|여서|"
    r"아|어|여|워|려|켜|춰|쳐|져|겨|펴|되|도록|거나|지도|없이|않아|않아도|어도|아도|해도|자)$"
)
# The end of what is said of the next word: 도면에 없는 | 통신관.
_SAID_OF_NEXT = re.compile(r"(?:없는|있는|않은|않는|않던|못한|못하는|아닌|없던|있던)$")
_HELPER = re.compile(
    r"[ ]*(?:주|준|줄|줘|줬|드[려리린립]|있|두[고었]|둔|둘|놓|버[려리린]|보[고았]|왔|온다|나[가간갈갔]|"
    r"낸|내[고었]|야|않|못)"
)
_NEGATIVE = re.compile(
    r"지(?:는|도|를)?\s?(?:않|못|아니|말|마십|마세)|수(?:는|도|가)?\s?없|[가-힣](?:이|가)?\s?아(?:니다|님|닌|니며|니고|닙|니므로)"
    r"|없|(?<![가-힣])안\s|(?<![가-힣])못\s?[하한할함해했]|않|" + "|".join(sorted(NEGATIVE, key=len, reverse=True))
)  # fmt: skip
_NO_DENIAL = re.compile(
    r"끊임없|빠짐없|아낌없|변함없|관계\s?없|상관\s?없|틀림없|어김없|"
    r"불가피|불가결|하지 않을 수 없|뿐(?:만)?\s?아니라|없애|없앤|없앴"
)


def clause_starts(text: str) -> list[int]:
    """Offsets at which clauses begin, the first one at 0."""
    starts = [0]
    for match in re.finditer(r"\S+", text):
        word = match[0].strip("“”\"'‘’()")
        bare = word.rstrip(",;")
        cut = word.endswith((",", ";")) and len(bare) > 1
        if not cut and len(bare) > 1 and bare not in NO_ENDINGS:
            cut = bool(_SAID_OF_NEXT.search(bare)) or (
                bool(_ENDS.search(bare)) and not _HELPER.match(text, match.end())
            )
        if cut and match.end() < len(text):
            starts.append(match.end())
    return starts


def denials(text: str, starts: list[int]) -> tuple[bool, ...]:
    """Whether each clause denies what it says; two denials in one lift each other."""
    found = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        clause = _NO_DENIAL.sub(" ", text[start:end])
        found.append(len(_NEGATIVE.findall(clause)) % 2 == 1)
    return tuple(found)
