"""Numbers that the state gives a person or a business, most of them with a check digit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from biseo.checks.privacy.kinds import Kind, PersonalData
from biseo.checks.privacy.reading import Reading

GAP = r"[ \t]{0,3}(?:[-.·/*~][ \t]{0,3})?\n?[ \t]{0,3}"
"""What may stand between the groups of one number: spaces, a hyphen or dot, the border of a cell, a line's end."""
_ANY = r"[ \t]{0,2}"

_RESIDENT = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][-.,])(?P<birth>[0-9](?:{_ANY}[0-9]){{5}})(?P<gap>{GAP})"
    rf"(?P<rest>[1-8](?:{_ANY}[0-9]){{6}})(?![0-9])(?!-[0-9])"
)
_RESIDENT_LABEL = re.compile(r"주민|외국인[ ]?등록|등록[ ]?번호|거소|주[ ]?번|(?i:rrn)")
_NOT_RESIDENT = re.compile(
    r"법[ ]?인(?:등록)?[ ]?(?:번호)?|바코드|GTIN|EAN|ISBN|상품|품목|모델|운송장|송장|입찰|물품|자산"
    r"|(?:접수|관리|고유|공고|문서|식별)[ ]?번호"
)
_PASSPORT = re.compile(
    rf"(?<![0-9A-Za-z])[MSRGDTOPmsrgdto](?:{_ANY}-?[0-9]{{8}}|[0-9]{{3}}{_ANY}[A-Za-z]{_ANY}[0-9]{{4}})(?![0-9A-Za-z])"
)
_PASSPORT_NEW = re.compile(r"[MSRDOG][0-9]{3}[A-Z][0-9]{4}")
_PASSPORT_LABEL = re.compile(r"여[ ]?권|(?i:passport)")
_LICENSE_REGIONS = "서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산"
_LICENSE = re.compile(
    rf"(?<![0-9가-힣A-Za-z])(?<![0-9]-)(?:(?P<code>[0-9]{{2}}){GAP}|(?P<region>{_LICENSE_REGIONS}){GAP})"
    rf"[0-9]{{2}}(?P<gap>{GAP})[0-9]{{6}}{GAP}[0-9]{{2}}(?![0-9])(?!-[0-9])"
)
_BANK = re.compile(r"계좌|은행|코드|품번|관리")
_LICENSE_LABEL = re.compile(r"면[ ]?허")
_BUSINESS = re.compile(rf"(?<![0-9])(?<![0-9]-)[0-9]{{3}}(?P<gap>{GAP})[0-9]{{2}}{GAP}[0-9]{{5}}(?![0-9])(?!-[0-9])")
_BUSINESS_LABEL = re.compile(r"사[ ]?업[ ]?자|등록[ ]?번호")
_HEALTH = re.compile(rf"(?<![0-9-])[1-9]{GAP}[0-9]{{10}}(?![0-9-])|(?<![0-9-])[0-9]{{11}}(?![0-9-])")
_HEALTH_LABEL = re.compile(r"건강[ ]?보험|보험[ ]?증|의료[ ]?급여|건보|증[ ]?번호")
_MILITARY = re.compile(r"(?<![0-9-])[0-9]{2}-[0-9]{5,8}(?![0-9-])")
_CUSTOMS = re.compile(r"(?<![0-9A-Za-z])[Pp][ -]?[0-9]{12}(?![0-9A-Za-z])")
_LABEL_NEAR = 24
_RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def digits_of(text: str) -> str:
    """Its digits alone."""
    return "".join(char for char in text if char.isdigit())


def resident_check(digits: str) -> bool:
    """Whether the check digit of a resident or foreigner number holds (not for numbers issued since October 2020)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=False)
    )
    check = (11 - total % 11) % 10
    if digits[6] in "5678":
        check = (check + 2) % 10
    return check == int(digits[12])


def business_check(digits: str) -> bool:
    """Whether the check digit of a business number holds."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], _BUSINESS_WEIGHTS, strict=True))
    return (10 - (total + int(digits[8]) * 5 // 10) % 10) % 10 == int(digits[9])


def is_birth(digits: str, century: str) -> bool:
    """Whether six digits are a date of the century that the seventh digit of a resident number names, not to come."""
    year = (1900 if century in "1256" else 2000) + int(digits[:2])
    try:
        born = datetime.date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return born <= datetime.date.today()


def find_identity(reading: Reading) -> Iterator[PersonalData]:
    """Resident, foreigner, passport, driver's, business, insurance and military numbers, customs codes."""
    yield from _residents(reading)
    yield from _passports(reading)
    yield from _licenses(reading)
    yield from _businesses(reading)
    yield from _labelled(reading, _HEALTH, _HEALTH_LABEL, "health_insurance")
    yield from _labelled(reading, _MILITARY, re.compile(r"군[ ]?번(?![째])"), "military_number")
    for match in reading.numbers(_CUSTOMS):
        yield PersonalData("customs_code", match.start(), match.end())


def _labelled(reading: Reading, pattern: re.Pattern[str], label: re.Pattern[str], kind: Kind) -> Iterator[PersonalData]:
    for match in reading.numbers(pattern):
        if label.search(reading.label(match.start(), _LABEL_NEAR)):
            yield PersonalData(kind, match.start(), match.end())


def _residents(reading: Reading) -> Iterator[PersonalData]:
    for match in reading.numbers(_RESIDENT):
        digits = digits_of(match[0])
        if not is_birth(digits[:6], digits[6]):
            continue
        label = reading.label(match.start(), _LABEL_NEAR)
        named = [found.end() for found in _RESIDENT_LABEL.finditer(label)]
        other = [found.end() for found in _NOT_RESIDENT.finditer(label)]
        if other and (not named or max(other) >= max(named)):
            continue
        plain = re.fullmatch(r"[0-9]{6}-?[0-9]{7}", match[0]) is not None
        certain = bool(named) or resident_check(digits)
        if not certain and not plain and not re.fullmatch(r"[0-9]{6}[ \t\n]{0,2}-[ \t\n]{0,2}[0-9]{7}", match[0]):
            continue
        kind: Kind = "foreigner_number" if digits[6] in "5678" else "resident_number"
        yield PersonalData(kind, match.start(), match.end())


def _passports(reading: Reading) -> Iterator[PersonalData]:
    for match in reading.numbers(_PASSPORT):
        near = reading.label(match.start(), 60) + reading.after(match.end())
        if _PASSPORT_NEW.fullmatch(match[0]) or _PASSPORT_LABEL.search(near):
            yield PersonalData("passport", match.start(), match.end())


def _licenses(reading: Reading) -> Iterator[PersonalData]:
    for match in reading.numbers(_LICENSE):
        named = _LICENSE_LABEL.search(reading.label(match.start(), 60)) is not None
        known = match["region"] is not None or 11 <= int(match["code"]) <= 28
        written = match[0].count("-") >= 2 and "\n" not in match[0]
        if named or (written and known and not _BANK.search(reading.label(match.start()))):
            yield PersonalData("driver_license", match.start(), match.end())


def _businesses(reading: Reading) -> Iterator[PersonalData]:
    for match in reading.numbers(_BUSINESS):
        if not business_check(digits_of(match[0])):
            continue
        named = _BUSINESS_LABEL.search(reading.label(match.start()))
        if named or match[0].count("-") == 2:
            yield PersonalData("business_number", match.start(), match.end())
