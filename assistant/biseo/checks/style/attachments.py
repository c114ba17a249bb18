"""붙임: the line after the body, two columns of space, no colon, numbers only from two on (시행규칙 제4조제4항)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Line, Page
from biseo.checks.style.rulebook import Hit

_UNITS = "부매장권식건점종통"
_LABEL = re.compile(
    rf"(?P<lead>[ ]*)(?P<label>붙[ ]*임|별첨|첨부|유첨)(?P<gap>[ ]*(?P<colon>:)?[ ]*)(?P<no>1\.(?P<nogap>[ ]*))?"
    rf"(?=[^\s:0-9)\]].*[0-9][ ]?[{_UNITS}](?![가-힣])|(?<=1\.)|(?<=1\.[ ])|(?<=1\.[ ][ ]))"
)
_NEXT = re.compile(r"[ ]*(?P<no>[0-9]{1,2})\.[ ]*\S")
_QUANTITY = re.compile(
    rf"(?P<q>(?<![0-9])[0-9]{{1,4}}[ ]?[{_UNITS}])(?P<gap>[ ]*)(?:끝[ ]*\.?|[-<(\[〈][ ]*끝[ ]*\.?[->)\]〉])?[ ]*$"
)
_WIDE = "\u3000"


def find_attachments(page: Page) -> Iterator[Hit]:
    """ATT_ findings of a page."""
    lines = page.lines
    for index, line in enumerate(lines):
        match = _LABEL.match(line.text)
        if match is None or page.tables.touch(line.start, line.end):
            continue
        following = _following(lines, index)
        yield from _label(page, line, match, following)
        for each in (line, *following):
            quantity = _QUANTITY.search(each.text)
            if quantity is not None:
                start = each.start + quantity.start("q")
                end = each.start + quantity.end("q")
                yield Hit("ATT_QTYDOT", start, end, page.original[start:end] + ".")


def _following(lines: tuple[Line, ...], index: int) -> list[Line]:
    """The lines that go on with the list of attachments: 2., 3., …"""
    found: list[Line] = []
    for line in lines[index + 1 : index + 40]:
        match = _NEXT.match(line.text)
        if match is None or int(match["no"]) != len(found) + 2:
            break
        found.append(line)
    return found


def _label(page: Page, line: Line, match: re.Match[str], following: list[Line]) -> Iterator[Hit]:
    start = line.start + match.start("label")
    gap_start, gap_end = line.start + match.start("gap"), line.start + match.end("gap")
    width = sum(2 if char == _WIDE else 1 for char in page.original[gap_start:gap_end])
    number = page.original[line.start + match.start("no") : line.start + match.end("no")] if match["no"] else ""
    right = "붙임  "
    if match["colon"]:
        yield Hit("ATT_COLON", start, gap_end, right)
    elif width < 2:
        yield Hit("ATT_2TA", start, gap_end, right)
    elif width > 2:
        yield Hit("ATT_2TA", start, gap_end, right, "warning")
    if match["label"] not in ("붙임", "붙 임", "붙  임"):
        yield Hit("ATT_WORD", start, gap_end, right)
    if number and not following:
        yield Hit("ATT_SINGLENO", start, line.start + match.end("no"), right)
    if not number:
        after = next((each for each in page.lines if each.start == line.end + 1), None)
        if after is not None and re.match(rf"[ ]{{2,}}[가-힣][^\n]{{0,80}}[0-9][ ]?[{_UNITS}]\.", after.text):
            yield Hit("ATT_NUMBER", start, start + len(match["label"]))
