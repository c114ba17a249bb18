"""끝.: two columns behind the last letter of the body or of the last 붙임 (시행규칙 제4조제5항)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit

_END = re.compile(r"(?P<gap>[ ]*)(?:(?P<dash>[-<(\[〈《][ ]*끝[ ]*\.?[ ]*[->)\]〉》]\.?)|끝(?P<dot>[ ]*\.)?)[ ]*$")
# What a body or an attachment ends in; a sentence about some end (여정의 끝.) does not end like this.
_BODY = re.compile(r"(?:[.?!)\]」』”’\"]|니다|바람|[0-9][ ]?[부매장권식건점종통])$")
_BLANK = re.compile(r"이하[ ]?여백|이하빈칸")
_WIDE = "\u3000"


def find_endings(page: Page) -> Iterator[Hit]:
    """END_ findings of a page."""
    if page.profile != "official":
        return
    for line in page.lines:
        if not line.text.rstrip(" .->)]〉》").endswith("끝") or page.tables.touch(line.start, line.end):
            continue
        match = _END.search(line.text)
        if match is None:
            continue
        body = line.text[: match.start()]
        start, end = line.start + match.start(), line.start + len(line.text.rstrip())
        alone = not body.strip()
        if alone:
            start, right = line.start + match.end("gap"), "끝."
        elif _BODY.search(body):
            right = "  끝."
        else:
            continue
        if match["dash"]:
            yield Hit("END_DASH", start, end, right)
            continue
        if match["dot"] != ".":
            yield Hit("END_DOT", start, end, right)
        width = sum(2 if char == _WIDE else 1 for char in page.original[start : start + len(match["gap"])])
        if not alone and width != 2:
            yield Hit("END_SPACE", start, end, right)
    for match in _BLANK.finditer(page.text):
        yield Hit("END_BLANK", match.start(), match.end(), "이하 빈칸")
