"""What other programs find in the written files."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dochan
import docx
import pytest
import unhwp
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from biseo.document import Draft, Evidence, Letter, Section, SwotItem
from biseo.writers import write_document
from biseo.writers.clean import clean_text
from biseo.writers.grid import Table
from biseo.writers.layout import DRAFT_LINE, Quadrants, lay_out
from biseo.writers.marks import find_mark
from biseo.writers.official import type_marks

NAMES = ("official", "report", "press", "swot", "plain", "letter")
_HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
_HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
_OPF = "{http://www.idpf.org/2007/opf/}"
_HWP_UNITS_PER_MM = 7200 / 25.4


def printed(draft: Draft, *, two_by_two: bool = True) -> list[str]:
    """Every line that must be found, in order."""
    lines: list[str] = []
    for piece in lay_out(draft):
        if isinstance(piece, Table):
            lines += [line for row in piece.rows for cell in row for line in cell.text.split("\n")]
        elif isinstance(piece, Quadrants):
            size = 2 if two_by_two else 1
            for pair in (piece.cells[n : n + size] for n in range(0, len(piece.cells), size)):
                lines += [cell.title for cell in pair]
                lines += [line.text for cell in pair for line in cell.lines]
        else:
            lines.append(piece.text)
    return [line for line in lines if line.strip()]


def word_text(path: Path) -> str:
    def lines() -> Iterator[str]:
        for block in docx.Document(str(path)).iter_inner_content():
            if isinstance(block, WordTable):
                for row in block.rows:
                    for cell in row.cells:
                        yield from (paragraph.text for paragraph in cell.paragraphs)
            else:
                yield block.text

    return "\n".join(lines())


def dochan_text(path: Path) -> str:
    document = dochan.Dochan(str(path))
    assert not document.errors
    return str(document.to_plain_text())


def unhwp_text(path: Path) -> str:
    return str(unhwp.parse(str(path)).plain_text)


def assert_in_order(lines: list[str], text: str) -> None:
    """Blanks are left out: readers differ in them."""
    bare = re.sub(r"\s", "", text)
    place = 0
    for line in lines:
        wanted = re.sub(r"\s", "", line)
        found = bare.find(wanted, place)
        assert found >= 0, f"{line!r} is missing after {bare[max(0, place - 40) : place]!r}"
        place = found + len(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_word_holds_every_line(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    path = write_document(drafts[name], tmp_path / "한글 이름 초안.docx")
    assert_in_order(printed(drafts[name]), word_text(path))
    assert_in_order(printed(drafts[name]), dochan_text(path))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("read", [dochan_text, unhwp_text])
def test_hangul_holds_every_line(drafts: dict[str, Draft], tmp_path: Path, name: str, read: Any) -> None:
    path = write_document(drafts[name], tmp_path / "한글 이름 초안.hwpx")
    assert_in_order(printed(drafts[name]), read(path))


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("name", NAMES)
def test_text_holds_every_line(drafts: dict[str, Draft], tmp_path: Path, name: str, suffix: str) -> None:
    text = write_document(drafts[name], tmp_path / f"초안{suffix}").read_text(encoding="utf-8-sig")
    if suffix == ".md":
        text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    assert_in_order(printed(drafts[name], two_by_two=False), text)


# Word


def test_word_properties(drafts: dict[str, Draft], tmp_path: Path) -> None:
    draft = drafts["official"]
    properties = docx.Document(str(write_document(draft, tmp_path / "a.docx"))).core_properties
    assert properties.title == draft.title
    assert properties.subject == draft.summary
    assert properties.keywords == "공공데이터, 개방, 제출"
    assert properties.category == "인공지능 초안"
    assert properties.comments == DRAFT_LINE
    assert properties.author == "행정비서"


def test_word_page_and_styles(drafts: dict[str, Draft], tmp_path: Path) -> None:
    document = docx.Document(str(write_document(drafts["official"], tmp_path / "a.docx")))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer._element.xml
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:4] == ["Biseo Notice", "Biseo Field", "Biseo Field", "Biseo Subject"]
    assert "Heading 1" in styles
    for name in ("Normal", "Title", "Heading 1", "Biseo Notice"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "맑은 고딕"
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
    size = document.styles["Normal"].font.size.pt
    assert document.styles["Normal"].paragraph_format.line_spacing.pt == pytest.approx(size * 1.6, abs=0.1)


def test_word_items_hang_deeper_by_two_keys_a_level(drafts: dict[str, Draft], tmp_path: Path) -> None:
    document = docx.Document(str(write_document(drafts["official"], tmp_path / "a.docx")))
    size = document.styles["Normal"].font.size.pt
    starts = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Paragraph":
            layout = paragraph.paragraph_format
            assert layout.first_line_indent.pt < 0
            starts[paragraph.text.split()[0]] = layout.left_indent.pt + layout.first_line_indent.pt
    marks = ("1.", "가.", "1)", "가)", "(1)", "(가)", "①", "㉮")
    assert [round(starts[mark] / size, 1) for mark in marks] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_word_table(drafts: dict[str, Draft], tmp_path: Path) -> None:
    document = docx.Document(str(write_document(drafts["official"], tmp_path / "a.docx")))
    table = document.tables[0]
    head = table._tbl.tr_lst[0]
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert head.tc_lst[0].tcPr.find(qn("w:shd")).get(qn("w:fill")) == "E7ECF3"
    assert table.cell(1, 2).paragraphs[0].alignment == 2  # right
    section = document.sections[0]
    text_width = section.page_width - section.left_margin - section.right_margin
    grid = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst)
    assert grid == pytest.approx(text_width / 635, abs=2)


def test_word_file_is_not_a_2007_one_and_carries_no_foreign_picture(drafts: dict[str, Draft], tmp_path: Path) -> None:
    path = write_document(drafts["plain"], tmp_path / "a.docx")
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert b'w:name="compatibilityMode"' in package.read("word/settings.xml")
        assert "맑은 고딕".encode() in package.read("word/fontTable.xml")


# Hangul


def _part(path: Path, name: str) -> Any:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def test_hangul_package(drafts: dict[str, Draft], tmp_path: Path) -> None:
    draft = drafts["official"]
    path = write_document(draft, tmp_path / "a.hwpx")
    with zipfile.ZipFile(path) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype") == b"application/hwp+zip"
        assert draft.title in package.read("Preview/PrvText.txt").decode("utf-8")
    content = _part(path, "Contents/content.hpf")
    values = {meta.get("name"): meta.text for meta in content.iter(f"{_OPF}meta")}
    assert content.find(f".//{_OPF}title").text == draft.title
    assert values["subject"] == draft.summary
    assert values["keyword"] == "공공데이터, 개방, 제출, 인공지능 초안"
    assert values["description"] == DRAFT_LINE
    assert values["creator"] == values["lastsaveby"] == "행정비서"


def test_hangul_page(drafts: dict[str, Draft], tmp_path: Path) -> None:
    section = _part(write_document(drafts["report"], tmp_path / "a.hwpx"), "Contents/section0.xml")
    page = section.find(f".//{_HP}pagePr")
    assert round(int(page.get("width")) / _HWP_UNITS_PER_MM) == 210
    assert round(int(page.get("height")) / _HWP_UNITS_PER_MM) == 297
    margin = page.find(f"{_HP}margin")
    above = (int(margin.get("top")) + int(margin.get("header"))) / _HWP_UNITS_PER_MM
    assert round(above) == 20
    number = section.find(f".//{_HP}pageNum")
    assert number.get("pos") == "BOTTOM_CENTER"
    first = section.find(f"{_HP}p")
    assert first.find(f".//{_HP}secPr") is not None
    assert DRAFT_LINE in "".join(first.itertext())


def test_hangul_headings_are_outlined_without_automatic_numbers(drafts: dict[str, Draft], tmp_path: Path) -> None:
    path = write_document(drafts["report"], tmp_path / "a.hwpx")
    header = _part(path, "Contents/header.xml")
    section = _part(path, "Contents/section0.xml")
    styles = {style.get("id"): style.get("name") for style in header.iter(f"{_HH}style")}
    shapes = {shape.get("id"): shape for shape in header.iter(f"{_HH}paraPr")}
    headings = [p for p in section.iter(f"{_HP}p") if styles[p.get("styleIDRef")] == "개요 1"]
    assert ["".join(p.itertext()) for p in headings] == ["추진배경", "기대효과", "향후계획"]
    for heading in headings:
        kind = shapes[heading.get("paraPrIDRef")].find(f"{_HH}heading")
        assert (kind.get("type"), kind.get("level")) == ("OUTLINE", "0")
    assert all(not head.text for head in header.iter(f"{_HH}paraHead"))


def test_hangul_fonts_have_a_stand_in(drafts: dict[str, Draft], tmp_path: Path) -> None:
    header = _part(write_document(drafts["report"], tmp_path / "a.hwpx"), "Contents/header.xml")
    fonts = [font for font in header.iter(f"{_HH}font") if font.get("face") == "휴먼명조"]
    assert fonts
    assert all(font.find(f"{_HH}substFont").get("face") == "함초롬바탕" for font in fonts)


def test_hangul_table(drafts: dict[str, Draft], tmp_path: Path) -> None:
    path = write_document(drafts["official"], tmp_path / "a.hwpx")
    section = _part(path, "Contents/section0.xml")
    table = section.find(f".//{_HP}tbl")
    assert (table.get("rowCnt"), table.get("colCnt"), table.get("repeatHeader")) == ("4", "4", "1")
    rows = table.findall(f"{_HP}tr")
    assert [cell.get("header") for cell in rows[0]] == ["1"] * 4
    assert rows[0][0].get("borderFillIDRef") != rows[1][0].get("borderFillIDRef")
    width = sum(int(cell.find(f"{_HP}cellSz").get("width")) for cell in rows[0])
    assert round(width / _HWP_UNITS_PER_MM) == 170


# Anything that can be drafted can be written

_LETTERS = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
_SIGNS = st.sampled_from(
    list("「」·㉮①□ㅇ※&<>\"'😀📌㐀、…~%*_#|`\\[](){}=+-.,:/ \t\u00a0\u3000\x00\x0b\ud800\ufffe\u2028")
)
_WORDS = st.text(alphabet=st.one_of(_LETTERS, _SIGNS, st.characters(max_codepoint=0x17F)), max_size=30)
_MARKS = st.sampled_from(
    ["", "1. ", "가. ", "1) ", "가) ", "(1) ", "(가) ", "① ", "㉮ ", "□ ", "ㅇ ", "- ", "※ ", "붙임  1. "]
)
_LINES = st.lists(st.builds(str.__add__, _MARKS, _WORDS), max_size=6).map("\n".join)
_ROWS = st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(tuple), max_size=4).map(tuple)
_EVIDENCE = st.builds(Evidence, _WORDS, st.one_of(st.none(), st.integers(1, 99)), _WORDS)
_ITEMS = st.lists(
    st.builds(SwotItem, _WORDS, st.lists(_EVIDENCE, max_size=2).map(tuple), inferred=st.booleans()), max_size=2
).map(tuple)
_NAMES = st.lists(_WORDS, max_size=3).map(tuple)
_LETTER = st.builds(
    Letter, _WORDS, _NAMES, _WORDS, _WORDS, _NAMES, _NAMES, _WORDS, _WORDS, _WORDS, _WORDS, disclosure=_WORDS
)
_SECTION = st.builds(
    Section,
    st.sampled_from(["a", "strengths", "weaknesses", "opportunities", "threats"]),
    _WORDS,
    _LINES,
    st.sampled_from(["model", "form", "rule"]),
    items=_ITEMS,
    rows=st.one_of(st.just(()), _ROWS),
    header_rows=st.integers(0, 3),
    heading=st.booleans(),
)
_DRAFTS = st.builds(
    Draft,
    st.sampled_from(["press", "swot"]),
    st.sampled_from(["official", "report", "press", "plain"]),
    st.lists(_WORDS, max_size=2).map("\n".join),
    st.lists(_SECTION, max_size=4).map(tuple),
    subtitle=st.lists(_WORDS, max_size=2).map("\n".join),
    summary=_WORDS,
    keywords=st.lists(_WORDS, max_size=3).map(tuple),
    letter=st.one_of(st.none(), _LETTER),
    grade=st.sampled_from(["", "C", "S", "O"]),
)
_FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a whole file a try: too slow to shrink
)


@given(draft=_DRAFTS)
@_FEW
def test_any_draft_survives_word(draft: Draft, tmp_path: Path) -> None:
    path = write_document(draft, tmp_path / "a.docx", overwrite=True)
    assert_in_order(printed(draft), word_text(path))


@given(draft=_DRAFTS)
@_FEW
def test_any_draft_survives_hangul(draft: Draft, tmp_path: Path) -> None:
    path = write_document(draft, tmp_path / "a.hwpx", overwrite=True)
    assert_in_order(printed(draft), dochan_text(path))
    assert_in_order(printed(draft), unhwp_text(path))


@given(draft=_DRAFTS)
@_FEW
def test_any_draft_survives_text(draft: Draft, tmp_path: Path) -> None:
    path = write_document(draft, tmp_path / "a.txt", overwrite=True)
    assert_in_order(printed(draft, two_by_two=False), path.read_text(encoding="utf-8-sig"))


@given(draft=_DRAFTS)
@_FEW
def test_layout_keeps_every_word(draft: Draft) -> None:
    laid = _letters(" ".join(printed(draft)))
    for section in draft.sections:
        if section.rows:
            continue
        for line in clean_text(section.text).split("\n"):
            mark = find_mark(type_marks(line))
            assert _letters(mark.body if mark else line) in laid


def _letters(text: str) -> str:
    """Marks, numbers of attachments and `끝.` are the layout's own."""
    return re.sub(r"[\W\d_]|붙임|끝", "", text)


