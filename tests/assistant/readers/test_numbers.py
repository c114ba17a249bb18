from __future__ import annotations

import pytest

from biseo.readers.numbers import Counter, Head, write_number


@pytest.mark.parametrize(
    ("style", "count", "text"),
    [
        ("DIGIT", 3, "3"),
        ("HANGUL_SYLLABLE", 1, "가"),
        ("HANGUL_SYLLABLE", 14, "하"),
        ("HANGUL_SYLLABLE", 15, "거"),
        ("ganada", 16, "너"),
        ("CIRCLED_DIGIT", 20, "⑳"),
        ("CIRCLED_DIGIT", 21, "㉑"),
        ("CIRCLED_HANGUL_SYLLABLE", 2, "㉯"),
        ("upperRoman", 4, "IV"),
        ("LATIN_SMALL", 27, "aa"),
        ("IDEOGRAPH", 21, "二十一"),
        ("koreanCounting", 10, "십"),
        ("decimalZero", 7, "07"),
        ("koreanDigital", 20, "이영"),
        ("koreanDigital2", 10, "一零"),
        ("koreanLegal", 21, "스물하나"),
        ("koreanLegal", 100, "100"),
        ("unheard of", 5, "5"),
        ("HANGUL_SYLLABLE", 0, "0"),
    ],
)
def test_write_number(style: str, count: int, text: str) -> None:
    assert write_number(style, count) == text


def test_counter_restarts_deeper_levels_and_fills_skipped_ones() -> None:
    heads = {level: Head("DIGIT", "".join(f"^{n + 1}." for n in range(level + 1))) for level in range(4)}
    counter = Counter(heads)
    labels = [counter.next(level) for level in (0, 1, 1, 0, 3, 3, 2, 3, 0)]
    assert labels == ["1.", "1.1.", "1.2.", "2.", "2.1.1.1.", "2.1.1.2.", "2.1.2.", "2.1.2.1.", "3."]


def test_counter_that_only_some_levels_begin_anew() -> None:
    heads = {0: Head("DIGIT", "^1"), 1: Head("DIGIT", "^2", restart=0), 2: Head("DIGIT", "^3", restart=1)}
    counter = Counter(heads)
    assert [counter.next(level) for level in (0, 1, 2, 1, 2, 0, 1, 2)] == ["1", "1", "1", "2", "2", "2", "3", "1"]


def test_counter_starts_where_told() -> None:
    counter = Counter({0: Head("HANGUL_SYLLABLE", "^1)", start=3)})
    assert [counter.next(0), counter.next(0)] == ["다)", "라)"]
