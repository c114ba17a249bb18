from __future__ import annotations

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
