from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from biseo.readers.number_format import shown

DAY = date(2026, 1, 6)
AFTERNOON = datetime(2026, 1, 6, 17, 40, 9)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234567, "#,##0", "1,234,567"),
        (0.153, "0.0%", "15.3%"),
        (0.5, "0%", "50%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (datetime(2026, 1, 6), "yyyy-mm-dd", "2026-01-06"),
        (date(2026, 1, 6), "", "2026-01-06"),
        (datetime(2026, 1, 6, 15, 30), "", "2026-01-06 15:30"),
        (True, "", "TRUE"),
        ("가", "", "가"),
        (None, "", ""),
        (1200.5, '#,##0.00"원"', "1,200.50원"),
        (1234567890, "#,##0,", "1,234,568"),  # shown in thousands, under a head that says so
        (1234567890, "#,##0,,", "1,235"),
        (-5000, "_-[$₩-412]* #,##0_-;-[$₩-412]* #,##0_-", "-₩5,000"),
        (5000, '"₩"#,##0_);[Red]\\("₩"#,##0\\)', "₩5,000"),
        (31500, '#,##0" 명"', "31,500 명"),
        (12, 'General"건"', "12건"),
        (7, "0명", "7명"),
        (2.5, "0", "3"),
        (2.5, "0.##", "2.5"),
        (3, "0.##", "3"),
        (0.5, "#.0", "0.5"),
        (-0.25, "0.0%", "-25.0%"),
        (0.00001, "0.0E+00", "0.00001"),
        (10**20, "#,##0", "100,000,000,000,000,000,000"),
        (1e300, "0", "1" + "0" * 300),
        (float("inf"), "#,##0", "inf"),
        (1.5, "# ?/?", "1.5"),
        (12, "@", "12"),
        (12, "0.0", "12.0"),
        (2.5, '0.0"억";-0.0', "2.5억"),
        (44, "00000", "00044"),
    ],
)
def test_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (DAY, 'yyyy"년" m"월" d"일"', "2026년 1월 6일"),
        (DAY, "yyyy. m. d.(aaa)", "2026. 1. 6.(화)"),
        (DAY, "m/d(aaaa)", "1/6(화요일)"),
        (DAY, '[$-412]yyyy"년" mm"월" dd"일" dddd', "2026년 01월 06일 화요일"),
        (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026년 1월 6일 화요일"),
        (DAY, "d-mmm-yy ddd", "6-Jan-26 Tue"),
        (DAY, "yy.mm", "26.01"),
        (46028, "yyyy.mm.dd", "2026.01.06"),
        (46028, "aaa", "화"),
        (0.5, "h:mm", "12:00"),
        (AFTERNOON, "yyyy/m/d AM/PM h:mm", "2026/1/6 PM 5:40"),
        (AFTERNOON, "오전/오후 h:mm", "오후 5:40"),
        (AFTERNOON, "[$-412]h:mm:ss AM/PM", "5:40:09 오후"),
        (AFTERNOON, "m/d h:mm:ss.0", "1/6 17:40:09"),
        (time(0, 5, 9), "mm:ss", "05:09"),
        (time(9, 5), 'h"시" m"분"', "9시 5분"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (timedelta(hours=30, minutes=5), "h:mm", "30:05"),
        (time(9, 5), "yyyy-mm-dd", "09:05:00"),
        (DAY, "0.00", "2026-01-06"),
        (1e12, "yyyy-mm-dd", "1000000000000.0"),
    ],
)
def test_dates(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (-1200, "#,##0;△#,##0", "△1,200"),
        (-1200, "#,##0_);(#,##0)", "(1,200)"),
        (-1200, "#,##0;[Red]-#,##0", "-1,200"),
        (-1200, "#,##0;[Red]#,##0", "1,200"),
        (-1200, "#,##0원", "-1,200원"),
        (0, '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "-"),
        (0, '#,##0;-#,##0;""', ""),
        (-0.001, "0.0", "0.0"),
        (1234, ";;;", ""),
        ("글", ";;;", ""),
        ("가", '"<"@">"', "<가>"),
        ("가", "0.0", "가"),
        (1500, '[>=1000]#,##0"천 이상";0', "1,500천 이상"),
        (7, '[>=1000]#,##0"천 이상";0', "7"),
        (1012345678, "000-0000-0000", "010-1234-5678"),
        (212345678, "00-000-0000", "21-234-5678"),
        (9001011234567, "000000-0000000", "900101-1234567"),
        (12345, '0!.0,"만원"', "1.2만원"),
        (1 / 3, "General", "0.333333333"),
        (12345.678901, "General", "12345.6789"),
        (0.00000000001, "General", "1e-11"),
        (3, "", "3"),
        (5, '"제"0"호"', "제5호"),
        (5, "[DBNum4]General", "5"),
        (-5, '"해당 없음"', "-해당 없음"),
    ],
)
def test_sections_and_places(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    "number_format", ['"', "[", ";" * 500, "0" * 5000, '"a' * 3000, "\\", "_", "[$-412", "#,##0." + "0" * 300]
)
def test_odd_formats_do_no_harm(number_format: str) -> None:
    assert isinstance(shown(1234.5, number_format), str)
    assert isinstance(shown(AFTERNOON, number_format), str)
