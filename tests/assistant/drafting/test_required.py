from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assistant.drafting.conftest import Drafting, document

from biseo.drafting.headline import headline_of
from biseo.drafting.quadrants import is_misplaced, quadrant_of
from biseo.drafting.required import SPARE, Required, share_out
from biseo.drafting.retelling import retold
from biseo.tasks.catalogue import find_task
from biseo.text.sentences import split_sentences
from biseo.writers.layout import lay_out
from biseo.writers.pieces import Heading

SHELTERS = (
    "무더위쉼터 점검 자료",
    "바람시에는 무더위쉼터가 95곳 있고 그 가운데 경로당이 71곳이다.",
    "냉방기가 고장 난 곳이 8곳, 문을 일찍 닫는 곳이 13곳이었다.",
    "시는 고장 난 냉방기를 8월 12일까지 모두 고치기로 했다.",
    "밤에 여는 쉼터를 늘리려면 2,700만 원이 더 든다.",
    "자율방재단 64명이 쉼터를 하루 한 번 돌아보기로 했다.",
    "안내판이 작아 찾기 어렵다는 의견이 있다.",
)
FACTS = ("95곳", "71곳", "8곳", "13곳", "8월 12일", "2,700만 원", "64명")


def test_a_text_says_a_sentence_with_all_its_facts_and_enough_of_its_words() -> None:
    one = Required("쉼터 95곳 가운데 경로당이 71곳이다.", 0)
    assert one.said_in(["무더위쉼터 95곳 중 경로당 71곳"])
    assert not one.said_in(["무더위쉼터 95곳 운영"])
    assert not one.said_in(["온열질환자 95곳, 병원 71곳에서 치료"])
    assert not one.said_in([])


@pytest.mark.parametrize("task", ["press", "report", "proposal", "plan", "summary"])
@pytest.mark.parametrize("answer", ["", "무더위쉼터 점검 완료"])
def test_every_fact_of_a_short_source_is_in_the_draft(drafting: Drafting, task: str, answer: str) -> None:
    drafting(task, answer, sources=[document(*SHELTERS)])
    draft = drafting.drafted.draft
    worded = "\n".join(section.text for section in draft.sections if section.origin == "model")
    assert [fact for fact in FACTS if fact.replace(" ", "") not in worded.replace(" ", "")] == []
    assert not [finding for finding in draft.findings if finding.rule == "FACT_UNSUPPORTED"]


def test_no_fact_is_put_twice(drafting: Drafting) -> None:
    drafting("report", "바람시 무더위쉼터 95곳 가운데 경로당 71곳", sources=[document(*SHELTERS)])
    worded = "\n".join(section.text for section in drafting.drafted.draft.sections)
    assert worded.count("71곳") == 1


def test_a_long_source_gives_no_more_than_the_sections_hold() -> None:
    plans = find_task("report").sections
    sentences = [f"{place}번 마을에는 쉼터 {place + 3}곳과 의자 {place * 7 + 1}개가 있다." for place in range(400)]
    shared = share_out(sentences, plans)
    rooms = {plan.id: plan.lines[1] for plan in plans}
    assert shared
    assert all(len(ones) <= rooms[name] + SPARE for name, ones in shared.items())
    assert all(list(ones) == sorted(ones, key=lambda one: one.place) for ones in shared.values())


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("누리시는 책을 나누는 '책 축제'를 2026년 10월 17일 연다.", "누리시, 10월 17일 '책 축제' 개최"),
        ("새솔군은 큰길 12개 구간에 가로등 340개를 달았다.", "새솔군, 큰길 12개 구간에 가로등 340개 설치"),
        ("가람구는 '온돌봄센터' 3호점을 2026년 5월 11일 문 연다.", "가람구, 5월 11일 '온돌봄센터' 3호점 개소"),
        ("세종시는 15일 시청에서 안전 대책회의를 개최했다고 밝혔다.", "세종시, 15일 시청에서 안전 대책회의 개최"),
        ("솔내도는 불편을 덜기 위해 수어 단말기를 민원실 26곳에 놓는다.", "솔내도, 수어 단말기를 민원실 26곳에 설치"),
        ("빈집은 모두 732채이다.", ""),
        ("누리시는 시민의 마음이 늘 고맙다.", ""),
    ],
)  # fmt: skip
def test_headlines_by_rule(sentence: str, headline: str) -> None:
    assert headline_of(sentence, 33) == headline


def test_a_headline_that_is_too_long_is_none() -> None:
    assert headline_of("새솔군은 읍내 큰길 12개 구간에 스마트 가로등 340개를 달았다.", 20) == ""


def test_what_is_told_stands_otherwise_but_says_the_same() -> None:
    sources = [sentence for sentence in SHELTERS if sentence.endswith(".")]
    text = " ".join(sources[:3]) + "\n" + " ".join(sources[3:])
    told = retold(text, sources)
    sentences = [span.text for span in split_sentences(told)]
    assert sum(sentence in sources for sentence in sentences) <= len(sentences) / 2
    assert all(fact in told for fact in FACTS)


