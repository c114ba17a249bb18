"""What facts are looked up by: keys as `amount 141000000 원`. A fact of the sources says many, a draft's asks few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from biseo.text.dates import date_from_value
from biseo.text.facts import Fact
from biseo.text.numerals import from_mixed, plain
from biseo.text.units import UNITS

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
DECLARED_UNIT = re.compile(r"단위[ ]?[:：][ ]?((?:십|백|천|만|십만|백만|천만|억|십억|백억|조)?원|[가-힣]{1,3}|%|㎡)")
_STEP = re.compile(r"[0-9-]+(?:의[0-9]+)?[가-힣]")


def is_number(value: str) -> bool:
    """Whether a fact's value is plain digits."""
    return NUMBER.fullmatch(value) is not None


def with_unit(value: str, unit: str) -> str:
    """The key of a table's bare number in the unit that the table declares (`단위: 천원`)."""
    if unit.endswith("원"):
        scale = from_mixed("1" + unit[:-1]) if len(unit) > 1 else Decimal(1)
        return f"amount {plain(Decimal(value) * (scale or 1))} 원"
    return f"percent {value} %" if unit == "%" else f"count {value} {UNITS.get(unit, unit)}"


def _date_parts(value: str) -> tuple[str, ...]:
    date = date_from_value(value)
    return date.parts if date else (value,)


def _time_parts(value: str) -> tuple[str, ...]:
    """Every time that this one says; 9시 is 09:00 on the 24-hour clock."""
    if value.startswith("?"):
        return value, value[1:]
    hour = int(value[:2])
    return value, f"?{hour - 12 if hour > 12 else hour:02d}{value[2:]}"


def keys_said(fact: Fact) -> Iterator[str]:
    """All that a fact of the sources says."""
    value = fact.value
    yield f"{fact.kind} {value}"
    for number in NUMBER.findall(value):
        yield f"bare {plain(Decimal(number))}"
    for number in NUMBER.findall(fact.text.replace(",", "")):
        yield f"bare {plain(Decimal(number))}"
    if fact.kind == "date":
        for part in _date_parts(value):
            yield f"date {part}"
        if value.startswith("---"):
            yield f"count {int(value[3:])} 일"  # 처리기간 14일: whether a day or a number of days, nobody says
    elif fact.kind == "time":
        for part in _time_parts(value):
            yield f"time {part}"
    elif fact.kind == "period":
        yield from _period_keys(value)
    elif fact.kind in ("amount", "count", "percent"):
        yield from _quantity_keys(fact.kind, value)
    elif fact.kind == "article":
        steps = _STEP.findall(value)
        for begin in range(len(steps)):
            for end in range(begin + 1, len(steps) + 1):
                yield "article " + "".join(steps[begin:end])


def _period_keys(value: str) -> Iterator[str]:
    first, second = value.split("/")
    kind, parts = ("time", _time_parts) if ":" in first else ("date", _date_parts)
    for half in (first, second):
        for part in parts(half):
            yield f"{kind} {part}"
    for one in parts(first):
        for other in parts(second):
            yield f"period {one}/{other}"


def _quantity_keys(kind: str, value: str) -> Iterator[str]:
    number, _, unit = value.partition(" ")
    bare_unit, _, noun = unit.partition(" ")
    for part in (number, *number.split("~")):
        yield f"{kind} {part} {unit}"
        if unit == "일" and part.isdigit() and 1 <= int(part) <= 31:
            yield f"date ---{int(part):02d}"
        if noun:
            yield f"count {part} {bare_unit}"
        elif bare_unit == "개":
            yield f"any {part} 개"  # what is counted is unsaid or no listed noun


def keys_of(fact: Fact) -> Iterator[str]:
    """The keys of which one must be said for the fact to be supported."""
    if fact.kind == "number" and is_number(fact.value):
        yield f"bare {fact.value}"
        return
    yield f"{fact.kind} {fact.value}"
    if fact.kind in ("amount", "count", "percent"):
        number, _, unit = fact.value.partition(" ")
        if unit.startswith("개 "):
            yield f"any {number} 개"
        yield f"plain {number}"
    elif fact.kind == "date" and len(fact.value) == 4:
        yield f"plain {fact.value}"
