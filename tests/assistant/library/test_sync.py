"""Folders and their index: what is read, what is kept, what is forgotten."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.assistant.library.conftest import CountingReader, Sync, put

from biseo.document import Document
from biseo.errors import Cancelled, InputFileError
from biseo.library import Filter, Library, LibraryError, MemoryShelf, VaultShelf
from biseo.library.events import FileRead, FileRefused, FolderGone, Paused, Resumed
from biseo.vault import Vault


def names(library: Library, query: str) -> list[str]:
    return [Path(hit.source).name for hit in library.search(query)]


def test_a_folder_is_read_and_found(library: Library, folder: Path, done: Sync) -> None:
    report = done(library.add(folder))
    assert (report.documents, report.passages, report.skipped, report.added) == (2, 2, (), 2)
    assert names(library, "예산 편성")[0] == "예산 편성 지침(2026).txt"
    assert names(library, "민원은 며칠 안에 처리하나요?")[0] == "민원 편람.txt"  # CP949


def test_only_what_changed_is_read(library: Library, folder: Path, reader: CountingReader, done: Sync) -> None:
    done(library.add(folder))
    reader.names.clear()
    report = done(library.sync())
    assert reader.names == [] and report.unchanged == 2
    put(folder / "새 문서.txt", "도로 굴착 허가는 구청이 한다.")
    put(folder / "예산 편성 지침(2026).txt", "주민참여예산제는 매년 10월에 편성하게 되었다.")
    report = done(library.sync())
    assert sorted(reader.names) == ["새 문서.txt", "예산 편성 지침(2026).txt"]
    assert (report.added, report.changed, report.unchanged, report.documents) == (1, 1, 1, 3)
    assert "10월" in library.search("예산 편성")[0].text
    assert all("9월" not in hit.text for hit in library.search("예산 편성 9월"))


def test_a_file_saved_just_now_is_looked_at_again(library: Library, folder: Path, done: Sync) -> None:
    """A second change within the same tick of the file system must not be missed."""
    path = folder / "방금.txt"
    path.write_text("첫째 판은 사과이다.", encoding="utf-8")
    status = path.stat()
    done(library.add(folder))
    path.write_text("둘째 판은 포도이다.", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    done(library.sync())
    assert library.search("포도") and not library.search("사과")


def test_moved_and_deleted_files(library: Library, folder: Path, reader: CountingReader, done: Sync) -> None:
    done(library.add(folder))
    reader.names.clear()
    (folder / "예산 편성 지침(2026).txt").rename(folder / "지침 모음" / "옮긴 이름.txt")
    (folder / "지침 모음" / "민원 편람.txt").unlink()
    report = done(library.sync())
    assert reader.names == []  # its text was known
    assert (report.moved, report.removed, report.added, report.documents, report.passages) == (1, 1, 0, 1, 1)
    assert names(library, "예산") == ["옮긴 이름.txt"]
    assert library.search("민원") == []


def test_a_file_that_cannot_be_read_is_told(library: Library, folder: Path, done: Sync) -> None:
    (folder / "빈 문서.hwpx").write_bytes(b"")
    (folder / "깨진 문서.docx").write_bytes(b"PK\x03\x04" + b"x" * 200)
    (folder / "옛 문서.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    events = list(library.add(folder))
    assert sum(isinstance(event, FileRefused) for event in events) == 3
    report = library.report()
    assert {Path(each.path).name for each in report.skipped} == {"빈 문서.hwpx", "깨진 문서.docx", "옛 문서.doc"}
    assert all("니다." in each.reason and "주세요." in each.reason for each in report.skipped)
    assert report.documents == 2
    put(folder / "빈 문서.hwpx", "이제 글이 있다.")
    done(library.sync())
    assert len(library.report().skipped) == 2


def test_a_file_that_cannot_be_opened_now_keeps_what_was_read(
    library: Library, folder: Path, vault: Vault, done: Sync
) -> None:
    done(library.add(folder))
    put(folder / "예산 편성 지침(2026).txt", "열 수 없는 동안 바뀌었다.")

    def locked(path: Path, _cancel: threading.Event | None) -> Document:
        raise InputFileError("no-permission", "열 수 없습니다.", "닫아 주세요.")

    report = done(Library(VaultShelf(vault), locked).sync())
    assert report.documents == 2 and len(report.skipped) == 1 and "전에 읽은" in report.skipped[0].reason
    assert names(library, "예산 편성")[0] == "예산 편성 지침(2026).txt"
    done(library.sync())
    assert not library.report().skipped and library.search("바뀌었다")


def test_hidden_temporary_and_linked_files_are_passed_over(
    library: Library, folder: Path, tmp_path: Path, done: Sync
) -> None:
    for name in ("~$예산.docx", "임시.tmp", ".숨김.txt", "사진.jpg", "저장 중.txt.tmp"):
        (folder / name).write_bytes(b"x")
    (folder / ".git").mkdir()
    put(folder / ".git" / "안.txt", "숨은 글")
    outside = tmp_path / "밖"
    outside.mkdir()
    put(outside / "밖의 문서.txt", "밖에 있는 글")
    try:
        (folder / "고리").symlink_to(folder, target_is_directory=True)
        (folder / "밖으로").symlink_to(outside, target_is_directory=True)
        (folder / "이음.txt").symlink_to(outside / "밖의 문서.txt")
    except OSError:
        pytest.skip("no links here")
    report = done(library.add(folder))
    assert report.documents == 2 and not library.search("밖에") and not library.search("숨은")
    assert report.ignored >= 5


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_network_drive_that_vanished(library: Library, folder: Path, tmp_path: Path, how: str, done: Sync) -> None:
    done(library.add(folder))
    folder.rename(tmp_path / "떨어진 드라이브")
    if how == "empty":
        folder.mkdir()
    events = list(library.sync())
    gone = [event for event in events if isinstance(event, FolderGone)]
    assert len(gone) == 1 and "그대로" in gone[0].reason
    assert library.report().documents == 2 and library.search("예산")
    if how == "empty":
        folder.rmdir()
    (tmp_path / "떨어진 드라이브").rename(folder)
    assert done(library.sync()).unchanged == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_folder_that_cannot_be_opened_keeps_its_files(library: Library, folder: Path, done: Sync) -> None:
    done(library.add(folder))
    (folder / "지침 모음").chmod(0)
    try:
        report = done(library.sync())
    finally:
        (folder / "지침 모음").chmod(0o700)
    assert report.documents == 2 and len(report.skipped) == 1


def test_the_same_folder_twice_and_nested_folders(library: Library, folder: Path, done: Sync) -> None:
    done(library.add(folder))
    done(library.add(folder / "지침 모음" / ".."))
    assert library.folders() == [str(folder)]
    report = done(library.add(folder / "지침 모음"))
    assert (report.documents, report.unchanged) == (1, 1) and library.report().documents == 2
    library.remove(folder)  # what the inner folder holds stays
    assert library.report().documents == 1 and library.search("민원") and not library.search("예산")
    library.remove(folder / "지침 모음")
    assert library.report().documents == 0 and library.folders() == []


def test_two_copies_are_read_once_and_shown_once(
    library: Library, folder: Path, reader: CountingReader, done: Sync
) -> None:
    shutil.copy2(folder / "예산 편성 지침(2026).txt", folder / "지침 모음" / "사본.txt")
    report = done(library.add(folder))
    assert (report.documents, report.passages) == (3, 2)
    hits = library.search("예산 편성")
    assert len([hit for hit in hits if "예산" in hit.text]) == 1
    assert [Path(path).name for path in hits[0].copies] == ["사본.txt"]
    (folder / "예산 편성 지침(2026).txt").unlink()
    done(library.sync())
    assert names(library, "예산 편성") == ["사본.txt"]


def test_what_cannot_be_added(library: Library, folder: Path, tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "없음", "no-folder"),
        (folder / "예산 편성 지침(2026).txt", "not-a-folder"),
        (Path("a\0b"), "no-folder"),
    ):
        with pytest.raises(LibraryError) as told:
            list(library.add(path))
        assert told.value.code == code
    with pytest.raises(LibraryError) as told:
        library.remove(tmp_path)
    assert told.value.code == "not-in-library"


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_cannot_be_written_down_is_told(library: Library, folder: Path, done: Sync) -> None:
    try:
        with open(os.fsencode(str(folder)) + b"/\xb0\xa1.txt", "wb") as stream:  # noqa: PTH123
            stream.write(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    report = done(library.add(folder))
    assert report.documents == 2 and len(report.skipped) == 1 and "이름" in report.skipped[0].reason


def test_cancelled_and_taken_up_again(library: Library, folder: Path, done: Sync) -> None:
    for number in range(6):
        put(folder / f"문서 {number}.txt", f"문서 {number}의 글이다.")
    cancel = threading.Event()
    with pytest.raises(Cancelled):
        for event in library.add(folder, cancel):
            if isinstance(event, FileRead):
                cancel.set()
    assert library.report().documents == 1  # kept
    report = done(library.sync())
    assert report.documents == 8 and report.unchanged == 1


def test_a_pause_stops_reading_and_ends(vault: Vault, folder: Path) -> None:
    """The file that is being read is given up within a moment, and read again after the pause."""
    cancel, pause, begun, given_up = (threading.Event() for _ in range(4))
    tries: list[str] = []

    def slow(path: Path, stop: threading.Event | None) -> Document:
        tries.append(path.name)
        begun.set()
        end = time.monotonic() + (5 if len(tries) <= 2 else 0)
        while time.monotonic() < end:
            assert stop is not None
            if stop.is_set():
                given_up.set()
                raise Cancelled
            time.sleep(0.01)
        return Document(str(path), "txt", "", None, ())

    library = Library(VaultShelf(vault), slow)
    seen: list[object] = []
    rested = threading.Event()

    def work() -> None:
        for event in library.add(folder, cancel, pause):
            seen.append(event)
            if isinstance(event, Paused):
                rested.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(5)
    start = time.monotonic()
    pause.set()
    assert rested.wait(5) and given_up.wait(5) and time.monotonic() - start < 1
    pause.clear()
    thread.join(20)
    assert not thread.is_alive() and any(isinstance(event, Resumed) for event in seen)
    assert library.report().documents == 2 and len(tries) > 2


def test_one_at_a_time(library: Library, vault: Vault, folder: Path, done: Sync) -> None:
    done(library.add(folder))
    with VaultShelf(vault).alone() as taken:
        assert taken
        for work in (lambda: list(library.sync()), lambda: library.remove(folder)):
            with pytest.raises(LibraryError) as told:
                work()
            assert told.value.code == "library-busy"
    assert done(library.sync()).documents == 2


def test_kept_over_a_restart(
    vault: Vault, again: Callable[[], Vault], folder: Path, reader: CountingReader, done: Sync
) -> None:
    done(Library(VaultShelf(vault), reader).add(folder))
    vault.close()
    reader.names.clear()
    with again() as opened:
        library = Library(VaultShelf(opened), reader)
        assert names(library, "예산 편성")[0].startswith("예산")
        assert done(library.sync()).unchanged == 2 and reader.names == []


def test_a_newer_splitter_reads_again(
    library: Library, folder: Path, reader: CountingReader, done: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(library.add(folder))
    reader.names.clear()
    monkeypatch.setattr("biseo.library.tables.MAKER", 2)
    report = done(library.sync())
    assert len(reader.names) == 2 and report.changed == 2
    assert report.passages == 2 and len(library.search("예산 편성")) == 1


def test_filters(library: Library, folder: Path, done: Sync) -> None:
    put(folder / "표.csv", "사업,예산\n도로,100\n")
    done(library.add(folder))
    assert len(library.search("예산")) == 2
    assert [hit.kind for hit in library.search("예산", within=Filter(kinds=frozenset({"csv"})))] == ["csv"]
    assert library.search("예산", within=Filter(folder=folder / "지침 모음")) == []
    assert len(library.search("민원", within=Filter(folder=folder / "지침 모음"))) == 1
    assert library.search("예산", within=Filter(since=1_700_000_001)) == []
    assert len(library.search("예산", within=Filter(since=1_700_000_000, until=1_700_000_000))) == 2


def test_the_program_s_own_folder_is_passed_over(vault: Vault, home: Path, reader: CountingReader, done: Sync) -> None:
    put(home / "우리 것.txt", "프로그램의 글")
    library = Library(VaultShelf(vault), reader, own=home)
    assert done(library.add(home.parent)).documents == 0


def test_in_memory_nothing_is_kept(folder: Path, reader: CountingReader, done: Sync) -> None:
    shelf = MemoryShelf()
    library = Library(shelf, reader)
    assert done(library.add(folder)).documents == 2 and not library.kept
    assert names(library, "예산 편성")
    shelf.close()


def test_children_read_real_files(vault: Vault, folder: Path, done: Sync) -> None:
    library = Library(VaultShelf(vault))
    assert done(library.add(folder)).documents == 2
    assert library.search('"접수한 날부터 7일"')[0].source.endswith("민원 편람.txt")
