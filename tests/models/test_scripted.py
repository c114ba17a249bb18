from __future__ import annotations

import threading

import pytest

from biseo_models.engine import Finished, Job, Prompt, Reading, Token
from biseo_models.errors import Cancelled, ModelError
from biseo_models.scripted import ScriptedEngine

NEVER = threading.Event()
JOB = Job(Prompt("지시", "자료", "할 일"))


def words(engine: ScriptedEngine, job: Job = JOB) -> str:
    return "".join(event.text for event in engine.generate(job, NEVER) if isinstance(event, Token))


def test_answers_in_turn_and_remembers_the_jobs() -> None:
    engine = ScriptedEngine(["첫 답", "둘째  답\n끝"])
    other = Job(Prompt("가", "나", "다"))
    assert [words(engine), words(engine, other)] == ["첫 답", "둘째  답\n끝"]
    assert engine.history == [JOB, other]


def test_events_come_as_of_a_real_engine() -> None:
    events = list(ScriptedEngine(lambda job: job.prompt.task).generate(JOB, NEVER))
    assert isinstance(events[0], Reading)
    assert isinstance(events[-1], Finished) and events[-1].reason == "end"
    assert all(isinstance(event, Token) for event in events[1:-1])


def test_an_exception_in_the_script_is_raised() -> None:
    error = ModelError("engine-died", "멈추었습니다.", "다시 해 주세요.")
    with pytest.raises(ModelError) as caught:
        words(ScriptedEngine([error]))
    assert caught.value is error


def test_cancel_at_a_known_word() -> None:
    stop = threading.Event()
    count = 0

    def pace() -> None:
        nonlocal count
        count += 1
        if count == 3:
            stop.set()

    engine = ScriptedEngine(["하나 둘 셋 넷"], pace=pace)
    heard: list[str] = []
    with pytest.raises(Cancelled):
        for event in engine.generate(JOB, stop):
            if isinstance(event, Token):
                heard.append(event.text)
    assert heard == ["하나", " 둘"]


def test_context_and_close() -> None:
    engine = ScriptedEngine([], context=4096)
    assert engine.info().context == 4096
    assert engine.count(["가나", "가나다", ""]) == [1, 2, 0]
    engine.close()
    assert engine.closed
