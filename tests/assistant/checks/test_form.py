"""Form: required parts, replies to complaints, totals; of read documents and of drafts."""

from __future__ import annotations

import pytest

from biseo.checks.form import (
    check_draft_form,
    check_form,
    check_section_form,
    kind_of,
    profile_of,
)
from biseo.document import MISSING, Block, Document, Draft, Finding, Letter, Section, table_block
from biseo.tasks.catalogue import all_tasks


def document(*lines: str, title: str = "") -> Document:
    return Document("가.txt", "txt", title, None, tuple(Block("paragraph", line) for line in lines))


def found(findings: tuple[Finding, ...], severity: str = "error") -> list[str]:
    return [finding.rule for finding in findings if finding.severity == severity]


REFUSALS = (
    "요청하신 주차면은 소방차 진입로에 해당하여 설치할 수 없습니다.",
    "검토한 결과 「건축법」 제11조에 따라 허가가 어렵습니다.",
    "도로 폭이 좁아서 과속방지턱 설치는 곤란합니다.",
    "관련 규정에 따라 보조금을 지급할 수 없음을 알려 드립니다.",
    "예산 사정으로 지원이 불가합니다.",
    "제출하신 신청은 요건에 맞지 않아서 불승인되었습니다.",
    "같은 이유로 이의를 받아들일 수 없습니다.",
    "위와 같은 사유로 공개를 거부합니다.",
)
ANSWERS = (
    "요청하신 횡단보도는 6월까지 설치할 예정입니다.",
    "그 구역에는 「도로교통법」 제32조에 따라 주차할 수 없습니다.",
    "신고하신 사항은 거부 사유에 해당하지 않습니다.",
    "설치가 불가능한 것은 아닙니다.",
    "이용에 어려움이 없도록 살피겠습니다.",
)
CONTACT = "문의: 한빛시 교통과 홍길동 주무관(031-000-0000)"
OPENING = "귀하의 민원 내용은 ‘주차면’에 관한 것으로 이해됩니다."


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_names_its_remedy(refusal: str) -> None:
    bare = document(OPENING, refusal, CONTACT)
    assert kind_of(bare) == "reply"
    findings = check_form(bare, "reply")
    assert "REPLY_REMEDY" in found(findings)
    finding = next(finding for finding in findings if finding.rule == "REPLY_REMEDY")
    assert bare.text[finding.start : finding.end] == finding.text
    assert "제27조제3항" in finding.authority
    remedy = "이 처분에 불복하시면 60일 이내에 이의신청을 하실 수 있습니다."
    assert "REPLY_REMEDY" not in found(check_form(document(OPENING, refusal, remedy, CONTACT), "reply"))


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_needs_no_remedy(answer: str) -> None:
    assert found(check_form(document(OPENING, answer, CONTACT), "reply")) == []


def test_a_refusal_needs_a_reason() -> None:
    text = document(
        "귀하의 민원을 검토하였습니다.", "보상을 지급할 수 없습니다.", "이의신청을 하실 수 있습니다.", CONTACT
    )
    assert found(check_form(text, "reply")) == ["REPLY_REASON"]


def test_a_reply_names_its_official() -> None:
    assert found(check_form(document(OPENING, "6월에 설치합니다."), "reply")) == ["REPLY_CONTACT"]
    assert found(check_form(document(OPENING, "6월에 설치합니다.", CONTACT), "reply")) == []
    nameless = check_form(document(OPENING, "문의: 031-000-0000"), "reply")
    assert found(nameless) == [] and "REPLY_CONTACT" in found(nameless, "warning")


HEAD = ("구분", "국비(원)", "시비(원)")
GOOD = (HEAD, ("1년차", "1,000", "2,000"), ("2년차", "3,000", "4,000"), ("합계", "4,000", "6,000"))


def budget(*rows: tuple[str, ...]) -> Document:
    return Document("가.hwpx", "hwpx", "", None, (Block("heading", "소요 예산"), table_block(rows)))


def test_a_budget_adds_up() -> None:
    assert check_sums(GOOD) == []
    wrong = (*GOOD[:3], ("합계", "4,000", "6,500"))
    text = budget(*wrong)
    findings = check_form(text, "plan")
    [finding] = [finding for finding in findings if finding.rule == "BUDGET_SUM"]
    assert finding.severity == "error"
    assert text.text[finding.start : finding.end] == finding.text == "6,500"
    assert finding.suggestion == "6,000" and "6,000" in finding.message
    assert [finding.severity for finding in check_form(text, None)] == ["warning"]


