"""PDF through PDFium, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.errors import InputFileError
from biseo.readers import refusal
from biseo.readers.collect import Collector
from biseo.readers.pdf_lines import Line, join_lines, keeps_spaces, usual_size
from biseo.readers.pdf_marks import Mark, read_marks
from biseo.readers.pdf_tables import Grid, find_grids
from biseo.readers.pdf_turn import upright

PASSWORD_ERROR = 4
SECURITY_ERROR = 5
# More unreadable characters than this on a page: its font carries no mapping to Unicode.
GARBLED = 0.3
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
_TIGHT = re.compile("[가-힣] [0-9A-Za-z.,)\\]」』”’?!]|[0-9A-Za-z] [가-힣]")


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
            lines, garbled = _content(page)
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
            for paragraph in join_lines([one for one in found if isinstance(one, Line)], stored):
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


def _content(page: Any) -> tuple[list[Line | Grid], bool]:
    """Lines and tables of a page in the order of its content, and whether many characters could not be read."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        grids = find_grids(page) if text.strip() else []
        guessed_only = not any(
            text[at] == " " and text[at - 1] >= "가" and _is_real(raw, textpage, at)
            for at in range(1, min(len(text), 2000))
        )
        # PDFium counts UTF-16 units; so do we while we ask it for places.
        content: list[Line | Grid] = []
        start = 0
        for piece in text.split("\n"):
            length = _units(piece)
            stripped = piece.rstrip("\r")
            words = stripped.strip()
            if words:
                first = start + _units(stripped[: len(stripped) - len(stripped.lstrip())])
                spaced = stripped.endswith((" ", "\u00a0"))
                for grid, place, at, part in _split(raw, textpage, words, first, grids):
                    line = _line(
                        raw, textpage, part, at, guessed_only, spaced and at + _units(part) == first + _units(words)
                    )
                    if grid is None:
                        content.append(line)
                        continue
                    if not any(one is grid for one in content):
                        content.append(grid)
                    grid.texts.setdefault(place, []).append(line)
            start += length + 1
    finally:
        textpage.close()
    letters = [c for c in text if not c.isspace()]
    bad = sum(c in "\ufffd\ufffe\uffff" or c < " " or "\ue000" <= c <= "\uf8ff" for c in letters)
    return content, bool(letters) and bad > GARBLED * len(letters)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _split(
    raw: Any, textpage: Any, words: str, first: int, grids: list[Grid]
) -> Iterator[tuple[Grid | None, tuple[int, int], int, str]]:
    """A line cut where it goes from one cell to the next: grid, cell, text index and words of each piece."""
    left, right = _place(raw, textpage, first), _place(raw, textpage, first + _units(words) - 1)
    height = (left[1] + left[3]) / 2
    crossed = [
        one
        for one in grids
        if one.ys[-1] <= height <= one.ys[0] and left[0] <= one.xs[-1] and max(right[2], left[2]) >= one.xs[0]
    ]
    if not crossed:
        yield None, (0, 0), first, words
        return
    begun, at = 0, first
    piece_at = first
    current: tuple[Grid | None, tuple[int, int]] | None = None
    for index, sign in enumerate(words):
        if not sign.isspace():
            box = _place(raw, textpage, at)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            grid = next((one for one in crossed if one.holds(x, y)), None)
            found = grid, grid.cell(x, y) if grid else (0, 0)
            if current is not None and (found[0] is not current[0] or found[1] != current[1]):
                yield *current, piece_at, words[begun:index].rstrip()
                begun, piece_at = index, at
            current = found
        at += _units(sign)
    if current is not None:
        yield *current, piece_at, words[begun:]


def _line(raw: Any, textpage: Any, words: str, first: int, guessed_only: bool, spaced: bool) -> Line:
    """The piece of text that begins at a text index, with its place."""
    left = _place(raw, textpage, first)
    right = _place(raw, textpage, first + _units(words) - 1)
    size = raw.FPDFText_GetFontSize(textpage, max(raw.FPDFText_GetCharIndexFromTextIndex(textpage, first), 0))
    height = max(left[3] - left[1], right[3] - right[1])
    if not guessed_only:
        words = _without_guesses(raw, textpage, words, first, size)
    bottom, top = min(left[1], right[1]), max(left[3], right[3])
    # A line that runs backwards (a turned stamp) has its ends the other way round.
    ends = sorted((left[0], right[2]))
    return Line(words, ends[0], bottom, ends[1], top, _size(size, height), spaced)


def _is_real(raw: Any, textpage: Any, index: int) -> bool:
    """Whether the character at a text index stands in the document (PDFium adds spaces where it sees gaps)."""
    char = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)
    return char >= 0 and bool(raw.FPDFText_IsGenerated(textpage, char) == 0)


def _without_guesses(raw: Any, textpage: Any, words: str, first: int, size: float) -> str:
    """A line without the spaces PDFium guessed between Hangul and digits, Latin or a full stop (`제 46 조`).

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