def test_very_long_cell_and_many_rows(tmp_path: Path) -> None:
    rows = (("번호", "내용"), *((str(n), "긴 내용 " * (400 if n == 3 else 3)) for n in range(200)))
    draft = Draft("report", "report", "긴 표", (Section("a", "표", "", "rule", rows=rows, header_rows=1),))
    word = write_document(draft, tmp_path / "a.docx")
    hangul = write_document(draft, tmp_path / "a.hwpx")
    assert_in_order(printed(draft), word_text(word))
    assert_in_order(printed(draft), dochan_text(hangul))
    # A table longer than a page must be able to break.
    position = _part(hangul, "Contents/section0.xml").find(f".//{_HP}tbl/{_HP}pos")
    assert position.get("treatAsChar") == "0"


def test_overlong_properties_are_cut(tmp_path: Path) -> None:
    draft = Draft("report", "report", "가" * 400, (), summary="나" * 400, keywords=("다" * 300,))
    properties = docx.Document(str(write_document(draft, tmp_path / "a.docx"))).core_properties
    assert properties.title == "가" * 254 + "…"
    write_document(draft, tmp_path / "a.hwpx")


def test_grade_stands_at_the_right_of_every_foot(drafts: dict[str, Draft], tmp_path: Path) -> None:
    for name in ("letter", "report"):  # a table makes the same paragraph shape beforehand
        draft = dataclasses.replace(drafts[name], grade="S")
        path = write_document(draft, tmp_path / f"{name}.hwpx")
        header, section = _part(path, "Contents/header.xml"), _part(path, "Contents/section0.xml")
        line = section.find(f".//{_HP}ctrl/{_HP}footer/{_HP}subList/{_HP}p")
        assert "".join(line.itertext()) == "보안등급: S(민감)"
        shape = next(one for one in header.iter(f"{_HH}paraPr") if one.get("id") == line.get("paraPrIDRef"))
        assert shape.find(f"{_HH}align").get("horizontal") == "RIGHT"
        assert len(list(section.iter(f"{_HP}footer"))) == 1
        foot = docx.Document(str(write_document(draft, tmp_path / f"{name}.docx"))).sections[0].footer
        assert foot.paragraphs[1].text == "보안등급: S(민감)"


