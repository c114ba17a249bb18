"""Questions that go on from earlier ones."""

from __future__ import annotations

import pytest
from tests.assistant.asking.test_ask import replied

from biseo.asking import Reply, Turn
from biseo.asking.followup import continued
from biseo.library import Library


def talk(library: Library, *questions: str) -> Reply:
    """The reply to the last question of a conversation."""
    turns: list[Turn] = []
    for question in questions:
        reply = replied(library, question, earlier=turns)
        turns.append(reply.turn)
    return reply


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (("자전거는 한 번에 몇 시간까지 빌릴 수 있나요?", "그럼 연장은 얼마나 되나요?"), "1시간을 늘릴"),
        (("걷기 대회는 언제 하나요?", "장소는요?"), "달님호수 광장"),
        (("걷기 대회는 언제 하나요?", "예산은 얼마인가요?"), "1,200만원"),
        (("걷기 대회는 언제 하나요?", "예산은 얼마인가요?", "안전요원은 몇 명이에요?"), "40명"),
        (("자전거 이용 요금은 얼마인가요?", "언제 결제하나요?"), "다음 날에 결제"),
        (("걷기 대회는 언제 하나요?", "비가 오면요?"), "한 주 미룬다"),
    ],
)
def test_the_subject_is_carried_over(library: Library, questions: tuple[str, ...], words: str) -> None:
    assert words in talk(library, *questions).text


def test_what_was_carried_is_told(library: Library) -> None:
    reply = talk(library, "걷기 대회는 언제 하나요?", "장소는요?")
    assert "대회" in reply.carried
    assert "대회" in reply.subject


def test_a_new_subject_is_not_mistaken(library: Library) -> None:
    reply = talk(library, "걷기 대회는 언제 하나요?", "자전거는 한 번에 몇 시간까지 빌릴 수 있나요?")
    assert "3시간까지" in reply.text
    assert reply.carried == ""


def test_what_goes_on_stays_with_its_subject(library: Library) -> None:
    assert talk(library, "걷기 대회는 언제 하나요?", "그럼 환불 신청은 며칠 안에 하나요?").refused


def test_ellipsis_asks_what_was_asked() -> None:
    first = "평일에는 요금이 얼마인가요?"
    turn = Turn(first, continued(first, ()).subject)
    asked = continued("그럼 주말에는요?", [turn])
    assert asked.want.name == "money"
    assert "요금" in [term.stem for term in asked.carried]
    assert "평일" not in [term.stem for term in asked.carried]
    assert asked.follows
