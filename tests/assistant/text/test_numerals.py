from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text import numerals


@given(st.integers(0, 10**16))
def test_official_and_spoken_forms_come_back(number: int) -> None:
    assert numerals.from_hangul(numerals.to_hangul(number)) == number
    assert numerals.from_hangul(numerals.to_hangul(number, official=False)) == number


@given(st.integers(0, 10**16))
def test_mixed_and_grouped_forms_come_back(number: int) -> None:
    assert numerals.from_mixed(numerals.format_mixed(number)) == number
    assert numerals.from_mixed(f"{number:,}") == number


@given(st.integers(1, 99))
def test_native_forms_come_back(number: int) -> None:
    assert numerals.from_native(numerals.to_native(number)) == number
    assert numerals.from_native(numerals.to_native(number, counter=True)) == number


@pytest.mark.parametrize(
    ("won", "text"),
    [
        (113_560, "금113,560원(금일십일만삼천오백육십원)"),
        (1_000, "금1,000원(금일천원)"),
        (10_000, "금10,000원(금일만원)"),
        (1_234_567, "금1,234,567원(금일백이십삼만사천오백육십칠원)"),
        (100_000_001, "금100,000,001원(금일억일원)"),
    ],
)
def test_official_amount(won: int, text: str) -> None:
    assert numerals.format_official_amount(won) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1억 4,100만", 141_000_000),
        ("1억4100만", 141_000_000),
        ("1.5억", 150_000_000),
        ("656조 9천억", 656_900_000_000_000),
        ("3천5백", 3_500),
        ("1만5천", 15_000),
        ("십만", 100_000),
        ("2,134만 5천", 21_345_000),
    ],
)
def test_mixed_amounts(text: str, number: int) -> None:
    assert numerals.from_mixed(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "12,34", "억", "만억", "1억 2조", "일일십", "십십", "열만", "abc", "1..2", "1 2"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    assert numerals.from_mixed(text) is None


def test_limits_are_told() -> None:
    with pytest.raises(ValueError, match="out of range"):
        numerals.to_hangul(-1)
    with pytest.raises(ValueError, match="out of range"):
        numerals.to_hangul(numerals.LIMIT)
    with pytest.raises(ValueError, match="1 to 99"):
        numerals.to_native(100)


def test_native_words() -> None:
    assert [numerals.to_native(n, counter=True) for n in (1, 3, 20, 22, 50)] == ["한", "세", "스무", "스물두", "쉰"]
    assert numerals.from_native("아흔아홉") == 99
    assert numerals.from_native("백") is None


@given(st.text(max_size=30))
def test_arbitrary_text_is_no_fault(text: str) -> None:
    numerals.from_hangul(text)
    numerals.from_native(text)
    numerals.from_mixed(text)
