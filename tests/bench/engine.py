"""Prints what the engine costs beside llama.cpp itself: `python -m tests.bench.engine [--model FILE] [--only NAME …]`.

Every ratio comes from one run, in which the things compared take turns; medians and spread (lowest to highest) are
shown.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import Any

from biseo import paths
from biseo_models.catalogue import ModelStore
from biseo_models.client import ProcessEngine
from biseo_models.decoder import Decoder
from biseo_models.engine import Finished, Guard, Job, Prompt, Reading, Sampling, Stats, Token
from biseo_models.errors import Cancelled
from biseo_models.fit import measure
from biseo_models.machine import KEPT_BYTES, threads_to_try
from biseo_models.messages import LoadPlan

INSTRUCTIONS = (
    "당신은 대한민국 행정기관의 공무원을 도와 문서의 초안을 씁니다. 자료에 적힌 사실만 씁니다. 한국어로만 씁니다."
)
PLACES = ("한빛도서관", "누리공원", "새뜰마을회관", "가온체육관", "다솜어린이집", "미르시장", "아라나루", "온새미로")
WORKS = (
    "노후 조명을 고효율 등으로 바꾸고 야간 순찰을 늘린다",
    "주민 설명회를 열어 의견을 모으고 결과를 누리집에 공개한다",
    "어르신을 위한 돌봄 교실과 아이를 위한 독서 교실을 함께 운영한다",
    "비가 많이 올 때를 대비해 배수로를 정비하고 모래주머니를 갖춘다",
    "전기차 충전기를 설치하고 장애인 주차면을 넓힌다",
)
TASKS = (
    "추진 배경",
    "현황과 문제점",
    "추진 방향",
    "세부 계획",
    "기대 효과",
    "위험 요인과 대책",
    "홍보 계획",
    "앞으로의 일정",
)


def document(sentences: int = 26, salt: str = "") -> str:
    """About 50 tokens a sentence."""
    lines = [f"[자료 1: 계획{salt}.hwpx]"]
    for number in range(sentences):
        place, work = PLACES[number % len(PLACES)], WORKS[number % len(WORKS)]
        lines.append(
            f"{place}에서는 {salt}2026. {number % 12 + 1}. {number + 1}.부터 {1200 + 37 * number:,}명을 대상으로 "
            f"{work}. 사업비는 {3 + number}억 {100 * (number % 9 + 1):,}만 원이다."
        )
    return "\n".join([*lines, "[자료 1 끝]"])


LITERALS = tuple(
    {word for number in range(40) for word in (f"{1200 + 37 * number:,}", str(number + 1), str(3 + number), "2026")}
)
FREE = Sampling(temperature=0.35, max_tokens=64, dry_multiplier=0.6)


def job(task: str, text: str, sampling: Sampling = FREE, **rest: Any) -> Job:
    return Job(
        Prompt(INSTRUCTIONS, text, f"[할 일] 위 자료로 '{task}' 부분을 다섯 문장 넘게 자세히 씁니다."), sampling, **rest
    )


def told(name: str, values: list[float], unit: str) -> str:
    return f"{name:<46} {statistics.median(values):8.2f} {unit}  ({min(values):.2f}–{max(values):.2f}, {len(values)}회)"


class Bench:
    """One loaded model.

    Args:
        path: GGUF file.
        rounds: turns of everything that is compared.
    """

    def __init__(self, path: Path, rounds: int) -> None:
        from biseo_models.llama import LlamaModel

        self.path, self.rounds = path, rounds
        self.model = LlamaModel(LoadPlan(path, path.stem, 8192), lambda: False)
        self.fit = measure(self.model, self.model.set_threads, threads_to_try())
        self.decoder = Decoder(self.model, KEPT_BYTES, self.fit.parallel, self.fit.batch)

    def answer(self, decoder: Decoder, jobs: list[Job]) -> tuple[list[Stats], float]:
        start = time.monotonic()
        stats = [event.stats for _, event in decoder.answer(jobs) if isinstance(event, Finished)]
        return stats, time.monotonic() - start

    def writing_rate(self, decoder: Decoder, asked: Job) -> float:
        """Tokens a second after the first one."""
        (stats,), _ = self.answer(decoder, [asked])
        return (stats.output_tokens - 1) / (stats.total_s - stats.first_token_s)

    def bare_rate(self, asked: Job) -> float:
        """The same prompt and samplers in a bare loop of `llama_decode` and `llama_sampler_sample`."""
        import llama_cpp

        from biseo_models.llama import sampler_links

        model = self.model
        tokens = model.prompt_tokens(asked.prompt)
        prompt = [*tokens.shared, *tokens.own]
        context, vocab = model.handles()
        memory = llama_cpp.llama_get_memory(context)
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        for link in sampler_links(vocab, asked.sampling, model.context):
            llama_cpp.llama_sampler_chain_add(chain, link)
        llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_dist(asked.sampling.seed))
        sequence = model.sequences - 1
        llama_cpp.llama_memory_seq_rm(memory, sequence, -1, -1)
        batch = llama_cpp.llama_batch_init(model.batch, 0, 1)

        def decode(chunk: list[int], past: int) -> None:
            batch.n_tokens = len(chunk)
            for place, token in enumerate(chunk):
                batch.token[place], batch.pos[place] = token, past + place
                batch.n_seq_id[place], batch.seq_id[place][0] = 1, sequence
                batch.logits[place] = place == len(chunk) - 1
            if llama_cpp.llama_decode(context, batch):
                raise RuntimeError("llama_decode")

        for start in range(0, len(prompt), model.batch):
            decode(prompt[start : start + model.batch], start)
        past, written, begun = len(prompt), 0, 0.0
        while written < asked.sampling.max_tokens:
            token = llama_cpp.llama_sampler_sample(chain, context, -1)
            written += 1
            begun = begun or time.monotonic()
            if llama_cpp.llama_vocab_is_eog(vocab, token):
                break
            decode([token], past)
            past += 1
        rate = (written - 1) / (time.monotonic() - begun)
        llama_cpp.llama_memory_seq_rm(memory, sequence, -1, -1)
        llama_cpp.llama_batch_free(batch)
        llama_cpp.llama_sampler_free(chain)
        return rate

    # What is shown

    def writing(self) -> Iterator[str]:
        """One answer at a time: bare loop, free, guarded, by a grammar, with guesses."""
        text = document(10)
        decoder = self.decoder

        def guessing(asked: Job, cost: float) -> float:
            decoder.guess_cost = cost
            rate = self.writing_rate(decoder, asked)
            decoder.guess_cost = inf
            return rate

        grammar = 'root ::= [^\\n]+ ("\\n" [^\\n]+)*'
        ways: dict[str, Callable[[Job], float]] = {
            "llama_decode만": self.bare_rate,
            "그대로": lambda asked: self.writing_rate(decoder, asked),
            "지키며(숫자·문자)": lambda asked: self.writing_rate(
                decoder, Job(asked.prompt, asked.sampling, Guard(LITERALS, "", "*#"))
            ),
            "틀(GBNF)에 맞춰": lambda asked: self.writing_rate(
                decoder, Job(asked.prompt, asked.sampling, None, grammar)
            ),
            "늘 어림하며": lambda asked: guessing(asked, 0),
            "이로울 때 어림하며": lambda asked: guessing(asked, self.fit.guess_cost),
        }
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(self.rounds):
            for name, rate in ways.items():
                rates[name].append(rate(job(TASKS[turn % len(TASKS)], text, Sampling(max_tokens=64, seed=turn))))
        for name, values in rates.items():
            yield told(f"쓰기: {name}", values, "토큰/초")
        base = {name: statistics.median(values) for name, values in rates.items()}
        yield f"  그대로 / llama_decode만 = {base['그대로'] / base['llama_decode만']:.3f} (약속 0.95)"
        yield f"  지키며 / 그대로 = {base['지키며(숫자·문자)'] / base['그대로']:.3f} (약속 0.97)"
        yield f"  틀에 맞춰 / 그대로 = {base['틀(GBNF)에 맞춰'] / base['그대로']:.3f} (약속 0.97)"
        yield f"  늘 어림하며 / 그대로 = {base['늘 어림하며'] / base['그대로']:.3f}"
        yield f"  이로울 때 어림하며 / 그대로 = {base['이로울 때 어림하며'] / base['그대로']:.3f}"

    def prefixes(self) -> Iterator[str]:
        """Time to the first token: cold, second task, edited task, again, another document and back."""
        firsts: dict[str, list[float]] = {}
        reading: list[float] = []
        short = Sampling(temperature=0, max_tokens=2)
        for turn in range(max(2, self.rounds // 2)):
            decoder = self.decoder
            decoder.reset()
            text, other = document(26, f"{turn}-"), document(24, f"다른{turn}-")
            steps = (
                ("처음 읽는 자료", job(TASKS[0], text, short)),
                ("같은 자료, 다른 일", job(TASKS[1], text, short)),
                ("같은 자료, 고친 지시", job(TASKS[1] + "(짧게)", text, short)),
                ("같은 부분 다시", job(TASKS[1], text, short)),
                ("다른 자료", job(TASKS[0], other, short)),
                ("먼저 자료로 돌아옴", job(TASKS[2], text, short)),
            )
            for name, asked in steps:
                (stats,), _ = self.answer(decoder, [asked])
                firsts.setdefault(name, []).append(stats.first_token_s)
                if name == "처음 읽는 자료":
                    reading.append(stats.prompt_tokens / stats.first_token_s)
        yield told("읽기", reading, "토큰/초")
        cold = statistics.median(firsts["처음 읽는 자료"])
        for name, values in firsts.items():
            yield told(f"첫 말까지: {name}", values, "초") + f"  × {statistics.median(values) / cold:.3f}"
        yield "  (약속: 같은 자료는 0.1 이하)"

    def side_by_side(self) -> Iterator[str]:
        """Eight sections of one document together and one after another."""
        together: list[float] = []
        turns: list[float] = []
        speed: list[float] = []
        guard = Guard(LITERALS, "", "*#")
        text = document(20)
        for turn in range(max(2, self.rounds // 3)):
            sampling = Sampling(max_tokens=80, seed=turn)
            jobs = [job(task, text, sampling, guard=guard) for task in TASKS]
            decoder = self.decoder
            decoder.reset()
            self.answer(decoder, [job("제목", text, Sampling(max_tokens=1))])  # both ways find the document read
            stats, seconds = self.answer(decoder, jobs)
            together.append(seconds)
            speed.append(sum(one.output_tokens for one in stats) / seconds)
            decoder.reset()
            self.answer(decoder, [job("제목", text, Sampling(max_tokens=1))])
            spent = 0.0
            for one in jobs:
                spent += self.answer(decoder, [one])[1]
            turns.append(spent)
        yield told("여덟 부분을 나란히", together, "초")
        yield told("여덟 부분을 차례로", turns, "초")
        yield told("나란히 쓰는 속도(과제 읽기 포함)", speed, "토큰/초")
        yield f"  나란히 / 차례로 = {statistics.median(together) / statistics.median(turns):.3f} (약속 0.67)"

    def others(self) -> Iterator[str]:
        """The library's own stream, and gpt4all where it is installed, on the same file."""
        import llama_cpp

        text = document(10)
        asked = job(TASKS[0], text)
        messages = [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": f"{text}\n\n{asked.prompt.task}"},
        ]
        library = llama_cpp.Llama(str(self.path), n_ctx=4096, n_threads=self.fit.threads, verbose=False)

        def stream(turn: int) -> Iterator[str]:
            pieces: Any = library.create_chat_completion(
                messages, stream=True, temperature=0.35, top_k=40, top_p=0.92, min_p=0.05, max_tokens=64, seed=turn,
                repeat_penalty=1.08,
            )  # type: ignore[arg-type]  # fmt: skip
            return (piece["choices"][0]["delta"].get("content", "") for piece in pieces)

        def ours(turn: int) -> float:
            return self.writing_rate(self.decoder, job(TASKS[0], text, Sampling(max_tokens=64, seed=turn)))

        ways: dict[str, Callable[[int], float]] = {
            "이 프로그램(토큰)": ours,
            "llama-cpp-python의 흐름(조각)": lambda turn: pieces_rate(stream(turn)),
        }
        if importlib.util.find_spec("gpt4all"):
            import gpt4all  # type: ignore[import-not-found]

            other = gpt4all.GPT4All(
                self.path.name, model_path=str(self.path.parent), allow_download=False, n_ctx=4096,
                n_threads=self.fit.threads, verbose=False,
            )  # fmt: skip
            ways["gpt4all(조각)"] = lambda turn: pieces_rate(
                other.generate(f"{text}\n\n{asked.prompt.task}", max_tokens=64, streaming=True)
            )
        else:
            yield "gpt4all: 설치되어 있지 않음"
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(self.rounds):
            for name, rate in ways.items():
                rates[name].append(rate(turn))
        library.close()
        for name, values in rates.items():
            yield told(name, values, "/초")


