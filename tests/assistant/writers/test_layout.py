from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from biseo.document import Draft, Section
from biseo.writers import write_document
from biseo.writers.clean import clean_text
from biseo.writers.grid import Table, lay_out_table
from biseo.writers.layout import (
    DRAFT_LINE,
    Fixed,
    Heading,
    Item,
    Notice,
    Paragraph,
    Piece,
    Quadrants,
    Subtitle,
    Title,
    lay_out,
)
from biseo.writers.profiles import all_profiles, find_profile

GOLDEN = Path(__file__).parent / "golden"
PROFILES = ("official", "report", "press", "swot", "plain", "letter")


def _dump(pieces: tuple[Piece, ...]) -> str:
    """What is printed, one line a line of the document."""
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece, Item):
            lines.append(f"item {piece.level} +{piece.indent} >{piece.hanging} | {piece.text}")
        elif isinstance(piece, Table):
            widths = " ".join(f"{width:.2f}" for width in piece.widths)
            lines.append(f"table head={piece.header_rows} widths={widths}")
            for row in piece.rows:
                cells = (
                    f"{cell.align[0]}{'H' if cell.head else 'S' if cell.strong else ''}:{cell.text}" for cell in row
                )
                lines.append("  " + " | ".join(cells))
        elif isinstance(piece, Quadrants):
            for cell in piece.cells:
                lines.append(f"quadrant {cell.title}")
                lines += [f"  {line.text}" for line in cell.lines]
        elif isinstance(piece, Paragraph):
            kind = piece.role if isinstance(piece, Fixed) else type(piece).__name__.lower()
            lines.append(f"{kind}{f' +{piece.indent}' if piece.indent else ''} | {piece.text}".rstrip())
        else:
            lines.append(f"{type(piece).__name__.lower()} | {piece.text}")
    return "\n".join(lines) + "\n"


def _compare(name: str, content: str) -> None:
    """Against the stored picture; `BISEO_UPDATE_GOLDEN=1` stores a new one, to be read before it is committed."""
    path = GOLDEN / name
    if os.environ.get("BISEO_UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert content == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PROFILES)
def test_layout_is_as_it_was(drafts: dict[str, Draft], name: str) -> None:
    _compare(f"{name}.layout", _dump(lay_out(drafts[name])))


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_is_as_it_was(drafts: dict[str, Draft], tmp_path: Path, name: str, suffix: str) -> None:
    written = write_document(drafts[name], tmp_path / f"초안{suffix}").read_bytes().decode("utf-8")
    _compare(name + suffix, written.removeprefix("\ufeff").replace("\r\n", "\n"))


def _draft(*sections: Section, **values: str) -> Draft:
    return dataclasses.replace(Draft("report", "report", "제목", sections), **values)  # type: ignore[arg-type]


def test_draft_line_comes_first(drafts: dict[str, Draft]) -> None:
    for draft in drafts.values():
        assert lay_out(draft)[0] == Notice(DRAFT_LINE)


def test_title_is_printed_once(drafts: dict[str, Draft]) -> None:
    draft = drafts["press"]
    texts = [piece.text for piece in lay_out(draft) if not isinstance(piece, Table | Quadrants)]
    assert texts.count(draft.title) == 1
    assert texts.count(draft.subtitle) == 1


def test_title_broken_into_two_lines_is_not_repeated_by_its_section() -> None:
    headline = Section("headline", "제목", "봄꽃 축제 개막…안전요원 배치", "model", heading=False)
    pieces = lay_out(_draft(headline, title="봄꽃 축제 개막…\n안전요원 배치", profile="press"))
    assert not any(isinstance(piece, Paragraph) and "봄꽃" in piece.text for piece in pieces)


def test_heading_that_repeats_the_title_is_left_out() -> None:
    pieces = lay_out(_draft(Section("a", "제목", "내용", "model")))
    assert pieces == (Notice(DRAFT_LINE), Title("제목"), Paragraph("내용"))


def test_press_head_stands_above_the_title(drafts: dict[str, Draft]) -> None:
    kinds = [type(piece) for piece in lay_out(drafts["press"])]
    assert kinds == [Notice, Fixed, Table, Title, Subtitle, Paragraph, Paragraph]


def test_two_line_title() -> None:
    pieces = lay_out(_draft(title="첫 줄\n둘째 줄"))
    assert pieces[1:] == (Title("첫 줄"), Title("둘째 줄"))


def test_empty_section_asks_and_an_empty_optional_part_does_not() -> None:
    pieces = lay_out(
        _draft(
            Section("a", "배경", " \n", "model"),
            Section("b", "인사", "", "model", heading=False),
            Section("c", "추신", "", "form", heading=False),
        )
    )
    assert pieces[2:] == (Heading("□ 배경"), Paragraph("[확인 필요]"), Paragraph("[확인 필요]"))


def test_numbering_goes_on_through_sections_without_heading() -> None:
    pieces = lay_out(
        _draft(
            Section("a", "가", "1. 인사", "form", heading=False),
            Section("b", "나", "가. 의견", "model", heading=False),
            Section("c", "다", "가. 새로", "model"),
        )
    )
    assert [piece.level for piece in pieces if isinstance(piece, Item)] == [1, 2, 2]


def test_attachments_hang_below_each_other() -> None:
    pieces = lay_out(_draft(Section("a", "", "붙임  1. 서식 1부.\n2. 요령 1부.  끝.", "form", heading=False)))
    first, second = pieces[2:]
    assert isinstance(first, Item) and isinstance(second, Item)
    assert (first.text, second.text) == ("붙임  1. 서식 1부.", "2. 요령 1부.  끝.")
    assert second.indent == 6
    assert first.hanging == second.indent + second.hanging


def test_quadrants_come_in_their_order_and_rows_of_evidence_follow(drafts: dict[str, Draft]) -> None:
    pieces = lay_out(drafts["swot"])
    quadrants = pieces[2]
    assert isinstance(quadrants, Quadrants)
    assert [cell.title for cell in quadrants.cells] == ["강점", "약점", "기회", "위협"]
    assert pieces[3] == Heading("□ 근거표")
    table = pieces[4]
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows[:5]] == [
        ("항목", "근거 문장", "출처(쪽)"),
        (
            "예산이 12% 늘어 여력이 있음",
            "올해 축제 예산은 3억 2천만 원으로 지난해보다 12% 늘었다.",
            "축제 계획(안).hwpx(3쪽)",
        ),
        ("〃", "자원봉사자 240명이 축제 기간 내내 안내를 맡는다.", "현황.txt"),
        ("자원봉사자 240명 확보", "자원봉사자 240명이 축제 기간 내내 안내를 맡는다.", "현황.txt"),
        ("주차 공간이 부족함", "추정", "–"),
    ]
    assert pieces[5] == Heading("□ 개선 아이디어")
    assert pieces[-2] == Heading("□ 근거표(개선 아이디어)")


