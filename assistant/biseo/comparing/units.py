"""A document taken apart for comparing: its articles and sections, and in them sentences and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from biseo.comparing.stopping import Stop
from biseo.document import Block, Document
from biseo.text.characters import fold_width
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs
from biseo.writers.marks import find_mark

UnitKind = Literal["heading", "sentence", "row", "note"]
PartKind = Literal["top", "article", "chapter", "heading"]

_NUMBERED = r"제\s*(\d{1,4})\s*조(?:\s*의\s*(\d{1,3}))?"
_TITLED = re.compile(rf"{_NUMBERED}\s*[(（【\[]([^)）】\]]{{1,80}})[)）】\]]")
# 제5조 삭제, 제5조 ①: an article without a title; 제5조에 따라 is a sentence.
_UNTITLED = re.compile(rf"{_NUMBERED}(?=\s*(?:$|[①<〈]|삭\s*제))")
_CHAPTER = re.compile(r"제\s*(\d{1,3})\s*(편|장|절|관)(?:\s*의\s*(\d{1,3}))?(?=\s|$)")
_APPENDIX = re.compile(r"(부\s?칙|별\s?표|별지|붙\s?임)\s*(\d{0,3})(?=\s|$|[<〈(\[])")
_ROMAN = re.compile(r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|I{1,3}|IV|VI{0,3}|IX|X)\s*[.．]?\s+(?=\S)")
_HEADING_MARKS = (("number", 1), ("symbol", 1))
_LONGEST_HEADING = 28
_LONGEST_CHAPTER = 60
_SENTENCE_END = re.compile(
    r"[.?!:：;,]|(?:니다|[가-힣][한된인는였었했있없]다|[하되이]다|세요|[해어아]요|함|음|임|됨)\s*$"
)
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Unit:
    """A sentence, a heading or a table row; never empty.

    Attributes:
        number: place among the units of its document.
        part: number of the part that it belongs to.
        text: as it stands in the document, cells joined by tabs; `Document.text[start:start + len(text)] == text`.
        mark: what it begins with and what is told apart from its words: `제5조`, `①`, `1.`; empty for none.
        body: the words behind the mark.
        table: number of the table of a row, else -1; `head` are the cells of that table's first row.
        level: depth of a heading or item as the reader gives it.
    """

    number: int
    part: int
    kind: UnitKind
    text: str
    page: int | None
    start: int
    mark: str = ""
    body: str = ""
    cells: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    table: int = -1
    level: int = 0

    @cached_property
    def key(self) -> str:
        """Equal for units that say the same but for their marks and blanks."""
        if self.kind == "row":
            return "\t".join("".join(fold_width(cell).split()) for cell in self.cells)
        return "".join(fold_width(self.body).split())

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Syllable pairs of its words."""
        return pairs(self.body)

    @property
    def shown(self) -> str:
        """The text on one line, cells apart by a line."""
        return " | ".join(" ".join(cell.split()) for cell in self.cells) if self.cells else self.text


@dataclass(frozen=True)
class Part:
    """An article or a section with all up to the next one.

    Attributes:
        label: `제5조(위원회)`, or the heading's words.
        ordinal: `5`, `5의2`, `3장`, `1.`; empty where it has none.
        title: letters and digits of its title, for comparing.
        above: labels of the headings it stands below.
        first, stop: numbers of its units; the first one is its heading (but for `top`).
    """

    number: int
    kind: PartKind
    label: str
    ordinal: str
    title: str
    above: tuple[str, ...]
    first: int
    stop: int

    @property
    def name(self) -> str:
        """What the official calls it."""
        return self.label if self.kind != "top" else ""


@dataclass(frozen=True)
class Contents:
    """The units and parts of one document; `name` is what it is called."""

    name: str
    document: Document
    units: tuple[Unit, ...]
    parts: tuple[Part, ...]

    def units_of(self, part: Part) -> tuple[Unit, ...]:
        """The units of a part without its heading."""
        return self.units[part.first + (part.kind != "top") : part.stop]

    def heading_of(self, part: Part) -> Unit | None:
        """The unit that is its heading."""
        return None if part.kind == "top" else self.units[part.first]

    def part_of(self, unit: Unit) -> Part:
        """The part that the unit stands in."""
        return self.parts[unit.part]


def letters_of(text: str) -> str:
    """Letters and digits only, case and width folded."""
    return _NO_LETTERS.sub("", fold_width(text).casefold())


def take_apart(document: Document, name: str, stop: Stop | None = None) -> Contents:
    """The units of a document in reading order; every letter of it is in exactly one.

    Raises:
        Cancelled: `stop` was asked to.
    """
    return _Taking(document, name, stop or Stop()).contents()


@dataclass(frozen=True)
class _Head:
    """What a line begins: the kind of part, its depth, the label and where its words end."""

    kind: PartKind
    depth: int
    ordinal: str
    label: str
    end: int


