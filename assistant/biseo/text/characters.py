"""Characters that look alike, folded one to one so that offsets stay valid."""

from __future__ import annotations

_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_SPACES = dict.fromkeys((0x00A0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000), " ")
_TILDES = dict.fromkeys("∼〜～˜", "~")
_HYPHENS = dict.fromkeys("‐‑−–—―", "-")
_FOLDED: dict[int, int | str | None] = {
    **_FULL_WIDTH,
    **_SPACES,
    **{ord(mark): "~" for mark in _TILDES},
    **{ord(mark): "-" for mark in _HYPHENS},
}


def fold_width(text: str) -> str:
    """The text with full-width ASCII, unusual spaces, tildes and dashes as plain ASCII; the length is unchanged."""
    return text.translate(_FOLDED)


def is_hangul(char: str) -> bool:
    """Whether the character is a precomposed Hangul syllable."""
    return "가" <= char <= "힣"


def final_consonant(char: str) -> int:
    """Index of the final consonant of a Hangul syllable (0 none, 8 ㄹ); 0 for any other character."""
    return (ord(char) - 0xAC00) % 28 if is_hangul(char) else 0


def words(table: str) -> tuple[str, ...]:
    """A word list written as running text, so that long lists stay readable."""
    return tuple(table.split())
