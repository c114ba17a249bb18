import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.language import check_language


def rules(text: str, allowed: str = "", *, items: bool = False) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in check_language(text, allowed, items=items)]


def test_foreign_script() -> None:
    assert rules("시는 자동화를 推進했다.") == [("FOREIGN_SCRIPT", "推進")]
    assert rules("시는 자동화를 推進했다.", "자료의 推進 계획") == []
    assert rules("이것은 テスト와 тест와 ทดสอบ이다.") == [
        ("FOREIGN_SCRIPT", "テスト"),
        ("FOREIGN_SCRIPT", "тест"),
        ("FOREIGN_SCRIPT", "ทดสอบ"),
    ]
    assert rules("깨진 \ufffd 글자다.") == [("FOREIGN_SCRIPT", "\ufffd")]
    assert rules("AI와 α, ㎡, ①, □, ㅇ, ※, ™, é를 쓴다.") == []


def test_repetition() -> None:
    assert rules("시는 업무를 자동화했다. 예산도 줄었다. 시는 업무를 자동화했다.") == [
        ("REPETITION", "시는 업무를 자동화했다.")
    ]
    alike = "시는 올해 모든 부서의 민원 업무를 자동화하여 예산을 줄{}다. "
    assert [rule for rule, _ in rules(alike.format("였") + alike.format("인"))] == ["REPETITION"]
    run = "시는 시민 편의를 위해 노력한다. 도로는 시는 시민 편의를 위해 넓힌다. 공원도 시는 시민 편의를 위해 연다."
    assert rules(run) == [("REPETITION", "시는 시민 편의를 위해")]
    assert rules("끝.\n끝.\n이름\t부서 부서 부서 부서\n이름\t부서 부서 부서 부서") == []


def test_unfinished() -> None:
    assert rules("시는 회의를 열었다. 또한 시는 예산을") == [("UNFINISHED", "또한 시는 예산을")]
    assert rules("ㅇ 예산 절감 필요\nㅇ 인력을 늘리기 위해", items=True) == [("UNFINISHED", "ㅇ 인력을 늘리기 위해")]
    for whole in (
        "한빛시 업무자동화 확대 구축",
        "시는 회의를 열었다.",
        "시장은 “필요하다”고 말했다.",
        "담당자\t홍길동",
        "",
    ):
        assert rules(whole) == []
    assert rules("ㅇ 예산 절감 필요\nㅇ 신규 인력 충원", items=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "물론입니다! 시는 회의를 열었다.",
        "다음은 보도자료입니다:\n시는 회의를 열었다.",
        "시는 **회의**를 열었다.",
        "### 제목\n시는 회의를 열었다.",
        "시는 회의를 열었다. 도움이 되었기를 바랍니다.",
        "인공지능 모델로서 답합니다.",
        "시는 회의를 열었다.<|im_end|>",
    ],
)
def test_assistants_talk(text: str) -> None:
    assert "PROMPT_ECHO" in {rule for rule, _ in rules(text)}


def test_civil_reply_is_left_alone() -> None:
    assert (
        rules(
            "귀하의 민원을 검토했습니다. 궁금하신 사항은 총무과(044-000-0000)로 문의하여 주시기 바랍니다. 감사합니다."
        )
        == []
    )


@given(st.text(max_size=150))
def test_any_text(text: str) -> None:
    for finding in check_language(text):
        assert finding.text == text[finding.start : finding.end] != ""
