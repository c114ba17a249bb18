"""What can be reckoned from the sources: sums, differences, shares, growth, lengths of periods, numbers of items."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from typing import Literal

from biseo.checks.facts.quantities import Quantity, cell_quantity, key, quantity_of
from biseo.checks.facts.source import SourceTable
from biseo.document import Passage
from biseo.text.dates import date_from_value
from biseo.text.facts import Fact
from biseo.text.numerals import plain
from biseo.text.particles import attach

Sort = Literal["sum", "difference", "share", "growth", "ratio", "average", "length", "items"]

_MOST_IN_SENTENCE = 6
_MOST_COLUMNS = 8
_REMEMBERED = 8
"""Ways remembered in which one value comes about."""
_TOTAL = re.compile(r"(?:총\s*)?합\s*계|총\s*계|소\s*계|누\s*계|계|총\s*액|총사업비|평\s*균")
_MARKS = re.compile("[△▲▷▶◇◆■□○●•]")
_HEAD_NOT_ADDED = re.compile(r"연번|번호|순번|연도|년도|비율|비중|율$|%|단가|평균")


@dataclass(frozen=True)
class Reckoned:
    """A value that the sources do not say but make: `words` is the reckoning in Korean, `place` the passage."""

    sort: Sort
    words: str
    place: int
    table: bool = False


class SourceSums:
    """Values that come about from what the sources say. Building is linear in the facts, a look-up bounded."""

    def __init__(
        self, passages: Sequence[Passage], facts: Mapping[int, Sequence[Fact]], tables: Sequence[SourceTable]
    ) -> None:
        self._made: dict[str, list[Reckoned]] = {}
        self._by_unit: dict[str, list[tuple[Decimal, str, int]]] = {}
        self._last = len(passages) - 1
        in_tables = {table.place + row for table in tables for row in range(len(table.rows))}
        for place, found in facts.items():
            quantities = [quantity for fact in found if (quantity := quantity_of(fact)) is not None]
            for quantity in quantities:
                self._by_unit.setdefault(quantity.unit, []).append((quantity.value, quantity.text, place))
            if place not in in_tables:
                self._sentence(place, quantities)
            for fact in found:
                for made, unit, words in lengths(fact):
                    self._add(Decimal(made), unit, Reckoned("length", words, place))
        for table in tables:
            self._table(table)
        for place, passage in enumerate(passages):
            marks = len(_MARKS.findall(passage.text))
            if marks >= 2:
                self._add(Decimal(marks), "건", Reckoned("items", f"자료에 늘어놓은 항목 {marks}개", place))
        for known in self._by_unit.values():
            known.sort(key=lambda entry: entry[0])

    def made(self, value: Decimal, unit: str) -> Sequence[Reckoned]:
        """The ways in which the sources make this value."""
        return self._made.get(key(value, unit), ())

    def between(self, low: Decimal, high: Decimal, unit: str) -> list[tuple[Decimal, str, int]]:
        """Up to four quantities of a unit from `low` to `high`: value, text and passage."""
        known = self._by_unit.get(unit, [])
        first = bisect_left(known, low, key=lambda entry: entry[0])
        last = bisect_right(known, high, key=lambda entry: entry[0])
        return known[first : min(last, first + 4)]

    def _add(self, value: Decimal, unit: str, reckoned: Reckoned) -> None:
        if reckoned.place > self._last:
            return
        ways = self._made.setdefault(key(value, unit), [])
        if len(ways) < _REMEMBERED and reckoned not in ways:
            ways.append(reckoned)

    def _sentence(self, place: int, quantities: Sequence[Quantity]) -> None:
        by_unit: dict[str, list[Quantity]] = {}
        for quantity in quantities:
            by_unit.setdefault(quantity.unit, []).append(quantity)
        for unit, same in by_unit.items():
            if 2 <= len(same) <= _MOST_IN_SENTENCE:
                for value, made_unit, sort, words in pairs_of(same, unit):
                    self._add(value, made_unit, Reckoned(sort, words, place))

    def _table(self, table: SourceTable) -> None:
        rows = table.rows
        if len(rows) < 2:
            return
        heads = rows[0]
        body = [
            number for number in range(1, len(rows)) if not any(_TOTAL.fullmatch(cell.strip()) for cell in rows[number])
        ]
        if len(body) >= 2:
            self._add(Decimal(len(body)), "건", Reckoned("items", f"표의 행 {len(body)}개", table.place, True))
        width = min(max(len(row) for row in rows), _MOST_COLUMNS)
        cells: dict[tuple[int, int], Quantity] = {}
        for column in range(width):
            head = heads[column] if column < len(heads) else ""
            for number in body:
                row = rows[number]
                quantity = cell_quantity(row[column], head, table.unit) if column < len(row) else None
                if quantity is not None:
                    cells[number, column] = quantity
            self._column(table, head, [cells[number, column] for number in body if (number, column) in cells])
        for number in body:
            own = [cells[number, column] for column in range(width) if (number, column) in cells]
            for first, second in pairwise(own):
                if first.unit == second.unit:
                    for value, unit, sort, words in pairs_of([first, second], first.unit):
                        self._add(value, unit, Reckoned(sort, words, table.place + number, True))

    def _column(self, table: SourceTable, head: str, quantities: Sequence[Quantity]) -> None:
        if len(quantities) < 2 or len({quantity.unit for quantity in quantities}) > 1:
            return
        if _HEAD_NOT_ADDED.search(head.strip()):
            return
        unit, total = quantities[0].unit, sum((quantity.value for quantity in quantities), Decimal(0))
        name = head.strip() or "표"
        words = f"표 '{name}' 칸 {len(quantities)}개의 합"
        self._add(total, unit, Reckoned("sum", words, table.place, True))
        average = total / len(quantities)
        for places in (0, 1, 2):
            self._add(rounded(average, places), unit, Reckoned("average", f"표 '{name}' 칸의 평균", table.place, True))
        if total <= 0 or len(quantities) > 200:
            return
        for quantity in quantities:
            for places in (0, 1, 2):
                share = rounded(quantity.value * 100 / total, places)
                words = f"{quantity.text} ÷ '{name}' 칸의 합 {plain(total)}{unit} = {plain(share)}%"
                self._add(share, "%", Reckoned("share", words, table.place, True))


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up to so many decimals."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def pairs_of(same: Sequence[Quantity], unit: str) -> Iterator[tuple[Decimal, str, Sort, str]]:
    """What quantities of one unit make: their sum, and of each two the difference, the share, the growth, the ratio."""
    if unit not in ("%", "%p"):
        total = sum((quantity.value for quantity in same), Decimal(0))
        yield total, unit, "sum", " + ".join(quantity.text for quantity in same)
        for part in same if total > 0 else ():
            for places in (0, 1, 2):
                share = rounded(part.value * 100 / total, places)
                yield share, "%", "share", f"{part.text} ÷ {plain(total)}{unit} = {plain(share)}%"
        if len(same) > 2:  # 총 50명(남 20명, 여 30명): the first may be the total already
            yield total - same[0].value, unit, "sum", " + ".join(quantity.text for quantity in same[1:])
    for first, second in combinations(same, 2):
        small, large = sorted((first, second), key=lambda quantity: quantity.value)
        if small.value == large.value:
            continue
        yield large.value - small.value, "%p" if unit == "%" else unit, "difference", f"{large.text} - {small.text}"
        if unit in ("%", "%p") or small.value <= 0:
            continue
        for places in (0, 1, 2):
            share = rounded(small.value * 100 / large.value, places)
            yield share, "%", "share", f"{small.text} ÷ {large.text} = {plain(share)}%"
            growth = rounded(abs(second.value - first.value) * 100 / first.value, places)
            yield growth, "%", "growth", f"{first.text}에서 {attach(second.text, '으로')} {plain(growth)}%"
        for places in (0, 1):
            ratio = rounded(large.value / small.value, places)
            if ratio >= Decimal("1.5"):
                yield ratio, "배", "ratio", f"{large.text} ÷ {small.text} = {plain(ratio)}배"


def lengths(fact: Fact) -> Iterator[tuple[int, str, str]]:
    """How long a period is: number, unit and the reckoning."""
    if fact.kind != "period":
        return
    first, second = fact.value.split("/")
    if ":" in first:
        if first.startswith("?") or second.startswith("?"):
            return
        minutes = _minutes(second) - _minutes(first)
        if minutes > 0 and minutes % 60 == 0:
            yield minutes // 60, "시간", f"{fact.text}의 시간"
        if minutes > 0:
            yield minutes, "분", f"{fact.text}의 시간"
        return
    begin, end = date_from_value(first), date_from_value(second)
    if begin is None or end is None:
        return
    days = _days(first, second)
    if days is not None and days > 0:
        words = f"{fact.text}, 첫날과 끝날을 넣은 날수"
        yield days, "일", words
        yield days - 1, "박", f"{fact.text}의 밤"
        if days % 7 == 0:
            yield days // 7, "주", words
    if begin.month is not None and end.month is not None:
        years = (end.year or 0) - (begin.year or 0)
        months = years * 12 + end.month - begin.month + 1
        if months > 0 and (begin.day is None or begin.day == 1 or (end.day is not None and end.day >= begin.day - 1)):
            yield months, "개월", f"{fact.text}의 달수"
            if begin.day is not None and end.day == begin.day:
                yield months - 1, "개월", f"{fact.text}의 달수"
    if begin.year is not None and end.year is not None and end.year >= begin.year:
        yield end.year - begin.year + 1, "년", f"{fact.text}, 첫해와 끝해를 넣은 햇수"


def _minutes(value: str) -> int:
    return int(value[:2]) * 60 + int(value[3:])


def _days(first: str, second: str) -> int | None:
    from datetime import date

    if first.startswith("---"):
        return int(second[3:]) - int(first[3:]) + 1
    if first.startswith("--"):
        first, second = f"2023{first[1:]}", f"2023{second[1:]}"  # a common year: 29 February is not counted on
    try:
        return (date.fromisoformat(second) - date.fromisoformat(first)).days + 1
    except ValueError:
        return None
