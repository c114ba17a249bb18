"""The sentences of passages that were found, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from biseo.asking.reply import Citation
from biseo.library import Hit
from biseo.text.sentences import split_sentences

_CLAUSE = re.compile(r"(?:^|(?<=[.。다>)\]」]\s))(?=[\u2460-\u2473]\s?[가-힣\"“「『(])")
_MARK = re.compile(r"(?<=\s)(?=[◇◆○●ㅇ□■▶※▪•]\s)")
_NUMBERED = re.compile(r"(?:^|(?<=\s))(\d{1,2})\.\s(?=\D)")
_EXCEPTION = re.compile(r"^(?:다만|단)\s?[,，]|^(?:그러나|이 경우)\b|^이\s?경우")
_ARTICLE = re.compile(r"제\s*\d+\s*조(?:\s*의\s*\d+)?(?:\s*제\s*\d+\s*항)?")


@dataclass(frozen=True)
class Piece:
    """A sentence of a passage, or a 항 or 호 of it.

    Attributes:
        hit: place of its passage among those found; source: the file.
        text: as it stands in the passage, letter by letter.
        start: where it begins in the passage's text.
        rest: the other words of the passage.
        title: the titles above it, the nearest last, with the name of the file.
        goes_on: the sentence before it where this one only holds with it (다만, 이 경우); else empty.
        order: its place in the passage.
    """

    hit: int
    source: str
    text: str
    start: int
    rest: str
    title: str
    goes_on: str
    order: int


def pieces_of(hits: Sequence[Hit]) -> list[Piece]:
    """All sentences of the passages, in their order."""
    found = []
    for place, hit in enumerate(hits):
        title = "\n".join((PurePath(hit.source.replace("\\", "/")).stem, hit.head, heading_of(hit)))
        before = ""
        for order, (start, text) in enumerate(_sentences(hit)):
            rest = f"{hit.text[:start]}\n{hit.text[start + len(text) :]}"
            found.append(
                Piece(place, hit.source, text, start, rest, title, before if _EXCEPTION.match(text) else "", order)
            )
            before = text
    return found


def document_title(hit: Hit) -> str:
    """The name of a passage's file and the outermost title in it."""
    return f"{PurePath(hit.source.replace(chr(92), '/')).stem}\n{hit.head.partition(chr(10))[0]}"


def heading_of(hit: Hit) -> str:
    """The heading of a passage: its first line where that is none of its sentences, else the title next above."""
    first = hit.text.split("\n", 1)[0].strip()
    for line in (first if _is_heading(hit, first) else "", hit.head.split("\n")[-1]):
        if hit.article and hit.article in line and len(line) <= len(hit.article) + 30:
            return line  # 민원 처리에 관한 법률 제19조 tells more than 제19조
    return hit.article or (first if _is_heading(hit, first) else hit.head.split("\n")[-1])


def citation_of(piece: Piece, hit: Hit) -> Citation:
    """A sentence as a citation."""
    exact = hit.stop - hit.start == len(hit.text)
    start = hit.start + piece.start if exact else hit.start
    stop = start + len(piece.text) if exact else hit.stop
    return Citation(hit.source, hit.page, heading_of(hit), piece.text, start, stop)


def is_law(hit: Hit) -> bool:
    """Whether a passage is law: an article, or a part of one under its number."""
    return bool(_ARTICLE.search(hit.article or heading_of(hit)))


def _is_heading(hit: Hit, line: str) -> bool:
    if "\n" not in hit.text:
        return False
    short = len(line) <= 60 and not line.rstrip().endswith((".", "다", "함", "음"))
    return (bool(hit.article) and line.startswith(hit.article)) or (
        short and not line.startswith(("ㅇ", "○", "-", "*", "①"))
    )


def _sentences(hit: Hit) -> Iterator[tuple[int, str]]:
    """Offset in the passage and text of each sentence, its heading left out."""
    offset = 0
    lines = hit.text.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not (number == 0 and _is_heading(hit, line.strip())):
            begin = len(hit.article) if number == 0 and hit.article and line.startswith(hit.article) else 0
            for start, text in _cut(line[begin:]):
                yield offset + begin + start, text
        offset += len(line) + 1


def _cut(line: str) -> Iterator[tuple[int, str]]:
    """A line cut into its 항, its 호, its items and its sentences."""
    bounds = sorted({0, len(line), *_starts(_CLAUSE, line), *_starts(_MARK, line), *_counted(line)})
    for begin, end in pairwise(bounds):
        for span in split_sentences(line[begin:end]):
            yield begin + span.start, span.text


def _starts(pattern: re.Pattern[str], line: str) -> list[int]:
    return [match.start() for match in pattern.finditer(line)]


def _counted(line: str) -> list[int]:
    """Where 1., 2., 3. … begin in one line, if they count from one."""
    places: list[int] = []
    for match in _NUMBERED.finditer(line):
        if int(match[1]) == len(places) + 1:
            places.append(match.start())
    return places if len(places) > 1 else []
