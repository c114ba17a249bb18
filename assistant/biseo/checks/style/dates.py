"""Dates: `2026. 1. 6.(화)` (영 제7조제5항), that they exist, and that the weekday is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from biseo.checks.style.narrative import tells_the_past
from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.document import Severity
from biseo.text.dates import make_date, weekday_of

_WEEKDAY = r"(?P<ws>[ ]*)\((?P<wd>[월화수목금토일])(?:요일)?\)"
_TAIL = rf"(?P<d>[0-9]{{1,2}})(?P<dot>[ ]?\.)?(?:{_WEEKDAY})?(?![0-9A-Za-z_]|\.[0-9])"
_NUMERIC = re.compile(
    r"(?<![0-9A-Za-z_./-])(?:(?P<y>(?:19|20)[0-9]{2})|(?<![가-힣])['’‘`](?P<y2>[0-9]{2}))"
    rf"\.(?P<s1>[ ]*)(?P<m>[0-9]{{1,2}})\.(?P<s2>[ ]*){_TAIL}"
)
_MONTH = re.compile(
    r"(?<![0-9A-Za-z_./-])(?P<y>(?:19|20)[0-9]{2})\.(?P<s1>[ ]*)(?P<m>[0-9]{1,2})\."
    r"(?![ ]*[0-9]|[A-Za-z])"
)
_SECOND = re.compile(rf"[ ]*~[ ]*(?P<m>[0-9]{{1,2}})\.(?P<s2>[ ]*){_TAIL}")
_BARE = re.compile(
    r"(?<![0-9A-Za-z_./:-])(?:(?P<y2>[0-9]{2})\.(?P<s1>[ ]*))?(?P<m>[0-9]{1,2})(?P<sep>[./])(?P<s2>[ ]*)"
    rf"(?P<d>[0-9]{{1,2}})(?P<dot>[ ]?\.)?{_WEEKDAY}"
)
_HYPHEN = re.compile(
    r"(?<![0-9A-Za-z_./-])(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"
    rf"(?![0-9A-Za-z_/-]|\.[0-9])\.?(?:{_WEEKDAY})?"
)
_WORDS = re.compile(
    r"(?<![0-9.])(?:(?P<y>(?:19|20)[0-9]{2})년[ ]*|(?<![가-힣])['’‘`]?(?P<y2>[0-9]{2})년[ ]*)?"
    rf"(?P<m>[0-9]{{1,2}})월[ ]*(?P<d>[0-9]{{1,2}})일(?!간|째|차|동안|장)(?:{_WEEKDAY})?"
)
# What may follow a date whose last dot is missing; a counter there would make it something else.
_AFTER = re.compile(
    r"[ ]*(?:$|[\n)\]}>~,;:/·]|[ ]|까지|부터|자(?![가-힣])|에|은|는|이|을|과|와|로|의"
    r"|일자|기준|현재|개최|이후|이전|이내|\()"
)
_VERSION = re.compile(r"(?:버전|판|[Vv]ersion|[Vv]er\.?|[Rr]elease|번호)[ :]*$|[A-Za-z)][ ]$")
_SPOKEN = re.compile(
    r"(?<![0-9.])(?:(?P<y>(?:19|20)[0-9]{2})년[ ]*(?P<m>[0-9]{1,2})월[ ]*(?P<d>[0-9]{1,2})일"
    r"|(?P<yn>(?:19|20)[0-9]{2})\.[ ]*(?P<mn>[0-9]{1,2})\.[ ]*(?P<dn>[0-9]{1,2})\.)[ ]{1,2}(?P<wd>[월화수목금토일])요일"
)
_YEAR = re.compile(r"(?<![0-9A-Za-z.,-])(?P<y>20[0-9]{2})(?:년|\.[ ]?[0-9]{1,2}\.)")
_YEARLESS = re.compile(
    r"(?<![0-9년~-])(?<!년 )(?:(?P<m>1[0-2]|0?[1-9])월[ ]*(?P<d>3[01]|[12][0-9]|0?[1-9])일"
    r"|(?<!\.)(?<!\. )(?P<mn>1[0-2]|0?[1-9])\.[ ](?P<dn>3[01]|[12][0-9]|0?[1-9])\.)"
    r"(?:[ ]*\((?P<wd>[월화수목금토일])(?:요일)?\))"
)
_EVERY = re.compile(r"(?:매년|해마다|매해)[ ]*$")
_NUMBERED = re.compile(r"(?:제|번호[ :]*|No\.?[ ]*)$")


def find_dates(page: Page) -> Iterator[Hit]:
    """DATE_ and RANGE_ findings of a page."""
    taken: list[tuple[int, int]] = []
    text = page.text
    for match in _NUMERIC.finditer(text):
        if _is_other(text, match):
            continue
        taken.append(match.span())
        year = int(match["y"] or "20" + match["y2"])
        yield from _judge(page, match, year)
        second = _SECOND.match(text, match.end())
        if second is not None and not _is_other(text, second):
            taken.append(second.span())
            yield from _judge(page, second, year, said=False)
            yield from _order(match, second, year)
    seen = sorted(taken)
    for match in _MONTH.finditer(text):
        if not 1 <= int(match["m"]) <= 12:
            continue
        right = f"{match['y']}. {int(match['m'])}."
        if match["s1"] != " ":
            yield from _lay(page, match, "DATE_SPACE", right)
        if match["m"].startswith("0"):
            yield from _lay(page, match, "DATE_ZERO", right)
    for match in _BARE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in _near(seen, match.start())):
            yield from _bare(page, match)
    for match in _HYPHEN.finditer(text):
        if make_date(int(match["y"]), int(match["m"]), int(match["d"])) is None:
            continue
        if (
            _NUMBERED.search(text[max(0, match.start() - 6) : match.start()])
            or text[match.end() : match.end() + 1] == "호"
        ):
            continue
        right = _right(match["y"], match) + _weekday(match)
        yield from _lay(page, match, "DATE_HYPHEN", right)
        yield from _calendar(page, match, int(match["y"]))
    yield from _worded(page)
    yield from _spoken(page)
    yield from _without_year(page)


def _spoken(page: Page) -> Iterator[Hit]:
    """2026년 3월 5일 금요일: the weekday in words."""
    for match in _SPOKEN.finditer(page.text):
        year, month, day = (int(match[name] or match[f"{name}n"]) for name in "ymd")
        if make_date(year, month, day) is not None and not page.history.touch(*match.span()):
            yield from _weekday_hit(page, match.start(), match.end(), year, month, day, match.start("wd"))


def _without_year(page: Page) -> Iterator[Hit]:
    """3월 5일(금) where the page says no other year: wrong when no year around it fits either."""
    years = {int(match["y"]) for match in _YEAR.finditer(page.text)}
    if len(years) != 1:
        return
    year = years.pop()
    for match in _YEARLESS.finditer(page.text):
        month, day = int(match["m"] or match["mn"]), int(match["d"] or match["dn"])
        fits = [
            weekday_of(date(near, month, day))
            for near in (year - 1, year, year + 1)
            if make_date(near, month, day) is not None
        ]
        if (
            make_date(year, month, day) is not None
            and match["wd"] not in fits
            and not page.history.touch(*match.span())
        ):
            yield from _weekday_hit(page, match.start(), match.end(), year, month, day, match.start("wd"))


def _weekday_hit(page: Page, start: int, end: int, year: int, month: int, day: int, place: int) -> Iterator[Hit]:
    weekday = weekday_of(date(year, month, day))
    if weekday == page.text[place]:
        return
    right = page.original[start:place] + weekday + page.original[place + 1 : end]
    message = f"{year}. {month}. {day}.은 {weekday}요일입니다. 날짜나 요일을 확인해 주세요."
    yield Hit("DATE_WEEKDAY", start, end, right, message=message)


def _near(seen: list[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    from bisect import bisect_right

    index = bisect_right(seen, (place, 1 << 60))
    return seen[max(0, index - 2) : index + 1]


def _is_other(text: str, match: re.Match[str]) -> bool:
    """A version, a number of something, or a blank to be filled in."""
    if int(match["m"]) == 0 or int(match["d"]) == 0:
        return True
    if match["dot"] or match["wd"]:
        return False
    if not _AFTER.match(text, match.end()):
        return True
    return not match["s2"] and bool(_VERSION.search(text[max(0, match.start() - 12) : match.start()]))


def _judge(page: Page, match: re.Match[str], year: int, *, said: bool = True) -> Iterator[Hit]:
    """Format and calendar of a date in digits; `said` when its own year stands before it."""
    start, end = (
        (match.start("y") if match["y"] else match.start("y2") - 1, match.end())
        if said
        else (match.start("m"), match.end())
    )
    month, day = int(match["m"]), int(match["d"])
    spaced = match["s2"] == " " and (not said or match["s1"] == " ")
    if make_date(year, month, day) is None:
        if (spaced or match["dot"] or match["wd"]) and not page.history.touch(start, end):
            yield Hit("DATE_INVALID", start, end)
        return
    right = (f"{year}. " if said else "") + f"{month}. {day}." + _weekday(match)
    wrong = []
    if said and not match["y"]:
        wrong.append("DATE_YEAR2")
    if not spaced:
        wrong.append("DATE_SPACE")
    if "0" in (match["m"][0], match["d"][0]):
        wrong.append("DATE_ZERO")
    if match["dot"] != ".":
        wrong.append("DATE_LASTDOT")
    if match["wd"] and match["ws"]:
        wrong.append("DATE_WDSPACE")
    for rule in wrong:
        yield from _place(page, start, end, rule, right)
    yield from _calendar(page, match, year, start)


def _bare(page: Page, match: re.Match[str]) -> Iterator[Hit]:
    """A date without its year that its weekday gives away."""
    if match["y2"] and match["sep"] == "/":
        return
    month, day = int(match["m"]), int(match["d"])
    if make_date(None, month, day) is None:
        return
    right = (f"20{match['y2']}. " if match["y2"] else "") + f"{month}. {day}." + _weekday(match)
    if match["sep"] == "/":
        yield from _lay(page, match, "DATE_HYPHEN", right)
        return
    if match["y2"]:
        yield from _lay(page, match, "DATE_YEAR2", right)
        yield from _calendar(page, match, 2000 + int(match["y2"]))
    if match["s2"] != " " or (match["y2"] and match["s1"] != " "):
        yield from _lay(page, match, "DATE_SPACE", right)
    if "0" in (match["m"][0], match["d"][0]):
        yield from _lay(page, match, "DATE_ZERO", right)
    if match["dot"] != ".":
        yield from _lay(page, match, "DATE_LASTDOT", right)
    if match["ws"]:
        yield from _lay(page, match, "DATE_WDSPACE", right)


def _worded(page: Page) -> Iterator[Hit]:
    text = page.text
    for match in _WORDS.finditer(text):
        year = int(match["y"]) if match["y"] else 2000 + int(match["y2"]) if match["y2"] else None
        if make_date(year, int(match["m"]), int(match["d"])) is None:
            if year is not None and int(match["m"]) and int(match["d"]) and not page.history.touch(*match.span()):
                yield Hit("DATE_INVALID", match.start(), match.end())
            continue
        if year is not None:
            yield from _calendar(page, match, year)
        if _EVERY.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        right = _right(str(year) if year else "", match) + _weekday(match)
        severity: Severity | None = None
        if tells_the_past(text, match.end()):
            severity = "suggestion"
        elif year is None and not match["wd"]:
            severity = "warning"
        yield from _lay(page, match, "DATE_WORDS", right, severity)
        if match["y2"]:
            yield from _lay(page, match, "DATE_YEAR2", right, severity)
        if "0" in (match["m"][0], match["d"][0]):
            yield from _lay(page, match, "DATE_ZERO", right, severity)


def _order(first: re.Match[str], second: re.Match[str], year: int) -> Iterator[Hit]:
    days = [(int(match["m"]), int(match["d"])) for match in (first, second)]
    if all(make_date(year, *day) for day in days) and days[1] < days[0]:
        yield Hit("RANGE_ORDER", first.start(), second.end())


def _calendar(page: Page, match: re.Match[str], year: int, start: int | None = None) -> Iterator[Hit]:
    """The weekday against the calendar."""
    if not match["wd"]:
        return
    month, day = int(match["m"]), int(match["d"])
    weekday = weekday_of(date(year, month, day))
    if weekday == match["wd"]:
        return
    begin = match.start() if start is None else start
    written = page.original[begin : match.start("wd")]
    behind = page.original[match.end("wd") : match.end()]
    message = f"{year}. {month}. {day}.은 {weekday}요일입니다. 날짜나 요일을 확인해 주세요."
    yield Hit("DATE_WEEKDAY", begin, match.end(), written + weekday + behind, message=message)


def _right(year: str, match: re.Match[str]) -> str:
    return (f"{year}. " if year else "") + f"{int(match['m'])}. {int(match['d'])}."


def _weekday(match: re.Match[str]) -> str:
    return f"({match['wd']})" if match["wd"] else ""


def _lay(page: Page, match: re.Match[str], rule: str, right: str, severity: Severity | None = None) -> Iterator[Hit]:
    yield from _place(page, match.start(), match.end(), rule, right, severity)


def _place(page: Page, start: int, end: int, rule: str, right: str, severity: Severity | None = None) -> Iterator[Hit]:
    if page.history.touch(start, end):
        return
    if severity is None and page.tables.touch(start, end):
        severity = "warning"  # a narrow cell may have good reasons
    yield Hit(rule, start, end, right, severity)
