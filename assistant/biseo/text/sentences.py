"""Korean prose cut into sentences, with offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from biseo.text.characters import ITEM_SYLLABLES, LINE_ENDS, is_hangul
from biseo.text.quotes import quoted_spans

_CLOSERS = "\"'”’)]}〉》」』】"
# 했다.그는: a full stop with no space after it ends a sentence only behind a sentence ending.
_FINAL_SYLLABLES = "다요까함음임됨오죠"
_END = re.compile(r"[.?!。？！]+")
_LINE = re.compile(f"[^{LINE_ENDS}]+")
_ABBREVIATIONS = frozenset(
    {"no", "vol", "dr", "mr", "mrs", "ms", "st", "vs", "etc", "co", "inc", "ltd", "fig", "e.g", "i.e"}
)
# ”고 말했다, ”라며 …: the sentence goes on behind the closing quote even after a space.
_CONTINUES = re.compile(r"\s+(?:이?라[고는며면]|이라는|고\s|며\s|하고\s|등\s|등[의을이]|라면서|이라면서)")


@dataclass(frozen=True)
class Span:
    """A piece of a text: `text == whole[start:end]`, no white space at either end."""

    text: str
    start: int
    end: int


def split_sentences(text: str) -> tuple[Span, ...]:
    """Sentences in order; what lies between two of them is only white space.

    A newline always ends a sentence; a line with tabs (a table row) is one; nothing inside quotation marks, after a
    number (`2026. 1. 6.`) or after an item mark (`1.`, `가.`) is cut.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        _split_line(line[0], line.start(), spans)
    return tuple(spans)


def _split_line(line: str, offset: int, spans: list[Span]) -> None:
    begin = 0
    if "\t" not in line.strip():
        quotes = [(quote.start, quote.end) for quote in quoted_spans(line)]
        starts = [start for start, _ in quotes]
        for match in _END.finditer(line):
            stop = match.end()
            index = bisect_right(starts, match.start()) - 1
            if index >= 0 and match.start() < quotes[index][1]:
                if stop < quotes[index][1] - 1:
                    continue  # inside a quotation
                after = line[quotes[index][1] : quotes[index][1] + 12]
                if not after[:1].isspace() or _CONTINUES.match(after):
                    continue  # the quotation is a part of the sentence
            if not _ends_sentence(line, match.start(), stop):
                continue
            while stop < len(line) and line[stop] in _CLOSERS:
                stop += 1
            _add(line, begin, stop, offset, spans)
            begin = stop
    _add(line, begin, len(line), offset, spans)


def _add(line: str, begin: int, stop: int, offset: int, spans: list[Span]) -> None:
    piece = line[begin:stop]
    stripped = piece.strip()
    if stripped:
        start = offset + begin + len(piece) - len(piece.lstrip())
        spans.append(Span(stripped, start, start + len(stripped)))


def _ends_sentence(line: str, start: int, stop: int) -> bool:
    """Whether the run of end marks `line[start:stop]` closes a sentence."""
    before = line[start - 1] if start else ""
    after = line[stop] if stop < len(line) else ""
    mark = line[start:stop]
    if not before or before.isspace():
        return False
    if after and not after.isspace() and after not in _CLOSERS:
        # No space follows: only 했다.그는 counts, never 3.5, korea.kr or 4.가
        return (
            before in _FINAL_SYLLABLES
            and (is_hangul(after) or after in "“\"‘'")
            and start >= 2
            and is_hangul(line[start - 2])
        )
    if mark[0] != ".":
        return True
    if before.isdigit():
        return False
    if is_hangul(before):
        previous = line[start - 2] if start >= 2 else ""
        alone = not previous or (not is_hangul(previous) and not previous.isalnum() and previous not in _CLOSERS)
        return not (alone and before in ITEM_SYLLABLES)
    if before.isascii() and before.isalpha():
        word_start = start
        while (
            word_start and start - word_start < 12 and (line[word_start - 1].isalpha() or line[word_start - 1] == ".")
        ):
            word_start -= 1
        word = line[word_start:start]
        return len(word) > 1 and word.lower() not in _ABBREVIATIONS
    return True
