import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text import cleaning

CLEAN = (
    "시는 올해 14개 부서의 업무를 자동화했다.\n□ 추진배경\n"
    " ㅇ 업무 효율 제고 필요\n - 예산 절감\n*아래는 참고\n가. 일시: 2026. 1. 6.(화)"
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("### 제목\n**굵게** 쓴 *글*과 `코드`", "제목\n굵게 쓴 글과 코드"),
        ("* 첫째\n+ 둘째\n- 셋째", "- 첫째\n- 둘째\n- 셋째"),
        ("```text\n본문\n```", "본문\n"),
        ("[누리집](https://example.kr) 참고", "누리집 참고"),
        ("앞\n---\n뒤", "앞\n뒤"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("**열린 채", "열린 채"),
        ("***둘 다*** __밑_줄__", "둘 다 밑_줄"),
        (CLEAN, CLEAN),
    ],
)
def test_markdown(raw: str, clean: str) -> None:
    assert cleaning.strip_markdown(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("물론입니다! 다음은 보도자료입니다:\n\n시는 회의를 열었다.", "시는 회의를 열었다."),
        ("아래는 요청하신 기획안입니다.\n□ 추진배경", "□ 추진배경"),
        ("네, 알겠습니다. 시는 회의를 열었다.", "시는 회의를 열었다."),
        ("답변: 시는 회의를 열었다.", "시는 회의를 열었다."),
        ("시는 회의를 열었다. 도움이 되었기를 바랍니다.", "시는 회의를 열었다."),
        ("다음은 10월 행사 일정이 이어졌다. 시는 준비했다.", "다음은 10월 행사 일정이 이어졌다. 시는 준비했다."),
        ("제공된 자료를 바탕으로 심의했다. 그 뒤 의결했다.", "제공된 자료를 바탕으로 심의했다. 그 뒤 의결했다."),
        (
            "검토했습니다. 궁금하신 사항은 총무과(044-000-0000)로 문의하여 주시기 바랍니다.",
            "검토했습니다. 궁금하신 사항은 총무과(044-000-0000)로 문의하여 주시기 바랍니다.",
        ),
        (CLEAN, CLEAN),
    ],
)
def test_preamble(raw: str, clean: str) -> None:
    assert cleaning.strip_preamble(raw) == clean


@pytest.mark.parametrize(
    ("text", "items", "finished"),
    [
        ("시는 회의를 열었다. 또한 시는 예산을", False, False),
        ("시는 회의를 열었다.", False, True),
        ("ㅇ 예산 절감 필요\nㅇ 인력을 늘려", True, False),
        ("ㅇ 예산 절감 필요\nㅇ 인력 충원 예정", True, True),
        ("ㅇ 인력 충원 예정", False, False),
        ("그는 “필요하다.”", False, True),
        ("시는 회의를…", False, False),
        (" ", False, True),
    ],
)
def test_finished(text: str, items: bool, finished: bool) -> None:
    assert cleaning.is_finished(text, items=items) is finished


@given(
    st.one_of(
        st.text(max_size=120), st.text(alphabet=st.sampled_from("*#_`>[]()- \n가다.:!1네,물론입니다"), max_size=80)
    )
)
def test_any_text(text: str) -> None:
    cleaning.strip_markdown(text)
    cleaning.strip_preamble(text)
