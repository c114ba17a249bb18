from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assistant.drafting.conftest import PLAN, Drafting, document
from tests.bench.long_prose import long_document

from biseo.document import Block, Document, table_block
from biseo.drafting.form import FilledForm
from biseo.drafting.pipeline import review_section
from biseo.tasks.catalogue import find_task

MINUTES = Document(
    "회의록.hwpx", "hwpx", "주간업무 회의", 3,
    (
        Block("heading", "주간업무 회의 결과", 1, 1),
        Block("paragraph", "회의에는 부서장 12명이 참석하였다.", 0, 1),
        Block("heading", "결정 사항", 2, 1),
        Block("paragraph", "책잔치를 5월 8일부터 10일까지 열기로 의결하였다.", 0, 1),
        Block("item", "ㅇ 예산 3,500만 원을 추가로 편성하기로 하였다.", 1, 2),
        Block("heading", "지시 사항", 2, 2),
        Block("paragraph", "도서관정책과는 4월 20일까지 안전 점검 결과를 제출해야 한다.", 0, 2),
        Block("item", "ㅇ 임시 주차장 마련 (담당: 교통행정과, 기한: 4월 말)", 1, 2),
        Block("paragraph", "이보람 팀장은 홍보물을 다시 만들기 바란다.", 0, 3),
        table_block([["할 일", "담당", "기한"], ["현수막 게시", "홍보팀", "4. 25."], ["무대 설치", "", "5. 7."]], 3),
        Block("paragraph", "참석자들은 봄꽃 이야기를 나누었다.", 0, 3),
    ),
)  # fmt: skip


def test_three_lines_are_three_lines(drafting: Drafting) -> None:
    draft = drafting("summary", "□ 책잔치 운영 계획을 발표함", form={"length": "3줄"})
    assert [section.id for section in draft.sections] == ["gist"]
    assert len(draft.sections[0].text.splitlines()) == 3
    draft = drafting("summary", "모름", form={"length": "3줄"}, sources=[long_document(40)])
    assert len(draft.sections[0].text.splitlines()) == 3


def test_two_pages_say_more_than_one(drafting: Drafting) -> None:
    long = [long_document(30)]
    one = drafting("summary", "모름", form={}, sources=long)
    two = drafting("summary", "모름", form={"length": "2쪽"}, sources=long)
    lengths = [sum(len(section.text.splitlines()) for section in draft.sections) for draft in (one, two)]
    assert 20 <= lengths[0] <= 36
    assert 1.4 * lengths[0] <= lengths[1] <= 72


def test_a_report_names_the_problems(drafting: Drafting) -> None:
    draft = drafting("summary", "모름", form={"form": "보고용"})
    assert [section.id for section in draft.sections] == ["gist", "points", "problems", "actions"]
    assert "부족" in drafting.section("problems").text


def test_issues_stand_beside_their_grounds_and_pages(drafting: Drafting) -> None:
    document = long_document(30)
    drafting("summary", "모름", form={"form": "쟁점-근거 표"}, sources=[document])
    section = drafting.section("issues")
    head, *rows = section.rows
    assert head == ("쟁점", "근거", "출처")
    assert section.origin == "rule"
    pages = {n: "\n".join(block.text for block in document.blocks if block.page == n) for n in range(1, 31)}
    shown = [row for row in rows if row[0] != "그 밖"]
    assert len(shown) == 10
    assert rows[-1][0] == "그 밖"
    for _issue, ground, place in shown:
        page = int(place.removesuffix("쪽"))
        assert ground in pages[page]
    assert len({row[0] for row in shown}) == 10


