"""Whether a document is marked as classified (Ⅰ–Ⅲ급비밀, 대외비), as the rules on security work have it marked.

A mark stands by itself: at the top or the foot of pages, as a watermark, in a small box above the title, in brackets
with the title, or as the value of a security grade. A text that only speaks of classified documents is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from biseo.document import Block, Document
from biseo.readers.marks import item_level

_GRADE = r"(?:군사\s?)?(?:Ⅰ|Ⅱ|Ⅲ|I{1,3}|[1-3])\s?급\s?비\s?밀"
_MARK = rf"(?P<mark>{_GRADE}|(?:군사\s?)?대\s*외\s*비)"
_OPEN, _CLOSE = r"[\[({<〔【]", r"[\])}>〕】]"
# Beside a mark: until when it holds, the number of the copy, the page.
_BESIDE = r"[\s\d.,:/~()\[\]\-–—]|까지|한|부터|보호기간|예고문|사본|쪽|페이지|년|월|일"
_ALONE = re.compile(rf"[\s*※=\-–—|]*{_OPEN}?\s*{_MARK}\s*{_CLOSE}?(?:{_BESIDE})*[*=|]*")
_SECRET_ALONE = re.compile(rf"[\s*=\-–—|]*{_OPEN}?\s*(?P<mark>비\s*밀)\s*{_CLOSE}?[\s*=\-–—|]*")
# What goes on with a particle speaks of such documents.
_BEFORE_TITLE = re.compile(
    rf"(?:제목\s*:?\s*)?{_OPEN}\s*{_MARK}\s*{_CLOSE}(?!\s*(?:의|을|를|은|는|이|가|및|또는|등|과|와|로)(?:\s|$))"
)
_BEHIND_TITLE = re.compile(rf".{{2,80}}{_OPEN}\s*{_MARK}\s*{_CLOSE}")
_LABEL = r"(?:문서\s?)?(?:보안|비밀|취급|분류)\s?(?:등급|구분)"
_AS_VALUE = re.compile(rf"{_LABEL}\s*[:：]?\s*(?P<mark>{_GRADE}|(?:Ⅰ|Ⅱ|Ⅲ|[1-3])\s?급|대\s*외\s*비)\s*")
_LABEL_ONLY = re.compile(rf"{_LABEL}\s*[:：]?")
_NOT_PRINTED = ("메모", "첨부 파일")
FIRST_LINES = 3
LAST_LINES = 2
FIRST_BLOCKS = 6
SMALL_TABLE = 8
NEAR = 6
LONGEST_MARK = 60
LONGEST_LINE = 300


def secret_mark(document: Document) -> str:
    """The mark as it stands there, without its inner spaces; empty when the document carries none."""
    found = _of_name(document.path) or _of_margins(document.blocks) or _of_title(document.blocks)
    return re.sub(r"\s", "", found or _of_edges(document.blocks))


def _of_name(path: str) -> str:
    """A mark in brackets in the file's name."""
    match = re.search(rf"{_OPEN}\s*{_MARK}\s*{_CLOSE}", Path(path).stem)
    return match["mark"] if match else ""


def _of_margins(blocks: Iterable[Block]) -> str:
    """A mark that stands alone in a header, a footer or a watermark."""
    for block in blocks:
        if block.kind != "note" or block.text.startswith(_NOT_PRINTED):
            continue
        for line in block.text.split("\n"):
            if mark := _alone(line) or _secret(line):
                return mark
    return ""


def _of_title(blocks: tuple[Block, ...]) -> str:
    """A mark in brackets with the title, as the value of a grade, or as the first words of all."""
    text = [block for block in blocks if block.kind not in ("note", "table")]
    lines = [line[:LONGEST_LINE] for block in text[:FIRST_BLOCKS] for line in block.text.split("\n")]
    if lines and blocks[0] is text[0] and (mark := _secret(lines[0])):
        return mark
    for number, line in enumerate(lines):
        match = _AS_VALUE.fullmatch(line)
        if match is None and number < FIRST_LINES and not item_level(line):
            match = _BEFORE_TITLE.match(line) or _BEHIND_TITLE.fullmatch(line)
        if match:
            return match["mark"]
    for block in blocks[:FIRST_BLOCKS]:
        for row in block.rows:
            for label, value in pairwise(cell for cell in row if cell):
                labelled = len(value) <= LONGEST_MARK and _LABEL_ONLY.fullmatch(label[:LONGEST_MARK].strip())
                if labelled and (match := _AS_VALUE.fullmatch(f"보안등급 {value}")):
                    return match["mark"]
    return ""


def _of_edges(blocks: tuple[Block, ...]) -> str:
    """A mark that stands alone where pages, or the text, begin or end.

    Where another mark stands alone near it, the text lists and explains them.
    """
    pages: dict[int | None, list[Block]] = {}
    for block in blocks:
        if block.kind != "note":
            pages.setdefault(block.page, []).append(block)
    marked = 0
    somewhere = ""
    for page in pages.values():
        lines = list(_lines(page))
        marks = [re.sub(r"\s", "", _alone(line)) for line in lines]
        for at, mark in enumerate(marks):
            near = marks[max(at - NEAR, 0) : at + NEAR + 1]
            if not mark or len(set(near) - {""}) > 1:
                continue
            if at < FIRST_LINES or at >= len(lines) - LAST_LINES:
                return mark
            somewhere = mark
        marked += bool(set(marks) - {""})
        for block in page[:FIRST_LINES]:
            if mark := _of_box(block.rows):
                return mark
    # A watermark is somewhere on its page.
    return somewhere if len(pages) > 1 and marked >= max(2, len(pages) / 2) else ""


def _of_box(rows: tuple[tuple[str, ...], ...]) -> str:
    """The mark in a small table with a title, or alone in the first row of any table."""
    cells = [cell for row in rows for cell in row if cell]
    first = [cell for row in rows[:1] for cell in row if cell]
    marks = {mark for cell in cells if (mark := _alone(cell))}
    if len(marks) == 1 and (len(cells) <= SMALL_TABLE or len(first) == 1) and len(cells) > 1:
        return next((mark for cell in first if (mark := _alone(cell))), "")
    return _alone(first[0]) if len(cells) == 1 else ""


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Lines of the text without its tables."""
    for block in blocks:
        if not block.rows:
            yield from block.text.split("\n")


def _alone(line: str) -> str:
    match = _ALONE.fullmatch(line) if len(line) <= LONGEST_MARK else None
    return match["mark"] if match else ""


def _secret(line: str) -> str:
    match = _SECRET_ALONE.fullmatch(line) if len(line) <= LONGEST_MARK else None
    return match["mark"] if match else ""
