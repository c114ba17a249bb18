"""Hundreds of jobs on one model process: `python -m tests.bench.endurance [--jobs 500] [--seed 0]`.

Random documents, tasks, groups side by side, cancels and reading ahead. Every whole greedy answer is compared with that
of a process that has read nothing else; memory is looked at after a tenth of the jobs and at the end. Ends with code 1
when an answer differs by more than rounding, memory grew by more than 3 %, or a process is left.

What an answer differs by is told by `tests.models.judge`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import threading
import time
from pathlib import Path

import psutil
from tests.bench.engine import INSTRUCTIONS, document
from tests.models.judge import ROUNDING, Judge

from biseo import paths
from biseo_models.catalogue import ModelStore
from biseo_models.client import ProcessEngine
from biseo_models.engine import Finished, Guard, Job, Prompt, Sampling, Token
from biseo_models.errors import Cancelled
from biseo_models.fit import Fit

MOST_GROWTH = 0.03
TASKS = ("제목을 한 줄로 씁니다.", "요지를 한 문장으로 씁니다.", "할 일을 한 줄로 씁니다.", "장점을 한 줄로 씁니다.")
LENGTHS = {"가": 3, "나": 5, "다": 7, "라": 10, "마": 14}
DOCUMENTS = tuple(document(length, f"{name}-") for name, length in LENGTHS.items())
GREEDY = Sampling(temperature=0, max_tokens=12, repeat_penalty=1)


class Pause:
    """A cancel flag that sets itself after some looks at it."""

    def __init__(self, looks: int | None) -> None:
        self._left = looks

    def is_set(self) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        return self._left < 0


def job(place: tuple[int, int]) -> Job:
    text, task = DOCUMENTS[place[0]], TASKS[place[1]]
    return Job(Prompt(INSTRUCTIONS, text, task), GREEDY, Guard(None, "", "*#"))


def answers(engine: ProcessEngine, places: list[tuple[int, int]], looks: int | None = None) -> dict[int, str]:
    """Whole answers by the place of their job.

    Raises:
        Cancelled: the flag set itself before the end.
    """
    texts = [""] * len(places)
    whole: dict[int, str] = {}
    for index, event in engine.generate_all([job(place) for place in places], Pause(looks)):
        if isinstance(event, Token):
            texts[index] += event.text
        elif isinstance(event, Finished):
            whole[index] = texts[index]
    return whole


def references(path: Path, fit: Fit | None) -> dict[tuple[int, int], str]:
    """Every answer from a process that has read nothing before."""
    known: dict[tuple[int, int], str] = {}
    for text in range(len(DOCUMENTS)):
        for task in range(len(TASKS)):
            engine = ProcessEngine(path, fit=fit)
            known[text, task] = answers(engine, [(text, task)])[0]
            engine.close()
    return known


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    path = arguments.model or ModelStore(paths.models_folder()).active().path
    dice = random.Random(arguments.seed)
    engine = ProcessEngine(path)
    engine.info()
    print(engine.fit, flush=True)
    known = references(path, engine.fit)
    print(f"기준이 되는 답 {len(known)}개", flush=True)
    done = cancelled = compared = 0
    gaps: list[float] = []
    judge = Judge(path)
    memory: list[int] = []
    waits: list[float] = []
    start = time.monotonic()
    while done < arguments.jobs:
        text = dice.randrange(len(DOCUMENTS))
        width = dice.choice((1, 1, 1, 2, 3, 4))
        texts = [text if dice.random() < 0.8 else dice.randrange(len(DOCUMENTS)) for _ in range(width)]
        places = [(one, dice.randrange(len(TASKS))) for one in texts]
        if dice.random() < 0.2:
            engine.prepare(Prompt(INSTRUCTIONS, DOCUMENTS[dice.randrange(len(DOCUMENTS))], ""))
            time.sleep(dice.random())
        looks = dice.randrange(1, 60) if dice.random() < 0.3 else None
        begun = time.monotonic()
        try:
            for index, answer in answers(engine, places, looks).items():
                compared += 1
                if answer != known[places[index]]:
                    gaps.append(judge.gap(job(places[index]), answer))
        except Cancelled:
            cancelled += 1
        waits.append(time.monotonic() - begun)
        done += width
        memory.append(engine.memory_bytes())
        if len(memory) % 20 == 0:
            print(f"{done}/{arguments.jobs}, 다른 답 {len(gaps)}개, {memory[-1] >> 20} MB", flush=True)
    early = statistics.median(memory[len(memory) // 10 : len(memory) // 5])
    late = statistics.median(memory[-len(memory) // 10 :])
    growth = late / early - 1
    child = engine.process_id
    engine.close()
    left = child is not None and psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE
    print(f"작업 {done}개, 멈춘 묶음 {cancelled}개, 견준 답 {compared}개")
    print(f"다른 답 {len(gaps)}개, 두 말 사이의 차이(로짓) {[round(gap, 2) for gap in sorted(gaps)]}")
    print(f"메모리 {early / 2**20:.0f} → {late / 2**20:.0f} MB ({growth:+.1%}), 남은 프로세스 {int(left)}개")
    print(f"{time.monotonic() - start:.0f}초, 가장 긴 묶음 {max(waits):.1f}초, 실 {threading.active_count()}개")
    sys.exit(max(gaps, default=0) > ROUNDING or growth > MOST_GROWTH or left)


if __name__ == "__main__":
    main()
