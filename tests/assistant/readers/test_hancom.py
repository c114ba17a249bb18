from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.assistant.readers.tiny_ole import write_ole

from biseo.errors import InputFileError
from biseo.readers.clean import clean_text

HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HS = "http://www.hancom.co.kr/hwpml/2011/section"
HH = "http://www.hancom.co.kr/hwpml/2011/head"
HEADER = f"""<hh:head xmlns:hh="{HH}"><hh:refList>
<hh:numberings><hh:numbering id="1" start="0">
 <hh:paraHead start="1" level="1" numFormat="DIGIT">^1.</hh:paraHead>
 <hh:paraHead start="1" level="2" numFormat="HANGUL_SYLLABLE">^2.</hh:paraHead>
 <hh:paraHead start="1" level="8" numFormat="CIRCLED_HANGUL_SYLLABLE">^8</hh:paraHead>
</hh:numbering></hh:numberings>
<hh:bullets><hh:bullet id="1" char="☐" checkedChar="☑"/></hh:bullets>
<hh:paraProperties>
 <hh:paraPr id="0"/>
 <hh:paraPr id="1"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>
 <hh:paraPr id="2"><hh:heading type="NUMBER" idRef="1" level="1"/></hh:paraPr>
 <hh:paraPr id="3" checked="1"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>
 <hh:paraPr id="4"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>
 <hh:paraPr id="5"><hh:heading type="NUMBER" idRef="1" level="7"/></hh:paraPr>
</hh:paraProperties></hh:refList></hh:head>"""


def paragraph(text: str, shape: int = 0, inside: str = "") -> str:
    run = f'<hp:run charPrIDRef="0"><hp:t>{text}</hp:t>{inside}</hp:run>'
    return f'<hp:p paraPrIDRef="{shape}" styleIDRef="0">{run}</hp:p>'


def cell(row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> str:
    return (
        f'<hp:tc><hp:subList>{paragraph(text)}</hp:subList><hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/></hp:tc>'
    )


def write_hwpx(path: Path, body: str, title: str = "") -> Path:
    hpf = (
        '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
        f"<opf:title>{title}</opf:title></opf:metadata><opf:manifest>"
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip", zipfile.ZIP_STORED)
        archive.writestr("Contents/content.hpf", hpf)
        archive.writestr("Contents/header.xml", HEADER)
        archive.writestr("Contents/section0.xml", f'<hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{body}</hs:sec>')
    return path


def test_numbers_bullets_tables_and_notes(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    table = (
        '<hp:tbl rowCnt="2" colCnt="3"><hp:tr>'
        + cell(0, 0, "구분", columns=2)
        + cell(0, 2, "예산")
        + "</hp:tr><hp:tr>"
        + cell(1, 0, "인건비")
        + cell(1, 1, "")
        + cell(1, 2, "1,200")
        + "</hp:tr></hp:tbl>"
    )
    note = f"<hp:ctrl><hp:footNote><hp:subList>{paragraph('출처: 통계청')}</hp:subList></hp:footNote></hp:ctrl>"
    header = f"<hp:ctrl><hp:header><hp:subList>{paragraph('대외주의')}</hp:subList></hp:header></hp:ctrl>"
    body = "".join(
        (
            paragraph("축제 안전관리 계획", inside=header),
            paragraph("개요", 4),
            paragraph("일시", 1),
            paragraph("시작", 2),
            paragraph("끝", 2),
            paragraph("세부", 5),
            paragraph("장소", 1),
            paragraph("확인", 3),
            paragraph("", 0, table),
            paragraph("인구", inside=note),
            paragraph("그림", inside="<hp:pic/>"),
        )
    )
    document = read_here(write_hwpx(tmp_path / "계획.hwpx", body, "축제 안전관리 계획"))
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("paragraph", 0, "축제 안전관리 계획"),
        ("heading", 1, "1. 개요"),
        ("item", 1, "1. 일시"),
        ("item", 2, "가. 시작"),
        ("item", 2, "나. 끝"),
        ("item", 8, "㉮ 세부"),
        ("item", 1, "2. 장소"),
        ("item", 1, "☑ 확인"),
        ("table", 0, "구분\t\t예산\n인건비\t\t1,200"),
        ("paragraph", 0, "인구[1]"),
        ("note", 0, "[1] 출처: 통계청"),
        ("paragraph", 0, "그림"),
        ("note", 0, "대외주의"),
    ]
    assert document.blocks[8].rows == (("구분", "", "예산"), ("인건비", "", "1,200"))
    assert (document.title, document.format, document.pages) == ("축제 안전관리 계획", "hwpx", None)
    assert document.warnings == ("그림 1개는 읽지 않았습니다.",)


def test_a_frame_is_not_a_table(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    inner = paragraph("□ 모집 개요") + paragraph("○ 기간: 5일")
    table = (
        f'<hp:tbl rowCnt="1" colCnt="1"><hp:tr><hp:tc><hp:subList>{inner}</hp:subList>'
        '<hp:cellAddr colAddr="0" rowAddr="0"/><hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc></hp:tr></hp:tbl>'
    )
    document = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("", 0, table)))
    assert [(b.kind, b.level) for b in document.blocks] == [("item", 1), ("item", 2)]


def test_memos_are_read_and_deleted_text_is_not(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    words = f"<hp:subList>{paragraph('검토 의견')}</hp:subList>"
    memo = f'<hp:ctrl><hp:fieldBegin type="MEMO">{words}</hp:fieldBegin></hp:ctrl>'
    document = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("본문", inside=memo)))
    assert [(b.kind, b.text) for b in document.blocks] == [("paragraph", "본문"), ("note", "메모: 검토 의견")]


