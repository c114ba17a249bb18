"""Whose telephone, address or mail is it: a citizen's or an office's. Told by the words that stand before it."""

from __future__ import annotations

import re
from typing import Literal

from biseo.checks.privacy.reading import Reading

Owner = Literal["private", "office", "unknown"]

_PRIVATE = re.compile(
    r"민원인|신청[인자]|청구[인자]|진정[인자]|고소인|고발인|신고[인자]|제보자|제안자|참[가여]자|수강생|수급[권]?자"
    r"|대상자|피해자|유가?족|보호자|세대[주원]|배우자|자녀|부모|환자|학생|학부모|위임인|대리인"
    r"|상속인|체납자|납세[의무]*자"
    r"|위반자|운전자|소유[자주]|임차인|임대인|예금주|수취인|수령인|받는[ ]?(?:곳|사람|이)|응시자"
    r"|지원자|합격자|당첨자|회원"
    r"|봉사자|기부자|어르신|가구주|거주|자택|집[ ]?전화|본인|개인|주민등록|생년월일|송달|회신처"
    r"|비상[ ]?연락|귀하|[가-힣]{3} ?(?:씨|님)"
    r"|수령지|배송지|거소|우편물|상담자|이용자|가입자|계약자|입주자|사망자|처분[ ]?대상|당사자"
)
_OFFICE = re.compile(
    r"문[ ]?의|담당|[가-힣]과(?![가-힣])|[가-힣]팀(?![가-힣])|[가-힣]{2}(?:실|국|단|센터|사업소"
    r"|본부|위원회|재단|공사|공단|협회|도서관|회관|박물관"
    r"|학교|병원|시청|구청|군청|도청|청사|주민센터|복지관|체육관|사무소|콜센터)|대표[ ]?(?:전화"
    r"|번호)|안내|주무관|사무관|팀장|과장|국장"
    r"|실장|[가-힣](?:처장|청장|원장|서장|교육감)|서기관|시장|구청장|군수|장관|접수[ ]?(?:처|방법"
    r"|:)|제출[ ]?(?:처|방법|:)?|누리집|홈페이지|팩스|전송|시행|(?<!귀하 \()(?<!귀하\()(?<!님 \()우[ ]?[0-9]{5}"
    r"|(?<!송달)(?<!송달 )장소|위치|행사장"
    r"|사업지|대상지|시설명|공사|일원|일대|상황실|발신|기관|부서|책임자|작성자|기안자"
)
_REACH = 200


def owner_of(reading: Reading, place: int) -> Owner:
    """Whose the value at a place is; in a table its column and row decide, else the nearest word before it."""
    head = " ".join(reading.head_row(place))
    if head:
        own = reading.head(place)
        for words in (own, head):
            owner = _last(words)
            if owner != "unknown":
                return owner
        if re.search(r"성[ ]*명|이[ ]*름", head):
            return "office" if re.search(r"직[급위책]", head) else "private"
    start = reading.line_start(place)
    owner = _last(reading.text[max(start, place - _REACH) : place])
    if owner != "unknown":
        return owner
    return _last(reading.text[max(0, start - _REACH) : start].rsplit("\n\n", 1)[-1])


def _last(words: str) -> Owner:
    private = max((match.end() for match in _PRIVATE.finditer(words)), default=-1)
    office = max((match.end() for match in _OFFICE.finditer(words)), default=-1)
    if private == office:
        return "unknown"
    return "private" if private > office else "office"
