from __future__ import annotations

import pytest
from tests.assistant.drafting.conftest import PLAN, document

from biseo.document import Document, table_block
from biseo.drafting.sources import read_source

ENGLISH = (
    "The city will hold a book festival at the library in May, and expects more than four thousand visitors.",
    "Twenty-four safety staff will be posted at the site, and a temporary parking lot will be prepared nearby.",
)


def test_an_ordinary_document_is_read_whole() -> None:
    source = read_source(document(*PLAN))
    assert source.text.splitlines() == list(PLAN)
    assert source.notices == ()
    assert source.name == "책잔치 계획.txt"
    assert source.pages == 1
    assert [passage.text for passage in source.passages] == list(PLAN)


def test_repeated_sentences_are_read_once_and_counted() -> None:
    source = read_source(document(*PLAN, PLAN[0], " ".join(PLAN[1:3])))
    assert source.text.splitlines() == list(PLAN)
    assert len(source.notices) == 1 and "3개" in source.notices[0] and "되풀이" in source.notices[0]
    assert len(source.passages) == len(PLAN) + 3  # evidence knows the whole file


def test_short_lines_may_come_again() -> None:
    source = read_source(document("□ 추진 배경", PLAN[0], "□ 추진 배경", PLAN[1]))
    assert source.text.count("추진 배경") == 2
    assert source.notices == ()


def test_foreign_paragraphs_are_left_out_and_counted() -> None:
    source = read_source(document(*PLAN, *ENGLISH))
    assert source.text.splitlines() == list(PLAN)
    assert len(source.notices) == 1 and "외국어" in source.notices[0] and "2개" in source.notices[0]


def test_latin_words_in_korean_are_no_foreign_paragraph() -> None:
    line = "한빛시는 AI Hub와 Smart City Platform, GIS 기반 API를 연계한 서비스를 도입한다."
    source = read_source(document(line, "Tel. 031-111-2222"))
    assert line in source.text and "031-111-2222" in source.text
    assert source.notices == ()


def test_a_document_all_in_english_is_still_read() -> None:
    source = read_source(document(*ENGLISH))
    assert all(line in source.text for line in ENGLISH)
    assert not any("외국어" in notice for notice in source.notices)


@pytest.mark.parametrize(
    "leftover",
    ["<저작권자 ⓒ 한빛신문, 무단전재 및 재배포 금지>", "Copyright ⓒ 한빛신문. All rights reserved."],
)
def test_what_a_news_page_prints_after_an_article_is_left_out_and_said(leftover: str) -> None:
    source = read_source(document(*PLAN, leftover, "다른 기사 보기", "한빛시, 청소차 새로 들여"))
    assert source.text.splitlines() == list(PLAN)
    assert any("기사 앞뒤" in notice for notice in source.notices)


def test_a_leftover_in_the_middle_does_not_swallow_the_rest() -> None:
    """Several articles in one file: what follows the first one's end is read."""
    source = read_source(document(PLAN[0], "무단전재 및 재배포 금지", f"{PLAN[1]} {PLAN[2]}", PLAN[3]))
    for line in (PLAN[0], PLAN[1], PLAN[2], PLAN[3]):
        assert line in source.text


def test_tables_are_rows_and_nothing_of_them_is_lost() -> None:
    rows = [["구분", "금액"], ["강연", "12,000,000원"], ["안전", "4,800,000원"]]
    source = read_source(Document("표.hwpx", "hwpx", "", 2, (table_block(rows),)))
    assert all(cell in source.text for row in rows for cell in row)
    assert source.pages == 2


def test_rows_of_a_table_that_are_alike_are_both_read() -> None:
    rows = [
        ["장소", "금액"],
        ["한빛도서관 1층 대강당과 세미나실 일대", "1,000원"],
        ["한빛도서관 1층 대강당과 세미나실 일대", "2,000원"],
    ]
    source = read_source(Document("표.hwpx", "hwpx", "", None, (table_block(rows),)))
    assert source.text.count("대강당") == 2


def test_an_empty_document() -> None:
    assert read_source(Document("a.txt", "txt", "", None, ())).text == ""


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("한빛시청사 한빛시 제공 김한빛 한빛시장은 22일 회의를 열었다.", "김한빛 한빛시장은 22일 회의를 열었다."),
        ("한빛시는 주민에게 급식을 한빛군 제공 쌀로 마련한다고 밝혔다.", None),
        ("누리집에서 서비스를 제공 받을 수 있는 곳은 세 곳이다.", None),
    ],
)
def test_what_stands_under_a_picture_is_no_part_of_the_sentence(paragraph: str, left: str | None) -> None:
    assert read_source(document(paragraph)).text == (left or paragraph)
