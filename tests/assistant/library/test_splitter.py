"""Documents cut into passages: nothing is lost, articles stay whole, tables keep their head."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.document import Block, Document, table_block
from biseo.library.splitter import MOST, TARGET, Piece, split

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
LINES = st.one_of(
    st.text(LETTERS, max_size=60),
    st.sampled_from(
        ["제1장 총칙", "제3조(목적) 이 규칙은 정한다.", "제14조의2(기간)", "① 첫째 항이다.", "1. 첫째", "가. 둘째", ""]
    ),
    st.text(st.sampled_from("가나다라 ①②.\t"), max_size=2000),
)
ROWS = st.lists(st.lists(st.text(LETTERS, max_size=20), min_size=1, max_size=4), min_size=1, max_size=30)
BLOCKS = st.one_of(
    st.builds(lambda text, level: Block("heading", text, level), LINES, st.integers(1, 9)),
    st.builds(lambda text, page: Block("paragraph", text, page=page), LINES, st.none() | st.integers(1, 9)),
    st.builds(lambda text: Block("item", text, 1), LINES),
    st.builds(table_block, ROWS),
)


def document(*blocks: Block) -> Document:
    return Document("문서.txt", "txt", "문서", None, blocks)


def lines(*texts: str) -> Document:
    return document(*(Block("paragraph", text) for text in texts))


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=12))
def test_nothing_is_lost_and_nothing_is_too_long(blocks: list[Block]) -> None:
    whole = document(*blocks)
    pieces = split(whole)
    found = squeezed("".join(piece.text + piece.head for piece in pieces))
    for block in blocks:
        for word in block.text.split():
            if block.kind != "heading" and len(word) < 100 and "|" not in word:
                assert squeezed(word) in found
    for piece in pieces:
        assert piece.text.strip()
        assert len(piece.text) <= 2 * MOST + TARGET
        assert 0 <= piece.start <= piece.stop <= len(whole.text)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


def test_an_article_is_one_passage_with_its_clauses() -> None:
    pieces = split(
        lines(
            "제1장 총칙",
            "제1조(목적) 이 조례는 주민참여를 정한다.",
            "제2조(정의) 이 조례에서 쓰는 말의 뜻은 다음과 같다.",
            '1. "주민"이란 구에 주소를 둔 사람을 말한다.',
            '2. "예산"이란 세출을 말한다.',
            "제2장 절차",
            "제3조(편성) ① 구청장은 9월에 편성한다.",
            "② 설명회를 연다.",
        )
    )
    assert [piece.article for piece in pieces] == ["제1조(목적)", "제2조(정의)", "제3조(편성)"]
    assert [piece.head for piece in pieces] == ["제1장 총칙", "제1장 총칙", "제2장 절차"]
    assert "1. " in pieces[1].text and "2. " in pieces[1].text
    assert pieces[2].text.endswith("② 설명회를 연다.")


def test_an_article_named_in_a_sentence_is_no_heading() -> None:
    pieces = split(lines("제3조에 따라 처리한다.", "그 밖의 것은 제4조를 따른다."))
    assert len(pieces) == 1 and pieces[0].article == ""


def test_a_long_article_is_cut_between_its_clauses_and_keeps_its_name() -> None:
    clauses = [f"{mark} " + "처리 기준을 정한다. " * 20 for mark in "①②③④⑤⑥"]
    pieces = split(lines("제7조(처리기준)", *clauses))
    assert len(pieces) > 1 and all(piece.article == "제7조(처리기준)" for piece in pieces)
    assert all(piece.head == "제7조(처리기준)" for piece in pieces[1:])
    assert all(piece.text[0] in "①②③④⑤⑥제" for piece in pieces)


def test_a_heading_with_its_section() -> None:
    pieces = split(
        document(
            Block("heading", "재난 매뉴얼", 1),
            Block("heading", "1. 산불", 2),
            Block("paragraph", "신고를 받으면 알린다."),
            Block("heading", "2. 홍수", 2),
            Block("paragraph", "하천을 살핀다."),
        )
    )
    assert [(piece.head, piece.text) for piece in pieces] == [
        ("재난 매뉴얼", "1. 산불\n신고를 받으면 알린다."),
        ("재난 매뉴얼", "2. 홍수\n하천을 살핀다."),
    ]


def test_rows_of_a_long_table_keep_their_head() -> None:
    rows = [
        ["부서", "담당 업무", "전화"],
        *([f"제{number}과", f"업무 {number} " * 8, f"02-{number:04}"] for number in range(60)),
    ]
    pieces = split(document(table_block(rows)))
    assert len(pieces) > 3 and all(piece.text.startswith("부서 | 담당 업무 | 전화") for piece in pieces)
    assert all(len(piece.text) <= MOST for piece in pieces)
    assert sum(piece.text.count("과 |") for piece in pieces) == 60


def test_offsets_lead_to_the_words() -> None:
    whole = document(
        Block("paragraph", "가" * 300),
        Block("paragraph", "나" * 300, page=2),
        table_block([["다", "라"], ["마", "바"]], 3),
    )
    pieces = split(whole)
    for piece in pieces:
        assert whole.text[piece.start] == piece.text[0]
    assert isinstance(pieces[-1], Piece) and "마" in whole.text[pieces[-1].start : pieces[-1].stop]
    assert [piece.page for piece in pieces] == [None, 2]


def test_size_bounds_of_plain_prose() -> None:
    pieces = split(lines(*("이 사업은 주민의 안전을 위하여 추진한다. " * 4 for _ in range(30))))
    assert all(200 < len(piece.text) <= TARGET + 10 for piece in pieces[:-1])
