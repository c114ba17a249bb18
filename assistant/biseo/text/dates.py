"""Dates, times and periods as Korean offices and newspapers write them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from biseo.text.characters import fold_width, is_hangul, words

WEEKDAYS = "월화수목금토일"
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class PartialDate:
    """A date of which parts may be unsaid: 2026년, 1월 6일, 6일. At least one part is there and the day exists."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def value(self) -> str:
        """Normal form: `2026-01-06`, `2026-01`, `2026`, `--01-06`, `--01`, `---06`."""
        if self.year is not None:
            text = f"{self.year:04d}"
            if self.month is not None:
                text += f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")
            return text
        if self.month is not None:
            return f"--{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")
        return f"---{self.day:02d}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The values of every date that this one says: 2023-11-07 says --11-07, ---07, 2023-11, --11 and 2023."""
        chosen: list[PartialDate] = [self]
        if self.year is not None:
            chosen.append(PartialDate(year=self.year))
            if self.month is not None:
                chosen.append(PartialDate(self.year, self.month))
        if self.month is not None:
            chosen.append(PartialDate(month=self.month))
            if self.day is not None:
                chosen.append(PartialDate(month=self.month, day=self.day))
        if self.day is not None:
            chosen.append(PartialDate(day=self.day))
        return tuple(dict.fromkeys(date.value for date in chosen))

    def filled_from(self, other: PartialDate) -> PartialDate:
        """This date with the larger parts that it leaves unsaid taken from the other one."""
        year, month = self.year, self.month
        if month is None and self.day is not None:
            month = other.month
        if year is None and month is not None:
            year = other.year
        return make_date(year, month, self.day) or self


