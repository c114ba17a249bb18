"""Polite sentences as plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.plain_style import to_plain_style

SENTENCES = {
    "축제를 시작합니다.": "축제를 시작한다.",
    "막차를 늦춥니다.": "막차를 늦춘다.",
    "주최는 새벽시입니다.": "주최는 새벽시다.",
    "사업비는 3억 원입니다.": "사업비는 3억 원이다.",
    "시민이 찾았습니다.": "시민이 찾았다.",
    "안내소가 있습니다": "안내소가 있다",
    "점검을 받습니다.": "점검을 받는다.",
    "비용이 들지 않습니다.": "비용이 들지 않는다.",
    "만족도가 높습니다.": "만족도가 높다.",
    "만족도가 높지 않습니다.": "만족도가 높지 않다.",
    "시설을 체크합니다.": "시설을 체크한다.",
    "공사를 완료합니다.": "공사를 완료한다.",
    "행사를 벌입니다.": "행사를 벌인다.",
    "협력이 필요합니다.": "협력이 필요하다.",
    "비중을 높입니다.": "비중을 높인다.",
    "책임이 아닙니다.": "책임이 아니다.",
    "운영할 예정입니다.": "운영할 예정이다.",
    "기대됩니다.": "기대된다.",
}
PLAIN = ("시민이 찾았다.", "운영 계획", "", "니다", "[확인 필요]", "말했다")


@pytest.mark.parametrize(("polite", "plain"), SENTENCES.items())
def test_polite(polite: str, plain: str) -> None:
    assert to_plain_style(polite) == plain
    assert to_plain_style(plain) == plain


@pytest.mark.parametrize("sentence", PLAIN)
def test_others_stay(sentence: str) -> None:
    assert to_plain_style(sentence) == sentence


@given(st.text(alphabet="가합입습높니다. ㅂ!", max_size=12))
def test_any_text(sentence: str) -> None:
    assert len(to_plain_style(sentence)) <= len(sentence) + 1
