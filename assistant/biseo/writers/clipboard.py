"""What a copied draft is on the clipboard: HTML that Hancom and Word lay out as it was, and plain text.

Marks are typed, never a list of the target's: `<ol>` knows neither `가.` nor `㉮`, and a word processor would number
anew what the official has checked. The hanging indent of each item is kept as a negative first-line indent.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from biseo.writers.grid import Cell, Table
from biseo.writers.malgun import indents_of
from biseo.writers.pieces import (
    Fixed,
    Heading,
    Item,
    Notice,
    Paragraph,
    Piece,
    Quadrant,
    Quadrants,
    Subtitle,
    Title,
    tight_face,
)
from biseo.writers.profiles import Face, Profile

_CELL_BREAK = " / "
_GRID = "#8A94A6"


def to_plain(pieces: Sequence[Piece]) -> str:
    """Lines with their marks and indents; tables with a tab between cells, so that a sheet takes them apart again."""
    lines: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        apart = (
            isinstance(piece, Heading | Table | Quadrants)
            or isinstance(before, Table | Title | Subtitle | Notice)
            or _stands_apart(piece, "sender")
            or _stands_apart(before, "banner", "agency", "subject", "sender")
        )
        together = isinstance(before, Title) and isinstance(piece, Title | Subtitle)
        if apart and not together and lines and lines[-1]:
            lines.append("")
        before = piece
        if isinstance(piece, Table):
            lines += ["\t".join(_one_line(cell.text) for cell in row) for row in piece.rows]
        elif isinstance(piece, Quadrants):
            for cell in piece.cells:
                if lines and lines[-1]:
                    lines.append("")
                lines += [cell.title, *(_plain_line(line) for line in cell.lines)]
        else:
            lines.append(_plain_line(piece))
    return "\n".join(lines)


def to_html(pieces: Sequence[Piece], profile: Profile) -> str:
    """A fragment of HTML with every style written on its own element: style sheets are lost in pasting."""
    every = [None, *pieces, None]
    return "\n".join(
        _piece(piece, profile, before, after) for before, piece, after in zip(every, pieces, every[2:], strict=False)
    )


def _stands_apart(piece: Piece | None, *roles: str) -> bool:
    return isinstance(piece, Fixed) and piece.role in roles


def _plain_line(line: Paragraph | Item | Notice | Title | Subtitle | Heading) -> str:
    if isinstance(line, Notice):
        return f"[{line.text}]"
    return " " * (line.indent if isinstance(line, Paragraph | Item) else 0) + line.text


def _piece(piece: Piece, profile: Profile, before: Piece | None, after: Piece | None) -> str:
    if isinstance(piece, Table):
        return _table(piece, profile)
    if isinstance(piece, Quadrants):
        return _quadrants(piece, profile)
    if isinstance(piece, Heading):
        return _line(piece.text, profile.heading, profile, tag=f"h{min(piece.level + 1, 6)}")
    if isinstance(piece, Title):
        return _line(piece.text, tight_face(profile.title, piece, before, after), profile, tag="h1")
    if isinstance(piece, Subtitle):
        return _line(piece.text, tight_face(profile.subtitle, piece, before, after), profile)
    if isinstance(piece, Notice):
        return _line(piece.text, profile.notice, profile)
    if isinstance(piece, Item):
        return _item(piece, profile.body, profile)
    face = piece.face(profile) if isinstance(piece, Fixed) else profile.body
    return _line(piece.text, face, profile, left=piece.indent * face.size / 2)


def _item(item: Item, face: Face, profile: Profile, *, cell: bool = False) -> str:
    indent, hanging = indents_of(item, face.size)
    return _line(item.text, face, profile, left=indent + hanging, first=-hanging, cell=cell)


def _line(
    text: str,
    face: Face,
    profile: Profile,
    *,
    tag: str = "p",
    left: float = 0.0,
    first: float = 0.0,
    align: str = "",
    bold: bool | None = None,
    cell: bool = False,
) -> str:
    spacing = profile.table_line_spacing if cell else profile.line_spacing
    before, after = (0.0, 0.0) if cell else (face.before, face.after)
    style = [
        f"margin:{_pt(before)} 0 {_pt(after)} {_pt(left)}",
        f"text-indent:{_pt(first)}",
        f"text-align:{align or face.align}",
        f"line-height:{spacing}%",
        # Word takes the first family as it is, so it must be one that every Windows has;
        # and its East Asian font is another one, which also sets □ ※ ①.
        f"font-family:'{face.docx}'; mso-fareast-font-family:'{face.docx}'",
        f"font-size:{_pt(face.size)}",
        f"font-weight:{'bold' if (face.bold if bold is None else bold) else 'normal'}",
        f"color:#{face.color}",
    ]
    words = _words(text) or "&nbsp;"
    box = "; border-bottom:1.5pt solid #33415C" if face.rule and not cell else ""
    # Word keeps the font of a run only where the run itself names it.
    span = f'<span lang="ko" style="{"; ".join(style[4:])}">{words}</span>'
    return f'<{tag} style="{"; ".join(style)}{box}">{span}</{tag}>'


def _table(table: Table, profile: Profile) -> str:
    columns = "".join(f'<col width="{round(width * 100)}%">' for width in table.widths)
    rows = [
        "<tr>" + "".join(_cell(cell, width, profile) for cell, width in zip(row, table.widths, strict=True)) + "</tr>"
        for row in table.rows
    ]
    head, body = rows[: table.header_rows], rows[table.header_rows :]
    top = f"<thead>{''.join(head)}</thead>" if head else ""
    return f"{_OPEN}<colgroup>{columns}</colgroup>{top}<tbody>{''.join(body)}</tbody></table>"


_OPEN = (
    '<table border="1" cellspacing="0" cellpadding="4" width="100%" '
    f'style="border-collapse:collapse; border:1px solid {_GRID}; width:100%">'
)


def _cell(cell: Cell, width: float, profile: Profile) -> str:
    tag = "th" if cell.head else "td"
    bold = cell.head or cell.strong
    lines = "".join(
        _line(line, profile.table, profile, align=cell.align, bold=bold, cell=True) for line in cell.text.split("\n")
    )
    return f'<{tag} width="{round(width * 100)}%" {_box(profile, cell.head)}>{lines}</{tag}>'


def _quadrants(quadrants: Quadrants, profile: Profile) -> str:
    cells = quadrants.cells
    rows = "".join(
        "<tr>" + "".join(_quadrant(cell, profile) for cell in cells[at : at + 2]) + "</tr>"
        for at in range(0, len(cells), 2)
    )
    return f"{_OPEN}<tbody>{rows}</tbody></table>"


def _quadrant(cell: Quadrant, profile: Profile) -> str:
    face = profile.table
    lines = [_line(cell.title, face, profile, align="center", bold=True, cell=True)]
    for line in cell.lines:
        if isinstance(line, Item):
            lines.append(_item(line, face, profile, cell=True))
        else:
            lines.append(_line(line.text, face, profile, cell=True))
    return f'<td width="50%" {_box(profile, False)}>{"".join(lines)}</td>'


def _box(profile: Profile, head: bool) -> str:
    fill = f' bgcolor="#{profile.head_fill}"' if head else ""
    shade = f"; background:#{profile.head_fill}" if head else ""
    place = "middle" if head else "top"
    return f'valign="{place}"{fill} style="border:1px solid {_GRID}; padding:2pt 4pt{shade}"'


def _words(text: str) -> str:
    """Escaped; a run of blanks keeps its width (붙임 has two)."""
    return escape(text, quote=False).replace("  ", "&nbsp; ").replace("\t", "&nbsp; &nbsp; ").replace("\n", "<br>")


def _one_line(text: str) -> str:
    return text.replace("\n", _CELL_BREAK).replace("\t", " ")


def _pt(points: float) -> str:
    return f"{points:g}pt"
