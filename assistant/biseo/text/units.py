"""Units that follow a number, with the one spelling that stands for each."""

from __future__ import annotations

from typing import Literal

from biseo.text.characters import is_hangul, words


def spellings(table: str) -> tuple[tuple[str, ...], ...]:
    """Groups of equal spellings: groups apart by white space, spellings by `=`, a space inside one written `_`."""
    return tuple(tuple(spelling.replace("_", " ") for spelling in group.split("=")) for group in table.split())


# Spellings of the same unit; the first one is the normal form. 가구 and 세대 differ in law and stay apart.
_SPELLINGS = spellings("""
    명=인=사람=여명 곳=군데=개소=개_소=개_곳 회=차례=번 시간 분 초 일=일간 주=주일=주간 개월=달=개월간=개_월
    년=년간=해=개년 주년 세=살 건 개 종=종류 가지 가구 세대 호 호선 동 층 실 석=좌석 부서=개부서 개사=개_사
    개국=개_국 개교=개_교 팀 조 반 쌍 대 량 척 편 마리 그루 포기 필지 구획 면 권 부 장 매 쪽=페이지 점 줄 자=글자 병
    통 포 포대 상자=박스 세트 벌 채 켤레 롤 식 본 구간 코스 노선 등급 급 등 위 단계 차 차수 회차 년차 주차 일차 번째
    기 보 차선 차로 학년 학급 학기 학점 교시 분기 배 도=℃=도씨 평 리 장짜리 박 인분 인승 대분 번지 인조 끼
    km=㎞=킬로미터 m=미터 cm=㎝=센티미터=센티 mm=㎜=밀리미터=밀리 ㎡=m²=m2=제곱미터=평방미터 ㎢=km²=km2=제곱킬로미터
    ㎥=m³=m3=세제곱미터=입방미터 ha=㏊=헥타르 kg=㎏=킬로그램=킬로 g=그램 mg=㎎=밀리그램 톤=t L=ℓ=리터=l
    mL=㎖=밀리리터=ml kW=㎾=킬로와트 MW=메가와트 kWh MWh GWh V=볼트 KB=킬로바이트 MB=메가바이트=메가
    GB=기가바이트=기가 TB=테라바이트 Hz=헤르츠 dB=데시벨 ㎍/㎥ ppm TOE CO2톤""")
_PERCENT = spellings("%p=%포인트=퍼센트포인트=퍼센트_포인트 %=퍼센트=프로 ‰=퍼밀")
_MONEY = spellings("원=원정 달러=불 유로 엔 위안 파운드")

QuantityKind = Literal["amount", "percent", "count"]
UNITS: dict[str, str] = {spelling: unit[0] for unit in _SPELLINGS for spelling in unit}
_TABLES: tuple[tuple[QuantityKind, tuple[tuple[str, ...], ...]], ...] = (
    ("count", _SPELLINGS),
    ("amount", _MONEY),
    ("percent", _PERCENT),
)
_ALL: dict[str, tuple[QuantityKind, str]] = {
    spelling: (kind, unit[0]) for kind, table in _TABLES for unit in table for spelling in unit
}
_LONGEST: dict[str, int] = {}  # by first character, so that most words are dismissed at a glance
for _spelling in _ALL:
    _LONGEST[_spelling[0]] = max(_LONGEST.get(_spelling[0], 0), len(_spelling))
# These begin longer words (5원칙, 10엔진): they count only where a particle or no syllable follows.
_NEEDS_BOUNDARY = frozenset(
    {"원", "불", "엔", "프로", "달러", "메가", "기가", "킬로", "본", "식", "리", "포", "보", "자", "롤", "주", "통"}
)
_AFTER_UNIT = frozenset("은는이가을를의에도로과와만씩당까부정으입인")

COUNTED = words("""
    부서 업무 기관 사업 과제 시군구 시·군·구 시군 시·군 시도 시·도 읍면동 자치구 지자체 분야 항목 종목 학교 단체
    기업 업체 마을 지역 권역 노선 품목 시설 센터 프로그램 부스 단지 지구 구역 구간 정류장 점포 가맹점 팀 실국
    실·국 과 국 동 구 군 시 도 읍 면 대학 나라 국가 도시 회사 사 언어 강좌 과정 행사 안건 조항 법률 조례 서비스
    앱 시스템 병원 약국 객실 좌석 일자리 축제 공원 도서관 어린이집 유치원""")
"""Nouns that say what is counted behind 개 (14개 부서); longer ones are tried first."""


def read_unit(text: str, position: int) -> tuple[QuantityKind, str, int] | None:
    """The unit that stands at the position (one space before it allowed), longest spelling first.

    Returns:
        What it measures, its normal form and the position behind it, or None.
    """
    begin = position + 1 if text[position : position + 1] == " " else position
    spaced = begin > position
    longest = _LONGEST.get(text[begin : begin + 1], 0)
    for length in range(min(longest, len(text) - begin), 0, -1):
        spelling = text[begin : begin + length]
        found = _ALL.get(spelling)
        if found is None:
            continue
        end = begin + length
        following = text[end : end + 1]
        if spelling[-1].isascii() and spelling[-1].isalpha():
            if following.isascii() and following.isalnum():
                continue  # 3D, 5th: letters that are no unit
        elif (
            is_hangul(following)
            and ((length == 1 and spaced) or spelling in _NEEDS_BOUNDARY)
            and following not in _AFTER_UNIT
            and not (following == "임" and spelling != "주")  # 3,000만 원임; 3 주임 is a post
        ):
            continue
        return found[0], found[1], end
    return None


_COUNTED_BY_LENGTH = tuple(sorted(COUNTED, key=len, reverse=True))
_PARTICLES = words("""
    에서는 에서 으로 에게 까지 부터 에는 이며 이고 은 는 이 가 을 를 의 에 와 과 도 로 만 등""")


def read_counted(text: str, position: int) -> tuple[str, int] | None:
    """The listed noun that the word behind `개` ends in (`17개 행정·공공업무를`: 업무), and where it ends."""
    begin = position + 1 if text[position : position + 1] == " " else position
    end = begin
    while end < len(text) and end - begin < 16 and (is_hangul(text[end]) or text[end] == "·"):
        end += 1
    word = text[begin:end]
    for candidate in (word, *(word[: -len(ending)] for ending in _PARTICLES if word.endswith(ending))):
        for noun in _COUNTED_BY_LENGTH:
            if candidate.endswith(noun) and (len(noun) > 1 or candidate == noun):
                return noun, begin + len(candidate)
    return None
