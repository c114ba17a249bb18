"""Weekdays of dates whose year the text leaves out but the sources say: 3월 5일(금) where they have 2026. 3. 5."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from biseo.checks.facts.base import FactBase
from biseo.document import Finding
from biseo.text.characters import fold_width
from biseo.text.dates import WEEKDAYS, weekday_of

_DAY = re.compile(
    r"(?<![0-9년])(?<!년 )(?:(?P<m>1[0-2]|0?[1-9])월[ ]{0,2}(?P<d>3[01]|[12][0-9]|0?[1-9])일"
    r"|(?<!\.)(?<!\. )(?P<mn>1[0-2]|0?[1-9])\.[ ]?(?P<dn>3[01]|[12][0-9]|0?[1-9])\.?)"
    rf"(?:[ ]?\((?P<w>[{WEEKDAYS}])(?:요일)?\)|[ ]{{0,2}}(?P<w2>[{WEEKDAYS}])요일)"
)


def wrong_weekdays(text: str, base: FactBase, section: str = "") -> Iterator[Finding]:
    """DATE_WEEKDAY where the sources say this day with one year only, and its weekday is another one."""
    folded = fold_width(text)
    for match in _DAY.finditer(folded):
        month, day = int(match["m"] or match["mn"]), int(match["d"] or match["dn"])
        years = base.years_of(month, day)
        if len(years) != 1:
            continue
        try:
            right = weekday_of(datetime.date(next(iter(years)), month, day))
        except ValueError:
            continue
        said = match["w"] or match["w2"]
        if right == said:
            continue
        group = "w" if match["w"] else "w2"
        begin, end = match.span()
        suggestion = text[begin : match.start(group)] + right + text[match.end(group) : end]
        year = next(iter(years))
        message = f"자료의 {year}. {month}. {day}.은 {right}요일입니다. 날짜나 요일을 확인해 주세요."
        yield Finding("DATE_WEEKDAY", "error", begin, end, text[begin:end], message, suggestion, section=section)
