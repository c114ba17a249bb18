"""HTML: what a browser would show, in its order. Nothing is fetched, no script is looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

from biseo.document import Document
from biseo.readers.clean import clean_line, clean_text
from biseo.readers.collect import TOO_DEEP, Collector
from biseo.readers.decode import decode, decode_named
from biseo.readers.html_hidden import Hiding
from biseo.readers.marks import item_level
from biseo.readers.numbers import write_number
from biseo.readers.plain import unread_warning

HEAD_BYTES = 4096
MOST_SPAN = 200
DEEPEST = 60
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
class _Cell:
    columns: int = 1
    rows: int = 1
    content: list[_Line | _Table] = field(default_factory=list)


@dataclass
class _Line:
    text: str
    heading: int = 0
    level: int = 0


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    framing: bool = False


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
    _add(collector, parser.root.content)
    collector.pictures += parser.pictures
    return clean_line(parser.title)


def _add(collector: Collector, content: list[_Line | _Table], depth: int = 0) -> None:
    for one in content:
        if isinstance(one, _Line):
            collector.add_text(one.text, heading=one.heading, numbered=one.level)
        elif depth >= DEEPEST:
            collector.add_table(_grid(collector, one.rows))
        else:
            frames = one.framing or all(len(row) <= 1 for row in one.rows)
            for is_table, rows in groupby(one.rows, key=lambda row: not frames and not any(map(_holds_much, row))):
                _add_rows(collector, list(rows), is_table, depth)


def _add_rows(collector: Collector, rows: list[list[_Cell]], is_table: bool, depth: int) -> None:
    """Rows of a table; those that only arrange a page (mails are built that way) give what their cells hold."""
    if is_table and any(sum(bool(cell.content) for cell in row) > 1 for row in rows):
        collector.add_table(_grid(collector, rows))
        return
    for row in rows:
        for cell in row:
            _add(collector, cell.content, depth + 1)


def _holds_much(cell: _Cell, depth: int = 0) -> bool:
    """Whether a cell holds a table of its own that is more than a few words beside each other."""
    inner = [one for one in cell.content if isinstance(one, _Table)]
    if depth > 3 or any(len(one.rows) > 1 for one in inner):
        return True
    return any(_holds_much(one, depth + 1) for table in inner for row in table.rows for one in row)


def _grid(collector: Collector, rows: list[list[_Cell]]) -> list[list[str]]:
    """Rows of cells; a merged cell stands where it begins, the places it covers are empty."""
    grid: list[list[str]] = []
    covered: Counter[tuple[int, int]] = Counter()
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            while (number, len(line)) in covered:
                line.append("")
            for down in range(1, cell.rows):
                for right in range(cell.columns):
                    covered[number + down, len(line) + right] = 1
            line.append(_joined(collector, cell.content))
            line.extend([""] * (cell.columns - 1))
        grid.append(line)
    return grid


def _joined(collector: Collector, content: list[_Line | _Table], depth: int = 0) -> str:
    if depth > DEEPEST:
        collector.warn(TOO_DEEP)
        return ""
    lines: list[str] = []
    for one in content:
        if isinstance(one, _Line):
            lines.append(one.text)
        else:
            lines.extend(
                "\t".join(clean_line(_joined(collector, cell.content, depth + 1)) for cell in row) for row in one.rows
            )
    return "\n".join(lines)


class _Page(HTMLParser):
    """Walks the tags. Elements that were never closed do no harm: what ends is looked up by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Cell()
        self.tables: list[tuple[_Table, _Cell]] = []  # each with the cell around it
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
            self.cell = _Cell(_span(found.get("colspan")), _span(found.get("rowspan")))
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
        self.cell.content.append(_Line(text, self._heading, level))

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
        self.tables.append((_Table(framing=framing), self.cell))

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
