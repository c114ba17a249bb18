"""HWPX: `hp:p` of `hp:run` of `hp:t`; tables with cell addresses; 누름틀 as field controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.forms.byte_xml import Edits, Element, Words, as_utf8, parse
from biseo.forms.dialect import Dialect, Line, Piece, Spot, content_of, escaped, number, prefix_of
from biseo.forms.grid import Cell

NARROWEST, LOWEST = 1000, 420
"""Width of a cell and height of an empty row (1/7200 inch) below which it only keeps others apart: 3.5 mm, 1.5 mm."""
_REGIONS = {"header": "머리말", "footer": "꼬리말", "footNote": "각주", "endNote": "미주", "masterPage": "바탕쪽"}
_DIRECTION = re.compile(r"Direction:wstring:(\d+):")
_TAB = '<{0}tab width="4000" leader="0" type="1"/>'


class Owpml(Dialect):
    format = "hwpx"
    text_elements = frozenset({"t", "stringParam"})
    quiet = frozenset({"run", "t", "linesegarray", "lineseg", "lineBreak", "tab", "nbSpace", "fwSpace"})
    breaks = {"lineBreak": "\n", "tab": "\t", "nbSpace": "\u00a0", "fwSpace": "\u3000", "hyphen": "-"}  # noqa: RUF012
    skipped = frozenset({"parameters"})
    part = re.compile(r"Contents/(?:section|masterpage)\d+\.xml", re.IGNORECASE)

    def __init__(self, underlines: frozenset[str] = frozenset()) -> None:
        """`underlines`: the character shapes (`charPr`) that draw a line below."""
        self._underlines = underlines

    def cells(self, table: Element) -> list[Cell]:
        rows = [[one for one in row.elements if one.name == "tc"] for row in table.elements if row.name == "tr"]
        # Programs that leave the height to Hancom write one of a millimetre for every row.
        real = max((_size(cell, "height") for row in rows for cell in row), default=0) >= 2 * LOWEST
        found: list[Cell] = []
        for row in rows:
            lines = [self._lines(cell) for cell in row]
            texts = ["\n".join(line.text for line in one) for one in lines]
            spacer = real and not "".join(texts).strip() and all(_size(cell, "height") < LOWEST for cell in row)
            found += (
                self._cell(cell, inside, text, roomy=not spacer)
                for cell, inside, text in zip(row, lines, texts, strict=True)
            )
        return found

    def _lines(self, cell: Element) -> list[Line]:
        inside = cell.child("subList")
        return [self.line(one) for one in inside.elements if one.name == "p"] if inside is not None else []

    def _cell(self, cell: Element, lines: list[Line], text: str, roomy: bool) -> Cell:
        address, span = cell.child("cellAddr"), cell.child("cellSpan")
        blank = bool(lines) and roomy and _size(cell, "width") >= NARROWEST and not text.strip()
        return Cell(
            max(0, number(address, "rowAddr", 0)), max(0, number(address, "colAddr", 0)),
            max(1, number(span, "rowSpan", 1)), max(1, number(span, "colSpan", 1)), text,
            blank and all(self.plain(line) for line in lines), lines,
        )  # fmt: skip

    def slots(self, line: Line, where: str) -> Iterator[Spot]:
        for begin in _inside(line.element, "fieldBegin"):
            if begin.attributes.get("type") != "CLICK_HERE":
                continue
            end = next(
                (
                    one
                    for one in _inside(line.element, "fieldEnd")
                    if one.start > begin.start and one.attributes.get("beginIDRef") == begin.attributes.get("id")
                ),
                None,
            )
            guide = _guide(begin)
            name = begin.attributes.get("name", "").strip() or guide
            control = begin.parent
            if end is None or not name or control is None or control.name != "ctrl":
                continue
            start = sum(len(piece.text) for piece in line.pieces if piece.start < begin.start)
            stop = sum(len(piece.text) for piece in line.pieces if piece.start < end.start)
            inside = line.text[start:stop]
            if "{{" in inside or (begin.attributes.get("dirty") == "1" and inside.strip() not in ("", guide)):
                continue  # a mark is filled as such; what somebody has filled in stays
            yield Spot("slot", (name,), (line,), where, start, stop, begin)

    def underlined(self, piece: Piece) -> bool:
        run = next((one for one in (piece.host, *piece.host.above()) if one.name == "run"), None)
        return run is not None and run.attributes.get("charPrIDRef") in self._underlines

    def inline(self, words: str, prefix: bytes) -> bytes:
        sign = prefix.decode()
        text = escaped(words).replace("\n", f"<{sign}lineBreak/>").replace("\t", _TAB.format(sign))
        return text.encode("utf-8")

    def insert(self, line: Line, data: bytes, words: bytes, edits: Edits) -> None:
        paragraph = line.element
        prefix = prefix_of(paragraph, data)
        text = b"<%bt>%b</%bt>" % (prefix, words, prefix)
        run = paragraph.child("run")
        if run is None:
            run_tag = b'<%brun charPrIDRef="%d">%b</%brun>' % (prefix, 0, text, prefix)
            _into(paragraph, data, run_tag, edits, first=True)
            return
        host = run.child("t")
        if host is None:
            _into(run, data, text, edits)
        elif host.close == host.end:  # <hp:t/>
            edits.put(host.start, host.end, text)
        else:
            edits.put(host.inner, host.inner, words)

    def another(self, line: Line, data: bytes, words: bytes) -> bytes:
        paragraph = line.element
        prefix = prefix_of(paragraph, data)
        tag = re.sub(rb'((?:page|column)Break=")1"', rb'\g<1>0"', _open_tag(paragraph, data))
        run = paragraph.child("run")
        run_tag = _open_tag(run, data) if run is not None else b'<%brun charPrIDRef="0">' % prefix
        parts = (tag, run_tag, b"<", prefix, b"t>", words, b"</", prefix, b"t></", prefix, b"run></", prefix, b"p>")
        return b"".join(parts)

    def plain(self, line: Line) -> bool:
        for one in line.element.elements:
            if one.name == "linesegarray":
                continue
            if one.name != "run" or any(inner.name != "t" for inner in one.elements):
                return False
            if any(inner.name not in self.breaks for text in one.elements for inner in text.elements):
                return False
        return True

    def settle(self, line: Line, data: bytes, edits: Edits) -> None:
        for one in line.element.elements:
            if one.name == "linesegarray":  # where the old words stood on the page
                edits.put(one.start, one.end)

    def fill_slot(self, spot: Spot, data: bytes, words: bytes, edits: Edits) -> None:
        """Words into a 누름틀, in the looks of the text around it rather than of its red guide."""
        begin, line = spot.begin, spot.lines[0]
        assert begin is not None and begin.parent is not None
        prefix = prefix_of(line.element, data)
        if spot.end > spot.start:
            self.cut(line, spot.start, spot.end, edits, b"")
        edits.put(begin.parent.end, begin.parent.end, b"<%bt>%b</%bt>" % (prefix, words, prefix))
        tag = data[begin.start : begin.inner]
        if dirty := re.search(rb'\sdirty="(0)"', tag):
            edits.put(begin.start + dirty.start(1), begin.start + dirty.end(1), b"1")

    def place(self, element: Element) -> str:
        return next((_REGIONS[one.name] for one in element.above() if one.name in _REGIONS), "본문")


def read_underlines(header: bytes) -> frozenset[str]:
    """The character shapes of `Contents/header.xml` that draw a line below.

    Raises:
        BadXml: the part is none that can be read.
    """
    shapes = (one for one in parse(as_utf8(header), frozenset()).walk() if one.name == "charPr")
    return frozenset(
        shape.attributes.get("id", "")
        for shape in shapes
        if any(one.name == "underline" and one.attributes.get("type") == "BOTTOM" for one in shape.elements)
    )


def _size(cell: Element, name: str) -> int:
    """Width or height; one that is not told is enough."""
    return number(cell.child("cellSz"), name, 2 * LOWEST + NARROWEST)


def _inside(paragraph: Element, name: str) -> list[Element]:
    """Controls of the paragraph itself."""
    return content_of(paragraph, (name,), ("run", "ctrl"))


def _guide(begin: Element) -> str:
    """What a 누름틀 asks for, from its command (`Clickhere:set:…:Direction:wstring:2:날짜 HelpState:…`)."""
    for one in begin.walk():
        if one.name == "stringParam" and one.attributes.get("name") == "Command":
            command = "".join(child.text for child in one.children if isinstance(child, Words))
            if found := _DIRECTION.search(command):
                return command[found.end() : found.end() + min(int(found[1][:4]), 200)].strip()
        if one.name == "stringParam" and one.attributes.get("name") == "Direction":
            return "".join(child.text for child in one.children if isinstance(child, Words)).strip()
    return ""


def _open_tag(element: Element, data: bytes) -> bytes:
    tag = data[element.start : element.inner]
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def _into(element: Element, data: bytes, content: bytes, edits: Edits, *, first: bool = False) -> None:
    """Put `content` at the end (or the beginning) of an element that may be written as `<a/>`."""
    if element.close == element.end:
        name = data[element.start + 1 : element.inner].split(None, 1)[0].rstrip(b"/>")
        edits.put(element.start, element.end, _open_tag(element, data) + content + b"</" + name + b">")
    else:
        place = element.inner if first else element.close
        edits.put(place, place, content)
