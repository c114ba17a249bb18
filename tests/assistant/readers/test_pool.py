"""Reader processes that serve several files: as good as one a file, and ended with whatever goes wrong."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psutil
import pytest
from tests.assistant.readers.test_process import readers_left, slow_file
from tests.assistant.readers.tiny_pdf import write_pdf

from biseo.errors import Cancelled, InputFileError
from biseo.readers import Limits
from biseo.readers.pool import MOST_FILES, ReaderPool


def texts(folder: Path, count: int) -> list[Path]:
    paths = []
    for number in range(count):
        paths.append(folder / f"문서 {number}.txt")
        paths[-1].write_text(f"{number}번 본문", encoding="utf-8")
    return paths


def ids() -> set[int]:
    return {process.pid for process in readers_left()}


def test_one_process_serves_many_files_and_none_is_left(tmp_path: Path) -> None:
    with ReaderPool() as pool:
        assert pool.read(texts(tmp_path, 1)[0]).text == "0번 본문"
        first = ids()
        for number, path in enumerate(texts(tmp_path, 4)):
            document = pool.read(path)
            assert (document.text, document.path) == (f"{number}번 본문", str(path))
        assert ids() == first
        assert len(first) == 1
    assert not readers_left()


def test_a_process_is_replaced_after_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biseo.readers.pool.MOST_FILES", 2)
    seen = set()
    with ReaderPool() as pool:
        for path in texts(tmp_path, 5):
            pool.read(path)
            seen |= ids()
    assert len(seen) >= 2
    assert MOST_FILES > 2


def test_a_refused_file_ends_its_process_and_the_next_is_read(tmp_path: Path) -> None:
    bad = tmp_path / "망가진.docx"
    bad.write_bytes(b"PK\x03\x04" + bytes(300))
    good = texts(tmp_path, 2)
    with ReaderPool() as pool:
        pool.read(good[0])
        before = ids()
        with pytest.raises(InputFileError):
            pool.read(bad)
        assert not ids()
        assert pool.read(good[1]).text == "1번 본문"
        assert ids()
        assert ids() != before


def test_a_killed_process_is_a_damaged_file_and_no_more(tmp_path: Path) -> None:
    slow, good = slow_file(tmp_path), texts(tmp_path, 1)[0]
    with ReaderPool() as pool:
        pool.read(good)
        (reader,) = ids()
        faults: list[str] = []

        def read() -> None:
            try:
                pool.read(slow)
            except InputFileError as error:
                faults.append(error.code)

        thread = threading.Thread(target=read)
        thread.start()
        time.sleep(0.3)  # it is in the middle of the file, or has not begun; both are the same to the reader
        psutil.Process(reader).kill()
        thread.join(30)
        assert len(faults) == 1
        assert pool.read(good).text == "0번 본문"


def test_an_idle_process_that_died_is_passed_over(tmp_path: Path) -> None:
    good = texts(tmp_path, 1)[0]
    with ReaderPool() as pool:
        pool.read(good)
        victim = pool._idle[0].process
        victim.kill()
        victim.join(10)
        assert pool.read(good).text == "0번 본문"


def test_limits_count_for_each_file(tmp_path: Path) -> None:
    with ReaderPool(Limits(seconds=2.0)) as pool:
        with pytest.raises(InputFileError) as caught:
            pool.read(slow_file(tmp_path))
        assert caught.value.code == "timeout"
        assert not ids()
        assert pool.read(texts(tmp_path, 1)[0]).text == "0번 본문"


def test_a_stop_ends_the_process(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    with ReaderPool() as pool, pytest.raises(Cancelled):
        pool.read(slow_file(tmp_path), stop)
    assert not readers_left()


def test_a_pdf_never_shares_a_process_whatever_its_name(tmp_path: Path) -> None:
    page = [[(50.0, 700.0, 10.0, "본문입니다.")]]
    plain, hidden = write_pdf(tmp_path / "계획.pdf", page), tmp_path / "계획.txt"
    hidden.write_bytes(plain.read_bytes())
    with ReaderPool() as pool:
        first = texts(tmp_path, 1)[0]
        pool.read(first)
        shared = ids()
        for path in (plain, hidden):
            assert pool.read(path).blocks[0].text == "본문입니다."
            assert ids() == shared  # that process is still the only one, and looked at nothing but the beginning
