from __future__ import annotations

import pytest
from tests.assistant.drafting.conftest import FORMS, PLAN, Never, document

from biseo.drafting.ahead import prepare_sources
from biseo.drafting.pipeline import write_draft
from biseo.drafting.prompts import instructions
from biseo.drafting.request import DraftRequest
from biseo.tasks.catalogue import all_tasks, find_task
from biseo_models.engine import Prompt
from biseo_models.scripted import ScriptedEngine


@pytest.mark.parametrize("task", [task.id for task in all_tasks()])
def test_what_is_read_ahead_is_what_the_draft_asks_with(task: str) -> None:
    engine = ScriptedEngine(lambda job: "")
    sources = (document(*PLAN), document("둘째 자료의 글이다.", path="둘째.txt"))
    size = prepare_sources(engine, sources)
    assert size.fits
    assert engine.history == []
    (ahead,) = engine.prepared
    list(write_draft(engine, DraftRequest(find_task(task), sources, FORMS[task]), Never()))
    asked = {(job.prompt.instructions, job.prompt.document) for job in engine.history if job.prompt.document}
    assert asked <= {(ahead.instructions, ahead.document)}
    assert asked or task in ("reply", "letter")
    assert ahead.task == ahead.opening == ""


def test_without_sources_the_instructions_are_read() -> None:
    engine = ScriptedEngine([])
    assert prepare_sources(engine, []).tokens == 0
    assert engine.prepared == [Prompt(instructions(), "", "")]


@pytest.mark.parametrize("lines", range(130, 156, 3))
def test_it_fits_exactly_when_a_draft_would_not_condense_it(lines: int) -> None:
    engine = ScriptedEngine(lambda job: "안내", context=4096)
    source = document(*(f"{n + 10}번째 구역에는 나무를 심는다." for n in range(lines)))
    size = prepare_sources(engine, [source])
    assert size.fits == (size.tokens <= size.room) == bool(engine.prepared)
    list(write_draft(engine, DraftRequest(find_task("summary"), (source,)), Never()))
    assert size.fits != any("긴 문서의 한 부분" in job.prompt.task for job in engine.history)


def test_both_sides_of_the_edge_are_tried() -> None:
    engine = ScriptedEngine([], context=4096)
    fits = [
        prepare_sources(engine, [document(*(f"{n + 10}번째 구역에는 나무를 심는다." for n in range(lines)))]).fits
        for lines in (130, 154)
    ]
    assert fits == [True, False]
