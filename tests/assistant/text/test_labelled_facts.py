"""Facts found in sentences that were labelled by hand, and the normal forms of what is found."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.dates import format_narrative, format_official
from biseo.text.facts import find_facts
from biseo.text.named_bodies import find_bodies, spellings
from biseo.text.numerals import to_hangul, to_native

Labels = Counter[tuple[str, str]]
_KINDS = {
    *("date", "time", "period", "amount", "count", "percent", "phone"),
    *("article", "law", "name", "organisation", "place", "quotation"),
}
LABELLED = Path(__file__).with_name("labelled") / "facts.tsv"


def labelled() -> list[tuple[str, Labels]]:
    found = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        sentence, tab, labels = line.partition("\t")
        if tab and not line.startswith("#"):
            pairs = [label.strip().partition("=") for label in labels.split(";") if label.strip()]
            found.append((sentence, Counter((kind, value) for kind, _, value in pairs)))
    return found


def values(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in find_facts(text, named=True)]


@pytest.mark.parametrize(
    ("sentence", "expected"), labelled(), ids=lambda value: value[:20] if isinstance(value, str) else ""
)
def test_every_fact_and_nothing_else(sentence: str, expected: Labels) -> None:
    assert Counter(values(sentence)) == expected


def test_every_kind_is_labelled() -> None:
    kinds = {kind for _, labels in labelled() for kind, _ in labels}
    assert kinds >= _KINDS
    assert sum(labels.total() for _, labels in labelled()) >= 150


@given(st.integers(0, 23), st.integers(0, 59))
def test_the_clock_of_12_and_of_24_hours_are_one(hour: int, minute: int) -> None:
    half = "오전" if hour < 12 else "오후"
    spoken = f"{half} {hour % 12 or 12}시" + (f" {minute}분" if minute else "")
    assert values(spoken) == values(f"{hour:02d}:{minute:02d}") == [("time", f"{hour:02d}:{minute:02d}")]


@given(st.integers(2, 99))
def test_native_counts(number: int) -> None:
    assert values(f"{to_native(number, counter=True)} 명") == values(f"{number}명") == [("count", f"{number} 명")]


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31)))
def test_a_day_in_all_its_spellings(day: datetime.date) -> None:
    spellings = (format_official(day), format_official(day, weekday=False), format_narrative(day), day.isoformat())
    assert {tuple(values(text)) for text in spellings} == {(("date", day.isoformat()),)}


@given(st.integers(10_000, 10**14))
def test_hangul_amounts(won: int) -> None:
    for official in (True, False) if won > 10_000 else (True,):  # 만원 is a full bus, too
        assert values(f"{to_hangul(won, official=official)}원") == [("amount", f"{won} 원")]


def test_bodies_are_told_with_their_place() -> None:
    text = "한빛시 청년재단은 시청 대회의실에서 만난다."
    assert [(body.kind, text[body.start : body.end]) for body in find_bodies(text)] == [
        ("organisation", "청년재단"),
        ("place", "대회의실"),
    ]
    assert spellings("대전광역시서구") == ("대전광역시서구", "대전서구", "대전시서구")


@given(st.text(alphabet=st.sampled_from("가나시군구청센터재단공원 제1조「」법장소:,\n"), max_size=60))
def test_bodies_do_not_overlap(text: str) -> None:
    position = 0
    for body in find_bodies(text):
        assert position <= body.start < body.end <= len(text)
        assert body.value
        position = body.end
