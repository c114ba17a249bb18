"""Facts that can be reckoned with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from biseo.text.facts import Fact, find_facts
from biseo.text.numerals import from_mixed, plain
from biseo.text.units import UNITS

_IN_HEAD = re.compile(r"\(([^()]{1,8})\)[ ]*$")
_MONEY = re.compile(r"((?:십|백|천|만|십만|백만|천만|억|십억|백억|조)?)원")
_CELL = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit (`원`, `명`, `개 부서`, `%`); `text` as written."""

    value: Decimal
    unit: str
    text: str


def quantity_of(fact: Fact) -> Quantity | None:
    """The quantity of an amount, count or percentage; None for a range and for other facts."""
    if fact.kind not in ("amount", "count", "percent"):
        return None
    number, _, unit = fact.value.partition(" ")
    if "~" in number:
        return None
    return Quantity(Decimal(number), unit, fact.text)


def cell_quantity(cell: str, head: str, declared: str) -> Quantity | None:
    """The quantity that a cell of a table holds and nothing else; its unit may stand in the head or above the table."""
    bare = cell.strip()
    if not bare or len(bare) > 40 or not any(char.isdigit() for char in bare):
        return None
    if _CELL.fullmatch(bare):
        number = Decimal(bare.replace(",", ""))
        in_head = _IN_HEAD.search(head.strip())
        unit = in_head[1].strip() if in_head else declared
        money = _MONEY.fullmatch(unit)
        if money is not None:
            scale = from_mixed("1" + money[1]) if money[1] else Decimal(1)
            return Quantity(number * (scale or 1), "원", f"{bare}{unit}")
        return Quantity(number, UNITS.get(unit, unit), f"{bare}{unit}")
    facts = find_facts(bare, quotations=False)
    if len(facts) == 1 and facts[0].text == bare:
        return quantity_of(facts[0])
    return None


def key(value: Decimal, unit: str) -> str:
    """What a reckoned value is looked up by."""
    return f"{plain(value)} {unit}"
