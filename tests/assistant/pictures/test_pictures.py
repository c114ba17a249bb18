"""Pages of foreign files as pictures: the child process, what it may hand over, and where a passage stands."""

from __future__ import annotations

import json
import os
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from tests.assistant.readers.tiny_pdf import write_pdf

from biseo.document import Draft, Section
from biseo.errors import InputFileError
from biseo.pictures import process as process_module
from biseo.pictures.picture import PagePicture, pack_picture, unpack_picture
from biseo.pictures.process import draw, draw_page
from biseo.pictures.svg import SANS, SERIF, check_svg, find_marks, plain_fonts
from biseo.readers.limits import Limits
from biseo.writers import write_document

SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples"
PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="200" viewBox="0 0 100 200">{}</svg>'


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return write_pdf(
        tmp_path / "행사 계획.pdf",
        [[(72, 700, 12, "첫째 쪽의 글이다.")], [(72, 600, 12, "안전요원 24명을 배치한다.")]],
    )


@pytest.fixture
def hwpx(tmp_path: Path) -> Path:
    lines = "\n".join(f"{number}. 항목 {number}의 내용을 적는다." for number in range(1, 90))
    draft = Draft("plan", "plain", "행사 계획", (Section("body", "본문", lines, "model"),))
    return write_document(draft, tmp_path / "행사 계획.hwpx")


def test_a_pdf_page_comes_as_pixels_from_another_process(pdf: Path) -> None:
    picture = draw_page(pdf, 2, 300)
    assert (picture.kind, picture.page, picture.pages, picture.width) == ("pixels", 2, 2, 300)
    assert len(picture.data) == 4 * picture.width * picture.height


def test_the_page_of_a_passage_is_found_and_marked(pdf: Path) -> None:
    picture = draw(str(pdf), Limits(), 1, 300, "안전요원 24명을  배치한다.")
    assert picture.page == 2
    assert picture.marks
    left, top, width, height = picture.marks[0]
    assert 0 < left < left + width < 1 and 0 < top < top + height < 0.5


def test_a_hancom_page_comes_as_checked_svg(hwpx: Path) -> None:
    picture = draw_page(hwpx, 1, 300, "항목 70의 내용을 적는다.")
    assert picture.kind == "svg" and picture.pages > 1 and picture.page > 1
    text = picture.data.decode("utf-8")
    check_svg(text)
    assert "항목" in picture.words.replace(" ", "") or "항목" in picture.words
    assert {part.split('"')[0] for part in text.split('font-family="')[1:]} <= {SERIF, SANS}
    assert picture.marks


def test_a_page_beyond_the_end_is_the_last_one(pdf: Path) -> None:
    assert draw(str(pdf), Limits(), 99, 200, "").page == 2


def test_what_cannot_be_drawn_is_told_in_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "메모.txt"
    text.write_text("글이다.", encoding="utf-8")
    damaged = tmp_path / "깨짐.pdf"
    damaged.write_bytes(b"%PDF-1.4\n\x00\xff")
    for path in (text, damaged, tmp_path / "없음.pdf"):
        with pytest.raises(InputFileError) as refused:
            draw_page(path)
        assert refused.value.code.startswith("no-picture")
        assert refused.value.message.endswith(".") and "글로" in refused.value.advice


def die(_sender: Connection, _path: str, _limits: Limits, *_rest: object) -> None:
    os._exit(139)


def test_a_renderer_that_dies_costs_a_sentence(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "run", die)
    with pytest.raises(InputFileError) as refused:
        draw_page(pdf)
    assert refused.value.code.startswith("no-picture")


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared samples are not here")
@pytest.mark.parametrize(
    "name", ["deep.hwpx", "hugespan.hwpx", "hwp3.hwp", "rand.hwp", "traversal.hwpx", "laughs.hwpx"]
)
def test_hostile_files_end_in_a_picture_or_a_sentence(name: str) -> None:
    try:
        picture = draw_page(SHARED / "hostile" / name)
    except InputFileError as error:
        assert error.code.startswith("no-picture")
    else:
        assert picture.pages >= 1


@pytest.mark.parametrize(
    "inside",
    [
        '<image xlink:href="file:///C:/secret.png"/>',
        '<image href="http://example.com/a.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        "<script>1</script>",
        "<use/>",
        '<rect fill="url(http://example.com/#a)"/>',
        "<!ENTITY a 'b'>",
        "<g>" * 70 + "</g>" * 70,
        "</g>",
    ],
)
def test_svg_that_is_more_than_a_page_is_refused(inside: str) -> None:
    with pytest.raises(ValueError):
        check_svg(PAGE.format(inside))


def test_svg_of_a_page_passes() -> None:
    check_svg(
        PAGE.format('<g clip-path="url(#a)"><image href="data:image/png;base64,AA"/><text x="1" y="2">가</text></g>')
    )


def test_a_message_that_does_not_fit_together_is_refused() -> None:
    good = PagePicture("pixels", 1, 1, 2, 2, bytes(16), "글", ((0.1, 0.1, 0.5, 0.1),))
    assert unpack_picture(pack_picture(good)) == good
    head = json.loads(pack_picture(good).partition(b"\n")[0])
    for change in ({"width": 3}, {"pages": 0}, {"kind": "exe"}, {"width": -1}, {"marks": [[1]]}, {"kind": None}):
        with pytest.raises(ValueError):
            unpack_picture(json.dumps({**head, **change}).encode() + b"\n" + bytes(16))
    with pytest.raises(ValueError):
        unpack_picture(b"\x00\x01")


def test_marks_stand_where_the_letters_stand() -> None:
    letters = "".join(
        f'<text x="{x}" y="{y}" font-family="HY신명조,serif" font-size="10">{c}</text>'
        for x, y, c in ((10, 50, "가"), (20, 50, "나"), (10, 70, "다"), (20, 70, "라"))
    )
    svg = PAGE.format(letters)
    marks = find_marks(svg, ["나다"])
    assert len(marks) == 2
    assert marks[0][0] == pytest.approx(0.2) and marks[1][0] == pytest.approx(0.1)
    assert marks[0][1] < 50 / 200 < marks[0][1] + marks[0][3]
    assert find_marks(svg, ["없다"]) == ()
    assert SERIF in plain_fonts(svg)
