"""A second look by meaning: only where words are not sure, never instead of what a question wants."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event

import pytest

from biseo.asking import Reply, ask
from biseo.library import Library

VAGUE = "장마 태풍에 비가 내리면 미루나요?"


def replied(library: Library, question: str) -> Reply:
    return next(event for event in ask(question, library, None, Event()) if isinstance(event, Reply))


def like(part: str, asked: list[str]) -> object:
    """An encoder to which sentences with `part` are alike to anything, others to nothing."""

    def likeness(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        asked.extend(texts)
        return [[0.6 if part in other else 0.0 for other in others] for _ in texts]

    return likeness


def test_a_sentence_that_is_near_by_meaning_needs_fewer_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert replied(library, VAGUE).refused
    asked: list[str] = []
    monkeypatch.setattr(library, "likeness", like("미룬다", asked))
    reply = replied(library, VAGUE)
    assert asked == [VAGUE]
    assert reply.text == "비가 오면 대회를 한 주 미룬다."


def test_meaning_is_not_asked_where_words_are_sure(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(library, "likeness", like("", asked))
    assert not replied(library, "이용 요금은 얼마인가요?").refused
    assert asked == []


@pytest.mark.parametrize("question", ["자전거 보험료는 얼마인가요?", "걷기 대회 참가비는 얼마인가요?"])
def test_meaning_answers_nothing_that_is_not_named(
    library: Library, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setattr(library, "likeness", like("", []))
    assert replied(library, question).refused


def test_without_vectors_words_decide(library: Library) -> None:
    assert library.likeness(["비"], ["바람"]) is None
    assert replied(library, VAGUE).refused
