"""What a complaint is about, in its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.complaints import LONGEST, complaint_of


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (
            "우리 마을 앞 횡단보도에 신호등을 설치해 주시기 바랍니다.",
            "우리 마을 앞 횡단보도에 신호등을 설치해 달라는 요청",
        ),
        ("가지가 간판을 가리니 가지를 쳐 주세요", "가지가 간판을 가리니 가지를 쳐 달라는 요청"),
        ("가림막을 옮겨 주면 고맙겠습니다.", "가림막을 옮겨 달라는 요청"),
        ("하수관을 덮어 주시고 새것으로 바꿔 주십시오!", "하수관을 덮어 주고 새것으로 바꿔 달라는 요청"),
        ("주차 단속을 강화해 달라고 요청함", "주차 단속을 강화해 달라는 요청"),
        ("단속하시기 바랍니다.", "단속해 달라는 요청"),
        ("배수로 준설과 덮개 교체를 바랍니다.", "배수로 준설과 덮개 교체 요청"),
        ("제목: 야간 조명 설치 건의드립니다", "야간 조명 설치 요청"),
        ("밤마다 소음이 심해서 잠을 잘 수 없습니다.", "밤마다 소음이 심해서 잠을 잘 수 없다는 의견"),
        ("놀이터에 그늘막이 필요합니다.", "놀이터에 그늘막이 필요하다는 의견"),
        ("화장실이 더럽다", "화장실이 더럽다는 의견"),
        ("요구: 보도블록 즉시 보수", "보도블록 즉시 보수"),
        ("", ""),
    ],
)
def test_a_complaint_as_a_noun_phrase(sentence: str, phrase: str) -> None:
    assert complaint_of(sentence) == phrase


def test_of_a_long_sentence_the_last_clauses_are_repeated() -> None:
    long = "어린이집 앞 도로에 과속 차량이 많아 위험하고, " * 3 + "조치가 없으니 방지턱을 설치해 주시기 바랍니다."
    phrase = complaint_of(long)
    assert len(phrase) <= LONGEST
    assert phrase.endswith("방지턱을 설치해 달라는 요청")


@given(st.text(alphabet="가나다 주시기바랍니.,세요를은", max_size=200))
def test_whatever_is_written_gives_one_line(sentence: str) -> None:
    assert "\n" not in complaint_of(sentence)
