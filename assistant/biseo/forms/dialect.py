"""What HWPX and DOCX have in common: paragraphs with marks, tables with empty cells, and how both are written to."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal
from xml.sax.saxutils import escape

from biseo.forms.blanks import find_blanks
from biseo.forms.byte_xml import Edits, Element, Words
from biseo.forms.form import FieldKind
from biseo.forms.grid import Cell

MARK = re.compile(r"\{\{[ \t\u3000\u00a0]*([^{}\n]{1,80}?)[ \t\u3000\u00a0]*\}\}")
"""A mark is on one line; what is between the braces is its name."""


@dataclass(frozen=True)
class Piece:
    """Some characters of a paragraph and the bytes they stand in.

    `host` is the text element around them; `whole` when they are an element (a tab, a line break) or an entity, which
    can only go as a whole.
    """

    text: str
    start: int
    end: int
    host: Element
    whole: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph as one string; `text` is that of its pieces, line breaks as newlines."""

    element: Element
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Spot:
    """One place to fill in.

    Attributes:
        lines: the paragraph of a mark or slot; all paragraphs of an empty cell.
        start, end: characters of the mark or of what stands in the slot; the whole of an empty cell otherwise.
        begin: where a slot begins (`fieldBegin`), or the control (`sdt`).
        alone: the name is its own; another of the same name is another field.
        where: Korean words for the place.
        shadow: a second copy of the same words for older programs; it is filled but not counted.
    """

    kind: FieldKind
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    where: str
    start: int = 0
    end: int = 0
    begin: Element | None = None
    shadow: bool = False
    alone: bool = False

    @property
    def text(self) -> str:
        return "" if self.kind in ("label", "blank") else self.lines[0].text[self.start : self.end]


@dataclass(frozen=True)
class Change:
    """What a paragraph says afterwards, for the comparison: `text`, in `paragraphs` paragraphs instead of one.

    `guides` are the numbers of those signs (`w:showingPlcHdr`) of the part that went with its guides.
    """

    number: int
    text: str
    paragraphs: int = 1
    guides: tuple[int, ...] = ()


class Dialect(ABC):
    """One format. The names of elements differ, the shape does not."""

    format: ClassVar[Literal["hwpx", "docx"]]
    text_elements: ClassVar[frozenset[str]]
    quiet: ClassVar[frozenset[str]]
    """Elements that may come and go inside a changed paragraph."""
    breaks: ClassVar[dict[str, str]]
    """Elements that stand for characters."""
    skipped: ClassVar[frozenset[str]]
    """Elements whose words are none of the paragraph's."""
    part: ClassVar[re.Pattern[str]]
    """Names of the parts that hold text."""

    # to be written for each format

    @abstractmethod
    def cells(self, table: Element) -> list[Cell]:
        """The cells of a table, `content` being their paragraphs."""

    def slots(self, line: Line, where: str) -> Iterator[Spot]:
        """Places of the format's own kind."""
        return iter(())

    @abstractmethod
    def inline(self, words: str, prefix: bytes) -> bytes:
        """Words for the inside of a text element; newlines become line breaks."""

    @abstractmethod
    def insert(self, line: Line, data: bytes, words: bytes, edits: Edits) -> None:
        """Put words into a paragraph that has none."""

    @abstractmethod
    def another(self, line: Line, data: bytes, words: bytes) -> bytes:
        """A further paragraph of the same looks."""

    @abstractmethod
    def plain(self, line: Line) -> bool:
        """Whether the paragraph holds words and nothing else, so that more can be made like it."""

    def settle(self, line: Line, data: bytes, edits: Edits) -> None:  # noqa: B027 -- not every format has any
        """What else must change in a changed paragraph."""

    @abstractmethod
    def place(self, element: Element) -> str:
        """Korean words for the region of the page: 본문, 머리말, …"""

    # the same for both

    def line(self, paragraph: Element) -> Line:
        """One paragraph with its pieces."""
        return Line(paragraph, tuple(self._pieces(paragraph)))

    def _pieces(self, paragraph: Element) -> Iterator[Piece]:
        stack: list[Element | Words] = list(reversed(paragraph.children))
        while stack:
            one = stack.pop()
            if isinstance(one, Words):
                if one.parent.name == "t":
                    whole = one.end - one.start != len(one.text.encode("utf-8"))
                    yield Piece(one.text, one.start, one.end, one.parent, whole)
            elif one.space != paragraph.space or one.name == "p" or one.name in self.skipped:
                continue
            elif one.name in self.breaks:
                assert one.parent is not None
                yield Piece(self.breaks[one.name], one.start, one.end, one.parent, True)
            else:
                stack.extend(reversed(one.children))

    def marks(self, line: Line, where: str, shadow: bool) -> Iterator[Spot]:
        """The `{{marks}}` of a paragraph, however many runs they are spread over."""
        text = line.text
        for found in MARK.finditer(text):
            yield Spot("mark", (found[1],), (line,), where, found.start(), found.end(), shadow=shadow)

    def underlined(self, piece: Piece) -> bool:
        """Whether the characters stand on a line."""
        return False

    def blanks(self, line: Line, where: str, shadow: bool) -> Iterator[Spot]:
        """Blanks of a paragraph that its words name; none that a slot or control of it already is."""
        ruled = "".join(("_" if self.underlined(piece) else " ") * len(piece.text) for piece in line.pieces)
        for blank in find_blanks(line.text, ruled):
            yield Spot("blank", (blank.name,), (line,), where, blank.start, blank.end, shadow=shadow, alone=True)

    def cut(self, line: Line, start: int, end: int, edits: Edits, words: bytes) -> None:
        """`words` in the place of the characters from `start` to `end`, in the looks of the first of them."""
        place = 0
        for piece in line.pieces:
            first, last = max(start - place, 0), min(end - place, len(piece.text))
            place += len(piece.text)
            if first >= last:
                continue
            if piece.whole:
                edits.put(piece.start, piece.end, words)
            else:
                before = piece.start + len(piece.text[:first].encode("utf-8"))
                after = piece.start + len(piece.text[:last].encode("utf-8"))
                edits.put(before, after, words)
            self.keep_spaces(piece.host, edits)
            words = b""

    def keep_spaces(self, host: Element, edits: Edits) -> None:  # noqa: B027 -- not every format must be told
        """Have spaces at the edges of a text element kept."""


def content_of(container: Element, names: Sequence[str], through: Sequence[str]) -> list[Element]:
    """Children of those names, also inside of the wrappers `through`, in order."""
    found: list[Element] = []
    stack = list(reversed(container.elements))
    while stack:
        one = stack.pop()
        if one.name in names:
            found.append(one)
        elif one.name in through:
            stack.extend(reversed(one.elements))
    return found


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    return next((value for key, value in element.attributes.items() if key.rpartition(" ")[2] == name), "")


def escaped(words: str) -> str:
    """`words` as they stand in XML."""
    return escape(words)


def prefix_of(element: Element, data: bytes) -> bytes:
    """The namespace prefix with its colon, as the file has it."""
    found = re.match(rb"</?([^\s:/>]+:)", data[element.start : element.start + 200])
    return found[1] if found else b""


def number(element: Element | None, name: str, fallback: int) -> int:
    """An attribute that should be a whole number."""
    try:
        return int(element.attributes.get(name, fallback)) if element is not None else fallback
    except ValueError:
        return fallback
