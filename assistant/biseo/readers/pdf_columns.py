"""Tables without ruled lines: rows whose pieces stand under each other. Only what is plainly one is taken, since a text
that is torn into cells reads worse than a table that is read as lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from biseo.readers.pdf_lines import Line, Piece
from biseo.text.characters import is_hangul

FEWEST_ROWS = 3
FEWEST_COLUMNS = 3
# Gaps between cells, and how far their edges may be out of line, in sizes of the letters.
GAP = 1.2
OUT_OF_LINE = 0.5
FARTHEST_ROWS = 4.0


def may_have_columns(text: str, width: float, size: float) -> bool:
    """Whether a line is so much wider than its letters that there must be gaps in it."""
    if text.count(" ") < FEWEST_COLUMNS - 1:
        return False
    return width > _weight(text) * size + (FEWEST_COLUMNS - 1) * (GAP - 0.6) * size


def _weight(text: str) -> float:
    """About how wide letters are, in their size."""
    wide = sum(sign >= "\u1100" for sign in text)
    return wide + 0.6 * (len(text) - wide)


def pieces_of(
    text: str, size: float, place: Callable[[int], tuple[float, float]], words: Callable[[int, int], str]
) -> tuple[Piece, ...]:
    """The pieces of a line between its gaps; `text` has spaces inside.

    Args:
        place: left and right end of the character at an index of `text`.
        words: the words from one index to another as they are to be read.
    """
    found: list[Piece] = []
    begin, left = 0, place(0)[0]
    at = text.find(" ")
    while at >= 0:
        after = at + 1
        while after < len(text) and text[after] == " ":
            after += 1
        if after >= len(text):
            break
        before, start = place(at - 1)[1], place(after)[0]
        if start - before > GAP * size:
            found.append(Piece(words(begin, at), left, before))
            begin, left = after, start
        at = text.find(" ", after)
    end = len(text.rstrip())
    return (*found, Piece(words(begin, end), left, place(end - 1)[1]))


@dataclass(frozen=True)
class Rows:
    """The cells of a table, row by row."""

    cells: list[list[str]]


def split_tables(lines: list[Line]) -> Iterator[list[Line] | Rows]:
    """Runs of lines as they are, and the rows of tables between them, in order."""
    begin = at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _goes_on(lines, at, end):
            end += 1
        if end - at >= FEWEST_ROWS and _is_table(lines[at:end]):
            if begin < at:
                yield lines[begin:at]
            yield Rows([[piece.text for piece in line.pieces] for line in lines[at:end]])
            begin = at = end
        else:
            at = max(end, at + 1)
    if begin < len(lines):
        yield lines[begin:]


def _goes_on(lines: list[Line], first: int, number: int) -> bool:
    """Whether a line is a row like the first one, right below the one before."""
    line = lines[number]
    if len(line.pieces) < FEWEST_COLUMNS or len(line.pieces) != len(lines[first].pieces):
        return False
    size = max(line.size, 1.0)
    return number == first or 0.5 * size < lines[number - 1].bottom - line.bottom < FARTHEST_ROWS * size


def _is_table(rows: list[Line]) -> bool:
    """Whether the pieces stand in columns: in line at the left, the right or the middle, none over the next one."""
    near = OUT_OF_LINE * max(rows[0].size, 1.0)
    columns = list(zip(*(row.pieces for row in rows), strict=True))
    if all(len(one.text) == 1 and is_hangul(one.text) for one in columns[0]):
        return False  # spaced labels: 일   시, 장   소
    for number, column in enumerate(columns):
        edges: tuple[list[float], ...] = (
            [one.left for one in column],
            [one.right for one in column],
            [(one.left + one.right) / 2 for one in column],
        )
        if all(max(edge) - min(edge) > near for edge in edges):
            return False
        if number and min(one.left for one in column) < max(one.right for one in columns[number - 1]):
            return False
    return True
