"""Queries: anything may be typed, phrases stand as they are, questions find what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.document import Block, Document
from biseo.library import Library, MemoryShelf
from biseo.library.query import LONGEST, parse
from biseo.library.snippet import LONGEST as LONGEST_SNIPPET
from biseo.library.snippet import snippet

TEXTS = {
    "조례.txt": "제3조(예산의 편성) 주민참여예산제는 매년 9월에 편성한다.\n제4조(공개) 결과는 누리집에 공개한다.",
    "민원.txt": "민원은 접수한 날부터 7일 안에 처리한다. 기간을 연장하면 민원인에게 통지한다.",
    "표기.txt": "문서에 쓰는 날짜는 온점을 찍어 2026. 1. 6.처럼 적는다. AI 활용 지침 A-1을 따른다. 표 아래에 적는다.",
    "도로.txt": "도로 굴착 허가는 구청장이 한다.\n허가 없이 굴착한 사람에게는 과태료를 부과한다.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("자료")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")

    def read(path: Path, _cancel: object) -> Document:
        lines = path.read_text(encoding="utf-8").split("\n")
        return Document(str(path), "txt", path.stem, None, tuple(Block("paragraph", line) for line in lines))

    shelf = MemoryShelf()
    library = Library(shelf, read)
    for _ in library.add(folder):
        pass
    yield library
    shelf.close()


def best(library: Library, query: str) -> str:
    hits = library.search(query)
    return Path(hits[0].source).name if hits else ""


@settings(max_examples=300, deadline=None)
@given(
    query=st.one_of(
        st.text(max_size=80),
        st.text(st.sampled_from("예산 편성\"'“”*():^-+{}[]NEAR AND OR NOT 민표\t\n\0ㄱ漢𠮷𝔸İß"), max_size=60),
    )
)
def test_whatever_is_typed_is_no_error(library: Library, query: str) -> None:
    hits = library.search(query)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert all(0 <= start < stop <= len(hit.text) for start, stop in hit.marks)
        assert all(hit.snippet.text[start:stop] for start, stop in hit.snippet.marks)


def test_a_very_long_query(library: Library) -> None:
    assert best(library, "예산 편성 " + "없는말" * 10_000) == "조례.txt"
    assert len(parse("낱말 " * LONGEST).words) <= 2  # the last one may be cut


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("예산은 언제 편성하나요?", "조례.txt"),
        ("민원 처리 기한은 며칠인가요", "민원.txt"),
        ("처리기간을 늘리면 누구에게 알려야 합니까?", "민원.txt"),
        ("날짜 쓰는 법", "표기.txt"),
        ("벌금", "도로.txt"),
        ("ai", "표기.txt"),
        ("ＡＩ", "표기.txt"),
        ("표", "표기.txt"),
        ("굴착", "도로.txt"),
        ("언제", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_questions(library: Library, query: str, name: str) -> None:
    assert best(library, query) == name


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('"9월에 편성"', ["조례.txt"]),
        ('"9월에 편성한다" 민원', ["조례.txt"]),
        ("“접수한 날부터  7일”", ["민원.txt"]),
        ('"편성한다 매년"', []),
        ('"참여예산"', ["조례.txt"]),
        ('"a-1"', ["표기.txt"]),
        ('"2026. 1"', ["표기.txt"]),
        ('"표 아래"', ["표기.txt"]),
        ('"표"', ["표기.txt"]),
        ('"예산', ["조례.txt"]),
        ('"" 굴착', ["도로.txt"]),
    ],
)
def test_phrases_stand_as_they_are(library: Library, query: str, names: list[str]) -> None:
    assert list(dict.fromkeys(Path(hit.source).name for hit in library.search(query))) == names


def test_a_hit_tells_where_it_is(library: Library) -> None:
    hit = library.search("결과 공개")[0]
    assert hit.article == "제4조(공개)" and hit.page is None and hit.kind == "txt"
    assert [hit.text[start:stop] for start, stop in hit.marks] == ["공개", "결과", "공개"]
    assert hit.snippet.text == hit.text


def test_top(library: Library) -> None:
    assert len(library.search("예산 민원 문서 도로", 2)) == 2
    assert library.search("예산", 0) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.sampled_from("가나다 \n"), min_size=1, max_size=30), max_size=30), st.data())
def test_snippets_keep_their_marks(parts: list[str], data: st.DataObject) -> None:
    words = "".join(parts)
    places = sorted(data.draw(st.lists(st.integers(0, max(len(words) - 1, 0)), max_size=6, unique=True)))
    marks = [(place, place + 1) for place in places if place < len(words)]
    found = snippet(words, marks)
    assert len(found.text) <= LONGEST_SNIPPET + 2
    if marks:
        assert found.marks
    for start, stop in found.marks:
        assert found.text[start:stop].replace(" ", "\n") in {words[a:b].replace(" ", "\n") for a, b in marks}


def test_stems() -> None:
    stems = [word.stem for word in parse("공문서의 용지 크기는 얼마나 되어야 하나요?").words]
    assert stems == ["공문서", "용지", "크기"]
    assert [word.stem for word in parse("라면과 화면은 언제").words] == ["라면", "화면"]


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("회의는", "회의"),
        ("임시회의", "임시회의"),
        ("도로", "도로"),
        ("성과평가를", "성과평가"),
        ("보고서", "보고서"),
        ("창고", "창고"),
    ],
)
def test_nouns_that_end_like_a_particle_stay_whole(typed: str, stem: str) -> None:
    assert parse(typed).words[0].stem == stem
