from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.assistant.drafting.conftest import Never
from tests.bench.long_prose import long_document

from biseo.document import Block, Document, Draft, table_block
from biseo.drafting.coverage import page_list, told
from biseo.drafting.digest.by_model import CHOSEN, MemoryDigests, chosen_by, digest_names
from biseo.drafting.digest.levels import Point, choose
from biseo.drafting.digest.lines import Line, lines_of
from biseo.drafting.digest.parts import Part, split_parts
from biseo.drafting.digest.weights import weigh
from biseo.drafting.pipeline import write_draft
from biseo.drafting.request import DraftRequest
from biseo.drafting.sources import read_source
from biseo.errors import Cancelled
from biseo.events import Drafted, Notice, Progress
from biseo.tasks.catalogue import find_task
from biseo_models.engine import Job
from biseo_models.scripted import ScriptedEngine

DIGEST = "긴 문서의 한 부분"


def lines(document: Document) -> list[Line]:
    return lines_of([read_source(document)], [document])


def parts(document: Document, most: int = 300) -> list[Part]:
    found = lines(document)
    return split_parts(found, [len(line.text) // 2 for line in found], most)


def first_sentence(job: Job) -> str:
    """A model that says the first sentence of what it reads, or one of another document."""
    if DIGEST in job.prompt.task:
        return "\n".join(f"- {line}" for line in job.prompt.document.splitlines()[1:6])
    return "주민 의견을 모아 다음 계획에 반영함"


def drafted(
    document: Document,
    task: str = "summary",
    *,
    script: Callable[[Job], Any] = first_sentence,
    digests: Any = None,
    cancel: Any = None,
    pace: Any = None,
    **request: Any,
) -> tuple[Drafted, list[Any], ScriptedEngine]:
    engine = ScriptedEngine(script, context=8192, pace=pace)
    asked = DraftRequest(find_task(task), (document,), **request)
    events = list(write_draft(engine, asked, cancel or Never(), digests))
    assert isinstance(events[-1], Drafted)
    return events[-1], events, engine


def digests_asked(engine: ScriptedEngine) -> list[str]:
    return [job.prompt.document for job in engine.history if DIGEST in job.prompt.task]


# splitting


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("most", [40, 300, 900])
def test_every_line_is_in_exactly_one_part_in_order(seed: int, most: int) -> None:
    document = long_document(12, seed)
    places = [line.place for part in parts(document, most) for line in part.lines]
    assert places == list(range(len(lines(document))))


def test_parts_are_no_longer_than_they_may_be() -> None:
    made = parts(long_document(30), 400)
    assert max(part.tokens for part in made) <= 400
    assert sum(part.tokens for part in made) / len(made) > 150


def test_an_article_stays_whole() -> None:
    articles = [
        Block("paragraph", f"제{n}조(점검) ① 과장은 시설 {n}곳을 점검한다.\n② 결과는 {n}일 안에 알린다.", 0, n)
        for n in range(1, 40)
    ]
    for part in parts(Document("조례.pdf", "pdf", "", 39, tuple(articles)), 120):
        assert part.lines[0].article
        assert part.lines[-1].text.startswith("②")


def test_a_heading_stands_with_what_follows_it() -> None:
    for part in parts(long_document(30), 350):
        assert part.lines[-1].kind != "heading"


def test_a_table_stays_whole_where_it_fits() -> None:
    table = [["시설", "예산"], *([f"시설 {n}", f"{n},000"] for n in range(1, 9))]
    blocks = [Block("paragraph", f"{n}번째 문단은 시설의 형편을 길게 적은 글입니다.") for n in range(9)]
    document = Document("표.txt", "txt", "", None, (*blocks, table_block(table), *blocks))
    holding = [part for part in parts(document, 150) if any(line.kind == "row" for line in part.lines)]
    assert len(holding) == 1


def test_a_long_table_is_cut_by_rows_with_its_head_said_again() -> None:
    table = [["시설 이름", "예산(천원)"], *([f"시설 {n}", f"{n},000"] for n in range(1, 200))]
    made = parts(Document("표.txt", "txt", "", None, (table_block(table),)), 200)
    assert len(made) > 3
    assert all(part.text.splitlines()[0] == "시설 이름 | 예산(천원)" for part in made)
    rows = [row for part in made for row in part.text.splitlines() if row.startswith("시설 ") and "이름" not in row]
    assert len(rows) == len(set(rows)) == 199


def test_a_change_on_one_page_leaves_the_other_parts_as_they_were() -> None:
    document = long_document(60)
    blocks = list(document.blocks)
    changed = next(n for n, block in enumerate(blocks) if block.page == 25 and block.kind == "paragraph")
    blocks[changed] = replace(blocks[changed], text=blocks[changed].text + " 새로 더한 문장은 한빛시가 정한 것이다.")
    before, after = (
        {part.name for part in parts(replace(document, blocks=tuple(b)))} for b in (document.blocks, blocks)
    )
    assert 0 < len(after - before) <= 3


# weighing and choosing


def test_facts_weigh_more_and_what_says_nothing_weighs_nothing() -> None:
    document = Document(
        "계획.txt", "txt", "", None,
        tuple(
            Block("paragraph", text)
            for text in (
                "한빛시는 2026년 3월까지 경로당 24곳을 고치기로 결정하였다.",
                "모두가 함께하는 따뜻한 마음이 모이는 자리였다.",
                "추진 배경 ············· 12",
            )
        ),
    )  # fmt: skip
    fact, mood, contents = weigh(lines(document))
    assert fact > mood > contents == 0


def test_half_a_sentence_at_the_end_of_a_page_comes_last() -> None:
    halves = ("협력 기관과 함께 큰들면에 안내 인력 336명을", "배치하여 휴일에도 공백이 없게 하였다.")
    document = Document(
        "계획.pdf", "pdf", "", 2, tuple(Block("paragraph", half, 0, n) for n, half in enumerate(halves, 1))
    )
    first, second = weigh(lines(document))
    assert 0 < first < second


def test_what_the_official_asked_about_comes_first() -> None:
    document = long_document(10)
    made = lines(document)
    weights = weigh(made, wanted=["하수도과"])
    best = max(made, key=lambda line: weights[line.place])
    assert "하수도과" in best.text


def test_a_line_is_not_chosen_twice_and_variety_goes_before_phrases() -> None:
    phrase = "지난해 {} 분야 민원은 {}건으로 전년보다 늘어 인력이 부족하다는 지적이 있었다."
    points = [Point(phrase.format(area, n), (), n, 6.0, 40) for n, area in enumerate(["도로", "공원", "하수", "주차"])]
    points.append(Point("위원회는 위원장을 포함한 15명으로 구성하고 3월에 첫 회의를 연다.", (), 9, 4.0, 40))
    chosen = choose(points, 80)
    assert [point.place for point in chosen] == [0, 9]
    assert len(choose([points[0], replace(points[0], place=1)], 400)) == 1


# the whole way


@pytest.mark.parametrize("task", ["summary", "swot"])
def test_every_line_of_a_long_documents_draft_leads_to_its_page(task: str) -> None:
    document = long_document(60)
    result, _, _ = drafted(document, task)
    sentences = {page: "\n".join(b.text for b in document.blocks if b.page == page) for page in range(1, 61)}
    for section in result.draft.sections:
        assert section.evidence or all(item.inferred for item in section.items)
        for evidence in section.evidence:
            assert evidence.page is not None
            assert evidence.text in sentences[evidence.page]
    assert len({evidence.page for section in result.draft.sections for evidence in section.evidence}) > 8


def test_pages_are_counted_while_they_are_read() -> None:
    _, events, _ = drafted(long_document(60))
    pages = [event for event in events if isinstance(event, Progress) and "쪽 읽음" in event.label]
    assert [event.done for event in pages] == sorted(event.done for event in pages)
    assert pages[-1].done == pages[-1].total == 60
    assert pages[-1].label == "긴 자료 읽는 중 – 60 / 60쪽 읽음"
    assert any("모델이 중요한 부분 읽는 중" in event.label for event in events if isinstance(event, Progress))


def test_pages_without_text_are_named_and_the_others_are_read() -> None:
    document = long_document(60)
    blocks = tuple(block for block in document.blocks if block.page not in (7, 8, 30))
    result, _, _ = drafted(replace(document, blocks=blocks, unread=(8, 44)))
    coverage = result.coverage
    assert (coverage.pages_read, coverage.pages_total) == (56, 60)
    assert coverage.unreadable == ("종합계획.pdf 7~8쪽, 30쪽, 44쪽",)
    assert "7~8쪽" in told(coverage)
    assert all(name.startswith("종합계획.pdf ") for name in coverage.rests_on)
    assert coverage.parts > coverage.parts_by_model > 0


def test_a_short_document_is_not_cut() -> None:
    result, events, engine = drafted(long_document(2))
    assert result.coverage.parts == 0
    assert digests_asked(engine) == []
    assert not any(isinstance(event, Notice) and "자료가 길어" in event.message for event in events)


def test_what_the_model_invents_does_not_get_into_a_digest() -> None:
    def lies(job: Job) -> str:
        return "- 한빛시는 화성 이주 예산을 두 배로 늘리기로 하였다." if DIGEST in job.prompt.task else "주민 지원"

    _, _, engine = drafted(long_document(60), script=lies)
    assert len(digests_asked(engine)) == 8
    assert not any("화성" in job.prompt.document for job in engine.history)


def test_what_the_model_finds_worth_telling_weighs_more_in_the_words_of_the_source() -> None:
    part = parts(long_document(3))[0]
    points = [Point(line.text, (line.evidence,), line.place, 3.0, 20) for line in part.lines if line.kind == "sentence"]
    told = points[-1].text.removesuffix(".")
    weights = [point.weight for point in chosen_by(f"- {told}\n- 화성에 도서관을 지음", part, points)]
    assert weights == [3.0] * (len(points) - 1) + [3.0 + CHOSEN]
    assert [point.text for point in chosen_by("", part, points)] == [point.text for point in points]


def test_the_model_reads_all_parts_when_asked_to() -> None:
    document = long_document(60)
    every, _, engine = drafted(document, reading="all")
    assert every.coverage.parts_by_model == every.coverage.parts == len(digests_asked(engine))
    none, _, engine = drafted(document, reading="rule")
    assert none.coverage.parts_by_model == 0
    assert digests_asked(engine) == []


def test_prompts_fit_whatever_the_length() -> None:
    for pages in (20, 120):
        _, _, engine = drafted(long_document(pages), "report")
        for job in engine.history:
            prompt = job.prompt
            length = sum(engine.count([prompt.instructions, prompt.document, prompt.task, prompt.opening]))
            assert length + job.sampling.max_tokens <= 8192


# stopping and going on


class StopsAfter:
    """A cancel flag that is set when so many digests have been kept."""

    def __init__(self, digests: MemoryDigests, count: int) -> None:
        self._digests, self._count = digests, count

    def is_set(self) -> bool:
        return len(self._digests._texts) >= self._count


def test_stopped_work_goes_on_where_it_was() -> None:
    document, digests = long_document(60), MemoryDigests()
    with pytest.raises(Cancelled):
        drafted(document, digests=digests, cancel=StopsAfter(digests, 9), reading="all")
    done = len(digests._texts)
    assert 9 <= done < 24
    result, _, engine = drafted(document, digests=digests, reading="all")
    whole, _, another = drafted(document, digests=MemoryDigests(), reading="all")
    assert len(digests_asked(engine)) == len(digests_asked(another)) - done
    assert result.draft == whole.draft


def test_a_changed_document_redoes_only_what_changed() -> None:
    document, digests = long_document(20), MemoryDigests()
    drafted(document, digests=digests, reading="all")
    blocks = list(document.blocks)
    place = next(n for n, block in enumerate(blocks) if block.page == 9 and block.kind == "paragraph")
    blocks[place] = replace(blocks[place], text=blocks[place].text + " 새로 더한 문장은 한빛시가 정한 것이다.")
    _, _, engine = drafted(replace(document, blocks=tuple(blocks)), digests=digests, reading="all")
    assert 0 < len(digests_asked(engine)) <= 3


def test_another_model_makes_its_own_digests() -> None:
    made = parts(long_document(3))
    assert not set(digest_names(made, "one")) & set(digest_names(made, "other"))


def test_a_stop_while_reading_by_rule() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        drafted(long_document(60), cancel=stop)


def test_pages_as_people_write_them() -> None:
    assert page_list([1, 3, 4, 5, 9]) == "1쪽, 3~5쪽, 9쪽"


def test_sections_are_written_again_from_the_same_digest() -> None:
    from biseo.drafting.pipeline import rewrite_sections

    document, digests = long_document(60), MemoryDigests()
    result, _, engine = drafted(document, digests=digests)
    before = len(digests_asked(engine))
    request = DraftRequest(find_task("summary"), (document,))
    list(rewrite_sections(engine, request, result.draft, ["points"], Never(), digests))
    assert len(digests_asked(engine)) == before
    assert isinstance(result.draft, Draft)
