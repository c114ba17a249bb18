"""What stands on a PDF page, as lines and tables in the order of its content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any

from biseo.readers.pdf_columns import may_have_columns, pieces_of
from biseo.readers.pdf_lines import Line, Piece
from biseo.readers.pdf_tables import Grid, find_grids

# More unreadable characters than this on a page: its font carries no mapping to Unicode.
GARBLED = 0.3
_TIGHT = re.compile("[가-힣] [0-9A-Za-z.,)\\]」』”’?!]|[0-9A-Za-z] [가-힣]")


def read_content(page: Any) -> tuple[list[Line | Grid], bool]:
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
    bottom, top = min(left[1], right[1]), max(left[3], right[3])
    # A line that runs backwards (a turned stamp) has its ends the other way round.
    ends = sorted((left[0], right[2]))
    shown = _size(size, height)

    def place(at: int) -> tuple[float, float]:
        box = _place(raw, textpage, first + at)
        return box[0], box[2]

    def cleaned(begin: int, end: int) -> str:
        part = words[begin:end]
        return part if guessed_only else _without_guesses(raw, textpage, part, first + begin, size)

    pieces: tuple[Piece, ...] = ()
    if may_have_columns(words, ends[1] - ends[0], shown) and _units(words) == len(words):
        pieces = pieces_of(words, shown, place, cleaned)
    return Line(cleaned(0, len(words)), ends[0], bottom, ends[1], top, shown, spaced, pieces)


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
    left, right, bottom, top = box = (c_double(), c_double(), c_double(), c_double())
    char = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)
    if char < 0 or not raw.FPDFText_GetCharBox(textpage, char, *map(byref, box)):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, bottom.value, right.value, top.value
