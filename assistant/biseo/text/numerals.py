"""Korean numerals and integers, both ways: official (일십일만), spoken (십일만), mixed (1억 4,100만), native (쉰)."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = "영일이삼사오육칠팔구"
_SMALL = ("", "십", "백", "천")
_LARGE = ("", "만", "억", "조", "경")
_DIGIT_VALUE = {syllable: value for value, syllable in enumerate(_DIGITS)} | {"공": 0, "륙": 6}
_SMALL_VALUE = {"십": 10, "백": 100, "천": 1000}
_LARGE_VALUE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ONES_WORDS = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_ONES_COUNTERS = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS_WORDS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_MIXED_PART = re.compile(
    r"[ ]?(?:([0-9][0-9,]*(?:\.[0-9]+)?)|([일이삼사오육칠팔구십백천]+))[ ]?([십백천]?[만억조경]|[백천])?"
)
LIMIT = 10**20
"""Integers below this can be written in Hangul (up to 9,999경 …)."""


def to_hangul(number: int, *, official: bool = True) -> str:
    """The number in Sino-Korean syllables.

    Args:
        official: every 일 is written (일십일만, 일천), as 시행규칙 제2조제2항 wants it for amounts; else as spoken.

    Raises:
        ValueError: negative, or 10^20 or more.
    """
    if not 0 <= number < LIMIT:
        raise ValueError("number out of range")
    if number == 0:
        return "영"
    parts: list[str] = []
    for exponent in range(len(_LARGE) - 1, -1, -1):
        group = number // 10 ** (4 * exponent) % 10000
        if not group:
            continue
        words = ""
        for power in range(3, -1, -1):
            digit = group // 10**power % 10
            if not digit:
                continue
            silent = not official and digit == 1 and power > 0
            words += ("" if silent else _DIGITS[digit]) + _SMALL[power]
        if not official and group == 1 and exponent == 1 and not parts:
            words = ""  # 만, never 일만, when spoken
        parts.append(words + _LARGE[exponent])
    return "".join(parts)


def from_hangul(text: str) -> int | None:
    """The integer a Sino-Korean numeral means, official or spoken, or None when the text is not one.

    Digits said one by one (이공이육 = 2026) are understood when no place word is used.
    """
    if not text:
        return None
    if all(char in _DIGIT_VALUE for char in text):
        return int("".join(str(_DIGIT_VALUE[char]) for char in text)) if len(text) <= 20 else None
    total = group = 0
    digit: int | None = None
    last_small, last_large = 10**4, 10**20
    for char in text:
        if char in _SMALL_VALUE:
            place = _SMALL_VALUE[char]
            if place >= last_small or digit == 0:
                return None
            group += (1 if digit is None else digit) * place
            digit, last_small = None, place
        elif char in _LARGE_VALUE:
            place = _LARGE_VALUE[char]
            group += digit or 0
            if place >= last_large or (group == 0 and (digit is not None or place != 10**4 or total)):
                return None
            total += (group or 1) * place
            group, digit, last_small, last_large = 0, None, 10**4, place
        elif char in _DIGIT_VALUE:
            if digit is not None or _DIGIT_VALUE[char] == 0:
                return None
            digit = _DIGIT_VALUE[char]
        else:
            return None
    return total + group + (digit or 0)


def to_native(number: int, *, counter: bool = False) -> str:
    """The native word for 1…99; with `counter` the form that stands before a unit (한, 두, 스무).

    Raises:
        ValueError: outside 1…99.
    """
    if not 1 <= number <= 99:
        raise ValueError("native numerals run from 1 to 99")
    tens, ones = divmod(number, 10)
    if counter and number == 20:
        return "스무"
    return _TENS_WORDS[tens] + (_ONES_COUNTERS if counter else _ONES_WORDS)[ones]


def from_native(text: str) -> int | None:
    """The integer of a native numeral (하나 … 아흔아홉, 쉰, 스무, 한), or None."""
    if text in _NATIVE_ONES:
        return _NATIVE_ONES[text]
    for length in (2, 1):
        tens, ones = text[:length], text[length:]
        if tens in _NATIVE_TENS:
            if not ones:
                return _NATIVE_TENS[tens]
            if ones in _NATIVE_ONES and tens != "스무":
                return _NATIVE_TENS[tens] + _NATIVE_ONES[ones]
    return None


def plain(number: Decimal) -> str:
    """The shortest plain decimal notation: no exponent, no trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text or "0"


def from_mixed(text: str) -> Decimal | None:
    """The value of digits with place words: `1억 4,100만`, `1.5억`, `3천5백`, `1,200`; None when malformed."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if not any("0" <= char <= "9" for char in text):
        value = from_hangul(text.replace(" ", ""))
        return None if value is None else Decimal(value)
    total = group = Decimal(0)
    position, last_large = 0, 10**20
    while position < len(text):
        match = _MIXED_PART.match(text, position)
        if match is None:
            return None
        digits, words, place = match.groups()
        if digits is not None:
            number = _grouped(digits)
        else:
            word_value = from_hangul(words)
            number = None if word_value is None else Decimal(word_value)
        if number is None:
            return None
        small, large = 1, 1
        for char in place or "":
            small *= _SMALL_VALUE.get(char, 1)
            large *= _LARGE_VALUE.get(char, 1)
        group += number * small
        if large > 1:
            if large >= last_large:
                return None
            total += group * large
            group, last_large = Decimal(0), large
        elif small == 1 and match.end() < len(text):
            return None
        position = match.end()
    return total + group


def _grouped(digits: str) -> Decimal | None:
    """Digits with optional thousands commas; None when a comma stands elsewhere."""
    whole, _, fraction = digits.partition(".")
    if "," in whole:
        groups = whole.split(",")
        if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
            return None
        whole = whole.replace(",", "")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def format_mixed(number: int) -> str:
    """`1억 4,100만`: 억 and 만 written, each group with commas; below 10,000 only digits."""
    if number < 10**4:
        return f"{number:,}"
    parts = []
    for exponent in range(len(_LARGE) - 1, -1, -1):
        group = number // 10 ** (4 * exponent) % 10000
        if exponent == len(_LARGE) - 1:
            group = number // 10 ** (4 * exponent)
        if group:
            parts.append(f"{group:,}{_LARGE[exponent]}")
    return " ".join(parts)


def format_official_amount(won: int) -> str:
    """`금113,560원(금일십일만삼천오백육십원)` as 시행규칙 제2조제2항 wants it.

    Raises:
        ValueError: negative, or 10^20 or more.
    """
    return f"금{won:,}원(금{to_hangul(won)}원)"
