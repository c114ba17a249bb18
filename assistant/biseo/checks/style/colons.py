"""The colon of a label: `일시: 2026. …`, attached left, one space right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit

_LOOSE = re.compile(r"(?P<gap>[ ]{1,8}:[ ]{0,8})(?=[^\s:])")
_TIGHT = re.compile(
    r"^[ ]*(?:[0-9]{1,2}[.)] |[가-하][.)] |[□○ㅇ◦●■\-*※·ㆍ] ?)?(?P<label>[가-힣][가-힣·ㆍ/ ]{0,11}):(?=[^\s:/])",
    re.MULTILINE,
)
_WORD = re.compile(r"[가-힣A-Za-z0-9·ㆍ)\]]{1,16}$")


def find_colons(page: Page) -> Iterator[Hit]:
    """COLON; cells of tables and ratios are left alone."""
    text = page.text
    for match in _LOOSE.finditer(text):
        word = _WORD.search(text[max(0, match.start() - 16) : match.start()])
        if word is None or word[0][-1] in "0123456789" or page.tables.touch(*match.span()):
            continue
        behind = text[match.end() : match.end() + 2]
        if len(word[0]) == 1 and len(behind.strip()) == 1 and not behind[:1].isdigit():
            continue  # 남 : 여
        start = match.start() - len(word[0])
        yield Hit("COLON", start, match.end(), f"{page.original[start : match.start()]}: ")
    for match in _TIGHT.finditer(text):
        if page.tables.touch(*match.span()) or len(match["label"].replace(" ", "")) < 2:
            continue
        start = match.start("label")
        yield Hit("COLON", start, match.end(), f"{page.original[start : match.end('label')]}: ")
