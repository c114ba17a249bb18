from __future__ import annotations

from pathlib import Path

import pytest
from tests.assistant.readers.tiny_pdf import Text, write_pdf

from biseo.readers.pdf_columns import Rows, may_have_columns, split_tables
from biseo.readers.pdf_lines import Line, Piece

HEAD: list[Text] = [(50, 780, 10, "다음은 부서별 예산이다.")]
FOOT: list[Text] = [(50, 500, 10, "위 표와 같이 예산이 늘었다.")]


def rows(*cells: tuple[str, ...], edges: tuple[float, ...] = (50, 200, 300), right: bool = False) -> list[Text]:
    """Rows of words from y 740 downwards; all but the first column end at their edge when `right`."""
    return [
        (edge - 10 * len(words) if right and column else edge, 740 - 20 * number, 10, words)
        for number, row in enumerate(cells)
        for column, (edge, words) in enumerate(zip(edges, row, strict=True))
    ]


@pytest.mark.parametrize("right", [False, True])
def test_rows_under_each_other_are_a_table(tmp_path: Path, read_here, right: bool) -> None:  # type: ignore[no-untyped-def]
    cells = (("부서", "2025년", "2026년"), ("총무과", "1,200", "1,350"), ("재난 안전과", "900", "850"))
    document = read_here(write_pdf(tmp_path / "a.pdf", [HEAD + rows(*cells, right=right) + FOOT]))
    assert [(b.kind, b.rows) for b in document.blocks] == [("paragraph", ()), ("table", cells), ("paragraph", ())]
    assert document.blocks[1].page == 1


def line(y: float, *pieces: tuple[float, str]) -> Line:
    found = tuple(Piece(words, left, left + 10 * len(words)) for left, words in pieces)
    text = " ".join(piece.text for piece in found)
    return Line(text, found[0].left, y, found[-1].right, y + 10, 10, False, found)


@pytest.mark.parametrize(
    "lines",
    [
        [line(700 - 20 * n, (50, "부서"), (200, "2025년"), (300, "2026년")) for n in range(2)],
        [line(700 - 20 * n, (50, "부서"), (200, "2025년")) for n in range(5)],
        [line(700, (50, "일"), (90, "시"), (140, "2026. 5. 8.")), line(680, (50, "장"), (90, "소"), (140, "도서관")),
         line(660, (50, "주"), (90, "최"), (140, "한빛시"))],
        [line(700, (50, "가"), (90, "나"), (140, "다")), line(680, (70, "라라"), (120, "마"), (190, "바바바")),
         line(660, (55, "사"), (99, "아"), (170, "자"))],
        [line(700, (50, "가가가가가가"), (120, "나"), (200, "다")),
         line(680, (50, "라라"), (90, "마마마마"), (200, "바")),
         line(660, (50, "사사"), (115, "아아"), (200, "자"))],
        [line(700 - 60 * n, (50, "부서"), (200, "2025년"), (300, "2026년")) for n in range(4)],
    ],
    ids=["two rows", "two columns", "wide labels", "out of line", "over the next column", "far apart"],
)  # fmt: skip
def test_what_is_not_plainly_a_table_stays_text(lines: list[Line]) -> None:
    assert list(split_tables(lines)) == [lines]


def test_lines_around_and_between_tables_stay_in_their_order() -> None:
    row = [line(700 - 20 * n, (50, "부서"), (200, "2025년"), (300, "2026년")) for n in range(3)]
    text = line(760, (50, "글이다."))
    found = list(split_tables([text, *row, text, *row, text, text]))
    assert [isinstance(part, Rows) for part in found] == [False, True, False, True, False]
    assert found[-1] == [text, text]


def test_ordinary_lines_are_not_looked_at() -> None:
    line = "한빛시는 올해 5월 열리는 책잔치의 안전관리 계획을 확정하고 관계 기관과 합동으로 점검한다."
    assert not may_have_columns(line, 430, 10)
    assert may_have_columns("총무과 1,200 1,350", 250, 10)
    assert not may_have_columns("총무과", 250, 10)
