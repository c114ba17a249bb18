"""Lines to write on: `성명: ____` and underlined blanks, in Word and Hangul forms."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import docx
import pytest
from tests.assistant.forms.form_files import paragraph, section_of, table_paragraph, write_hwpx

from biseo.forms import EmptyFieldsError
from biseo.forms.blanks import find_blanks
from biseo.forms.process import fill_form, find_fields


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("성명: ______", ["성명"]),
        ("성  명 : ________ (인)", ["성명"]),
        ("1. 성명: ______   생년월일: ______", ["성명", "생년월일"]),
        ("주소: ______ (전화: ______)", ["주소", "전화"]),
        ("성명 ______ (인)   주소 ______", ["성명", "주소"]),
        ("○ 기관명(부서): ＿＿＿＿", ["기관명(부서)"]),
        ("위와 같이 신청합니다. 신청인 ______", ["신청인"]),
        ("작성일: ____년 __월 __일", ["작성일"]),
        ("____년 __월 __일", []),
        ("______ 귀하", []),
        ("____________________", []),
        ("파일 이름은 final__v2 입니다", []),
        ("다음 줄에 서명합니다.\n______", []),
        ("신청 기간 ____년부터", ["신청 기간"]),
        ("작성 ______ 일", []),
        ("{{성명}} ______", []),
    ],
)
def test_a_blank_is_named_by_the_words_before_it(line: str, names: list[str]) -> None:
    assert [blank.name for blank in find_blanks(line)] == names


@pytest.mark.parametrize("text", ["가 " * 300_000, "(" * 300_000, "__ " * 200_000, "_" * 500_000, "가__년 " * 100_000])
def test_text_made_to_choke_takes_no_longer(text: str) -> None:
    start = time.perf_counter()
    list(find_blanks(text + "성명: ____", " " * len(text)))
    assert time.perf_counter() - start < 5


def test_a_date_with_its_units_is_one_blank() -> None:
    (blank,) = find_blanks("작성일: ____년 __월 __일 끝")
    assert "작성일: ____년 __월 __일 끝"[blank.start : blank.end] == "____년 __월 __일"


def _word(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("신청인 성명: ________ (인)    전화: ______")
    document.add_paragraph("대리인  성명: ________")
    line = document.add_paragraph("주소: ")
    line.add_run("            ").underline = True
    line.add_run(" (우편번호: ")
    line.add_run("   \t").underline = True
    line.add_run(")")
    title = document.add_paragraph()
    title.add_run("밑줄 그은 제목    ").underline = True
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "은행명: ______\n예금주: ______"
    document.save(str(path))
    return path


def test_blanks_of_a_word_form_are_filled_where_they_stand(tmp_path: Path) -> None:
    path = _word(tmp_path / "신청서.docx")
    form = find_fields(path)
    assert [(field.name, field.kind) for field in form.fields] == [
        ("신청인 성명", "blank"),
        ("전화", "blank"),
        ("성명", "blank"),
        ("주소", "blank"),
        ("우편번호", "blank"),
        ("은행명", "blank"),
        ("예금주", "blank"),
    ]
    with pytest.raises(EmptyFieldsError) as refused:
        fill_form(path, {"전화": "042-000-0000"}, tmp_path / "빈칸.docx")
    assert "은행명" in str(refused.value.message) and not (tmp_path / "빈칸.docx").exists()
    values = {
        "신청인 성명": "홍길동",
        "전화": "042-000-0000",
        "주소": "한빛시 중앙로 1",
        "은행명": "한빛",
        "예금주": "홍",
    }
    filled = fill_form(path, values, tmp_path / "채움.docx", allow_empty=True)
    assert filled.empty == ("성명", "우편번호")
    document = docx.Document(str(filled.path))
    assert [one.text for one in document.paragraphs[:3]] == [
        "신청인 성명: 홍길동 (인)    전화: 042-000-0000",
        "대리인  성명: ________",
        "주소: 한빛시 중앙로 1 (우편번호:    \t)",
    ]
    assert document.paragraphs[2].runs[1].underline
    assert document.tables[0].cell(0, 0).text == "은행명: 한빛\n예금주: 홍"


HEADER = (
    '<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"><hh:refList><hh:charProperties itemCnt="2">'
    '<hh:charPr id="0"><hh:underline type="NONE"/></hh:charPr>'
    '<hh:charPr id="1"><hh:underline type="BOTTOM"/></hh:charPr></hh:charProperties></hh:refList></hh:head>'
)


def test_blanks_of_a_hangul_form_are_filled_where_they_stand(tmp_path: Path) -> None:
    path = write_hwpx(
        tmp_path / "신청서.hwpx",
        paragraph("성 명 : ", "            ", shape=0),
        paragraph("연락처: ______"),
        table_paragraph([["직위: ____"]]),
    )
    with zipfile.ZipFile(path) as old:
        parts = [(one, old.read(one)) for one in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for one, data in parts:
            new.writestr(one, HEADER if one.filename == "Contents/header.xml" else data)
    assert [(field.name, field.kind) for field in find_fields(path).fields] == [
        ("성명", "blank"),
        ("연락처", "blank"),
        ("직위", "blank"),
    ]
    out = tmp_path / "채움.hwpx"
    fill_form(path, {"성명": "홍길동", "연락처": "042-000-0000", "직위": "주무관"}, out)
    section = section_of(out)
    assert '<hp:run charPrIDRef="1"><hp:t>홍길동</hp:t></hp:run>' in section
    assert "연락처: 042-000-0000" in section and "직위: 주무관" in section


def test_a_column_that_counts_its_rows_asks_for_nothing(tmp_path: Path) -> None:
    rows = [["순번", "성명", "번호"], ["", "", ""], ["", "", ""]]
    path = write_hwpx(tmp_path / "명단.hwpx", table_paragraph(rows), table_paragraph([["번호", ""]]))
    assert [field.name for field in find_fields(path).fields] == ["성명", "성명 (2)", "번호"]
