"""What every written file says about itself."""

from __future__ import annotations

AI_DRAFT = "인공지능 초안"
AUTHOR = "행정비서"

# Word refuses longer properties.
_LONGEST = 255


def shorten(text: str) -> str:
    """`text` on one line, cut to what a document property can hold."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
