from __future__ import annotations

import re

import pytest
from tests.assistant.drafting.conftest import PLAN, Drafting, document

from biseo.drafting.keywords import find_keywords
from biseo.drafting.wording import names_speaker, title_line
from biseo_models.engine import Job


@pytest.mark.parametrize(
    "line",
    [
        "이동환 시장: 질문 정확하고 구체적일수록 답변의 질이 높아짐",
        "고양시 이동환 시장: 답변의 질이 높아짐",
        "시장: 답변의 질이 높아짐",
        "서철모 서구청장 : 활용 당부",
        "김 부시장 상황별 대책 마련",
        "김하늘 관장, 따뜻한 자리 준비",
    ],
)
def test_lines_as_in_a_record_of_who_said_what(line: str) -> None:
    assert names_speaker(line)


@pytest.mark.parametrize(
    "line",
    [
        "이동환 시장이 질문을 구체적으로 할 것을 당부함",
        "이동환 시장 주재 점검 회의 개최",
        "전통 시장 상인 지원 확대",
        "시장 상인 지원 확대",
        "초빙 강사: 6명",
        "배치와 임시 주차장 마련",
        "행사장: 한빛도서관 앞 광장",
        "비상 연락: 상황실과 소방서를 잇는 체계 마련",
        "안전요원 24명 배치와 임시 주차장 120면 마련",
        "",
    ],
)
def test_ordinary_lines(line: str) -> None:
    assert not names_speaker(line)


def test_no_list_begins_a_line_with_a_speaker(drafting: Drafting) -> None:
    said = "이동환 시장은 직원들에게 질문이 정확하고 구체적일수록 답변의 질이 높아진다며 적극 활용할 것을 당부했다."
    junk = "이동환 시장: 질문 정확하고 구체적일수록 답변의 질이 높아짐"
    drafting("summary", lambda job: junk, sources=[document(*PLAN, said)])
    text = drafting.section("actions").text
    assert text.strip()
    assert "시장:" not in text


def test_a_noun_of_one_syllable_with_its_particle_is_no_keyword() -> None:
    words = find_keywords("일을 줄인다. 일을 나눈다. 수는 적다. 돈을 쓴다. 마을 마을 마을, 서울 서울 서울")
    assert not {"일을", "수는", "돈을"} & set(words)
    assert {"마을", "서울"} <= set(words)


def by_section(answers: dict[str, str]) -> object:
    def script(job: Job) -> str:
        section = re.search(r"의 '([^']+)' 부분만", job.prompt.task)
        return answers.get(section[1], "") if section else ""

    return script


SOURCE = (
    "시는 인공지능 비서를 도입해 민원 처리 시간을 절반으로 줄이는 혁신 성과를 거두었으며 "
    "다가오는 축제에도 기술을 활용한다.",
    "도서관은 자원봉사자 조직을 활용해 안내소를 운영한다.",
    "새 안내 체계를 구축 완료해 시민 편의를 높였다.",
    "능동 행정 의지를 담아 상담 창구를 통합 운영한다.",
    "가을에 열리는 축제와 내년 공모 사업에 대한 시민 관심이 높아 새로운 수요가 예정되어 있다.",
    "내년에는 도서관 확산 육성 계획이 예정되어 있다.",
    "누구나 배우는 디지털 기술 강좌에 대한 수요가 늘었다.",
)
STRENGTH = "인공지능 비서를 도입해 민원 처리 시간을 절반으로 줄이는 혁신 성과"
SAME = "인공지능 비서를 도입해 민원 처리를 줄여 축제에도 기술 활용"
"""Another wording of the same sentence, with a cue of the other quadrant."""


def test_a_quadrant_does_not_say_again_what_another_says_of_the_same_sentence(drafting: Drafting) -> None:
    own = "내년 공모 사업에 대한 시민 관심과 새로운 수요"
    drafting(
        "swot",
        by_section({"강점": STRENGTH, "기회": f"{SAME}\nㅇ {own}"}),
        sources=[document(*SOURCE)],
    )
    assert STRENGTH in drafting.section("strengths").text
    opportunities = drafting.section("opportunities").text
    assert own in opportunities
    assert SAME not in opportunities


def test_a_part_of_a_sentence_of_another_quadrant_is_not_kept(drafting: Drafting) -> None:
    drawn = "다가오는 축제에도 기술 활용"
    new = ["내년 공모 사업에 대한 시민 관심", "도서관 확산 육성 계획 예정", "누구나 배우는 디지털 기술 강좌 수요"]
    answers = {"강점": STRENGTH, "기회": "\nㅇ ".join([drawn, *new])}
    drafting("swot", by_section(answers), sources=[document(*SOURCE)])
    text = drafting.section("opportunities").text
    assert all(line in text for line in new)
    assert drawn not in text
    drafting("swot", by_section({**answers, "기회": "\nㅇ ".join([drawn, *new[:2]])}), sources=[document(*SOURCE)])
    assert drawn not in drafting.section("opportunities").text


def test_a_list_is_asked_for_with_the_grammar_of_its_lines(drafting: Drafting) -> None:
    drafting("swot", "안전요원 24명을 배치함")
    grammars = [job.grammar for job in drafting.engine.history if job.prompt.document]
    assert len(grammars) == 5
    assert set(grammars) == {'root ::= line ("\\nㅇ " line){0,3} "\\n"?\nline ::= [^\\n]+'}


def test_a_line_that_breaks_off_within_its_last_verb_is_not_kept(drafting: Drafting) -> None:
    drafting("report", "안전요원 24명을 배치해 사고 위험을 줄일\n시민 참여를 확대할 역할")
    text = "\n".join(section.text for section in drafting.drafted.draft.sections)
    assert "줄일\n" not in text + "\n"


def test_a_summary_of_a_plain_plan_finds_its_points_without_cues(drafting: Drafting) -> None:
    plain = ("한빛시 겨울 점검", "한빛시는 12월 1일부터 보행교 14곳을 점검한다.", "기술사 6명과 직원 18명이 참여한다.")
    drafting("summary", "", sources=[document(*plain)])
    assert "보행교 14곳을 점검함" in drafting.section("gist").text
    assert "겨울 점검" not in drafting.section("gist").text.replace("한빛시는", "")


def test_a_table_made_by_rule_is_not_told_to_repeat_itself(drafting: Drafting) -> None:
    one = "한빛시는 12월 1일부터 12월 12일까지 노후 보행교 14곳과 비탈면 32곳과 둑 5곳을 점검한다."
    drafting("summary", "", sources=[document(one)])
    assert not [finding for finding in drafting.drafted.draft.findings if finding.section == "figures"]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("스마트 행정 공약 제안에 대한 예비후보의", ""),
        ("안전 점검을 위한", ""),
        ("행복한 마을", "행복한 마을"),
        ("주민 편의", "주민 편의"),
        ("**한빛시, 겨울 안전 점검 회의.**", "한빛시, 겨울 안전 점검 회의"),
    ],
)
def test_a_title_that_breaks_off_is_none(raw: str, title: str) -> None:
    assert title_line(raw, 45) == title
