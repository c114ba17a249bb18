from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from biseo.files import replace_file, replacing


def test_replaces_the_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "공 문서.txt"
    target.write_bytes(b"old and longer")
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "문서.txt"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_temporary_file_is_beside_the_target_and_of_its_kind(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.docx") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".docx"
        temporary.write_bytes(b"x")
    assert (tmp_path / "a.docx").read_bytes() == b"x"


def test_a_missing_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        replace_file(tmp_path / "none" / "a.txt", b"x")


def test_a_folder_in_the_place_of_the_target(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        replace_file(target, b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows takes permissions from the folder")
@pytest.mark.usefixtures("umask")
def test_permissions_of_new_and_of_replaced_files(tmp_path: Path) -> None:
    target = tmp_path / "문서.docx"
    replace_file(target, b"1")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    for mode in (0o664, 0o600, 0o444):
        target.chmod(mode)
        with replacing(target) as temporary:
            assert stat.S_IMODE(temporary.stat().st_mode) & 0o077 == 0
            temporary.write_bytes(b"2")
        assert stat.S_IMODE(target.stat().st_mode) == mode
