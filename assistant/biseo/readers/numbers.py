"""Automatic numbers of paragraphs: how a count is written, and counters that several levels share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_SYLLABLES = "가나다라마바사아자차카타파하"
_VOWELS = (0, 4, 8, 13, 18, 20)
"""Places of ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ among the vowels of Unicode's syllables."""
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        text += sign * times
    return text


def _latin(count: int) -> str:
    text = ""
    while count > 0:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _syllable(count: int) -> str:
    """가 나 다 … 하, then 거 너 더 … as the rule for official documents continues."""
    vowel, consonant = divmod(count - 1, len(_SYLLABLES))
    # 28 syllables of different final consonants stand between two vowels.
    return chr(ord(_SYLLABLES[consonant]) + (_VOWELS[vowel] if vowel < len(_VOWELS) else 0) * 28)


def _from(first: str, most: int) -> Callable[[int], str]:
    def write(count: int) -> str:
        return chr(ord(first) + count - 1) if 1 <= count <= most else f"({count})"

    return write


def _digits(signs: str, ten: str) -> Callable[[int], str]:
    def write(count: int) -> str:
        tens, ones = divmod(count, 10)
        if count >= 100:
            return str(count)
        return (signs[tens - 1] if tens > 1 else "") + (ten if tens else "") + (signs[ones - 1] if ones else "")

    return write


def _digit_by_digit(signs: str) -> Callable[[int], str]:
    """10 is 일영, as Word counts in `koreanDigital`."""
    return lambda count: "".join(signs[int(digit)] for digit in str(count))


def _native(count: int) -> str:
    """하나, 둘, … 열하나, … 아흔아홉."""
    if count >= 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return _NATIVE_TENS[tens] + _NATIVE_ONES[ones]


def _padded(width: int) -> Callable[[int], str]:
    return lambda count: f"{count:0{width}d}"


def _circled(count: int) -> str:
    if count <= 20:
        return chr(0x2460 + count - 1)
    return chr(0x3251 + count - 21) if count <= 35 else f"({count})"


# Names of OWPML first, of WordprocessingML behind.
_WRITERS: dict[str, Callable[[int], str]] = {
    "DIGIT": str, "decimal": str, "decimalFullWidth": str, "decimalHalfWidth": str,
    "decimalZero": _padded(2), "decimalZero3": _padded(3), "decimalZero4": _padded(4), "decimalZero5": _padded(5),
    "CIRCLED_DIGIT": _circled, "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda count: f"({count})", "decimalEnclosedFullstop": lambda count: f"{count}.",
    "numberInDash": lambda count: f"- {count} -",
    "ROMAN_CAPITAL": lambda count: _roman(count).upper(), "upperRoman": lambda count: _roman(count).upper(),
    "ROMAN_SMALL": _roman, "lowerRoman": _roman,
    "LATIN_CAPITAL": lambda count: _latin(count).upper(), "upperLetter": lambda count: _latin(count).upper(),
    "LATIN_SMALL": _latin, "lowerLetter": _latin,
    "CIRCLED_LATIN_CAPITAL": _from("Ⓐ", 26), "CIRCLED_LATIN_SMALL": _from("ⓐ", 26),
    "HANGUL_SYLLABLE": _syllable, "ganada": _syllable,
    "CIRCLED_HANGUL_SYLLABLE": _from("㉮", 14),
    "HANGUL_JAMO": lambda count: _CONSONANTS[(count - 1) % 14], "chosung": lambda count: _CONSONANTS[(count - 1) % 14],
    "CIRCLED_HANGUL_JAMO": _from("㉠", 14),
    "HANGUL_PHONETIC": _digits("일이삼사오육칠팔구", "십"), "koreanCounting": _digits("일이삼사오육칠팔구", "십"),
    "koreanDigital": _digit_by_digit("영일이삼사오육칠팔구"), "koreanDigital2": _digit_by_digit("零一二三四五六七八九"),
    "koreanLegal": _native,
    "IDEOGRAPH": _digits("一二三四五六七八九", "十"), "ideographDigital": _digits("一二三四五六七八九", "十"),
    "japaneseCounting": _digits("一二三四五六七八九", "十"), "chineseCounting": _digits("一二三四五六七八九", "十"),
    "chineseCountingThousand": _digits("一二三四五六七八九", "十"),
    "taiwaneseCountingThousand": _digits("一二三四五六七八九", "十"),
    "CIRCLED_IDEOGRAPH": _from("㊀", 10),
    "DECAGON_CIRCLE": lambda count: _CELESTIAL[(count - 1) % 10],
    "ideographTraditional": lambda count: _CELESTIAL_HAN[(count - 1) % 10],
    "DECAGON_CIRCLE_HANJA": lambda count: _CELESTIAL_HAN[(count - 1) % 10],
}  # fmt: skip
_CELESTIAL = "갑을병정무기경신임계"
_CELESTIAL_HAN = "甲乙丙丁戊己庚辛壬癸"


def write_number(style: str, count: int) -> str:
    """`count` in a number style of OWPML or WordprocessingML; a style we do not know is written in digits."""
    if count < 1 or count > 9999:
        return str(count)
    return _WRITERS.get(style, str)(count)


@dataclass(frozen=True)
class Head:
    """How one level is numbered: its style, its pattern (`^1.` or `%1.`) and its first number.

    Attributes:
        legal: all numbers of the label are written in digits (1.2 below a chapter Ⅰ).
        restart: how many of the outer levels begin it anew; None: all.
        close: no gap stands between label and text (제1조(목적)).
    """

    style: str
    pattern: str
    start: int = 1
    legal: bool = False
    restart: int | None = None
    close: bool = False


@dataclass
class Counter:
    """The running numbers of one list."""

    heads: dict[int, Head]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, level: int) -> str:
        """The label of the next paragraph on `level` (0 is the outermost). A skipped level counts as begun."""
        for depth in range(level):
            if depth not in self.counts:
                self.counts[depth] = self._head(depth).start
        self.counts[level] = self.counts[level] + 1 if level in self.counts else self._head(level).start
        for depth in [depth for depth in self.counts if depth > level]:
            restart = self._head(depth).restart
            if restart is None or level < restart:
                del self.counts[depth]
        return self._label(level)

    def _head(self, level: int) -> Head:
        return self.heads.get(level, Head("DIGIT", ""))

    def _label(self, level: int) -> str:
        def fill(match: re.Match[str]) -> str:
            sign = match[1]
            if sign in ("n", "N"):
                # The path: 1.2.3, with a full stop behind when written as N.
                path = ".".join(self._written(depth, legal) for depth in range(level + 1))
                return path + "." if sign == "N" else path
            return self._written(int(sign) - 1, legal)

        legal = self._head(level).legal
        return re.sub(r"[\^%](10|[1-9]|[nN])", fill, self._head(level).pattern).strip()

    def _written(self, depth: int, legal: bool) -> str:
        count = self.counts.get(depth, self._head(depth).start)
        return str(count) if legal else write_number(self._head(depth).style, count)
