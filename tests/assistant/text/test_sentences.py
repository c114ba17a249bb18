import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.sentences import split_sentences

PROSE = st.text(alphabet=st.sampled_from("가다요까함1 2.?!…\n\t\"'“”‘’()[]abAB·,~"), max_size=120)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("회의를 열었다. 예산을 논의했다.", ["회의를 열었다.", "예산을 논의했다."]),
        ("회의를 열었다.예산을 논의했다.", ["회의를 열었다.", "예산을 논의했다."]),
        ("2026. 1. 6.(화) 14:00에 연다. 오십시오!", ["2026. 1. 6.(화) 14:00에 연다.", "오십시오!"]),
        ("1. 관련: 총무과-12(2026. 1. 6.)\n가. 일시", ["1. 관련: 총무과-12(2026. 1. 6.)", "가. 일시"]),
        (
            "그는 “필요하다. 바꾸자”며 웃었다. 모두 그랬다.",
            ["그는 “필요하다. 바꾸자”며 웃었다.", "모두 그랬다."],
        ),
        ('시장은 "노력하겠다."고 밝혔다. 끝이다.', ['시장은 "노력하겠다."고 밝혔다.', "끝이다."]),
        ('"노력하겠다." 시장은 떠났다.', ['"노력하겠다."', "시장은 떠났다."]),
        ('"노력하겠다." 라고 시장은 말했다.', ['"노력하겠다." 라고 시장은 말했다.']),
        ("누리집은 www.korea.kr 이다. 3.5배다.", ["누리집은 www.korea.kr 이다.", "3.5배다."]),
        ("이름\t부서. 총무과다. 이다.\n홍\t가", ["이름\t부서. 총무과다. 이다.", "홍\t가"]),
        ("붙임  계획서 1부.  끝.", ["붙임  계획서 1부.", "끝."]),
        ("가능한가? 그렇다.", ["가능한가?", "그렇다."]),
        ("개최…방문객 안내", ["개최…방문객 안내"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.text for span in split_sentences(text)] == sentences


@given(st.one_of(PROSE, st.text(max_size=200)))
def test_only_white_space_is_left_out(text: str) -> None:
    position = 0
    for span in split_sentences(text):
        assert span.text == text[span.start : span.end]
        assert span.text == span.text.strip() != ""
        assert "\n" not in span.text
        assert text[position : span.start].strip() == ""
        position = span.end
    assert text[position:].strip() == ""