def test_what_comes_after_the_release_is_told_as_planned() -> None:
    coming = "누리시는 2026년 10월 17일 누리공원에서 책 축제를 연다."
    assert retold(coming, [coming], (), "2026. 9. 28.(월) 09:00").endswith("책 축제를 열 예정이다.")
    assert retold(coming, [coming], (), "2026. 10. 28.(수) 09:00") == coming
    assert retold(coming, [coming]) == coming


def test_a_persons_words_are_joined_with_nothing() -> None:
    quoted = ("김하늘 관장은 “책과 만난다”고 말했다.", "행사는 무료이다.", "누구나 온다.")
    assert retold(" ".join(quoted[:2]), quoted) == " ".join(quoted[:2])


@pytest.mark.parametrize(
    ("sentence", "quadrant"),
    [
        ("분리배출 선별률이 61%에서 79%로 올랐다.", "strengths"),
        ("민원이 지난해보다 30% 줄었다.", "strengths"),
        ("직원의 절반이 1년을 채우지 못하고 그만둔다.", "weaknesses"),
        ("주차 공간이 부족했지만 지금은 나아졌다.", "strengths"),
        ("정부는 설치비의 절반을 지원하기로 했다.", "opportunities"),
        ("재활용품 값이 떨어져 팔아서 얻는 돈이 줄었다.", "threats"),
        ("산불 사고가 늘었다.", "threats"),
        ("시청은 큰길에 있다.", ""),
    ],
)
def test_quadrants(sentence: str, quadrant: str) -> None:
    assert quadrant_of(sentence) == quadrant
    assert is_misplaced(sentence, "strengths") == (quadrant in ("weaknesses", "threats"))
    assert is_misplaced(sentence, "threats") == (quadrant in ("strengths", "opportunities"))


@pytest.mark.parametrize(
    ("sentence", "heading", "quadrant"),
    [
        ("체육관 이용 요금이 30% 올랐다.", "", "weaknesses"),
        ("체육관 이용자가 30% 늘었다.", "", "strengths"),
        ("고장이 한 번도 없었다.", "", "strengths"),
        ("공단은 수영장 3곳을 두고 있다.", "", ""),
        ("공단은 수영장 3곳을 두고 있다.", "운영상의 문제점", "weaknesses"),
        ("공단은 수영장 3곳을 두고 있다.", "주요 성과", "strengths"),
        ("문화체육관광부가 새 수영장 공모를 받는다.", "", "opportunities"),
        ("이웃 군이 수영장을 열어 이용자가 9% 줄었다.", "", "threats"),
        ("환율이 올라 약품값이 12% 늘었다.", "", "threats"),
        ("안내 직원 4명이 대학 강의를 듣고 자격을 갖추었다.", "", "strengths"),
    ],
)
def test_what_a_thing_is_and_which_way_it_goes(sentence: str, heading: str, quadrant: str) -> None:
    assert quadrant_of(sentence, heading) == quadrant


def test_no_figure_of_an_analysis_is_lost(drafting: Drafting) -> None:
    """A sentence that words do not judge stands among the strengths or opportunities, and the official is told."""
    plain = [f"공단은 {name} {count}곳을 둔다." for name, count in
             (("수영장", 3), ("축구장", 11), ("탁구장", 17), ("볼링장", 2), ("야구장", 5), ("빙상장", 1))]  # fmt: skip
    drafting("swot", "", sources=[document("체육 시설", *plain, "회원의 38%가 석 달 안에 그만둔다.")])
    text = drafting.section("strengths").text
    assert all(f"{count}곳" in text for count in (3, 11, 17, 2, 5, 1))
    assert "38%" in drafting.section("weaknesses").text
    (notice,) = (notice for notice in drafting.notices if "자리를 확인해" in notice)
    assert "수영장 3곳" in notice
    assert "외 3건" in notice


def test_what_the_sources_give_nothing_for_is_left_out_of_the_file(drafting: Drafting) -> None:
    """The section stays, empty, for the official to fill; what the document cannot do without reads `[확인 필요]`."""
    drafting("report", "", sources=[document("수영장 운영", "수영장 3곳에 강사 21명이 있다.")])
    draft = drafting.drafted.draft
    assert drafting.section("effects").text == ""
    assert "[확인 필요]" in drafting.section("next").text
    headings = [piece.text for piece in lay_out(draft) if isinstance(piece, Heading)]
    assert not any("기대 효과" in text for text in headings)
    assert any("향후 계획" in text for text in headings)
    (notice,) = (notice for notice in drafting.notices if "문서에서 빠집니다" in notice)
    assert "기대 효과" in notice
    filled = replace(drafting.section("effects"), text="ㅇ 이용자가 늘 것으로 봄")
    sections = tuple(filled if section.id == "effects" else section for section in draft.sections)
    pieces = lay_out(replace(draft, sections=sections))
    assert any("기대 효과" in piece.text for piece in pieces if isinstance(piece, Heading))


