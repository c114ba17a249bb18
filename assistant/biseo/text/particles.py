"""Particles that depend on the last sound: 은/는, 이/가, 을/를, 와/과, 으로/로, 이라/라, 아/야."""

from __future__ import annotations

from biseo.text.characters import final_consonant, fold_width, is_hangul

_PAIRS = {
    "은": ("은", "는"), "는": ("은", "는"),
    "이": ("이", "가"), "가": ("이", "가"),
    "을": ("을", "를"), "를": ("을", "를"),
    "과": ("과", "와"), "와": ("과", "와"),
    "으로": ("으로", "로"), "로": ("으로", "로"),
    "으로서": ("으로서", "로서"), "로서": ("으로서", "로서"),
    "으로써": ("으로써", "로써"), "로써": ("으로써", "로써"),
    "이라": ("이라", "라"), "라": ("이라", "라"),
    "이라고": ("이라고", "라고"), "라고": ("이라고", "라고"),
    "이며": ("이며", "며"), "며": ("이며", "며"),
    "이나": ("이나", "나"), "나": ("이나", "나"),
    "아": ("아", "야"), "야": ("아", "야"),
}  # fmt: skip
PAIRED = tuple(_PAIRS)
"""Every form of every pair."""
_RIEUL = 8
# Final consonant of the last syllable when the character is read out (0 none, 8 ㄹ).
_DIGIT_FINALS = {"0": 21, "1": 8, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
_LETTER_FINALS = {"l": 8, "m": 16, "n": 4, "r": 8}  # 엘 엠 엔 알; every other letter's name ends in a vowel
_PLACE_FINALS = ((4, 4), (8, 1), (12, 0), (16, 21))  # 만 억 조 경 by count of trailing zeros
_SYMBOL_FINALS = {"%": 0, "℃": 0, "㎡": 8, "㎞": 8, "㎏": 16, "㎝": 8, "㎜": 8, "㏊": 0}
_CLOSERS = "\"'”’)]}〉》」』】>"
_LEGAL_WORD_ENDINGS = (
    ("le", 8),
    ("al", 8),
    ("el", 8),
    ("ol", 8),
    ("il", 8),
    ("ll", 8),
    ("m", 16),
    ("n", 4),
    ("ng", 21),
)


def last_sound(word: str) -> int | None:
    """Final consonant of the word as read out: 0 for a vowel, 8 for ㄹ, another positive index else.

    Closing brackets and quotes are skipped; a bracketed addition such as `인공지능(AI)` is read as the word before it.
    None when the word ends in something that cannot be read out.
    """
    text = fold_width(word).rstrip()
    while text and text[-1] in _CLOSERS:
        if text[-1] == ")":
            start = text.rfind("(")
            if start > 0:
                text = text[:start].rstrip()
                continue
        text = text[:-1].rstrip()
    if not text:
        return None
    char = text[-1]
    if is_hangul(char):
        return final_consonant(char)
    if "0" <= char <= "9":
        return _number_sound(text)
    if char.isascii() and char.isalpha():
        return _latin_sound(text)
    return _SYMBOL_FINALS.get(char)


def _number_sound(text: str) -> int:
    start = len(text)
    while start and (("0" <= text[start - 1] <= "9") or text[start - 1] in ",."):
        start -= 1
    digits = text[start:].lstrip(",.")
    if "." in digits:
        return _DIGIT_FINALS[digits[-1]]  # decimals are read digit by digit
    digits = digits.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0 or not digits.strip("0"):
        return _DIGIT_FINALS[digits[-1]]
    for limit, final in reversed(_PLACE_FINALS):
        if zeros >= limit:
            return final
    return {1: 17, 2: 1, 3: 4}[zeros]  # 십 백 천


def _latin_sound(text: str) -> int:
    start = len(text)
    while start and text[start - 1].isascii() and text[start - 1].isalpha():
        start -= 1
    word = text[start:]
    if word.isupper() or len(word) == 1:
        return _LETTER_FINALS.get(word[-1].lower(), 0)  # spelled out: AI, SNS, PDF
    lower = word.lower()
    for ending, final in reversed(_LEGAL_WORD_ENDINGS):
        if lower.endswith(ending):
            return final
    return 1 if lower[-1] in "bkp" else 0


def particle(word: str, kind: str) -> str:
    """The form of the particle that follows the word.

    Args:
        kind: either form of a pair: `은`, `를`, `으로` …

    Returns:
        One form; `은(는)` style when the word cannot be read out.

    Raises:
        KeyError: no such pair.
    """
    closed, opened = _PAIRS[kind]
    sound = last_sound(word)
    if sound is None:
        return f"{closed}({opened})"
    if closed.startswith("으로"):
        return opened if sound in (0, _RIEUL) else closed
    return closed if sound else opened


def attach(word: str, kind: str) -> str:
    """The word with its particle: `attach("광주시", "은")` is `광주시는`."""
    return word + particle(word, kind)
