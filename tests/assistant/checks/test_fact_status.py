"""Where every fact of a draft comes from: said, reckoned, given, or nobody knows."""

from __future__ import annotations

import time

import pytest

from biseo.checks.facts import GIVEN, CheckedFact, FactBase, check_facts, fact_report
from biseo.document import Block, Document, table_block

SOURCE = Document(
    "현황.hwpx",
    "hwpx",
    "",
    3,
    (
        Block("heading", "한빛시 도서관 운영 현황", 1, 1),
        Block("paragraph", "어린이 자료실 직원은 12명, 종합 자료실 직원은 8명이다.", page=1),
        Block("paragraph", "지난해 이용자는 4,374명이고 올해 이용자는 5,249명이다.", page=1),
        Block("paragraph", "책 축제는 2026. 3. 5.~3. 7. 09:00~18:00에 한빛공원에서 연다.", page=2),
        Block("paragraph", "운영 예산은 국비 5억 원과 시비 3억 원으로 마련한다.", page=2),
        Block("paragraph", "분관별 도서 구입비", page=3),
        Block("paragraph", "(단위: 천원)", page=3),
        table_block(
            [
                ["분관", "구입비", "권수(권)"],
                ["별빛", "12,000", "800"],
                ["솔밭", "8,000", "500"],
                ["온내", "5,500", "300"],
            ],
            3,
        ),
    ),
)
BASE = FactBase([SOURCE], ["2026. 4. 1.", "이보람", "300만 원"])


def only(text: str, fact: str) -> CheckedFact:
    (found,) = [checked for checked in fact_report(text, BASE) if checked.fact.text == fact]
    return found


def test_said_and_given() -> None:
    said = only("올해 5,249명이 찾았다.", "5,249명").status
    assert (said.kind, said.reckoning) == ("supported", "")
    assert said.evidence is not None
    assert (said.evidence.source, said.evidence.page) == ("현황.hwpx", 1)
    given = only("3백만 원을 쓴다.", "3백만 원").status
    assert given.kind == "given"
    assert given.evidence is not None
    assert given.evidence.source == GIVEN


@pytest.mark.parametrize(
    ("text", "fact", "reckoning"),
    [
        ("도서관 자료실 직원은 모두 20명이다.", "20명", "12명 + 8명 = 20명"),
        ("운영 예산은 국비 5억 원, 시비 3억 원 등 총 8억 원이다.", "8억 원", "5억 원 + 3억 원 = 8억 원"),
        ("운영 예산 가운데 국비는 62.5%이다.", "62.5%", "5억 원 ÷ 800000000원 = 62.5%"),
        ("이용자는 지난해보다 875명 늘었다.", "875명", "5,249명 - 4,374명 = 875명"),
        ("올해 이용자는 지난해보다 20% 늘었다.", "20%", "4,374명에서 5,249명으로 20%"),
        ("이용자는 약 5,200명이다.", "5,200명", "5,249명을 어림한 값"),
        ("이용자는 5천2백여 명이다.", "5천2백여 명", "5,249명을 어림한 값"),
        ("책 축제는 3월 5일부터 3월 7일까지 3일간 연다.", "3일간", "3월 5일부터 3월 7일, 첫날과 끝날을 넣은 날수"),
        ("책 축제를 사흘간 연다.", "사흘간", "2026. 3. 5.~3. 7., 첫날과 끝날을 넣은 날수 = 사흘간"),
        ("책 축제는 한빛공원에서 하루 9시간 동안 열린다.", "9시간", "09:00~18:00의 시간 = 9시간"),
        ("분관 도서 구입비는 모두 2,550만 원이다.", "2,550만 원", "표 '구입비' 칸 3개의 합"),
        ("분관 도서 1,600권을 샀다. 권수는 분관 도서 합계 1,600권", "1,600권", ""),
        ("별빛, 솔밭, 온내 등 3곳에 분관이 있다.", "3곳", "앞에 늘어놓은 것 3개"),
        ("다음 세 곳을 고친다.\nㅇ 별빛 분관\nㅇ 솔밭 분관\nㅇ 온내 분관", "세 곳", "아래에 늘어놓은 항목 3개"),
    ],
)
def test_reckoned(text: str, fact: str, reckoning: str) -> None:
    found = [checked for checked in fact_report(text, BASE) if checked.fact.text == fact]
    assert found
    status = found[-1].status
    assert status.kind == "computed"
    assert not reckoning or status.reckoning == reckoning
    assert not [finding for finding in check_facts(text, BASE) if finding.severity == "error" and finding.text == fact][
        : int(bool(reckoning))
    ]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("직원은 모두 21명이다.", "21명"),
        ("학교 급식 봉사자는 20명이다.", "20명"),  # the sum of two numbers that speak of something else
        ("이용자는 5,200명이다.", "5,200명"),  # not said to be rounded
        ("이용자는 약 6,000명이다.", "6,000명"),
        ("책 축제를 나흘간 연다.", "나흘간"),
        ("급식 만족도는 62.5%이다.", "62.5%"),
        ("별빛, 솔밭 등 5곳에 분관이 있다.", "5곳"),
        ("분관 도서 구입비는 모두 2,650만 원이다.", "2,650만 원"),
        ("한빛공원 옆 솔빛공원에서 연다.", "솔빛공원"),
        ("청연재단이 돕는다.", "청연재단"),
        ("「도서관법」 제3조에 따른다.", "도서관법"),
    ],
)
def test_neither_said_nor_reckoned(text: str, fact: str) -> None:
    assert only(text, fact).status.kind == "unsupported"


def test_facts_of_an_invented_quotation_are_reported_too() -> None:
    report = fact_report("시장은 “내년에는 분관을 50곳으로 늘리겠다”고 했다.", BASE)
    assert [(checked.fact.kind, checked.status.kind) for checked in report] == [
        ("quotation", "unsupported"),
        ("count", "unsupported"),
    ]


def seconds(lines: int) -> float:
    rows = [["연번", "사업", "예산(천원)", "인원"]] + [
        [str(number), f"사업 {number}", f"{number * 37 % 9973:,}", f"{number * 53 % 97}명"] for number in range(lines)
    ]
    base = FactBase([Document("a.xlsx", "xlsx", "", None, (table_block(rows),))])
    text = "\n".join(
        f"{number}번 사업은 {number * 71 % 9973}명이 {number * 91 % 997},000원으로 마친다." for number in range(lines)
    )
    began = time.process_time()
    check_facts(text, base)
    return time.process_time() - began


def test_time_grows_with_the_text_and_the_table_only() -> None:
    assert seconds(1600) < 8 * seconds(400) + 0.3
