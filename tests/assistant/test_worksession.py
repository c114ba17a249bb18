"""A work session comes back from JSON as it was; what is damaged is told."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.document import Document, Evidence, Finding, Review, Section, Settled, SwotItem, table_block
from biseo.errors import InputFileError
from biseo.worksession import (
    Offer,
    SectionMark,
    SectionWords,
    SourceMark,
    Step,
    Swap,
    WorkSession,
    back,
    bounded,
    digest,
    forward,
    from_json,
    source_mark,
)

WORDS = st.text(max_size=12)
ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
SECTION_WORDS = st.builds(
    SectionWords,
    id=st.sampled_from("abc"), role=st.just("body"), heading=WORDS, text=WORDS, rows=ROWS,
    header_rows=st.integers(0, 2), above=WORDS, below=WORDS,
)  # fmt: skip
EVIDENCE = st.builds(Evidence, source=WORDS, page=st.none() | st.integers(1, 9), text=WORDS)
FINDING = st.builds(
    Finding, rule=WORDS, severity=st.sampled_from(["error", "warning", "suggestion"]), start=st.integers(0, 9),
    end=st.integers(0, 9), text=WORDS, message=WORDS, certain=st.booleans(),
)  # fmt: skip
SECTION = st.builds(
    Section, id=WORDS, title=WORDS, text=WORDS, origin=st.sampled_from(["model", "form", "rule"]),
    evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    items=st.lists(st.builds(SwotItem, text=WORDS, evidence=st.lists(EVIDENCE, max_size=1).map(tuple)), max_size=2).map(
        tuple
    ),
    rows=ROWS,
)  # fmt: skip
SETTLED = st.builds(Settled, rule=WORDS, text=WORDS, reason=WORDS, section=WORDS, confirmed=st.booleans())
MARK = st.builds(
    SectionMark, id=WORDS, title=WORDS, phase=st.sampled_from(["done", "stopped"]), machine=WORDS,
    made=st.none() | SECTION, findings=st.lists(FINDING, max_size=2).map(tuple),
    settled=st.lists(SETTLED, max_size=2).map(tuple),
)  # fmt: skip
SWAP = st.builds(Swap, section=WORDS, before=st.none() | SECTION_WORDS, after=st.none() | SECTION_WORDS)
STEPS = st.lists(st.builds(Step, st.lists(SWAP, max_size=2).map(tuple)), max_size=3).map(tuple)
SESSION = st.builds(
    WorkSession,
    task=WORDS,
    form=st.dictionaries(WORDS, WORDS | st.lists(st.dictionaries(WORDS, WORDS, max_size=2), max_size=2), max_size=3),
    seed=st.integers(0, 9),
    sources=st.lists(st.builds(SourceMark, WORDS, WORDS), max_size=2).map(tuple),
    words=st.lists(SECTION_WORDS, max_size=3).map(tuple),
    marks=st.lists(MARK, max_size=2).map(tuple),
    review=st.none()
    | st.builds(Review, WORDS, WORDS, st.lists(WORDS, max_size=2).map(tuple), st.lists(SETTLED, max_size=2).map(tuple)),
    offers=st.lists(
        st.builds(Offer, WORDS, WORDS, WORDS, st.booleans(), st.none() | SECTION, corrects=st.booleans()), max_size=2
    ).map(tuple),
    saved=st.booleans(),
    done=STEPS,
    undone=STEPS,
    file=WORDS,
)


@settings(max_examples=60)
@given(SESSION)
def test_it_comes_back_as_it_was(session: WorkSession) -> None:
    assert from_json(session.to_json()) == session


@settings(max_examples=60)
@given(SESSION, st.data())
def test_what_is_damaged_is_told(session: WorkSession, data: st.DataObject) -> None:
    text = session.to_json()
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(InputFileError) as told:
        from_json(text[:cut])
    assert told.value.code == "session-damaged"


@pytest.mark.parametrize(
    ("name", "value"),
    [("task", 3), ("seed", True), ("words", {}), ("marks", [{"id": "a"}]), ("review", "예"), ("form", {"a": 1})],
)
def test_wrong_kinds_of_values_are_told(name: str, value: object) -> None:
    data = json.loads(WorkSession("press").to_json()) | {name: value}
    with pytest.raises(InputFileError) as told:
        from_json(json.dumps(data))
    assert told.value.code == "session-damaged"


def test_one_of_a_newer_program_is_told_and_unknown_fields_are_passed_over() -> None:
    data = json.loads(WorkSession("press").to_json())
    assert from_json(json.dumps(data | {"later": 1})) == WorkSession("press")
    with pytest.raises(InputFileError) as told:
        from_json(json.dumps(data | {"version": 99}))
    assert told.value.code == "session-newer"


def test_fields_added_later_have_defaults() -> None:
    assert from_json('{"version": 1, "task": "press"}') == WorkSession("press")


@given(st.lists(SECTION_WORDS, max_size=3, unique_by=lambda words: words.id), st.data())
def test_a_step_goes_back_and_forward(words: list[SectionWords], data: st.DataObject) -> None:
    there = {each.id: each for each in words}
    name = data.draw(st.sampled_from("abc"))
    after = data.draw(st.none() | SECTION_WORDS.map(lambda each: dataclasses.replace(each, id=name)))
    step = Step((Swap(name, there.get(name), after),))
    moved = forward(words, step)
    assert {each.id: each for each in moved} == {
        key: value for key, value in (there | {name: after}).items() if value is not None
    }
    assert set(back(moved, step)) == set(words)


def test_only_the_newest_steps_are_kept() -> None:
    steps = tuple(
        Step((Swap("a", SectionWords("a", text="가" * 10), SectionWords("a", text=str(number))),))
        for number in range(10, 30)
    )
    assert bounded(steps, most=3) == steps[-3:]
    assert bounded(steps, characters=25) == steps[-2:]
    assert bounded(steps, characters=5) == ()
    assert bounded(()) == ()


def test_a_source_is_known_by_its_text() -> None:
    one = Document("a.txt", "txt", "", None, (table_block([["가", "나"]]),))
    assert source_mark(one) == source_mark(dataclasses.replace(one, title="다른 제목"))
    assert source_mark(one).sha256 != source_mark(dataclasses.replace(one, blocks=())).sha256


def test_the_digest_changes_with_every_word() -> None:
    words = (SectionWords("a", text="가\ud800"), SectionWords("b", rows=(("1", "2"),)))
    assert digest(words) == digest(list(words))
    assert digest(words) != digest((words[0], SectionWords("b", rows=(("1", "3"),))))
