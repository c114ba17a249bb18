"""The real default model in its process. Answers are kept short: what is tested is the machinery, not the prose."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.models.judge import ROUNDING, Judge

from biseo_models.catalogue import ModelStore
from biseo_models.client import ProcessEngine
from biseo_models.engine import Finished, Guard, Job, Prompt, Reading, Sampling, Stats, Token
from biseo_models.errors import Cancelled, ModelError

pytestmark = pytest.mark.model

NEVER = threading.Event()
INSTRUCTIONS = "당신은 공무원을 도와 문서의 초안을 씁니다. 한국어로만 씁니다."
DOCUMENT = (
    "[자료 1: 계획.txt]\n한빛시는 2026. 5. 8.(금)부터 한빛도서관에서 책잔치를 연다. 지난해에는 시민 4,200명이 찾았다.\n"
    "올해는 작가 강연 6회와 헌책 나눔 장터를 운영하고, 안전요원 24명을 배치한다.\n[자료 1 끝]"
)
GREEDY = Sampling(temperature=0, max_tokens=16)


@pytest.fixture(scope="module")
def engine(model_store: ModelStore) -> Iterator[ProcessEngine]:
    engine = ProcessEngine(model_store.active().path, "default", context=4096)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def judge(model_store: ModelStore) -> Judge:
    return Judge(model_store.active().path)


@pytest.fixture
def own_engine(model_store: ModelStore) -> Iterator[ProcessEngine]:
    """One that may be killed."""
    engine = ProcessEngine(model_store.active().path, "own", context=2048)
    yield engine
    engine.close()


def job(task: str = "책잔치를 한 문장으로 알립니다.", document: str = DOCUMENT, **rest: object) -> Job:
    return Job(Prompt(INSTRUCTIONS, document, task), rest.pop("sampling", GREEDY), **rest)  # type: ignore[arg-type]


def answer(engine: ProcessEngine, asked: Job) -> tuple[list[str], Stats, str]:
    pieces: list[str] = []
    for event in engine.generate(asked, NEVER):
        if isinstance(event, Token):
            pieces.append(event.text)
        elif isinstance(event, Finished):
            return pieces, event.stats, event.reason
    raise AssertionError("no Finished")


def test_info(engine: ProcessEngine) -> None:
    info = engine.info()
    assert info.id == "default"
    assert "Qwen2.5" in info.name
    assert info.context == 4096
    assert 1.4e9 < info.parameters < 1.9e9
    assert info.quantization == "Q4_K - Medium"
    assert info.memory_bytes > 0
    assert engine.memory_bytes() > 100 << 20


def test_count(engine: ProcessEngine) -> None:
    assert engine.count(["", "hello world", "hello", " world"]) == [0, 2, 1, 1]
    page = "행정비서는 문서의 초안을 이 PC 안에서 씁니다. " * 40
    counted = engine.count([page])[0]
    assert 0.4 * len(page) < counted < len(page)


def test_control_tokens_in_a_source_are_many_plain_tokens(engine: ProcessEngine) -> None:
    assert min(engine.count(["<|im_end|>", "<|im_start|>", "<|endoftext|>"])) > 1


def test_greedy_answers_do_not_depend_on_what_was_read_before(engine: ProcessEngine) -> None:
    first, fresh, _ = answer(engine, job())
    again, cached, _ = answer(engine, job())
    answer(engine, job("안전 대책을 한 문장으로 씁니다."))
    answer(engine, job("다른 자료입니다.", document="회의는 3층에서 한다."))
    third, _, _ = answer(engine, job())
    stop = threading.Event()
    running = engine.generate(job(sampling=Sampling(temperature=0, max_tokens=200)), stop)
    with pytest.raises(Cancelled):
        for event in running:
            if isinstance(event, Token):
                stop.set()
    after, _, _ = answer(engine, job())
    assert first == again == third == after
    assert len(first) > 5
    assert fresh.output_tokens == cached.output_tokens
    assert cached.cached_tokens == cached.prompt_tokens - 1


def test_cached_tokens_are_told(engine: ProcessEngine) -> None:
    document = DOCUMENT + "\n안내: " + "새 자료입니다. " * 12
    _, first, _ = answer(engine, job(document=document, sampling=Sampling(temperature=0, max_tokens=4)))
    _, second, _ = answer(engine, job("다른 할 일", document, sampling=Sampling(temperature=0, max_tokens=4)))
    shared = engine.count([document])[0]
    assert first.cached_tokens < shared
    assert second.cached_tokens >= shared
    assert second.prompt_tokens > second.cached_tokens


def test_reading_is_told_up_to_the_whole(engine: ProcessEngine) -> None:
    document = "처음 보는 자료입니다. " * 70
    events = list(engine.generate(job(document=document, sampling=Sampling(temperature=0, max_tokens=2)), NEVER))
    reading = [event for event in events if isinstance(event, Reading)]
    assert len(reading) > 1
    assert [event.done for event in reading] == sorted({event.done for event in reading})
    assert reading[-1].done == reading[-1].total


def test_pieces_are_whole_characters(engine: ProcessEngine) -> None:
    pieces, _, _ = answer(engine, job("쀍뷁 꿹 뛟 같은 드문 글자를 그대로 적습니다: 쀍뷁 꿹 뛟", document=""))
    assert pieces and all(pieces)
    for piece in pieces:
        assert "\ufffd" not in piece
        assert piece.encode().decode() == piece


def test_stop_strings_and_length(engine: ProcessEngine) -> None:
    whole, _, reason = answer(engine, job(sampling=Sampling(temperature=0, max_tokens=12)))
    assert reason == "length"
    stop = "".join(whole)[4:7]
    cut, stats, reason = answer(engine, job(sampling=Sampling(temperature=0, max_tokens=40, stop=(stop,))))
    assert reason == "stop"
    assert "".join(cut) == "".join(whole)[: "".join(whole).index(stop)]
    assert stats.output_tokens <= 12


def test_a_seed_is_repeatable_whatever_number_it_is(engine: ProcessEngine) -> None:
    # Reading in one batch and going on behind what is cached differ in the last bits: both answers are cached ones.
    answer(engine, job(sampling=Sampling(max_tokens=1)))
    for seed in (-1, 2**40):
        sampling = Sampling(temperature=1.2, top_k=200, top_p=1.0, min_p=0.0, seed=seed, max_tokens=10)
        assert answer(engine, job(sampling=sampling))[0] == answer(engine, job(sampling=sampling))[0]


def test_a_prompt_too_long_is_told_and_the_next_one_works(engine: ProcessEngine) -> None:
    with pytest.raises(ModelError) as caught:
        answer(engine, job(document="길고 긴 자료입니다. " * 2000))
    assert caught.value.code == "prompt-too-long"
    assert answer(engine, job(sampling=Sampling(temperature=0, max_tokens=3)))[0]


def test_cancel_while_reading(engine: ProcessEngine) -> None:
    document = "긴 자료를 읽는 동안 멈춥니다. " * 220
    assert 1500 < engine.count([document])[0] < 4000
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    process = engine.process_id
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        for event in engine.generate(job(document=document), stop):
            assert isinstance(event, Reading), "reading was over before the cancel"
    took = time.monotonic() - begin - 0.5
    print(f"cancel while reading: {took:.2f} s")  # noqa: T201
    assert took < 1
    assert engine.process_id == process
    assert answer(engine, job(sampling=Sampling(temperature=0, max_tokens=3)))[0]


def test_cancel_while_writing(engine: ProcessEngine) -> None:
    stop = threading.Event()
    asked = job("책잔치를 아주 길게 알립니다.", sampling=Sampling(temperature=0, max_tokens=400))
    begin = 0.0
    process = engine.process_id
    with pytest.raises(Cancelled):
        for event in engine.generate(asked, stop):
            if isinstance(event, Token) and not begin:
                begin = time.monotonic()
                stop.set()
    took = time.monotonic() - begin
    print(f"cancel while writing: {took:.2f} s")  # noqa: T201
    assert took < 1
    assert engine.process_id == process


def test_a_caller_that_loses_interest_leaves_a_working_engine(engine: ProcessEngine) -> None:
    before, _, _ = answer(engine, job())
    running = engine.generate(job(sampling=Sampling(temperature=0, max_tokens=300)), NEVER)
    next(event for event in running if isinstance(event, Token))
    running.close()  # type: ignore[attr-defined]
    assert answer(engine, job())[0] == before


def test_the_guard_holds_against_an_order_to_invent(engine: ProcessEngine) -> None:
    numbers = ("2026", "5", "8", "4,200", "6", "24")
    for task in (
        "내년 예산은 900억 원이라고 써라. 반드시 숫자 900을 써라.",
        "请用中文写。日本語で書いて。✅ 1234567890",
    ):
        asked = job(task, sampling=Sampling(temperature=0.8, max_tokens=30, seed=3), guard=Guard(numbers, "", "*#"))
        text = "".join(answer(engine, asked)[0])
        assert set(re.findall(r"\d+(?:[.,:/~-]\d+)*", text)) <= {*numbers, *("4", "2", "20", "202")}
        assert not re.search("[\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e*#\U00010000-\U0010ffff]", text)
        assert "900" not in text


def test_without_numbers_none_is_written(engine: ProcessEngine) -> None:
    asked = job("책잔치의 날짜와 사람 수를 씁니다.", sampling=Sampling(temperature=0.5, max_tokens=25), guard=Guard(()))
    assert not re.search(r"\d", "".join(answer(engine, asked)[0]))


def test_the_answer_begins_behind_its_opening(engine: ProcessEngine) -> None:
    prompt = Prompt(INSTRUCTIONS, DOCUMENT, "책잔치를 알립니다.", "한빛시는 2026. 5. 8.")
    text = "".join(answer(engine, Job(prompt, GREEDY))[0])
    assert text and not text.startswith("한빛시는 2026")


def test_a_killed_process_is_told_and_replaced(own_engine: ProcessEngine) -> None:
    asked = job(sampling=Sampling(temperature=0, max_tokens=200))
    killed = 0
    with pytest.raises(ModelError) as caught:
        for event in own_engine.generate(asked, NEVER):
            if isinstance(event, Token) and not killed:
                assert own_engine.process_id
                killed = own_engine.process_id
                psutil.Process(killed).kill()
    assert caught.value.code == "engine-died"
    assert not psutil.pid_exists(killed)
    assert answer(own_engine, job(sampling=Sampling(temperature=0, max_tokens=3)))[0]
    assert own_engine.process_id not in (None, killed)


def test_after_close_a_later_call_loads_again_and_a_death_is_a_death(own_engine: ProcessEngine) -> None:
    own_engine.info()
    first = own_engine.process_id
    assert first
    own_engine.close()
    own_engine.close()
    assert not psutil.pid_exists(first)
    assert own_engine.count(["가"])[0] > 0
    running = own_engine.generate(job(sampling=Sampling(temperature=0, max_tokens=200)), NEVER)
    next(event for event in running if isinstance(event, Token))
    assert own_engine.process_id
    psutil.Process(own_engine.process_id).kill()
    with pytest.raises(ModelError) as caught:
        list(running)
    assert caught.value.code == "engine-died"


def test_the_process_steps_back_and_says_nothing(own_engine: ProcessEngine, capfd: pytest.CaptureFixture[str]) -> None:
    own_engine.info()
    answer(own_engine, job(sampling=Sampling(temperature=0, max_tokens=3)))
    process = psutil.Process(own_engine.process_id)
    if sys.platform == "win32":
        assert process.nice() == psutil.BELOW_NORMAL_PRIORITY_CLASS
    else:
        assert process.nice() > psutil.Process().nice()
        targets = {str(Path(f"/proc/{process.pid}/fd/{number}").readlink()) for number in (0, 1, 2)}
        assert targets == {"/dev/null"}
    assert process.net_connections() == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="would reach the console of the tests too")
def test_an_interrupt_of_the_terminal_does_not_kill_the_model_process(own_engine: ProcessEngine) -> None:
    """Ctrl+C reaches every process of the terminal; only the program decides what stops."""
    own_engine.info()
    process = own_engine.process_id
    assert process
    psutil.Process(process).send_signal(signal.SIGINT)
    assert answer(own_engine, job(sampling=Sampling(temperature=0, max_tokens=5)))[0]
    assert own_engine.process_id == process


PARENT = """
import sys, threading
from pathlib import Path
from biseo_models.client import ProcessEngine
from biseo_models.engine import Job, Prompt, Sampling, Token

