"""Dates of birth: named so, in a column named so, or followed by 생."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.reading import Reading

_DATE = re.compile(
    r"(?<![0-9])'?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?:년[ ]?|[ ]?[.\-/][ ]?)(?:0?[1-9]|1[0-2])(?:월[ ]?|[ ]?[.\-/][ ]?)"
    r"(?:0?[1-9]|[12][0-9]|3[01])(?:일|\.)?(?![0-9])"
    r"|(?<![0-9-])(?:(?:19|20)[0-9]{2}|[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9-])"
)
_LABEL = re.compile(r"(?:생[ ]?년[ ]?월[ ]?일|생일|출생일?자?|생[ ]?년)(?:\([양음]력\))?[은이]?[ \t:()]{0,6}$")
_COLUMN = re.compile(r"생[ ]?년[ ]?월[ ]?일|생일|출생일")
_BORN = re.compile(r"[ ]?(?:생(?![가-힣])|생(?:으로|이|인|의)|(?:에[ ]?)?[ ]?출생(?!아|신고)|에[ ]?태어)")


def find_births(reading: Reading) -> Iterator[PersonalData]:
    """Whole dates only: a year alone (1985년생) tells little."""
    for match in _DATE.finditer(reading.text):
        label = reading.label(match.start(), 20)
        if (
            _LABEL.search(label)
            or _COLUMN.search(reading.head(match.start()))
            or _BORN.match(reading.after(match.end()))
        ):
            yield PersonalData("birth_date", match.start(), match.end())


def dates(reading: Reading) -> Iterator[tuple[str, PersonalData]]:
    """Every date with its year (two digits), month and day as the key."""
    for match in _DATE.finditer(reading.text):
        digits = re.findall(r"[0-9]+", match[0])
        if len(digits) == 1:
            digits = [digits[0][:-4], digits[0][-4:-2], digits[0][-2:]]
        year, month, day = digits
        yield f"{year[-2:]}{int(month):02d}{int(day):02d}", PersonalData("birth_date", match.start(), match.end())
