"""A GGUF embedder: in the list of models beside those that write, and loaded by llama.cpp."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from tests.models.gguf_files import write_gguf
from tests.models.tiny_bert import WIDTH, write_tiny_bert

from biseo_models.catalogue import ModelStore
from biseo_models.embedding import EmbedPlan, check_plan, plan_for
from biseo_models.errors import ModelError
from biseo_models.known import embedder_architectures, embedder_prefixes, known_models, other_architectures
from biseo_models.llama_embedder import LlamaEmbedder

NEVER = threading.Event()


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "모델 폴더", ())


def code_of(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(ModelError) as caught:
        result = call(*arguments, **named)  # type: ignore[operator]
        if result is not None and not isinstance(result, tuple | LlamaEmbedder):
            list(result)
    assert caught.value.message.endswith(".") and caught.value.advice.endswith(".")
    return caught.value.code


def test_an_embedder_is_never_offered_for_writing(store: ModelStore, tmp_path: Path) -> None:
    file = write_tiny_bert(tmp_path / "뜻.gguf")
    assert code_of(store.add, file, NEVER) == "not-a-writer"
    list(store.add(file, NEVER, embedders=True))
    assert store.entries() == () and code_of(store.active) == "no-model"
    (entry,) = store.embedders()
    assert (entry.id, entry.role, entry.active, entry.verified, entry.note) == ("뜻", "embedder", False, True, "")
    assert code_of(store.use, "뜻") == "not-a-writer"
    list(store.add(write_gguf(tmp_path / "글.gguf"), NEVER, embedders=True))
    assert store.active().id == "글" and [each.id for each in store.entries()] == ["글"]
    assert code_of(store.use_embedder, "글") == "not-an-embedder"
    assert code_of(store.use_embedder, "없는 것") == "unknown-model"


def test_the_choice_of_an_embedder(store: ModelStore, tmp_path: Path) -> None:
    store.use_embedder("")
    assert store.embedder() is None
    list(store.add(write_tiny_bert(tmp_path / "뜻.gguf"), NEVER, embedders=True))
    list(store.add(write_gguf(tmp_path / "글.gguf"), NEVER))
    store.use_embedder("뜻")
    store.use("글")
    chosen = store.embedder()
    assert chosen is not None and chosen.active and store.active().id == "글"
    forbidding = ModelStore(store._folder, (), frozenset({store.active().sha256}))
    assert code_of(forbidding.embedder) == "model-forbidden"
    assert code_of(forbidding.use_embedder, "뜻") == "model-forbidden"
    chosen.path.unlink()
    assert code_of(store.embedder) == "model-missing"
    list(store.add(write_tiny_bert(tmp_path / "뜻.gguf"), NEVER, embedders=True))
    store.remove("뜻")
    assert store.embedder() is None and store.active().id == "글"


def test_what_says_that_a_file_is_an_embedder(store: ModelStore, tmp_path: Path) -> None:
    list(store.add(write_gguf(tmp_path / "pooled.gguf", qwen2__pooling_type=3), NEVER, embedders=True))
    assert [entry.id for entry in store.embedders()] == ["pooled"]
    assert code_of(store.add, write_gguf(tmp_path / "score.gguf", qwen2__pooling_type=4), NEVER) == "not-a-writer"
    scores = write_tiny_bert(tmp_path / "scores.gguf", pooling=4)
    assert code_of(store.add, scores, NEVER, embedders=True) == "not-a-writer"
    assert embedder_architectures() < other_architectures()


def test_a_list_of_before_there_were_roles(store: ModelStore, tmp_path: Path) -> None:
    list(store.add(write_gguf(tmp_path / "글.gguf"), NEVER))
    place = store._folder / "models.json"
    data = json.loads(place.read_text(encoding="utf-8"))
    del data["embedder"], data["models"][0]["role"]
    place.write_text(json.dumps(data), encoding="utf-8")
    assert store.active().role == "writer" and store.embedder() is None


def test_prefixes() -> None:
    assert embedder_prefixes("bert Multilingual E5 Base") == ("query: ", "passage: ")
    assert embedder_prefixes("bert multilingual-e5-large-instruct")[1] == ""
    assert embedder_prefixes("nomic-bert-moe nomic-embed-text-v2") == ("search_query: ", "search_document: ")
    assert embedder_prefixes("qwen3 Qwen3 Embedding 0.6B")[0].startswith("Instruct: ")
    assert embedder_prefixes("gemma-embedding Embeddinggemma 300M")[1] == "title: none | text: "
    assert embedder_prefixes("bert Bge M3") == ("", "")


def test_a_bert_through_llama_cpp(tmp_path: Path) -> None:
    stop = threading.Event()
    model = LlamaEmbedder(EmbedPlan(write_tiny_bert(tmp_path / "뜻 모델.gguf"), ""), stop.is_set)
    try:
        near, far = model.passage("반려견 목줄 착용"), model.passage("도로 점용 허가")
        asked = model.question("반려견 목줄")
        assert near is not None and far is not None
        assert asked.shape == (WIDTH,) and asked.dtype == np.float32
        assert abs(float(np.linalg.norm(asked)) - 1) < 1e-5
        assert float(asked @ near) > float(asked @ far) + 0.1
        again = model.passage("반려견 목줄 착용")
        assert again is not None and np.allclose(near, again, atol=1e-6)
        for text in ("", "가" * 5_000, "\x00\ud800 漢字 ½", "</s><s>"):
            assert np.isfinite(model.question(text)).all()
        stop.set()
        assert model.passage("반려견 목줄 " * 200) is None  # broken off for a question …
        assert np.allclose(model.question("반려견 목줄"), asked, atol=1e-6)  # … which is answered
    finally:
        model.close()


def test_files_that_llama_cpp_cannot_use(tmp_path: Path) -> None:
    def loaded(path: Path) -> str:
        return code_of(LlamaEmbedder, EmbedPlan(path, ""), NEVER.is_set)

    assert loaded(tmp_path / "none.gguf") == "model-missing"
    assert loaded(write_gguf(tmp_path / "empty.gguf", general__architecture="bert")) == "model-damaged"
    assert loaded(write_gguf(tmp_path / "new.gguf", general__architecture="sora9")) == "unknown-architecture"
    assert loaded(write_tiny_bert(tmp_path / "english.gguf", words="bert")) == "no-korean"


def test_what_is_looked_at_before_loading(store: ModelStore, tmp_path: Path) -> None:
    list(store.add(write_tiny_bert(tmp_path / "뜻.gguf"), NEVER, embedders=True))
    entry = store.find("뜻")
    plan = plan_for(entry, check=True)
    check_plan(plan, 8 << 30)
    assert code_of(check_plan, plan, 100 << 20) == "too-little-memory"
    entry.path.write_bytes(entry.path.read_bytes()[:-1] + b"x")
    assert code_of(check_plan, plan, 8 << 30) == "model-changed"
    check_plan(plan_for(entry, check=False), 8 << 30)


@pytest.mark.model
def test_a_model_without_pooling_gives_the_mean(tmp_path: Path) -> None:
    small = next(known for known in known_models() if "0.5b" in known.id)
    if len(small.part_paths()) < small.parts:
        pytest.skip("the data packages of the small model are not installed")
    store = ModelStore(tmp_path / "models")
    list(store.install(small.id, NEVER))
    entry = store.find(small.id)
    model = LlamaEmbedder(plan_for(entry, check=False), NEVER.is_set)
    try:
        first = model.passage("반려견과 외출할 때에는 목줄을 착용하게 한다.")
        assert first is not None and first.shape == (896,) and abs(float(np.linalg.norm(first)) - 1) < 1e-4
        second = model.passage("공영주차장의 요금은 시간당 이천 원으로 한다.")
        same = model.passage("반려견과 외출할 때에는 목줄을 착용하게 한다.")
        assert second is not None and same is not None
        assert float(first @ same) > 0.9999 > float(first @ second)
    finally:
        model.close()
        entry.path.unlink()
