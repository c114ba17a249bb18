"""Another encoder than the built-in one: chosen, loaded in its process, and its vectors never beside others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from tests.assistant.library.scripted_encoder import ENDLESS, choice, make
from tests.assistant.library.test_meaning import PARAPHRASE, TEXTS, names, read
from tests.models.tiny_bert import WIDTH as BERT_WIDTH
from tests.models.tiny_bert import write_tiny_bert

from biseo.errors import Cancelled, UserFacingError
from biseo.library import Library, MemoryShelf, tables
from biseo.library.events import Learned
from biseo.library.meaning import Meaning, MeaningGone
from biseo.library.meaning import choice as choices
from biseo.library.meaning.choice import Choice, Chooser
from biseo.library.meaning.nearest import Nearest
from biseo.policy import Policy
from biseo_models.catalogue import ModelStore
from biseo_models.embedding import EmbedPlan
from biseo_models.manifest import FILE_NAME

NEVER = threading.Event()


class Chosen:
    """What is chosen, to be changed by a test."""

    def __init__(self) -> None:
        self.now = choice("one", 96)

    def __call__(self) -> Choice:
        return self.now


@pytest.fixture
def chosen() -> Chosen:
    return Chosen()


@pytest.fixture
def meaning(chosen: Chosen) -> Iterator[Meaning]:
    made = Meaning(chosen, make)
    yield made
    made.stop()


@pytest.fixture
def library(tmp_path: Path, meaning: Meaning) -> Iterator[Library]:
    place = tmp_path / "자료 폴더"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    shelf = MemoryShelf()
    made = Library(shelf, read, meaning=meaning)
    list(made.add(place))
    yield made
    shelf.close()


def lengths(library: Library) -> list[int]:
    return [len(row[2]) for row in library._shelf.read(lambda connection: tables.vectors(connection, 0, 100))]


def nearest(library: Library, words: str) -> str:
    """The passage that is nearest by its meaning; nothing where no vector is asked."""
    question = library._near(words, None)
    if question is None:
        return ""
    with question:
        passage = question([])[0][0][0]
    looked = library._shelf.read(
        lambda connection: connection.execute("SELECT words FROM library_passages WHERE passage = ?", (passage,))
    )
    return str(looked.fetchone()[0])


def end_of(library: Library) -> Learned:
    (*_, end) = library.learn()
    assert isinstance(end, Learned)
    return end


def test_vectors_are_made_anew_when_another_encoder_is_chosen(
    library: Library, meaning: Meaning, chosen: Chosen
) -> None:
    assert end_of(library).complete and lengths(library) == [96] * 5
    assert nearest(library, PARAPHRASE) == TEXTS["반려동물.txt"]
    first = meaning.process_id()
    chosen.now = choice("two", 200)
    assert library.learned() == (0, 5)
    assert not library.ready()
    assert nearest(library, PARAPHRASE) == ""  # no vector of the other one is asked
    assert names(library, "경차 주차 요금")[0] == "주차.txt"
    assert end_of(library).complete and lengths(library) == [200] * 5
    assert nearest(library, PARAPHRASE) == TEXTS["반려동물.txt"]
    assert first and not psutil.pid_exists(first)
    assert library._shelf.read(tables.meaning_state).model == "scripted-two"
    assert library.likeness(["강아지"], ["반려견"]) is None  # asking weighs the built-in encoder's numbers only


def test_one_that_cannot_be_loaded_costs_no_vector(library: Library, meaning: Meaning, chosen: Chosen) -> None:
    end_of(library)
    chosen.now = choice("broken", 40)
    assert not end_of(library).complete
    assert meaning.trouble is not None and meaning.trouble.code == "model-damaged"
    with pytest.raises(UserFacingError, match="손상"):
        meaning.try_out(NEVER)
    assert names(library, "경차 주차 요금")[0] == "주차.txt"
    assert lengths(library) == [96] * 5
    chosen.now = choice("one", 96)
    assert library.learned() == (5, 5) and meaning.trouble is None
    assert nearest(library, PARAPHRASE) == TEXTS["반려동물.txt"]


def test_where_it_may_not_be_used_words_are_left(library: Library, meaning: Meaning, chosen: Chosen) -> None:
    end_of(library)
    chosen.now = Choice("", fault=UserFacingError("model-missing", "파일이 없어졌습니다.", "다시 넣어 주세요."))
    assert library.learned() == (0, 5) and library.ready() and not meaning.available
    assert not end_of(library).complete
    assert names(library, "경차 주차 요금")[0] == "주차.txt"
    assert lengths(library) == [96] * 5


def test_another_window_that_began_with_another_encoder_is_not_written_over(library: Library) -> None:
    end_of(library)
    shelf = library._shelf
    shelf.write(lambda connection: tables.begin_meaning(connection, "scripted-two"))
    rows = [(1, 1, b"\x01" * 96)]
    assert not shelf.write(lambda connection: tables.put_vectors(connection, rows, "scripted-one"))
    assert lengths(library) == []


def test_vectors_of_another_encoder_are_not_taken_by_the_process(meaning: Meaning) -> None:
    meaning.take(7, "scripted-two", [(1, 1, b"\x01" * 40)], anew=True)
    with meaning.seek(7, "경차", None, 5) as question:
        assert question([1]) == ([], [None])
    with pytest.raises(MeaningGone):
        meaning.encode(["글"], NEVER, "scripted-two")


def test_a_question_goes_before_a_passage(meaning: Meaning) -> None:
    meaning.take(1, "scripted-one", [(1, 1, bytes(range(96)))], anew=True)
    made: list[bytes] = []
    work = threading.Thread(target=lambda: made.extend(meaning.encode([ENDLESS, "둘째 대목"], NEVER)))
    work.start()
    end = time.monotonic() + 20
    while work.is_alive() and time.monotonic() < end:  # the passage ends only for a question
        with meaning.seek(1, "경차", None, 5) as question:
            found, _near = question([1])
            assert [passage for passage, _ in found] == [1]
    work.join(5)
    assert [len(one) for one in made] == [96, 96]


def test_a_stop_does_not_wait_for_a_passage(meaning: Meaning) -> None:
    meaning.encode(["글"], NEVER)
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(Cancelled):
        meaning.encode([ENDLESS], cancel)
    assert meaning.process_id() is None


def test_one_that_dies_is_started_again(library: Library, meaning: Meaning) -> None:
    end_of(library)
    assert nearest(library, PARAPHRASE) == TEXTS["반려동물.txt"]
    number = meaning.process_id()
    assert number
    psutil.Process(number).kill()
    assert names(library, "경차 주차 요금")[0] == "주차.txt"  # by words, or by a new process
    assert nearest(library, PARAPHRASE) == TEXTS["반려동물.txt"]
    assert meaning.process_id() != number


@pytest.mark.parametrize("width", [40, 100, 512, 1024])
def test_the_nearest_are_found_at_any_width(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biseo.library.meaning.nearest._ALL", 100)
    monkeypatch.setattr("biseo.library.meaning.nearest._LIKELY", 60)
    chance = np.random.default_rng(width)
    rows = chance.integers(-127, 128, (400, width), dtype=np.int8)
    shelf = Nearest(width)
    for part in (slice(0, 150), slice(150, 400)):
        numbers = np.arange(400)[part] + 1
        shelf.add(numbers, numbers, rows[part].tobytes())
    for at in (0, 200, 399):
        asked = rows[at].astype(np.float32)
        asked /= np.linalg.norm(asked)
        assert shelf.seek(asked, None, 3)[0][0] == at + 1


# the choice


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    monkeypatch.setattr(choices, "load", Policy)
    store = ModelStore(tmp_path / "집" / "models")
    for seed in (1, 2):
        list(store.add(write_tiny_bert(tmp_path / f"작은{seed}.gguf", seed), NEVER, embedders=True))
    return store


def test_the_choice_is_seen_at_once(store: ModelStore) -> None:
    chooser = Chooser()
    assert chooser() == Choice()
    store.use_embedder("작은1")
    entry = store.find("작은1")
    assert chooser() == Choice(f"gguf-1:{entry.sha256}", EmbedPlan(entry.path, entry.sha256))
    store.use_embedder("작은2")
    assert chooser().model.endswith(store.find("작은2").sha256)
    store.use_embedder("")
    assert chooser() == Choice()


def test_what_is_told_of_a_file_that_cannot_be_used(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def code() -> str:
        fault = chooser().fault
        assert fault is not None and fault.message.endswith(".") and fault.advice.endswith(".")
        assert chooser().model == "" and chooser().plan is None
        return fault.code

    chooser = Chooser()
    store.use_embedder("작은1")
    path = store.find("작은1").path
    content = path.read_bytes()
    assert chooser().fault is None
    path.write_bytes(content + b"x")
    assert code() == "model-changed"
    path.unlink()
    assert code() == "model-missing"
    path.write_bytes(content)
    list(store.verify("작은1", NEVER))
    assert chooser().fault is None
    monkeypatch.setattr(choices, "load", lambda: Policy(models=frozenset({store.find("작은2").sha256})))
    (path.parent / FILE_NAME).touch()
    assert Chooser()().fault is not None and Chooser()().fault.code == "model-forbidden"  # type: ignore[union-attr]
    monkeypatch.setattr(choices, "load", lambda: Policy(models=frozenset({store.find("작은1").sha256})))
    plan = Chooser()().plan
    assert plan is not None and plan.check  # the file itself is hashed before it is loaded


def test_a_model_file_searches_the_library(store: ModelStore, tmp_path: Path) -> None:
    """The whole way through llama.cpp, with a BERT of one layer."""
    store.use_embedder("작은1")
    meaning = Meaning(Chooser())
    place = tmp_path / "자료"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    shelf = MemoryShelf()
    library = Library(shelf, read, meaning=meaning)
    try:
        list(library.add(place))
        assert end_of(library).complete
        assert lengths(library) == [BERT_WIDTH] * 5
        assert nearest(library, "소형차 공영주차장 요금") == TEXTS["주차.txt"]
        assert nearest(library, "무더위 쉼터 운영") == TEXTS["폭염.txt"]
        assert library.ready()
        number = meaning.process_id()
        assert number and psutil.Process(number).nice() != psutil.Process().nice()  # the official's work comes first
        store.use_embedder("작은2")
        assert end_of(library).complete and library.learned() == (5, 5)
    finally:
        meaning.stop()
        shelf.close()
