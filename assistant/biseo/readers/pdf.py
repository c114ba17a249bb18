"""PDF through PDFium, page by page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.errors import InputFileError
from biseo.readers import refusal
from biseo.readers.collect import Collector
from biseo.readers.pdf_columns import Rows, split_tables
from biseo.readers.pdf_content import read_content
from biseo.readers.pdf_lines import Line, join_lines, keeps_spaces, usual_size
from biseo.readers.pdf_marks import Mark, read_marks
from biseo.readers.pdf_tables import Grid
from biseo.readers.pdf_turn import upright

PASSWORD_ERROR = 4
SECURITY_ERROR = 5
# Objects looked at on one page when pictures are counted; drawings may have hundreds of thousands.
MOST_OBJECTS = 20_000
# A page filled by a picture with fewer letters than this beside it (a stamp, a page number) is a scan, too.
COVERED = 0.5
FEW_LETTERS = 100
LONGEST_HEADING = 80
MARGIN = 0.08
# A page number at the end or the beginning of a line that is the same on every page but for it.
_PAGE = re.compile(r"^\W*\d+|\d+\W*(?:쪽\W*)?$")
_PAGE_ONLY = re.compile(r"[-–—\s]*(\d{1,4})(?:\s*/\s*\d{1,4}|\s*쪽)?[-–—\s]*")
TAIL_BYTES = 4096


def read_pdf(path: str) -> Document:
    """Text of a PDF: paragraphs joined from lines, each with its page.

    Raises:
        InputFileError: encrypted or damaged.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refused(path, error) from error
    collector = Collector()
    pages: list[list[Line | Grid]] = []
    marks: dict[int, list[Mark]] = {}
    heights: dict[int, float] = {}
    unread: dict[str, list[int]] = {"scan": [], "covered": [], "garbled": [], "broken": []}
    if not _ends_well(path):
        collector.warn("PDF 파일의 끝이 잘려 있어 빠진 쪽이 있을 수 있습니다. 원본과 대조해 주세요.")
    try:
        collector.pages = len(pdf)
        if collector.pages == 0:
            raise refusal.damaged(path)
        for number in range(1, collector.pages + 1):
            try:
                page = upright(pdf, pdf[number - 1], number - 1)
            except pypdfium2.PdfiumError:
                unread["broken"].append(number)
                pages.append([])
                continue
            lines, garbled = read_content(page)
            pictures, covered = _pictures(page)
            marks[number] = read_marks(page)
            letters = sum(len(one.text) for one in lines if isinstance(one, Line))
            if not lines and pictures:
                unread["scan"].append(number)
            elif covered and letters < FEW_LETTERS:
                unread["covered"].append(number)
            else:
                collector.pictures += pictures
            if garbled:
                unread["garbled"].append(number)
            pages.append(lines)
            heights[number] = page.get_height()
            page.close()
        title = str(pdf.get_metadata_value("Title"))
    finally:
        pdf.close()
    plain = [[one for one in content if isinstance(one, Line)] for content in pages]
    furniture = _furniture(plain, heights)
    usual = usual_size(
        line
        for number, lines in enumerate(plain, 1)
        for line in lines
        if _key(line, heights.get(number, 0.0)) not in furniture
    )
    stored = keeps_spaces(plain)
    noted: set[str] = set()
    for number, content in enumerate(pages, 1):
        kept: list[Line | Grid] = []
        for one in content:
            key = _key(one, heights.get(number, 0.0)) if isinstance(one, Line) else ""
            if isinstance(one, Grid) or not key:
                kept.append(one)
            elif (match := _PAGE_ONLY.fullmatch(one.text)) and int(match[1]) == number:
                continue
            elif key not in furniture:
                kept.append(one)
            elif key not in noted:
                noted.add(key)
                collector.add_note(one.text, at_end=True)
        content = kept
        for _is_table, run in groupby(content, key=lambda one: isinstance(one, Grid)):
            found = list(run)
            for one in found:
                if isinstance(one, Grid):
                    collector.add_table(one.rows(stored), number)
            for part in split_tables([one for one in found if isinstance(one, Line)]):
                if isinstance(part, Rows):
                    collector.add_table(part.cells, number)
                    continue
                for paragraph in join_lines(part, stored):
                    collector.add_text(paragraph.text, heading=_heading(paragraph, usual), page=number)
        for mark in marks.get(number, []):
            if mark.is_memo:
                collector.add_note(f"메모: {mark.text}", number)
            else:
                collector.add_text(mark.text, page=number)
    if unread["covered"]:
        collector.warn(
            f"{page_list(unread['covered'])}은 스캔한 그림이 면을 채우고 있어 그림 속 글자는 읽지 못했습니다."
        )
    if unread["scan"]:
        collector.warn(f"{page_list(unread['scan'])}은 글자가 없는 스캔 면으로 보여 읽지 못했습니다.")
    if unread["garbled"]:
        collector.warn(f"{page_list(unread['garbled'])}은 글꼴에 글자 정보가 없어 제대로 읽지 못한 글자가 있습니다.")
    if unread["broken"]:
        collector.warn(f"{page_list(unread['broken'])}은 손상되어 읽지 못했습니다.")
    collector.unread = sorted({*unread["covered"], *unread["scan"], *unread["broken"]})
    return collector.document(path, "pdf", title)