def test_numbers_of_captions(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    form = '<hp:autoNumFormat type="DIGIT" prefixChar="&lt;" suffixChar="&gt;"/>'
    table = f'<hp:ctrl><hp:autoNum num="3" numType="TABLE">{form}</hp:autoNum></hp:ctrl>'
    page = '<hp:ctrl><hp:autoNum num="7" numType="PAGE"/></hp:ctrl>'
    body = f'<hp:p paraPrIDRef="0"><hp:run><hp:t>표 </hp:t>{table}<hp:t> 예산</hp:t>{page}</hp:run></hp:p>'
    assert [b.text for b in read_here(write_hwpx(tmp_path / "a.hwpx", body)).blocks] == ["표 <3> 예산"]


def test_text_boxes_hidden_comments_and_objects(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    box = f"<hp:rect><hp:drawText><hp:subList>{paragraph('상자 속 글')}</hp:subList></hp:drawText></hp:rect>"
    hidden = f"<hp:ctrl><hp:hiddenComment><hp:subList>{paragraph('설명')}</hp:subList></hp:hiddenComment></hp:ctrl>"
    document = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("본문", inside=box + hidden + "<hp:ole />")))
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", "본문"),
        ("paragraph", "상자 속 글"),
        ("note", "메모: 설명"),
    ]
    assert document.warnings == ("문서에 끼워 넣은 개체 1개는 읽지 않았습니다.",)


