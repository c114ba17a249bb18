"""The layout rules of official documents, case by case (시행규칙 제2조, 제4조)."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from biseo.document import Draft, Letter, Section
from biseo.writers import write_document
from biseo.writers.docx_file import write_docx
from biseo.writers.grid import Table
from biseo.writers.layout import lay_out
from biseo.writers.official import type_marks
from biseo.writers.pieces import Ending, Fixed, Item, Paragraph, Piece
from biseo.writers.properties import grade_line, summary_of


def _lay(*texts: str, letter: Letter | None = None, rows: tuple[tuple[str, ...], ...] = ()) -> tuple[Piece, ...]:
    sections = [Section(f"s{n}", "본문", text, "form", heading=False) for n, text in enumerate(texts)]
    if rows:
        sections.append(Section("table", "표", "", "rule", rows=rows, header_rows=1, heading=False))
    return lay_out(Draft("official", "official", "회의 개최 알림", tuple(sections), letter=letter))


def _lines(*texts: str) -> list[str]:
    return [piece.text for piece in _lay(*texts)[2:] if not isinstance(piece, Table)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "written",
    [
        "협조하여 주시기 바랍니다.",
        "협조하여 주시기 바랍니다. 끝.",
        "협조하여 주시기 바랍니다.  끝",
        "협조하여 주시기 바랍니다.  -끝-",
        "협조하여 주시기 바랍니다.끝.",
        "협조하여 주시기 바랍니다.\n끝.",
    ],
)
def test_end_stands_two_keys_after_the_last_letter(written: str) -> None:
    assert _lines(written) == ["협조하여 주시기 바랍니다.  끝."]


def test_sentence_that_ends_with_the_word_end_keeps_it() -> None:
    assert _lines("10분간 휴식\n회의 끝") == ["10분간 휴식", "회의 끝  끝."]


def test_end_stands_after_the_attachments_only() -> None:
    assert _lines("보내 드립니다.  끝.", "붙임  계획서 1부.") == ["보내 드립니다.", "붙임  계획서 1부.  끝."]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("붙임: 계획서 1부. 끝.", ["붙임  계획서 1부.  끝."]),
        ("붙임 계획서 1부. 끝.", ["붙임  계획서 1부.  끝."]),
        ("붙임  1. 계획서 1부. 끝.", ["붙임  계획서 1부.  끝."]),
        ("붙임  계획서 1부  끝.", ["붙임  계획서 1부.  끝."]),
        ("붙 임 : 1. 계획서 1부.\n      2. 명단 1부.", ["붙임  1. 계획서 1부.", "2. 명단 1부.  끝."]),
        ("붙임 1. 계획서 1부. 2. 명단 1부. 끝.", ["붙임  1. 계획서 1부.", "2. 명단 1부.  끝."]),
        ("붙임  계획서 1부\n명단 2부", ["붙임  1. 계획서 1부.", "2. 명단 2부.  끝."]),
        ("붙임 문서를 참고하여 주시기 바랍니다.", ["붙임 문서를 참고하여 주시기 바랍니다.  끝."]),
    ],
)
def test_attachments_are_typed_by_rule(written: str, typed: list[str]) -> None:
    assert _lines(written) == typed


def test_attachments_under_a_title_of_their_own() -> None:
    draft = Draft("official", "official", "알림", (Section("a", "붙임", "계획서 1부\n명단 1부", "form"),))
    pieces = lay_out(draft)[2:]
    assert [piece.text for piece in pieces] == ["붙임  1. 계획서 1부.", "2. 명단 1부.  끝."]  # type: ignore[union-attr]
    second = pieces[1]
    assert isinstance(second, Item)
    assert (second.indent, second.lead) == (6, "붙임  ")


def test_end_goes_to_the_next_line_where_the_margin_is_reached() -> None:
    # 170 mm of 12 point letters are 80.3 keys.
    for length, ends in ((36, False), (37, True), (38, True), (40, True), (41, False)):
        pieces = _lay("가" * (length - 1) + ".")[2:]
        last = pieces[-1]
        assert isinstance(last, Ending) is ends, length
        if isinstance(last, Ending):
            assert (last.text, last.indent) == ("끝.", 2)
        else:
            assert last.text.endswith("  끝.")  # type: ignore[union-attr]


def test_word_reckons_the_margin_in_its_own_font() -> None:
    draft = Draft("official", "official", "알림", (Section("a", "본문", "가" * 38 + ".", "form", heading=False),))
    pieces = lay_out(draft)
    assert isinstance(pieces[-1], Ending)
    lines = [one.text for one in docx.Document(io.BytesIO(write_docx(draft, pieces))).paragraphs]
    assert lines[-1] == "가" * 38 + ".  끝."


def test_end_of_a_full_table_stands_below_it() -> None:
    pieces = _lay(rows=(("연번", "비고"), ("1", "")))
    assert pieces[-1] == Ending()
    assert (Ending().text, Ending().indent) == ("끝.", 2)


def test_table_that_is_not_full_says_so_and_has_no_end() -> None:
    pieces = _lay(rows=(("연번", "성명"), ("1", "홍길동"), ("", ""), ("", " ")))
    table = pieces[-1]
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        ("연번", "성명"),
        ("1", "홍길동"),
        ("이하 빈칸", ""),
        ("", " "),
    ]


def test_other_profiles_have_no_end() -> None:
    for profile in ("report", "press", "plain"):
        draft = Draft("x", profile, "제목", (Section("a", "본문", "알립니다.", "form", heading=False),))
        assert lay_out(draft)[-1] == Paragraph("알립니다.")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("1.관련", "1. 관련"),
        ("가.「법」에 따라", "가. 「법」에 따라"),
        ("⑴ 추진 목적", "(1) 추진 목적"),
        ("㈏추진", "(나) 추진"),
        ("3.1 운동", "3.1 운동"),
        ("가.나.다 순", "가.나.다 순"),
        ("1.5배", "1.5배"),
    ],
)
def test_marks_are_typed_by_rule(written: str, typed: str) -> None:
    assert type_marks(written) == typed


def test_only_item_has_no_mark() -> None:
    assert _lines("1. 알려 드립니다.") == ["알려 드립니다.  끝."]
    pieces = _lay("1. 하나\n가. 하나의 하나\n2. 둘")[2:]
    assert pieces[1] == Paragraph("하나의 하나", 2)
    assert [piece.text for piece in pieces if isinstance(piece, Item)] == ["1. 하나", "2. 둘  끝."]
    # Its items keep theirs, so it does.
    assert _lines("1. 하나\n가. 하나의 하나\n나. 하나의 둘")[0] == "1. 하나"
    assert _lines("1. 하나", "붙임  1. 가 1부.\n2. 나 1부.")[0] == "하나"


def test_items_are_counted_beyond_the_fourteenth() -> None:
    marks = "가나다라마바사아자차카타파하거너더"
    levels = [piece.level for piece in _lay("1. 가\n" + "\n".join(f"{m}. 글" for m in marks) + "\n2. 나")[2:]]  # type: ignore[union-attr]
    assert levels == [1] + [2] * len(marks) + [1]


SEVERAL = Letter("한빛시", ("○○군수", "△△구청장"), sender="한빛시장", signers=("주무관 홍길동",), number="총무과-1")


def test_several_receivers_are_listed_in_the_foot() -> None:
    pieces = _lay("알립니다.", letter=SEVERAL)[1:]
    assert [(piece.role, piece.text) for piece in pieces if isinstance(piece, Fixed)] == [
        ("agency", "한빛시"),
        ("field", "수신  수신자 참조"),
        ("field", "(경유)"),
        ("subject", "제목  회의 개최 알림"),
        ("sender", "한빛시장"),
        ("line", ""),
        ("foot", "주무관 홍길동"),
        ("foot", "시행  총무과-1"),
    ]
    assert pieces[4] == Paragraph("알립니다.  끝.")
    assert pieces[6] == Item("수신자", "  ", "○○군수, △△구청장", 1)


def test_one_receiver_stands_in_the_head_only() -> None:
    texts = [piece.text for piece in _lay("알립니다.", letter=dataclasses.replace(SEVERAL, receivers=("○○군수",)))]  # type: ignore[union-attr]
    assert "수신  ○○군수" in texts
    assert not [text for text in texts if text.startswith("수신자")]


def test_internal_document_has_no_sender() -> None:
    texts = [piece.text for piece in _lay("알립니다.", letter=dataclasses.replace(SEVERAL, receivers=()))]  # type: ignore[union-attr]
    assert "수신  내부결재" in texts
    assert "한빛시장" not in texts


def test_missing_agency_and_sender_are_asked_for() -> None:
    texts = [piece.text for piece in _lay("알립니다.", letter=Letter(receivers=("○○군수",)))]  # type: ignore[union-attr]
    assert texts.count("[확인 필요]") == 2


def test_receiver_lines_of_the_draft_stand_above_the_subject() -> None:
    pieces = _lay("수신  수신자 참조\n(경유)", "알립니다.")[1:]
    assert [piece.text for piece in pieces] == [  # type: ignore[union-attr]
        "수신  수신자 참조",
        "(경유)",
        "제목  회의 개최 알림",
        "알립니다.  끝.",
    ]


def test_grade_and_summary() -> None:
    draft = Draft("x", "plain", "제목", (), grade="S")
    assert grade_line(draft) == "보안등급: S(민감)"
    assert grade_line(dataclasses.replace(draft, grade="")) == ""
    assert summary_of(draft) == "제목"
    assert len(summary_of(dataclasses.replace(draft, summary="가" * 300))) == 200


def test_sender_and_foot_stay_on_one_page(drafts: dict[str, Draft], tmp_path: Path) -> None:
    document = docx.Document(str(write_document(drafts["letter"], tmp_path / "초안.docx")))
    kept = {one.style.name for one in document.paragraphs if one.style.paragraph_format.keep_with_next}
    assert {"Biseo Sender", "Biseo Line", "Biseo Foot"} <= kept
    with zipfile.ZipFile(write_document(drafts["letter"], tmp_path / "초안.hwpx")) as package:
        header, section = (package.read(f"Contents/{part}.xml").decode() for part in ("header", "section0"))
    keeping = set(re.findall(r'<hh:paraPr [^>]*id="(\d+)"(?:(?!</hh:paraPr>).)*keepWithNext="1"', header, re.DOTALL))
    for words in ("한빛시장", "협조자  예산과장", "시행  총무과"):
        (number,) = re.findall(rf'paraPrIDRef="(\d+)"[^>]*><hp:run[^>]*><hp:t>{words}', section)
        assert number in keeping
