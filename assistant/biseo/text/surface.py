"""The digit strings that a guarded decoder may write, made from facts.

The decoder's grammar is `piece ::= nondigit | literal`, so a literal holds digits and inner separators only, never a
unit: `2023년 11월 7일` gives 2023, 11, 7 and `2023-11-07`; `1억4100만원` gives 1, 4100, `4,100`, `141,000,000`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from biseo.text.characters import fold_width
from biseo.text.dates import PartialDate, date_from_value
from biseo.text.facts import Fact, find_facts
from biseo.text.numerals import format_mixed

_RUN = re.compile(r"[0-9]+(?:[.,:/~-][0-9]+)*")
_DIGITS = re.compile(r"[0-9]+")


def number_literals(source: str | Iterable[Fact]) -> frozenset[str]:
    """All literals for the facts, or for every fact of a text (also those inside quotations).

    Each is digits with single inner separators out of `. , : / ~ -`. What the facts' own text holds is always among
    them, so the source can be repeated word by word.
    """
    facts = find_facts(source, quotations=False) if isinstance(source, str) else source
    literals: set[str] = set()
    for fact in facts:
        text = fold_width(fact.text)
        if fact.kind == "quotation":
            literals |= number_literals(fact.text[1:-1])
            continue
        literals.update(_RUN.findall(text))
        literals.update(_DIGITS.findall(text) if fact.kind in ("date", "time", "period", "article", "phone") else ())
        literals.update(_surfaces(fact))
    return frozenset(literals)


def _surfaces(fact: Fact) -> set[str]:
    if fact.kind == "date":
        return _date_surfaces(fact.value)
    if fact.kind == "time":
        return _time_surfaces(fact.value)
    if fact.kind == "period":
        surfaces: set[str] = set()
        for half in fact.value.split("/"):
            surfaces |= _time_surfaces(half) if ":" in half else _date_surfaces(half)
        return surfaces
    if fact.kind in ("amount", "count", "percent"):
        number = fact.value.split(" ")[0]
        surfaces = set()
        for part in number.split("~"):
            surfaces |= _number_surfaces(part)
        if "~" in number:
            surfaces.add(number)
        return surfaces
    if fact.kind == "number" and fact.value.replace(".", "", 1).isdigit():
        return _number_surfaces(fact.value)
    if fact.kind == "phone":
        return _phone_surfaces(fact.value)
    return set()


def _date_surfaces(value: str) -> set[str]:
    date = date_from_value(value)
    if date is None:
        return set()
    surfaces = {str(part) for part in (date.year, date.month, date.day) if part is not None}
    if date.year is not None and date.month is not None and date.day is not None:
        surfaces |= {
            f"{date.year}-{date.month:02d}-{date.day:02d}",
            f"{date.year}.{date.month}.{date.day}",
        }
    return surfaces | _month_and_day(date)


def _month_and_day(date: PartialDate) -> set[str]:
    if date.month is None or date.day is None:
        return set()
    return {f"{date.month}.{date.day}", f"{date.month}/{date.day}"}


def _time_surfaces(value: str) -> set[str]:
    hour, minute = value.lstrip("?").split(":")
    surfaces = {str(int(hour)), f"{hour}:{minute}"}
    if minute != "00":
        surfaces |= {minute, str(int(minute))}
    if not value.startswith("?") and int(hour) > 12:
        surfaces.add(str(int(hour) - 12))  # 15:00 is 오후 3시
    return surfaces


def _number_surfaces(number: str) -> set[str]:
    surfaces = {number}
    whole, _, fraction = number.partition(".")
    if not whole.isdigit() or len(whole) > 20:
        return surfaces
    surfaces.add(f"{int(whole):,}" + (f".{fraction}" if fraction else ""))
    if not fraction and int(whole) >= 10_000:
        mixed = _RUN.findall(format_mixed(int(whole)))
        surfaces.update(mixed)
        surfaces.update(part.replace(",", "") for part in mixed)
    return surfaces


def _phone_surfaces(digits: str) -> set[str]:
    if len(digits) == 8:
        return {f"{digits[:4]}-{digits[4:]}"}
    area = 2 if digits.startswith("02") else 4 if digits.startswith("050") else 3
    if len(digits) < area + 7:
        return {digits}
    return {f"{digits[:area]}-{digits[area:-4]}-{digits[-4:]}"}
