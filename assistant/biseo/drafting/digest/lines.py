"""What a digest is made of: the sentences and table rows of the sources, each with the place it leads back to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from biseo.document import Block, Document, Evidence
from biseo.drafting.sources import ReadSource
from biseo.text.sentences import split_sentences

LONGEST_LINE = 400
"""Characters of one line; what has no full stop for longer is cut between words."""

LONGEST_HEADING = 60
ARTICLE = re.compile(r"^제\s?\d+조(?:의\s?\d+)?\s?[(（]")

LineKind = Literal["sentence", "row", "heading"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, a table row or a heading of a source.

    Attributes:
        text: as the model reads it; cells are apart by ` | `.
        source: the file's name.
        page: 1-based page, None where the format has none.
        place: number among all lines of all sources.
        block: number among all blocks of all sources: lines of a paragraph or a table have one in common.
        head: of a row, the row that heads its table; empty for that row itself.
        above: the nearest heading above.
        level: depth of a heading, else 0.
        article: begins an article (제n조) of a rule.
        passage: the words as they stand in the source, for evidence.
    """

    text: str
    source: str
    page: int | None
    place: int
    block: int
    kind: LineKind = "sentence"
    head: str = ""
    above: str = ""
    level: int = 0
    article: bool = False
    passage: str = ""

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.source, self.page, self.passage or self.text)


def lines_of(sources: Sequence[ReadSource], documents: Sequence[Document]) -> list[Line]:
    """Every line that the model would read of the sources, in order."""
    found: list[Line] = []
    first = 0
    for source, document in zip(sources, documents, strict=True):
        above = ""
        for number, text in source.blocks:
            block = document.blocks[number]
            for line in _lines(block, text):
                found.append(
                    Line(
                        line.text, source.name, block.page, len(found), first + number, line.kind, line.head, above,
                        block.level if line.kind == "heading" else 0, line.article, line.passage,
                    )
                )  # fmt: skip
            if block.kind == "heading":
                above = " ".join(text.split())
        first += len(document.blocks)
    return found


def _lines(block: Block, text: str) -> Iterator[Line]:
    if block.rows:
        yield from _rows(text)
        return
    if block.kind == "heading" and len(text) <= LONGEST_HEADING:
        yield Line(" ".join(text.split()), "", None, 0, 0, "heading", passage=text)
        return
    for number, span in enumerate(split_sentences(text)):
        article = not number and bool(ARTICLE.match(span.text))
        for piece in _pieces(span.text):
            yield Line(piece, "", None, 0, 0, article=article, passage=piece)
            article = False


def _rows(text: str) -> Iterator[Line]:
    head = ""
    for row in text.splitlines():
        for piece in _pieces(row):
            yield Line(piece, "", None, 0, 0, "row", head, passage=piece.replace(" | ", "\t"))
        head = head or row


def _pieces(text: str) -> Iterator[str]:
    while len(text) > LONGEST_LINE:
        cut = text.rfind(" ", LONGEST_LINE // 2, LONGEST_LINE)
        cut = cut if cut > 0 else LONGEST_LINE
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text
