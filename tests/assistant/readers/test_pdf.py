from __future__ import annotations

from pathlib import Path

import pytest
from tests.assistant.readers.tiny_pdf import write_pdf

from biseo.errors import InputFileError
from biseo.readers.pdf import page_list
from biseo.readers.pdf_lines import Line, join_lines


def line(text: str, right: float, y: float, left: float = 50, size: float = 10, spaced: bool = False) -> Line:
    return Line(text, left, y, right, y + size, size, spaced)


def test_pages_titles_and_items(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = write_pdf(
        tmp_path / "a.pdf",
        [
            [
                (50, 780, 20, "축제 안전관리 계획"),
                (50, 740, 10, "지역 축제의 안전을 위하여 다음과 같이 정한다."),
                (50, 700, 10, "1. 일시: 2026년 5월 5일"),
            ],
            [],
            [(50, 780, 10, "끝."), (50, 40, 10, "- 3 -")],
        ],
        pictures=[2, 3],
        title="축제 안전관리 계획",
    )
    document = read_here(path)
    assert [(b.kind, b.level, b.page, b.text) for b in document.blocks] == [
        ("heading", 1, 1, "축제 안전관리 계획"),
        ("paragraph", 0, 1, "지역 축제의 안전을 위하여 다음과 같이 정한다."),
        ("item", 1, 1, "1. 일시: 2026년 5월 5일"),
        ("paragraph", 0, 3, "끝."),
    ]
    assert (document.title, document.pages) == ("축제 안전관리 계획", 3)
    assert document.warnings == (
        "그림 1개는 읽지 않았습니다.",
        "2쪽은 글자가 없는 스캔 면으로 보여 읽지 못했습니다.",
    )


def test_headers_and_page_numbers_stand_once_behind_the_text(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    pages = [
        [(50, 810, 8, "한빛시 축제 계획"), (50, 700, 10, f"{number}번째 쪽의 글이다."), (280, 30, 8, f"- {number} -"),
         (400, 45, 8, f"기획예산과 | {number}")]
        for number in range(1, 5)
    ]  # fmt: skip
    document = read_here(write_pdf(tmp_path / "a.pdf", pages))
    assert [(b.kind, b.text) for b in document.blocks] == [
        *[("paragraph", f"{number}번째 쪽의 글이다.") for number in range(1, 5)],
        ("note", "한빛시 축제 계획"),
        ("note", "기획예산과 | 1"),
    ]


def test_a_number_at_the_edge_that_is_not_the_page_s_stays(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    document = read_here(write_pdf(tmp_path / "a.pdf", [[(50, 700, 10, "글이다."), (280, 30, 8, "- 3 -")]]))
    assert [block.text for block in document.blocks] == ["글이다.", "- 3 -"]


@pytest.mark.parametrize("lying", [0, 1, 2, 3])
@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_turned_pages_read_like_upright_ones(tmp_path: Path, read_here, lying: int, shown: int) -> None:  # type: ignore[no-untyped-def]
    """Text that lies on its side, pages that are shown turned, both against each other, and a table on them."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    texts = [(100.0, 780.0, 20.0, "축제 안전관리 계획"), (100.0, 740.0, 10.0, "지역 축제의 안전을 위하여 정한다.")]
    texts += [
        (105.0, 680.0, 10.0, "구분"),
        (255.0, 680.0, 10.0, "예산"),
        (105.0, 640.0, 10.0, "운영"),
        (255.0, 640.0, 10.0, "1,200"),
    ]
    rules = "100 700 m 400 700 l S 100 660 m 400 660 l S 100 620 m 400 620 l S "
    rules += "100 620 m 100 700 l S 250 620 m 250 700 l S 400 620 m 400 700 l S"
    path = write_pdf(tmp_path / "a.pdf", [texts], drawing=rules)
    expected = read_here(path).blocks
    assert expected[-1].rows == (("구분", "예산"), ("운영", "1,200"))
    pdf = pypdfium2.PdfDocument(path)
    page = pdf[0]
    width, height = page.get_size()
    matrix = [(1, 0, 0, 1, 0, 0), (0, 1, -1, 0, height, 0), (-1, 0, 0, -1, width, height), (0, -1, 1, 0, 0, width)][
        lying
    ]
    if lying % 2:
        page.set_mediabox(0, 0, height, width)
    raw.FPDFPage_TransFormWithClip(page, ctypes.byref(raw.FS_MATRIX(*matrix)), None)
    page.set_rotation(shown)
    pdf.save(tmp_path / "b.pdf")
    pdf.close()
    assert read_here(tmp_path / "b.pdf").blocks == expected


def test_a_slanted_stamp_among_the_lines(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    words = "사본".encode("utf-16-be").hex()
    stamps = f"BT /F 30 Tf 0.7 0.7 -0.7 0.7 200 400 Tm <{words}> Tj ET BT /F 30 Tf -1 0 0 -1 300 300 Tm <{words}> Tj ET"
    document = read_here(write_pdf(tmp_path / "a.pdf", [[(50, 700, 10, "글이다. 이것은 본문이다.")]], drawing=stamps))
    assert document.blocks[0].text == "글이다. 이것은 본문이다."
    assert "".join(block.text for block in document.blocks).count("본") >= 2


def test_a_scan_with_a_stamp_on_it_is_named(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    stamp = [(50, 20, 8, "접수 2026. 1. 5. 총무과")]
    scan = "q 595 0 0 842 0 0 cm /I Do Q"
    document = read_here(write_pdf(tmp_path / "a.pdf", [stamp, stamp], drawing=scan))
    assert document.warnings == ("1~2쪽은 스캔한 그림이 면을 채우고 있어 그림 속 글자는 읽지 못했습니다.",)
    assert document.unread == (1, 2)


def test_memos_and_filled_fields(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    def mark(kind: str, key: str, text: str, flags: int = 4) -> str:
        words = text.encode("utf-16-be").hex()
        return f"<</Type/Annot/Subtype/{kind}/Rect[100 100 200 120]/F {flags}/{key}<FEFF{words}>>>"

    marks = "".join(
        (
            mark("Text", "Contents", "수치 확인 바람"),
            mark("FreeText", "Contents", "덧붙인 글"),
            mark("Widget", "V", "홍길동"),
            mark("Text", "Contents", "숨은 메모", flags=2),
            "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.invalid/)>>>>",
        )
    )
    document = read_here(write_pdf(tmp_path / "a.pdf", [[(50, 700, 10, "본문입니다.")]], marks=marks))
    assert [(b.kind, b.text, b.page) for b in document.blocks] == [
        ("paragraph", "본문입니다.", 1),
        ("note", "메모: 수치 확인 바람", 1),
        ("paragraph", "덧붙인 글", 1),
        ("paragraph", "홍길동", 1),
    ]


def test_lines_at_the_margin_are_joined(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    full = "가나다라마바사아자차카타파하가나다라마바사아자차카타파하"
    path = write_pdf(
        tmp_path / "a.pdf",
        [[(50, 780, 10, full), (50, 765, 10, full + " "), (50, 750, 10, "짧은 끝."), (50, 735, 10, "다음 문단이다.")]],
    )
    assert [b.text for b in read_here(path).blocks] == [full + full + " 짧은 끝.", "다음 문단이다."]


def table_of(lines: list[tuple[float, float, float, float]]) -> str:
    return "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in lines)


# Three columns, three rows; no line at the left and right end, as in most official tables. The first two cells of the
# first row are one, and so are the first cells of the other two rows.
TABLE = table_of(
    [
        (50, 700, 350, 700),
        (50, 680, 350, 680),
        (150, 660, 350, 660),
        (50, 640, 350, 640),
        (150, 640, 150, 680),
        (250, 640, 250, 700),
    ]
)
BOXES = (
    "50 640 300 60 re S 150 640 100 40 re S 50 640 100 40 re S 250 640 100 60 re S "
    "50 679.5 300 1 re f 150 660 200 .5 re f"
)


@pytest.mark.parametrize("drawing", [TABLE, BOXES], ids=["lines", "boxes"])
def test_a_ruled_table_has_rows_and_merged_cells(tmp_path: Path, read_here, drawing: str) -> None:  # type: ignore[no-untyped-def]
    texts = [
        (50, 720, 10, "표 앞의 글"),
        (60, 685, 10, "구분"),
        (260, 685, 10, "예산"),
        (60, 665, 10, "인건비"),
        (160, 665, 10, "상근"),
        (260, 665, 10, "1,200"),
        (160, 645, 10, "비상근"),
        (260, 645, 10, "300"),
        (50, 620, 10, "표 뒤의 글"),
    ]
    document = read_here(write_pdf(tmp_path / "a.pdf", [texts], drawing=drawing))
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.blocks[1].rows == (("구분", "", "예산"), ("인건비", "상근", "1,200"), ("", "비상근", "300"))
    assert document.blocks[1].page == 1


def test_lines_of_a_cell_are_one_text(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    texts = [
        (55, 685, 10, "비고"),
        (155, 690, 10, "소규모주택정비사업추"),
        (155, 676, 10, "진실적"),
        (155, 662, 10, "둘째 줄"),
    ]
    drawing = table_of(
        [(50, 700, 256, 700), (50, 655, 256, 655), (50, 655, 50, 700), (150, 655, 150, 700), (256, 655, 256, 700)]
    )
    document = read_here(write_pdf(tmp_path / "a.pdf", [texts], drawing=drawing))
    assert document.blocks[0].rows == (("비고", "소규모주택정비사업추진실적 둘째 줄"),)


@pytest.mark.parametrize(
    "drawing",
    [
        table_of([(50, 700, 350, 700), (50, 640, 350, 640), (50, 640, 50, 700), (350, 640, 350, 700)]),
        "50 640 300 60 re f",
        "50 698 m 350 698 l S",
        table_of([(50 + n, 640, 50 + n, 700) for n in range(0, 3000, 5)] + [(0, 650, 3000, 650), (0, 690, 3000, 690)]),
    ],
    ids=["frame", "background", "underline", "drawing"],
)
def test_what_is_no_table(tmp_path: Path, read_here, drawing: str) -> None:  # type: ignore[no-untyped-def]
    document = read_here(write_pdf(tmp_path / "a.pdf", [[(60, 685, 10, "틀 안의 글이다.")]], drawing=drawing))
    assert [(b.kind, b.text) for b in document.blocks] == [("paragraph", "틀 안의 글이다.")]


def test_seams() -> None:
    stored = join_lines([line("시민의 안전을 위하여 노력", 500, 700), line("하고 있다.", 120, 685)], True)
    assert [one.text for one in stored] == ["시민의 안전을 위하여 노력하고 있다."]
    spaced = join_lines([line("시민의 안전을 위하여", 500, 700, spaced=True), line("노력한다.", 120, 685)], True)
    assert spaced[0].text == "시민의 안전을 위하여 노력한다."
    guessed = join_lines([line("시민의 안전과 재산을", 500, 700), line("지킨다.", 120, 685)], False)
    assert guessed[0].text == "시민의 안전과 재산을 지킨다."
    number = join_lines([line("회계연도는 매년 2026", 500, 700), line("년도로 한다.", 120, 685)], False)
    assert number[0].text == "회계연도는 매년 2026년도로 한다."


@pytest.mark.parametrize(
    "second",
    [
        line("- 새 항목이다.", 300, 685),
        line("Ⅱ. 추진 계획", 300, 685),
        line("큰 글자", 300, 685, size=16),
        line("멀리 떨어진 줄", 300, 600),
        line("다른 단", 560, 685, left=520),
        line("나. 둘째", 300, 685),
    ],
)
def test_other_lines_stay_apart(second: Line) -> None:
    first = line("가. 첫째 줄은 오른쪽 끝까지 이어진다", 500, 700)
    assert [one.text for one in join_lines([first, second], True)] == [first.text, second.text]


def test_the_distance_between_lines_parts_paragraphs() -> None:
    texts = [
        "첫 문단의 줄은 오른쪽 끝까지 이어지고",
        "둘째 줄도 오른쪽 끝까지 이어지며",
        "셋째 줄이 문단을 오른쪽에서 끝낸다.",
    ]
    lines = [line(text, 500, 700 - 16 * number) for number, text in enumerate(texts)]
    lines += [line(text, 500, 646 - 16 * number) for number, text in enumerate(texts)]
    assert [one.text for one in join_lines(lines, True)] == ["".join(texts[:2]) + texts[2]] * 2


def test_a_ragged_line_that_was_broken_at_a_space_goes_on() -> None:
    lines = [
        line("시민들이 매력을 체감할 수 있도록", 430, 700, spaced=True),
        line("관계 부서가 준비한다. 이 줄은 더 길다", 500, 685),
    ]
    assert len(join_lines(lines, True)) == 1
    assert len(join_lines(lines, False)) == 2
    ended = [line("시민들이 매력을 체감할 수 있다.", 430, 700, spaced=True), lines[1]]
    assert len(join_lines(ended, True)) == 2


def test_a_sentence_does_not_stick_to_the_next() -> None:
    lines = [line("이 문장은 오른쪽 끝에서 딱 끝난다.", 500, 700), line("다음 문장이 이어진다.", 300, 685)]
    assert join_lines(lines, True)[0].text == "이 문장은 오른쪽 끝에서 딱 끝난다. 다음 문장이 이어진다."


def test_ends_of_words_are_no_marks_unless_the_item_before_was_there() -> None:
    broken = [line("축제 안전관리 계획을 세우고 그 계획", 500, 700), line("서. 다음은 예산이다", 300, 685)]
    assert len(join_lines(broken, True)) == 1
    items = [line("하. 열네째 항목은 오른쪽 끝까지 이어진다", 500, 700), line("거. 열다섯째 항목", 300, 685)]
    assert len(join_lines(items, True)) == 2


def test_page_list() -> None:
    assert page_list([1, 2, 3, 5, 9, 10]) == "1~3쪽, 5쪽, 9~10쪽"


def test_broken_pdf(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    with pytest.raises(InputFileError) as caught:
        read_here(path)
    assert caught.value.code == "damaged"


def test_samples(samples: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    document = read_here(samples / "pdf" / "lo_small.pdf")
    assert document.pages == 2
    assert {b.page for b in document.blocks} == {1, 2}
    assert "2025년 12월 12일까지 다음 사항을 기재한 의견서를" in document.text
    columns = read_here(samples / "pdf" / "rl_2col.pdf")
    assert "쉬운 용어로 순화하고 생산·수입 중단 보고에 필요한 첨부자료의 종류를" in columns.text
