"""What holds for every date, amount and sentence: right text is left alone, a certain correction settles it."""

from __future__ import annotations

import datetime
from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from biseo.checks.style import PROFILES, apply_certain, check_style
from biseo.document import Finding
from biseo.text.dates import format_official, format_period
from biseo.text.numerals import format_official_amount, to_hangul
from biseo.text.particles import attach

SENTENCES = (
    "{}",
    "회의는 {}에 열립니다.",
    "{}까지 제출하여 주시기 바랍니다.",
    "일시: {}",
    "1. 관련: 총무과-12({})",
    "ㅇ 기준일: {}",
    "가. 접수 마감({})",
    "붙임  계획서({}) 1부.  끝.",
)
dates = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))
frames = st.sampled_from(SENTENCES)
profiles = st.sampled_from(PROFILES)
amounts = st.integers(1, 10**15)


def grave(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in findings if finding.severity != "suggestion"]


@settings(deadline=None)
@given(dates, frames, profiles, st.booleans())
def test_a_right_date_is_never_touched(date: datetime.date, frame: str, profile: str, weekday: bool) -> None:
    assume("총무과" not in frame or not weekday)
    text = frame.format(format_official(date, weekday=weekday))
    assert grave(check_style(text, profile)) == []  # type: ignore[arg-type]


@settings(deadline=None)
@given(dates, st.integers(0, 200), frames, st.booleans())
def test_a_right_period_is_never_touched(date: datetime.date, days: int, frame: str, weekday: bool) -> None:
    assume("총무과" not in frame and "까지" not in frame)
    text = frame.format(format_period(date, date + datetime.timedelta(days), weekday=weekday))
    assert grave(check_style(text)) == []


@settings(deadline=None)
@given(st.times(), st.times(), frames)
def test_a_right_time_is_never_touched(first: datetime.time, last: datetime.time, frame: str) -> None:
    assume("총무과" not in frame and "까지" not in frame)
    text = frame.format(f"{first:%H:%M}~{last:%H:%M}")
    assert grave(check_style(text)) == []


@settings(deadline=None)
@given(amounts, st.sampled_from(("{}을 지급합니다.", "소요예산: {}", "가. 보조금 {}", "{}")))
def test_a_right_amount_is_never_touched(won: int, frame: str) -> None:
    assert grave(check_style(frame.format(format_official_amount(won)))) == []


@settings(deadline=None)
@given(amounts, st.sampled_from(("{}을 지원한다.", "총 {}", "사업비는 {}이다.")), profiles)
def test_grouped_figures_are_never_touched(won: int, frame: str, profile: str) -> None:
    assert grave(check_style(frame.format(f"{won:,}원"), profile)) == []  # type: ignore[arg-type]


@settings(deadline=None)
@given(dates, st.integers(0, 7), st.sampled_from(SENTENCES[:4]), st.sampled_from(("", "()", " ()")))
def test_a_wrong_date_is_found_and_put_right(date: datetime.date, form: int, frame: str, weekday: str) -> None:
    y, m, d = date.year, date.month, date.day
    wrong = (
        f"{y}.{m}.{d}.", f"{y}. {m}. {d}", f"{y}.{m}. {d}.", f"{y}. {m:02}. {d:02}.",
        f"{y}년 {m}월 {d}일", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}",
    )[form]  # fmt: skip
    right = format_official(date, weekday=bool(weekday))
    assume(wrong != right and (form != 3 or m < 10 or d < 10))
    day = weekday.replace("()", f"({'월화수목금토일'[date.weekday()]})")
    text = frame.format(wrong + day)
    found = check_style(text)
    assert any(finding.rule.startswith("DATE_") for finding in found)
    assert apply_certain(text, found) == frame.format(right)
    assert grave(check_style(frame.format(right))) == []


