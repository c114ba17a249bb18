"""The decoder on a toy model whose next token depends on every token before it: any wrong reuse changes the answer."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo_models.decoder import TRUNK, Decoder
from biseo_models.engine import EngineEvent, Finished, Guard, Job, Prompt, Reading, Sampling, Stats, Token
from biseo_models.errors import Cancelled, ModelError
from biseo_models.runtime import PromptTokens, Row

END = 0
LETTERS = "\0가나다라마바사아자차카타파하0123456789 "


class Toy:
    """Holds the (shared) cells of every sequence like a unified cache, and refuses what llama.cpp would get wrong."""

    def __init__(self, context: int = 800, cells: int = 900, parallel: int = 4, rewinds: bool = True) -> None:
        self.copies = False
        self.batches = 0
        self.saved: list[list[int]] = []
        self.context, self.cells, self.sequences, self.batch, self.rewinds = context, cells, parallel + 1, 32, rewinds
        self.held: dict[int, list[tuple[int, object]]] = {number: [] for number in range(self.sequences)}
        self.rows: list[Row] = []
        self.decoded = 0
        self.widest = 0
        self.stop_after: int | None = None
        self.samplers = 0

    def prompt_tokens(self, prompt: Prompt) -> PromptTokens:
        shared = tuple(map(ord, prompt.instructions + prompt.document))
        return PromptTokens(shared, tuple(map(ord, prompt.task + ">" + prompt.opening)))

    def decode(self, rows: Sequence[Row]) -> bool:
        if self.stop_after is not None:
            self.stop_after -= 1
            if self.stop_after < 0:
                for row in rows[: len(rows) // 2]:  # an aborted batch leaves something behind
                    self.held[row.sequence].append((-7, object()))
                raise Cancelled
        if len({id(cell) for cells in self.held.values() for _, cell in cells}) + len(rows) > self.cells:
            return False
        assert 0 < len(rows) <= self.batch
        for row in rows:
            assert row.position == len(self.held[row.sequence]), "a hole or an overlap in a sequence"
            self.held[row.sequence].append((row.token, object()))
        self.rows = list(rows)
        self.batches += 1
        self.decoded += len(rows)
        self.widest = max(self.widest, len({row.sequence for row in rows}))
        return True

    def copy(self, source: int, target: int, end: int) -> None:
        assert not self.held[target]
        assert self.rewinds or end == len(self.held[source])
        self.held[target] = self.held[source][:end]

    def cut(self, sequence: int, keep: int) -> None:
        assert self.rewinds or keep in (0, len(self.held[sequence]))
        del self.held[sequence][keep:]

    def save(self, sequence: int) -> tuple[Any, int]:
        self.saved.append([token for token, _ in self.held[sequence]])
        return self.saved[-1], len(self.saved[-1])

    def load(self, sequence: int, state: Any) -> bool:
        assert not self.held[sequence]
        self.held[sequence] = [(token, object()) for token in state]
        return True

    def sampler(self, sampling: Sampling, grammar: str) -> ToySampler:
        self.samplers += 1
        return ToySampler(self)

    def piece(self, token: int) -> bytes:
        return LETTERS[token].encode() if token else b""

    def is_end(self, token: int) -> bool:
        return token == END


class ToySampler:
    def __init__(self, toy: Toy) -> None:
        self._toy = toy

    def sample(self, row: int, allowed: Callable[[int], bool] | None) -> int | None:
        wanted = self._toy.rows[row]
        assert wanted.wanted
        before = [token for token, _ in self._toy.held[wanted.sequence][: wanted.position + 1]]
        seen = ",".join(map(str, before))
        first = zlib.crc32(seen.encode()) % len(LETTERS)
        if self._toy.copies:
            first = (before[-5] + (first == 7)) % len(LETTERS)
        order = [(first + place) % len(LETTERS) for place in range(len(LETTERS))]
        return next((token for token in order if allowed is None or allowed(token)), None)

    def close(self) -> None:
        self._toy.samplers -= 1


def job(document: str, task: str, length: int = 12, **rest: Any) -> Job:
    return Job(Prompt("지시", document, task), Sampling(max_tokens=length), **rest)


def fresh(asked: Job, copies: bool = False) -> str:
    toy = Toy()
    toy.copies = copies
    return words(Decoder(toy, 0).answer([asked]))[0]


def words(events: Any) -> dict[int, str]:
    out: dict[int, str] = {}
    for index, event in events:
        if isinstance(event, Token):
            out[index] = out.get(index, "") + event.text
        elif isinstance(event, Finished):
            out.setdefault(index, "")
    return out


def stats(events: Sequence[tuple[int, EngineEvent]]) -> dict[int, Stats]:
    return {index: event.stats for index, event in events if isinstance(event, Finished)}


DOCUMENTS = ["축제 계획 " * 50, "축제 결과 " * 50, "예산", "", "긴 자료입니다. " * 40, "축제 계획 " * 46 + "끝"]


@settings(max_examples=60, deadline=None)
@given(
    calls=st.lists(
        st.tuples(
            st.lists(
                st.tuples(st.sampled_from(DOCUMENTS), st.sampled_from(["요약", "요지를 쓴다", "제목", "약점"])),
                min_size=1,
                max_size=6,
            ),
            st.one_of(st.none(), st.integers(0, 12)),
            st.one_of(st.none(), st.sampled_from(DOCUMENTS)),
        ),
        min_size=1,
        max_size=6,
    ),
    rewinds=st.booleans(),
    cells=st.sampled_from([820, 1400]),
    budget=st.sampled_from([0, 400, 5000]),
    guess_cost=st.sampled_from([inf, 1.0]),
)
def test_what_was_read_before_never_changes_an_answer(
    calls: list[Any], rewinds: bool, cells: int, budget: int, guess_cost: float
) -> None:
    toy = Toy(cells=cells, rewinds=rewinds)
    toy.copies = guess_cost < inf
    decoder = Decoder(toy, budget, guess_cost=guess_cost)
    for asked, stop_after, ahead in calls:
        jobs = [job(document, task) for document, task in asked]
        toy.stop_after = stop_after
        try:
            if ahead is not None:
                list(decoder.prepare(Prompt("지시", ahead, "")))
            answered = words(decoder.answer(jobs))
        except Cancelled:
            continue
        finally:
            toy.stop_after = None
        assert answered == {index: fresh(one, toy.copies) for index, one in enumerate(jobs)}
    assert toy.samplers == 0


def test_jobs_on_one_document_stand_side_by_side_and_read_it_once() -> None:
    toy = Toy()
    events = list(Decoder(toy, 0).answer([job(DOCUMENTS[0], task) for task in ("요약", "제목", "약점")]))
    assert toy.widest == 3
    read = len("지시" + DOCUMENTS[0])
    answers = stats(events)
    assert answers[0].cached_tokens == 0
    assert answers[1].cached_tokens == answers[2].cached_tokens == read
    assert toy.decoded < 1.5 * read
    first = next(event for _, event in events if isinstance(event, Reading))
    assert (first.done, first.total) == (0, answers[0].prompt_tokens)


def test_more_jobs_than_sequences_are_all_answered() -> None:
    toy = Toy(parallel=2)
    jobs = [job(DOCUMENTS[0], f"할 일 {number}") for number in range(7)]
    assert words(Decoder(toy, 0).answer(jobs)) == {index: fresh(one) for index, one in enumerate(jobs)}
    assert toy.widest == 2


def test_going_back_to_a_document_reads_nothing_again_within_the_budget() -> None:
    for budget, again in ((1000, True), (50, False)):
        decoder = Decoder(Toy(), budget)
        for _ in range(2):
            list(decoder.answer([job(DOCUMENTS[4], "요약")]))
        list(decoder.answer([job(DOCUMENTS[1], "요약")]))
        back = stats(list(decoder.answer([job(DOCUMENTS[4], "다른 일")])))[0]
        assert (back.cached_tokens >= len("지시" + DOCUMENTS[4])) == again


def test_the_same_prompt_again_is_read_but_for_its_last_token() -> None:
    decoder = Decoder(Toy(), 0)
    one = job(DOCUMENTS[0], "요약을 씁니다")
    list(decoder.answer([one]))
    again = stats(list(decoder.answer([one])))[0]
    assert again.cached_tokens == again.prompt_tokens - 1


def test_reading_ahead_leaves_only_the_task_to_read() -> None:
    toy = Toy()
    decoder = Decoder(toy, 0)
    list(decoder.prepare(Prompt("지시", DOCUMENTS[0], "")))
    answered = stats(list(decoder.answer([job(DOCUMENTS[0], "요약")])))[0]
    assert answered.cached_tokens == len("지시" + DOCUMENTS[0])
    assert len(toy.held[TRUNK]) == answered.cached_tokens


def test_an_answer_does_not_end_within_a_number() -> None:
    guard = Guard(("2026. 1. 6.".replace(" ", ""), "0123456789"))
    for number in range(60):
        asked = job(f"자료 {number}", "씁니다", 6, guard=guard)
        text = fresh(asked)
        for digits in "".join(letter if letter.isdigit() else " " for letter in text).split():
            assert digits in ("0123456789", "2026", "1", "6"), text


def test_a_prompt_that_leaves_no_room_is_refused_before_anything_is_read() -> None:
    toy = Toy(context=60)
    with pytest.raises(ModelError) as caught:
        list(Decoder(toy, 0).answer([job("짧음", "요약"), job("길다" * 40, "요약")]))
    assert caught.value.code == "prompt-too-long"
    assert toy.decoded == 0


def test_a_kept_document_that_only_begins_alike_is_cut_to_what_is_alike() -> None:
    toy = Toy()
    decoder = Decoder(toy, 5000)
    for document in (DOCUMENTS[0], DOCUMENTS[0], DOCUMENTS[1], DOCUMENTS[5]):
        asked = job(document, "요약")
        events = list(decoder.answer([asked]))
        assert words(events)[0] == fresh(asked)
    assert 270 < stats(events)[0].cached_tokens < 290


def test_a_stopped_batch_leaves_nothing_behind() -> None:
    toy = Toy()
    decoder = Decoder(toy, 0)
    asked = job(DOCUMENTS[0], "요약을 아주 길게 씁니다 " * 8, 30)
    for stop_after in range(14, 40):
        toy.stop_after = stop_after
        try:
            list(decoder.answer([asked]))
        except Cancelled:
            toy.stop_after = None
            assert words(decoder.answer([asked]))[0] == fresh(asked)


def test_right_guesses_save_batches_and_change_nothing() -> None:
    asked = job(DOCUMENTS[0], "요약", 60)
    batches = {}
    for cost in (inf, 4.0, 2.0):
        toy = Toy()
        toy.copies = True
        decoder = Decoder(toy, 0, guess_cost=cost)
        for _ in range(3):
            toy.batches = 0
            assert words(decoder.answer([asked]))[0] == fresh(asked, copies=True)
        batches[cost] = toy.batches
    assert batches[2.0] < 0.6 * batches[inf]
    assert batches[4.0] == batches[inf], "three right guesses and one token more do not pay there"


def test_what_several_tasks_begin_with_is_read_once() -> None:
    toy = Toy()
    asked = [job(DOCUMENTS[0], "모두에게 하는 말이 길게 이어집니다. " + task, 4) for task in ("요약", "제목", "약점")]
    decoder = Decoder(toy, 5000)
    events = list(decoder.answer(asked))
    assert words(events) == {index: fresh(one) for index, one in enumerate(asked)}
    common = len("지시" + DOCUMENTS[0] + "모두에게 하는 말이 길게 이어집니다. ")
    assert stats(events)[1].cached_tokens >= common
    assert toy.decoded < common + 3 * (len("요약") + 6)


def test_a_document_is_kept_without_the_tasks_on_it() -> None:
    toy = Toy()
    decoder = Decoder(toy, 5000)
    tasks = [job(DOCUMENTS[0], "모두에게 하는 말 " + task) for task in ("요약", "제목")]
    for _ in range(3):
        list(decoder.answer(tasks))
        list(decoder.answer(tasks))
        list(decoder.answer([job(DOCUMENTS[1], "요약")]))
    assert [len(tokens) for tokens in toy.saved] == [len("지시" + DOCUMENTS[0])]
