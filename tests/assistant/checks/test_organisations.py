from __future__ import annotations

import time

from biseo.checks.organisations import check_organisations


def test_only_names_that_no_source_has() -> None:
    known = ["한빛시와 한빛 청년재단이 함께한다.", "새벽문화재단"]
    (finding,) = check_organisations("한빛시 청연재단과 새벽문화재단, 한빛청년재단이 함께한다.", known, "lead")
    assert (finding.rule, finding.text, finding.section) == ("FACT_ORGANISATION", "청연재단", "lead")


def test_a_word_without_an_end_costs_little() -> None:
    started = time.process_time()
    assert check_organisations("가" * 40_000, []) == ()
    assert time.process_time() - started < 5


def test_the_name_that_was_meant_is_suggested() -> None:
    (finding,) = check_organisations("청연재단이 돕는다.", ["한빛시와 청년재단이 함께한다."])
    assert finding.suggestion == "청년재단"
    assert "자료에는 '청년재단'이 있습니다." in finding.message


def test_places_and_regions() -> None:
    known = ["행사는 대전 서구 한빛호수공원에서 연다. 고양시도 함께한다."]
    text = "대전광역시 서구는 한빛호수공원에서, 고양특례시는 솔빛공원에서, 김포시는 경기도 김포시 별빛광장에서 연다."
    found = check_organisations(text, known)
    assert [(finding.rule, finding.severity, finding.text) for finding in found] == [
        ("FACT_PLACE", "warning", "솔빛공원"),
        ("FACT_PLACE", "warning", "경기도 김포시"),
        ("FACT_PLACE", "warning", "별빛광장"),
    ]


def test_words_for_a_kind_of_body_are_no_names() -> None:
    text = "가까운 주민센터와 행정복지센터, 어린이공원 보수공사, 협동조합, 「건축법」 제11조를 안내한다."
    assert check_organisations(text, []) == ()
