"""A source that was packed comes back as it was, is known without being read again, and costs bounded room."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo import stored_source
from biseo.document import Block, Document, table_block
from biseo.errors import InputFileError
from biseo.stored_source import drop_packed, mark_of, pack, prepare, state_of_file, unpack
from biseo.worksession import source_mark

TABLE = table_block([["구분", "예산"], ["행사\n운영", "35,000,000원"]], page=2)
PLAN = Document(
    "/자료/계획.hwpx", "hwpx", "책잔치 계획", 2,
    (Block("heading", "계획", 1, 1), Block("item", "□ 한빛시는 책잔치를 연다.", 1, 1), TABLE, Block("note", "각주")),
    ("그림 1개는 읽지 않았습니다.",),
)  # fmt: skip

texts = st.text(max_size=40)
blocks = st.builds(
    Block, st.sampled_from(["heading", "paragraph", "item", "note"]), texts, st.integers(0, 6),
    st.none() | st.integers(1, 900), st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple),
)  # fmt: skip
documents = st.builds(
    Document, texts, st.sampled_from(["hwpx", "pdf"]), texts, st.none() | st.integers(1, 900),
    st.lists(blocks, max_size=6).map(tuple), st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


@given(documents)
def test_every_document_comes_back(document: Document) -> None:
    assert unpack(pack(document), mark_of(document)) == document


def test_the_mark_is_that_of_the_text_and_of_the_whole() -> None:
    mark = prepare(PLAN)
    assert (mark.path, mark.sha256) == (PLAN.path, source_mark(PLAN).sha256)
    moved = prepare(replace(PLAN, path="/다른 곳/계획.hwpx"))
    assert moved.stored == mark.stored  # shared, wherever it lies
    other_pages = prepare(replace(PLAN, pages=3))
    assert other_pages.sha256 == mark.sha256 and other_pages.stored != mark.stored


def test_half_a_character_is_kept() -> None:
    odd = replace(PLAN, blocks=(Block("paragraph", "가\ud800나"),))
    assert unpack(pack(odd), mark_of(odd)) == odd


def test_what_is_known_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = replace(PLAN)
    mark = prepare(document)
    monkeypatch.setattr(stored_source, "_packed", lambda *_: pytest.fail("read again"))
    assert mark_of(document) is mark and pack(document)
    again = unpack(pack(document), mark)
    assert mark_of(again) is mark
    drop_packed(document)
    monkeypatch.undo()
    assert unpack(pack(document), mark) == document


def test_nothing_holds_a_document_that_is_not_used_any_more() -> None:
    document = replace(PLAN)
    prepare(document)
    key, gone = id(document), weakref.ref(document)
    del document
    gc.collect()
    assert gone() is None and key not in stored_source._known


def test_the_file_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "계획.txt"
    path.write_text("글", encoding="utf-8")
    mark = prepare(replace(PLAN, path=str(path)), path)
    assert state_of_file(mark) == "same"
    path.write_text("다른 글", encoding="utf-8")
    assert state_of_file(mark) == "changed"
    assert state_of_file(replace(mark, file="")) == "same"
    path.unlink()
    assert state_of_file(mark) == "missing"
    path.mkdir()
    assert state_of_file(mark) == "missing"


def test_too_long_a_source_is_only_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_source, "MOST_BYTES", 100)
    document = replace(PLAN)
    mark = prepare(document)
    assert mark.stored == "" and mark.sha256 == source_mark(PLAN).sha256 and pack(document) == b""


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_damage_is_told(cut: int) -> None:
    packed = pack(PLAN)
    with pytest.raises(InputFileError) as told:
        unpack(packed[:cut], mark_of(PLAN))
    assert told.value.code == "source-damaged"
