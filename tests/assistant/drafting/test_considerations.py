from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.assistant.drafting.conftest import Drafting, document

from biseo.drafting import considerations as room
from biseo.drafting.considerations import considerations, ideas_for
from biseo.drafting.ideas import _PROPOSES
from biseo.drafting.quadrants import QUADRANTS
from biseo.events import Notice
from biseo.text.facts import find_facts

PRAISE = (
    "늘봄군은 인공지능 챗봇을 민원 안내에 도입했다.",
    "챗봇은 밤에도 쉬지 않고 물음에 답한다.",
    "군은 내년에 챗봇을 읍면으로 넓힐 계획이다.",
)


def lines(sentences: Sequence[str], quadrant: str) -> list[str]:
    return [each.line for each in considerations(sentences, quadrant)]


def every_line() -> list[room.Consideration]:
    return [each for topic in room._topics() for each in room._all(topic)]


def test_the_kind_that_is_named_most_comes_first() -> None:
    assert lines(PRAISE, "weaknesses")[0] == lines(["인공지능을 쓴다."], "weaknesses")[0]
    assert lines(PRAISE, "weaknesses") != lines(["축제를 연다."], "weaknesses")


def test_what_is_named_only_in_passing_does_not_count() -> None:
    with_aside = (*PRAISE, "군수는 회의에서 쓰레기 처리와 어르신 복지도 당부했다.")
    assert lines(with_aside, "threats") == lines(PRAISE, "threats")


def test_nothing_is_said_of_what_no_kind_is_known_of() -> None:
    assert not lines(["달이 밝다."], "threats")
    assert not lines(PRAISE, "strengths")


@pytest.mark.parametrize("each", every_line(), ids=lambda each: each.line)
def test_a_point_holds_no_fact_and_its_idea_proposes_something(each: room.Consideration) -> None:
    assert not find_facts(each.line) and not find_facts(each.idea)
    assert _PROPOSES.search(each.idea)
    assert list(ideas_for([each.line])) == [each.idea]


def test_an_analysis_of_a_text_without_troubles_has_guesses_that_are_told_as_such(drafting: Drafting) -> None:
    draft = drafting("swot", sources=(document(*PRAISE),))
    quadrants = {section.id: section for section in draft.sections}
    for name in QUADRANTS[1:]:
        items = quadrants[name].items
        assert items and "찾지 못함" not in quadrants[name].text
        assert all(item.inferred for item in items if not item.evidence)
    told = [event.message for event in drafting.events if isinstance(event, Notice)]
    assert any("'추정'" in message for message in told)
    assert len(quadrants["ideas"].items) >= 3
