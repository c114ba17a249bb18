"""Figures that differ between two wordings: amounts, counts, percentages, dates, times, numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from biseo.comparing.units import Unit
from biseo.text.dates import date_from_value
from biseo.text.facts import Fact, find_facts

FIGURES = ("amount", "percent", "count", "date", "period", "time", "number", "phone", "article")
"""Kinds of facts that are figures, in the order in which they are told."""
KIND_WORDS = {
    "amount": "금액", "percent": "비율", "count": "수량", "date": "날짜", "period": "기간", "time": "시각",
    "number": "숫자", "phone": "전화번호", "article": "조문 번호", "name": "사람", "organisation": "기관",
    "place": "장소", "law": "법령", "quotation": "인용",
}  # fmt: skip


@dataclass(frozen=True)
class FigureChange:
    """A figure that became another one, as written; `difference` is reckoned where that can be done.

    Attributes:
        kind: of `biseo.text.facts.Fact`.
        difference: `+5,000,000원(+14.3%)`, `5일 늦어짐`; empty where the two cannot be set off.
    """

    kind: str
    old: str
    new: str
    difference: str = ""


def changed_figures(old: Unit, new: Unit) -> tuple[FigureChange, ...]:
    """The figures of one unit that are not in the other, paired by kind and unit in their order.

    A figure that only comes or only goes is no change of a figure and not told here.
    """
    mine, theirs = _figures(old.text), _figures(new.text)
    values = {fact.value for fact in mine} & {fact.value for fact in theirs}
    gone = [fact for fact in mine if fact.value not in values]
    come = [fact for fact in theirs if fact.value not in values]
    changes = []
    for alike in (_same_unit, _same_kind):
        for fact in list(gone):
            other = next((each for each in come if alike(fact, each)), None)
            if other is not None:
                gone.remove(fact)
                come.remove(other)
                changes.append(FigureChange(other.kind, fact.text, other.text, difference_of(fact, other)))
    changes.sort(key=lambda change: FIGURES.index(change.kind))
    return tuple(changes)


def difference_of(old: Fact, new: Fact) -> str:
    """What makes the one of the other, in words; empty where that cannot be reckoned."""
    if old.kind == "date" and new.kind == "date":
        return _days(old.value, new.value)
    one, other = quantity_of(old), quantity_of(new)
    if one is None or other is None or one[1] != other[1]:
        return ""
    step = other[0] - one[0]
    if not step:
        return ""
    unit = one[1].removeprefix("개 ") if one[1].startswith("개 ") else one[1]
    unit = {"%": "%p"}.get(unit, unit)
    told = f"{_signed(step)}{unit}"
    if one[0] and one[1] not in ("%", "%p", "급", "위", "번째"):
        told += f"({_signed((step / abs(one[0]) * 100).quantize(Decimal('0.1')))}%)"
    return told


def quantity_of(fact: Fact) -> tuple[Decimal, str] | None:
    """The number and the unit of an amount, count, percentage or bare number; None for ranges and all else."""
    if fact.kind not in ("amount", "count", "percent", "number"):
        return None
    number, _, unit = fact.value.partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    return (value, unit) if value.is_finite() else None


def _figures(text: str) -> list[Fact]:
    return [fact for fact in find_facts(text, quotations=False) if fact.kind in FIGURES]


def _same_kind(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind


def _same_unit(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and one.value.partition(" ")[2] == other.value.partition(" ")[2]


def _signed(value: Decimal) -> str:
    plain = f"{value:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain if plain.startswith("-") else f"+{plain}"


def _days(old: str, new: str) -> str:
    one, other = _day(old), _day(new)
    if one is None or other is None:
        return ""
    days = (other - one).days
    if not days:
        return ""
    return f"{abs(days)}일 {'늦어짐' if days > 0 else '빨라짐'}"


def _day(value: str) -> datetime.date | None:
    found = date_from_value(value)
    if found is None or found.year is None or found.month is None or found.day is None:
        return None
    return datetime.date(found.year, found.month, found.day)
