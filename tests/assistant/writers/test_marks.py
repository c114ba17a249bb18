from __future__ import annotations

import pytest

from biseo.writers.marks import Levels, find_mark, typed_width


@pytest.mark.parametrize(
    ("line", "mark", "gap", "body"),
    [
        ("1. 목적", "1.", " ", "목적"),
        ("  가. 목적", "가.", " ", "목적"),
        ("12) 목적", "12)", " ", "목적"),
        ("하) 목적", "하)", " ", "목적"),
        ("(1) 목적", "(1)", " ", "목적"),
        ("(거)  목적", "(거)", "  ", "목적"),
        ("①목적", "①", "", "목적"),
        ("㉮ 목적", "㉮", " ", "목적"),
        ("□ 목적", "□", " ", "목적"),
        ("ㅇ목적", "ㅇ", "", "목적"),
        ("○ 목적", "○", " ", "목적"),
        ("- 목적", "-", " ", "목적"),
        ("·목적", "·", "", "목적"),
        ("※ 참고", "※", " ", "참고"),
        ("1. 3.5% 증가", "1.", " ", "3.5% 증가"),
    ],
)
def test_mark_is_taken_off_with_the_words_whole(line: str, mark: str, gap: str, body: str) -> None:
    found = find_mark(line)
    assert found is not None
    assert (found.text, found.gap, found.body) == (mark, gap, body)


@pytest.mark.parametrize(
    "line",
    [
        "1. 6.(화) 개최",
        "2026. 1. 6.(화)",
        "1.5배 증가",
        "-5℃까지",
        "○○시는 밝혔다",
        "○○○ 시장",
        "□□동",
        "ㅇㅇ과",
        "가령 그렇다",
        "(경유)",
        "1.",
        "",
    ],
)
def test_sentence_is_no_item(line: str) -> None:
    assert find_mark(line) is None


def _levels(*lines: str) -> list[int]:
    levels = Levels()
    marks = [find_mark(line) for line in lines]
    return [levels.level(mark) for mark in marks if mark]


def test_eight_levels_of_the_regulation() -> None:
    lines = ("1. a", "가. a", "1) a", "가) a", "(1) a", "(가) a", "① a", "㉮ a", "나. a", "2. a")
    assert _levels(*lines) == [1, 2, 3, 4, 5, 6, 7, 8, 2, 1]


def test_levels_begin_at_the_margin_whatever_the_first_mark() -> None:
    assert _levels("ㅇ a", "- a", "ㅇ a") == [1, 2, 1]
    assert _levels("- a", "□ a", "ㅇ a") == [1, 1, 2]


def test_note_hangs_below_its_item_and_changes_nothing() -> None:
    assert _levels("□ a", "ㅇ a", "※ a", "ㅇ a", "* a", "□ a") == [1, 2, 3, 2, 3, 1]


def test_numbers_and_symbols_mix() -> None:
    assert _levels("1. a", "- a", "가. a", "- a", "2. a") == [1, 2, 2, 3, 1]


def test_typed_width_counts_hangul_twice() -> None:
    assert typed_width("가.") == 3
    assert typed_width("(가)") == 4