def test_long_table_of_few_rows_may_break_and_a_small_one_moves_whole(tmp_path: Path) -> None:
    def kept(cell: str) -> list[bool | None]:
        rows = (("가", "나"), (cell, cell), (cell, cell))
        draft = Draft("report", "report", "표", (Section("a", "표", "", "rule", rows=rows, header_rows=1),))
        table = docx.Document(str(write_document(draft, tmp_path / "a.docx", overwrite=True))).tables[0]
        return [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]

    assert kept("짧은 글") == [True, True, None]
    assert kept("긴 글이 이어지는 칸 " * 20) == [True, None, None]


def test_word_does_not_widen_the_gap_between_hangul_and_figures(drafts: dict[str, Draft], tmp_path: Path) -> None:
    shape = docx.Document(str(write_document(drafts["press"], tmp_path / "a.docx"))).styles["Normal"].element.pPr
    assert [shape.find(qn(f"w:autoSpace{kind}")).get(qn("w:val")) for kind in ("DE", "DN")] == ["0", "0"]


def test_second_attachment_begins_below_the_first(drafts: dict[str, Draft], tmp_path: Path) -> None:
    lines = docx.Document(str(write_document(drafts["letter"], tmp_path / "a.docx"))).paragraphs
    first, second = (one.paragraph_format for one in lines if one.text.endswith(("자료 1부.", "명단 1부.  끝.")))
    assert first.left_indent == second.left_indent


