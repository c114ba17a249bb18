"""What bars 검토 완료, and how a fact that nobody vouches for becomes a place to fill in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.completion import blocking, to_missing
from biseo.checks.facts import FactBase, check_facts
from biseo.document import MISSING, Finding

BASE = FactBase((), ["참가 인원은 50명이고 김하늘 시장은 “시민과 함께 축제를 준비하겠다”고 말했다."])


def test_open_facts_bar_until_they_are_fixed_confirmed_or_left_open() -> None:
    text = "참가 인원은 60명이다."
    (finding,) = check_facts(text, BASE)
    (barrier,) = blocking([finding])
    assert barrier.finding is finding
    assert "'60명'이 남아 있습니다." in barrier.reason
    assert barrier.reason.endswith("주세요.")
    assert blocking(check_facts("참가 인원은 50명이다.", BASE)) == ()
    assert blocking([finding], [finding]) == ()
    left = to_missing(text, finding)
    assert left == "참가 인원은 [확인 필요]이다."
    assert [each.rule for each in check_facts(left, BASE)] == ["FACT_MISSING"]
    assert blocking(check_facts(left, BASE)) == ()


def test_style_does_not_bar() -> None:
    assert blocking([Finding("COLON", "error", 0, 1, ":", ""), Finding("WORD", "suggestion", 0, 1, "가", "")]) == ()


@pytest.mark.parametrize(
    ("text", "fact", "left"),
    [
        ("70명이 왔다.", "70명", "[확인 필요]가 왔다."),
        ("70명을 뽑는다.", "70명", "[확인 필요]를 뽑는다."),
        ("예산은 3억 원으로 정했다.", "3억 원", "예산은 [확인 필요]로 정했다."),
        ("임꺽정 과장은 말했다.", "임꺽정 과장", "[확인 필요]는 말했다."),
        ("7월 1일과 7월 2일", "7월 1일", "[확인 필요]와 7월 2일"),
        ("70명입니다.", "70명", "[확인 필요]입니다."),
        ("그는 “모두 바꾸겠다고 약속한다”라고 했다.", "“모두 바꾸겠다고 약속한다”", "그는 [인용 확인]이라고 했다."),
    ],
)
def test_the_particle_goes_with_the_mark(text: str, fact: str, left: str) -> None:
    finding = next(finding for finding in check_facts(text, BASE) if finding.text == fact)
    assert to_missing(text, finding) == left


@given(st.text(alphabet="가나다 을를이가은는1명,.", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_nothing_else_changes(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    finding = Finding("FACT_UNSUPPORTED", "error", start, start + len(words), words, "")
    left = to_missing(text, finding)
    if not words:
        assert left == text
    else:
        assert left.startswith(text[:start] + MISSING)
        assert left[-1:] == text[-1:] or finding.end >= len(text) - 3
    other = Finding("FACT_UNSUPPORTED", "error", 0, 3, "없는 말", "")
    assert to_missing(text, other) == text


@pytest.mark.parametrize(("text", "told"), [("2026.1.6.", "'2026.1.6.'이 "), ("5. 8.(화)", "'5. 8.(화)'가 ")])
def test_a_date_has_its_particle(text: str, told: str) -> None:
    barrier = blocking([Finding("FACT_UNSUPPORTED", "error", 0, len(text), text, "")])[0]
    assert told in barrier.reason
