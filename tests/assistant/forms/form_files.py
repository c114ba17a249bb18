"""Templates made by the tests: DOCX with python-docx, HWPX as the few parts that a reader needs."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HS = "http://www.hancom.co.kr/hwpml/2011/section"
LINESEG = (
    '<hp:linesegarray><hp:lineseg textpos="0" vertpos="0" vertsize="1000" textheight="1000" baseline="850" '
    'spacing="600" horzpos="0" horzsize="42520" flags="393216"/></hp:linesegarray>'
)


def paragraph(*runs: str, shape: int = 0, page_break: int = 0) -> str:
    """`hp:p` with one run of its own character shape for each text; no run has no `hp:t`."""
    inside = "".join(
        f'<hp:run charPrIDRef="{shape + number}">' + (f"<hp:t>{escape(text)}</hp:t>" if text else "") + "</hp:run>"
        for number, text in enumerate(runs)
    )
    return (
        f'<hp:p id="0" paraPrIDRef="3" styleIDRef="0" pageBreak="{page_break}" columnBreak="0" merged="0">'
        f"{inside}{LINESEG}</hp:p>"
    )


def empty_paragraph() -> str:
    """A paragraph as Hancom writes it into an empty cell."""
    return f'<hp:p id="0" paraPrIDRef="3" styleIDRef="0"><hp:run charPrIDRef="7"/>{LINESEG}</hp:p>'


def table(rows: Sequence[Sequence[str | tuple[str, int, int]]]) -> str:
    """`hp:tbl`; a cell is its text or XML, or that with how many rows and columns it spans."""
    taken: set[tuple[int, int]] = set()
    out = []
    for row_number, row in enumerate(rows):
        cells = []
        column = 0
        for cell in row:
            content, rows_spanned, columns_spanned = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row_number, column) in taken:
                column += 1
            taken |= {
                (row_number + down, column + right) for down in range(rows_spanned) for right in range(columns_spanned)
            }
            inside = content if content.startswith("<") else paragraph(content) if content else empty_paragraph()
            cells.append(
                f'<hp:tc name="" header="0" borderFillIDRef="3"><hp:subList id="">{inside}</hp:subList>'
                f'<hp:cellAddr colAddr="{column}" rowAddr="{row_number}"/>'
                f'<hp:cellSpan colSpan="{columns_spanned}" rowSpan="{rows_spanned}"/>'
                '<hp:cellSz width="8000" height="1200"/></hp:tc>'
            )
        out.append(f"<hp:tr>{''.join(cells)}</hp:tr>")
    return f'<hp:tbl id="1" rowCnt="{len(rows)}" colCnt="4" borderFillIDRef="3">{"".join(out)}</hp:tbl>'


def table_paragraph(rows: Sequence[Sequence[str | tuple[str, int, int]]]) -> str:
    """The paragraph that holds a table."""
    return f'<hp:p id="0" paraPrIDRef="3"><hp:run charPrIDRef="0">{table(rows)}<hp:t/></hp:run>{LINESEG}</hp:p>'


def slot(name: str, guide: str) -> str:
    """A 누름틀 in a paragraph, after some words."""
    command = f"Clickhere:set:44:Direction:wstring:{len(guide)}:{guide} HelpState:wstring:0:  "
    return (
        f'<hp:p id="0" paraPrIDRef="3"><hp:run charPrIDRef="0"><hp:t>일자: </hp:t></hp:run>'
        f'<hp:run charPrIDRef="0"><hp:ctrl><hp:fieldBegin id="11" type="CLICK_HERE" name="{name}" dirty="0">'
        f'<hp:parameters cnt="1" name=""><hp:stringParam name="Command" xml:space="preserve">{command}'
        f"</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl></hp:run>"
        f'<hp:run charPrIDRef="9"><hp:t>{guide}</hp:t></hp:run>'
        f'<hp:run charPrIDRef="0"><hp:ctrl><hp:fieldEnd beginIDRef="11"/></hp:ctrl><hp:t/></hp:run>{LINESEG}</hp:p>'
    )


def section(*paragraphs: str) -> str:
    """A section of those paragraphs, quotes and white space as no serializer would write them."""
    declaration = '<?xml version=\'1.0\'  encoding="UTF-8" standalone="yes" ?>'
    return f'{declaration}<hs:sec xmlns:hs="{HS}"  xmlns:hp="{HP}" >{"".join(paragraphs)}</hs:sec>'


def write_hwpx(path: Path, *paragraphs: str, extra: dict[str, bytes] | None = None) -> Path:
    """A container like Hancom's: mimetype first and stored."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/hwp+zip")
        archive.writestr("Contents/section0.xml", section(*paragraphs))
        archive.writestr("Contents/header.xml", f'<hh:head xmlns:hh="{HS.replace("section", "head")}"/>')
        archive.writestr("Contents/content.hpf", '<p:package xmlns:p="http://www.idpf.org/2007/opf/"/>')
        archive.writestr("Preview/PrvText.txt", "옛 미리 보기")
        for name, content in (extra or {}).items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return path


def section_of(path: Path) -> str:
    """The XML of the first section."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("Contents/section0.xml").decode("utf-8")
