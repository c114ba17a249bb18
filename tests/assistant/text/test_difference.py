"""A difference can be taken whole, in part, or not at all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.difference import apply_changes, compare, compare_finely, compare_words, without

SENTENCES = st.sampled_from(
    [
        "한빛시는 책잔치를 연다.",
        "작가 강연 6회를 운영한다.",
        "작가 강연 7회를 운영한다.",
        "□ 시민 4,200명이 찾았다",
        "끝.",
    ]
)
TEXTS = st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "\n", "  ", "\n\n"])), max_size=7).map(
    lambda parts: "".join(sentence + blank for sentence, blank in parts)
)
ANY = st.one_of(TEXTS, st.text(alphabet="가나. \n다\t", max_size=30))


@given(ANY, ANY)
def test_all_changes_together_make_the_new_text(old: str, new: str) -> None:
    for changes in (compare(old, new), compare_finely(old, new)):
        assert apply_changes(old, changes) == new
        for one, other in itertools.pairwise(changes):
            assert one.end <= other.start
        for change in changes:
            assert old[change.start : change.end] == change.old != change.new
            assert new[change.new_start : change.new_start + len(change.new)] == change.new


@given(ANY, ANY, st.data())
def test_pieces_taken_and_left_in_any_order_come_to_an_end(old: str, new: str, data: st.DataObject) -> None:
    for _ in range(200):
        changes = compare(old, new)
        if not changes:
            break
        change = data.draw(st.sampled_from(changes))
        if data.draw(st.booleans()):
            old = apply_changes(old, [change])
        else:
            new = without(new, change)
    assert old == new


@given(ANY, ANY)
def test_runs_make_up_both_texts(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(run.text for run in runs if run.kind != "new") == old
    assert "".join(run.text for run in runs if run.kind != "gone") == new


def test_a_reworded_sentence_is_one_piece_with_its_words() -> None:
    old = "한빛시는 5. 8. 책잔치를 연다. 시민 4,200명이 찾았다. 장터를 연다."
    new = "한빛시는 5. 8. 책잔치를 연다. 시민 4,300명이 찾았다. 장터를 연다."
    (change,) = compare(old, new)
    assert (change.old, change.new) == ("시민 4,200명이 찾았다.", "시민 4,300명이 찾았다.")
    assert [(run.kind, run.text) for run in change.runs] == [
        ("same", "시민 "), ("gone", "4,200명이"), ("new", "4,300명이"), ("same", " 찾았다."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("가나다.\n라마바.", "가나다.", [("\n라마바.", "")]),
        ("가나다.", "가나다.\n라마바.", [("", "\n라마바.")]),
        ("가나다. 라마바.", "라마바.", [("가나다. ", "")]),
        ("가나다. 라마바.", "가나다.\n라마바.", [(" ", "\n")]),
        ("□ 하나이다.\n□ 둘이다.", "□ 하나이다.\n□ 새것이다.\n□ 둘이다.", [("", "\n□ 새것이다.")]),
    ],
)
def test_whole_sentences_come_and_go_with_their_white_space(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert [(change.old, change.new) for change in compare(old, new)] == expected


def test_corrections_in_one_sentence_are_pieces_of_their_own() -> None:
    old = "회의는 2026.1.6. 09시에 열고 2026.1.8. 마친다."
    new = "회의는 2026. 1. 6. 09시에 열고 2026. 1. 8. 마친다."
    assert [change.old for change in compare_finely(old, new)] == ["2026.1.6.", "2026.1.8."]


def test_a_long_text_takes_little_time() -> None:
    import time

    old = "\n".join(f"□ {number}째 줄의 사업을 올해 안에 마친다." for number in range(1500))
    new = "\n".join(f"□ {number}번 줄의 일을 내년까지 이어 간다." for number in range(1500))
    began = time.perf_counter()
    assert apply_changes(old, compare(old, new)) == new
    assert time.perf_counter() - began < 2
