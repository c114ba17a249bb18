from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from biseo.text.similarity import likeness, pairs, repeated_runs, said_again


def test_pairs_are_of_letters_and_digits_only() -> None:
    assert pairs("A·b_ 1") == {"ab", "b1"}
    assert pairs("가") == frozenset()


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefghijkl")), max_size=25),
    st.sampled_from([0.5, 2 / 3, 0.8, 0.9, 1.0]),
    st.integers(1, 30),
)
def test_said_again_finds_what_comparing_each_with_each_finds(
    sets: list[frozenset[str]], like: float, back: int
) -> None:
    expected = [
        index
        for index, own in enumerate(sets)
        if any(likeness(own, other) >= like for other in sets[max(0, index - back) : index])
    ]
    assert said_again(sets, like, back) == expected


def test_repeated_runs() -> None:
    words = ["가", "나", "다", "라", "마", "가", "나", "다", "라", "바", "가", "나", "다", "라"]
    assert repeated_runs(words, 4, 3) == [(10, 14)]
    assert repeated_runs(words, 4, 4) == []
    assert repeated_runs(words[:3], 4, 1) == []
