"""What contradicts itself within one text: two numbers for a thing, shares and totals, weekdays, Hangul amounts."""

from __future__ import annotations

import time

import pytest

from biseo.checks.facts import FactBase, check_arithmetic, check_conflicts, check_facts, draft_conflicts
from biseo.checks.style import check_style
from biseo.document import Draft, Section


def conflicts(text: str, base: FactBase | None = None) -> list[str]:
    return sorted(finding.text for finding in check_conflicts(text, base))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("참가 인원은 300명이다.\n올해는 시민이 참가한다. 참가 인원 350명을 모집한다.", ["300명", "350명"]),
        ("총사업비는 5억 원이다. 시는 총사업비 6억 원을 마련했다.", ["5억 원", "6억 원"]),
        ("정원은 30명이다.\nㅇ 정원: 25명", ["25명", "30명"]),
        ("개막식은 5월 8일에 연다. 시장은 개막식을 5월 9일에 연다고 했다.", ["5월 8일", "5월 9일"]),
        ("사업 개요\n사업명\t책잔치\n총사업비\t5억 원\n\n총사업비는 6억 원이다.", ["5억 원", "6억 원"]),
        ("총사업비는 5억 원이다.\n소요예산\n항목\t금액(천원)\n무대\t300,000\n합계\t600,000", ["5억 원", "600,000"]),
        ("홍길동 시장은 축사를 했다. 홍길동 군수는 떠났다.", ["홍길동 군수", "홍길동 시장"]),
    ],
)
def test_one_thing_with_two_numbers(text: str, places: list[str]) -> None:
    found = check_conflicts(text)
    assert sorted(finding.text for finding in found) == places
    for finding in found:
        assert (finding.rule, finding.severity) == ("FACT_CONFLICT", "warning")
        assert text[finding.start : finding.end] == finding.text
        other = next(each for each in found if each is not finding)
        assert f"'{other.text}'" in finding.message
        assert finding.message.endswith("주세요.")


@pytest.mark.parametrize(
    "text",
    [
        "총사업비는 5억 원이다. 총사업비 500,000,000원은 시비이다.",
        "2025년 예산은 5억 원이다. 2026년 예산은 6억 원이다.",
        "지난해 이용자는 300명이다. 올해 이용자는 350명이다.",
        "□ 축제\n ㅇ 운영시간: 18:00~22:00\n□ 시장\n ㅇ 운영시간: 10:00~20:00",
        "축제 예산은 5억 원이다. 시장 예산은 3억 원이다.",
        "배차 간격은 14분에서 10분으로 줄어든다. 배차 간격 10분을 지킨다.",
        "1차 모집 인원은 30명이다. 2차 모집 인원은 20명이다.",
        "참가비는 5천 원이다. 어린이 참가비는 3천 원이다.",
        "접수 기간은 3월 2일부터 3월 6일까지이다. 접수는 3월 2일부터 한다.",
        "국비 5억 원, 시비 3억 원\n국비 2억 원, 시비 1억 원",
        "한빛동 주민 30명, 솔밭동 주민 40명이 왔다. 주민 70명이 모였다.",
        "시민 약 300명이 왔다. 시민 312명이 왔다.",
        "홍길동 시장은 갔다. 홍길동 한빛시장은 왔다.",
        "항목\t금액(원)\n무대\t300\n합계\t300\n\n항목\t인원\n안전\t5\n합계\t5",
    ],
)
def test_two_things_are_no_conflict(text: str) -> None:
    assert conflicts(text) == []


def test_the_sources_tell_which_is_right() -> None:
    text = "참가 인원은 300명이다.\n참가 인원 350명을 모집한다."
    found = {finding.text: finding for finding in check_conflicts(text, FactBase((), ["참가 인원: 350명"]))}
    assert found["300명"].suggestion == "350명"
    assert found["350명"].suggestion == ""
    both = FactBase((), ["참가 인원 300명", "참가 인원 350명"])
    assert conflicts(text, both) == []


def test_conflicts_between_sections_point_at_both() -> None:
    sections = (
        Section("overview", "사업 개요", "총사업비: 5억 원", "form"),
        Section("budget", "소요 예산", "총사업비는 6억 원이다.", "model"),
    )
    draft = Draft("plan", "report", "계획", sections)
    found = {finding.section: finding for finding in draft_conflicts(draft)}
    assert {section: finding.text for section, finding in found.items()} == {"overview": "5억 원", "budget": "6억 원"}
    assert "'소요 예산' 부분에서는 '6억 원'으로" in found["overview"].message
    assert found["budget"].start == sections[1].text.index("6억")


