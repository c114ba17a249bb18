"""`끝.` and `이하 빈칸`: where a document ends (시행규칙 제4조제5항).

Two 타 after the last letter; where that line has reached the right margin, on the next line, two 타 from the left;
below a table that is full, two 타 from the left; a table that is not full has `이하 빈칸` in the cell after the last
written one, and no `끝.`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from biseo.writers.grid import Cell, Table
from biseo.writers.marks import typed_width
from biseo.writers.pieces import Ending, Fixed, Heading, Item, Paragraph, Piece, Quadrants

END = "  끝."
REST_BLANK = "이하 빈칸"
# Fonts differ a little from what is reckoned: a line this near to the margin counts as full.
_SAFETY = 3.0


def add_ending(pieces: Sequence[Piece], room: float) -> list[Piece]:
    """The pieces of a body with its end marked.

    Args:
        room: width of a line of text in 타.
    """
    if not pieces:
        return []
    last = pieces[-1]
    if isinstance(last, Table):
        blank = _first_blank_row(last)
        if blank is None:
            return [*pieces, Ending()]
        rows = list(last.rows)
        rows[blank] = (Cell(REST_BLANK, "left"), *rows[blank][1:])
        return [*pieces[:-1], replace(last, rows=tuple(rows))]
    if isinstance(last, Quadrants | Heading):
        return [*pieces, Ending()]
    return place_ending([*pieces, Ending()], typed_width, room)


def place_ending(pieces: Sequence[Piece], width_of: Callable[[str], float], room: float) -> list[Piece]:
    """The pieces with `끝.` behind the last line of the text where that has room for it, else below.

    Args:
        width_of: width of a text in the font it will be set in.
        room: width of a line, in the same unit as `width_of`, of which a 타 has 1 or so.
    """
    placed = list(pieces)
    for place, piece in enumerate(placed):
        if isinstance(piece, Fixed | Table | Quadrants | Heading) or not isinstance(piece, Paragraph | Item):
            continue
        if isinstance(piece, Ending):
            before = placed[place - 1] if place else None
            if isinstance(before, Item | Paragraph) and not isinstance(before, Fixed) and _fits(before, width_of, room):
                placed[place - 1 : place + 1] = [_with_end(before)]
            break
        if piece.text.endswith(END):
            bare = _without_end(piece)
            if not _fits(bare, width_of, room):
                placed[place : place + 1] = [bare, Ending()]
            break
    return placed


def _fits(piece: Paragraph | Item, width_of: Callable[[str], float], room: float) -> bool:
    """Whether `끝.` fits behind the last line of the piece, words kept whole."""
    if isinstance(piece, Item):
        start = width_of(piece.lead) if piece.lead else float(piece.indent)
        further = start + width_of(piece.mark + piece.gap)
    else:
        start = further = float(piece.indent)
    used = start
    for number, word in enumerate(piece.text.split(" ")):
        wide = width_of(word)
        blank = width_of(" ") if number else 0.0
        if used + blank + wide <= room or used <= further:
            used += blank + wide
        else:
            used = further + wide
        if used > room:  # one word longer than a line is broken anywhere
            used = further + (used - room) % max(1.0, room - further)
    return used + width_of(END) + _SAFETY <= room


def _with_end(piece: Paragraph | Item) -> Piece:
    if isinstance(piece, Item):
        return replace(piece, body=piece.body.rstrip() + END)
    return replace(piece, text=piece.text.rstrip() + END)


def _without_end(piece: Paragraph | Item) -> Paragraph | Item:
    if isinstance(piece, Item):
        return replace(piece, body=piece.body.removesuffix(END))
    return replace(piece, text=piece.text.removesuffix(END))


def _first_blank_row(table: Table) -> int | None:
    """The first of the blank rows that the table ends with; a blank remark in a written row is no gap."""
    written = [place for place, row in enumerate(table.rows) if any(cell.text.strip() for cell in row)]
    first = max(written, default=-1) + 1
    return first if table.header_rows <= first < len(table.rows) else None