def make_date(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    """The date, or None when there is no such day (a day of February is judged by the year when it is known)."""
    if year is not None and not 1 <= year <= 9999:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None:
        last = 31 if month is None else _DAYS[month]
        if month is not None and year is not None:
            last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            return None
    if (year is None and month is None and day is None) or (year is not None and month is None and day is not None):
        return None
    return PartialDate(year, month, day)


def date_from_value(value: str) -> PartialDate | None:
    """The date of a normal form (see `PartialDate.value`), or None."""
    match = re.fullmatch(r"(?:([0-9]{4})|--)?(?:-?([0-9]{2}))?(?:-([0-9]{2}))?", value)
    if value.startswith("---"):
        return make_date(None, None, int(value[3:])) if value[3:].isascii() and value[3:].isdigit() else None
    if match is None or not value:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return make_date(year, month, day)


def weekday_of(date: datetime.date) -> str:
    """One of 월화수목금토일."""
    return WEEKDAYS[date.weekday()]


def format_official(date: datetime.date, *, weekday: bool = True) -> str:
    """`2026. 1. 6.(화)` as 영 제7조제5항 wants it."""
    text = f"{date.year}. {date.month}. {date.day}."
    return f"{text}({weekday_of(date)})" if weekday else text


def format_narrative(date: datetime.date) -> str:
    """`2026년 1월 6일`, as a press release writes it."""
    return f"{date.year}년 {date.month}월 {date.day}일"


def format_period(first: datetime.date, last: datetime.date, *, weekday: bool = False) -> str:
    """`2026. 1. 6.~1. 9.`; the year is repeated only when it changes."""
    end = format_official(last, weekday=weekday)
    if first.year == last.year:
        end = end.split(" ", 1)[1]
    return f"{format_official(first, weekday=weekday)}~{end}"


SpanKind = Literal["date", "time", "period"]


@dataclass(frozen=True)
class DateSpan:
    """A date, a time of day or a period found in a text.

    Attributes:
        value: `PartialDate.value`; a time is `15:20`, or `?03:20` when forenoon or afternoon is unsaid; a period is two
            values with `/` between them.
        weekday: the weekday written behind a date, or "".
    """

    kind: SpanKind
    value: str
    start: int
    end: int
    weekday: str = ""


_Y = r"(?:1[89]|20|21)[0-9]{2}"
_MD = r"(?:1[0-2]|0?[1-9])(?![0-9])"
_DD = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_WD = r"(?:[ ]?\((?P<wd{0}>[월화수목금토일])(?:요일)?\))?"
_DATE = re.compile(
    "|".join(
        (
            rf"(?P<y1>{_Y}|[0-9]{{2}})년[ ]{{0,2}}(?P<m1>{_MD})월[ ]{{0,2}}(?P<d1>{_DD})일" + _WD.format(1),
            rf"(?P<y2>{_Y})\.[ ]{{0,2}}(?P<m2>{_MD})\.[ ]{{0,2}}(?P<d2>{_DD})(?!\.[0-9])\.?" + _WD.format(2),
            rf"(?P<y3>{_Y})(?P<sep3>[-/])(?P<m3>{_MD})(?P=sep3)(?P<d3>{_DD})" + _WD.format(3),
            rf"(?P<y4>{_Y}|[0-9]{{2}})년(?:도)?[ ]{{0,2}}(?P<m4>{_MD})월(?!드|세)",
            rf"(?P<y5>{_Y})\.[ ]{{0,2}}(?P<m5>{_MD})\.(?![ ]{{0,2}}[0-9])",
            rf"(?P<m6>{_MD})월[ ]{{0,2}}(?P<d6>{_DD})일" + _WD.format(6),
            rf"(?P<m7>{_MD})\.[ ](?P<d7>{_DD})\.(?![0-9])" + _WD.format(7),
            rf"(?P<m8>{_MD})[./][ ]?(?P<d8>{_DD})\.?[ ]?\((?P<wd8>[월화수목금토일])(?:요일)?\)",
            rf"(?P<y9>{_Y})년(?:도|대)?|(?P<y10>{_Y})학년도|(?P<y11>[0-9]{{2}})년도",
            rf"(?P<m12>{_MD})월(?!드|급|세)",
            rf"(?P<d13>{_DD})일" + _WD.format(13),
        )
    )
)
_SHORT_YEAR = re.compile(
    rf"(?P<y>[0-9]{{2}})(?:년(?:도)?[ ]{{0,2}}(?:(?P<m>{_MD})월(?:[ ]{{0,2}}(?P<d>{_DD})일)?)?"
    rf"|\.[ ]{{0,2}}(?P<m2>{_MD})\.?(?:[ ]{{0,2}}(?P<d2>{_DD}))?\.?)(?:[ ]?\((?P<wd>[월화수목금토일])(?:요일)?\))?"
)
# The first half leaves out what the second half says: 25~27일, 3월 25~27일, 1~3월, 2024~2026년, 14~16시.
_SHARED = re.compile(
    rf"(?:(?:(?P<y1>{_Y})년[ ]?)?(?P<m1>{_MD})월[ ]?)?(?P<a1>{_DD})[ ]?[~][ ]?(?P<b1>{_DD})일(?!간|[ ]?동안)"
    rf"|(?:(?P<y2>{_Y})년[ ]?)?(?P<a2>{_MD})[ ]?[~][ ]?(?P<b2>{_MD})월(?![ ]?[0-9])"
    rf"|(?P<a3>{_Y})(?:년|\.)?[ ]?[~-][ ]?(?P<b3>{_Y})년"
)
_DURATION_BEHIND = re.compile(
    r"[ ]?(?:간|동안|의 범위|을 초과|을 넘|이 지[나난날]|이 경과"
    r"|이내|이상|이하|미만|초과|내(?![가-힣])|째|차|씩|전(?![가-힣])|전[에까부]|후(?![가-힣])|후[에부]|치"
    r"|분(?![가-힣])|정도|만에|가량|여|[ ]?[0-9]+[회명건번]|평균|최대|권)"
)
_DURATION_BEFORE = re.compile(r"(?:약|총|최대|최소|주|평균|향후|최근|단|박|매|앞으로|무려|만|기준)[ ]?$")
_HALF_BEFORE = re.compile(r"(오전|오후|새벽|아침|저녁|낮|밤)[ ]?$")
_MINUTES = r"(?:[ ]?(?P<m2>[0-5]?[0-9])분(?!기|야)|[ ]?(?P<half>반)(?![가-힣]))?"
_TIME = re.compile(
    r"(?P<h1>[0-9]{1,2}):(?P<m1>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])"
    r"|(?P<h2>[0-9]{1,2})[ ]?시(?!간|각|군|도[^ ]|즌|리즈|[ ]?·)" + _MINUTES
)
_HOURS_SHARED = re.compile(r"(?P<a>[0-9]{1,2})[ ]?~[ ]?(?P<b>[0-9]{1,2})시(?!간)")
_HANGUL_HOURS = {word: hour for hour, word in enumerate(words("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두"), 1)}
_HANGUL_HOUR = re.compile(
    r"(?P<part>오전|오후|새벽|아침|저녁|낮|밤)[ ]?"
    r"(?P<hour>열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)[ ]?시(?!간)" + _MINUTES
)
_BARE_HOUR = re.compile(
    r"(?<![가-힣])(?:(?P<hour>열한|열두|열|다섯|여섯|일곱|여덟|아홉)[ ]?시"
    r"(?=에(?!서)|까지|부터|정각|쯤|[ ]?반(?![가-힣])|[ ]?[0-9]{1,2}분)"
    r"|(?P<few>한|두|세|네)[ ]?시(?=까지|부터|정각|쯤|[ ]?반(?![가-힣])|[ ]?[0-9]{1,2}분))" + _MINUTES
)
_BETWEEN = re.compile(r"[ ]?(?:부터|에서|~|-)[ ]?")
_SHORT_YEARS = re.compile(r"(?P<a>[0-9]{2})[ ]?~[ ]?['’‘`]?(?P<b>[0-9]{2})년")
_QUARTER = re.compile(r"(?P<y>[0-9]{2})\.[ ]?(?=[1-4][ ]?(?:분기|/4))")
_TAIL = re.compile(rf"[ ]?~[ ]?(?P<d>{_DD})(?:\.(?![ ]?[0-9])|일)(?:[ ]?\((?P<wd>[월화수목금토일])(?:요일)?\))?")


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _full_year(year: int | None) -> int | None:
    return None if year is None else year + 2000 if year < 100 else year


def read_date(text: str, position: int) -> DateSpan | None:
    """The date or period whose first digit stands at the position of a width-folded text, or None.

    `6일` counts as a date only where it is not a duration (`6일간`, `약 6일`, `6일 이내`).
    """
    shared = _SHARED.match(text, position)
    if shared is not None:
        span = _shared_period(shared)
        if span is not None:
            return span
    if position and text[position - 1] in "'’‘`":
        years = _SHORT_YEARS.match(text, position)
        if years is not None:
            return DateSpan("period", f"20{years['a']}/20{years['b']}", position - 1, years.end())
        quarter = _QUARTER.match(text, position)
        if quarter is not None:
            return DateSpan("date", f"20{quarter['y']}", position - 1, quarter.end())
        short = _SHORT_YEAR.match(text, position)
        if short is not None:
            date = make_date(2000 + int(short["y"]), _int(short["m"] or short["m2"]), _int(short["d"] or short["d2"]))
            if date is not None and (short["m2"] is None or short["d2"] is not None or short[0].endswith(".")):
                return DateSpan("date", date.value, position - 1, short.end(), short["wd"] or "")
    match = _DATE.match(text, position)
    if match is None:
        return None
    groups = {key[0]: value for key, value in match.groupdict().items() if value is not None and key[0] in "ymd"}
    date = make_date(_full_year(_int(groups.get("y"))), _int(groups.get("m")), _int(groups.get("d")))
    if date is None:
        return None
    if match["d13"] is not None and _is_duration(text, position, match.end("d13") + 1):
        return None
    weekday = next((value for key, value in match.groupdict().items() if key.startswith("wd") and value), "")
    return DateSpan("date", date.value, position, match.end(), weekday)


def _shared_period(match: re.Match[str]) -> DateSpan | None:
    if match["a1"] is not None:
        first = make_date(_int(match["y1"]), _int(match["m1"]), int(match["a1"]))
        last = make_date(_int(match["y1"]), _int(match["m1"]), int(match["b1"]))
    elif match["a2"] is not None:
        first = make_date(_int(match["y2"]), int(match["a2"]), None)
        last = make_date(_int(match["y2"]), int(match["b2"]), None)
    else:
        first, last = make_date(int(match["a3"]), None, None), make_date(int(match["b3"]), None, None)
    if first is None or last is None:
        return None
    return DateSpan("period", f"{first.value}/{last.value}", match.start(), match.end())


def _is_duration(text: str, start: int, end: int) -> bool:
    return bool(_DURATION_BEHIND.match(text, end)) or bool(_DURATION_BEFORE.search(text, max(0, start - 4), start))


def _clock(hour: int, minute: int, half: str) -> str | None:
    """`15:20`; `?03:20` when the half of the day is unsaid; None when there is no such time."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if half and hour <= 12:
        if half in ("오전", "새벽", "아침"):
            hour = 0 if hour == 12 else hour
        elif half == "낮":
            hour = hour if hour >= 10 else hour + 12
        elif half == "밤":
            hour = 24 if hour == 12 else hour + 12 if hour >= 6 else hour
        else:
            hour = 12 if hour == 12 else hour + 12
        return f"{hour:02d}:{minute:02d}"
    return f"{'' if half or hour > 12 or hour == 0 else '?'}{hour:02d}:{minute:02d}"


def read_time(text: str, position: int) -> DateSpan | None:
    """The time of day or period of hours whose first digit stands at the position of a width-folded text, or None."""
    before = _HALF_BEFORE.search(text, max(0, position - 3), position)
    half, start = (before[1], before.start()) if before else ("", position)
    shared = _HOURS_SHARED.match(text, position)
    if shared is not None:
        first, last = _clock(int(shared["a"]), 0, half), _clock(int(shared["b"]), 0, half)
        if first and last:
            return DateSpan("period", _join_times(first, last), start, shared.end())
    match = _TIME.match(text, position)
    if match is None or (match["h2"] and match["m2"] is None and is_hangul(text[position - 1 : position]) and position):
        return None  # 한빛24시 is a name
    if match["h1"] is not None:
        value = _clock(int(match["h1"]), int(match["m1"]), half)
        if value is not None and not half and len(match["h1"]) == 2:
            value = value.lstrip("?")  # 08:09 is the 24-hour notation
    else:
        value = _clock(int(match["h2"]), 30 if match["half"] else int(match["m2"] or 0), half)
    return DateSpan("time", value, start, match.end()) if value else None


def find_hangul_hours(text: str) -> tuple[DateSpan, ...]:
    """Times whose hour is spelled out (`오후 세 시 반`, `다섯 시까지`), in order."""
    spans = []
    for match in _HANGUL_HOUR.finditer(text):
        value = _clock(_HANGUL_HOURS[match["hour"]], 30 if match["half"] else int(match["m2"] or 0), match["part"])
        if value:
            spans.append(DateSpan("time", value, match.start(), match.end()))
    for match in _BARE_HOUR.finditer(text):
        if not _HALF_BEFORE.search(text, max(0, match.start() - 3), match.start()):
            hour = _HANGUL_HOURS[match["hour"] or match["few"]]
            value = _clock(hour, 30 if match["half"] else int(match["m2"] or 0), "")
            if value:
                spans.append(DateSpan("time", value, match.start(), match.end()))
    return tuple(sorted(spans, key=lambda span: span.start))


def read_tail(text: str, span: DateSpan) -> DateSpan:
    """The period when a shortened end follows the date (`2026. 1. 6.~9.`), else the date itself."""
    tail = _TAIL.match(text, span.end)
    first = date_from_value(span.value)
    if tail is None or first is None or first.day is None:
        return span
    last = PartialDate(day=int(tail["d"])).filled_from(first)
    return DateSpan("period", f"{first.value}/{last.value}", span.start, tail.end())


def join_spans(text: str, first: DateSpan, second: DateSpan) -> DateSpan | None:
    """The period when only 부터, ~ or - stands between two dates or two times, else None.

    What one half leaves unsaid (the year, the month, 오후) is taken from the other.
    """
    gap = text[first.end : second.start]
    if first.kind != second.kind or first.kind == "period" or not _BETWEEN.fullmatch(gap):
        return None
    if first.kind == "time":
        value = _join_times(first.value, second.value)
    else:
        start, end = date_from_value(first.value), date_from_value(second.value)
        if start is None or end is None:
            return None
        end = end.filled_from(start)
        start = start.filled_from(end)
        value = f"{start.value}/{end.value}"
    return DateSpan("period", value, first.start, second.end)


def _join_times(first: str, second: str) -> str:
    if not first.startswith("?") and second.startswith("?"):
        hour, rest = int(second[1:3]), second[3:]
        afternoon = f"{hour + 12:02d}{rest}" if hour < 12 else second[1:]
        second = second[1:] if second[1:] >= first else afternoon
    elif first.startswith("?") and not second.startswith("?") and first[1:] <= second:
        first = first[1:]
    return f"{first}/{second}"


def parse_date(text: str) -> PartialDate | None:
    """The date that the whole text says, in any of the forms of `read_date`, or None."""
    folded = fold_width(text).strip()
    start = 1 if folded[:1] in ("'", "’", "‘") else 0
    span = read_date(folded, start)
    if span is None or span.kind != "date" or span.end != len(folded):
        return None
    return date_from_value(span.value)


def parse_full_date(text: str) -> datetime.date | None:
    """The calendar day when year, month and day are all said, else None."""
    date = parse_date(text)
    if date is None or date.year is None or date.month is None or date.day is None:
        return None
    return datetime.date(date.year, date.month, date.day)


def parse_time(text: str) -> str | None:
    """`15:20` for the time that the whole text says, `?03:20` when 오전 or 오후 is unsaid, else None."""
    folded = fold_width(text).strip()
    digit = re.search(r"[0-9]", folded)
    span = read_time(folded, digit.start()) if digit else next(iter(find_hangul_hours(folded)), None)
    if span is None or span.kind != "time" or span.start != 0 or span.end != len(folded):
        return None
    return span.value
