"""A document cut into passages: articles and sections whole where they are short, tables by rows with their head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from biseo.document import Block, Document
from biseo.text.sentences import split_sentences

MOST = 900
"""An article of up to so many characters stays one passage."""
TARGET = 500
"""Anything else is gathered up to so many characters. Chosen by measurement, see docs/library.md."""
LEAST = 100
"""A rest that is shorter joins the passage before it."""
_LONGEST_HEAD = 300
_LONGEST_TITLE = 120

_ARTICLE = re.compile(r"제\s*\d+\s*조(?:\s*의\s*\d+)?(?:\s*[(（【\[][^)）】\]]{1,60}[)）】\]])?")
_ARTICLE_LINE = re.compile(r"제\s*\d+\s*조(?:\s*의\s*\d+)?\s*[(（【\[][^)）】\]]{1,60}[)）】\]]")
_CHAPTER = re.compile(r"제\s*\d+\s*(편|장|절|관)(?:의\d+)?(?:\s+\S.{0,40})?$")
_CHAPTER_LEVELS = {"편": 1, "장": 2, "절": 3, "관": 4}
_ARTICLE_LEVEL = 7
_CLAUSE = re.compile(r"[\u2460-\u2473\u3251-\u325f]")


@dataclass(frozen=True)
class Piece:
    """A passage of a document.

    Attributes:
        head: titles above it, outermost first, one a line.
        text: its own words, beginning with its heading where it is the first of its section.
        page: 1-based page where it begins; None where the format has none.
        start: offset in `Document.text` where it begins.
        stop: offset where it ends.
        article: `제14조(처리기간)` where it belongs to one, else empty.
    """

    head: str
    text: str
    page: int | None
    start: int
    stop: int
    article: str = ""


@dataclass(frozen=True)
class _Unit:
    """What is never cut further. `clause` begins a 항 or another whole part; `joint` stands between it and the next."""

    text: str
    page: int | None
    start: int
    stop: int
    clause: bool = False


@dataclass
class _Section:
    """Units under one heading; `titles` are above it, `own` is its heading."""

    titles: tuple[str, ...] = ()
    own: str = ""
    article: str = ""
    units: list[_Unit] | None = None
    empty: bool = True
    level: int = 0


def split(document: Document) -> tuple[Piece, ...]:
    """The passages of a document in reading order. Every word of it is in at least one of them, or in its head."""
    pieces: list[Piece] = []
    before: _Section | None = None
    for section in _sections(document):
        # a heading with nothing below it but deeper headings is told by their heads
        if before is not None and not (before.empty and section.level > before.level):
            pieces.extend(_packed(before))
        before = section
    if before is not None:
        pieces.extend(_packed(before))
    return tuple(pieces)


def _sections(document: Document) -> Iterator[_Section]:
    titles: dict[int, str] = {}
    section = _Section(units=[])
    offset = 0
    for block in document.blocks:
        level = _level(block)
        if level:
            if section.units:
                yield section
            titles = {depth: title for depth, title in titles.items() if depth < level}
            article = _ARTICLE.match(block.text.strip()) if level == _ARTICLE_LEVEL else _ARTICLE.search(block.text)
            above = tuple(titles.values())
            label = _first_words(article[0] if level == _ARTICLE_LEVEL and article else block.text)
            section = _Section(above, label, article[0] if article else "", [], level=level)
            titles[level] = label
            body = len(block.text.strip()) > len(label) + 10
            section.empty = not body
        else:
            section.empty = False
        assert section.units is not None
        section.units.extend(_units(block, offset))
        offset += len(block.text) + 1
    if section.units:
        yield section


def _level(block: Block) -> int:
    """Depth of a heading, also of one that only its words tell; 0 for anything else."""
    text = block.text.strip()
    if block.kind == "table" or not text:
        return 0
    chapter = _CHAPTER.match(text)
    if chapter and len(text) <= 50:
        return _CHAPTER_LEVELS[chapter[1]]
    if _ARTICLE_LINE.match(text):
        return _ARTICLE_LEVEL
    if block.kind == "heading":
        return min(block.level or 1, 6)
    return 0


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE] + "…"


def _units(block: Block, offset: int) -> Iterator[_Unit]:
    if block.kind == "table":
        yield from _table_units(block, offset)
        return
    for start, stop in _cut(block.text):
        words = block.text[start:stop].strip()
        if words:
            yield _Unit(words, block.page, offset + start, offset + stop, start == 0 or bool(_CLAUSE.match(words)))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """A text as it is where it is short; else by 항, by sentences, and as a last resort at blanks."""
    if len(text) <= TARGET:
        yield 0, len(text)
        return
    marks = [match.start() for match in _CLAUSE.finditer(text) if match.start() and text[match.start() - 1].isspace()]
    bounds = [0, *marks, len(text)]
    for begin, end in pairwise(bounds):
        if end - begin <= TARGET:
            yield begin, end
            continue
        for span in split_sentences(text[begin:end]):
            yield from _hard_cut(text, begin + span.start, begin + span.end)


def _hard_cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > MOST:
        blank = max(text.rfind(" ", begin + TARGET, begin + MOST), text.rfind("\t", begin + TARGET, begin + MOST))
        cut = blank if blank > 0 else begin + MOST
        yield begin, cut
        begin = cut
    if begin < end:
        yield begin, end


def _table_units(block: Block, offset: int) -> Iterator[_Unit]:
    """Rows, gathered; each group begins with the row that heads the table."""
    rows: list[tuple[str, int, int]] = []
    place = offset
    for row in block.rows or tuple((line,) for line in block.text.split("\n")):
        length = len("\t".join(row))
        words = " | ".join(" ".join(cell.split()) for cell in row if cell.strip())
        if words:
            rows.append((words, place, place + length))
        place += length + 1
    if not rows:
        return
    header = rows[0][0][: TARGET // 2] if len(rows) > 1 else ""
    group: list[tuple[str, int, int]] = []
    size = 0
    for row_of in _short_rows(rows):
        if group and size + len(row_of[0]) > TARGET:
            yield _table_unit(group, header, block.page)
            group, size = [], len(header)
        group.append(row_of)
        size += len(row_of[0]) + 1
    if group:
        yield _table_unit(group, header, block.page)


def _short_rows(rows: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    for words, start, stop in rows:
        for begin, end in _hard_cut(words, 0, len(words)):
            yield words[begin:end].strip(), start, stop


def _table_unit(group: list[tuple[str, int, int]], header: str, page: int | None) -> _Unit:
    lines = [words for words, _, _ in group]
    if header and not lines[0].startswith(header):
        lines.insert(0, header)
    return _Unit("\n".join(lines), page, group[0][1], group[-1][2], True)


def _packed(section: _Section) -> Iterator[Piece]:
    """The units of a section as passages."""
    units = section.units or []
    total = sum(len(unit.text) + 1 for unit in units)
    groups: list[list[_Unit]] = []
    if total <= (MOST if section.article else TARGET):
        groups = [units] if units else []
    else:
        size = 0
        for unit in units:
            full = size + len(unit.text) > TARGET
            # a 항 begins a passage of its own rather than in the last lines of another
            if groups and (full or (section.article and unit.clause and size > TARGET // 2)):
                groups.append([])
                size = 0
            if not groups:
                groups.append([])
            groups[-1].append(unit)
            size += len(unit.text) + 1
        if len(groups) > 1 and sum(len(unit.text) for unit in groups[-1]) < LEAST:
            rest = groups.pop()
            groups[-1].extend(rest)
    for number, group in enumerate(groups):
        titles = section.titles + ((section.own,) if number and section.own else ())
        yield Piece(
            "\n".join(titles)[-_LONGEST_HEAD:], "\n".join(unit.text for unit in group), group[0].page, group[0].start,
            group[-1].stop, section.article,
        )  # fmt: skip
