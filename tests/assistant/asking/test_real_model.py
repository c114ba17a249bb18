"""The real default model as the judge of an answer: whatever it says, nothing is worded by it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from tests.assistant.asking.test_ask import UNSURE

from biseo.asking import Reply, ask
from biseo.library import Library
from biseo_models.catalogue import ModelStore
from biseo_models.client import ProcessEngine

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def engine(model_store: ModelStore) -> Iterator[ProcessEngine]:
    engine = ProcessEngine(model_store.active().path, context=4096)
    yield engine
    engine.close()


def test_the_model_confirms_or_refuses(library: Library, engine: ProcessEngine) -> None:
    reply = next(event for event in ask(UNSURE, library, engine, Event()) if isinstance(event, Reply))
    assert reply.by_model
    assert reply.refused == (not reply.sentences)
    assert all(sentence.text == sentence.citations[0].text for sentence in reply.sentences)


def test_what_the_rules_are_sure_of_is_not_asked(library: Library, engine: ProcessEngine) -> None:
    question = "이용 요금은 얼마인가요?"
    reply = next(event for event in ask(question, library, engine, Event()) if isinstance(event, Reply))
    assert not reply.by_model
    assert "500원" in reply.text
