import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.characters import fold_width
from biseo.text.facts import find_facts, item_marks, letters
from biseo.text.numerals import format_mixed

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
PIECES = st.sampled_from(
    [
        *"년월일시분원만억천명개제조항%'\"“”D가금·.,-~/: \n\t()16",
        *("2026", "031", "0421234", "1,200", "3.5", "부서", "km", "오후", "부터", "까지", "(화)", "홍길동", " 주무관"),
        *("１２", "붙임 "),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=24).map("".join), st.text(max_size=120))


def values(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in find_facts(text)]


@given(TEXTS)
def test_every_digit_is_covered_once(text: str) -> None:
    for quotations in (True, False):
        covered = bytearray(len(text))
        position = 0
        for fact in find_facts(text, quotations=quotations):
            assert fact.text == text[fact.start : fact.end] != ""
            assert fact.start >= position
            assert fact.value or fact.kind == "quotation"
            position = fact.end
            covered[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
        for start, end in item_marks(text):
            covered[start:end] = b"\1" * (end - start)
        missed = [i for i, char in enumerate(fold_width(text)) if char in "0123456789" and not covered[i]]
        assert not missed


@given(st.lists(PIECES, max_size=24).map("".join))
def test_a_fact_alone_reads_as_it_did(text: str) -> None:
    for fact in find_facts(text, quotations=False):
        if fact.kind in ("amount", "percent", "article") and fact.text[0] in "0123456789금제":
            again = find_facts(fact.text, quotations=False)
            assert [other.kind for other in again if other.value == fact.value] or fact.text.startswith("금")


@given(st.integers(1, 10**15))
def test_spellings_of_an_amount_are_equal(won: int) -> None:
    spellings = (
        f"{won}원",
        f"{won:,}원",
        f"{won:,} 원",
        f"금{won:,}원",
        f"{format_mixed(won)} 원",
        format_mixed(won).replace(" ", "") + "원",
    )
    assert {found for text in spellings for found in values(text)} == {("amount", f"{won} 원")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("금113,560원(금일십일만삼천오백육십원)", [("amount", "113560 원")] * 2),
        ("1억4100만원, 1,200천원", [("amount", "141000000 원"), ("amount", "1200000 원")]),
        ("쉰 명, 50명, 세 차례, 두 곳", [("count", "50 명"), ("count", "50 명"), ("count", "3 회"), ("count", "2 곳")]),
        ("14개 부서, 17개 행정·공공업무를", [("count", "14 개 부서"), ("count", "17 개 업무")]),
        ("4374시간(182일)", [("count", "4374 시간"), ("count", "182 일")]),
        ("4차산업혁명, 24시간, 3D드론", [("count", "4 차"), ("count", "24 시간"), ("number", "3D")]),
        ("제14조제1항제2호, 제14조의2", [("article", "14조1항2호"), ("article", "14의2조")]),
        ("12.5% 증가, 3%p", [("percent", "12.5 %"), ("percent", "3 %p")]),
        (
            "042-120-1234, (044)300-1234, 1588-1234",
            [("phone", "0421201234"), ("phone", "0443001234"), ("phone", "15881234")],
        ),
        ("7~9급, 3억~5억 원", [("count", "7~9 급"), ("amount", "300000000~500000000 원")]),
        ("접수일로부터 7일 이내, 3박 4일", [("count", "7 일"), ("count", "3 박"), ("count", "4 일")]),
        ("지난 7일 열린 회의", [("date", "---07")]),
        ("14일의 범위에서, 24시각제", [("count", "14 일"), ("number", "24")]),
        ("총무과-12(2026. 1. 6.)", [("number", "12"), ("date", "2026-01-06")]),
        ("사흘간, 열두 개 부서, 한 번, 이천 시민", [("count", "3 일"), ("count", "12 개 부서")]),
        ("6·25 전쟁", [("number", "6·25")]),
        ("제3조의2제1항, 제3조의21제4호의2", [("article", "3의2조1항"), ("article", "3의21조4의2호")]),
        ("매일 14:00-16:00", [("period", "14:00/16:00")]),
        ("3월 5일-7일", [("period", "--03-05/--03-07")]),
        ("2026. 3. 5.(목)-3. 7.(토)", [("period", "2026-03-05/2026-03-07")]),
        ("공고 제2023 - 311호", [("article", "2023-311호")]),
        ("17개 시도에서 1. 3단계", [("count", "17 개 시도"), ("number", "1"), ("count", "3 단계")]),
        ("$100", [("amount", "100 달러")]),
    ],
)
def test_values(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("홍길동 ○○시 행정부시장", []),
        ("홍길동 한빛특별자치시 행정부시장은", ["홍길동 행정부시장"]),
        ("홍길동 대전 서구청장 예비후보가", ["홍길동 서구청장 예비후보"]),
        ("김가람 시장은 말했다. 김 시장은 또", ["김가람 시장", "김 시장"]),
        ("(시장 홍길동)", ["홍길동 시장"]),
        ("담당자: 홍길동", ["홍길동"]),
        ("기안자 주무관  홍길동   검토자 과장 임꺽정", ["홍길동 주무관", "임꺽정 과장"]),
        ("이번 시장, 지역구 의원, 노동부 장관, 전통 시장, 전 시장, 정보과 주무관, 도입해 의원", []),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert [value for kind, value in values(text) if kind == "name"] == people


def test_quotations_are_looked_through_when_asked() -> None:
    text = "그는 “올해 30명을 더 뽑겠다”고 말했다."
    assert values(text) == [("quotation", "올해30명을더뽑겠다")]
    assert [fact.value for fact in find_facts(text, quotations=False)] == ["30 명"]
    assert values("'26. 1. 6.~'27. 1. 6.") == [("period", "2026-01-06/2027-01-06")]
    assert letters("“가 나·다!”") == "가나다"


def test_item_marks() -> None:
    text = "1. 개요\n 2) 기간\n(3) 장소\n1.2 배경\n2026. 1. 6. 개최\n1. 6.(화)\n1.5배\n붙임 1. 계획서"
    assert [text[start:end] for start, end in item_marks(text)] == ["1.", "2)", "(3)", "1.2", "1."]
    assert values("1. 참석자 30명") == values("1. 30명 참석") == [("count", "30 명")]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
def test_facts_of_the_seed_articles() -> None:
    found = {
        path.name[:3]: {fact.value for fact in find_facts(path.read_text(encoding="utf-8"))}
        for path in SEEDS.glob("*.txt")
    }
    assert {
        "14 개 부서",
        "17 개 업무",
        "4374 시간",
        "141000000 원",
        "20000000 원",
        "--07-28",
        "방세환 광주시장",
    } <= found["002"]
    assert {"---25/---27", "---22", "김하균 행정부시장", "김 부시장"} <= found["001"]
    assert {"7~9 급", "50 초", "--01-13"} <= found["003"]


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "1,", "'1", '"가', "1. ", "(1)", "가 ", "김가나 ", "1.2.", "1~", "제1", "만", "**", "# "]
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.process_time()
        find_facts(text)
        return time.process_time() - began

    assert seconds(80_000) < 8 * seconds(20_000) + 0.2


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("총사업비는 3,000만 원임", "amount", "30000000 원"),
        ("총사업비는 35,000,000원임.", "amount", "35000000 원"),
        ("참가 학교는 열두 곳임", "count", "12 곳"),
        ("사업비는 삼천만 원임", "amount", "30000000 원"),
    ],
)
def test_a_fact_may_close_a_line_of_an_outline(text: str, kind: str, value: str) -> None:
    assert values(text) == [(kind, value)]


def test_a_post_is_no_week() -> None:
    assert all(kind != "count" for kind, _ in values("제3 주임"))