@settings(deadline=None)
@given(dates, st.integers(1, 6))
def test_a_wrong_weekday_is_found_in_every_profile(date: datetime.date, off: int) -> None:
    wrong = "월화수목금토일"[(date.weekday() + off) % 7]
    for profile in PROFILES:
        found = check_style(f"{format_official(date, weekday=False)}({wrong})", profile)
        assert [finding.rule for finding in found] == ["DATE_WEEKDAY"]
        assert not found[0].certain
        assert found[0].suggestion == format_official(date)


@settings(deadline=None)
@given(st.integers(0, 23), st.integers(0, 59))
def test_a_spoken_time_is_put_right(hour: int, minute: int) -> None:
    assume(hour % 12)
    half = "오전" if hour < 12 else "오후"
    text = f"회의는 {half} {hour % 12}시 {minute}분에 시작합니다."
    assert apply_certain(text, check_style(text)) == f"회의는 {hour:02}:{minute:02}에 시작합니다."
    assert grave(check_style(text, "press")) == []


@settings(deadline=None)
@given(amounts, amounts)
def test_hangul_and_figures_of_an_amount(won: int, other: int) -> None:
    assume(won != other)
    found = check_style(f"금{won:,}원(금{to_hangul(other)}원)")
    assert [finding.rule for finding in found] == ["MONEY_MISMATCH"]
    assert not found[0].certain
    text = f"금 {won:,}원을 지급합니다."
    assert apply_certain(text, check_style(text)) == f"{format_official_amount(won)}을 지급합니다."


FRAGMENTS = (
    "2026.1.6.", "2026년 1월 6일(화)", "오후 3시", "8:09", "14 : 30", "14:00 ~ 16:00", "금 1,000원",
    "금5,000원(금오천원)", "1200000원", "일시 : ", "붙임: 계획서 1부", "끝", "1.관련", "⑴ 목적",
    "총무과-12(2026.1.6.)호와 관련입니다.", "컨텐츠가", "300여명", "개발및관리", "장애자는", "할수 있다",
    "MOU(업무 협약)를",
    "과반수 이상이", "승인률은",
    "\n", " ", ". ", "가. ", "다.", "“오후 3시”", "「도로교통법」", "~", "까지", "(", ")",
    "제목  알림.", "必", "’26. 1. 6.", "2026. 1. 6 ", "1부. 끝.", "제출토록 ", "약 500여 곳", "무료이십니다", "에대한 ",
    "2026-01-06", "하였다", "\t",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8), profiles)
def test_a_certain_correction_goes_away_and_brings_none(parts: list[str], profile: str) -> None:
    text = "\n".join(parts)
    found = check_style(text, profile)  # type: ignore[arg-type]
    before = Counter(finding.rule for finding in found)
    for finding in found:
        if finding.certain:
            mended = text[: finding.start] + finding.suggestion + text[finding.end :]
            after = Counter(again.rule for again in check_style(mended, profile))  # type: ignore[arg-type]
            assert after[finding.rule] < before[finding.rule], (text, finding)
            assert not after - before, (text, finding, after - before)
    mended = apply_certain(apply_certain(text, found), check_style(apply_certain(text, found), profile))  # type: ignore[arg-type]
    assert not [again for again in check_style(mended, profile) if again.certain], mended  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.text(max_size=300), profiles)
def test_no_text_is_too_strange(text: str, profile: str) -> None:
    for finding in check_style(text, profile):  # type: ignore[arg-type]
        assert finding.text == text[finding.start : finding.end]


@settings(deadline=None)
@given(
    st.sampled_from(("메세지", "장애자", "컨텐츠", "팜플렛", "갯수")), st.sampled_from(("은", "이", "을", "과", "으로"))
)
def test_the_particle_follows_the_word(word: str, kind: str) -> None:
    right = {"메세지": "메시지", "장애자": "장애인", "컨텐츠": "콘텐츠", "팜플렛": "팸플릿", "갯수": "개수"}[word]
    text = f"{attach(word, kind)} 본다."
    assert apply_certain(text, check_style(text)) == f"{attach(right, kind)} 본다."
