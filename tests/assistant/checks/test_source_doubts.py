"""Faults of a source's own facts."""

from __future__ import annotations

from biseo.checks.source_doubts import source_doubts
from biseo.document import Block, Document, table_block


def test_what_cannot_be_right_is_told_before_a_draft_repeats_it() -> None:
    rows = [["항목", "금액(원)"], ["무대", "300"], ["안전", "200"], ["합계", "600"]]
    blocks = (
        Block("paragraph", "일시: 2026. 3. 5.(금) 오후 2시"),
        Block("paragraph", "주민 300명 가운데 90명(35%)이 바랐다. 금5,000원(금육천원)을 쓴다."),
        table_block(rows),
    )
    document = Document("자료.hwpx", "hwpx", "", None, blocks)
    found = source_doubts(document)
    assert [(doubt.rule, doubt.text) for doubt in found] == [
        ("DATE_WEEKDAY", "2026. 3. 5.(금)"),
        ("FACT_PERCENT", "35%"),
        ("MONEY_MISMATCH", "금5,000원(금육천원)"),
        ("BUDGET_SUM", "600"),
    ]
    assert all(document.text[doubt.start : doubt.end] == doubt.text for doubt in found)


def test_a_sound_source_has_none() -> None:
    text = "일시: 2026. 3. 5.(목) 14:00, 주민 300명 가운데 90명(30%)이 바랐다."
    assert source_doubts(Document("자료.txt", "txt", "", None, (Block("paragraph", text),))) == ()
