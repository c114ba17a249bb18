from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import unicodedata
import zipfile
from pathlib import Path

import psutil
import pytest
from tests.assistant.readers.tiny_pdf import write_pdf

from biseo.errors import Cancelled, InputFileError
from biseo.readers import Limits, read_document
from biseo.readers.limits import MIB, ORDINARY
from biseo.readers.process import widened
from biseo.readers.refusal import shown_name


def readers_left() -> list[psutil.Process]:
    """Reader processes of this program; the resource tracker of `multiprocessing` stays by design."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


def refused(path: Path, **limits: float) -> InputFileError:
    with pytest.raises(InputFileError) as caught:
        read_document(path, limits=Limits(**limits))  # type: ignore[arg-type]
    assert not readers_left()
    assert caught.value.message.endswith(".")
    assert caught.value.advice.endswith(".")
    return caught.value


def slow_file(folder: Path) -> Path:
    """A text that takes many seconds to read: one cell of a CSV a line."""
    path = folder / "느린.csv"
    path.write_text("1. 가\n" * 8_000_000, encoding="utf-8")
    return path


def test_reads_in_another_process(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "계획.pdf", [[(50, 700, 10, "본문입니다.")]])
    document = read_document(path)
    assert document.path == str(path)
    assert [b.text for b in document.blocks] == ["본문입니다."]
    assert not readers_left()


def test_long_korean_names(tmp_path: Path) -> None:
    path = tmp_path / ("가" * 60 + " (최종) 사본 (2).txt")
    path.write_text("본문", encoding="utf-8")
    assert read_document(path).text == "본문"
    path.write_bytes(b"%PDF-")
    error = refused(path)
    assert error.code == "damaged"
    assert len(error.message) < 120
    assert shown_name(unicodedata.normalize("NFD", "가.txt")) == "가.txt"


def test_what_is_not_there(tmp_path: Path) -> None:
    empty = tmp_path / "빈.hwpx"
    empty.touch()
    assert refused(tmp_path / "없는 파일.pdf").code == "missing"
    assert refused(tmp_path).code == "not-a-file"
    assert refused(empty).code == "empty"
    assert refused(empty / "안.pdf").code == "missing"
    assert refused(Path("널\0.txt")).code == "missing"
    assert refused(tmp_path / ("가" * 500)).code == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_links_and_pipes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "관.txt")
    assert refused(tmp_path / "관.txt").code == "not-a-file"
    (tmp_path / "끊긴.txt").symlink_to(tmp_path / "없음.txt")
    assert refused(tmp_path / "끊긴.txt").code == "missing"
    (tmp_path / "맴.txt").symlink_to(tmp_path / "맴.txt")
    assert refused(tmp_path / "맴.txt").code == "not-a-file"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("가", encoding="utf-8")
    path.chmod(0)
    assert refused(path).code == "no-permission"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2000)
    assert refused(path, file_bytes=1000).code == "too-large"


def test_time_runs_out(tmp_path: Path) -> None:
    path = slow_file(tmp_path)
    start = time.monotonic()
    assert refused(path, seconds=0.6).code == "timeout"
    assert time.monotonic() - start < 3


def test_memory_runs_out(tmp_path: Path) -> None:
    assert refused(slow_file(tmp_path), memory_bytes=80 * 1024 * 1024).code == "too-large"


def test_cancelled_within_a_second(tmp_path: Path) -> None:
    path = slow_file(tmp_path)
    cancel = threading.Event()
    ended: list[float] = []

    def work() -> None:
        with pytest.raises(Cancelled):
            read_document(path, cancel)
        ended.append(time.monotonic())

    worker = threading.Thread(target=work)
    worker.start()
    deadline = time.monotonic() + 10
    while not readers_left() and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert readers_left()
    asked = time.monotonic()
    cancel.set()
    worker.join(10)
    assert ended
    assert ended[0] - asked < 1
    assert not readers_left()


def test_a_killed_reader_is_a_refusal(tmp_path: Path) -> None:
    path = slow_file(tmp_path)
    errors: list[InputFileError] = []
    worker = threading.Thread(target=lambda: errors.append(refused(path)))
    worker.start()
    deadline = time.monotonic() + 10
    while not (left := readers_left()) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    for process in left:
        process.kill()
    worker.join(10)
    assert errors[0].code in ("damaged", "too-large")


def test_long_line(tmp_path: Path) -> None:
    path = tmp_path / "한 줄.txt"
    path.write_text("가나다라 " * 3_500_000, encoding="utf-8")
    document = read_document(path)
    assert len(document.blocks) == 1
    assert len(document.text) > 17_000_000


def test_the_child_has_all_that_hancom_documents_need(tmp_path: Path) -> None:
    """Charts in HWP are workbooks inside: their readers must not be among those that the child leaves out."""
    script = (
        "from biseo.readers.child import hasten\nhasten()\nfrom dochan import reader\n"
        "from dochan.office_binary.xls import parse_biff_workbook\nfrom dochan.ooxml.xlsx import BUILTIN_NUM_FORMATS\n"
        "from dochan.office_binary import xls_chart, ole_objects\nfrom dochan.hwp import charts\n"
        "assert reader.HWPXParser\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_is_printed_and_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom biseo.readers import read_document\n"
        "from biseo.errors import InputFileError\n"
        "if __name__ == '__main__':\n"
        "    try:\n        read_document(Path(sys.argv[1]))\n"
        "    except InputFileError as error:\n        assert error.code == 'damaged', error.code\n"
        "    loaded = {'PySide6', 'llama_cpp', 'dochan', 'openpyxl', 'pypdfium2', 'numpy', 'docx'} & set(sys.modules)\n"
        "    assert not loaded, loaded\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, str(script), str(path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


HOSTILE = [
    "bomb.docx",
    "bomb.xlsx",
    "deep.hwpx",
    "encfake.hwpx",
    "flag_distribution.hwp",
    "flag_drm.hwp",
    "flag_password.hwp",
    "flip0_min.hwp",
    "hwp3.hwp",
    "laughs.docx",
    "laughs.hwpx",
    "laughs.xlsx",
    "olebomb.hwp",
    "rand.hwp",
    "traversal.hwpx",
    "trunc50_min.hwp",
    "xxe.docx",
    "xxe.hwpx",
    "xxe.xlsx",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(samples: Path, name: str) -> None:
    assert refused(samples / "hostile" / name).code != "timeout"


@pytest.mark.parametrize("name", ["flip2_min.hwp", "html.hwp", "hugecell.xlsx", "hugespan.hwpx", "ishwp.hwpx"])
def test_odd_files_are_read(samples: Path, name: str) -> None:
    assert read_document(samples / "hostile" / name).text
    assert not readers_left()


def test_two_million_paragraphs_end_in_time(samples: Path) -> None:
    assert refused(samples / "hostile" / "oleparas.hwp", seconds=2).code == "timeout"


def test_a_long_pdf_or_package_may_take_longer_and_nothing_else(tmp_path: Path) -> None:
    usual = Limits()
    for head, times in ((b"%PDF-1.7", 4.0), (b"PK\x03\x04", 4.0), (b"\xd0\xcf\x11\xe0", 1.0)):
        file = tmp_path / "긴 문서"
        file.write_bytes(head)
        assert widened(str(file), usual) == usual
        with file.open("r+b") as stream:
            stream.truncate(ORDINARY + 3 * MIB)
        assert widened(str(file), usual).seconds == usual.seconds * times
    with file.open("r+b") as stream:
        stream.write(b"%PDF")
        stream.truncate(150 * MIB)
    assert widened(str(file), usual).seconds == usual.seconds * 20
    assert widened(str(tmp_path / "없음"), usual) == usual
