"""How amounts and dates are written in the form."""

from __future__ import annotations

import re
from datetime import date

WEEKDAYS = "월화수목금토일"
_DIGITS = re.compile(r"\d[\d,]*")


def grouped(words: str) -> str:
    """`1200000` as `1,200,000`; words that are more than one number stay as they are."""
    bare = words.strip().removesuffix("원").strip()
    if not re.fullmatch(_DIGITS, bare):
        return words.strip()
    return f"{int(bare.replace(',', '')):,}"


def official_date(day: date) -> str:
    """`2026. 3. 5.(목)`, as official documents write it."""
    return f"{day.year}. {day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"


def find_date(words: str) -> date | None:
    """The first day named in the words, in the usual notations."""
    found = re.search(r"(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})", words)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
