"""DOCX: `w:p` of `w:r` of `w:t`; tables with spans and continued cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.forms.blanks import label_before
from biseo.forms.byte_xml import Edits, Element
from biseo.forms.controls import Control, find_controls, free_control
from biseo.forms.dialect import Dialect, Line, Piece, Spot, attribute, content_of, escaped, prefix_of
from biseo.forms.grid import Cell

NARROWEST = 200
"""Width (1/20 pt) below which an empty cell only keeps others apart: 3.5 mm."""
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "smartTag")
_REGIONS = {"hdr": "머리말", "ftr": "꼬리말", "footnotes": "각주", "endnotes": "미주"}
_HARMLESS = {"pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd"}
_IN_RUN = {"rPr", "t", "lastRenderedPageBreak"}
_PAGE_BREAK = re.compile(rb"<\w+:pageBreakBefore(?:\s[^>]*)?/>")
# Marks of a tracked change, which belong to the paragraph's end and not to a run.
_TRACKED = {"ins", "del", "moveFrom", "moveTo", "rPrChange"}


class Wordml(Dialect):
    format = "docx"
    text_elements = frozenset({"t"})
    quiet = frozenset({"r", "t", "br", "cr", "tab", "rPr", "lastRenderedPageBreak"})
    breaks = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}  # noqa: RUF012
    skipped = frozenset({"pPr", "rPr", "del", "moveFrom"})
    part = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml", re.IGNORECASE)

    def cells(self, table: Element) -> list[Cell]:
        found: list[Cell] = []
        open_above: dict[int, int] = {}  # column to the index of the cell that may go on below
        for row_number, row in enumerate(content_of(table, ("tr",), _WRAPPERS)):
            properties = row.child("trPr")
            column = _value(properties.child("gridBefore") if properties else None, 0)
            continued: dict[int, int] = {}
            for cell in content_of(row, ("tc",), _WRAPPERS):
                about = cell.child("tcPr")
                span = _value(about.child("gridSpan") if about else None, 1)
                merge = about.child("vMerge") if about else None
                above = open_above.get(column)
                if merge is not None and attribute(merge, "val") != "restart" and above is not None:
                    old = found[above]
                    found[above] = Cell(
                        old.row, old.column, row_number - old.row + 1, old.columns, old.text, old.blank, old.content
                    )
                    continued[column] = above
                else:
                    if merge is not None:
                        continued[column] = len(found)
                    found.append(self._cell(cell, about, row_number, column, span))
                column += span
            open_above = continued
        return found

    def _cell(self, cell: Element, about: Element | None, row: int, column: int, span: int) -> Cell:
        blocks = content_of(cell, ("p", "tbl"), _WRAPPERS)
        lines = [self.line(one) for one in blocks if one.name == "p"]
        text = "\n".join(line.text for line in lines)
        width = about.child("tcW") if about else None
        narrow = width is not None and attribute(width, "type") == "dxa" and 0 < _width(width) < NARROWEST
        # What stands inside a content control belongs to that control.
        own = all(one.name in ("p", "tcPr") for one in cell.elements)
        blank = bool(lines) and own and not narrow and not text.strip() and all(self.plain(one) for one in lines)
        if not blank and (control := _only_control(lines, text)) is not None:
            return Cell(row, column, 1, span, "", True, control)
        return Cell(row, column, 1, span, text, blank, lines)

    def slots(self, line: Line, where: str) -> Iterator[Spot]:
        for control in find_controls(line):
            name = control.name or label_before(line.text[: control.start])
            if name:
                place = (control.start, control.end, control.element)
                yield Spot("control", (name,), (line,), where, *place, alone=not control.name)

    def underlined(self, piece: Piece) -> bool:
        run = piece.host if piece.host.name == "r" else piece.host.parent
        about = run.child("rPr") if run is not None else None
        line = about.child("u") if about is not None else None
        return line is not None and attribute(line, "val") not in ("none", "0")

    def fill_control(self, spot: Spot, data: bytes, words: bytes, edits: Edits) -> None:
        """Words into a content control, in the looks of the text around it rather than of its grey guide."""
        line, control = spot.lines[0], spot.begin
        assert control is not None
        if spot.end > spot.start:
            self.cut(line, spot.start, spot.end, edits, words)
        else:
            content = control.child("sdtContent")
            inside = content is not None and content.start > line.element.start
            if content is not None and inside:
                prefix = prefix_of(line.element, data)
                run = b'<%br><%bt xml:space="preserve">%b</%bt></%br>' % (prefix, prefix, words, prefix, prefix)
                if content.close == content.end:
                    tag = b"<%bsdtContent>%b</%bsdtContent>" % (prefix, run, prefix)
                    edits.put(content.start, content.end, tag)
                else:
                    edits.put(content.close, content.close, run)
            else:
                self.insert(line, data, words, edits)
        free_control(control, edits)

    def inline(self, words: str, prefix: bytes) -> bytes:
        sign = prefix.decode()
        around = f'</{sign}t><{sign}{{}}/><{sign}t xml:space="preserve">'
        text = escaped(words).replace("\n", around.format("br")).replace("\t", around.format("tab"))
        return text.encode("utf-8")

    def keep_spaces(self, host: Element, edits: Edits) -> None:
        if host.name == "t" and not any(name.endswith(" space") for name in host.attributes):
            edits.put(host.inner - 1, host.inner - 1, b' xml:space="preserve"')

    def insert(self, line: Line, data: bytes, words: bytes, edits: Edits) -> None:
        paragraph = line.element
        prefix = prefix_of(paragraph, data)
        text = b'<%bt xml:space="preserve">%b</%bt>' % (prefix, words, prefix)
        run = next((one for one in paragraph.elements if one.name == "r"), None)
        if run is not None and run.close != run.end:
            edits.put(run.close, run.close, text)
            return
        content = b"<%br>%b%b</%br>" % (prefix, _looks(line, data, prefix), text, prefix)
        if paragraph.close != paragraph.end:
            edits.put(paragraph.close, paragraph.close, content)
        else:
            tag = data[paragraph.start : paragraph.inner][:-2].rstrip() + b">"
            edits.put(paragraph.start, paragraph.end, tag + content + b"</%bp>" % prefix)

    def another(self, line: Line, data: bytes, words: bytes) -> bytes:
        prefix = prefix_of(line.element, data)
        about = line.element.child("pPr")
        looks = _PAGE_BREAK.sub(b"", data[about.start : about.end]) if about is not None else b""
        run = b'<%br>%b<%bt xml:space="preserve">%b</%bt></%br>' % (
            prefix, _looks(line, data, prefix), prefix, words, prefix, prefix,
        )  # fmt: skip
        return b"<%bp>%b%b</%bp>" % (prefix, looks, run, prefix)

    def plain(self, line: Line) -> bool:
        about = line.element.child("pPr")
        if about is not None and any(one.name in ("sectPr", "pPrChange") for one in about.elements):
            return False
        for one in line.element.elements:
            if one.name == "r":
                if any(inner.name not in _IN_RUN for inner in one.elements):
                    return False
            elif one.name not in _HARMLESS:
                return False
        return True

    def place(self, element: Element) -> str:
        return next((_REGIONS[one.name] for one in element.above() if one.name in _REGIONS), "본문")


def _only_control(lines: list[Line], text: str) -> Control | None:
    """The nameless control that a cell holds and nothing else."""
    found = [control for line in lines for control in find_controls(line)]
    if len(found) != 1 or found[0].name or found[0].text.strip() != text.strip():
        return None
    return found[0]


def _looks(line: Line, data: bytes, prefix: bytes) -> bytes:
    """The properties a new run should have: those of the first run, else those of the paragraph's end."""
    run = next((one for one in line.element.elements if one.name == "r"), None)
    own = run.child("rPr") if run is not None else None
    if own is not None:
        return data[own.start : own.end]
    about = line.element.child("pPr")
    mark = about.child("rPr") if run is None and about is not None else None
    if mark is None:
        return b""
    kept = b"".join(data[one.start : one.end] for one in mark.elements if one.name not in _TRACKED)
    return b"<%brPr>%b</%brPr>" % (prefix, kept, prefix) if kept else b""


def _value(element: Element | None, fallback: int) -> int:
    """`w:val` as a number between 0 and what a table can have."""
    text = attribute(element, "val") if element is not None else ""
    return min(int(text), 10_000) if text.isascii() and text.isdigit() else fallback


def _width(element: Element) -> int:
    text = attribute(element, "w")
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