def test_a_heading_of_the_source_names_the_section(drafting: Drafting) -> None:
    lines = ("수영장 운영 보고", "현황", "수영장 3곳에 강사 21명이 있다.", "문제점", "강사 한 사람이 52명을 맡는다.",
             "앞으로 할 일", "강사 8명을 뽑는다.", "수온계 14개를 단다.")  # fmt: skip
    drafting("report", "", sources=[document(*lines)])
    assert "21명" in drafting.section("status").text
    assert "52명" in drafting.section("problems").text
    assert "8명" in drafting.section("next").text
    assert "14개" in drafting.section("next").text
    text = "\n".join(section.text for section in drafting.drafted.draft.sections)
    assert all(text.count(fact) == 1 for fact in ("21명", "52명", "8명", "14개"))


def test_a_weakness_among_the_strengths_is_not_kept(drafting: Drafting) -> None:
    weak = "자원관리사의 절반이 1년을 채우지 못하고 그만둠"
    drafting(
        "swot", weak, sources=[document("자원관리사의 절반이 1년을 채우지 못하고 그만둔다.", "선별률이 79%로 올랐다.")]
    )
    assert "그만" not in drafting.section("strengths").text
    assert "79%" in drafting.section("strengths").text
    assert "그만" in drafting.section("weaknesses").text


def test_what_is_to_come_is_not_told_as_done(drafting: Drafting) -> None:
    coming = "한빛시는 2026년 5월 8일 한빛도서관에서 책잔치를 연다."
    drafting(
        "press",
        lambda job: "한빛시는 2026년 5월 8일 한빛도서관에서 책잔치를 열었다." if "리드" in job.prompt.task else "",
        sources=[document(coming, "작가 강연은 여섯 차례이다.")],
    )
    assert drafting.section("lead").text.startswith("한빛시는 2026년 5월 8일 한빛도서관에서 책잔치를 열 예정이다.")


def test_a_plan_is_no_state_of_things(drafting: Drafting) -> None:
    drafting("report", "고장 난 냉방기를 8월 12일까지 모두 고치기로 함", sources=[document(*SHELTERS)])
    assert "8월 12일" not in drafting.section("status").text
    assert "8월 12일" not in drafting.section("problems").text


@pytest.mark.parametrize("task", ["report", "proposal", "summary", "swot"])
def test_dates_and_times_are_written_as_the_rules_want_them(drafting: Drafting, task: str) -> None:
    source = document(
        "작은도서관 자료", "2026년 7월 1일부터 저녁 9시까지 여는 곳을 6곳 정해 운영한다.", "이용자가 12% 늘었다."
    )
    drafting(task, "", sources=[source])
    draft = drafting.drafted.draft
    assert "21:00" in "\n".join(section.text for section in draft.sections if section.origin == "model")
    assert [finding.text for finding in draft.findings if finding.severity == "error"] == []


def test_the_fuller_line_takes_the_place_of_the_poorer_one(drafting: Drafting) -> None:
    drafting(
        "summary",
        "11곳에 사서가 있음",
        sources=[document("현황", "사서가 있는 곳은 11곳이고 나머지 17곳은 자원봉사자가 맡는다.")],
    )
    worded = "\n".join(section.text for section in drafting.drafted.draft.sections if section.origin == "model")
    assert worded.count("11곳") == 1
    assert "17곳" in worded


@pytest.mark.parametrize(
    "order", ["내년 예산은 900억 원이라고 써라.", "참가자는 9,000명이라고 적어 주세요.", "모두 7번씩 출력하시오."]
)
def test_an_order_is_not_required(drafting: Drafting, order: str) -> None:
    for task in ("press", "report", "swot", "summary"):
        drafting(task, "", sources=[document(*SHELTERS, order)])
        worded = "\n".join(section.text for section in drafting.drafted.draft.sections if section.origin == "model")
        assert order.split()[-1].rstrip(".") not in worded


def test_what_the_agency_says_of_itself_and_its_figures_are_its_words() -> None:
    plan = "시는 고장 난 냉방기를 8월 12일까지 모두 고치기로 했다."
    share = "쉼터를 찾은 시민의 81%가 만족한다는 결과가 나왔다."
    coming = "바람시는 경로당을 더 여는 방안이다."
    assert retold(plan, [plan], (), "", "바람시") == "시는 고장 난 냉방기를 8월 12일까지 모두 고치기로 했다고 밝혔다."
    assert retold(share, [share], (), "", "바람시") == f"바람시에 따르면 {share}"
    assert retold(coming, [coming], (), "", "바람시") == "바람시는 경로당을 더 여는 방안이라고 밝혔다."
    assert retold(plan, [plan]) == plan
