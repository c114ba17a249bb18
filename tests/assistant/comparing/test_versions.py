"""Two versions of one document: nothing lost, nothing made up, what moved found."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.comparing.comparison import Compared, Comparison, compare_documents
from biseo.comparing.old_and_new import figure_rows, old_and_new
from biseo.comparing.rising import equal_in_order, longest_rising
from biseo.comparing.units import take_apart
from biseo.comparing.versions import VersionDifference, compare_versions
from biseo.document import Block, Document, table_block
from biseo.errors import Cancelled, UsageError
from biseo.readers import read_document
from biseo.writers import write_document

OLD = (
    "한빛시 주민참여예산제 운영 조례",
    "제1조(목적) 이 조례는 주민참여예산의 운영에 필요한 사항을 정함을 목적으로 한다.",
    "제2조(정의) ① “주민”이란 한빛시에 주소를 둔 사람을 말한다. ② 그 밖의 용어는 지방재정법에 따른다.",
    "제3조(위원회) ① 시장은 위원 15명 이내로 위원회를 둔다.",
    "② 위원의 임기는 2년으로 한다.",
    "③ 위원장은 위원 중에서 호선한다.",
    "제4조(수당) 위원에게는 예산의 범위에서 하루 70,000원의 수당을 줄 수 있다.",
    "제5조(시행규칙) 이 조례의 시행에 필요한 사항은 규칙으로 정한다.",
    "부칙",
    "이 조례는 공포한 날부터 시행한다.",
)
NEW = (
    OLD[0],
    OLD[1],
    OLD[2],
    "제3조(책무) 시장은 예산 편성에 주민의 참여를 넓혀야 한다.",
    "제4조(위원회) ① 시장은 위원 20명 이내로 위원회를 둔다.",
    "② 위원장은 위원 중에서 호선한다.",
    "③ 위원의 임기는 3년으로 한다.",
    "제5조(수당) 위원에게는 예산의 범위에서 하루 100,000원의 수당을 줄 수 있다.",
    "부칙",
    "이 조례는 2027. 1. 1.부터 시행한다.",
)


def document(lines: tuple[str, ...] | list[str], name: str = "가.hwpx") -> Document:
    return Document(name, "txt", "", None, tuple(Block("paragraph", line) for line in lines))


def difference(old: Document, new: Document) -> VersionDifference:
    return compare_versions(take_apart(old, "현행"), take_apart(new, "개정"))


def compared(*documents: Document, **options: object) -> Comparison:
    found = [event for event in compare_documents(documents, **options) if isinstance(event, Compared)]  # type: ignore[arg-type]
    return found[0].comparison


def told(found: VersionDifference) -> set[tuple[str, bool, str, str]]:
    return {
        (pair.kind, pair.moved, pair.old.text if pair.old else "", pair.new.text if pair.new else "")
        for pair in found.changes
    }


def test_every_kind_of_change_is_told() -> None:
    found = told(difference(document(OLD), document(NEW)))
    assert ("added", False, "", "제3조(책무)") in found
    assert ("renumbered", False, "제3조(위원회)", "제4조(위원회)") in found
    assert ("changed", False, OLD[3][9:], NEW[4][9:]) in found
    assert ("renumbered", False, "③ 위원장은 위원 중에서 호선한다.", "② 위원장은 위원 중에서 호선한다.") in found
    assert ("changed", True, OLD[4], NEW[6]) in found
    assert ("removed", False, "이 조례의 시행에 필요한 사항은 규칙으로 정한다.", "") in found
    assert len(found) == 11


def test_changed_figures_come_with_their_difference() -> None:
    rows = figure_rows(difference(document(OLD), document(NEW)))
    assert [row[2:] for row in rows] == [
        ("15명", "20명", "+5명(+33.3%)"), ("2년", "3년", "+1년(+50%)"), ("70,000원", "100,000원", "+30,000원(+42.9%)"),
    ]  # fmt: skip
    assert rows[0][0] == "제3조(위원회) → 제4조(위원회) ①"


def test_a_moved_article_is_one_moved_part_and_no_change_of_words() -> None:
    lines = [f"제{n}조(사항{n}) {n}번째로 정하는 것은 서로 다른 내용 {n * 37}건이다." for n in range(1, 9)]
    moved = [lines[0], lines[5], *lines[1:5], *lines[6:]]
    moved = [f"제{n}조{line[line.index('(') :]}" for n, line in enumerate(moved, 1)]
    parts = [part for part in difference(document(lines), document(moved)).parts if part.moved]
    assert [part.name for part in parts] == ["제6조(사항6) → 제2조(사항6)"]
    kinds = {pair.kind for pair in difference(document(lines), document(moved)).changes}
    assert kinds == {"renumbered"}


def test_a_sentence_that_goes_to_another_article_is_moved() -> None:
    old = [
        "제1조(가) 시장은 해마다 계획을 세운다. 계획은 누리집에 올려 누구나 보게 한다.",
        "제2조(나) 예산은 따로 정한다.",
    ]
    new = [
        "제1조(가) 시장은 해마다 계획을 세운다.",
        "제2조(나) 예산은 따로 정한다. 계획은 누리집에 올려 누구나 보게 한다.",
    ]
    sentence = "계획은 누리집에 올려 누구나 보게 한다."
    assert told(difference(document(old), document(new))) == {("moved", True, sentence, sentence)}


def test_tables_are_compared_by_cell() -> None:
    old = Document("가", "hwpx", "", 1, (table_block([["구분", "예산", "인원"], ["강연", "600만원", "120명"]], 1),))
    new = Document(
        "나", "hwpx", "", 1,
        (table_block([["구분", "예산", "인원", "비고"], ["강연", "800만원", "120명", "신규"]], 1),),
    )  # fmt: skip
    changed = [pair for pair in difference(old, new).pairs if pair.new and pair.new.cells[0] == "강연"]
    cells = [(cell.row, cell.column, cell.old, cell.new) for cell in changed[0].cells]
    assert cells == [("강연", "예산", "600만원", "800만원"), ("강연", "비고", None, "신규")]
    assert [change.difference for change in changed[0].figures] == ["+2,000,000원(+33.3%)"]


def test_blanks_alone_are_spacing() -> None:
    found = told(difference(document(["시장은 계획을 수립 한다."]), document(["시장은 계획을 수립한다."])))
    assert found == {("spacing", False, "시장은 계획을 수립 한다.", "시장은 계획을 수립한다.")}


def test_the_program_tells_versions_from_different_documents() -> None:
    other = document(
        ["가람시 축제 안전관리 계획", "안전요원을 둔다.", "비상 대피로를 확보하고 구급차를 배치한다."], "나.hwpx"
    )
    assert compared(document(OLD), document(NEW)).view == "versions"
    assert compared(document(OLD), other).view == "contents"
    chosen = compared(document(OLD), document(NEW), view="contents")
    assert (chosen.view, chosen.likely) == ("contents", "versions")


def test_versions_are_two_and_documents_two_or_more() -> None:
    with pytest.raises(UsageError, match="두 개보다"):
        list(compare_documents([document(OLD)]))
    with pytest.raises(UsageError, match="두 개로만"):
        list(compare_documents([document(OLD)] * 3, "versions"))


def test_a_cancel_is_heard() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        list(compare_documents([document(OLD), document(NEW)], None, cancel))


# the table for the council


def test_old_and_new_table_leaves_out_what_stays() -> None:
    draft = old_and_new(compared(document(OLD, "현행.hwpx"), document(NEW, "개정.hwpx")))
    section = draft.sections[0]
    assert draft.title == "한빛시 주민참여예산제 운영 조례 신·구조문대비표"
    assert section.rows[1] == ("<신  설>", "제3조(책무) 시장은 예산 편성에 주민의 참여를 넓혀야 한다.")
    assert section.rows[2] == (
        "제3조(위원회) ① 시장은 위원 15명 이내로 위원회를 둔다.",
        "제4조(위원회) ① ------ 20명 -----------.",
    )
    assert section.rows[3] == ("③ (생  략)", "② (현행 제3항과 같음)")
    assert section.rows[6][1] == "<삭  제>"
    assert not any("제1조" in cell for row in section.rows for cell in row)
    marked = {section.rows[row][column][start:end] for row, column, start, end in section.underlined}
    assert {"15명", "20명", "제3조", "제4조", "70,000원의", "100,000원의"} <= marked
    assert draft.by_rule


@pytest.mark.parametrize("suffix", [".docx", ".hwpx", ".txt", ".md"])
def test_the_table_is_written_and_read_back(tmp_path: Path, suffix: str) -> None:
    draft = old_and_new(compared(document(OLD, "현행.hwpx"), document(NEW, "개정.hwpx")))
    path = write_document(draft, tmp_path / f"대비표{suffix}")
    text = read_document(path).text
    assert "하루 70,000원의 수당" in text.replace("_", "").replace("<u>", "").replace("</u>", "")
    assert "인공지능" not in text


def test_underlines_are_in_the_files(tmp_path: Path) -> None:
    import zipfile

    draft = old_and_new(compared(document(OLD, "현행.hwpx"), document(NEW, "개정.hwpx")))
    word = zipfile.ZipFile(write_document(draft, tmp_path / "가.docx")).read("word/document.xml").decode()
    assert '<w:u w:val="single"/>' in word
    with zipfile.ZipFile(write_document(draft, tmp_path / "가.hwpx")) as package:
        head = next(package.read(name).decode() for name in package.namelist() if name.endswith("header.xml"))
    assert 'type="BOTTOM"' in head
    assert "<u>100,000원의</u>" in write_document(draft, tmp_path / "가.md").read_text(encoding="utf-8")


# what must hold for any two documents

WORDS = st.sampled_from(
    [
        "시장은",
        "위원회는",
        "예산을",
        "계획을",
        "해마다",
        "15명",
        "3월 5일",
        "정한다.",
        "둔다.",
        "①",
        "②",
        "1.",
        "제2조(정의)",
        "해당 없음",
    ]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=14)


def lines_with_articles(lines: list[str]) -> list[str]:
    return [f"제{n}조(사항) {line}" if n % 3 == 0 else line for n, line in enumerate(lines)]


@settings(max_examples=100, deadline=None)
@given(LINES, LINES)
def test_nothing_is_lost_and_the_difference_makes_the_one_of_the_other(one: list[str], other: list[str]) -> None:
    old, new = document(lines_with_articles(one)), document(lines_with_articles(other))
    found = difference(old, new)
    mine, theirs = take_apart(old, "현행").units, take_apart(new, "개정").units
    assert sorted(pair.old.number for pair in found.pairs if pair.old) == [unit.number for unit in mine]
    # read in order, the new sides are the new version
    assert [pair.new.text for pair in found.pairs if pair.new] == [unit.text for unit in theirs]
    for pair in found.pairs:
        if pair.kind == "changed":
            assert pair.old is not None and pair.new is not None
            assert "".join(run.text for run in pair.runs if run.kind != "new") == pair.old.text
            assert "".join(run.text for run in pair.runs if run.kind != "gone") == pair.new.text
        elif pair.old is not None and pair.new is not None:
            assert pair.old.key == pair.new.key


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_units_hold_every_letter_in_place(lines: list[str]) -> None:
    made = document(lines_with_articles(lines))
    units = take_apart(made, "가").units
    assert all(made.text[unit.start : unit.start + len(unit.text)] == unit.text for unit in units)
    assert "".join("".join(unit.text for unit in units).split()) == "".join(made.text.split())


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_a_document_does_not_differ_from_itself(lines: list[str]) -> None:
    made = document(lines_with_articles(lines))
    assert not difference(made, made).changes


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_equal_keys_rise_in_both(one: list[int], other: list[int]) -> None:
    pairs = equal_in_order(one, other)
    assert all(one[i] == other[j] for i, j in pairs)
    assert pairs == longest_rising(pairs) and len(set(pairs)) == len(pairs)


def test_long_documents_take_seconds() -> None:
    lines = [
        f"제{n}조(사항 {n * 7919 % 1000}) 시장은 {n * 104729 % 9973}번 시설을 {n % 12 + 1}월에 보고 {n}건을 고친다."
        for n in range(1, 3001)
    ]
    new = [line.replace("고친다", "바꾼다") if n % 50 == 0 else line for n, line in enumerate(lines)]
    new.insert(10, new.pop(2000))
    start = time.process_time()
    found = difference(document(lines), document(new))
    assert time.process_time() - start < 20
    assert found.counts["changed"] == 60
    assert found.counts["same"] + found.counts["renumbered"] == 6000 - 60


def test_alike_lines_by_the_thousand_do_not_grow_with_the_square() -> None:
    old = document([f"시장은 위원회를 {n}회 연다." for n in range(2500)])
    new = document([f"시장은 위원회를 {n + 5000}회 연다." for n in range(2500)])
    start = time.process_time()
    difference(old, new)
    assert time.process_time() - start < 15


def test_changes_made_by_rule_are_told_and_nothing_else() -> None:
    from tests.bench.comparing import changed_rules, told

    right = missed = wrong = 0
    for seed in range(25):
        old, new, done = changed_rules(seed)
        found = told(old, new)
        right, missed, wrong = right + len(found & done), missed + len(done - found), wrong + len(found - done)
    assert right > 150
    assert right / (right + missed) >= 0.95 and right / (right + wrong) >= 0.95
