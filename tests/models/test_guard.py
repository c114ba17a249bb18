from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo_models.engine import Guard
from biseo_models.guard import GuardState, belongs

DIGITS = "0123456789"
INNER = ".,:/~-"

literals = st.from_regex(re.compile(r"[0-9]{1,4}(?:[.,:/~-][0-9]{1,3}){0,2}", re.ASCII), fullmatch=True)
words = st.one_of(
    literals,
    st.text(alphabet=DIGITS + INNER, min_size=1, max_size=5),
    st.text(alphabet="가나행정 의원년월일()\n", min_size=1, max_size=4),
    st.sampled_from(
        ["漢", "字", "の", "カ", "Ж", "９", "，", "！", "\U0001f600", "✅", "é", "ㅇ", "「", "*", "“", "㎡", "\x00"]
    ),
)


@st.composite
def streams(draw: st.DrawFn) -> tuple[tuple[str, ...], list[bytes]]:
    """A set of literals, and pieces that may cut a literal or a character anywhere."""
    numbers = tuple(draw(st.lists(literals, max_size=5)))
    chosen = draw(st.lists(st.one_of(words, st.sampled_from(numbers)) if numbers else words, max_size=14))
    data = "".join(chosen).encode()
    cuts = sorted(draw(st.sets(st.integers(0, len(data)), max_size=len(data))))
    ends = [*cuts, len(data)]
    return numbers, [data[a:b] for a, b in zip([0, *ends], ends, strict=False) if a < b]


def let_through(state: GuardState, pieces: list[bytes]) -> str:
    """What stands at the last place where the answer may end; a refused piece is passed over, as a decoder does."""
    written = b""
    best = b""
    for piece in pieces:
        if state.accepts(piece):
            state.advance(piece)
            written += piece
            if state.may_end():
                best = written
    return best.decode()  # fails when an end within a character was allowed


def numbers_in(text: str) -> list[str]:
    """Independent of the guard: every stretch of digits with what may stand between them."""
    return [run.rstrip(INNER) for run in re.findall(r"[0-9][0-9.,:/~-]*", text)]


def is_foreign(character: str) -> bool:
    name = unicodedata.name(character, "")
    kinds = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "CYRILLIC", "FULLWIDTH", "HALFWIDTH")
    return name.startswith(kinds) or ord(character) > 0xFFFF


@settings(max_examples=400, deadline=None)
@given(streams())
def test_only_literals_of_the_sources_are_written(case: tuple[tuple[str, ...], list[bytes]]) -> None:
    numbers, pieces = case
    text = let_through(GuardState(Guard(numbers)), pieces)
    assert set(numbers_in(text)) <= set(numbers)


@settings(max_examples=300, deadline=None)
@given(streams(), st.sampled_from(["", "漢", "の字", "“漢\U0001f600"]), st.sampled_from(["", "*", "*“가", "漢"]))
def test_no_foreign_and_no_barred_character(
    case: tuple[tuple[str, ...], list[bytes]], scripts: str, barred: str
) -> None:
    numbers, pieces = case
    text = let_through(GuardState(Guard(numbers, scripts, barred)), pieces)
    assert [c for c in text if is_foreign(c) and c not in scripts] == []
    assert [c for c in text if c in barred] == []


@settings(max_examples=200, deadline=None)
@given(streams())
def test_free_numbers(case: tuple[tuple[str, ...], list[bytes]]) -> None:
    """Without a list of numbers everything that belongs is accepted, in whatever pieces."""
    _, pieces = case
    state = GuardState(Guard(None))
    whole = b"".join(pieces).decode()
    if all(belongs(character) for character in whole):
        assert let_through(state, pieces) == whole
    else:
        assert not all(belongs(character) for character in whole)


@settings(max_examples=200, deadline=None)
@given(streams(), words)
def test_accepts_changes_nothing(case: tuple[tuple[str, ...], list[bytes]], other: str) -> None:
    numbers, pieces = case
    asked, plain = GuardState(Guard(numbers)), GuardState(Guard(numbers))
    for piece in pieces:
        asked.accepts(other.encode())
        asked.accepts(other.encode()[:1])
        assert asked.accepts(piece) == plain.accepts(piece)
        assert asked.may_end() == plain.may_end()
        if plain.accepts(piece):
            asked.advance(piece)
            plain.advance(piece)


@settings(max_examples=200, deadline=None)
@given(streams())
def test_advance_raises_where_accepts_refuses_and_goes_on_after(case: tuple[tuple[str, ...], list[bytes]]) -> None:
    numbers, pieces = case
    state = GuardState(Guard(numbers))
    for piece in pieces:
        if state.accepts(piece):
            state.advance(piece)
            continue
        before = state.may_end()
        with pytest.raises(ValueError):
            state.advance(piece)
        assert state.may_end() == before
        assert not state.accepts(piece)


