"""What a question wants, and what it is about."""

from __future__ import annotations

import pytest

from biseo.asking.pieces import _cut
from biseo.asking.question import understood
from biseo.asking.wants import want_of


@pytest.mark.parametrize(
    ("question", "name", "yes", "no"),
    [
        ("며칠 안에 처리하나요?", "days", "14일 이내에 처리한다.", "빨리 처리한다."),
        ("과태료는 얼마인가요?", "money", "과태료는 5만원으로 한다.", "과태료를 물린다."),
        ("요금은 얼마인가요?", "money", "요금은 받지 아니한다.", "허가를 받지 아니한 사람"),
        ("몇 명이 일하나요?", "people", "직원 3명이 일한다.", "1인 가구가 늘었다."),
        ("몇 시에 여나요?", "time", "9시부터 연다.", "24시각제에 따라 쓴다."),
        ("몇 시간 동안 여나요?", "hours", "3근무시간 이내", "9월에 연다."),
        ("몇 번까지 되나요?", "times", "한 차례만 할 수 있다.", "번호를 적는다."),
        ("무슨 요일에 쉬나요?", "weekday", "월요일에 쉰다.", "공휴일에 쉰다."),
        ("몇 퍼센트 깎아 주나요?", "percent", "50퍼센트를 감면한다.", "감면한다."),
        ("이율은 얼마인가요?", "percent", "연 3%로 한다.", "300만원으로 한다."),
        ("누가 답하나요?", "who", "공보담당관이 답한다.", "3일 뒤 답한다."),
        ("어디에 내나요?", "where", "총무과에 낸다.", "빨리 낸다."),
        ("왜 미루나요?", "why", "비 때문에 미룬다.", "10월 3일"),
        ("전화번호는 몇 번인가요?", "phone", "031-123-4567로 건다.", "전화로 건다."),
        ("얼마나 자주 점검하나요?", "often", "매월 한 번 점검한다.", "점검한다."),
        ("몇 권까지 되나요?", "count", "7권까지 된다.", "7명까지 된다."),
    ],
)
def test_wants(question: str, name: str, yes: str, no: str) -> None:
    want = want_of(question, "")
    assert want.name == name
    assert want.met(yes)
    assert not want.met(no)


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("도서관 회원증 재발급 수수료는 얼마인가요?", {"도서관", "회원증", "재발급", "수수료"}),
        ("신혼부부도 월세 지원을 신청할 수 있나요?", {"신혼부부"}),
        ("배차 신청을 취소하려면 언제까지 해야 하나요?", {"취소"}),
    ],
)
def test_focus(question: str, focus: set[str]) -> None:
    assert {term.stem for term in understood(question).terms if term.focus} == focus


def test_words_of_asking_are_not_looked_for() -> None:
    stems = {term.stem for term in understood("법령 해석을 물어본 민원은 며칠 안에 답해야 하나요?").terms}
    assert {"해석", "민원"} <= stems
    assert not stems & {"며칠", "하나요", "안에"}


def test_numbers_of_a_question_are_kept_whole() -> None:
    assert "3단계" in {term.stem for term in understood("비상 3단계에서는 누가 근무하나요?").terms}


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (
            "① 가를 한다. ② 나를 한다. 다만, 다는 하지 아니한다.",
            ["① 가를 한다.", "② 나를 한다.", "다만, 다는 하지 아니한다."],
        ),
        ("1. 질의민원: 14일 이내 2. 기타민원: 7일 이내", ["1. 질의민원: 14일 이내", "2. 기타민원: 7일 이내"]),
        ("1., 가., 1), (1), ①, ㉮의 형태로 표시한다.", ["1., 가., 1), (1), ①, ㉮의 형태로 표시한다."]),
        ("2026. 3. 2.부터 3. 20.까지 받는다.", ["2026. 3. 2.부터 3. 20.까지 받는다."]),
    ],
)
def test_lines_are_cut_where_a_rule_ends(line: str, pieces: list[str]) -> None:
    found = list(_cut(line))
    assert [text for _, text in found] == pieces
    assert all(line[start : start + len(text)] == text for start, text in found)


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("아이가 아프면 며칠 쉴 수 있나요?", ["아이"]),
        ("과장님이 승인을 미룰 수도 있나요?", ["과장", "승인"]),
        ("월세는 얼마까지 대 주나요?", ["월세", "지원해주"]),
        ("늦은 까닭은 뭔가요?", []),
    ],
)
def test_turns_of_speech(question: str, stems: list[str]) -> None:
    found = [term.stem for term in understood(question).terms]
    assert set(stems) <= set(found)
    assert not {"아", "과장님", "수도", "대", "까닭", "뭔가요"} & set(found)


def test_names_of_payments_stand_for_payments_only() -> None:
    (term,) = [term for term in understood("연체료는 얼마인가요?").terms if term.stem == "연체료"]
    assert not {"지난", "늦은", "연체"} & set(term.others)


def test_what_is_paid_for_each_must_be_said() -> None:
    (term,) = [term for term in understood("수당은 시간당 얼마인가요?").terms if term.stem == "시간당"]
    assert term.focus
