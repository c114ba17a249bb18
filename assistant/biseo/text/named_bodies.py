"""Organisations, places and laws that a text names: by their last syllables, by a label (장소: …), by 「」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from biseo.text.characters import fold_width, is_hangul, words

BodyKind = Literal["organisation", "place", "law"]


@dataclass(frozen=True)
class Named:
    """An organisation, a place or a law: `value` is its name without spaces and particles."""

    kind: BodyKind
    value: str
    start: int
    end: int


_ORGANISATION_END = re.compile(
    "재단|센터|위원회|공단|공사|협회|연구원|진흥원|교육청|경찰서|소방서|보건소|대학교|교육지원청|시청|도청|군청|구청|시의회|도의회"
    "|군의회|구의회|법원|검찰청|우체국|세무서|병원|의료원|조합|연맹|연합회|진흥회|협의회|은행|일보|신문"
)
CERTAIN = (
    "재단",
    "센터",
    "위원회",
    "공단",
    "공사",
    "협회",
    "연구원",
    "진흥원",
    "교육청",
    "경찰서",
    "소방서",
    "보건소",
    "대학교",
)
"""Endings of which a name in front makes an organisation for certain."""
_MINISTRY = re.compile(
    r"(?<![가-힣])(?:행정안전|기획재정|교육|과학기술정보통신|외교|통일|법무|국방|문화체육관광|농림축산식품|산업통상자원|산업통상|보건복지"
    r"|환경|고용노동|여성가족|국토교통|해양수산|중소벤처기업|국가보훈|성평등가족|기후에너지환경)부(?![가-힣]{2})"
    r"|(?<![가-힣])(?:국세|관세|조달|통계|병무|방위사업|경찰|소방|국가유산|문화재|농촌진흥|산림|특허|기상|질병관리|해양경찰|재외동포|우주항공)청(?![가-힣]{2})"
    r"|(?<![가-힣])(?:행안|기재|복지|국토|고용|노동|과기정통|문체|산업|농식품|해수|중기|여가|보훈)부(?![가-힣]{2})"
    r"|더불어민주당|국민의힘|감사원|국무조정실|국가정보원|인사혁신처|법제처|식품의약품안전처|대통령실"
)
_PLACE_END = re.compile(
    "공원|광장|체육관|운동장|경기장|회관|도서관|박물관|미술관|기념관|전시관|문화관|과학관|수목원|휴양림|회의실|강당|상황실|세미나실"
    "|터미널|사거리|해수욕장|아트홀|컨벤션"
)
_STOP = re.compile(
    r"(?![가-힣A-Za-z0-9])|(?:은|는|이|가|을|를|의|에|에서|에게|에는|에도|와|과|도|로|으로|만|등|및|부터|까지|장|측|이나|나|이며|며|이고|고"
    r"|이라|라|입니다|이다|인|내|앞|옆|안|에서는|으로부터|로부터|에선|과의|와의)(?![가-힣]{2})"
)
_ROOM = re.compile(
    r"(?:시청|도청|군청|구청|청사|본관|별관|의회)[ ](?P<name>[가-힣]{1,8}(?:실|홀|강당))"
    r"(?=[^가-힣]|에|은|는|으로|로)"
)
_REGION = re.compile(
    r"(?<![가-힣])(?:(?:서울특별|부산광역|대구광역|인천광역|광주광역|대전광역|울산광역|세종특별자치)시"
    r"|(?:강원|전북|제주)특별자치도|경기도|강원도|제주도|충청[남북]도|전라[남북]도|경상[남북]도|[가-힣]{2,3}특례시)"
    r"(?:[ ][가-힣]{1,4}[시군구](?=[^가-힣]|$|[은는이가을를의에도과와로만등]|부터|까지))?"
)
_LAW = re.compile(
    r"[「『](?P<quoted>[^「」『』\n]{2,60})[」』]"
    r"|(?<![가-힣])(?P<bare>[가-힣]{2,14}(?:법|법률|시행령|시행규칙|조례|규정))"
    r"(?=[ ]?(?:제[ ]?[0-9]|에 따|에 의|상[ ]))"
)
_NO_LAWS = frozenset(
    words("""
    관련법 관계법 현행법 해당법 개정법 이법 동법 같은법 방법 불법 적법 위법 편법 해법 문법 시행령 시행규칙 조례 규정""")
)
_OFFICIAL = re.compile(r"특별자치시|특별자치도|광역시|특별시|특례시")
_LABELLED = re.compile(r"(?:장[ ]?소|위[ ]?치|개최지|집결지|소재지)[ ]?:[ ]*(?P<name>[^\n\t,;(/※·]{2,30})")
_GENERIC = frozenset(
    words("""
    주민센터 행정복지센터 복지센터 지원센터 상담센터 관할보건소 지역보건소 시군구 공공기관 각급학교 의료기관 종합병원
    동물병원 협동조합 노동조합 각종위원회 심의위원회 운영위원회 추진위원회 관리공단 지방공사 공공도서관 작은도서관
    어린이공원 근린공원 대회의실 소회의실 중회의실 대강당 소강당 실내체육관 마을회관 버스터미널 종합운동장 재난상황실
    종합상황실 지방법원 행정법원 시립도서관 국공립도서관 전통시장 도시공원 공영주차장 국립공원 시내버스터미널 교육센터
    문화센터 정보센터 관련협회 해당협회 해당위원회 관련위원회 어린이도서관 영상회의실 화상회의실 지역신문 지방신문
    일간신문 인터넷신문""")
)
_NOT_NAMES = re.compile(r"(?:공사|설치공사|정비공사|보수공사|건설공사|신축공사|포장공사)$")
"""공사 is building work more often than a corporation: what is no known corporation is left alone."""
_CORPORATION = re.compile(
    r"(?:도시|관광|교통|개발|주택|토지|수자원|도로|철도|전력|가스|항공|공항|항만|농어촌|석유|마사|조폐|방송)공사$"
)
_WORK_BEFORE = frozenset(words("도로 주택 토지 철도 공항 항만"))


def spellings(name: str) -> tuple[str, ...]:
    """The name without spaces and how else it is written: 대전광역시서구 is 대전서구, 고양특례시 고양시."""
    if not _OFFICIAL.search(name):
        return (name,)
    return name, _OFFICIAL.sub("", name), _OFFICIAL.sub(lambda match: match[0][-1], name)


def find_bodies(text: str) -> tuple[Named, ...]:
    """Organisations, places and laws in order, without overlap; words for a kind of body (주민센터) are none."""
    folded = fold_width(text)
    found = sorted(_found(folded), key=lambda named: (named.start, -named.end))
    kept: list[Named] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return tuple(kept)


def _found(text: str) -> Iterator[Named]:
    for match in _LAW.finditer(text):
        name = match["quoted"] or match["bare"]
        group = "quoted" if match["quoted"] else "bare"
        if name.replace(" ", "") not in _NO_LAWS:
            yield Named("law", "".join(name.split()), match.start(group), match.end(group))
    for start, end in _ending(text, _ORGANISATION_END):
        name = text[start:end]
        if end - start >= 4 and name not in _GENERIC and not _is_work(name):
            yield Named("organisation", name, start, end)
    for match in _MINISTRY.finditer(text):
        yield Named("organisation", match[0], match.start(), match.end())
    for start, end in _ending(text, _PLACE_END):
        name = text[start:end]
        if end - start >= 4 and name not in _GENERIC:
            yield Named("place", name, start, end)
    for match in _REGION.finditer(text):
        yield Named("place", "".join(match[0].split()), match.start(), match.end())
    for match in _ROOM.finditer(text):
        yield Named("place", match["name"], match.start("name"), match.end("name"))
    for match in _LABELLED.finditer(text):
        name = match["name"].strip(" .")
        if len(name) >= 2 and "[" not in name and "○" not in name:
            start = match.start("name") + len(match["name"]) - len(match["name"].lstrip())
            yield Named("place", "".join(name.split()), start, start + len(name))


def _ending(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Words, up to 20 characters, that end in one of the endings; what follows it is a particle or no syllable."""
    for match in ends.finditer(text):
        if not _STOP.match(text, match.end()):
            continue
        start = match.start()
        while start > match.start() - 20 and start and (is_hangul(text[start - 1]) or _is_plain(text[start - 1])):
            start -= 1
        if start < match.start():
            yield start, match.end()


def _is_plain(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_work(name: str) -> bool:
    return bool(_NOT_NAMES.search(name)) and (not _CORPORATION.search(name) or name[:-2] in _WORK_BEFORE)
