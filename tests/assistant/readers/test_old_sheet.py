"""XLS workbooks made by hand, record by record ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.assistant.readers.tiny_ole import write_ole

from biseo.errors import InputFileError
from biseo.readers.limits import Limits


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(words: str, size: str) -> bytes:
    return struct.pack(size, len(words)) + b"\x01" + words.encode("utf-16-le")


def book(sheets: list[tuple[str, int, bytes]], extra: bytes = b"", strings: bytes = b"") -> bytes:
    """A workbook stream of sheets (name, visibility, records)."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + extra
    start += record(0x41E, struct.pack("<H", 164) + text('#,##0"원"', "<H"))
    start += record(0x41E, struct.pack("<H", 165) + text("0.0%", "<H"))
    for number in (0, 164, 165, 31):
        start += record(0xE0, struct.pack("<HH", 0, number) + b"\x00" * 16)
    start += strings
    offset = len(start) + sum(4 + 8 + 2 * len(name) for name, _, _ in sheets) + 4
    places, bodies = b"", b""
    for name, hidden, cells in sheets:
        places += record(0x85, struct.pack("<IBB", offset + len(bodies), hidden, 0) + text(name, "<B"))
        bodies += record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + record(0x0A, b"")
    return start + places + record(0x0A, b"") + bodies


def number(row: int, column: int, style: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, words: str) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, 0) + text(words, "<H"))


def test_values_as_shown_and_hidden_ones_left_out(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    # 긴 문자열이 다음 레코드로 이어지고, 그 첫 바이트가 글자 폭을 다시 말한다.
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 6, 1) + "인건".encode("utf-16-le")
    rest = b"\x01" + "비 합계".encode("utf-16-le") + struct.pack("<HB", 3, 0) + b"abc"
    strings = record(0xFC, first) + record(0x3C, rest)
    cells = b"".join(
        (
            record(0x208, struct.pack("<HHHHHHI", 3, 0, 5, 0, 0, 0, 0x20)),
            record(0x7D, struct.pack("<HHHHHH", 4, 4, 0, 0, 1, 0)),
            label(0, 0, "2026년 예산 현황"),
            record(0xFD, struct.pack("<HHHI", 1, 0, 0, 0)),
            number(1, 1, 1, 1234567.0),
            record(0x27E, struct.pack("<HHHI", 1, 2, 2, (153 << 2 | 2) | 1)),
            number(1, 3, 3, 46028.0),
            label(1, 4, "숨은 열"),
            record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 7 << 2 | 2, 1, 5 << 2 | 2, 1)),
            record(0x06, struct.pack("<HHH8sHIH", 2, 2, 0, b"\x00" * 6 + b"\xff\xff", 0, 0, 0)),
            record(0x207, text("계산된 글", "<H")),
            record(0x205, struct.pack("<HHHBB", 2, 3, 0, 7, 1)),
            label(3, 0, "숨은 행"),
            record(0x5D, struct.pack("<HHHH", 0x15, 0x12, 0x19, 1)),
            record(0x1B6, b"\x00" * 10 + struct.pack("<H", 5) + b"\x00" * 6),
            record(0x3C, b"\x01" + "확인 요망".encode("utf-16-le")),
        )
    )
    data = book([("예산", 0, cells), ("숨김", 1, label(0, 0, "비밀"))], strings=strings)
    document = read_here(write_ole(tmp_path / "예산.xls", {"Workbook": data}))
    assert document.format == "xls"
    assert document.blocks[1].rows == (
        ("2026년 예산 현황", "", "", ""),
        ("인건비 합계", "1,234,567원", "153.0%", "2026년 01월 06일"),
        ("7", "5원", "계산된 글", "#DIV/0!"),
    )
    assert [(b.kind, b.text) for b in document.blocks if b.kind != "table"] == [
        ("heading", "예산"),
        ("note", "메모: 확인 요망"),
    ]
    assert "비밀" not in document.text
    assert len(document.warnings) == 2


def test_excel_95(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    words = "예산".encode("cp949")
    start = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + record(0x42, struct.pack("<H", 949))
    name = struct.pack("<IBB", len(start) + 4 + 7 + len(words) + 4, 0, 0) + bytes([len(words)]) + words
    sheet = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    sheet += record(0x204, struct.pack("<HHHH", 0, 0, 0, len(words)) + words) + record(0x0A, b"")
    data = start + record(0x85, name) + record(0x0A, b"") + sheet
    assert [b.text for b in read_here(write_ole(tmp_path / "a.xls", {"Book": data})).blocks] == ["예산", "예산"]


def test_password_and_damage_are_refused(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    locked = book([("a", 0, label(0, 0, "가"))], extra=record(0x2F, b"\x01\x00" + b"\x00" * 52))
    for data, code in ((locked, "encrypted"), (b"\x00" * 5000, "damaged")):
        with pytest.raises(InputFileError) as caught:
            read_here(write_ole(tmp_path / "a.xls", {"Workbook": data}))
        assert caught.value.code == code


def test_too_many_cells_are_cut_and_told(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    data = book([("a", 0, b"".join(number(row, 0, 0, float(row)) for row in range(1, 50)))])
    document = read_here(write_ole(tmp_path / "a.xls", {"Workbook": data}), Limits(cells=20))
    assert len(document.blocks[1].rows) == 20
    assert document.warnings == ("시트 「a」의 내용이 많아 앞부분 20행까지만 읽었습니다.",)