def _ends_well(path: str) -> bool:
    """Whether the file has its end mark; PDFium repairs what has not, without a word."""
    with Path(path).open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(stream.tell() - TAIL_BYTES, 0))
        return b"%%EOF" in stream.read()


def _key(line: Line, height: float) -> str:
    """What a line at the edge of a page has in common with those of other pages; empty inside of the page."""
    if MARGIN * height < line.bottom and line.top < (1 - MARGIN) * height:
        return ""
    return f"{line.top < height / 2} {_PAGE.sub('0', line.text)}"


def _furniture(pages: list[list[Line]], heights: dict[int, float]) -> set[str]:
    """Headers, footers and page numbers: the same line, but for its number, at the edge of most pages."""
    seen: Counter[str] = Counter()
    for number, lines in enumerate(pages, 1):
        seen.update({_key(line, heights.get(number, 0.0)) for line in lines})
    del seen[""]
    return {key for key, count in seen.items() if count >= max(3, len(heights) / 2)}


def _heading(line: Line, usual: float) -> int:
    """Level of a line that is larger than the text around it, else 0."""
    if usual <= 0 or line.size < 1.25 * usual or len(line.text) > LONGEST_HEADING:
        return 0
    return 1 if line.size >= 1.6 * usual else 2


def page_list(numbers: list[int]) -> str:
    """Page numbers as people write them: 1쪽, 3~5쪽. `numbers` is sorted."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}쪽" if first == last else f"{first}~{last}쪽" for first, last in spans)


def _refused(path: str, error: Exception) -> InputFileError:
    from pypdfium2 import raw

    code = getattr(error, "err_code", None)
    if code is None:
        code = raw.FPDF_GetLastError()
    if code == PASSWORD_ERROR or "password" in str(error).lower():
        return refusal.encrypted(path)
    if code == SECURITY_ERROR or "security" in str(error).lower():
        return refusal.drm(path)
    return refusal.damaged(path)


def _pictures(page: Any) -> tuple[int, bool]:
    """How many pictures stand on the page itself, and whether one of them fills most of it."""
    from ctypes import byref, c_float

    from pypdfium2 import raw

    size = page.get_width() * page.get_height()
    count = 0
    covered = False
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for index in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE:
            count += 1
            if raw.FPDFPageObj_GetBounds(one, byref(left), byref(bottom), byref(right), byref(top)):
                covered = covered or (right.value - left.value) * (top.value - bottom.value) > COVERED * size
    return count, covered
