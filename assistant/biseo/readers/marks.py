"""Which lines of a Korean document are items of a list, which are headings: by the mark they begin with.

Levels follow the eight levels of the rule for official documents (1. 가. 1) 가) (1) (가) ① ㉮) and, beside them, the
customary bullets of reports (□ ㅇ - *).
"""

from __future__ import annotations

import re

from biseo.text.characters import ITEM_SYLLABLES

_SYLLABLE = f"[{ITEM_SYLLABLES}]"
_AFTER = r"(?=\s|[가-힣\u4e00-\u9fff「『“‘\"'<(\[A-Za-z])"

_MARKS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (rf"\d{{1,2}}\.(?!\s*\d{{1,2}}\s*\.){_AFTER}", 1),
        (rf"{_SYLLABLE}\.{_AFTER}", 2),
        (rf"\d{{1,2}}\){_AFTER}", 3),
        (rf"{_SYLLABLE}\){_AFTER}", 4),
        (rf"\(\d{{1,2}}\){_AFTER}", 5),
        (rf"\({_SYLLABLE}\){_AFTER}", 6),
        (r"[①-⑳⓪❶-❿➀-➓]", 7),
        (r"[㉮-㉻㉠-㉭㈀-㈛]", 8),
        (r"[□■◇◆❑❒▣◈❖☐☑]", 1),
        (r"[○●❍◯◎◦⚪◌]|ㅇ(?=\s)|[oOº](?=\s)", 2),
        (r"[-–—―‐](?=\s)|[·•∙▪▫⦁ㆍ‧](?!\s*$)|-(?=[가-힣(「])", 3),
        (r"[※△▲▷▶☞⇨→►➤✓✔](?!\s*$)|\*{1,3}(?=\s|[가-힣(「])", 4),
    )
)
# What most lines begin with: no mark begins so.
_NO_MARK = frozenset(map(chr, range(0xAC00, 0xD7A4))) - frozenset(ITEM_SYLLABLES)
_CHAPTER = re.compile(
    r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4}(?=\.))\s*[.．)]?\s*\S|제\s?(?:\d{1,2}|[Ⅰ-Ⅻ]|[IVX]{1,4})\s?(?:장|절|편)(?:\s|$)"
)
LONGEST_HEADING = 60


def item_level(text: str) -> int:
    """Level of the list item that `text` is (1 is the outermost), 0 when it carries no mark of an item."""
    text = text.lstrip()
    if not text or text[0] in _NO_MARK:
        return 0
    for pattern, level in _MARKS:
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            return level
    return 0


def is_chapter(text: str) -> bool:
    """Whether `text` reads like the heading of a chapter (Ⅰ. 추진 배경, 제1장 총칙)."""
    text = text.strip()
    return "\n" not in text and len(text) <= LONGEST_HEADING and bool(_CHAPTER.match(text))
