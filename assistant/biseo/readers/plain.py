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
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})\s*")
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
    lines = _without_comments("\n".join(lines)).split("\n")
    properties = _properties(lines)
    for line in lines[1:properties]:
        collector.add_text(line)
    lines = lines[properties + 1 :] if properties else lines
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if not fenced and _is_row(line, following, bool(table)):
            if not _TABLE_RULE.fullmatch(line):
                table.append(_row_cells(line))
            continue
        if table:
            collector.add_table(table)
            table = []
        heading = None if fenced else _HEADING.match(line)
        below = 0 if fenced or not line.strip() or item_level(line) else _underlined(following)
        if heading:
            collector.add_text(strip_bold(heading[2]), heading=len(heading[1]))
        elif below:
            collector.add_text(strip_bold(line), heading=below)
        elif fenced:
            collector.add_text(line)
        elif not _RULE.match(line) and not (_underlined(line) and number and lines[number - 1].strip()):
            bullet = _BULLET.match(line)
            if bullet:
                words = line[bullet.end() :]
                line = words if item_level(words) else "- " + words
            while quote := _QUOTE.match(line):
                line = line[quote.end() :]
            collector.add_text(strip_bold(line))
    if table:
        collector.add_table(table)


def _without_comments(text: str) -> str:
    """Text without `<!-- … -->`; one that never ends is left as it stands."""
    pieces: list[str] = []
    place = 0
    while (begin := text.find("<!--", place)) >= 0 and (end := text.find("-->", begin)) >= 0:
        pieces.append(text[place:begin])
        place = end + 3
    return "".join([*pieces, text[place:]])


def _properties(lines: list[str]) -> int:
    """Number of the line that ends the properties a file may begin with (`---`), 0 when it has none."""
    if lines[0].rstrip() != "---":
        return 0
    ends = (number for number, line in enumerate(lines[1:50], 1) if line.rstrip() in ("---", "..."))
    end = next(ends, 0)
    return end if all(re.match(r"\s|[\w-]+:|- |$", line) for line in lines[1:end]) else 0


def _is_row(line: str, following: str, within: bool) -> bool:
    """Whether a line belongs to a table: it begins with a bar, or has bars in a table that was begun by its rule."""
    if line.strip().startswith("|"):
        return True
    return "|" in line and (within or ("|" in following and bool(_TABLE_RULE.fullmatch(following))))


def _row_cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)]


def _underlined(following: str) -> int:
    """Level of a heading that is marked by the line below it, 0 when that line is none."""
    match = _UNDERLINE.fullmatch(following)
    return (1 if match[1][0] == "=" else 2) if match else 0
