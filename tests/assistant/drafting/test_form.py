from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assistant.tasks.test_catalogue import SMALL

from biseo.document import MISSING
from biseo.drafting.form import FilledForm, amount_of, rows_section, sum_of, table_section, text_section
from biseo.errors import UsageError
from biseo.tasks.catalogue import find_task, parse_task
from biseo.tasks.definition import FormValue

TASK = parse_task(SMALL)
COSTS = TASK.sections[1]


def form(**values: FormValue) -> FilledForm:
    return FilledForm(TASK, values)


@pytest.mark.parametrize(
    ("words", "won"),
    [
        ("1,200,000", 1_200_000), ("1200000", 1_200_000), ("1,200,000원", 1_200_000), ("금1,200,000원", 1_200_000),
        ("120만 원", 1_200_000), ("1억 4,100만 원", 141_000_000), ("0", 0), (" 30 ", 30),
        ("", None), ("추후 확정", None), ("약간", None), ("원", None), ("12,00,0x", None),
    ],
)  # fmt: skip
def test_amounts(words: str, won: int | None) -> None:
    assert amount_of(words) == won


def test_sums_are_exact_to_the_won() -> None:
    rows = [{"won": "999,999,999,999"}, {"won": "1"}, {"won": "금3원"}]
    assert sum_of(rows, "won", "원") == "1,000,000,000,003원"
    assert sum_of([*rows, {"won": "?"}], "won") == MISSING
    assert sum_of([*rows, {}], "won") == MISSING


def test_unknown_fields_and_wrong_shapes() -> None:
    for values, code in (
        ({"nope": "x"}, "unknown-field"),
        ({"name": [{"item": "x"}]}, "wrong-value"),
        ({"cost_rows": "x"}, "wrong-value"),
        ({"cost_rows": [{"price": "1"}]}, "wrong-value"),
        ({"kind": "아주 급함"}, "wrong-value"),
    ):
        with pytest.raises(UsageError) as caught:
            FilledForm(TASK, values)  # type: ignore[arg-type]
        assert caught.value.code == code
        assert "x" not in caught.value.message


def test_words_defaults_and_choices() -> None:
    assert form().words("kind") == "보통"
    assert form(kind=" 급함 ").words("kind") == "급함"
    assert form(kind="").words("kind") == "보통"
    assert form(name="  가 ").words("name") == "가"
    assert form().words("none") == ""


def test_empty_rows_are_dropped() -> None:
    filled = form(cost_rows=[{"item": "", "won": " "}, {"item": "가", "won": "1"}, {}])
    assert len(filled.rows("cost_rows")) == 1
    assert rows_section(COSTS, filled).rows == (("항목", "금액"), ("가", "1"), ("합계", "1"))
    assert rows_section(COSTS, form()).rows == (("항목", "금액"), (MISSING, MISSING))


def test_a_missing_amount_of_a_row_is_marked() -> None:
    section = rows_section(COSTS, form(cost_rows=[{"item": "가"}]))
    assert section.rows == (("항목", "금액"), ("가", MISSING), ("합계", MISSING))
    assert section.text == "항목\t금액\n가\t" + MISSING + "\n합계\t" + MISSING


def test_lines_of_which_nothing_was_given() -> None:
    assert form(name="가").fill("{name}: 알림") == "가: 알림"
    assert form().fill("{name}: 알림") == f"{MISSING}: 알림"
    assert form().fill("비용 {cost_rows|sum:won}\n끝") == "끝"
    assert form(cost_rows=[{"item": "가", "won": "12만 원"}]).fill("비용 {cost_rows|sum:won}") == "비용 120,000원"


def test_braces_in_a_value_are_words() -> None:
    assert form(name="{kind} {name}").fill("{name}") == "{kind} {name}"


def test_a_section_of_the_reply_that_depends_on_the_result() -> None:
    task = find_task("reply")
    remedy = next(plan for plan in task.sections if plan.id == "remedy")
    assert FilledForm(task, {"result": "불수용"}).applies(remedy)
    assert not FilledForm(task, {}).applies(remedy)
    grounds = next(plan for plan in task.sections if plan.id == "grounds")
    assert text_section(grounds, FilledForm(task, {})).text == ""
    assert text_section(grounds, FilledForm(task, {"law": "「도로법」 제3조"})).text == "※ 관련 근거: 「도로법」 제3조"


def test_rows_of_a_table_without_values_are_left_out() -> None:
    overview = find_task("proposal").sections[0]
    section = table_section(overview, FilledForm(find_task("proposal"), {"name": "가"}))
    labels = [row[0] for row in section.rows]
    assert labels == ["사업명", "기간", "담당 부서"]
    assert section.rows[1] == ("기간", MISSING)


def test_notes_tell_only_what_the_model_may_word() -> None:
    told = replace(TASK, fields=tuple(replace(field, told=field.id == "name") for field in TASK.fields))
    filled = FilledForm(told, {"name": "가", "cost_rows": [{"item": "나", "won": "1"}]})
    assert filled.notes() == "이름: 가"
    assert set(filled.given()) == {"가", "보통", "나", "1"}
