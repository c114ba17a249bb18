"""Dates and times of a sheet in Excel's date formats, as a Korean Excel shows them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

# Names and signs first, then the places of a date; `m` may be months or minutes, its neighbours tell.
_TOKENS = re.compile(
    r'"([^"]*)"|[\\!](.)|\[\$[^\]-]*(?:-([0-9A-Za-z-]+))?\]|\[([hms]+)\]|\[[^\]]*\]|[_*].'
    r"|(오전/오후|AM/PM|A/P|yyyy|yy|y|eeee|e|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)|(General|G/표준)|(.)",
    re.IGNORECASE | re.DOTALL,
)
_DAYS = "월화수목금토일"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_KOREAN = ("412", "ko-KR", "ko")
_KOREAN_NAMES = {"ddd": "aaa", "dddd": "aaaa", "AM/PM": "오전/오후", "A/P": "오전/오후"}
# What the system sets for long dates and times.
_SYSTEM = {"F800": 'yyyy"년" m"월" d"일" aaaa', "F400": "오전/오후 h:mm:ss"}


@lru_cache(maxsize=256)
def date_tokens(pattern: str) -> tuple[tuple[str, str], ...]:
    """(kind, text) of what a section of a number format says about a date; empty when it says nothing.

    Kinds: `words`, `elapsed` ([h]), `minutes`, or `place` with the letters as they stand.
    """
    found: list[tuple[str, str]] = []
    korean = False
    for match in _TOKENS.finditer(pattern):
        quoted, escaped, language, elapsed, place, general, sign = match.groups()
        if language:
            if language.upper() in _SYSTEM:
                return date_tokens(_SYSTEM[language.upper()])
            korean = korean or language.lstrip("0") in _KOREAN
        elif elapsed:
            found.append(("elapsed", elapsed.lower()))
        elif place:
            letters = place.upper() if "/" in place else place.lower()
            found.append(("place", _KOREAN_NAMES.get(letters, letters) if korean else letters))
        elif general or (sign and sign in "0#?" and not any(one in ("s", "ss") for _, one in found)):
            return ()  # a number
        elif sign and sign in "0#?":
            if found[-1] == ("words", "."):  # parts of a second are not written
                found.pop()
        elif quoted or escaped or sign:
            found.append(("words", quoted or escaped or sign))
    if all(kind == "words" for kind, _ in found):
        return ()
    return tuple(_with_minutes(found))


def _with_minutes(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`m` behind hours or before seconds is minutes."""
    places = [at for at, (kind, _) in enumerate(found) if kind != "words"]
    for number, at in enumerate(places):
        if found[at] not in (("place", "m"), ("place", "mm")):
            continue
        before = [found[one][1] for one in places[max(number - 2, 0) : number]]
        behind = [found[one][1] for one in places[number + 1 : number + 2]]
        hours = before[-1:] in (["h"], ["hh"]) or (before and "/" in before[-1] and before[0] in ("h", "hh"))
        if hours or behind in (["s"], ["ss"]):
            found[at] = ("minutes", found[at][1])
    return found


def written_date(value: object, pattern: str) -> str:
    """A date, time or span in a section of a number format; in ISO form where the section does not tell one."""
    tokens = date_tokens(pattern)
    if isinstance(value, time) and any(text[0] in "yda" for kind, text in tokens if kind == "place"):
        tokens = ()
    if isinstance(value, timedelta) and not any(kind == "elapsed" for kind, _ in tokens):
        tokens = ()
    if not tokens or not isinstance(value, (date, time, timedelta)):
        return _iso(value)
    twelve = any(text in ("오전/오후", "AM/PM", "A/P") for _, text in tokens)
    text = "".join(words if kind == "words" else _place(value, kind, words, twelve) for kind, words in tokens)
    return " ".join(text.split())


def _place(value: object, kind: str, letters: str, twelve: bool) -> str:
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
    else:
        clock = value if isinstance(value, (datetime, time)) else time(0)
        seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    width = len(letters)
    if kind == "elapsed":
        return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[letters[0]]:0{width}d}"
    if kind == "minutes":
        return f"{seconds // 60 % 60:0{width}d}"
    if letters[0] == "h":
        hour = seconds // 3600 % 24
        return f"{(hour % 12 or 12) if twelve else hour:0{width}d}"
    if letters[0] == "s":
        return f"{seconds % 60:0{width}d}"
    if letters in ("오전/오후", "AM/PM", "A/P"):
        return letters.split("/")[seconds // 3600 % 24 >= 12]
    if isinstance(value, timedelta):
        return f"{seconds // 60 % 60:0{width}d}" if letters[0] == "m" else ""
    return _day(value, letters) if isinstance(value, (date, datetime)) else ""


def _day(value: date, letters: str) -> str:
    if letters[0] in "ye":
        return f"{value.year % 100:02d}" if letters in ("yy", "y") else str(value.year)
    if letters[0] == "a":
        return _DAYS[value.weekday()] + ("요일" if letters == "aaaa" else "")
    if letters[0] == "m":
        if len(letters) <= 2:
            return f"{value.month:0{len(letters)}d}"
        return {3: _MONTHS[value.month - 1][:3], 4: _MONTHS[value.month - 1]}.get(
            len(letters), _MONTHS[value.month - 1][0]
        )
    if len(letters) <= 2:
        return f"{value.day:0{len(letters)}d}"
    name = _ENGLISH_DAYS[value.weekday()]
    return name[:3] if len(letters) == 3 else name


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
    return str(value)
