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
