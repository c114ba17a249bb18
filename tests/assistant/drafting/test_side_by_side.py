"""Sections written side by side: what is asked together, what comes when, what it cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.assistant.drafting.conftest import FORMS, PLAN, Never, document

from biseo.document import Draft
from biseo.drafting.form import FilledForm
from biseo.drafting.pipeline import rewrite_sections, write_draft
from biseo.drafting.request import DraftRequest
from biseo.errors import ModelError, UsageError
from biseo.events import Drafted, DraftEvent, Notice, Planned, Progress, SectionFinished, SectionStarted, SectionText
from biseo.tasks.catalogue import all_tasks, find_task
from biseo_models.engine import CancelFlag, EngineEvent, Job, Stats
from biseo_models.scripted import ScriptedEngine

TASKS = [task.id for task in all_tasks()]


class Recorder(ScriptedEngine):
    """Remembers which jobs were given together; one after another when `in_turn`."""

    def __init__(self, script: Any, in_turn: bool = False, **more: Any) -> None:
        super().__init__(script, **more)
        self.calls: list[list[Job]] = []
        self.in_turn = in_turn

    def generate_all(self, jobs: Sequence[Job], cancel: CancelFlag) -> Iterator[tuple[int, EngineEvent]]:
        self.calls.append(list(jobs))
        if not self.in_turn:
            yield from super().generate_all(jobs, cancel)
            return
        for index, job in enumerate(jobs):
            for event in self.generate(job, cancel):
                yield index, event


def answer(job: Job) -> str:
    """Another answer for every section, so that words in the wrong place are seen."""
    section = re.search(r"의 '([^']+)' 부분만", job.prompt.task)
    if not section:
        return "안전요원 24명 배치"
    return f"{section[1]} 안전요원 24명 배치와 임시 주차장 120면 마련\nㅇ {section[1]} 작가 강연 6회 도입 추진"


def request(task: str, *lines: str) -> DraftRequest:
    return DraftRequest(find_task(task), (document(*(lines or PLAN)),), FORMS[task])


def written(engine: ScriptedEngine, asked: DraftRequest) -> list[DraftEvent]:
    return list(write_draft(engine, asked, Never()))


def drafted(events: Sequence[DraftEvent]) -> Drafted:
    assert isinstance(events[-1], Drafted)
    return events[-1]


def sections_asked(jobs: Sequence[Job]) -> list[str]:
    found = (re.search(r"의 '([^']+)' 부분만", job.prompt.task) for job in jobs)
    return [match[1] for match in found if match]


@pytest.mark.parametrize("task", TASKS)
def test_every_section_is_asked_for_in_the_first_call_in_order(task: str) -> None:
    engine = Recorder(answer)
    written(engine, request(task))
    form = FilledForm(find_task(task), FORMS[task])
    whole = [plan.title for plan in find_task(task).sections if plan.origin == "model" and form.applies(plan)
             and plan.shape in ("title", "paragraph", "items", "swot")]  # fmt: skip
    assert sections_asked(engine.calls[0]) == whole
    if task not in ("reply", "letter"):  # their sections are made of single sentences
        assert len(engine.calls[0]) == len(whole)


@pytest.mark.parametrize("task", TASKS)
def test_words_come_in_turn_each_to_its_own_section(task: str) -> None:
    engine = Recorder(answer)
    events = written(engine, request(task))
    heard: dict[str, str] = {}
    turns: list[str] = []
    titles = {plan.id: plan.title for plan in find_task(task).sections if plan.origin == "model"}
    first_end = next(i for i, e in enumerate(events) if isinstance(e, SectionFinished) and e.section.id in titles)
    for event in events[:first_end]:
        if isinstance(event, SectionText) and event.section in titles:
            heard[event.section] = heard.get(event.section, "") + event.text
            turns.append(event.section)
    streamed = sections_asked(engine.calls[0])
    for name, text in heard.items():
        others = [title for title in streamed if title not in titles[name] and titles[name] not in title]
        assert not any(f"{title} 안전요원" in text for title in others)
    if len(streamed) > 1:
        last = {name: len(turns) - turns[::-1].index(name) for name in heard}
        starts = {name: turns.index(name) for name in heard}
        assert max(starts.values()) < min(last.values())  # all had begun before one was whole


@pytest.mark.parametrize("task", TASKS)
def test_the_draft_does_not_depend_on_the_order_of_the_words(task: str) -> None:
    drafts: list[Draft] = []
    for in_turn in (False, True):
        engine = Recorder(answer, in_turn=in_turn)
        drafts.append(drafted(written(engine, request(task))).draft)
    assert drafts[0] == drafts[1]


@pytest.mark.parametrize("task", TASKS)
def test_the_jobs_of_a_seed_are_the_same_every_time(task: str) -> None:
    calls = []
    for _ in range(2):
        engine = Recorder(answer)
        written(engine, request(task))
        calls.append(engine.calls)
    assert calls[0] == calls[1]


def test_what_the_first_answers_lack_is_asked_for_side_by_side() -> None:
    engine = Recorder(lambda job: "" if "부분만" in job.prompt.task else "다른 나라 이야기")
    long = [
        f"{name} 구역에서는 우려와 위험을 줄이기 위해 현재 운영하는 시설을 모두 점검하고 보완하는 등 여러 가지 대책을 "
        f"마련하고 강화할 계획이며 이를 {name} 주민에게 알릴 예정이다."
        for name in ("강변", "들판", "언덕", "항구", "시장터", "학교")
    ]
    written(engine, request("report", *long))
    later = [len(call) for call in engine.calls[1:]]
    assert later
    assert max(later) == 3  # one more than the two that are missing
    assert all("문장:" in job.prompt.task for call in engine.calls[1:] for job in call)


def test_ways_to_deal_with_lines_are_asked_for_four_at_once() -> None:
    engine = Recorder(lambda job: "가" if "과제:" in job.prompt.task else answer(job))
    written(engine, request("swot"))
    ideas = [call for call in engine.calls if any("과제:" in job.prompt.task for job in call)]
    assert ideas
    assert all(len(call) <= 4 for call in ideas)
    assert len(ideas[0]) > 1


def test_notes_are_reworded_with_the_first_answers() -> None:
    engine = Recorder(lambda job: "")
    written(engine, request("reply"))
    assert sum("메모:" in job.prompt.task for job in engine.calls[0]) == 2
    assert len(engine.calls) == 1


NO_FIGURES = (
    "안내 인력이 부족하다는 지적이 있었다.",
    "올해는 헌책 나눔 장터를 도입해 시민 참여를 확대할 계획이다.",
    "시는 행사 뒤에 시민 의견을 모아 다음 행사에 반영할 예정이다.",
)


def test_a_title_that_does_not_stand_is_shortened_in_three_ways_at_once() -> None:
    engine = Recorder(lambda job: "900명 참여" if "부분만" in job.prompt.task else "한빛도서관 책잔치 운영")
    events = written(engine, request("press", "책잔치가 한빛도서관에서 열린다.", *NO_FIGURES))
    ways = [call for call in engine.calls[1:] if "줄여 쓰세요" in call[0].prompt.task]
    assert [len(call) for call in ways] == [3, 3]  # headline and subtitle
    assert drafted(events).draft.title == "한빛도서관 책잔치 운영"


def test_a_sentence_too_long_to_ask_about_is_not_asked_about() -> None:
    endless = "낱말과 요청 " * 3000
    for task in ("press", "reply"):
        engine = Recorder(lambda job: "", context=32768)
        written(engine, request(task, endless))
        assert all(len(job.prompt.task) < 2000 for job in engine.history)


def test_reading_is_told_once() -> None:
    engine = Recorder(lambda job: "안내", context=32768)
    events = written(engine, request("report", *(f"{line} {place}번째 구역" for place in range(20) for line in PLAN)))
    told = [event for event in events if isinstance(event, Progress) and event.label == "자료 읽는 중"]
    assert len(told) == 1
    assert told[0].done == told[0].total
    assert len(engine.calls[0]) > 5


def test_rewriting_asks_for_one_section() -> None:
    asked = request("report")
    draft = drafted(written(Recorder(answer), asked)).draft
    engine = Recorder(answer)
    events = list(rewrite_sections(engine, asked, draft, ["problems"], Never()))
    assert sections_asked(engine.calls[0]) == ["문제점"]
    assert len(engine.calls[0]) == 1
    assert {event.section for event in events if isinstance(event, SectionStarted)} == {"problems"}
    assert isinstance(events[-1], SectionFinished)


def test_what_a_stop_left_is_written_side_by_side() -> None:
    asked = request("report")
    draft = drafted(written(Recorder(answer), asked)).draft
    kept = replace(draft, sections=draft.sections[:3])
    missing = [section.id for section in draft.sections[3:]]
    engine = Recorder(answer)
    events = list(rewrite_sections(engine, asked, kept, missing, Never()))
    assert sections_asked(engine.calls[0]) == [section.title for section in draft.sections[3:]]
    finished = tuple(event.section for event in events if isinstance(event, SectionFinished))
    assert finished == draft.sections[3:]
    assert isinstance(events[-1], SectionFinished)
    for wrong in ([], ["problems", "none"]):
        with pytest.raises(UsageError):
            list(rewrite_sections(engine, asked, kept, wrong, Never()))


def test_a_section_made_by_rule_is_made_again_without_the_model() -> None:
    asked = request("report")
    engine = Recorder(answer)
    draft = drafted(written(Recorder(answer), asked)).draft
    events = rewrite_sections(engine, asked, draft, ["head"], Never())
    (finished,) = (event for event in events if isinstance(event, SectionFinished))
    assert finished.section == draft.sections[0]
    assert engine.history == []


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Time goes on by a second a word."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def pace() -> None:
        now[0] += 1

    return pace


def test_seconds_are_those_that_passed(clock: Callable[[], None]) -> None:
    engine = Recorder(answer, pace=clock)
    stats = drafted(written(engine, request("report"))).stats
    words = sum(len(answer(job).split(" ")) for job in engine.history)
    assert stats.first_token_s == 1
    assert stats.total_s == words
    assert stats.output_tokens == words
    assert stats.prompt_tokens == sum(
        sum(engine.count([job.prompt.instructions, job.prompt.document, job.prompt.task])) for job in engine.history
    )


def test_what_the_engine_reused_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biseo_models.scripted.Stats", lambda **figures: Stats(**figures, cached_tokens=7))
    engine = Recorder(answer)
    assert drafted(written(engine, request("report"))).stats.cached_tokens == 7 * len(engine.history)


def test_digests_are_not_the_first_words_of_the_draft(clock: Callable[[], None]) -> None:
    engine = Recorder(lambda job: "나무를 심음", pace=clock, context=4096)
    lines = [f"제{n}구역은 나무 {n + 1000}그루를 심어 그늘을 마련하고 주민 쉼터를 운영한다." for n in range(1, 260)]
    stats = drafted(written(engine, request("report", *lines))).stats
    digests = sum("긴 문서의 한 부분" in job.prompt.task for job in engine.history)
    assert digests > 1
    assert stats.first_token_s == 2 * digests + 1
    assert stats.total_s == 2 * len(engine.history)
    assert stats.output_tokens == 2 * len(engine.history)


def refused(engine: ScriptedEngine, asked: DraftRequest, kind: type[Exception]) -> Any:
    with pytest.raises(kind) as caught:
        written(engine, asked)
    return caught.value


def test_a_form_too_long_for_the_model_is_told_before_the_start() -> None:
    engine = ScriptedEngine(answer)
    form = {**FORMS["report"], "points": "길게 적은 내용입니다. " * 1000}
    error = refused(engine, DraftRequest(find_task("report"), (document(*PLAN),), form), UsageError)
    assert error.code == "form-too-long"
    written_letters, most = (int(figure.replace(",", "")) for figure in re.findall(r"[\d,]*\d", error.message))
    assert 13000 < written_letters < 13100
    assert "길게" not in str(error)
    assert engine.history == []
    fitting = {**form, "points": form["points"][: most - 60]}
    list(write_draft(engine, DraftRequest(find_task("report"), (document(*PLAN),), fitting), Never()))


def test_a_model_too_small_for_any_draft_is_told_before_the_start() -> None:
    engine = ScriptedEngine(answer, context=2048)
    error = refused(engine, request("report"), ModelError)
    assert error.code == "context-too-small"
    assert "4,096자" in error.message
    assert engine.history == []


def test_sources_get_short_enough_however_much_the_model_chatters() -> None:
    engine = Recorder(lambda job: "나무 " * 1000 if "긴 문서의" in job.prompt.task else answer(job), context=4096)
    lines = [f"제{n}구역은 나무를 심어 그늘을 마련하고 주민 쉼터를 운영한다." for n in range(1, 260)]
    events = written(engine, request("report", *lines))
    assert isinstance(events[-1], Drafted)
    assert not any("나무 나무" in job.prompt.document for job in engine.history)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("lines", [7, 40, 150])
def test_no_prompt_is_longer_than_was_planned(task: str, lines: int) -> None:
    engine = Recorder(answer, context=4096)
    source = [f"{n}번째로 {PLAN[n % 7]}" for n in range(lines)]
    events = written(engine, request(task, *source))
    planned = next(event for event in events if isinstance(event, Planned))
    assert planned.used_tokens <= planned.context_tokens == 4096
    for call in engine.calls:
        for job in call:
            prompt = job.prompt
            length = sum(engine.count([prompt.instructions, prompt.document, prompt.task, prompt.opening]))
            assert length + job.sampling.max_tokens <= 4096
            if "부분만" in prompt.task:
                assert length + job.sampling.max_tokens <= planned.used_tokens
    condensed = any("긴 문서의 한 부분" in job.prompt.task for job in engine.history)
    assert condensed == any(isinstance(event, Notice) and "자료가 길어" in event.message for event in events)
