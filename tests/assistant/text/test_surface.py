import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.facts import find_facts
from biseo.text.surface import number_literals

LITERAL = re.compile(r"[0-9]+(?:[.,:/~-][0-9]+)*")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023년 11월 7일", {"2023", "11", "7", "2023-11-07", "11.7"}),
        ("2023/11/08", {"2023", "11", "8", "08", "2023/11/08"}),
        ("1억4100만원", {"1", "4100", "4,100", "141,000,000", "141000000"}),
        ("4374시간", {"4374", "4,374"}),
        ("오후 3시", {"3", "15", "15:00"}),
        ("15:20", {"3", "15", "20", "15:20"}),
        ("25일부터 27일까지", {"25", "27"}),
        ("쉰 명", {"50"}),
        ("7~9급", {"7", "9", "7~9"}),
        ("042) 120-1234", {"042-120-1234"}),
        ("“올해 30명을 더 뽑겠다”", {"30"}),
        ("12.5%", {"12.5"}),
    ],
)
def test_literals(text: str, wanted: set[str]) -> None:
    assert wanted <= number_literals(text)


def test_facts_and_text_give_the_same() -> None:
    text = "2026. 1. 6.(화) 14:00~16:00, 1,200명이 금113,560원을"
    assert number_literals(find_facts(text)) == number_literals(text)
    assert "99" not in number_literals(text)


@given(st.text(alphabet=st.sampled_from("0123456789.,:/~- 년월일시원명만억%제조가\n"), max_size=60))
def test_every_literal_fits_the_grammar_and_the_source_can_be_repeated(text: str) -> None:
    facts = find_facts(text, quotations=False)
    literals = number_literals(facts)
    assert all(LITERAL.fullmatch(literal) for literal in literals)
    for fact in facts:
        for run in LITERAL.findall(fact.text):
            assert run in literals
