from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.assistant.readers.test_hancom import cell, hwp_paragraph, hwp_record, paragraph, write_hwpx
from tests.assistant.readers.tiny_distribution import distributed_section
from tests.assistant.readers.tiny_ole import write_ole

from biseo.errors import InputFileError

TABLE = f'<hp:tbl rowCnt="1" colCnt="2"><hp:tr>{cell(0, 0, "표가")}{cell(0, 1, "든 칸")}</hp:tr></hp:tbl>'
COMPRESSED, LOCKED, DISTRIBUTED = 1, 2, 4


def squeezed(data: bytes) -> bytes:
    work = zlib.compressobj(9, zlib.DEFLATED, -15)
    return work.compress(data) + work.flush()


def write_hwp(
    path: Path, section: bytes, properties: int = 0, information: bytes = b"", more: dict[str, bytes] | None = None
) -> Path:
    head = b"HWP Document File".ljust(32, b"\x00") + struct.pack("<II", 0x05000300, properties) + b"\x00" * 216
    information = hwp_record(16, 0, struct.pack("<HHHHHHHIII", 1, 1, 1, 1, 1, 1, 1, 0, 0, 0)) + information
    if properties & COMPRESSED:
        information, section = squeezed(information), squeezed(section)
    return write_ole(path, {"FileHeader": head, "DocInfo": information, "BodyText/Section0": section, **(more or {})})


def test_pieces_of_a_paragraph_have_one_number_and_empty_ones_count(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    body = (
        paragraph("글 앞", 1, TABLE + "<hp:t>글 뒤</hp:t>")
        + paragraph("", 1)
        + paragraph("", 1, TABLE)
        + paragraph("끝", 1)
        + paragraph("줄<hp:lineBreak/>바꿈", 1)
    )
    assert [(b.kind, b.text) for b in read_here(write_hwpx(tmp_path / "a.hwpx", body)).blocks] == [
        ("item", "1. 글 앞"),
        ("table", "표가\t든 칸"),
        ("paragraph", "글 뒤"),
        ("table", "표가\t든 칸"),
        ("item", "4. 끝"),
        ("item", "5. 줄"),
        ("paragraph", "바꿈"),
    ]


def test_empty_numbered_paragraphs_of_hwp_count(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    head = struct.pack("<IiHI", 0, 0, 0, 0)[:12].ljust(12, b"\x00") + struct.pack("<H", 3) + "^1.".encode("utf-16-le")
    rest = (b"\x00" * 12 + struct.pack("<H", 0)) * 6
    numbering = hwp_record(23, 0, head + rest + struct.pack("<H", 1) + struct.pack("<7I", *[1] * 7))
    shape = hwp_record(25, 0, struct.pack("<I", 2 << 23) + b"\x00" * 26 + struct.pack("<H", 1) + b"\x00" * 22)
    body = hwp_paragraph(0, "하나") + hwp_paragraph(0, "") + hwp_paragraph(0, "셋")
    document = read_here(write_hwp(tmp_path / "a.hwp", body, information=numbering + shape))
    assert [b.text for b in document.blocks] == ["1. 하나", "3. 셋"]


def test_words_set_as_art_are_read(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    art = '<hp:container><hp:textart text="책잔치 2026"/></hp:container>'
    hwpx = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("앞", inside=art) + paragraph("뒤")))
    words = "책잔치 2026".encode("utf-16-le")
    record = b"\x00" * 32 + struct.pack("<H", len(words) // 2) + words + b"\x00" * 40
    box = hwp_record(71, 1, b" osg" + b"\x00" * 44) + hwp_record(76, 2, b"\x00" * 100) + hwp_record(90, 3, record)
    hwp = read_here(write_hwp(tmp_path / "a.hwp", hwp_paragraph(0, "앞", box) + hwp_paragraph(0, "뒤")))
    for document in (hwpx, hwp):
        assert [b.text for b in document.blocks] == ["앞", "책잔치 2026", "뒤"]
    cut = hwp_record(71, 1, b" osg" + b"\x00" * 44) + hwp_record(76, 2, b"\x00" * 100) + hwp_record(90, 3, record[:40])
    assert read_here(write_hwp(tmp_path / "b.hwp", hwp_paragraph(0, "앞", cut))).text == "앞"


def test_objects_of_hwp_are_named_as_unread(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    stored = hwp_record(18, 0, struct.pack("<HHH", 2, 1, 3) + "ole".encode("utf-16-le"))
    inner = write_ole(tmp_path / "inner", {"Contents": b"\x01" * 200}).read_bytes()
    box = hwp_record(71, 1, b" osg" + b"\x00" * 44) + hwp_record(76, 2, b"\x00" * 100)
    box += hwp_record(84, 3, b"\x00" * 12 + struct.pack("<H", 1) + b"\x00" * 10)
    path = write_hwp(
        tmp_path / "a.hwp",
        hwp_paragraph(0, "앞", box),
        information=stored,
        more={"BinData/BIN0001.ole": struct.pack("<I", len(inner)) + inner},
    )
    document = read_here(path)
    assert document.text == "앞"
    assert "문서에 끼워 넣은 개체 1개는 읽지 않았습니다." in document.warnings


def test_an_object_beside_a_chart_is_counted(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    chart = "<hp:switch><hp:case><hp:rect/></hp:case><hp:default><hp:ole/></hp:default></hp:switch>"
    document = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("앞", inside=chart + "<hp:ole />")))
    assert document.warnings == ("문서에 끼워 넣은 개체 1개는 읽지 않았습니다.",)


def test_the_figures_of_a_chart_are_a_table(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    def points(*texts: str) -> str:
        count = f'<c:ptCount val="{len(texts)}"/>'
        return count + "".join(f'<c:pt idx="{n}"><c:v>{text}</c:v></c:pt>' for n, text in enumerate(texts))

    series = (
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:strRef><c:strCache>{points('인구')}</c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points('2025', '2026')}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points('100', '120')}</c:numCache></c:numRef></c:val></c:ser>"
    )
    path = write_hwpx(tmp_path / "a.hwpx", paragraph("앞", inside='<hp:chart chartIDRef="Chart/chart1.xml"/>'))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "Chart/chart1.xml",
            '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea>'
            f"<c:barChart>{series}</c:barChart></c:plotArea></c:chart></c:chartSpace>",
        )
    document = read_here(path)
    assert document.blocks[-1].rows == (("범주", "인구"), ("2025", "100"), ("2026", "120"))
    assert "Chart type" not in document.text


