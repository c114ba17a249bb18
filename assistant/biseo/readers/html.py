"""HTML: what a browser would show, in its order. Nothing is fetched, no script is looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from biseo.document import Document
from biseo.readers.clean import clean_line, clean_text
from biseo.readers.collect import Collector
from biseo.readers.decode import decode, decode_named
from biseo.readers.html_blocks import Cell, Line, Table, add_content
from biseo.readers.html_hidden import Hiding
from biseo.readers.marks import item_level
from biseo.readers.numbers import write_number
from biseo.readers.plain import unread_warning

HEAD_BYTES = 4096
MOST_SPAN = 200
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSHOWN = _names("script style template noscript iframe object svg math audio video canvas datalist del title")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_BLOCKS = _names(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption"
)
_APART = _names("select textarea button input")
_HEADING = re.compile("h([1-6])$")
# An element that ends when a sibling begins, and what it may not be closed across.
_CLOSED_BY = {
    "li": ({"li"}, {"ul", "ol", "table"}), "dt": ({"dt", "dd"}, {"dl", "table"}), "dd": ({"dt", "dd"}, {"dl", "table"}),
    "td": ({"td", "th"}, {"table"}), "th": ({"td", "th"}, {"table"}), "tr": ({"td", "th", "tr"}, {"table"}),
    "p": ({"p"}, {"td", "th", "li", "table", "div", "blockquote"}), "option": ({"option"}, {"select"}),
}  # fmt: skip
_MARKS = {"1": "DIGIT", "a": "LATIN_SMALL", "A": "LATIN_CAPITAL", "i": "ROMAN_SMALL", "I": "ROMAN_CAPITAL"}


@dataclass
class _List:
    style: str  # empty: bullets
    count: int


def read_html(path: str) -> Document:
    """A page from a file; its declared encoding counts, unless the bytes say otherwise."""
    text, unread = decode_html(Path(path).read_bytes())
    collector = Collector()
    if unread:
        collector.warn(unread_warning(unread))
    title = add_html(collector, text)
    return collector.document(path, "html", title)


def decode_html(data: bytes, charset: str = "") -> tuple[str, int]:
    """Text of a page and how many characters could not be read. `charset` is what came with it (a mail's part)."""
    if not charset and (match := _CHARSET.search(data[:HEAD_BYTES])):
        charset = match[1].decode("ascii")
    return decode_named(data, charset) if charset else decode(data)


def add_html(collector: Collector, text: str) -> str:
    """Adds a page's blocks to `collector`; its title is returned."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    parser.flush()
    while parser.tables:
        parser.end_table()
    add_content(collector, parser.root.content)
    collector.pictures += parser.pictures
    return clean_line(parser.title)


class _Page(HTMLParser):
    """Walks the tags. Elements that were never closed do no harm: what ends is looked up by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Cell()
        self.tables: list[tuple[Table, Cell]] = []  # each with the cell around it
        self.cell = self.root
        self.title = ""
        self.pictures = 0
        self._open: list[tuple[str, bool]] = []
        self._names: Counter[str] = Counter()
        self._hidden = 0
        self._hiding = Hiding()
        self._lists: list[_List] = []
        self._text: list[str] = []
        self._heading = 0
        self._mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in _CLOSED_BY:
            self._close(*_CLOSED_BY[tag])
        if tag in _BLOCKS:
            self.flush()
        if tag not in _VOID:
            hides = tag in _UNSHOWN or self._hiding.hides(tag, found)
            hides = hides or (tag == "option" and "selected" not in found)
            self._open.append((tag, hides))
            self._names[tag] += 1
            self._hidden += hides
        if self._hidden:
            return
        if tag in _APART:
            self._space()
        if tag == "br":
            self._text.append("\n")
        elif tag == "img":
            if (found.get("width"), found.get("height")) != ("1", "1"):  # a counter, not a picture
                self.pictures += 1
        elif tag == "input" and found.get("type", "text").lower() in ("text", "checkbox", "radio"):
            self._input(found)
        elif match := _HEADING.match(tag):
            self._heading = int(match[1])
        elif tag in ("ul", "ol"):
            style = _MARKS.get(found.get("type", "1"), "DIGIT") if tag == "ol" else ""
            self._lists.append(_List(style, _number(found.get("start"), 1) - 1))
        elif tag == "li":
            self._item(found)
        elif tag == "table":
            self._begin_table(found)
        elif tag == "tr" and self.tables:
            self.tables[-1][0].rows.append([])
        elif tag in ("td", "th") and self.tables:
            table = self.tables[-1][0]
            if not table.rows:
                table.rows.append([])
            self.cell = Cell(_span(found.get("colspan")), _span(found.get("rowspan")))
            table.rows[-1].append(self.cell)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag == "br":
            self._text.append("\n")
        elif tag in _APART and not self._hidden:
            self._space()
        if self._names[tag]:
            # A table is not closed by what ends outside of it.
            self._close({tag}, {"table"} if tag not in ("table", "body", "html") else set())

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style":
            self._hiding.read_sheet(data)
        if self._open and self._open[-1][0] == "title" and self._names["svg"] == 0:
            self.title += data
        if not self._hidden:
            if not (self._names["pre"] or self._names["textarea"]):
                data = _SPACES.sub(" ", data)
                data = data.lstrip(" ") if self._text and self._text[-1] == " " else data
            self._text.append(data)

    def _space(self) -> None:
        """Fields of a form stand apart from the words around them."""
        if self._text and not self._text[-1].endswith((" ", "\n")):
            self._text.append(" ")

    def unknown_decl(self, data: str) -> None:
        """`<![if …]>` and `<![CDATA[…`: nothing that is shown."""

    def flush(self) -> None:
        """What was collected becomes a line of the cell that is open."""
        text = "\n".join(line.strip() for line in clean_text("".join(self._text)).split("\n")).strip()
        self._text.clear()
        if not text:
            return
        level = 0
        if self._mark:
            level = max(len(self._lists), 1)
            text = text if item_level(text) else f"{self._mark} {text}"
            self._mark = ""
        self.cell.content.append(Line(text, self._heading, level))

    def end_table(self) -> None:
        table, around = self.tables.pop()
        self.cell = around
        table.rows = [row for row in table.rows if row]
        around.content.append(table)

    def _close(self, names: set[str], walls: set[str]) -> None:
        """Closes the innermost open element of these names with all inside it, if no wall stands between."""
        if not any(self._names[name] for name in names):
            return
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place][0]
            if name in names:
                break
            if name in walls:
                return
        else:
            return
        if any(name in _BLOCKS for name, _ in self._open[place:]):
            self.flush()
        while len(self._open) > place:
            name, hides = self._open.pop()
            self._names[name] -= 1
            self._hidden -= hides
            if _HEADING.match(name):
                self._heading = 0
            if self._hidden or hides:
                continue
            if name in ("ul", "ol") and self._lists:
                self._lists.pop()
            elif name == "table" and self.tables:
                self.end_table()
            elif name in ("td", "th") and self.tables:
                self.cell = self.tables[-1][1]
        if names & {"tr"} and place and self._names["tr"]:
            self._close({"tr"}, walls)

    def _begin_table(self, found: dict[str, str]) -> None:
        framing = found.get("role") in ("presentation", "none")
        self.tables.append((Table(framing=framing), self.cell))

    def _item(self, found: dict[str, str]) -> None:
        self._mark = "-"
        if self._lists and self._lists[-1].style:
            self._lists[-1].count = _number(found.get("value"), self._lists[-1].count + 1)
            self._mark = write_number(self._lists[-1].style, self._lists[-1].count) + "."

    def _input(self, found: dict[str, str]) -> None:
        if found.get("type", "text").lower() == "text":
            self._text.append(found.get("value", ""))
        else:
            self._text.append("☑ " if "checked" in found else "☐ ")


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def _span(text: str | None) -> int:
    return min(max(_number(text, 1), 1), MOST_SPAN)