def test_summary_is_at_most_two_hundred_letters_and_never_missing(tmp_path: Path) -> None:
    draft = Draft("plain", "plain", "제목", ())
    for summary, kept in (("", "제목"), ("가" * 300, "가" * 199 + "…")):
        one = dataclasses.replace(draft, summary=summary)
        word = docx.Document(str(write_document(one, tmp_path / "a.docx", overwrite=True)))
        assert word.core_properties.subject == kept
        content = _part(write_document(one, tmp_path / "a.hwpx", overwrite=True), "Contents/content.hpf")
        assert next(meta.text for meta in content.iter(f"{_OPF}meta") if meta.get("name") == "subject") == kept


def _shapes(path: Path) -> dict[str, Any]:
    """The words of each paragraph and its shape."""
    with zipfile.ZipFile(path) as package:
        header = etree.fromstring(package.read("Contents/header.xml"))
        section = etree.fromstring(package.read("Contents/section0.xml"))
    shapes = {one.get("id"): one for one in header.iter(f"{_HH}paraPr")}
    return {
        "".join(node.text or "" for node in one.iter(f"{_HP}t")): shapes[one.get("paraPrIDRef")]
        for one in section.iter(f"{_HP}p")
    }


def test_hangul_keeps_words_whole_unless_they_are_longer_than_a_line(tmp_path: Path) -> None:
    text = f"ㅇ 짧은 항목\nㅇ {'나' * 200}\nㅇ 다른 항목"
    rows = (("구분", "내용"), ("가", "나"))
    sections = (
        Section("a", "절 제목", text, "model"),
        Section("b", "표", "", "rule", rows=rows, header_rows=1),
    )
    found = _shapes(write_document(Draft("report", "report", "제목", sections), tmp_path / "초안.hwpx"))
    breaks = {words: next(shape.iter(f"{_HH}breakSetting")).get("breakNonLatinWord") for words, shape in found.items()}
    # Hancom's own word for breaking between 어절 is BREAK_WORD.
    assert [words for words, kind in breaks.items() if kind != "BREAK_WORD"] == ["ㅇ " + "나" * 200]


