"""Tables and lines that must add up: totals of columns and rows, funds in brackets, unit price times number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from biseo.text.numerals import from_mixed

_TOTAL = re.compile(r"(?:총\s*)?합\s*계|총\s*계|계|총\s*액|총사업비")
_PART_TOTAL = re.compile(r"소\s*계|누\s*계|잔\s*액|증\s*감|평\s*균")
_NOT_ADDED = re.compile(
    r"비율|비중|평균|단가|증감|증가율|율\b|률|%|％|연번|번호|순번|연도|년도|기간|전화|지표|목표|단위당|누계|최대|최소|잔액"
)
_MONEY_HEAD = re.compile(
    r"예산|금액|사업비|투자|재원|국비|도비|시비|군비|구비|지방비|자부담|원\)|원$|소요액|배정액|집행액|보조금"
)
_NUMBER = re.compile(r"(?:금|₩|￦)?\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:원|천원|백만원|명|개|건|대|회|식)?")
_EMPTY = frozenset({"", "-", "–", "—", "·", "0"})


@dataclass(frozen=True)
class WrongSum:
    """A total that is not what its parts make: which cell, what it says, what the parts add up to."""

    row: int
    column: int
    said: Decimal
    right: Decimal
    money: bool


@dataclass(frozen=True)
class WrongLine:
    """A figure of a line of text that its own parts contradict."""

    start: int
    end: int
    right: str


def wrong_sums(rows: Sequence[Sequence[str]]) -> Iterator[WrongSum]:
    """Totals of plain tables that do not add up; a table with merged cells or part totals is left alone."""
    if len(rows) < 4 or len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
        return
    labels = [row[0].strip() for row in rows]
    totals = [index for index, label in enumerate(labels) if _TOTAL.fullmatch(label)]
    if len(totals) != 1 or any(_PART_TOTAL.search(cell) for row in rows for cell in row):
        return
    total = totals[0]
    if total not in (1, len(rows) - 1):
        return
    body = [index for index in range(1, len(rows)) if index != total]
    for column in range(1, len(rows[0])):
        head = rows[0][column].strip()
        said = _value(rows[total][column])
        if said is None or not head or _NOT_ADDED.search(head):
            continue
        parts = [_value(rows[index][column]) for index in body]
        written = [rows[index][column].strip() for index in body]
        if any(part is None and text not in _EMPTY for part, text in zip(parts, written, strict=True)):
            continue
        if sum(part is not None for part in parts) < 2:
            continue
        right = sum((part for part in parts if part is not None), Decimal(0))
        if right != said:
            caption = " ".join((*rows[0], labels[total]))
            yield WrongSum(total, column, said, right, bool(_MONEY_HEAD.search(caption)))


def _value(cell: str) -> Decimal | None:
    match = _NUMBER.fullmatch(cell.strip())
    return Decimal(match[1].replace(",", "")) if match else None


_AMOUNT = (
    r"[0-9][0-9,]*(?:\.[0-9]+)?[ ]?(?:조|천억|백억|십억|억|천만|백만|십만|만|천)?"
    r"(?:[ ]?[0-9][0-9,]*[ ]?(?:천만|백만|만|천))?"
)
_FUNDS = re.compile(
    rf"(?:총\s*사업비|사업비|소요\s*예산|총\s*예산|예산액?|총액)[ ]*:?[ ]*(?:금|총)?[ ]*(?P<total>{_AMOUNT})[ ]?원?[ ]*"
    r"\((?P<parts>[^()\n]{4,120})\)"
)
_FUND = re.compile(
    rf"(?:국비|도비|시비|군비|구비|민자|자부담|기금|교부세|지방비|민간)[ ]*:?[ ]*(?P<n>{_AMOUNT})[ ]?원?"
)
_PRODUCT = re.compile(
    r"(?P<price>[0-9][0-9,]*)[ ]?원[ ]*(?P<rest>(?:[×xX*✕][ ]*[0-9][0-9,]*[ ]?(?!원)[가-힣]{0,3}[ ]*){1,4})=[ ]*"
    r"(?P<said>[0-9][0-9,]*)[ ]?(?P<unit>천|만|백만)?[ ]?원"
)
_UNITS = {"": 1, "천": 1000, "만": 10**4, "백만": 10**6}


def wrong_lines(text: str) -> Iterator[WrongLine]:
    """Funds in brackets that are not the total (국비 …, 시비 …), and products that are not what they multiply."""
    for match in _FUNDS.finditer(text):
        parts = [part["n"] for part in _FUND.finditer(match["parts"])]
        names = match["parts"]
        if len(parts) < 2 or ("지방비" in names and ("도비" in names or "시비" in names)) or "%" in names:
            continue
        total = _amount(match["total"], "")
        unit = re.sub(r"[0-9,. ]", "", match["total"])
        # 1,000백만원(국비 500, 시비 500): what has no unit of its own has that of the total.
        values = [_amount(part, unit) for part in parts]
        if total is None or any(value is None for value in values):
            continue
        right = sum((value for value in values if value is not None), Decimal(0))
        own = sum((_amount(part, "") or Decimal(0) for part in parts), Decimal(0))
        if total not in (right, own):
            yield WrongLine(match.start("total"), match.end("total"), "")
    for match in _PRODUCT.finditer(text):
        right = Decimal(match["price"].replace(",", ""))
        for number in re.findall(r"[0-9][0-9,]*", match["rest"]):
            right *= int(number.replace(",", ""))
        scale = _UNITS[match["unit"] or ""]
        said = int(match["said"].replace(",", "")) * scale
        if abs(right - said) >= scale:
            fits = right % scale == 0
            yield WrongLine(match.start("said"), match.end("said"), f"{int(right) // scale:,}" if fits else "")


def _amount(words: str, unit: str) -> Decimal | None:
    bare = words.strip().replace(" ", "")
    number = bare.replace(",", "")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", number):
        scale = from_mixed("1" + unit) if unit else Decimal(1)
        return Decimal(number) * (scale or 1)
    return from_mixed(bare)
