"""What was said, without who said it and that it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.reporting import content_of_report, quoted_statements, quotes

REPORTED = {
    "김 부시장은 초동 대처가 늦으면 체계가 무너질 수 있다고 지적하고": "초동 대처가 늦으면 체계가 무너질 수 있음",
    "변화에 대응하는 자세가 필요하다고 밝혔다.": "변화에 대응하는 자세가 필요함",
    "정비를 마치는 것이 중요하다고 덧붙였음": "정비를 마치는 것이 중요함",
    "박 국장은 매뉴얼을 숙지하고 보고 체계를 마련할 것을 당부했다.": "매뉴얼을 숙지하고 보고 체계를 마련할 것",
    "분석 역량을 높일 것을 주문": "분석 역량을 높일 것",
    "이날 회의에서는 각종 재난에 대비한 대응체계 강화도 강조됐다.": "각종 재난에 대비한 대응체계 강화",
    "또한, 행사에 대비한 안전관리와 홍보 강화도 요청했다.": "행사에 대비한 안전관리와 홍보 강화",
    "관계 부서의 적극적인 준비를 당부했다.": "관계 부서의 적극적인 준비",
    "이 시장은 주민이 변화를 체감할 수 있도록 하자며": "주민이 변화를 체감할 수 있도록 함",
    "주차장은 모자라는 곳이 많다고 지적했다": "주차장은 모자라는 곳이 많음",
    "그는 주차장이 부족한 상황이라며": "주차장이 부족한 상황임",
    '그는 "잘 묻는 사람이 일을 잘하는 사람"이라며': "잘 묻는 사람이 일을 잘하는 사람임",
    "박 군수는 22일 군청 큰방에서 열린 간부회의에서 업무 효율을 높일 것을 강조했다.": "업무 효율을 높일 것",
    "새 청사는 주민의 자리라며": "새 청사는 주민의 자리임",
    "김한빛 한빛특별자치시 행정부시장은 업무 효율을 높일 것을 강조했다.": "업무 효율을 높일 것",
    "김 국장: 수습 체계가 무너질 수 있다고 지적": "수습 체계가 무너질 수 있음",
}
UNTOUCHED = (
    "도서관 야간 개방 확대",
    "주민 설명회를 열고 의견을 들음",
    "사업비를 도에 요청",
    "김 국장은 회의에 참석함",
    "민원이 늘었다고 함",
)


@pytest.mark.parametrize(("line", "content"), REPORTED.items())
def test_reported(line: str, content: str) -> None:
    assert content_of_report(line) == content


@pytest.mark.parametrize("line", UNTOUCHED)
def test_untouched(line: str) -> None:
    assert content_of_report(line) == line


@given(st.text(alphabet="가나다라고며자 강조했음지적.,", max_size=60))
def test_never_longer(line: str) -> None:
    assert len(content_of_report(line)) <= len(line.strip()) + 1


@pytest.mark.parametrize(
    ("sentence", "statements"),
    [
        (
            "군수는 “주민이 편하려면 창구 정비가 필수”라며 “새 기술을 살려 일하는 방법을 바꾸어야 한다”라고 말했다.",
            ["주민이 편하려면 창구 정비가 필수", "새 기술을 살려 일하는 방법을 바꾸어야 한다"],
        ),
        ("군수는 “애쓴 사람을 있는 그대로 솔직하게 평가하라”며 자리를 떴다.", []),
    ],
)
def test_what_is_quoted_is_stated_unless_it_is_an_order(sentence: str, statements: list[str]) -> None:
    assert quotes(sentence)
    assert quoted_statements(sentence) == statements


def test_a_name_in_quotation_marks_is_no_quotation() -> None:
    assert not quotes("군은 “한빛 마을 이야기 할머니 사업”을 시작한다.")