@pytest.mark.parametrize(
    ("text", "rule", "marked", "right"),
    [
        ("주민 300명 가운데 90명(35%)이 찬성했다.", "FACT_PERCENT", "35%", "30%"),
        ("응답자 510명 중 444명(78%)이 만족했다.", "FACT_PERCENT", "78%", "87.1%"),
        ("이용자는 100명에서 130명으로 20% 늘었다.", "FACT_PERCENT", "20%", "30%"),
        ("사고는 50건에서 40건으로 25% 줄었다.", "FACT_PERCENT", "25%", "20%"),
        ("총 50명(남 20명, 여 25명)이 왔다.", "FACT_SUM", "50명", ""),
        ("남성 20명, 여성 25명, 모두 50명이 왔다.", "FACT_SUM", "50명", ""),
        ("재원은 국비 50%, 도비 20%, 시비 20%이다.", "FACT_PERCENT", "국비 50%, 도비 20%, 시비 20%", ""),
    ],
)
def test_figures_that_do_not_fit(text: str, rule: str, marked: str, right: str) -> None:
    (finding,) = check_arithmetic(text, "body")
    assert (finding.rule, finding.severity, finding.text, finding.suggestion) == (rule, "warning", marked, right)
    assert text[finding.start : finding.end] == marked
    assert finding.section == "body"
    assert finding.message.endswith("주세요.")


@pytest.mark.parametrize(
    "text",
    [
        "주민 300명 가운데 90명(30%)이 찬성했다.",
        "응답자 510명 중 444명(87%)이 만족했고 66명(12.9%)은 아니었다.",
        "이용자는 100명에서 130명으로 30% 늘었다.",
        "총 45명(남 20명, 여 25명)이 왔다.",
        "총 50명(공무원 30명, 이 가운데 여성 10명)이 왔다.",
        "총 50명(팀장 5명, 팀원 20명 등)이 왔다.",
        "1회당 30명(3회, 90명)씩 가르친다.",
        "국비 50%, 시비 50%로 마련한다.",
        "사업비 5억 원(국비 3억 원, 시비 2억 원)을 쓴다.",
        "4,800만 원 가운데 시비 30%를 먼저 쓴다.",
    ],
)
def test_figures_that_fit(text: str) -> None:
    assert check_arithmetic(text) == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("행사는 2026년 3월 5일 금요일에 연다.", "2026년 3월 5일 목요일"),
        ("2026년 계획이다. 3월 5일(화)에 연다.", "3월 5일(목)"),
        ("2026년 3월 5일 목요일에 연다.", ""),
        ("2026년 계획이다. 3월 5일(목)에 연다.", ""),
        ("2026년 12월에 알린다. 1월 5일(화)에 연다.", ""),  # of the year after
        ("2025년과 2026년에 한다. 3월 5일(화)에 연다.", ""),  # of which year is not certain
    ],
)
def test_weekdays_of_a_text(text: str, right: str) -> None:
    found = [finding for finding in check_style(text, "press") if finding.rule == "DATE_WEEKDAY"]
    assert [finding.suggestion for finding in found] == ([right] if right else [])


def test_weekdays_whose_year_only_the_sources_say() -> None:
    base = FactBase((), ["개막식은 2026. 3. 5.(목), 폐막식은 2025. 4. 1.과 2026. 4. 1.에 연다."])
    found = {finding.text: finding.suggestion for finding in check_facts("3월 5일(금)과 4월 1일(월)에 연다.", base)}
    assert found == {"3월 5일(금)": "3월 5일(목)"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("금5,000,000원(금오백만원)", False),
        ("금5,000,000원(금육백만원)", True),
        ("일금 오백만원정(₩5,000,000)", False),
        ("일금 오백만원정(₩6,000,000)", True),
        ("금오백만원(5,000,000원)", False),
        ("금오백만원(50,000,000원)", True),
    ],
)
def test_hangul_and_figures(text: str, wrong: bool) -> None:
    assert any(finding.rule == "MONEY_MISMATCH" for finding in check_style(text)) == wrong


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    def seconds(lines: int) -> float:
        text = "\n".join(
            f"{number % 7}동 참가 인원은 {number % 11}명이고 예산은 {number % 13}억 원이다." for number in range(lines)
        )
        began = time.process_time()
        check_conflicts(text)
        check_arithmetic(text)
        return time.process_time() - began

    assert seconds(3200) < 8 * seconds(800) + 0.3
