from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.text.stems import connected, planned, predicate

NEXT = "신청은 누리집에서 받는다."


@pytest.mark.parametrize(
    ("sentence", "joined", "plan"),
    [
        ("도서관에서 축제를 연다.", "도서관에서 축제를 열고, ", "도서관에서 축제를 열 예정이다."),
        ("행사는 오후 5시에 끝난다.", "행사는 오후 5시에 끝나고, ", "행사는 오후 5시에 끝날 예정이다."),
        ("모두 시비로 마련한다.", "모두 시비로 마련하고, ", "모두 시비로 마련할 예정이다."),
        ("신청은 누리집에서 받는다.", "신청은 누리집에서 받고, ", "신청은 누리집에서 받을 예정이다."),
        ("책 6,000권을 나눈다.", "책 6,000권을 나누고, ", "책 6,000권을 나눌 예정이다."),
        ("사업비는 4,800만 원이다.", "사업비는 4,800만 원이며, ", ""),
        ("사용량이 38% 줄었다.", "사용량이 38% 줄었고, ", ""),
        ("새 책으로 바꿀 수 있다.", "새 책으로 바꿀 수 있고, ", ""),
        ("많은 시민이 찾을 것으로 보인다.", "많은 시민이 찾을 것으로 보이고, ", ""),
        ("점검이 꼭 필요하다.", "점검이 꼭 필요하고, ", ""),
        ("홀로 사는 어르신을 돕는다.", "홀로 사는 어르신을 돕고, ", ""),  # 도울: its last consonant changes
        ("안전요원을 두 명씩 뽑는다.", "안전요원을 두 명씩 뽑고, ", "안전요원을 두 명씩 뽑을 예정이다."),
        ("불이 켜져 밤길이 밝습니다.", "", ""),
        ("작은도서관 28곳 점검", "", ""),
    ],
)
def test_sentences_are_joined_and_planned(sentence: str, joined: str, plan: str) -> None:
    assert connected(sentence, NEXT) == (joined + NEXT if joined else "")
    assert planned(sentence) == plan


@given(st.text(alphabet="가나다라마바사한는이었을열을 0123456789.,다", max_size=40))
def test_nothing_but_the_end_changes(sentence: str) -> None:
    end = predicate(sentence)
    joined, plan = connected(sentence, NEXT), planned(sentence)
    if end is None:
        assert not joined
        assert not plan
    else:
        assert sentence.startswith(end.stem[:-1])
        assert all(text.startswith(end.stem[:-1]) for text in (joined, plan) if text)