def test_overview_of_an_analysis_stands_above_the_quadrants(drafts: dict[str, Draft]) -> None:
    overview = Section("overview", "사업 개요", "", "rule", rows=(("사업명", "축제"),))
    draft = dataclasses.replace(drafts["swot"], sections=(overview, *drafts["swot"].sections))
    kinds = [type(piece) for piece in lay_out(draft)]
    assert kinds[:6] == [Notice, Title, Heading, Table, Quadrants, Heading]


def test_marks_of_a_report_go_on_from_its_headings() -> None:
    pieces = lay_out(_draft(Section("a", "배경", "ㅇ 하나\n-둘\nㅇ셋", "model")))
    assert pieces[2:] == (
        Heading("□ 배경"),
        Item("ㅇ", " ", "하나", 2),
        Paragraph("-둘"),
        Item("ㅇ", " ", "셋", 2),
    )
    pieces = lay_out(_draft(Section("a", "배경", "□ 하나\nㅇ 둘", "model"), Section("b", "계획", "ㅇ 하나", "model")))
    assert [piece.text for piece in pieces if isinstance(piece, Heading)] == ["배경", "계획"]


def test_ordinals_stand_in_the_middle() -> None:
    table = lay_out_table((("연번", "금액"), ("1", "1,000")), 1, find_profile("report"))
    assert table is not None
    assert [cell.align for cell in table.rows[1]] == ["center", "right"]


def test_swot_with_fewer_than_four_quadrants(drafts: dict[str, Draft]) -> None:
    draft = dataclasses.replace(drafts["swot"], sections=drafts["swot"].sections[:1])
    quadrants = lay_out(draft)[2]
    assert isinstance(quadrants, Quadrants)
    assert [cell.title for cell in quadrants.cells] == ["약점"]


def test_columns_share_the_whole_width_by_content() -> None:
    table = lay_out_table((("구분", "내용"), ("가", "긴 글 " * 200), ("나", "")), 1, find_profile("report"))
    assert table is not None
    assert sum(table.widths) == pytest.approx(1)
    assert table.widths[0] < 0.15 < 0.8 < table.widths[1]
    assert min(table.widths) > 0.04


def test_table_without_cells_is_no_table() -> None:
    assert lay_out_table((), 0, find_profile("report")) is None
    assert lay_out_table(((), ()), 1, find_profile("report")) is None


def test_numbers_stand_right_and_dates_do_not() -> None:
    rows = (("이름", "값"), ("a", "1,234원"), ("b", "2026. 1. 6."), ("c", "044-000-0000"), ("d", "△12.5%"))
    table = lay_out_table(rows, 1, find_profile("report"))
    assert table is not None
    assert [row[1].align for row in table.rows] == ["center", "right", "left", "left", "right"]


def test_form_has_labels_and_plain_values() -> None:
    table = lay_out_table((("사업명", "축제"), ("총사업비", "45,500,000원")), 0, find_profile("report"))
    assert table is not None
    assert [(cell.head, cell.align) for cell in table.rows[1]] == [(True, "center"), (False, "left")]


def test_note_that_opens_a_section_stands_at_the_margin() -> None:
    pieces = lay_out(
        _draft(
            Section("a", "", "1. 처리 결과\n가. 설치함\n※ 도면 참조", "model", heading=False),
            Section("b", "", "※ 문의: 총무과", "form", heading=False),
            Section("c", "", "나. 점검함", "form", heading=False),
        )
    )
    assert [piece.level for piece in pieces if isinstance(piece, Item)] == [1, 2, 3, 1, 2]


def test_sentence_about_attachments_is_none() -> None:
    line = "붙임 문서를 참고하여 주시기 바랍니다."
    assert lay_out(_draft(Section("a", "", line, "model", heading=False)))[2] == Paragraph(line)


def test_unwritable_characters_go_and_the_others_stay() -> None:
    assert clean_text("가\x00나\ud800다\ufffe\r\n라\x0b마\t😀㉮「」·\u200d") == "가나다\n라\n마\t😀㉮「」·\u200d"


def test_every_profile_fits_the_page() -> None:
    assert set(all_profiles()) == {"official", "report", "press", "plain"}
    for profile in all_profiles().values():
        assert 140 < profile.text_width_mm < 190
        assert find_profile(profile.id) is profile
    assert find_profile("없는 것").id == "plain"
