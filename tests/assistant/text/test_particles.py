import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.particles import attach, particle


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("광주시", "는가를와로"),
        ("청장", "은이을과으로"),
        ("서울", "은이을과로"),
        ("인공지능(AI)", "은이을과으로"),
        ("‘챗GPT’", "는가를와로"),
        ("「국어기본법」", "은이을과으로"),
        ("3", "은이을과으로"),
        ("7", "은이을과로"),
        ("2", "는가를와로"),
        ("100", "은이을과으로"),
        ("10000", "은이을과으로"),
        ("1,000,000,000,000", "는가를와로"),
        ("1.5", "는가를와로"),
        ("SNS", "는가를와로"),
        ("PDF", "는가를와로"),
        ("XML", "은이을과로"),
        ("50%", "는가를와로"),
    ],
)
def test_forms(word: str, forms: str) -> None:
    kinds = ("은", "이", "을", "과", "으로")
    assert "".join(particle(word, kind) for kind in kinds) == forms


def test_what_cannot_be_read_out_shows_both() -> None:
    assert attach("※", "을") == "※을(를)"


def test_unknown_pair() -> None:
    with pytest.raises(KeyError):
        particle("말", "에게")


@given(st.text(max_size=20))
def test_any_text(word: str) -> None:
    assert attach(word, "는").startswith(word)
