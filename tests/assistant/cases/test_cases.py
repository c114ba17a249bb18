"""City cases: what belongs into the table, and what must never stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from biseo.cases.case import CaseTable, Cell
from biseo.cases.cities import Gazetteer
from biseo.cases.finding import read_cases
from biseo.cases.paper import cases_draft
from biseo.cases.sentences_of import budgets
from biseo.document import MISSING, Block, Document, table_block
from biseo.readers import read_document
from biseo.readers.plain import read_plain
from biseo.writers import write_document

LABELLED = Path(__file__).parent / "labelled"
CELLS: tuple[Cell, ...] = ("content", "budget", "lesson")
FILES = ("news.txt", "several.md", "table.md", "clauses.txt", "gwangju.txt")


def _read(*names: str) -> CaseTable:
    documents = [read_plain(str(LABELLED / name), Path(name).suffix[1:]) for name in names]
    return read_cases(documents, names)


def _score(table: CaseTable, expected: str) -> tuple[float, float]:
    lines = (LABELLED / expected).read_text(encoding="utf-8").splitlines()
    wanted = [tuple(line.split("\t")) for line in lines]
    got = {(case.city, cell, part) for case in table.cases for cell in CELLS for part in case.cell(cell)}
    hits = set()
    missed = 0
    for city, cell, words in wanted:
        match = {
            one
            for one in got
            if one[:2] == (city, cell) and (words in one[2].amounts if cell == "budget" else words in one[2].text)
        }
        missed += not match
        hits |= match
    return 1 - missed / len(wanted), len(hits) / len(got)


def test_labelled_cases() -> None:
    table = _read(*FILES)
    assert len(table.cases) >= 14
    recall, precision = _score(table, "expected.tsv")
    assert recall >= 0.97
    assert precision >= 0.97


def test_cases_set_aside() -> None:
    recall, precision = _score(_read("heldout.md"), "heldout.tsv")
    assert recall >= 0.93
    assert precision >= 0.82


def test_every_statement_stands_in_its_file() -> None:
    documents = {name: read_plain(str(LABELLED / name), Path(name).suffix[1:]) for name in FILES}
    table = _read(*FILES)
    for case in (*table.cases, *table.mentioned):
        text = documents[case.named.source].text
        assert text[case.named.start : case.named.stop] == case.named.text
        assert case.named.text
        for cell in CELLS:
            for part in case.cell(cell):
                citation = part.citation
                text = documents[citation.source].text
                assert text[citation.start : citation.stop] == citation.text
                kept = "".join(part.text.split())[:6]
                assert kept in "".join(citation.text.split())


def test_a_city_that_is_only_named_tells_nothing() -> None:
    table = _read("clauses.txt")
    assert {case.city for case in table.mentioned} == {"경기도 김포시", "경상남도 거제시"}


def _table(*lines: str) -> CaseTable:
    document = Document("사례.txt", "txt", "", None, tuple(Block("paragraph", line) for line in lines))
    return read_cases([document], ["사례.txt"])


def test_no_lesson_of_our_own() -> None:
    (case,) = _table("하남시는 공영주차장 3곳을 조성했다.").cases
    assert case.lesson == ()
    assert case.budget == ()
    draft = cases_draft([case], ["사례.txt"])
    assert draft.sections[1].rows[1][2:] == (MISSING, MISSING)


@pytest.mark.parametrize(
    "line",
    [
        "이천시는 이 사업으로 예산 3억 원을 절감했다.",
        "이천시는 주차 요금 2천 원을 받는다.",
        "이천시는 과태료 10만 원을 부과한다.",
        "이천시는 1인당 20만 원을 지급한다.",
    ],
)
def test_other_money_is_no_budget(line: str) -> None:
    assert all(case.budget == () for case in _table(line).cases)


def test_budgets_are_typed() -> None:
    assert budgets("총사업비 12억 원(국비 6억 원, 시비 6억 원)을 들여 지었다.") == (
        ("총사업비 12억 원", ("1200000000 원",)),
        ("국비 6억 원", ("600000000 원",)),
        ("시비 6억 원", ("600000000 원",)),
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("고양특례시는 시작했다.", ["경기도 고양시"]),
        ("대전 서구와 광주 서구가 협약했다.", ["대전광역시 서구", "광주광역시 서구"]),
        ("서구에서 시작했다.", []),
        ("남양주시는 양주시와 다르다.", ["경기도 남양주시", "경기도 양주시"]),
        ("예산은 없다. 중구난방이다. 동시에 실시했다.", []),
        ("광주광역시 광산구와 경기 광주시", ["광주광역시 광산구", "경기도 광주시"]),
        ("프랑스 낭트시와 덴마크 코펜하겐", ["프랑스 낭트", "덴마크 코펜하겐"]),
        ("미국 글렌데일시는 버스를 바꿨다.", ["미국 글렌데일시"]),
        ("혹시는 일시의 실시가 임시는 아니다.", []),
    ],
)
def test_cities(text: str, names: list[str]) -> None:
    assert [one.name for one in Gazetteer(text).find(text)] == names


def test_a_name_of_several_districts_is_settled_by_the_file() -> None:
    text = "대전 서구가 시작했다. 서구는 올해 앱을 개발했다."
    assert {one.name for one in Gazetteer(text).find(text)} == {"대전광역시 서구"}
    both = "대전 서구와 인천 서구가 협약했다. 서구는 올해 앱을 개발했다."
    assert [one.name for one in Gazetteer(both).find("서구는 올해 앱을 개발했다.")] == []


def test_tables_of_name_and_value() -> None:
    rows = [
        ["도시", "경기 파주시"],
        ["사업내용", "책마을 셔틀 운영"],
        ["사업비", "3억 원"],
        ["시사점", "민간 투자 유치"],
    ]
    document = Document("표.hwpx", "hwpx", "", 2, (table_block(rows, page=2),))
    (case,) = read_cases([document], ["표.hwpx"]).cases
    assert case.city == "경기도 파주시"
    assert [part.text for part in case.content] == ["책마을 셔틀 운영"]
    assert case.budget[0].amounts == ("300000000 원",)
    assert case.lesson[0].citation.page == 2


def test_speech_captions_candidates_and_ministries_are_no_cases() -> None:
    table = _table(
        "▲ 김포시 전경 ⓒ 신문",
        "김포시는 돌봄 버스를 운영한다.",
        "행정안전부는 돌봄 버스를 전국에 도입한다.",
        "김병수 김포시장은 “전국에서 가장 먼저 도입했다”고 말했다.",
        "김포시장 예비후보는 무료 버스를 도입하겠다고 했다.",
        "무단전재 및 재배포 금지",
        "성남시는 공원을 조성했다.",
    )
    (case,) = table.cases
    assert [part.text for part in case.content] == ["돌봄 버스를 운영함"]


@pytest.mark.parametrize("suffix", [".docx", ".hwpx", ".md", ".txt"])
def test_the_table_is_written_and_read_back(tmp_path: Path, suffix: str) -> None:
    table = _read(*FILES)
    path = write_document(cases_draft(table.cases, table.sources), tmp_path / f"사례{suffix}")
    text = "".join(read_document(path).text.replace("\\", "").split())
    for case in table.cases:
        assert "".join(case.city.split()) in text
        for cell in CELLS:
            for part in case.cell(cell):
                assert "".join(part.citation.text.split()) in text
    assert "초안" not in text


def test_real_articles() -> None:
    seeds = Path(__file__).parents[4] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("no seeds here")
    files = sorted(seeds.glob("*.txt"))
    table = read_cases([read_plain(str(file), "txt") for file in files], [file.name for file in files])
    names = {case.city for case in table.cases}
    assert {"경기도 광주시", "경기도 고양시"} <= names
    assert "대전광역시" not in names  # named in a list of other articles only
    assert "경기도 하남시" not in names
    gwangju = next(case for case in table.cases if case.city == "경기도 광주시")
    assert any("자동화" in part.text for part in gwangju.content)
    assert all("141000000 원" not in part.amounts for part in gwangju.budget)  # saved, not spent


def test_every_name_of_the_table_has_its_place() -> None:
    table = _read(*FILES)
    draft = cases_draft(table.cases, table.sources)
    proof = {row[0]: row for row in draft.sections[2].rows[1:]}
    for case, row in zip(table.cases, draft.sections[1].rows[1:], strict=True):
        number = row[0].rsplit("[", 1)[1].rstrip("]")
        assert proof[number][1] == " ".join(case.named.text.split())
        assert proof[number][2].startswith(case.named.source)
        assert case.city.split()[-1].rstrip("시군구")[:2] in case.named.text


def test_a_name_that_only_the_first_sentence_has() -> None:
    (case,) = _table("▲ 하남시 전경", "하남시 청사 앞 광장을 개방했다.", "주차장 3곳을 조성했다.").cases
    assert "하남시" in case.named.text


def test_a_mayor_stands_for_the_city_and_files_without_a_case_are_named() -> None:
    told = Document(
        "a.txt", "txt", "", None, (Block("paragraph", "김한빛 대전 서구청장이 인공지능을 민원 업무에 도입했다."),)
    )
    other = Document("b.txt", "txt", "", None, (Block("paragraph", "달이 밝고 바람이 맑은 밤에 책을 읽었다."),))
    table = read_cases((told, other), ("a.txt", "b.txt"))
    assert [case.city for case in table.cases] == ["대전광역시 서구"]
    assert table.silent == ("b.txt",)
