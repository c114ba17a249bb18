"""Pages of PDF by PDFium, as pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from biseo.pictures.picture import MOST_MARKS, Mark, PagePicture
from biseo.pictures.svg import pack

MOST_PIXELS = 12_000_000


def draw_pdf(path: str, page: int, width: int, passages: Sequence[str]) -> PagePicture:
    """The page that holds the passage, else that page number, so many pixels wide.

    Raises:
        Exception: damaged or encrypted; PDFium's own error.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        pages = len(pdf)
        number = min(max(1, page), max(1, pages))
        if passages:
            order = [number, *(other for other in range(1, pages + 1) if other != number)]
            number = next((other for other in order if _holds(pdf, other, passages)), number)
        return _draw(pdf, number, pages, width, passages)
    finally:
        pdf.close()


def _draw(pdf: Any, number: int, pages: int, width: int, passages: Sequence[str]) -> PagePicture:
    page = pdf[number - 1]
    wide, high = page.get_size()
    scale = width / max(wide, 1.0)
    if wide * high * scale * scale > MOST_PIXELS:
        scale = (MOST_PIXELS / (wide * high)) ** 0.5
    bitmap = page.render(scale=scale, prefer_bgrx=True, maybe_alpha=False)
    row = 4 * bitmap.width
    raw = bytes(bitmap.buffer)
    if bitmap.stride != row:
        raw = b"".join(raw[at * bitmap.stride : at * bitmap.stride + row] for at in range(bitmap.height))
    text = page.get_textpage()
    words = text.get_text_range()
    marks = _marks(text, words, passages, wide, high) if passages and page.get_rotation() == 0 else ()
    return PagePicture("pixels", number, pages, bitmap.width, bitmap.height, raw, words, marks)


def _holds(pdf: Any, number: int, passages: Sequence[str]) -> bool:
    packed = pack(pdf[number - 1].get_textpage().get_text_range())
    return any(passage in packed for passage in passages)


def _marks(text: Any, words: str, passages: Sequence[str], wide: float, high: float) -> tuple[Mark, ...]:
    """Boxes of the passage; PDF counts from the lower left corner."""
    places = [place for place, letter in enumerate(words) if not letter.isspace() and letter != "│"]
    packed = "".join(words[place] for place in places)
    for passage in passages:
        at = packed.find(passage)
        if at < 0 or not passage:
            continue
        first, last = places[at], places[at + len(passage) - 1]
        marks = []
        for index in range(min(text.count_rects(first, last - first + 1), MOST_MARKS)):
            left, bottom, right, top = text.get_rect(index)
            marks.append((left / wide, 1 - top / high, (right - left) / wide, (top - bottom) / high))
        return tuple(marks)
    return ()
