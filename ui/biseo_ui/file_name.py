"""A file name that every Windows PC takes."""

from __future__ import annotations

import re

_BAD = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
LONGEST = 80


def file_name(title: str, fallback: str) -> str:
    """The title as a file name without suffix; `fallback` when nothing usable is left."""
    words = " ".join(_BAD.sub(" ", title).split())[:LONGEST].strip(" .")
    if not words:
        return fallback
    return f"_{words}" if _RESERVED.match(words) else words