def test_distribution_copies_are_read(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    words = "배포용으로 저장한 안전관리 계획이다."
    view = distributed_section(hwp_paragraph(0, words) + hwp_paragraph(0, "둘째 문단"))
    path = write_hwp(tmp_path / "배포.hwp", b"", COMPRESSED | DISTRIBUTED, more={"ViewText/Section0": view})
    assert [b.text for b in read_here(path).blocks] == [words, "둘째 문단"]


@pytest.mark.parametrize("damage", ["cut", "key", "none"])
def test_distribution_copies_that_cannot_be_opened_are_called_so(tmp_path: Path, read_here, damage: str) -> None:  # type: ignore[no-untyped-def]
    view = distributed_section(hwp_paragraph(0, "계획이다."))
    view = {"cut": view[:200], "key": view[:20] + b"\x55" * 40 + view[60:], "none": b""}[damage]
    path = write_hwp(
        tmp_path / "a.hwp", b"", COMPRESSED | DISTRIBUTED, more={"ViewText/Section0": view} if view else {}
    )
    with pytest.raises(InputFileError) as caught:
        read_here(path)
    assert caught.value.code == "encrypted"
    assert "배포용" in caught.value.message


def test_a_password_is_called_so(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputFileError) as caught:
        read_here(write_hwp(tmp_path / "a.hwp", bytes(range(256)) * 4, LOCKED))
    assert caught.value.code == "encrypted"
    assert "암호" in caught.value.message
