from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from biseo.readers.limits import Limits
from biseo.readers.sheet import shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234567, "#,##0", "1,234,567"),
        (0.153, "0.0%", "15.3%"),
        (0.5, "0%", "50%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (datetime(2026, 1, 6), "yyyy-mm-dd", "2026-01-06"),
        (date(2026, 1, 6), "", "2026-01-06"),
        (datetime(2026, 1, 6, 15, 30), "", "2026-01-06 15:30"),
        (True, "", "TRUE"),
        ("가", "", "가"),
        (None, "", ""),
        (1200.5, '#,##0.00"원"', "1,200.50원"),
        (1234567890, "#,##0,", "1,234,568"),  # shown in thousands, under a head that says so
        (1234567890, "#,##0,,", "1,235"),
        (-5000, "_-[$₩-412]* #,##0_-;-[$₩-412]* #,##0_-", "-₩5,000"),
        (5000, '"₩"#,##0_);[Red]\\("₩"#,##0\\)', "₩5,000"),
        (31500, '#,##0" 명"', "31,500 명"),
        (12, 'General"건"', "12건"),
        (7, "0명", "7명"),
        (2.5, "0", "3"),
        (2.5, "0.##", "2.5"),
        (3, "0.##", "3"),
        (0.5, "#.0", "0.5"),
        (-0.25, "0.0%", "-25.0%"),
        (0.00001, "0.0E+00", "1e-05"),
        (10**20, "#,##0", "100,000,000,000,000,000,000"),
        (1e300, "0", "1" + "0" * 300),
        (float("inf"), "#,##0", "inf"),
        (1.5, "# ?/?", "1.5"),
        (12, "@", "12"),
        (12, "0.0", "12.0"),
        (2.5, '0.0"억";-0.0', "2.5억"),
        (44, "00000", "00044"),
    ],
)
def test_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


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
        ("heading", 2, "숨김"),
        ("table", 0, "비밀"),
    ]
    assert document.blocks[1].rows == (("과목", "금액", "비율"), ("인건비", "1,200,000", "25%"))
    assert any("수식 1칸" in warning for warning in document.warnings)
    assert "숨긴 시트 「숨김」의 내용도 읽었습니다." in document.warnings


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
