"""A file is whole or as it was before, and the user is told why."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from biseo.document import Draft
from biseo.errors import OutputFileError, UsageError, UserFacingError
from biseo.writers import SUFFIXES, write_document

EVERY = pytest.mark.parametrize("suffix", SUFFIXES)


@pytest.fixture
def draft(drafts: dict[str, Draft]) -> Draft:
    return drafts["plain"]


def _names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def _assert_korean(error: UserFacingError) -> None:
    for sentence in (error.message, error.advice):
        assert sentence.endswith(".")
        assert any("가" <= letter <= "힣" for letter in sentence)


@EVERY
def test_new_file(draft: Draft, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"새 파일{suffix}"
    assert write_document(draft, target) == target
    assert _names(tmp_path) == [target.name]


def test_capital_suffix(draft: Draft, tmp_path: Path) -> None:
    assert write_document(draft, tmp_path / "A.DOCX").stat().st_size > 1000


@EVERY
def test_existing_file_stays_without_leave(draft: Draft, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"a{suffix}"
    target.write_bytes(b"old")
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, target)
    assert caught.value.code == "exists"
    assert "--" not in caught.value.advice  # the window shows it too
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == [target.name]
    write_document(draft, target, overwrite=True)
    assert target.read_bytes() != b"old"
    assert _names(tmp_path) == [target.name]


@pytest.mark.parametrize("name", ["a.pdf", "a.hwp", "a", ".docx"])
def test_unknown_suffix(draft: Draft, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        write_document(draft, tmp_path / name)
    for suffix in SUFFIXES:
        assert suffix in caught.value.advice
    assert _names(tmp_path) == []


def test_folder_missing(draft: Draft, tmp_path: Path) -> None:
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, tmp_path / "없음" / "a.docx")
    assert caught.value.code == "no-folder"
    _assert_korean(caught.value)


def test_target_is_a_folder(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, tmp_path / "a.docx", overwrite=True)
    assert caught.value.code == "is-folder"


@pytest.mark.parametrize("name", ["가" * 300 + ".docx", "a\0b.docx"])
def test_impossible_name(draft: Draft, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, tmp_path / name)
    assert caught.value.code == "bad-name"
    assert _names(tmp_path) == []


@pytest.mark.parametrize("overwrite", [True, False])
@EVERY
def test_disk_full(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, overwrite: bool) -> None:
    target = tmp_path / f"a{suffix}"
    if overwrite:
        target.write_bytes(b"old")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, target, overwrite=overwrite)
    assert caught.value.code == "disk-full"
    _assert_korean(caught.value)
    assert _names(tmp_path) == ([target.name] if overwrite else [])
    if overwrite:
        assert target.read_bytes() == b"old"


def test_target_open_elsewhere(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.hwpx"
    target.write_bytes(b"old")

    def refuse(self: Path, other: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use", str(self), 32, str(other))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, target, overwrite=True)
    assert caught.value.code == "in-use"
    _assert_korean(caught.value)
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == [target.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_read_only_file_is_not_replaced(draft: Draft, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"초안{suffix}"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(OutputFileError) as refused:
        write_document(draft, path, overwrite=True)
    assert refused.value.code == "in-use" and path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    path.chmod(0o644)  # so that the folder can be cleared away on Windows


def test_folder_that_cannot_be_written(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise PermissionError(errno.EACCES, "denied", str(tmp_path))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, tmp_path / "a.docx")
    assert caught.value.code == "not-writable"
    _assert_korean(caught.value)


def test_file_that_appears_meanwhile_stays(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.md"

    def slow(*args: Any) -> bytes:
        target.write_bytes(b"other")
        return b"mine"

    monkeypatch.setitem(__import__("biseo.writers").writers._WRITERS, ".md", slow)
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, target)
    assert caught.value.code == "exists"
    assert target.read_bytes() == b"other"


def test_errors_never_quote_the_document(draft: Draft, tmp_path: Path) -> None:
    with pytest.raises(OutputFileError) as caught:
        write_document(draft, tmp_path / "없음" / f"{draft.title}.docx")
    assert draft.title not in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that this user cannot write")
def test_real_read_only_folder(draft: Draft, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputFileError) as caught:
            write_document(draft, tmp_path / "a.docx")
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.code == "not-writable"
