"""PDF through PDFium, page by page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.errors import InputFileError
from biseo.readers import refusal
from biseo.readers.collect import Collector
from biseo.readers.pdf_lines import Line, join_lines, keeps_spaces, usual_size

PASSWORD_ERROR = 4
SECURITY_ERROR = 5
# More unreadable characters than this on a page: its font carries no mapping to Unicode.
GARBLED = 0.3
# Objects looked at on one page when pictures are counted; drawings may have hundreds of thousands.
MOST_OBJECTS = 20_000
LONGEST_HEADING = 80
TAIL_BYTES = 4096
_TIGHT = re.compile("[가-힣] [0-9A-Za-z]|[0-9A-Za-z] [가-힣]")


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
    pages: list[list[Line]] = []
    unread: dict[str, list[int]] = {"scan": [], "garbled": [], "broken": []}
    if not _ends_well(path):
        collector.warn("PDF 파일의 끝이 잘려 있어 빠진 쪽이 있을 수 있습니다. 원본과 대조해 주세요.")
    try:
        collector.pages = len(pdf)
        if collector.pages == 0:
            raise refusal.damaged(path)
        for number in range(1, collector.pages + 1):
            try:
                page = pdf[number - 1]
            except pypdfium2.PdfiumError:
                unread["broken"].append(number)
                pages.append([])
                continue
            lines, garbled = _lines(page)
            pictures = _pictures(page)
            if lines:
                collector.pictures += pictures
                if garbled:
                    unread["garbled"].append(number)
            elif pictures:
                unread["scan"].append(number)
            pages.append(lines)
            page.close()
        title = str(pdf.get_metadata_value("Title"))
    finally:
        pdf.close()
    usual = usual_size(line for lines in pages for line in lines)
    stored = keeps_spaces(pages)
    for number, lines in enumerate(pages, 1):
        for paragraph in join_lines(lines, stored):
            collector.add_text(paragraph.text, heading=_heading(paragraph, usual), page=number)
    if unread["scan"]:
        collector.warn(f"{page_list(unread['scan'])}은 글자가 없는 스캔 면으로 보여 읽지 못했습니다.")
    if unread["garbled"]:
        collector.warn(f"{page_list(unread['garbled'])}은 글꼴에 글자 정보가 없어 제대로 읽지 못한 글자가 있습니다.")
    if unread["broken"]:
        collector.warn(f"{page_list(unread['broken'])}은 손상되어 읽지 못했습니다.")
    return collector.document(path, "pdf", title)


def _ends_well(path: str) -> bool:
    """Whether the file has its end mark; PDFium repairs what has not, without a word."""
    with Path(path).open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(stream.tell() - TAIL_BYTES, 0))
        return b"%%EOF" in stream.read()


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


def _lines(page: Any) -> tuple[list[Line], bool]:
    """Lines of a page in the order of its content, and whether many characters could not be read."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        guessed_only = not any(
            text[at] == " " and text[at - 1] >= "가" and _is_real(raw, textpage, at)
            for at in range(1, min(len(text), 2000))
        )
        # PDFium counts UTF-16 units; so do we while we ask it for places.
        lines: list[Line] = []
        start = 0
        for piece in text.split("\n"):
            length = len(piece.encode("utf-16-le", "surrogatepass")) // 2
            stripped = piece.rstrip("\r")
            words = stripped.strip()
            if words:
                before = len((stripped[: len(stripped) - len(stripped.lstrip())]).encode("utf-16-le")) // 2
                first = start + before
                last = first + len(words.encode("utf-16-le", "surrogatepass")) // 2 - 1
                left = _place(raw, textpage, first)
                right = _place(raw, textpage, last)
                char = raw.FPDFText_GetCharIndexFromTextIndex(textpage, first)
                size = raw.FPDFText_GetFontSize(textpage, max(char, 0))
                height = max(left[3] - left[1], right[3] - right[1])
                if not guessed_only:
                    words = _without_guesses(raw, textpage, words, first, size)
                lines.append(
                    Line(words, left[0], min(left[1], right[1]), right[2], max(left[3], right[3]),
                         _size(size, height), stripped.endswith((" ", "\u00a0")))
                )  # fmt: skip
            start += length + 1
    finally:
        textpage.close()
    letters = [c for c in text if not c.isspace()]
    bad = sum(c in "\ufffd\ufffe\uffff" or c < " " or "\ue000" <= c <= "\uf8ff" for c in letters)
    return lines, bool(letters) and bad > GARBLED * len(letters)


def _is_real(raw: Any, textpage: Any, index: int) -> bool:
    """Whether the character at a text index stands in the document (PDFium adds spaces where it sees gaps)."""
    char = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)
    return char >= 0 and bool(raw.FPDFText_IsGenerated(textpage, char) == 0)


def _without_guesses(raw: Any, textpage: Any, words: str, first: int, size: float) -> str:
    """A line without the spaces PDFium guessed between Hangul and digits or Latin (`제 46 조`).

    Word processors set those a little apart; in a document that stores its spaces such a gap is none.
    """
    if any(ord(c) > 0xFFFF for c in words):
        return words  # text indices would not be those of Python
    kept = []
    for at, sign in enumerate(words):
        if sign == " " and _TIGHT.match(words, at - 1) and not _is_real(raw, textpage, first + at):
            gap = _place(raw, textpage, first + at + 1)[0] - _place(raw, textpage, first + at - 1)[2]
            if gap < 0.5 * size:
                continue
        kept.append(sign)
    return "".join(kept)


def _size(stated: float, height: float) -> float:
    """Font size in points. A font scaled by the text matrix states 1: its glyphs' height tells better then."""
    return round(stated if stated > 2 else 1.1 * height, 1)


def _place(raw: Any, textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the character at a text index."""
    from ctypes import byref, c_double

    char = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if char < 0 or not raw.FPDFText_GetCharBox(textpage, char, byref(left), byref(right), byref(bottom), byref(top)):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, bottom.value, right.value, top.value


def _pictures(page: Any) -> int:
    """How many pictures stand on the page itself."""
    from pypdfium2 import raw

    count = min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)
    return sum(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) == raw.FPDF_PAGEOBJ_IMAGE for index in range(count)
    )
