"""The same value elsewhere in the text, in whatever form: what is hidden in one place must not stand in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from biseo.checks.privacy.addresses import street_addresses
from biseo.checks.privacy.births import dates
from biseo.checks.privacy.contacts import mails
from biseo.checks.privacy.identity import digits_of
from biseo.checks.privacy.kinds import Kind, PersonalData
from biseo.checks.privacy.name_words import PARTICLES
from biseo.checks.privacy.reading import Reading, is_syllable
from biseo.checks.privacy.vehicles import plates

_DIGITS: frozenset[Kind] = frozenset(
    {"resident_number", "foreigner_number", "driver_license", "mobile", "phone", "account", "card", "business_number",
     "health_insurance", "military_number"}
)  # fmt: skip
_LETTERS: frozenset[Kind] = frozenset({"passport", "customs_code"})
_CHAIN = re.compile(r"[0-9](?:[ \t]{0,3}[-.·/()~]{0,2}[ \t]{0,3}\n?[ \t]{0,3}[0-9])+")
_CODE = re.compile(r"[A-Za-z][ -]?[0-9](?:[ -]?[0-9A-Za-z]){7,13}")
_FORMS: dict[Kind, Callable[[Reading], Iterator[tuple[str, PersonalData]]]] = {
    "vehicle": plates,
    "birth_date": dates,
    "email": mails,
    "address": street_addresses,
}
_FEWEST_DIGITS = 7
_LAST_DIGITS = 8
_SPACE = " \t\n"


def find_again(reading: Reading, found: Iterable[PersonalData]) -> Iterator[PersonalData]:
    """Every other place of the values found; may overlap what was found."""
    items = list(found)
    text = reading.text
    numbers: dict[str, Kind] = {}
    names: set[str] = set()
    keys: dict[tuple[Kind, str], Kind] = {}
    for item in items:
        value = text[item.start : item.end]
        if item.kind in _DIGITS:
            digits = digits_of(value)
            numbers.setdefault(digits, item.kind)
            if item.kind == "mobile" and len(digits) >= _LAST_DIGITS + 2:
                national = "010" + digits[-_LAST_DIGITS:] if digits.startswith("82") else digits
                numbers.setdefault(national, item.kind)
                numbers.setdefault("82" + national[1:], item.kind)
                numbers.setdefault(national[3:], item.kind)
        elif item.kind == "name":
            names.add("".join(value.split()))
        elif item.kind in _LETTERS:
            keys[item.kind, re.sub(r"[^0-9A-Za-z]", "", value).upper()] = item.kind
    yield from _numbers(text, {value: kind for value, kind in numbers.items() if len(value) >= _FEWEST_DIGITS})
    yield from _names(text, names)
    if keys:
        codes = {code: kind for (kind, code) in keys}
        for match in _CODE.finditer(text):
            kind = codes.get(re.sub(r"[^0-9A-Za-z]", "", match[0]).upper())
            if kind is not None:
                yield PersonalData(kind, match.start(), match.end())
    for kind, look in _FORMS.items():
        known = {item.start for item in items if item.kind == kind}
        if known:
            spans = list(look(reading))
            values = {key for key, item in spans if not known.isdisjoint(range(item.start, item.end))}
            yield from (item for key, item in spans if key in values)


def _numbers(text: str, wanted: dict[str, Kind]) -> Iterator[PersonalData]:
    if not wanted:
        return
    lengths = sorted({len(value) for value in wanted}, reverse=True)
    for match in _CHAIN.finditer(text):
        places = [place for place in range(match.start(), match.end()) if text[place].isdigit()]
        digits = "".join(text[place] for place in places)
        begin = 0
        while begin < len(digits):
            for length in lengths:
                kind = wanted.get(digits[begin : begin + length])
                if kind is None or begin + length > len(digits):
                    continue
                start, end = places[begin], places[begin + length - 1] + 1
                if text[start - 1 : start].isdigit() or text[end : end + 1].isdigit():
                    continue  # a part of a longer number
                yield PersonalData(kind, start, end)
                begin += length - 1
                break
            begin += 1


def _names(text: str, names: set[str]) -> Iterator[PersonalData]:
    if not names:
        return
    hangul = {name for name in names if is_syllable(name[0])}
    for name in names - hangul:
        pattern = r"[ ,\t\n]{0,3}".join(map(re.escape, name))
        for match in re.finditer(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", text, re.IGNORECASE):
            yield PersonalData("name", match.start(), match.end())
    starts = {name[0] for name in hangul}
    lengths = sorted({len(name) for name in hangul}, reverse=True)
    for match in re.finditer("[" + "".join(starts) + "]", text) if starts else ():
        start = match.start()
        for length in lengths:
            end = _reach(text, start, length)
            if end and "".join(text[start:end].split()) in hangul and _alone(text, start, end, length):
                yield PersonalData("name", start, end)
                break


def _reach(text: str, start: int, length: int) -> int:
    """Where so many syllables from `start` end, at most two blanks between two of them; 0 for other characters."""
    place, blanks = start + 1, 0
    count = 1
    while count < length:
        char = text[place : place + 1]
        if char and char in _SPACE and blanks < 2:
            blanks += 1
        elif char and is_syllable(char):
            count, blanks = count + 1, 0
        else:
            return 0
        place += 1
    return place


def _alone(text: str, start: int, end: int, length: int) -> bool:
    """Whether it is the name and no part of other words: always when three syllables stand together."""
    if length >= 3 and end - start == length:
        return True
    if start and is_syllable(text[start - 1]):
        return False
    rest = re.match("[가-힣]*", text[end : end + 6])
    return rest is None or not rest[0] or rest[0].startswith(PARTICLES)