class _Taking:
    def __init__(self, document: Document, name: str, stop: Stop) -> None:
        self._document, self._name, self._stop = document, name, stop
        self._units: list[Unit] = []
        self._parts: list[Part] = [Part(0, "top", "", "", "", (), 0, 0)]
        self._open: dict[int, str] = {}
        self._table = -1

    def contents(self) -> Contents:
        offset = 0
        for block in self._document.blocks:
            self._stop.look()
            if block.kind == "table":
                self._rows(block, offset)
            else:
                self._lines(block, offset)
            offset += len(block.text) + 1
        return Contents(self._name, self._document, tuple(self._units), tuple(self._closed()))

    def _closed(self) -> Iterator[Part]:
        starts = [part.first for part in self._parts[1:]] + [len(self._units)]
        for part, stop in zip(self._parts, starts, strict=True):
            yield Part(
                part.number, part.kind, part.label, part.ordinal, part.title, part.above, part.first, stop
            )  # fmt: skip

    def _lines(self, block: Block, offset: int) -> None:
        at = 0
        for line in block.text.split("\n"):
            begin = len(line) - len(line.lstrip())
            words = line[begin:]
            head = _head(words, block, whole="\n" not in block.text) if words else None
            if head is not None:
                self._begin(head, words, block, offset + at + begin)
                begin += head.end
            for span in split_sentences(line[begin:]):
                self._sentence(span.text, block, offset + at + begin + span.start)
            at += len(line) + 1

    def _begin(self, head: _Head, words: str, block: Block, start: int) -> None:
        above = tuple(label for depth, label in sorted(self._open.items()) if depth < head.depth)
        self._open = {depth: label for depth, label in self._open.items() if depth < head.depth}
        text = words[: head.end].rstrip()
        mark, body = _split(text, head)
        self._open[head.depth] = text
        number = len(self._units)
        self._parts.append(
            Part(len(self._parts), head.kind, text, head.ordinal, letters_of(body), above, number, number)
        )
        self._add("heading", text, block, start, mark, body)

    def _sentence(self, text: str, block: Block, start: int) -> None:
        kind: UnitKind = "note" if block.kind == "note" else "sentence"
        if "\t" in text:  # a row of a text file
            self._add("row", text, block, start, "", text, cells=tuple(text.split("\t")))
            return
        mark = find_mark(text)
        if mark is not None and mark.body:
            self._add(kind, text, block, start, mark.text, mark.body)
        else:
            self._add(kind, text, block, start, "", text)

    def _rows(self, block: Block, offset: int) -> None:
        self._table += 1
        at = 0
        rows = block.rows or tuple(tuple(line.split("\t")) for line in block.text.split("\n"))
        head = rows[0] if rows else ()
        for row in rows:
            text = "\t".join(row)
            if text.strip():
                self._add("row", text, block, offset + at, "", text, cells=row, head=head, table=self._table)
            at += len(text) + 1

    def _add(
        self, kind: UnitKind, text: str, block: Block, start: int, mark: str, body: str,
        cells: tuple[str, ...] = (), head: tuple[str, ...] = (), table: int = -1,
    ) -> None:  # fmt: skip
        part = self._parts[-1].number
        number = len(self._units)
        self._units.append(
            Unit(number, part, kind, text, block.page, start, mark, body, cells, head, table, block.level)
        )


def _head(words: str, block: Block, *, whole: bool) -> _Head | None:
    """What part the line begins, if it begins one."""
    if block.kind == "note":
        return None
    article = _TITLED.match(words) or _UNTITLED.match(words)
    if article is not None:
        ordinal = article[1] + (f"의{article[2]}" if article[2] else "")
        return _Head("article", 30, ordinal, article[0], article.end())
    chapter = _CHAPTER.match(words)
    if chapter is not None and len(words) <= _LONGEST_CHAPTER and not _SENTENCE_END.search(words):
        return _Head("chapter", "편장절관".index(chapter[2]) + 2, chapter[1] + chapter[2], words, len(words))
    appendix = _APPENDIX.match(words)
    if (
        appendix is not None
        and whole
        and len(words) <= _LONGEST_CHAPTER
        and block.kind != "item"
        and not _SENTENCE_END.search(words)
    ):
        return _Head("chapter", 2, "".join(appendix[1].split()) + appendix[2], words, len(words))
    if block.kind == "heading":
        mark = find_mark(words)
        return _Head("heading", 10 + block.level, mark.text if mark else "", words, len(words))
    roman = _ROMAN.match(words)
    if roman is not None and whole and len(words) <= _LONGEST_CHAPTER and not _SENTENCE_END.search(words):
        return _Head("heading", 8, roman[1], words, len(words))
    mark = find_mark(words)
    if (
        mark is not None
        and whole
        and (mark.family, mark.rank) in _HEADING_MARKS
        and len(mark.body) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(mark.body)
        and not any(char.isdigit() for char in mark.body)
    ):
        return _Head("heading", 20 if mark.family == "symbol" else 18, mark.text, words, len(words))
    return None


def _split(text: str, head: _Head) -> tuple[str, str]:
    """The number and the title of a heading."""
    if head.kind == "article":
        number = re.match(_NUMBERED, text)
        assert number is not None
        return number[0], text[number.end() :].strip().strip("()（）【】[]").strip()
    if head.kind == "chapter":
        found = _CHAPTER.match(text) or _APPENDIX.match(text)
        assert found is not None
        return found[0].strip(), text[found.end() :].strip()
    roman = _ROMAN.match(text)
    if roman is not None:
        return roman[0].strip(), text[roman.end() :]
    mark = find_mark(text)
    return (mark.text, mark.body) if mark is not None else ("", text)


def weight_of(units: Sequence[Unit]) -> int:
    """Letters of the units."""
    return sum(len(unit.key) for unit in units)