def test_decisions_and_tasks_come_with_who_and_when_where_the_text_says_so(drafting: Drafting) -> None:
    drafting("summary", "모름", form={"form": "회의 결과"}, sources=[MINUTES])
    head, *rows = drafting.section("decisions").rows
    assert head == ("구분", "내용", "담당", "기한", "출처")
    found = {row[1]: (row[0], row[2], row[3], row[4]) for row in rows}
    assert ("결정", "-", "-", "1쪽") in found.values()
    by_words = {word: value for words, value in found.items() for word in words.split()}
    assert by_words["편성하기로"][0] == "결정"
    assert by_words["제출해야"] == ("할 일", "도서관정책과", "4월 20일", "2쪽")
    assert by_words["주차장"] == ("할 일", "교통행정과", "4월 말", "2쪽")
    assert by_words["홍보물을"][:3] == ("할 일", "이보람 팀장", "-")
    assert by_words["현수막"] == ("할 일", "홍보팀", "4. 25.", "3쪽")
    assert by_words["무대"][1:3] == ("-", "5. 7.")
    assert not any("봄꽃" in words or "참석하였" in words for words in found)


@pytest.mark.parametrize(("form", "section"), [("쟁점-근거 표", "issues"), ("회의 결과", "decisions")])
def test_a_source_without_any_says_so(drafting: Drafting, form: str, section: str) -> None:
    drafting("summary", "모름", form={"form": form}, sources=[document("봄이 와서 꽃이 피었다. 모두 즐거워하였다.")])
    assert drafting.section(section).text.endswith("없음")
    assert drafting.section(section).rows == ()


def test_a_table_by_rule_is_not_reworded_by_review(drafting: Drafting) -> None:
    drafting("summary", "모름", form={"form": "회의 결과"}, sources=[MINUTES, document(*PLAN)])
    section = drafting.section("decisions")
    assert review_section(drafting.request, section).section == section


def test_figures_of_a_long_source_are_those_of_what_matters(drafting: Drafting) -> None:
    drafting("summary", "모름", form={}, sources=[long_document(60)])
    rows = drafting.section("figures").rows
    assert len({row[3] for row in rows[1:-1]}) > 5
    assert int(rows[-1][1].removesuffix("건")) > 300


@pytest.mark.parametrize("form", ["개조식", "쟁점-근거 표", "회의 결과"])
def test_rows_that_repeat_the_source_and_its_pages_are_no_findings(drafting: Drafting, form: str) -> None:
    drafting("summary", "모름", form={"form": form}, sources=[long_document(60)])
    tables = ("figures", "issues", "decisions")
    facts = [f for f in drafting.drafted.draft.findings if f.section in tables and f.rule.startswith("FACT")]
    assert facts == []


def test_a_changed_row_is_still_looked_at(drafting: Drafting) -> None:
    drafting("summary", "모름", form={}, sources=[long_document(60)])
    section = drafting.section("figures")
    rows = (*section.rows[:1], ("수량", "77,777건", "민원은 77,777건으로 늘었다", "종합계획.pdf 3쪽"))
    changed = replace(section, rows=rows, text="\n".join("\t".join(row) for row in rows))
    assert any(f.rule == "FACT_UNSUPPORTED" for f in review_section(drafting.request, changed).findings)


def test_how_a_summary_is_made_is_no_fact() -> None:
    form = FilledForm(find_task("summary"), {"length": "3줄", "focus": "안전 점검"})
    assert form.given() == ("안전 점검",)


@pytest.mark.parametrize(("choice", "by_model"), [("모든 부분", True), ("규칙으로만", False)])
def test_who_reads_a_long_source_is_chosen_in_the_form(drafting: Drafting, choice: str, by_model: bool) -> None:
    drafting("summary", "모름", form={"reading": choice}, sources=[long_document(20)])
    coverage = drafting.drafted.coverage
    assert coverage.parts_by_model == (coverage.parts if by_model else 0)
    assert coverage.parts > 8


def test_rows_of_several_sources_name_theirs(drafting: Drafting) -> None:
    drafting("summary", "모름", form={"form": "회의 결과"}, sources=[MINUTES, document(*PLAN)])
    places = {row[4] for row in drafting.section("decisions").rows[1:]}
    assert {"회의록.hwpx 1쪽", "책잔치 계획.txt"} <= places