def test_master_pages_and_the_outline_of_each_section(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = write_hwpx(tmp_path / "a.hwpx", paragraph("첫째 구역", 4))
    second = '<hp:p paraPrIDRef="4"><hp:run><hp:secPr outlineShapeIDRef="2"/><hp:t>둘째 구역</hp:t></hp:run></hp:p>'
    numbering = '<hh:numbering id="2"><hh:paraHead level="1" numFormat="ROMAN_CAPITAL">^1.</hh:paraHead></hh:numbering>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["Contents/section1.xml"] = f'<hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{second}</hs:sec>'
    parts["Contents/masterpage0.xml"] = f'<m xmlns:hp="{HP}"><hp:subList>{paragraph("사본 3호")}</hp:subList></m>'
    parts["Contents/header.xml"] = HEADER.replace("</hh:numberings>", numbering + "</hh:numberings>")
    item = '<opf:item id="section1" href="Contents/section1.xml" media-type="application/xml"/></opf:manifest>'
    hpf = parts["Contents/content.hpf"].replace("</opf:manifest>", item)
    parts["Contents/content.hpf"] = hpf.replace("</opf:spine>", '<opf:itemref idref="section1"/></opf:spine>')
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert [b.text for b in read_here(path).blocks] == ["1. 첫째 구역", "I. 둘째 구역", "사본 3호"]


def test_a_deep_cell_is_read_or_told(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    inner = paragraph("가장 안쪽")
    for number in range(40):
        row = f'<hp:tc><hp:subList>{inner}</hp:subList><hp:cellAddr colAddr="0" rowAddr="0"/>'
        row += '<hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc>' + cell(0, 1, f"칸 {number}")
        inner = paragraph("", 0, f'<hp:tbl rowCnt="1" colCnt="2"><hp:tr>{row}</hp:tr></hp:tbl>')
    try:
        document = read_here(write_hwpx(tmp_path / "a.hwpx", inner))
    except InputFileError as error:
        assert error.code in ("unsafe", "damaged")
    else:
        assert "가장 안쪽" in document.text or document.warnings


def hwp_record(tag: int, level: int, data: bytes) -> bytes:
    return struct.pack("<I", tag | level << 10 | len(data) << 20) + data


def hwp_paragraph(level: int, text: str, controls: bytes = b"") -> bytes:
    coded = b"".join(
        struct.pack("<H", ord(c))
        if c not in "\x12\x02"
        else struct.pack("<H", ord(c)) + INSIDE[c] + struct.pack("<H", ord(c))
        for c in text + "\r"
    )
    head = struct.pack("<IIHBBHHHI", len(coded) // 2, 0, 0, 0, 0, 1, 0, 1, 0)
    shapes = hwp_record(68, level + 1, struct.pack("<II", 0, 0))
    return hwp_record(66, level, head) + hwp_record(67, level + 1, coded) + shapes + controls


INSIDE = {"\x12": b"onta" + b"\x00" * 8, "\x02": b"dces" + b"\x00" * 8}


def test_memos_captions_and_master_pages_of_hwp(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    caption = hwp_record(71, 1, b"onta" + struct.pack("<IHHHH", 4, 2, 0, ord("<"), ord(">")))
    footnote = hwp_record(71, 1, b"onta" + struct.pack("<IHHHH", 1, 9, 0, 0, 0))
    master = hwp_record(72, 2, b"\x00" * 8) + hwp_paragraph(3, "사본 3호")
    section = hwp_record(71, 1, b"dces" + b"\x00" * 22) + master
    body = hwp_paragraph(0, "\x02첫 문단", section) + hwp_paragraph(0, "표 \x12 예산 \x12현황", caption + footnote)
    for words in (("예산 확인", "바랍니다"), ("둘째 메모",)):
        body += hwp_record(93, 1, b"\x00" * 4) + hwp_record(72, 1, b"\x00" * 16)
        body += b"".join(hwp_paragraph(1, one) for one in words)
    path = write_ole(
        tmp_path / "a.hwp",
        {
            "FileHeader": b"HWP Document File".ljust(32, b"\x00") + struct.pack("<II", 0x05000300, 0) + b"\x00" * 216,
            "DocInfo": hwp_record(16, 0, struct.pack("<HHHHHHHIII", 1, 1, 1, 1, 1, 1, 1, 0, 0, 0)),
            "BodyText/Section0": body,
        },
    )
    assert [(b.kind, b.text) for b in read_here(path).blocks] == [
        ("paragraph", "첫 문단"),
        ("paragraph", "표 <2> 예산 현황"),
        ("note", "메모: 예산 확인 바랍니다"),
        ("note", "메모: 둘째 메모"),
        ("note", "사본 3호"),
    ]


def test_tracked_changes(samples: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    document = read_here(samples / "hwpx_hwpxlib" / "ChangeTrack.hwpx")
    assert "추적" not in document.text
    assert "인간은" in document.text
    assert len(document.warnings) == 1


def test_stale_title_is_not_believed(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    document = read_here(write_hwpx(tmp_path / "a.hwpx", paragraph("새 문서의 첫 줄"), "작년 문서의 제목"))
    assert document.title == "새 문서의 첫 줄"


def test_without_sections_is_damaged(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.hwpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
    with pytest.raises(InputFileError) as caught:
        read_here(path)
    assert caught.value.code == "damaged"


def own_paragraphs(path: Path) -> list[str]:
    """Every paragraph's own characters, straight from the XML."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("Contents/section"):
                root = ElementTree.fromstring(archive.read(name))
                for one in root.iter(f"{{{HP}}}t"):
                    found.append("".join(clean_text("".join(one.itertext())).split()))
    return [text for text in found if text]


@pytest.mark.parametrize("folder", ["hwpx_gov", "hwpx_hwpxlib", "pairs_hwpforge", "generated"])
def test_no_text_of_the_samples_is_lost(samples: Path, read_here, folder: str) -> None:  # type: ignore[no-untyped-def]
    files = [
        path for path in sorted((samples / folder).glob("*.hwpx")) if path.name not in ("big.hwpx", "ChangeTrack.hwpx")
    ]
    assert files
    for path in files:
        text = "".join(read_here(path).text.split())
        assert [words for words in own_paragraphs(path) if words not in text] == [], path.name


def test_hwp_reads_as_its_hwpx_twin(samples: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    files = sorted((samples / "pairs_hwpforge").glob("*.hwp"))
    assert files
    for path in files:
        twin = read_here(path.with_suffix(".hwpx"))
        assert read_here(path).blocks == twin.blocks, path.name


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "sample-numbered-list-restart",
            ["1. 원정 개요", "2. 준비 절차", "3. 마력 측정", "1. 문서 봉인", "2. 결과 정리"],
        ),
        (
            "sample-outline-list",
            ["1. 원정 개요", "1.1. 준비 절차", "1.1.1. 마력 측정", "1.2. 문서 봉인", "2. 결과 정리"],
        ),
    ],
)
def test_numbers_as_hancom_office_shows_them(samples: Path, read_here, name: str, lines: list[str]) -> None:  # type: ignore[no-untyped-def]
    for suffix in (".hwp", ".hwpx"):
        assert [b.text for b in read_here(samples / "pairs_hwpforge" / (name + suffix)).blocks] == lines