def pieces_rate(pieces: Iterator[str]) -> float:
    """Pieces of text a second after the first one."""
    begun, count = 0.0, 0
    for piece in pieces:
        if piece:
            begun, count = begun or time.monotonic(), count + 1
    return (count - 1) / (time.monotonic() - begun)


def cancelling(path: Path, rounds: int) -> Iterator[str]:
    """From the flag to a free engine: while loading, reading, reading several, writing one and writing several."""
    spent: dict[str, list[float]] = {}

    def stop_when(name: str, engine: ProcessEngine, jobs: list[Job], reached: Callable[[Any], bool]) -> None:
        flag = threading.Event()
        begun = 0.0
        try:
            for _, event in engine.generate_all(jobs, flag):
                if not begun and reached(event):
                    begun = time.monotonic()
                    flag.set()
        except Cancelled:
            spent.setdefault(name, []).append(time.monotonic() - begun)

    writing = Sampling(max_tokens=200)
    for _ in range(rounds):
        engine, flag = ProcessEngine(path), threading.Event()
        timer = threading.Timer(0.3, flag.set)
        timer.start()
        begun_at = time.monotonic()
        try:
            list(engine.generate_all([job(TASKS[0], document(8), writing)], flag))
        except Cancelled:
            spent.setdefault("모델을 여는 동안", []).append(time.monotonic() - begun_at - 0.3)
        engine.close()
    engine = ProcessEngine(path)
    engine.info()
    for turn in range(rounds):
        fresh = document(60, f"{turn}")
        stop_when(
            "자료를 읽을 때",
            engine,
            [job(TASKS[0], fresh, writing)],
            lambda event: isinstance(event, Reading) and event.done > 0,
        )
        known = document(8)
        stop_when("한 부분을 쓸 때", engine, [job(TASKS[0], known, writing)], lambda event: isinstance(event, Token))
        several = [job(task, known, writing) for task in TASKS]
        stop_when("여덟 부분을 쓸 때", engine, several, lambda event: isinstance(event, Token))
    engine.close()
    for name, values in spent.items():
        yield told(f"멈춤: {name}", values, "초") + f"  가장 늦게 {max(values):.3f}초 (약속 0.3초)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", nargs="+", default=["writing", "prefixes", "side_by_side", "cancelling", "others"])
    arguments = parser.parse_args()
    path = arguments.model or ModelStore(paths.models_folder()).active().path
    print(f"모델 {path.name}", flush=True)
    bench = Bench(path, arguments.rounds) if set(arguments.only) - {"cancelling"} else None
    if bench:
        info = bench.model.info
        print(f"{info.quantization}, 메모리 {info.memory_bytes >> 20} MB, {bench.fit}", flush=True)
    for name in arguments.only:
        lines = cancelling(path, arguments.rounds) if name == "cancelling" else getattr(bench, name)()
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
