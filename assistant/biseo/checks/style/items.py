"""Items: `1. 가. 1) 가) (1) (가) ① ㉮`, a space behind each mark, in order (시행규칙 제2조제1항)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.text.characters import ITEM_SYLLABLES

_SYLLABLE = f"[{ITEM_SYLLABLES}]"
_TIGHT = re.compile(
    rf"^[ ]*(?P<mark>[0-9]{{1,2}}[.)]|{_SYLLABLE}[.)]|\([0-9]{{1,2}}\)|\({_SYLLABLE}\)|[①-⑳㉮-㉻])"
    r"(?=[가-힣A-Za-z「『“‘])",
    re.MULTILINE,
)
_BULLET = re.compile(r"^[ ]*(?P<mark>[□■◇◆]|[○ㅇ◦](?![○ㅇ]))(?=[가-힣]{2})", re.MULTILINE)
_GLYPH = re.compile(
    r"^[ ]*(?P<mark>[\u2474-\u2487\u2488-\u249b\u320e-\u321b\u3200-\u320d])"
    r"(?P<gap>[ ]*)(?=\S)",
    re.MULTILINE,
)
_MARKED = re.compile(
    rf"^[ ]*(?:(?P<a>[0-9]{{1,2}})\.(?: |$)(?![0-9]{{1,2}}\.)|(?P<b>{_SYLLABLE})\.(?: |$)|(?P<c>[0-9]{{1,2}})\)(?: |$)"
    rf"|(?P<d>{_SYLLABLE})\)(?: |$)"
    rf"|\((?P<e>[0-9]{{1,2}})\)(?: |$)|\((?P<f>{_SYLLABLE})\)(?: |$))",
    re.MULTILINE,
)
_LAW_MARK = re.compile(r"[①-⑳]")


def find_items(page: Page) -> Iterator[Hit]:
    """ITEM_ findings of a page."""
    text = page.text
    for match in _TIGHT.finditer(text):
        mark = match["mark"]
        if _left_alone(page, match) or (mark == "다." and not _follows_item(page, match.start())):
            continue
        if _LAW_MARK.match(mark):
            yield Hit("ITEM_SPACE", match.start("mark"), match.end(), f"{mark} ", "warning")  # laws write ①제1항
        else:
            yield Hit("ITEM_SPACE", match.start("mark"), match.end(), f"{mark} ")
    for match in _BULLET.finditer(text):
        if not _left_alone(page, match) and page.line_at(match.start()).text.count(match["mark"]) == 1:
            yield Hit("ITEM_SPACE", match.start("mark"), match.end(), f"{match['mark']} ", "warning")
    for match in _GLYPH.finditer(text):
        if not _left_alone(page, match):
            start, end = match.start("mark"), match.end("gap")
            yield Hit("ITEM_GLYPH", start, end, f"{_plain(match['mark'])} ")
    yield from _order(page)


def _left_alone(page: Page, match: re.Match[str]) -> bool:
    return page.tables.touch(match.start("mark"), match.end()) or page.history.touch(match.start("mark"), match.end())


def _follows_item(page: Page, place: int) -> bool:
    """Whether the line before this one is the item 나. (a line broken at `…합니|다.` is no item)."""
    before = page.text[max(0, place - 400) : place].rstrip().rpartition("\n")[2]
    return before.lstrip().startswith("나.")


def _plain(glyph: str) -> str:
    code = ord(glyph)
    if code >= 0x3200:
        syllables = "가나다라마바사아자차카타파하"
        return (
            f"({syllables[code - 0x320E]})" if code >= 0x320E else f"({'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'[code - 0x3200]})"
        )
    return f"({code - 0x2474 + 1})" if code <= 0x2487 else f"{code - 0x2488 + 1}."


def _order(page: Page) -> Iterator[Hit]:
    """One number left out where the numbers before and behind are there."""
    last: dict[str, int] = {}
    levels = "abcdef"
    for match in _MARKED.finditer(page.text):
        level = match.lastgroup or "a"
        if page.tables.touch(match.start(), match.end()) or page.history.touch(match.start(), match.end()):
            continue
        words = match[level]
        number = int(words) if words.isdigit() else ITEM_SYLLABLES.index(words) + 1
        before = last.get(level)
        if before is not None and before + 1 < number <= before + 3:
            start = match.start(level)
            yield Hit("ITEM_ORDER", start - (level in "ef"), match.end(level) + 1)
        last[level] = number
        for deeper in levels[levels.index(level) + 1 :]:
            last.pop(deeper, None)