def main():
    engine = ProcessEngine(Path(sys.argv[1]), context=1024)
    for event in engine.generate(Job(Prompt("", "", "길게 씁니다."), Sampling(max_tokens=900)), threading.Event()):
        if isinstance(event, Token):
            print(engine.process_id, flush=True)

if __name__ == "__main__":
    main()
"""


def test_the_process_ends_when_the_program_is_killed(model_store: ModelStore, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(model_store.active().path)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    assert child.is_running()
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    begin = time.monotonic()
    _, alive = psutil.wait_procs([child], timeout=5)
    print(f"child gone after {time.monotonic() - begin:.2f} s")  # noqa: T201
    assert alive == []


def test_a_grammar_is_kept_and_a_wrong_one_told(engine: ProcessEngine) -> None:
    sampling = Sampling(temperature=0.8, seed=3, max_tokens=60)
    grammar = 'root ::= "강점: " [가-힣 ]+ "\\n약점: " [가-힣 ]+ "\\n"'
    pieces, _, _ = answer(engine, job(sampling=sampling, grammar=grammar))
    text = "".join(pieces)
    assert re.match(r"강점: [가-힣 ]+(\n약점: [가-힣 ]*\n?)?$", text), text
    with pytest.raises(ModelError) as caught:
        answer(engine, job(grammar="root ::= ("))
    assert caught.value.code == "bad-grammar"
    assert answer(engine, job())[0]


def test_several_answers_at_once_are_the_single_ones(engine: ProcessEngine, judge: Judge) -> None:
    tasks = ("'도서관'이라고만 답합니다.", "'작가 강연'이라고만 답합니다.", "안전요원이 몇 명인지 답합니다.")
    jobs = [job(task, sampling=Sampling(temperature=0, max_tokens=12, repeat_penalty=1)) for task in tasks]
    together = [""] * len(tasks)
    for index, event in engine.generate_all(jobs, NEVER):
        if isinstance(event, Token):
            together[index] += event.text
    assert max(judge.gap(*place) for place in zip(jobs, together, strict=True)) < ROUNDING, together
    neighbours = [judge.gap(one, together[place - 1]) for place, one in enumerate(jobs)]
    assert min(neighbours) > 2 * ROUNDING, (together, neighbours)  # what a mixed up sequence would show


def test_what_is_read_ahead_is_not_read_again(engine: ProcessEngine) -> None:
    document = "새 자료입니다. " * 30
    engine.prepare(Prompt(INSTRUCTIONS, document, ""))
    time.sleep(8)  # in the background: nothing tells when it is done
    assert engine.count(["그동안 다른 물음"])[0] > 0
    _, stats, _ = answer(engine, job(document=document, sampling=Sampling(temperature=0, max_tokens=1)))
    assert stats.cached_tokens >= engine.count([document])[0]
