from __future__ import annotations

import pytest

from biseo.text.noun_endings import split_clauses, to_noun_ending, to_outline

PLAIN = {
    "추진한다": "추진함", "추진했다": "추진했음", "마련된다": "마련됨", "마련됐다": "마련됐음", "하겠다": "하겠음",
    "있다": "있음", "없다": "없음", "같다": "같음", "많다": "많음", "높다": "높음", "좁다": "좁음", "넓다": "넓음",
    "않는다": "않음", "받는다": "받음", "찾는다": "찾음", "뽑는다": "뽑음", "잡는다": "잡음", "입는다": "입음",
    "크다": "큼", "더 크다": "더 큼", "빠르다": "빠름", "다르다": "다름", "나쁘다": "나쁨", "필요하다": "필요함",
    "비싸다": "비쌈", "거세다": "거셈", "느리다": "느림",
    "나눈다": "나눔", "이룬다": "이룸", "세운다": "세움", "배운다": "배움", "꾸민다": "꾸밈", "알린다": "알림",
    "늘어난다": "늘어남", "쓴다": "씀", "온다": "옴", "준다": "줌", "해야 한다": "해야 함", "하고자 한다": "하고자 함",
}  # fmt: skip
IRREGULAR = {
    "만든다": "만듦", "줄어든다": "줄어듦", "책잔치를 연다": "책잔치를 엶", "이끈다": "이끎", "돈다": "돎",
    "베푼다": "베풂", "머문다": "머묾", "내용을 안다": "내용을 앎", "해마다 는다": "해마다 늚", "내건다": "내걺",
    "어렵다": "어려움", "쉽다": "쉬움", "가깝다": "가까움", "새롭다": "새로움", "무겁다": "무거움",
    "아름답다": "아름다움",
    "돕는다": "도움", "눕는다": "누움",
    "집을 짓는다": "집을 지음", "잇는다": "이음", "더 낫다": "더 나음", "웃는다": "웃음", "씻는다": "씻음",
    "듣는다": "들음", "깨닫는다": "깨달음", "싣는다": "실음", "닫는다": "닫음", "믿는다": "믿음",
    "아니다": "아님", "것이 아니다": "것이 아님",
}  # fmt: skip
COPULA = {
    "시장이다": "시장임", "처음이다": "처음임", "될 것이다": "될 것임",
    "새로운 과제다": "새로운 과제임", "좋은 기회다": "좋은 기회임", "증가하는 추세다": "증가하는 추세임",
    "중요한 장소다": "중요한 장소임", "협력 네트워크다": "협력 네트워크임", "10% 이하다": "10% 이하임",
    "벌어진 격차다": "벌어진 격차임", "둘 사이다": "둘 사이임", "효과적인 제도다": "효과적인 제도임",
}  # fmt: skip
POLITE = {
    "추진합니다": "추진함", "추진했습니다": "추진했음", "있습니다": "있음", "않습니다": "않음", "과제입니다": "과제임",
    "아닙니다": "아님", "바랍니다": "바람", "드립니다": "드림", "해야 합니다": "해야 함", "하겠습니다": "하겠음",
    "만듭니다": "만듦", "엽니다": "엶", "이끕니다": "이끎", "늘어납니다": "늘어남", "배웁니다": "배움",
    "어렵습니다": "어려움", "돕습니다": "도움", "짓습니다": "지음", "듣습니다": "들음", "높습니다": "높음",
    "될 것입니다": "될 것임",
}  # fmt: skip
PLANNED = {
    "운영할 예정이다": "운영 예정", "운영할 예정입니다.": "운영 예정", "확대할 계획이다": "확대 계획",
    "추진할 방침이다.": "추진 방침", "열 예정이다": "열 예정", "검토 중이다": "검토 중", "검토 중입니다": "검토 중",
}  # fmt: skip
UNCHANGED = (
    "동해 바다",
    "캐나다",
    "르완다",
    "우간다",
    "자이언트 판다",
    "탄산 소다",
    "강화",
    "추진 필요",
    "대책 마련",
    "마다",
    "18:00",
    "",
)


@pytest.mark.parametrize(("line", "expected"), [*PLAIN.items(), *IRREGULAR.items(), *COPULA.items()])
def test_plain_style(line: str, expected: str) -> None:
    assert to_noun_ending(line) == expected
    assert to_noun_ending(line + ".") == expected


@pytest.mark.parametrize(("line", "expected"), [*POLITE.items(), *PLANNED.items()])
def test_polite_style_and_plans(line: str, expected: str) -> None:
    assert to_noun_ending(line) == expected


@pytest.mark.parametrize("line", UNCHANGED)
def test_what_is_a_noun_already_stays(line: str) -> None:
    assert to_noun_ending(line) == line


@pytest.mark.parametrize("line", [*PLAIN, *IRREGULAR, *COPULA, *POLITE, *PLANNED])
def test_a_second_time_changes_nothing(line: str) -> None:
    once = to_noun_ending(line)
    assert to_noun_ending(once) == once


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("시장은 안전을 강조했다.", "시장은 안전을 강조"),
        ("또한, 점검을 당부했습니다.", "점검을 당부"),
        ("특히 예산을 확보해야 한다고 지적함", "예산을 확보해야 한다고 지적"),
        ("안전요원을 배치하며", "안전요원을 배치함"),
        ("시민이 찾았고", "시민이 찾았음"),
        ("문제를 지적하고", "문제를 지적"),
        ("처음이며", "처음임"),
        ("대상은 시민이다", "대상은 시민임"),
    ],
)
def test_lines_of_an_outline(line: str, expected: str) -> None:
    assert to_outline(line) == expected


def test_clauses_are_cut_but_no_quotation_and_no_bracket() -> None:
    assert split_clauses("점검을 했고, 결과를 알렸으며, 다시 본다.") == ["점검을 했고", "결과를 알렸으며", "다시 본다."]
    for whole in (
        "그는 “점검하고, 알리겠다”고 했다.",
        "대상(학교이며, 도서관 포함)은 두 곳이다.",
        '"하고, 보고" 한다.',
    ):
        assert split_clauses(whole) == [whole]
    assert split_clauses("학교, 도서관, 시장이 모였다.") == ["학교, 도서관, 시장이 모였다."]
