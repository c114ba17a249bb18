"""What the model may write next: numbers only as they stand in the sources, letters only of scripts that belong.

A sampled token is checked character by character against the text it would continue. Nothing here knows llama.cpp;
a token is its bytes, which may end in the middle of a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from biseo_models.engine import Guard

INNER = frozenset(".,:/~-")
"""Characters that may stand inside a number literal, between two digits."""

_FULLWIDTH = range(0xFF01, 0xFF5F)
_ALLOWED_OUTSIDE_LETTERS = "「」『』〈〉《》【】"
_EMOJI = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
"""Symbols below U+10000 that are shown as coloured pictures (Unicode property Emoji_Presentation)."""


class GuardState:
    """The rule of one answer, and where the answer stands.

    Args:
        guard: what is allowed.

    A literal of the guard consists of digits and inner characters and begins and ends with a digit.
    """

    def __init__(self, guard: Guard) -> None:
        self._numbers = None if guard.numbers is None else frozenset(guard.numbers)
        self._prefixes = _prefixes(guard.numbers or ())
        self._barred = frozenset(guard.barred)
        self._scripts = frozenset(guard.scripts)
        self._run = ""
        self._closed = False
        self._bytes = b""

    def accepts(self, piece: bytes) -> bool:
        """Whether the answer may go on with these bytes; nothing changes."""
        return self._walk(piece) is not None

    def advance(self, piece: bytes) -> None:
        """Go on with bytes that `accepts` allowed.

        Raises:
            ValueError: they are not allowed.
        """
        state = self._walk(piece)
        if state is None:
            raise ValueError("the guard does not allow this")
        self._run, self._closed, self._bytes = state

    def may_end(self) -> bool:
        """Whether the answer may end here: not within a number or a character."""
        return not self._bytes and self._whole(self._run)

    def _walk(self, piece: bytes) -> tuple[str, bool, bytes] | None:
        run, closed = self._run, self._closed
        text, rest = _decode(self._bytes + piece)
        if text is None or not self._may_become_allowed(rest):
            return None
        for character in text:
            if not self._character_allowed(character):
                return None
            if self._numbers is None:
                continue
            if character.isascii() and character.isdigit():
                if closed or run + character not in self._prefixes:
                    return None
                run += character
            elif run and character in INNER:
                if run + character in self._prefixes:
                    run += character
                elif self._whole(run):
                    closed = True
                else:
                    return None
            else:
                if not self._whole(run):
                    return None
                run, closed = "", False
        return run, closed, rest

    def _whole(self, run: str) -> bool:
        return self._numbers is None or not run or run.rstrip("".join(INNER)) in self._numbers

    def _character_allowed(self, character: str) -> bool:
        if character in self._barred:
            return False
        if character in self._scripts:
            # Full-width digits of a source would be a way around the literals.
            return self._numbers is None or not character.isdecimal()
        return belongs(character)

    def _may_become_allowed(self, rest: bytes) -> bool:
        if not rest:
            return True
        low, high = _code_range(rest)
        counts = _belonging_counts()
        if low < len(counts) - 1 and counts[min(high + 1, len(counts) - 1)] > counts[low]:
            return True
        return any(low <= ord(character) <= high for character in self._scripts)


def belongs(character: str) -> bool:
    """Whether a character may stand in a Korean office document without standing in the source."""
    code = ord(character)
    if code < 0x80:
        return 0x20 <= code < 0x7F or character in "\n\t"
    if code > 0xFFFF or code in _FULLWIDTH or 0xE000 <= code <= 0xF8FF or code in (0x3000, 0x3001, 0x3002, 0xFFFD):
        return False
    if character in _EMOJI:
        return False
    category = unicodedata.category(character)
    if category[0] == "L":
        return unicodedata.name(character, "").startswith(("HANGUL", "LATIN"))
    if category[0] == "N":
        return False
    if category[0] == "M":
        return False
    if 0x3000 < code < 0x3040:
        return character in _ALLOWED_OUTSIDE_LETTERS
    return category[0] in "PS" or category == "Zs"


@cache
def _belonging_counts() -> tuple[int, ...]:
    """counts[n] = how many characters below code point n belong; tells at once whether a range holds one."""
    marks = (0xD800 <= code <= 0xDFFF or not belongs(chr(code)) for code in range(0x10000))
    return (0, *accumulate(0 if barred else 1 for barred in marks))


def _prefixes(literals: Iterable[str]) -> frozenset[str]:
    return frozenset(literal[:end] for literal in literals for end in range(1, len(literal) + 1))


def _decode(data: bytes) -> tuple[str | None, bytes]:
    """The whole characters and the unfinished rest; None for bytes that can never become text."""
    for cut in range(min(4, len(data) + 1)):
        head, rest = data[: len(data) - cut], data[len(data) - cut :]
        try:
            text = head.decode()
        except UnicodeDecodeError:
            continue
        return (text, rest) if not rest or _unfinished(rest) else (None, b"")
    return None, b""


def _unfinished(rest: bytes) -> bool:
    length = 2 if 0xC2 <= rest[0] <= 0xDF else 3 if 0xE0 <= rest[0] <= 0xEF else 4 if 0xF0 <= rest[0] <= 0xF4 else 0
    return len(rest) < length and all(0x80 <= byte <= 0xBF for byte in rest[1:])


def _code_range(rest: bytes) -> tuple[int, int]:
    """First and last code point that an unfinished character can become."""
    length = 2 if rest[0] < 0xE0 else 3 if rest[0] < 0xF0 else 4
    value = rest[0] & (0xFF >> (length + 1))
    for byte in rest[1:]:
        value = value << 6 | byte & 0x3F
    missing = 6 * (length - len(rest))
    shortest = (0x80, 0x800, 0x10000)[length - 2]  # what fits fewer bytes is no UTF-8
    return max(value << missing, shortest), (value << missing) + (1 << missing) - 1
