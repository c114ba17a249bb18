"""Plain text, and text with Markdown marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from biseo.document import Draft
from biseo.writers.grid import Cell, Table
from biseo.writers.marks import find_mark
from biseo.writers.pieces import Fixed, Heading, Item, Notice, Paragraph, Piece, Subtitle, Title
from biseo.writers.properties import grade_line

_CELL_BREAK = " / "
_MD_FIXED = {"banner": "**{}**", "agency": "**{}**", "subject": "# {}", "sender": "**{}**"}


def write_text(draft: Draft, pieces: tuple[Piece, ...]) -> bytes:
    """Plain text in UTF-8 with a mark at the start, so that Notepad shows Hangul, and Windows line ends."""
    lines: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if isinstance(before, Title | Subtitle) and not isinstance(piece, Title | Subtitle):
            _blank(lines)
        before = piece
        if isinstance(piece, Notice):
            lines += [f"[{piece.text}]", ""]
        elif isinstance(piece, Title | Subtitle):
            lines.append(piece.text)
        elif isinstance(piece, Heading):
            _blank(lines)
            # A title with a mark of its own needs no brackets.
            lines.append(piece.text if find_mark(piece.text) else f"[{piece.text}]")
        elif isinstance(piece, Fixed):
            if piece.role in ("sender", "line"):
                _blank(lines)
            if piece.role == "line":
                continue
            lines.append(piece.text)
            if piece.role not in ("field", "foot"):
                lines.append("")
        elif isinstance(piece, Paragraph | Item):
            lines.append(" " * piece.indent + piece.text)
        elif isinstance(piece, Table):
            _blank(lines)
            lines += [
                " | ".join(_marked(cell, "_{}_").replace("\n", _CELL_BREAK) for cell in row) for row in piece.rows
            ]
            lines.append("")
        else:
            for quadrant in piece.cells:
                _blank(lines)
                lines.append(f"[{quadrant.title}]")
                lines += [
                    " " * line.indent + line.text if isinstance(line, Item) else line.text for line in quadrant.lines
                ]
    if grade := grade_line(draft):
        _blank(lines)
        lines.append(f"[{grade}]")
    return ("\ufeff" + "\r\n".join(lines).rstrip() + "\r\n").encode("utf-8")


def write_markdown(draft: Draft, pieces: tuple[Piece, ...]) -> bytes:
    """Markdown in UTF-8: headings, nested lists that keep the marks of the draft, and tables."""
    lines: list[str] = []
    depths: list[int] = []
    for piece in pieces:
        if isinstance(piece, Item):
            _md_item(lines, depths, piece)
            continue
        if isinstance(piece, Fixed) and not piece.text:
            continue
        depths = []
        _blank(lines)
        if isinstance(piece, Notice):
            lines.append(f"> {_escape(piece.text)}")
        elif isinstance(piece, Title):
            lines.append(f"# {_escape(piece.text)}")
        elif isinstance(piece, Subtitle):
            lines.append(f"**{_escape(piece.text.strip(), everything=True)}**")
        elif isinstance(piece, Heading):
            lines.append(f"{'#' * (piece.level + 1)} {_escape(piece.text)}")
        elif isinstance(piece, Fixed) and piece.role in _MD_FIXED:
            lines.append(_MD_FIXED[piece.role].format(_escape(piece.text, everything=piece.role != "subject")))
        elif isinstance(piece, Paragraph):
            lines.append(_escape_line(piece.text.strip()))
        elif isinstance(piece, Table):
            lines += _md_table(piece)
        else:
            for quadrant in piece.cells:
                _blank(lines)
                lines += [f"## {_escape(quadrant.title)}", ""]
                depths = []
                for line in quadrant.lines:
                    if isinstance(line, Item):
                        _md_item(lines, depths, line)
                    else:
                        depths = []
                        _blank(lines)
                        lines.append(_escape_line(line.text.strip()))
    if grade := grade_line(draft):
        lines += ["", _escape(grade)]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def _blank(lines: list[str]) -> None:
    if lines and lines[-1]:
        lines.append("")


def _md_item(lines: list[str], depths: list[int], item: Item) -> None:
    """A list line. Depth counts from the list it stands in: an item too far in would become a block of code."""
    if not depths:
        _blank(lines)
    while depths and depths[-1] >= item.level:
        depths.pop()
    indent = "    " * len(depths)
    depths.append(item.level)
    native = item.mark in ("-", "*") or re.fullmatch(r"\d{1,2}[.)]", item.mark)
    words = _escape(item.body) if native else _escape(item.text)
    lines.append(f"{indent}{item.mark} {words}" if native else f"{indent}- {words}")


def _marked(cell: Cell, mark: str, dress: Callable[[str], str] = str) -> str:
    """The text of a cell with a mark around what is underlined; the words themselves go through `dress`."""
    if not cell.underlined:
        return dress(cell.text)
    lines = (
        "".join(mark.format(dress(words)) if underlined else dress(words) for words, underlined in pieces)
        for pieces in cell.runs()
    )
    return "\n".join(lines)


def _md_table(table: Table) -> list[str]:
    rows = [
        [_marked(cell, "<u>{}</u>", _escape).replace("|", "\\|").replace("\n", "<br>") for cell in row]
        for row in table.rows
    ]
    body = rows[1:] if table.header_rows else rows
    head = rows[0] if table.header_rows else [""] * len(table.widths)
    signs = {"left": "---", "center": ":-:", "right": "--:"}
    # As most cells of the column have it; a sum or an empty cell says nothing of its own.
    aligns = [
        Counter(cell.align for cell in column[table.header_rows :] if cell.text.strip()).most_common(1)
        for column in zip(*table.rows, strict=True)
    ]
    rule = [signs[most[0][0] if most else "left"] for most in aligns]
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]


# Signs that would be read as Markdown; all others stay as they are, so that the file also reads well as it is.
_ACTIVE = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~])      # a backslash before punctuation
      | `
      | <(?=[A-Za-z/!?])            # the start of a tag
      | &(?=\w+;|\#)                # an entity
      | (?<!\s)\*|\*(?!\s)          # emphasis
      | (?<!\w)_|_(?!\w)
      | \[(?=[^\]]*\]\()            # a link
      | ~(?=.*~)|(?<=~)~            # struck out
    """,
    re.VERBOSE,
)
_EVERYTHING = re.compile(r"[\\`*_<>&\[\]~]")
_LINE_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+*=](?=\s|$|[-=*])|\d{1,9}(?=[.)](\s|$)))")


def _escape(text: str, *, everything: bool = False) -> str:
    return (_EVERYTHING if everything else _ACTIVE).sub(lambda found: "\\" + found.group(), text)


def _escape_line(text: str) -> str:
    """A paragraph: also what would start a heading, a list, a quotation or a rule."""
    text = _escape(text)
    start = _LINE_START.match(text)
    if start is None:
        return text
    if start.group().isdigit():
        return f"{start.group()}\\{text[start.end() :]}"
    return "\\" + text
