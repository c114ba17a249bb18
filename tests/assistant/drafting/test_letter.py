"""Letters: head and foot, the sentence that says what it is about, particulars, attachments, the written file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from tests.assistant.drafting.conftest import FORMS, Drafting, Never, document

from biseo.checks.report import check_document
from biseo.document import MISSING, Draft, Letter
from biseo.drafting.assemble import assemble
from biseo.drafting.letter_body import topic_of
from biseo.drafting.pipeline import Case, rewrite_sections
from biseo.events import Notice, SectionFinished
from biseo.readers import read_document
from biseo.tasks.catalogue import find_task
from biseo.tasks.definition import FormValue
from biseo.writers import lay_out, write_document
from biseo.writers.pieces import Fixed, Item, Paragraph
from biseo_models.scripted import ScriptedEngine

LABELLED = document(
    "행사 개요",
    "□ 일 시 : 2026년 5월 8일(금) 오후 2시",
    "□ 장    소: 한빛도서관",
    "□ 담당: 이보람 주무관",
    "□ 참석 대상: 관계 기관 15명",
)
FORM: dict[str, FormValue] = {
    **FORMS["letter"],
    "drafter": "주무관 이보람",
    "approver": "도서관정책과장 김하늘",
    "address": "00000 한빛시 책마을로 1",
    "homepage": "www.example.go.kr",
    "phone": "031-111-2222",
    "disclosure": "부분공개",
    "clause": "제9조제1항제5호",
}


def printed(draft: Draft) -> list[str]:
    """The lines of the document as a person reads them, without the line that it is a draft."""
    return [piece.text for piece in lay_out(draft)[1:] if isinstance(piece, Fixed | Item | Paragraph)]


def letter(drafting: Drafting, **values: FormValue) -> list[str]:
    return printed(drafting("letter", "참가비는 무료입니다.", form={**FORM, **values}, sources=[LABELLED]))


def test_a_whole_letter(drafting: Drafting) -> None:
    assert letter(drafting) == [
        "한빛시",
        "수신  수신자 참조",
        "(경유)",
        "제목  한빛 책잔치 안전관리 협조 요청",
        "1. 관련: 도서관정책과-12(2026. 1. 6.)",
        "2. 한빛 책잔치 안전관리와 관련하여 다음 사항을 요청하오니 2026. 4. 20.(월)까지 협조하여 주시기 바랍니다.",
        "가. 일시: 2026. 5. 8.(금) 14:00",
        "나. 장소: 한빛도서관",
        "다. 참석 대상: 관계 기관 15명",
        "라. 구급차 1대 지원을 요청합니다.",
        "마. 5. 6.(수) 합동 점검에 담당자 2명이 참석하여 주시기 바랍니다.",
        "바. 참가비는 무료입니다.",
        "붙임  운영 계획 1부.  끝.",
        "한빛시장",
        "수신자  한빛소방서장, 한빛경찰서장",
        "",
        "기안자 주무관 이보람   검토자                    결재권자 도서관정책과장 김하늘",
        "협조자",
        "시행                                      접수",
        "우  00000 한빛시 책마을로 1 / www.example.go.kr",
        "전화번호  031-111-2222 / 부분공개(5호)",
    ]
    assert drafting.drafted.draft.findings == ()
    assert drafting.drafted.draft.summary.startswith("한빛 책잔치 안전관리와 관련하여")


def test_the_model_is_asked_only_for_notes_that_no_rule_words(drafting: Drafting) -> None:
    letter(drafting)
    (job,) = drafting.engine.history
    assert "참가비 무료" in job.prompt.task


@pytest.mark.parametrize(
    "answer",
    [
        "", "참가비 무료 안내", "참가비는 5,000원입니다.", "참가비를 무료로 하여 주시기 바랍니다.",
        "참가비는 무료이며 누구나 마음껏 즐길 수 있는 뜻깊은 잔치를 정성껏 준비하고 있습니다.",
    ],
)  # fmt: skip
def test_words_that_lose_or_add_something_are_not_taken(drafting: Drafting, answer: str) -> None:
    draft = drafting("letter", answer, form=FORM, sources=[LABELLED])
    assert "바. 참가비 무료입니다." in printed(draft)


def test_an_only_sentence_has_no_number_and_its_items_count_from_one(drafting: Drafting) -> None:
    lines = letter(drafting, reference="", attached=[])
    assert lines[4].startswith("한빛 책잔치 안전관리와 관련하여")
    assert lines[5] == "1. 일시: 2026. 5. 8.(금) 14:00"
    assert lines[10] == "6. 참가비는 무료입니다.  끝."


def test_several_references_and_attachments(drafting: Drafting) -> None:
    attached: list[dict[str, str]] = [
        {"name": "계획", "copies": "2"},
        {"name": "서식 3부"},
        {"name": "포스터", "copies": "5매"},
    ]
    lines = letter(drafting, reference="총무과-1(2026.1.6.), 총무과-2(2026. 1. 7.)", attached=attached)
    assert lines[4:7] == ["1. 관련", "가. 총무과-1(2026. 1. 6.)", "나. 총무과-2(2026. 1. 7.)"]
    assert [line for line in lines if line.endswith(("부.", "매.  끝."))] == [
        "붙임  1. 계획 2부.", "2. 서식 3부.", "3. 포스터 5매.  끝.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "subject", "due", "opening"),
    [
        ("알림", "봄 축제 개최 알림", "", "봄 축제 개최를 다음과 같이 알려 드립니다."),
        ("알림", "봄 축제 개최 알림", "2026. 4. 1.",
         "봄 축제 개최를 다음과 같이 알려 드리니 2026. 4. 1.(수)까지 확인하여 주시기 바랍니다."),
        ("자료 제출 요청", "쉼터 현황 자료 제출 요청", "2026. 4. 1.까지",
         "쉼터 현황과 관련하여 다음과 같이 자료를 요청하오니 2026. 4. 1.(수)까지 제출하여 주시기 바랍니다."),
        ("참석 요청", "제2차 위원회 개최 알림", "", "제2차 위원회를 다음과 같이 개최하니 참석하여 주시기 바랍니다."),
        ("참석 요청", "제2차 위원회 개최 알림", "4. 1.(수)",
         "제2차 위원회를 다음과 같이 개최하니 참석하여 주시고, 참석 여부를 4. 1.(수)까지 알려 주시기 바랍니다."),
        ("협조 요청", "도서관 야간 개방 확대에 따른 협조 요청", "",
         "도서관 야간 개방 확대와 관련하여 다음 사항을 요청하오니 협조하여 주시기 바랍니다."),
        ("회신", "조례안 의견 조회에 대한 회신", "", "조례안 의견 조회에 대하여 다음과 같이 회신합니다."),
        ("내부결재", "봄 축제 운영 계획(안)", "", "봄 축제 운영 계획(안)과 관련하여 다음과 같이 추진하고자 합니다."),
    ],
)  # fmt: skip
def test_the_opening_of_each_kind(drafting: Drafting, kind: str, subject: str, due: str, opening: str) -> None:
    lines = letter(drafting, kind=kind, subject=subject, due=due, reference="")
    assert lines[4] == opening


def test_a_day_gets_the_year_that_the_sources_name_it_in(drafting: Drafting) -> None:
    once = "편성표를 2026. 8. 14.(금)까지 제출"
    asked = {**FORM, "kind": "협조 요청", "subject": "야간 개방 협조 요청", "due": "8월 14일까지", "reference": ""}

    def opening(*lines: str) -> str:
        return printed(drafting("letter", "", form=asked, sources=[document(*lines)]))[4]

    assert "요청하오니 2026. 8. 14.(금)까지 협조하여" in opening(once)
    assert "요청하오니 8. 14.까지 협조하여" in opening(once, "2025. 8. 14.(목) 회의")
    assert "요청하오니 8. 14.까지 협조하여" in opening("편성표 제출")


def test_every_choice_has_an_opening() -> None:
    task = find_task("letter")
    plan = next(plan for plan in task.sections if plan.shape == "opening")
    choices = next(field.choices for field in task.fields if field.id == "kind")
    assert [choice for choice, _ in plan.templates] == list(choices)


def test_inside_an_office_nobody_sends_it(drafting: Drafting) -> None:
    lines = letter(drafting, kind="내부결재", receivers="", subject="책잔치 운영 계획")
    assert lines[1] == "수신  내부결재"
    assert not {"한빛시장", MISSING} & set(lines)
    assert "라. 구급차 1대 지원 요청" in lines  # notes stay notes
    assert drafting.drafted.draft.findings == ()


def test_what_must_not_be_missing_is_marked(drafting: Drafting) -> None:
    draft = drafting("letter", "", form={}, sources=[LABELLED])
    lines = printed(draft)
    assert lines[:4] == [MISSING, f"수신  {MISSING}", "(경유)", f"제목  {MISSING}"]
    assert MISSING in lines[lines.index("협조자") - 3 :]  # 발신 명의
    assert {finding.rule for finding in draft.findings} == {"FACT_MISSING"}
    assert draft.title == MISSING


def test_notes_alone_are_enough(drafting: Drafting) -> None:
    gist = "회의 장소: 소회의실\n자료는 우리 시에서 마련"
    draft = drafting("letter", "", form={**FORM, "gist": gist}, sources=[LABELLED])
    assert drafting.engine.history == []
    assert "가. 회의 장소: 소회의실" in printed(draft)
    assert "마. 자료는 우리 시에서 마련합니다." in printed(draft)


def test_sources_without_names_of_facts_are_asked_of_the_model(drafting: Drafting) -> None:
    source = document("한빛시는 안전요원 24명을 배치하고 임시 주차장 120면을 마련한다.", "작가 강연 6회를 운영한다.")
    draft = drafting("letter", "안전요원 24명 배치\nㅇ 작가 강연 6회 운영", form={**FORM, "gist": ""}, sources=[source])
    assert {"가. 안전요원 24명 배치", "나. 작가 강연 6회 운영"} <= set(printed(draft))


def test_several_values_of_one_name_are_told(drafting: Drafting) -> None:
    times = ("□ 일시: 2026. 5. 8.(금) 14:00", "□ 일 시: 2026년 5월 8일(금) 오후 2시")  # the same
    source = document(*times, "□ 장소: 한빛도서관", "□ 장소: 한빛 공원")
    drafting("letter", "", form=FORM, sources=[source])
    assert drafting.notices == ["자료에 다른 값이 또 있어 처음 것을 썼으니 확인해 주세요: 장소"]
    assert "나. 장소: 한빛도서관" in printed(drafting.drafted.draft)
    gist = "장소: 한빛 공원\n구급차 1대 지원 요청"
    assert "가. 장소: 한빛 공원" in printed(drafting("letter", "", form={**FORM, "gist": gist}, sources=[source]))
    assert drafting.notices == []


@pytest.mark.parametrize(
    "written",
    [
        "총무과-12(2026. 1. 6.)", "총무과-12호(2026.1.6)", "총무과-12, 2026-01-06", "총무과-12 (2026년 1월 6일)호",
        "총무과-12호 2026. 1. 6.",
    ],
)  # fmt: skip
def test_a_reference_is_typed_by_rule(drafting: Drafting, written: str) -> None:
    assert letter(drafting, reference=written)[4] == "1. 관련: 총무과-12(2026. 1. 6.)"


def test_what_either_may_do_stays_a_note(drafting: Drafting) -> None:
    gist = "구급차 1대 지원\n명단 제출\n주차 요원은 우리 시에서 배치"
    asked = letter(drafting, gist=gist)
    assert [line[3:] for line in asked[9:12]] == [
        "구급차 1대 지원", "명단을 제출하여 주시기 바랍니다.", "주차 요원은 우리 시에서 배치합니다.",
    ]  # fmt: skip
    told = letter(drafting, kind="알림", due="", gist=gist)
    assert [line[3:] for line in told[9:12]] == ["구급차 1대 지원", "명단 제출", "주차 요원은 우리 시에서 배치"]
    answered = letter(drafting, kind="회신", gist=gist)
    assert [line[3:] for line in answered[9:12]] == [
        "구급차 1대를 지원합니다.", "명단을 제출합니다.", "주차 요원은 우리 시에서 배치합니다.",
    ]  # fmt: skip


def test_commas_within_brackets_part_no_receivers(drafting: Drafting) -> None:
    lines = letter(drafting, receivers="가람군수(총무과장, 예산팀장), 누리군수")
    assert "수신자  가람군수(총무과장, 예산팀장), 누리군수" in lines
    assert "수신  가람군수(총무과장, 예산팀장)" in letter(drafting, receivers="가람군수(총무과장, 예산팀장)")


def test_an_emptied_receiver_does_not_take_the_sender_with_it(drafting: Drafting) -> None:
    assert "한빛시장" in printed(changed(drafting, "head_receivers", "수신\n(경유)"))


@pytest.mark.parametrize(
    ("kind", "clause", "printed_as"),
    [
        ("", "", ""), ("표시 안 함", "5", ""), ("공개", "", "공개"), ("비공개", "5, 6호", "비공개(5,6호)"),
        ("부분공개", "제6호", "부분공개(6호)"), ("비공개", "", f"비공개({MISSING})"),
    ],
)  # fmt: skip
def test_disclosure(drafting: Drafting, kind: str, clause: str, printed_as: str) -> None:
    last = letter(drafting, disclosure=kind, clause=clause)[-1]
    assert last == " / ".join(filter(None, ["전화번호  031-111-2222", printed_as]))


def test_nothing_to_say_is_marked(drafting: Drafting) -> None:
    empty = document("")
    draft = drafting("letter", "", form={**FORM, "gist": ""}, sources=[empty])
    details = next(section for section in draft.sections if section.id == "details")
    assert details.text == f"가. {MISSING}"


@pytest.mark.parametrize(
    ("subject", "sentence", "topic"),
    [
        ("쉼터 실태 자료 제출 요청", "{topic}와 관련하여 자료를 요청하오니 제출하여 주시기 바랍니다.", "쉼터 실태"),
        ("요청", "{topic}을 알려 드립니다.", "요청"),
        ("", "{topic}을 알려 드립니다.", MISSING),
    ],
)  # fmt: skip
def test_topic_of_a_subject(subject: str, sentence: str, topic: str) -> None:
    assert topic_of(subject, sentence) == topic


# what the official changes on the page


def changed(drafting: Drafting, name: str, text: str) -> Draft:
    """The draft put together again after a section was changed on the page."""
    letter(drafting)
    finished = [event.section for event in drafting.events if isinstance(event, SectionFinished)]
    sections = [replace(section, text=text) if section.id == name else section for section in finished]
    return assemble(drafting.request, sections)


def test_the_page_is_what_is_printed(drafting: Drafting) -> None:
    foot = "수신자  한빛소방서장, 한빛경찰서장, 한빛보건소장\n기안자 이보람\n시행  도서관정책과-9 (2026. 4. 1.)"
    lines = printed(changed(drafting, "foot", foot))
    assert lines[-5:] == [
        "한빛시장",
        "수신자  한빛소방서장, 한빛경찰서장, 한빛보건소장",
        "",
        "기안자 이보람",
        "시행  도서관정책과-9 (2026. 4. 1.)",
    ]
    draft = changed(drafting, "head_receivers", "수신  한빛소방서장\n(경유)  한빛시장\n참조  예방과장")
    assert printed(draft)[1:4] == ["수신  한빛소방서장", "(경유)  한빛시장", "참조  예방과장"]
    draft = changed(drafting, "head_subject", "제목  책잔치 안전관리 협조")
    assert (draft.title, printed(draft)[3]) == ("책잔치 안전관리 협조", "제목  책잔치 안전관리 협조")
    assert printed(changed(drafting, "foot_sender", "한빛도서관장"))[13] == "한빛도서관장"


def test_parts_taken_off_the_page(drafting: Drafting) -> None:
    letter(drafting)
    finished = [event.section for event in drafting.events if isinstance(event, SectionFinished)]
    bare = assemble(drafting.request, [section for section in finished if section.id in ("opening", "details")])
    assert bare.letter == Letter(receivers=(MISSING,), head=(f"수신  {MISSING}",))
    assert bare.title == MISSING


@pytest.mark.parametrize("suffix", [".docx", ".hwpx"])
@pytest.mark.parametrize("kind", ["협조 요청", "내부결재"])
def test_the_written_file_stands_every_check(drafting: Drafting, tmp_path: Path, suffix: str, kind: str) -> None:
    draft = drafting("letter", "참가비는 무료입니다.", form={**FORM, "kind": kind}, sources=[LABELLED])
    path = write_document(draft, tmp_path / f"공문{suffix}")
    read = read_document(path, Event())
    lines = [" ".join(block.text.split()) for block in read.blocks if block.kind != "note"]
    assert lines[1:] == [" ".join(line.split()) for line in printed(draft) if line.strip()]
    report = check_document(read, None, (), kind=None)
    assert report.kind == "letter"
    assert not [finding for finding in report.findings if finding.severity != "suggestion"]


def test_a_section_that_comes_out_the_same_says_so(drafting: Drafting) -> None:
    draft = drafting("letter", "참가비는 무료입니다.", form=FORM, sources=[LABELLED])
    events = list(rewrite_sections(drafting.engine, drafting.request, draft, ["details"], Never()))
    (told,) = [event.message for event in events if isinstance(event, Notice)]
    assert told.startswith("'세부 내용' 부분을 다시 썼지만 앞의 글과 똑같습니다.")
    assert isinstance(events[-1], SectionFinished)
    other = ScriptedEngine(lambda job: "참가비는 받지 않는 무료입니다.")
    assert not [event for event in rewrite_sections(other, drafting.request, draft, ["details"], Never())
                if isinstance(event, Notice)]  # fmt: skip
    events = list(rewrite_sections(drafting.engine, drafting.request, draft, ["opening"], Never()))
    assert "직접 고쳐 주세요" in next(event.message for event in events if isinstance(event, Notice))


def test_head_and_foot_are_reviewed_like_other_sections(drafting: Drafting) -> None:
    letter(drafting)
    case = Case(drafting.request)
    foot = next(event.section for event in drafting.events
                if isinstance(event, SectionFinished) and event.section.id == "foot")  # fmt: skip
    assert case.review(foot).findings == ()
    wrong = case.review(replace(foot, text=foot.text.replace("031-111-2222", "031-999-9999")))
    assert [finding.rule for finding in wrong.findings] == ["FACT_UNSUPPORTED"]
