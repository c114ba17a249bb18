"""Item marks of official documents: finding them at the start of a line, and how deep each one stands.

Source of the order `1. 가. 1) 가) (1) (가) ① ㉮`: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조제1항;
`□ ㅇ - ·` is custom.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from biseo.text.characters import ITEM_SYLLABLES

DEEPEST = 8

# Each kind: family, rank within the family, pattern of the mark. A mark that words could begin with as well
# (`○○시`, `-5℃`, `1.5배`) must be followed by a blank.
_KINDS: tuple[tuple[str, int, str], ...] = (
    ("number", 1, r"\d{1,2}\.(?=\s)"),
    ("number", 2, rf"[{ITEM_SYLLABLES}]\.(?=\s)"),
    ("number", 3, r"\d{1,2}\)(?=\s)"),
    ("number", 4, rf"[{ITEM_SYLLABLES}]\)(?=\s)"),
    ("number", 5, r"\(\d{1,2}\)(?=\s)|[⑴-⒇]"),
    ("number", 6, rf"\([{ITEM_SYLLABLES}]\)(?=\s)|[㈎-㈛]"),
    ("number", 7, r"[①-⑳㉑-㉟]"),
    ("number", 8, r"[㉮-㉻]"),
    ("symbol", 1, r"[■◆◇▣](?=\s)|□(?!□)"),
    ("symbol", 2, r"[○●◦◯◎o](?=\s)|ㅇ(?!ㅇ)"),
    ("symbol", 3, r"[-–—‐−▶▷▪](?=\s)"),
    ("symbol", 4, r"[·ㆍ•∙‧]"),
    ("note", 9, r"※|\*{1,3}(?=\s)"),
)
_PATTERNS = tuple((family, rank, re.compile(pattern)) for family, rank, pattern in _KINDS)

# `1. 6.(화) 개최` is a date, not item 1.
_DATE_REST = re.compile(r"\s*\d{1,2}\.(?!\d)")


@dataclass(frozen=True)
class Mark:
    """The mark a line begins with. `gap` is the blank after it as written, `body` the words."""

    family: str
    rank: int
    text: str
    gap: str
    body: str


def find_mark(line: str) -> Mark | None:
    """The mark at the start of `line` (blanks before it are ignored), or None when it is a plain sentence."""
    line = line.strip()
    for family, rank, pattern in _PATTERNS:
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :]
        body = rest.lstrip()
        if not body or (family == "number" and rank == 1 and _DATE_REST.match(rest)):
            return None
        return Mark(family, rank, found.group(), rest[: len(rest) - len(body)], body)
    return None


class Levels:
    """Gives each mark its depth (1 is the outermost) from the marks that stood before it.

    Depth is relative: the first kind of mark stands at the margin, whatever it is, a new kind stands below the one
    before it unless its own family says that it is further out.
    """

    def __init__(self, above: int = 0) -> None:
        """`above`: levels taken by the heading over these lines."""
        self._above = above
        self._open: list[tuple[str, int]] = []
        self._first = True

    def start_section(self) -> None:
        """Numbering goes on, but a note at the very start of a section belongs to no item: it stands at the margin."""
        self._first = True

    def level(self, mark: Mark) -> int:
        """Depth of `mark`, which is remembered for the next one; a note hangs below the item before it."""
        first, self._first = self._first, False
        if mark.family == "note":
            return min((0 if first else len(self._open)) + 1 + self._above, DEEPEST)
        kind = (mark.family, mark.rank)
        if kind in self._open:
            del self._open[self._open.index(kind) + 1 :]
        else:
            family = [place for place, (name, _) in enumerate(self._open) if name == mark.family]
            outer = [place for place in family if self._open[place][1] < mark.rank]
            if family:
                # Close what is deeper than, or a stranger inside, the place where this kind belongs.
                del self._open[(outer[-1] + 1 if outer else family[0]) :]
            self._open.append(kind)
        return min(len(self._open) + self._above, DEEPEST)


def typed_width(text: str) -> int:
    """Width of `text` in 타 (half the width of a Hangul syllable)."""
    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
    return width