def check_sums(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [finding.rule for finding in check_form(budget(*rows), "plan") if finding.rule.endswith("_SUM")]


def test_a_total_may_stand_on_top() -> None:
    assert check_sums((HEAD, ("계", "4,000", "6,000"), GOOD[1], GOOD[2])) == []
    assert check_sums((HEAD, ("계", "4,000", "6,001"), GOOD[1], GOOD[2])) == ["BUDGET_SUM"]


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, GOOD[1], ("소계", "1,000", "2,000"), GOOD[2], ("합계", "9", "9")),
        (("구분", "비율(%)", "평균"), ("가", "10", "5"), ("나", "20", "7"), ("합계", "100", "6")),
        (HEAD, ("1년차", "약 1,000", "2,000"), GOOD[2], ("합계", "9", "6,000")),
        (("구분", "원"), ("가", "1"), ("나", "2"), ("합계", "3", "4")),
        (HEAD, ("합계", "", ""), ("가", "1", "2"), ("나", "1", "2")),
    ],
)
def test_tables_that_cannot_be_judged_are_left_alone(rows: tuple[tuple[str, ...], ...]) -> None:
    assert check_sums(rows) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("총사업비 10억 원(국비 5억 원, 도비 3억 원, 시비 2억 원)", ""),
        ("총사업비 10억 원(국비 5억 원, 도비 3억 원, 시비 1억 원)", "10억"),
        ("총사업비: 1,000백만원(국비 500, 도비 300, 시비 200)", ""),
        ("소요예산 300,000원(시비 200,000원, 자부담 150,000원)", "300,000"),
        ("사업비 10억 원(국비 50%, 시비 50%)", ""),
        ("강사료 50,000원×10명×2회=1,000,000원", ""),
        ("강사료 50,000원 × 10명 × 2회 = 1,100,000원", "1,100,000"),
        ("급식비 10,000원×50명=500천원", ""),
        ("급식비 10,000원×50명=600천원", "600"),
    ],
)
def test_lines_that_add_up(line: str, wrong: str) -> None:
    findings = [finding for finding in check_form(document(line), "plan") if finding.rule == "BUDGET_SUM"]
    assert [finding.text for finding in findings] == ([wrong] if wrong else [])
    assert all(finding.severity == "error" for finding in findings)


LETTER = ("한빛시", "수신  수신자 참조", "제목  회의 개최 알림", "1. 회의를 개최합니다.  끝.", "한빛시장")


def test_kinds_are_told_by_their_words() -> None:
    assert kind_of(document(*LETTER)) == "letter"
    assert kind_of(document("보도자료", "배포 일시: 2026. 3. 5.", "시는 축제를 연다고 밝혔다.")) == "press"
    assert kind_of(document("스마트 경로당 조성 사업계획서", "1. 사업 개요")) == "plan"
    assert kind_of(document("책잔치 기획안", "1. 배경")) == "proposal"
    assert kind_of(document("교육 결과 보고서", "1. 개요")) == "report"
    assert kind_of(document("일시 : 2026.1.6.")) is None
    assert kind_of(document("한빛시가 보도자료를 쓰는 도구를 만들었다고 밝혔다.")) is None


def test_profiles_go_with_kinds() -> None:
    news = document("한빛시는 지난 7일 오후 3시 회의를 열었다고 밝혔다.")
    assert profile_of(news, kind_of(news)) == "press"
    letter = document(*LETTER)
    assert profile_of(letter, kind_of(letter)) == "official"
    plan = document("도서관 조성 사업계획서")
    assert profile_of(plan, kind_of(plan)) == "report"


@pytest.mark.parametrize(
    ("left_out", "rule"), [(1, "LETTER_RECEIVER"), (2, "LETTER_TITLE"), (3, "LETTER_END"), (4, "LETTER_SENDER")]
)
def test_a_letter_has_its_parts(left_out: int, rule: str) -> None:
    assert check_form(document(*LETTER), "letter") == ()
    lines = [line for index, line in enumerate(LETTER) if index != left_out]
    findings = check_form(document(*lines), "letter")
    assert [(finding.rule, finding.severity) for finding in findings] == [(rule, "warning")]


PLAN = (
    "1. 사업 개요", "2. 추진 필요성", "3. 목표 및 성과 지표", "4. 추진 체계", "5. 세부 사업 내용", "6. 재원",
    "7. 추진 일정",
    "8. 기대 효과",
)  # fmt: skip


@pytest.mark.parametrize("left_out", range(len(PLAN)))
def test_a_plan_has_its_parts(left_out: int) -> None:
    assert check_form(document(*PLAN), "plan") == ()
    lines = [line for index, line in enumerate(PLAN) if index != left_out]
    findings = check_form(document(*lines), "plan")
    assert len(findings) == 1 and findings[0].rule.startswith("PLAN_")
    assert findings[0].message.endswith("주세요.") and findings[0].authority


@pytest.mark.parametrize(
    "task", [task for task in all_tasks() if task.id not in ("summary", "swot")], ids=lambda t: t.id
)
def test_our_own_drafts_have_every_part(task) -> None:  # type: ignore[no-untyped-def]
    sections = tuple(
        Section(plan.id, plan.title, f"기관 {plan.title} 배포 {CONTACT}", "rule") for plan in task.sections
    )
    letter = Letter("한빛시", ("받는 곳",), sender="한빛시장") if any(plan.part for plan in task.sections) else None
    assert check_draft_form(Draft(task.id, task.profile, task.title, sections, letter=letter)) == ()


def test_a_draft_shows_what_it_lacks_where_it_belongs() -> None:
    sections = (Section("head", "머리", "기관\t한빛시", "rule"), Section("contact", "문의", "문의: 홍보과", "form"))
    draft = Draft("press", "press", "제목", sections)
    assert {(f.rule, f.section) for f in check_draft_form(draft)} == {
        ("PRESS_RELEASE", "head"),
        ("PRESS_CONTACT", "contact"),
    }
    blank = (sections[0], Section("contact", "문의", f"문의: {MISSING}", "form"))
    assert [f.rule for f in check_draft_form(Draft("press", "press", "제목", blank))] == ["PRESS_RELEASE"]


def test_sections_of_a_reply() -> None:
    refusal = Section("review", "검토 의견", "가. 소방차 진입로여서 설치할 수 없습니다.", "model")
    assert [f.rule for f in check_section_form("reply", refusal)] == ["REPLY_REMEDY"]
    assert check_section_form("reply", refusal, rest="이의신청을 하실 수 있습니다.") == ()
    assert [f.rule for f in check_section_form("reply", Section("contact", "문의", "교통과", "form"))] == [
        "REPLY_CONTACT"
    ]
    assert check_section_form("report", refusal) == ()
