import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text import dates
from biseo.text.facts import find_facts

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@given(DAYS)
def test_full_dates_come_back(day: datetime.date) -> None:
    for text in (
        dates.format_official(day),
        dates.format_official(day, weekday=False),
        dates.format_narrative(day),
        day.isoformat(),
        day.strftime("%Y/%m/%d"),
        f"{day.year}.{day.month}.{day.day}.",
    ):
        assert dates.parse_full_date(text) == day, text
        (fact,) = find_facts(text)
        assert (fact.kind, fact.value) == ("date", day.isoformat())


@given(DAYS, DAYS)
def test_periods(first: datetime.date, last: datetime.date) -> None:
    (fact,) = find_facts(dates.format_period(first, last))
    assert (fact.kind, fact.value) == ("period", f"{first.isoformat()}/{last.isoformat()}")


@given(DAYS)
def test_value_is_stable(day: datetime.date) -> None:
    whole = dates.PartialDate(day.year, day.month, day.day)
    assert whole.value in whole.parts
    for value in whole.parts:
        part = dates.date_from_value(value)
        assert part is not None
        assert part.value == value
        assert set(part.parts) <= set(whole.parts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026년 1월 6일", "2026-01-06"),
        ("2026. 1. 6.(화)", "2026-01-06"),
        ("'26. 1. 6.", "2026-01-06"),
        ("’26년", "2026"),
        ("26년도", "2026"),
        ("2026년 1월", "2026-01"),
        ("2026. 1.", "2026-01"),
        ("1월 6일", "--01-06"),
        ("1. 6.(화)", "--01-06"),
        ("11/7(화)", "--11-07"),
        ("11월", "--11"),
        ("6일", "---06"),
        ("２０２６．１．６．", "2026-01-06"),
    ],
)
def test_forms_of_dates(text: str, value: str) -> None:
    date = dates.parse_date(text)
    assert date is not None
    assert date.value == value


@pytest.mark.parametrize("text", ["", "2026. 2. 30.", "13월 1일", "32일", "4월 31일", "6일간", "2026", "1.5", "날짜"])
def test_what_is_no_date(text: str) -> None:
    assert dates.parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("오후 3시 20분", "15:20"),
        ("오후 3:20", "15:20"),
        ("15:20", "15:20"),
        ("18시", "18:00"),
        ("3시", "?03:00"),
        ("오후 세 시 반", "15:30"),
        ("밤 12시", "24:00"),
        ("낮 12시", "12:00"),
        ("오전 12시", "00:00"),
        ("24시간", None),
        ("25:00", None),
    ],
)
def test_forms_of_times(text: str, value: str | None) -> None:
    assert dates.parse_time(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25일부터 27일까지", "---25/---27"),
        ("3월 25~27일", "--03-25/--03-27"),
        ("2026년 1월 6일부터 9일까지", "2026-01-06/2026-01-09"),
        ("2026. 1. 6.~9.", "2026-01-06/2026-01-09"),
        ("2026. 12. 30.(수) ~ 2027. 1. 2.(토)", "2026-12-30/2027-01-02"),
        ("1~3월", "--01/--03"),
        ("2024~2026년", "2024/2026"),
        ("'24~'26년", "2024/2026"),
        ("09:00~18:00", "09:00/18:00"),
        ("오후 2시부터 4시까지", "14:00/16:00"),
        ("오전 9시~오후 6시", "09:00/18:00"),
        ("14~16시", "14:00/16:00"),
    ],
)
def test_forms_of_periods(text: str, value: str) -> None:
    (fact,) = find_facts(text)
    assert (fact.kind, fact.value) == ("period", value)


def test_weekdays() -> None:
    assert dates.weekday_of(datetime.date(2026, 1, 6)) == "화"
    assert dates.format_official(datetime.date(2026, 1, 6)) == "2026. 1. 6.(화)"
    assert dates.format_period(datetime.date(2026, 1, 6), datetime.date(2026, 1, 9)) == "2026. 1. 6.~1. 9."


@given(st.text(max_size=40))
def test_arbitrary_text_is_no_fault(text: str) -> None:
    dates.parse_date(text)
    dates.parse_full_date(text)
    dates.parse_time(text)
    dates.date_from_value(text)
