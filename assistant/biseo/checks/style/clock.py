"""Times of day: `08:09`, by the 24-hour clock (영 제7조제5항)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biseo.checks.style.narrative import tells_the_past
from biseo.checks.style.page import Page, Span
from biseo.checks.style.rulebook import Hit
from biseo.document import Severity
from biseo.text.dates import parse_time
from biseo.text.facts import find_facts

_SPOKEN = re.compile(
    r"(?P<half>오전|오후|새벽|아침|저녁|낮|밤)(?P<sp>[ ]*)[0-9]{1,2}"
    r"(?:시(?!간)(?:[ ]*[0-5]?[0-9]분|[ ]*반(?![가-힣]))?|[ ]*:[ ]*[0-5][0-9])(?![0-9])"
)
_TO = re.compile(
    r"[ ]*~[ ]*(?:[0-9]{1,2}시(?!간)(?:[ ]*[0-5]?[0-9]분|[ ]*반(?![가-힣]))?|[0-9]{1,2}:[0-5][0-9])(?![0-9])"
)
"""The end of a range that has no 오전 or 오후 of its own: that of its beginning holds."""
_WORDS = re.compile(
    r"(?<![0-9제.,:가-힣])(?P<h>[01]?[0-9]|2[0-4])시"
    r"(?:[ ]*(?P<m>[0-5]?[0-9])분(?!기|야)|[ ]*(?P<half>반)(?![가-힣])"
    r"|(?=$|[\s~)\],.\-]|부터|까지|에|경|쯤|정각|이후|이전|의|로|와|과|은|는|를|을|이(?!상|하|내|용)|입니다"
    r"|마감|시작|현재|기준|출발|도착)(?![ ]*(?:방향|편의점|약국|[0-9]+[ ]?(?:개[ ]?)?[군구도])|\.[0-9]))"
)
_SHORT = re.compile(r"(?<![0-9:.,A-Za-z가-힣/])(?P<h>[0-9]):(?P<m>[0-5][0-9])(?![0-9:.])")
_SPACED = re.compile(
    r"(?<![0-9:.,A-Za-z])(?P<h>[01]?[0-9]|2[0-4])(?:[ ]+:[ ]*|:[ ]+)(?P<m>[0-5][0-9])"
    r"(?![0-9:.,]|[ ]?(?:명|개|건|원|%|점|회|위|대(?![가-힣])))"
)
_IMPOSSIBLE = re.compile(
    r"(?:\([월화수목금토일]\)|[0-9]\.|시각|시간|일시)[ ]?:?[ ]?(?P<t>(?P<h>[0-9]{2}):(?P<m>[0-9]{2}))(?![0-9:])"
)
_RATIO_BEFORE = re.compile(
    r"(?:비율|비|축척|경쟁률|배율|점수|대비|스코어|혼합|비중|배합|화면비|종횡비|성비)[은는이가을를의]?[ ]?[:(]?[ ]?$"
)
_RATIO_AFTER = re.compile(
    r"[ ]?(?:비율|의 비|축척|경쟁률|혼합|정도의 비|로 (?:섞|나누|배분|희석|이기|이겼|승리|졌|패)|배분|매칭|맞춤)"
)
_CONTEXT_BEFORE = re.compile(
    r"(?:\([월화수목금토일]\)|[0-9]\.|[0-9]일|시각|시간|일시|일정|~|부터|매일|평일|주말)[ ]?:?[ ]?$"
)
_CONTEXT_AFTER = re.compile(
    r"[ ]?(?:~|부터|까지|에(?![가-힣])|에는|경|쯤|정각|시작|출발|도착|개최|이후|이전|마감|집결|개회|개의)"
)


_HOURS = {
    **dict.fromkeys(("오전", "오후"), range(24)),
    **{"새벽": range(1, 7), "아침": range(5, 12), "낮": range(12, 17), "저녁": range(17, 24), "밤": range(20, 24)},
}
"""Hours that a part of the day leaves no doubt about."""


def find_times(page: Page) -> Iterator[Hit]:
    """TIME_ findings of a page."""
    text = page.text
    ranges: list[Span] = []
    for match in _SPOKEN.finditer(text):
        half = match["half"]
        to = _TO.match(text, match.end())
        period = _period(text[match.start() : to.end()]) if to else ""
        if to and period:
            ranges.append((match.start(), to.end()))
            yield from _lay(page, ranges[-1], "TIME_AMPM", period, half in ("오전", "오후"))
            continue
        value = parse_time(re.sub(r"[ ]*:[ ]*", ":", match[0]))
        certain = value is not None and value[:2].isdigit() and int(value[:2]) in _HOURS[half]
        certain = certain and not re.match(r"오[전후][ ]*12", match[0])
        yield from _lay(page, match.span(), "TIME_AMPM", value if value and not value.startswith("?") else "", certain)
    for match in _WORDS.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if re.search(r"(?:오전|오후|새벽|아침|저녁|낮|밤)[ ]*$", before) or _within(match, ranges):
            continue
        hour, minute = int(match["h"]), 30 if match["half"] else int(match["m"] or 0)
        certain = hour >= 12 or match["h"].startswith("0")
        yield from _lay(page, match.span(), "TIME_WORDS", f"{hour:02d}:{minute:02d}", certain)
    for match in _SPACED.finditer(text):
        if _is_ratio(text, match) or (len(match["h"]) == 1 and not _in_time(text, match)):
            continue
        yield from _lay(page, match.span(), "TIME_COLON", f"{int(match['h']):02d}:{match['m']}")
    for match in _SHORT.finditer(text):
        if re.search(r"(?:오전|오후|새벽|아침|저녁|낮|밤)[ ]*$", text[max(0, match.start() - 4) : match.start()]):
            continue
        if _is_ratio(text, match) or _within(match, ranges):
            continue
        sure = match["m"].startswith("0") or _in_time(text, match)
        yield from _lay(
            page, match.span(), "TIME_PAD", f"0{match[0]}", severity=None if sure else "warning", certain=sure
        )
    for match in _IMPOSSIBLE.finditer(text):
        hour, minute = int(match["h"]), int(match["m"])
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            yield Hit("TIME_INVALID", match.start("t"), match.end("t"))


def _period(words: str) -> str:
    """A spoken range by the 24-hour clock; nothing where it is none, or 12 o'clock could be either."""
    periods = [fact.value for fact in find_facts(words) if fact.kind == "period"]
    if len(periods) != 1 or "?" in periods[0] or re.search(r"(?<![0-9])12[ ]*(?:시|:)", words.split("~")[0]):
        return ""
    first, _, last = periods[0].partition("/")
    return f"{first}~{last}" if ":" in first and ":" in last and first < last else ""


def _within(match: re.Match[str], ranges: Sequence[Span]) -> bool:
    return any(start <= match.start() < end for start, end in ranges)


def _is_ratio(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 10) : match.start()]
    return bool(_RATIO_BEFORE.search(before) or _RATIO_AFTER.match(text, match.end()))


def _in_time(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 10) : match.start()]
    alone = not before.rpartition("\n")[2].strip() and text[match.end() : match.end() + 1] in ("", "\n")
    return alone or bool(_CONTEXT_BEFORE.search(before) or _CONTEXT_AFTER.match(text, match.end()))


def _lay(
    page: Page,
    span: Span,
    rule: str,
    right: str,
    certain: bool | None = None,
    severity: Severity | None = None,
) -> Iterator[Hit]:
    start, end = span
    if page.history.touch(start, end):
        return
    if severity is None and page.tables.touch(start, end):
        severity = "warning"
    if severity is None and rule in ("TIME_AMPM", "TIME_WORDS") and tells_the_past(page.text, end):
        severity = "suggestion"
    yield Hit(rule, start, end, right, severity, certain)