@settings(max_examples=300, deadline=None)
@given(st.lists(literals, min_size=1, max_size=4), st.text(alphabet="가나 은", max_size=3))
def test_the_literals_themselves_can_be_written(numbers: list[str], between: str) -> None:
    state = GuardState(Guard(tuple(numbers)))
    for literal in numbers:
        for byte in f"{literal} {between}".encode():
            assert state.accepts(bytes([byte]))
            state.advance(bytes([byte]))
    assert state.may_end()


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_part_of_a_hangul_syllable_is_accepted(syllable: str) -> None:
    state = GuardState(Guard(()))
    for byte in syllable.encode():
        state.advance(bytes([byte]))
    assert state.may_end()


@pytest.mark.parametrize("foreign", ["中", "国", "見", "龍", "の", "ア", "Ж", "ひ", "丁"])
def test_a_foreign_character_is_refused_at_its_last_byte_or_before(foreign: str) -> None:
    state, known = GuardState(Guard(())), GuardState(Guard((), scripts=foreign))
    accepted = [state.accepts(foreign.encode()[:end]) for end in (1, 2, 3)]
    assert not accepted[-1] and accepted == sorted(accepted, reverse=True)
    assert all(known.accepts(foreign.encode()[:end]) for end in (1, 2, 3))


def test_han_beginning_with_a_byte_of_its_own_is_refused_at_that_byte() -> None:
    assert not GuardState(Guard(())).accepts("国".encode()[:1])
    assert not GuardState(Guard(())).accepts("見".encode()[:1])
    assert not GuardState(Guard(())).accepts("中".encode()[:2])


@pytest.mark.parametrize(
    "data", [b"\xff", b"\x80", b"\xc0", b"\xed\xa0", b"\xe0\x80", b"\xf0\x80", b"\xf0\x8f\xbf", b"\xf5", b"\xea\x41"]
)
def test_bytes_that_never_become_text_are_refused(data: bytes) -> None:
    assert not GuardState(Guard(None)).accepts(data)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (("12", "34"), "1234"),
        (("12", "34"), "12.34"),
        (("12", "34"), "12,34"),
        (("12", "34"), "12~34"),
        (("12", "34"), "12-:34"),
        (("3.5", "3"), "3.-5"),
        (("2026",), "202"),
        (("2026",), "20 26"),
        ((), "1"),
        (("900",), "９００"),
    ],
)
def test_literals_are_not_joined_and_not_cut(numbers: tuple[str, ...], text: str) -> None:
    for pieces in ([text.encode()], [bytes([byte]) for byte in text.encode()]):
        assert let_through(GuardState(Guard(numbers)), pieces) != text


@pytest.mark.parametrize(
    "text", ["2026. 5. 8.(금)~5. 10.", "35,000,000원", "18:00", "02-123-4567", "제3조, 제10조", "3∼5명", "8-", "10,"]
)
def test_ordinary_spellings_pass(text: str) -> None:
    numbers = ("2026", "5", "8", "10", "35,000,000", "18:00", "02-123-4567", "3")
    assert let_through(GuardState(Guard(numbers)), [bytes([byte]) for byte in text.encode()]) == text


def test_no_end_within_a_number_or_a_character() -> None:
    state = GuardState(Guard(("2026",)))
    state.advance(b"20")
    assert not state.may_end()
    state.advance("26년".encode()[:-1])
    assert not state.may_end()
    state.advance("년".encode()[-1:])
    assert state.may_end()


def test_wide_digits_of_a_source_do_not_open_a_way_around_the_literals() -> None:
    """A source written in full-width digits names its characters as its own; its numbers are literals all the same."""
    state = GuardState(Guard(("900",), scripts="９０漢"))
    assert not state.accepts("９９９".encode())
    assert state.accepts("漢".encode())
    assert state.accepts(b"900")


def test_a_barred_character_stays_barred_when_the_source_has_it() -> None:
    assert not GuardState(Guard(None, scripts="“”漢", barred="“”")).accepts("“".encode())


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\r", "\x7f", "\u3000", "\u200b", "\ufeff", "\ufffd", "\ue000"])
def test_characters_that_nobody_sees_are_refused(character: str) -> None:
    assert not belongs(character)


@pytest.mark.parametrize("character", [*"✅❌✨⚡⭐❗⌚☕", "\U0001f600", "\ufe0f"])
def test_emoji_are_refused(character: str) -> None:
    assert not belongs(character)


@pytest.mark.parametrize("character", list("가ㅇ힣Aé\n\t ·※□○●◇▲→★☎「」『』…–—‘’“”㎡℃×≥€₩"))
def test_marks_of_office_documents_belong(character: str) -> None:
    assert belongs(character)
