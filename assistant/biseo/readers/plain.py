"""TXT and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from biseo.document import Document
from biseo.readers.clean import clean_text
from biseo.readers.collect import Collector
from biseo.readers.decode import decode
from biseo.readers.marks import item_level
from biseo.text.cleaning import strip_bold

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"(\s*)[-*+]\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_FENCE = re.compile(r"\s*(```|~~~)")


def unread_warning(count: int) -> str:
    """The sentence about characters that no encoding could read."""
    return f"글자 {count:,}개는 알 수 없는 문자여서 �로 표시했습니다."


def read_plain(path: str, kind: str) -> Document:
    """A text file, one block a line; blank lines only separate."""
    text, unread = decode(Path(path).read_bytes())
    collector = Collector()
    if unread:
        collector.warn(unread_warning(unread))
    lines = clean_text(text).split("\n")
    if kind == "md":
        _add_markdown(collector, lines)
    else:
        for line in lines:
            collector.add_text(line)
    return collector.document(path, kind)


def _add_markdown(collector: Collector, lines: list[str]) -> None:
    fenced = False
    table: list[list[str]] = []
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if not fenced and line.strip().startswith("|"):
            if not _TABLE_RULE.match(line):
                table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if table:
            collector.add_table(table)
            table = []
        heading = None if fenced else _HEADING.match(line)
        if heading:
            collector.add_text(strip_bold(heading[2]), heading=len(heading[1]))
        elif fenced:
            collector.add_text(line)
        elif not _RULE.match(line):
            bullet = _BULLET.match(line)
            if bullet:
                words = line[bullet.end() :]
                line = words if item_level(words) else "- " + words
            collector.add_text(strip_bold(_QUOTE.sub("", line)))
    if table:
        collector.add_table(table)
