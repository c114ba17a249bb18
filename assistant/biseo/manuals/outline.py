"""A manual as a tree of lines: what stands above each, and where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from biseo.document import Block, Document
from biseo.manuals.roles import roles_of_label
from biseo.manuals.stages import stages_of_label
from biseo.writers.marks import find_mark

_ARTICLE = re.compile(r"제\s?\d+\s?조(?:\s?의\s?\d+)?\s*[(（【\[][^)）】\]]{1,60}[)）】\]]")
_CHAPTER = re.compile(r"(?:제\s?\d+\s?(?P<kind>편|장|절|관)|[Ⅰ-Ⅻ]\s?[.．]?)(?:\s|$)")
_CHAPTER_DEPTHS = {"편": 1, "장": 2, "절": 3, "관": 4}
_ARTICLE_DEPTH, _LABEL_DEPTH, _ITEM_DEPTH = 7, 8, 10
_LONGEST_LABEL = 30
_BRACKETED = re.compile(r"[\[<〈【《].{1,28}[\]>〉】》]")
_MORE_MARKS = re.compile(
    r"[❶-❿➀-➓☐☑▢✓✔►➤☞⇨▸❍⚪◌❏❑❒▣◈❖]\s*(?=\S)|(?:\d{1,2}(?:[.-]\d{1,2}){1,3}\.?|[IVX]{1,4}\.)\s+(?=\S)"
    r"|[-*](?=[가-힣(])|[□■○●](?=[가-힣(])|\d{1,2}[.)](?=[가-힣(])|[가-하][.)](?=[가-힣])"
)


@dataclass
class Entry:
    """One line of a manual.

    Attributes:
        text: the words without their mark, as written: `text == document.text[start:start + len(text)]`.
        mark: `1.`, `가.`, `○` …, empty where there is none.
        above: what it belongs to, outermost first.
        below: how many lines belong to it directly.
        followed: whether plain text or a table follows it rather than a line of its own kind.
        rows: of a table its rows, else nothing.
        depth: the deeper the further in; headings below 10.
    """

    text: str
    start: int
    page: int | None
    kind: str
    mark: str = ""
    above: tuple[Entry, ...] = ()
    depth: int = 0
    below: int = 0
    followed: bool = False
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def place(self) -> str:
        """The headings above it, for a citation: the article where there is one, else the two nearest."""
        labels = [one for one in self.above if one.kind != "item" or len(one.text) <= _LONGEST_LABEL]
        article = next((one.text for one in reversed(labels) if _ARTICLE.match(one.text)), "")
        if article:
            return _short(article)
        inner = [one for one in labels if one.depth > 1] or labels
        return " > ".join(_short(one.text) for one in inner[-2:])


def _short(label: str) -> str:
    words = " ".join(label.split())
    return words if len(words) <= 40 else words[:39] + "…"


def outline(document: Document) -> tuple[Entry, ...]:
    """The lines of a document in reading order, tables among them."""
    entries: list[Entry] = []
    open_: list[Entry] = []
    marks: list[tuple[str, int]] = []
    clause_first = False
    for block, line, start in _lines(document):
        if block.kind == "table":
            entry = Entry("", start, block.page, "table", above=tuple(open_), depth=99, rows=block.rows)
            _count(entries, entry)
            entries.append(entry)
            continue
        depth = _heading_depth(block, line, document)
        mark = _mark_of(line)
        if depth:
            article = _ARTICLE.match(line) if depth == _ARTICLE_DEPTH else None
            words = article[0] if article else line[len(mark[2]) :] if mark else line
            offset = start + (line.index(words) if words else 0)
            _close(open_, depth)
            marks = []
            clause_first = False
            entry = Entry(words, offset, block.page, "heading", mark[2].strip() if mark and not article else "",
                          tuple(open_), depth)  # fmt: skip
            entries.append(entry)
            open_.append(entry)
            if article is None or not line[article.end() :].strip():
                continue
            rest = line[article.end() :]
            start += article.end() + len(rest) - len(rest.lstrip())
            line = rest.strip()
            mark = _mark_of(line)
        if mark is None:
            label = _is_label(line)
            if label:
                _close(open_, _LABEL_DEPTH)
                marks = []
            else:
                # text without a mark goes on below an item only where that names a role or a stage
                while open_ and open_[-1].depth >= _ITEM_DEPTH and not _is_label(open_[-1].text):
                    open_.pop()
                del marks[sum(one.depth > _ITEM_DEPTH for one in open_) :]
            entry = Entry(line, start, block.page, "label" if label else "paragraph", "", tuple(open_),
                          _LABEL_DEPTH if label else 90)  # fmt: skip
            _count(entries, entry)
            entries.append(entry)
            if label:
                open_.append(entry)
            continue
        family, rank, written = mark
        if not marks and family == "number" and rank == 7:
            clause_first = True
        kind = (family, 0 if clause_first and rank == 7 else rank)
        note = family == "note"
        level = len(marks) + 1 if note else _level(marks, kind)
        depth = _ITEM_DEPTH + level
        _close(open_, depth)
        entry = Entry(line[len(written) :], start + len(written), block.page, "note" if note else "item",
                      written.strip(), tuple(open_), depth)  # fmt: skip
        _count(entries, entry)
        entries.append(entry)
        if not note:
            open_.append(entry)
    return tuple(entries)


def _lines(document: Document) -> Iterator[tuple[Block, str, int]]:
    offset = 0
    for block in document.blocks:
        if block.kind == "table":
            yield block, "", offset
        elif block.text.strip() and block.kind != "note":
            place = offset
            for line in block.text.split("\n"):
                stripped = line.strip()
                if stripped:
                    yield block, stripped, place + len(line) - len(line.lstrip())
                place += len(line) + 1
        offset += len(block.text) + 1


def _count(entries: list[Entry], entry: Entry) -> None:
    if entry.above:
        entry.above[-1].below += 1
    if entries and entry.kind in ("paragraph", "table") and entries[-1].kind in ("item", "label"):
        entries[-1].followed = True


def _close(open_: list[Entry], depth: int) -> None:
    while open_ and open_[-1].depth >= depth:
        open_.pop()


def _level(marks: list[tuple[str, int]], kind: tuple[str, int]) -> int:
    """Depth of a mark from those before it: a new kind stands below them, unless its family says it is further out."""
    if kind in marks:
        del marks[marks.index(kind) + 1 :]
        return len(marks)
    family = [place for place, (name, _) in enumerate(marks) if name == kind[0]]
    outer = [place for place in family if marks[place][1] < kind[1]]
    if family:
        del marks[(outer[-1] + 1 if outer else family[0]) :]
    marks.append(kind)
    return len(marks)


def _mark_of(line: str) -> tuple[str, int, str] | None:
    """Family and rank of a line's mark and how it is written with the blank behind it."""
    found = find_mark(line)
    if found is not None:
        return found.family, found.rank, found.text + found.gap
    more = _MORE_MARKS.match(line)
    if more is None:
        return None
    sign = more[0].strip()
    if sign[0] in "-*":
        return "symbol", 3, more[0]
    if sign[0] in "□■":
        return "symbol", 1, more[0]
    if sign[0] in "○●":
        return "symbol", 2, more[0]
    if sign[0].isdigit():
        rank = 3 if sign.endswith(")") else 1
        dots = len(re.findall(r"\d+", sign)) - 1
        # 1.2 and 1.2.3 stand below 1. and above 가.
        return ("number", rank, more[0]) if not dots else ("decimal", dots, more[0])
    if "가" <= sign[0] <= "하" and sign[-1] in ".)":
        return "number", 2 if sign[-1] == "." else 4, more[0]
    if sign[0] in "IVX":
        return "number", 0, more[0]
    return "symbol", 5, more[0]


def _heading_depth(block: Block, line: str, document: Document) -> int:
    if _ARTICLE.match(line):
        return _ARTICLE_DEPTH
    chapter = _CHAPTER.match(line)
    if chapter and len(line) <= 50:
        return _CHAPTER_DEPTHS.get(chapter["kind"] or "", 2)
    if line == document.title.strip() and block.kind != "item":
        return 1
    if block.kind == "heading":
        return min(block.level or 1, 6)
    return 0


def _is_label(line: str) -> bool:
    """Whether a line without a mark only names what follows: a role, a stage, words in brackets."""
    if len(line) > _LONGEST_LABEL or line.endswith((".", "다", "함", "음", "것")):
        return False
    return bool(_BRACKETED.fullmatch(line)) or bool(roles_of_label(line)) or bool(stages_of_label(line))