def test_lines_of_one_title_stand_close_together_above_one_rule(tmp_path: Path) -> None:
    draft = Draft("report", "report", "첫째 줄\n둘째 줄", (Section("a", "절", "글이다.", "model"),))
    document = docx.Document(str(write_document(draft, tmp_path / "초안.docx")))
    first, second = (paragraph for paragraph in document.paragraphs if "줄" in paragraph.text)
    assert first.paragraph_format.space_after.pt == second.paragraph_format.space_before.pt == 0
    shapes = _shapes(write_document(draft, tmp_path / "초안.hwpx"))
    first_rule, second_rule, plain = (
        next(shapes[words].iter(f"{_HH}border")).get("borderFillIDRef") for words in ("첫째 줄", "둘째 줄", "글이다.")
    )
    assert first_rule == plain != second_rule


def test_a_sum_never_stands_alone_on_a_page(tmp_path: Path) -> None:
    rows = (("구분", "금액"), *((f"{n}째", "1,200") for n in range(40)), ("합계", "48,000"))
    section = Section("a", "예산", "", "rule", rows=rows, header_rows=1)
    path = write_document(Draft("report", "report", "계획", (section,)), tmp_path / "초안.docx")
    (table,) = docx.Document(str(path)).tables
    kept = [all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in table.rows]
    assert kept == [True, *[False] * 39, True, False]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("축제", "봄꽃", "안전"), ("축제", "봄꽃", "안전")),
        ((), ("봄꽃", "축제", "개막")),
        (("축제", " 축제 ", ""), ("축제", "봄꽃", "개막")),
        (tuple("가나다라마바사아자"), tuple("가나다라마바사")),
    ],
)
def test_three_to_seven_keywords_stand_in_the_properties(
    tmp_path: Path, given: tuple[str, ...], written: tuple[str, ...]
) -> None:
    draft = Draft("press", "press", "봄꽃 축제 개막", (), keywords=given)
    path = write_document(draft, tmp_path / "초안.docx")
    assert docx.Document(str(path)).core_properties.keywords == ", ".join(written)


def test_hangul_breaks_a_table_between_its_rows_unless_one_is_very_high(tmp_path: Path) -> None:
    short = (("구분", "내용"), *((str(n), "여러 줄 적은 칸입니다. " * 12) for n in range(30)))
    high = (("구분", "내용"), ("1", "아주 긴 칸입니다. " * 200))
    for rows, kind in ((short, "TABLE"), (high, "CELL")):  # Hancom's words for 셀 단위로 나눔 and 나눔
        section = Section("a", "표", "", "rule", rows=rows, header_rows=1)
        path = write_document(Draft("report", "report", "계획", (section,)), tmp_path / f"{kind}.hwpx")
        assert _part(path, "Contents/section0.xml").find(f".//{_HP}tbl").get("pageBreak") == kind
