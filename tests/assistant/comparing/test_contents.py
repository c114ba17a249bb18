"""Different documents: what is common, what differs, figures side by side; and one report made of them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assistant.comparing.test_versions import compared, document

from biseo.comparing.comparison import Comparison
from biseo.comparing.merging import merge
from biseo.comparing.places import short_names
from biseo.comparing.side_by_side import side_by_side
from biseo.document import MISSING, Block, Document, table_block
from biseo.readers import read_document
from biseo.writers import write_document

ONE = (
    "2026 한빛시 책잔치 운영계획", "1. 개요", "ㅇ 일시: 2026. 5. 8.(금) ~ 5. 10.(일)", "ㅇ 장소: 한빛도서관",
    "ㅇ 사업비: 35,000천원", "2. 주요 내용", "□ 한빛시는 한빛도서관에서 책잔치를 연다.",
    "□ 지난해에는 시민 4,200명이 책잔치를 찾았다.", "□ 안전요원 24명을 배치하고 임시 주차장 120면을 마련한다.",
    "□ 쓰레기는 되가져가도록 안내한다.",
)  # fmt: skip
OTHER = (
    "2026 가람시 책잔치 운영계획", "1. 개요", "ㅇ 일 시 : 2026. 9. 4.(금) ~ 9. 6.(일)", "ㅇ 장소: 가람광장",
    "2. 주요내용", "□ 사업비는 4,200만 원이다.", "□ 지난해에는 시민 5,100명이 책잔치를 찾았다.",
    "□ 안전요원 24명을 배치하고 임시 주차장 120면을 마련한다.", "□ 쓰레기를 되가져가도록 안내하지 않는다.",
    "□ 우천 시 실내로 옮긴다.",
)  # fmt: skip


def plan(lines: tuple[str, ...], name: str, rows: list[list[str]]) -> Document:
    blocks = tuple(Block("paragraph", line, page=1) for line in lines)
    return Document(name, "hwpx", "", 2, (*blocks, table_block(rows, 2)))


def both() -> Comparison:
    one = plan(
        ONE, "폴더/한빛.hwpx", [["구분", "예산(천원)", "인원"], ["강연", "6,000", "120명"], ["장터", "2,000", "30명"]]
    )
    other = plan(OTHER, "폴더/가람.hwpx", [["구분", "예산(백만원)", "인원"], ["강연", "8", "120명"]])
    return compared(one, other, view="contents")


def test_matters_stand_side_by_side_with_page_and_difference() -> None:
    matters = {matter.label: matter for matter in both().matters}
    budget = matters["예산"]
    assert [[said.text for said in each] for each in budget.said] == [["35,000천원"], ["4,200만 원"]]
    assert (budget.state, budget.differences) == ("differs", ("", "+7,000,000원(+20%)"))
    assert matters["강연 – 예산"].differences[1] == "+2,000,000원(+33.3%)"
    assert matters["강연 – 인원"].state == "same"
    assert matters["장터 – 인원"].state == "one"
    assert matters["일시"].state == matters["장소"].state == "differs"
    assert matters["예산"].said[1][0].unit.page == 1


def test_statements_are_common_in_conflict_or_of_one() -> None:
    kinds = {
        (statement.agreement, statement.places[0].unit.body): statement.documents for statement in both().statements
    }
    assert kinds["common", "안전요원 24명을 배치하고 임시 주차장 120면을 마련한다."] == (0, 1)
    assert kinds["conflict", "지난해에는 시민 4,200명이 책잔치를 찾았다."] == (0, 1)
    assert kinds["conflict", "장소: 한빛도서관"] == (0, 1)
    assert kinds["conflict", "쓰레기는 되가져가도록 안내한다."] == (0, 1)
    assert kinds["one", "우천 시 실내로 옮긴다."] == (1,)
    assert kinds["one", "2026 한빛시 책잔치 운영계획"] == (0,)  # of another city


def test_the_measure_above_a_table_holds_for_its_bare_numbers() -> None:
    one = Document(
        "가", "hwpx", "", 1, (Block("paragraph", "(단위: 백만원)"), table_block([["과목", "금액"], ["인건비", "12"]]))
    )
    other = Document("나", "hwpx", "", 1, (table_block([["과목", "금액"], ["인건비", "9,000,000원"]]),))
    matter = compared(one, other, view="contents").matters[0]
    assert (matter.label, matter.differences) == ("인건비 – 금액", ("", "-3,000,000원(-25%)"))


def test_documents_side_by_side_are_a_document(tmp_path: Path) -> None:
    draft = side_by_side(both())
    rows = {row[0]: row for section in draft.sections if section.id == "matters" for row in section.rows}
    assert rows["항목"] == ("항목", "한빛", "가람", "비교")
    assert rows["예산"] == ("예산", "35,000천원 (1쪽)", "4,200만 원 (1쪽)", "다름: +7,000,000원(+20%)")
    assert MISSING in next(section.title for section in draft.sections if section.id == "conflict")
    assert "우천 시 실내로 옮긴다." in read_document(write_document(draft, tmp_path / "비교.hwpx")).text


def test_one_report_says_each_thing_once_with_its_places() -> None:
    draft = merge(both())
    sections = {section.title: section for section in draft.sections if section.heading}
    assert list(sections) == ["모은 문서", f"자료마다 다른 항목 {MISSING}", "문서 머리", "개요", "주요 내용"]
    rows = {row[0]: row[1:] for row in sections[f"자료마다 다른 항목 {MISSING}"].rows}
    assert rows["예산"] == ("35,000천원 (1쪽)", "4,200만 원 (1쪽)", "다름: +7,000,000원(+20%)")
    text = sections["주요 내용"].text
    assert text.count("임시 주차장 120면") == 1
    assert "안전요원 24명을 배치하고 임시 주차장 120면을 마련한다. [한빛 1쪽; 가람 1쪽]" in text
    assert f"{MISSING} 자료마다 다르게 적혀 있습니다.\n- 지난해에는 시민 4,200명이 책잔치를 찾았다. [한빛 1쪽]" in text
    assert "우천 시 실내로 옮긴다. [가람 1쪽]" in text
    assert sum(bool(section.rows) for section in draft.sections) == 3
    assert {(each.source, each.page) for each in sections["개요"].evidence} == {("한빛.hwpx", 1), ("가람.hwpx", 1)}


def test_three_documents_are_merged() -> None:
    comparison = compared(document(ONE, "가.txt"), document(OTHER, "나.txt"), document(ONE, "다.txt"))
    assert comparison.kept is None
    text = "\n".join(section.text for section in merge(comparison).sections)
    assert "쓰레기는 되가져가도록 안내한다. [가; 다]" in text


def test_names_are_short_and_apart() -> None:
    texts = compared(document(ONE, "가/계획.hwpx"), document(OTHER, "나/계획.hwpx")).texts
    assert short_names(texts) == ("가/계획", "나/계획")
    long = compared(document(ONE, f"{'가' * 40}1.hwpx"), document(OTHER, f"{'가' * 40}2.hwpx")).texts
    assert len(set(short_names(long))) == 2 and max(map(len, short_names(long))) <= 24


SENTENCES = st.lists(
    st.sampled_from([*ONE, *OTHER, "ㅇ 대상: 시민", "ㅇ 인원: 30명", "ㅇ 인원: 40명", "□ 시민 300명이 모인다."]),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(SENTENCES, SENTENCES)
def test_no_sentence_is_lost_in_a_report(one: list[str], other: list[str]) -> None:
    comparison = compared(document(one, "가.txt"), document(other, "나.txt"), view="contents")
    units = sum(unit.kind in ("sentence", "row") for text in comparison.texts for unit in text.units)
    assert sum(len(statement.places) for statement in comparison.statements) == units
    text = "".join("\n".join(section.text for section in merge(comparison).sections).split())
    for statement in comparison.statements:
        said = {place.unit.key for place in statement.places}
        shown = said if statement.agreement == "conflict" else {statement.places[0].unit.key}
        assert all(words in text for words in shown)
