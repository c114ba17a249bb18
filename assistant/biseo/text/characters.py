"""Characters that look alike, folded one to one so that offsets stay valid."""

from __future__ import annotations

ITEM_SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"
"""What items are counted with (가. 나. …), in order (시행규칙 제2조제1항)."""

LINE_ENDS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""Every character that ends a line, for a character class."""

_RARE_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
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


def unify_line_ends(text: str) -> str:
    """The text with every line end a newline."""
    text = text.replace("\r\n", "\n")  # one by one: a pattern would take a gigabyte for millions of lines
    for sign in _RARE_LINE_ENDS:
        text = text.replace(sign, "\n")
    return text


def is_hangul(char: str) -> bool:
    """Whether the character is a precomposed Hangul syllable."""
    return "가" <= char <= "힣"


def final_consonant(char: str) -> int:
    """Index of the final consonant of a Hangul syllable (0 none, 8 ㄹ); 0 for any other character."""
    return (ord(char) - 0xAC00) % 28 if is_hangul(char) else 0


def with_final(syllable: str, final: int) -> str:
    """A Hangul syllable with another final consonant (its index, 0 for none)."""
    return chr(ord(syllable) - final_consonant(syllable) + final)


def words(table: str) -> tuple[str, ...]:
    """A word list written as running text, so that long lists stay readable."""
    return tuple(table.split())
