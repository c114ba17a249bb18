"""A long administrative document of our own making: chapters, articles, tables, plans; the same for the same seed.

No page repeats another: every fact (place, amount, count, date) is drawn anew, so that a digest has to choose.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from biseo.document import Block, Document, table_block

LETTERS_A_PAGE = 1_100

_AREAS = (
    "재난안전 상황관리", "도서관 운영", "청년 일자리", "공공체육시설", "하수도 정비", "평생학습", "전통시장 지원",
    "노인 돌봄", "어린이 통학로", "도시공원", "폐기물 처리", "버스 노선", "보건소 진료", "문화재 보수", "농업 용수",
    "산림 병해충", "주차장 확충", "정보통신 기반", "지방세 징수", "민원 처리",
)  # fmt: skip
_TOWNS = ("한빛동", "새솔동", "너른면", "푸른읍", "맑은내동", "큰들면", "볕고개동", "은행나무동", "솔숲읍", "달마루동")
_UNITS = (
    "안전총괄과",
    "도서관정책과",
    "일자리경제과",
    "체육진흥과",
    "하수도과",
    "평생교육과",
    "노인복지과",
    "공원녹지과",
)
_THINGS = ("점검", "교육", "정비", "보수", "조사", "상담", "훈련", "안내")
_PLACES = ("경로당", "어린이집", "지하차도", "급경사지", "배수펌프장", "마을회관", "버스정류장", "작은도서관", "체육관")
_PROSE = (
    "{unit}는 {year}년 {month}월부터 {town} {place} {count}곳을 대상으로 {thing}을 실시하였다.",
    "{area} 사업에 {amount}원을 들여 {town} 주민 {people}명에게 {thing}을 제공할 계획이다.",
    "지난해 {area} 분야 민원은 {count}건으로 전년보다 {percent}% 늘어 인력과 장비가 부족하다는 지적이 있었다.",
    "{town} {place}은 {month}월 {day}일 현장 확인에서 배수 불량이 드러나 보완이 필요한 것으로 조사되었다.",
    "{unit}는 {month}월 {day}일까지 {place}별 {thing} 결과를 시스템에 입력하고 미흡한 곳은 다시 확인해야 한다.",
    "주민 설문에서 {area}에 만족한다는 응답은 {percent}%였고 이용 시간을 늘려 달라는 의견이 가장 많았다.",
    "협력 기관과 함께 {town}에 {thing} 인력 {count}명을 배치하여 야간과 휴일에도 공백이 없게 하였다.",
    "예산의 {percent}%는 국비로 충당하며 나머지는 {year}년 본예산에 반영하기로 하였다.",
    "현장에서는 절차가 복잡하고 서식이 서로 달라 같은 내용을 여러 번 적어야 하는 어려움이 있다.",
    "앞으로 {area} 업무의 처리 기간을 {days}일에서 {fewer}일로 줄이고 결과를 문자로 알릴 예정이다.",
)
_ARTICLES = (
    "제{number}조({title}) ① {unit}장은 {area}에 관한 계획을 매년 {month}월 말일까지 세워야 한다.\n"
    "② 제1항에 따른 계획에는 대상, 예산, 인력과 일정이 들어가야 한다.\n"
    "③ {place}의 관리자는 {thing} 결과를 {days}일 이내에 {unit}로 알려야 한다.",
    "제{number}조({title}) ① {area} 위원회는 위원장 1명을 포함하여 {seats}명 이내의 위원으로 구성한다.\n"
    "② 회의는 재적위원 과반수의 출석으로 열고 출석위원 과반수의 찬성으로 의결한다.",
    "제{number}조({title}) {unit}는 {place}에서 사고가 일어나면 {minutes}분 안에 상황을 보고하고, "
    "{town} 주민에게 대피 장소를 알려야 한다.",
)
_TITLES = ("계획의 수립", "위원회의 구성", "상황의 보고", "비용의 지원", "시설의 점검", "교육의 실시", "자료의 관리")
_SECTIONS = ("추진 배경", "현황", "문제점", "추진 계획", "소요 예산", "향후 일정", "점검 결과", "협조 사항")


class LongProse:
    """Draws the pages one by one; `seed` makes them repeatable."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._article = 0
        self._chapter = 0

    def blocks(self, pages: int) -> Iterator[Block]:
        """The blocks of that many pages, each with its page."""
        for page in range(1, pages + 1):
            yield from self._page(page)

    def _page(self, page: int) -> Iterator[Block]:
        left = LETTERS_A_PAGE
        for block in self._content(page):
            yield block
            left -= len(block.text)
            if left <= 0:
                return

    def _content(self, page: int) -> Iterator[Block]:
        pick = self._random
        area = pick.choice(_AREAS)
        if page % 20 == 1:
            self._chapter += 1
            yield Block("heading", f"제{self._chapter}장 {area}", 1, page)
        yield Block("heading", f"{pick.randint(1, 9)}. {pick.choice(_SECTIONS)}", 2, page)
        while True:
            kind = pick.random()
            if kind < 0.16:
                self._article += 1
                words = self._filled(pick.choice(_ARTICLES), area)
                yield Block("paragraph", words, 0, page)
            elif kind < 0.28:
                yield self._table(page)
            elif kind < 0.5:
                for mark in "가나다":
                    yield Block("item", f"{mark}. {self._filled(pick.choice(_PROSE), area)}", 2, page)
            else:
                words = " ".join(self._filled(pick.choice(_PROSE), area) for _ in range(pick.randint(2, 4)))
                yield Block("paragraph", words, 0, page)

    def _table(self, page: int) -> Block:
        pick = self._random
        rows = [["구분", "대상(곳)", "예산(천원)", "담당"]]
        rows += [
            [f"{pick.choice(_TOWNS)} {pick.choice(_PLACES)}", str(pick.randint(2, 400)),
             f"{pick.randint(1_000, 990_000):,}", pick.choice(_UNITS)]
            for _ in range(pick.randint(3, 9))
        ]  # fmt: skip
        return table_block(rows, page)

    def _filled(self, words: str, area: str) -> str:
        pick = self._random
        days = pick.randint(5, 30)
        return words.format(
            area=area, town=pick.choice(_TOWNS), unit=pick.choice(_UNITS), place=pick.choice(_PLACES),
            thing=pick.choice(_THINGS), title=pick.choice(_TITLES), number=self._article, year=pick.randint(2021, 2027),
            month=pick.randint(1, 12), day=pick.randint(1, 28), count=pick.randint(2, 900),
            people=f"{pick.randint(100, 90_000):,}", amount=f"{pick.randint(10, 9_000) * 100_000:,}",
            percent=f"{pick.randint(10, 990) / 10:.1f}", days=days, fewer=pick.randint(1, days - 1),
            seats=pick.randint(7, 25), minutes=pick.randint(5, 60),
        )  # fmt: skip


def long_document(pages: int, seed: int = 7, name: str = "종합계획.pdf") -> Document:
    """A document of so many pages."""
    return Document(name, "pdf", f"한빛시 종합계획 {pages}쪽", pages, tuple(LongProse(seed).blocks(pages)))
