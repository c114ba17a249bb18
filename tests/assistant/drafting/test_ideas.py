from __future__ import annotations

import pytest
from tests.assistant.drafting.conftest import Drafting, document

from biseo.drafting.ideas import ideas_by_rule, stands, topic_of
from biseo.drafting.subject import related

WEAK = "강습 대기자가 240명임"


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("강습 대기자가 240명임", "강습 대기자"),
        ("2025년 가동률은 61%임", "가동률"),
        ("지은 보조 건물이 41년 되어 비가 샘", "보조 건물"),
        ("변화가 필요함", ""),
        ("1998년에 지어져 승강기가 낡음", "승강기"),
        ("현장 강사 29명 중 13명이 퇴직함", "현장 강사"),
        ("12%", ""),
    ],
)
def test_what_a_line_speaks_of(line: str, topic: str) -> None:
    assert topic_of(line) == topic


@pytest.mark.parametrize(
    ("idea", "good"),
    [
        ("대기자를 위한 주말 강습 개설", True),
        ("강습 대기자가 240명", False),
        ("강습 대기자 240명임", False),
        ("이는 일반적으로 위협을 나타냄", False),
        ("대기자를 줄여야 함", False),
        ("꽃밭 조성", False),
    ],
)
def test_an_idea_proposes_one_thing_for_one_of_the_lines(idea: str, good: bool) -> None:
    assert stands(idea, [WEAK]) is good


def test_ideas_by_rule_take_a_line_of_each_quadrant_in_turn() -> None:
    items = {"weaknesses": [WEAK, "탈의실이 좁음"], "threats": ["전기료가 46% 오름"], "opportunities": []}
    assert list(ideas_by_rule(items)) == [
        "강습 대기자 개선 방안 마련",
        "전기료 관련 대응 방안 마련",
        "탈의실 개선 방안 마련",
    ]


def test_where_the_model_has_no_ideas_the_rules_have(drafting: Drafting) -> None:
    source = document("수영장", "강습 대기자가 240명이라 불편하다.", "전기료가 46% 올랐다.", "이웃 군이 참여한다.")
    drafting("swot", "이는 일반적으로 위협을 나타냄", sources=[source])
    lines = drafting.section("ideas").text.splitlines()
    assert "ㅇ 강습 대기자 개선 방안 마련" in lines
    assert "ㅇ 전기료 관련 대응 방안 마련" in lines
    assert "나타냄" not in "".join(lines)


def test_lines_from_a_part_on_something_else_are_left_out() -> None:
    statements = ("점검 개요", "겨울철 다리 34곳을 살핀다.", "기술사 6명이 함께한다.", "그 밖의 소식",
                  "식당은 12월 7일부터 쉰다.")  # fmt: skip
    lines = ["다리 34곳을 살핌", "기술사 6명이 함께함", "식당은 12월 7일부터 쉼"]
    assert related(lines, "겨울철 다리 안전 알림", statements) == lines[:2]
    assert related(lines, "협조 요청", statements) == lines
