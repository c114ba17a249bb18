from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from biseo.readers.limits import Limits


def test_workbook(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    first = book.active
    first.title = "예산"
    first.append(["과목", "금액", "비율"])
    first.append(["인건비", 1200000, 0.25])
    first["B2"].number_format, first["C2"].number_format = "#,##0", "0%"
    first["E9"] = "=SUM(B2:B2)"
    second = book.create_sheet("숨김")
    second.append(["비밀"])
    second.sheet_state = "hidden"
    book.create_sheet("빈 시트")
    path = tmp_path / "예산.xlsx"
    book.save(path)
    document = read_here(path)
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("heading", 2, "예산"),
        ("table", 0, "과목\t금액\t비율\n인건비\t1,200,000\t25%"),
    ]
    assert document.blocks[1].rows == (("과목", "금액", "비율"), ("인건비", "1,200,000", "25%"))
    assert any("수식 1칸" in warning for warning in document.warnings)
    assert any("숨긴 시트 「숨김」" in warning for warning in document.warnings)


def test_hidden_rows_and_columns_are_left_out_and_memos_read(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "명단"
    sheet.append(["이름", "주민번호", "비고"])
    sheet.append(["홍길동", "비밀번호", "위원장"])
    sheet.append(["숨은 사람", "1", "위원"])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = openpyxl.comments.Comment("연락처 확인 필요", "담당")
    sheet.oddHeader.center.text = "대외주의 &P쪽"
    path = tmp_path / "명단.xlsx"
    book.save(path)
    document = read_here(path)
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("heading", "명단"),
        ("table", "이름\t비고\n홍길동\t위원장"),
        ("note", "메모(A2): 연락처 확인 필요"),
        ("note", "대외주의 쪽"),
    ]
    assert any("숨긴 행이나 열" in warning for warning in document.warnings)


def test_dates_and_won_that_korean_excel_knows_by_number(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    book.active.append([46028, 5000])
    path, changed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for cell, number in zip(book.active[1], (31, 42), strict=True):
        cell.number_format = f"0.0000{number}"
    book.save(path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/styles.xml":
                data = re.sub(rb"<numFmts.*?</numFmts>", b"", data, flags=re.DOTALL)
                data = data.replace(b'numFmtId="164"', b'numFmtId="31"').replace(b'numFmtId="165"', b'numFmtId="42"')
            target.writestr(name, data)
    assert read_here(changed).blocks[1].rows == (("2026년 01월 06일", "₩5,000"),)


def test_text_boxes_of_a_sheet_are_read(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    book.active.append(["구분"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    box = '<d xmlns:a="urn:a"><sp><txBody><a:p><a:r><a:t>작성 요령</a:t></a:r></a:p></txBody></sp></d>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", box)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<r><Relationship Id="a" Type="x/drawing" Target="../drawings/drawing1.xml"/></r>',
        )
    assert [b.text for b in read_here(path).blocks] == ["Sheet", "구분", "작성 요령"]


def test_too_many_cells_are_cut_and_told(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    for number in range(50):
        book.active.append([number, number])
    path = tmp_path / "a.xlsx"
    book.save(path)
    document = read_here(path, Limits(cells=20))
    assert len(document.blocks[1].rows) == 10
    assert document.warnings == ("시트 「Sheet」의 내용이 많아 앞부분 10행까지만 읽었습니다.",)


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8-sig", ","), ("cp949", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_csv(tmp_path: Path, read_here, encoding: str, sign: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "명단.csv"
    path.write_bytes(f'이름{sign}비고\r\n홍길동{sign}"여러\r\n줄"\r\n'.encode(encoding))
    document = read_here(path)
    assert [b.kind for b in document.blocks] == ["table"]
    assert document.blocks[0].rows == (("이름", "비고"), ("홍길동", "여러 줄"))
    assert document.title == "명단"


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n이름;비고\n가;1,2\n",
        "2026년 명단\n\n이름;비고\n가;1,2\n",
        '이름;비고\n가;"1,2"\n',
        "이름\t비고\n가\t1,2\n",
    ],
)
def test_separators_below_titles_and_as_stated(tmp_path: Path, read_here, text: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="cp949")
    assert read_here(path).blocks[0].rows[-2:] == (("이름", "비고"), ("가", "1,2"))
