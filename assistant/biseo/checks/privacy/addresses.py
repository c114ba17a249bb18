"""Where somebody lives, down to the house: road names, lots, 동 and 호."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.circumstances import owner_of
from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.reading import Reading

_PROVINCES = (
    "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청북|충청남|전라북|전라남|경상북|경상남)"
    "(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
)
_S = r"[ \t]{1,2}"
_REGION = rf"(?:(?<![가-힣]){_PROVINCES}{_S})?(?:(?<![가-힣])[가-힣]{{1,4}}[시군구]{_S}){{0,2}}"
_TOWN = rf"(?:[가-힣0-9]{{1,5}}[읍면]{_S})?"
_NUMBER = r"(?:지하[ ]?)?[0-9]{1,4}(?:[ ]?-[ ]?[0-9]{1,4})?(?:[ ]?번지)?(?:[ ]?의[ ]?[0-9]{1,3})?"
_ROAD = (
    r"(?<![가-힣0-9])[가-힣][가-힣0-9·]{0,10}?(?:대로|(?<!으)로"
    r"|길)(?:[ ]?[0-9]{1,4}[가-힣]?번?길)?(?:[ ]?[가-힣]{1,3}[0-9]{0,3}길)?"
    rf"[ ]?{_NUMBER}(?![0-9,.]*[0-9%])(?![ ]?(?:년|월|일|시|분|명|건|개(?!동)|원|억|만|번길|번지?선"
    rf"|호선|차로|차선|m|㎞|km|미터|구간|대|회|위|㎡|층|주|세|부|매|장|번(?!지)|가구|세대|곳|종|점"
    rf"|인|차))"
)
_LOT = (
    r"(?<![가-힣0-9])(?P<place>[가-힣]{1,6}[0-9]{0,2}동|[가-힣]{1,5}[0-9]?리"
    r"|[가-힣]{1,4}[0-9]가)[ ]?(?:산[ ]?)?[0-9]{1,4}(?:[ ]?-[ ]?[0-9]{1,4})?(?:[ ]?번지)?"
    r"(?![0-9,.]*[0-9%])(?![ ]?(?:년|월|일|시|분|명|건|개|원|억|만|m|㎞|㎡|층|동|호|차|대|회|위|부"
    r"|매|장|번(?!지)|가구|세대|곳|종|점|세))"
)
_UNIT = (
    r"(?:(?:제?[0-9A-Za-z가나다라마]{1,4}[ ]?동[ ]{0,2}(?:지하[ ]?)?제?[0-9]{1,4}[ ]?호)"
    r"|제?[0-9]{1,4}[ ]?동[ ]?-?[ ]?[0-9]{3,4}(?![0-9])"
    r"|(?:지하[ ]?)?[0-9]{1,3}층(?:[ ]{1,2}제?[A-Za-z]?[0-9]{1,4}호)?|(?:지하[ ]?)?제?[B비]?[0-9]{1,4}호(?:실)?)"
)
_BUILDING = (
    r"[가-힣A-Za-z0-9]{1,14}(?:아파트|빌라|빌딩|맨션|타운|파크|마을|오피스텔|주공|단지|연립|주택"
    r"|캐슬|자이|원룸|고시원)(?:[0-9]{1,2}차|[0-9]{1,2}단지)?"
)
_DETAIL = (
    rf"(?:[ ]{{0,2}}\([가-힣0-9]{{1,8}}[동리가](?:[0-9]가)?(?:,[ ]?[가-힣A-Za-z0-9 ]{{1,20}})?\))?"
    rf"(?:,?[ \t]{{0,2}}{_BUILDING})?(?:,?[ \t\n]{{0,2}}{_UNIT})?"
    rf"(?:[ ]{{0,2}}\([가-힣0-9]{{1,8}}[동리가](?:,[ ]?[가-힣A-Za-z0-9 ]{{1,20}})?\))?"
)
_ADDRESS = re.compile(rf"(?P<region>{_REGION}){_TOWN}(?:(?P<road>{_ROAD})|(?P<lot>{_LOT})){_DETAIL}")
_ANCHOR = re.compile(r"(?:[로길동리]|[0-9]가)(?:[ ]?[0-9가-힣]{1,6}길)?[ ]?(?:산|지하)?[ ]?[0-9]")
_ANCHOR_HOME = re.compile(r"[0-9]동")
_NO_PLACE = re.compile(
    r"(?:우리|거리|자리|관리|처리|정리|분리|수리|소리|다리|머리|마리|도리|원리|권리|심리|승리|유리"
    r"|의리|이리|저리|편리|대리"
    r"|활동|이동|행동|운동|자동|노동|아동|공동|변동|작동|가동|협동|감동|수동|진동|연동|해당동|[0-9]동)$"
)
_HOME = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:{_BUILDING}[ ]{{0,2}})?제?[0-9]{{1,4}}동[ ]{{0,2}}제?[0-9]{{2,4}}호(?!실)"
)
_HAS_UNIT = re.compile(r"[0-9A-Za-z가나다라마][ ]?동[ ]{0,2}제?[0-9]{2,4}(?:[ ]?호)?|[0-9]{3,4}호")
_OFFICE_BUILDING = re.compile(
    r"청사|본관|별관|신관|회의실|강의실|강당|사무실|시청|구청|군청|도청|센터|학교|대학|병원|전시|부스|상가"
)
_LIVES = re.compile(
    r"[)]?(?:에|에서)?[ ]?(?:거주|사는|살고|사시는|혼자|전입|주민등록|[ ]?소재[ ]?(?:주택|자택)|의[ ]?[가-힣]{3}[ ]?씨)"
)
_LABEL = re.compile(
    r"주[ ]?소[지]?(?:는|가)?[ \t:()]{0,4}$|(?:거주|수령|배송|송달|등록)지(?:는|가)?[ \t:()]{0,4}$"
    r"|자택[ \t:()]{0,4}$"
)
_PUBLIC_AFTER = re.compile(
    r",?[ ]?\(?(?:[가-힣]{1,12}[ ]?){0,2}(?:일원|(?<=[가-힣]{3})[처청부원](?![가-힣])|일대|시청"
    r"|구청|군청|도청|센터|청사|회관|공원|학교|도서관|체육관|여민실|강당|광장|정비)"
)


def find_addresses(reading: Reading) -> Iterator[PersonalData]:
    """Addresses of people; of offices, events and building sites only what names a dwelling (동 and 호)."""
    for match in reading.around(_ANCHOR, 50, 80, _ADDRESS):
        if _is_home(reading, match):
            yield PersonalData("address", match.start(), match.end(), len(match["region"]))
    for match in reading.around(_ANCHOR_HOME, 30, 14, _HOME):
        if not _near_office(reading, match.start(), match.end()):
            yield PersonalData("address", match.start(), match.end())


def street_addresses(reading: Reading) -> Iterator[tuple[str, PersonalData]]:
    """Every address, whoever's it is, with its street or lot and number as the key that equal ones share."""
    for match in reading.around(_ANCHOR, 50, 80, _ADDRESS):
        key = re.sub(r"[\s]|번지", "", match["road"] or match["lot"])
        yield key, PersonalData("address", match.start(), match.end(), len(match["region"]))


def _near_office(reading: Reading, start: int, end: int) -> bool:
    before = reading.text[max(reading.line_start(start), start - 20) : start]
    return bool(_OFFICE_BUILDING.search(before) or _OFFICE_BUILDING.search(reading.after(end, 14)))


def _is_home(reading: Reading, match: re.Match[str]) -> bool:
    start, end, words = match.start(), match.end(), match[0]
    after = reading.after(end, 24)
    if match["place"] and _NO_PLACE.search(match["place"]):
        return False
    if _LIVES.match(after):
        return True
    if _PUBLIC_AFTER.match(after):
        return False
    owner = owner_of(reading, start)
    if _HAS_UNIT.search(words) and not _near_office(reading, start, end):
        return owner != "office" or _LABEL.search(reading.label(start, 20)) is not None
    if owner == "private":
        return True
    return owner == "unknown" and _LABEL.search(reading.label(start, 20)) is not None
