"""Writes a draft as a file: one function, four formats, one layout."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from pathlib import Path

from biseo.document import Draft
from biseo.errors import OutputFileError, UsageError
from biseo.files import replace_file
from biseo.writers.clean import clean_draft
from biseo.writers.docx_file import write_docx
from biseo.writers.hwpx_file import write_hwpx
from biseo.writers.layout import Piece, lay_out
from biseo.writers.text_file import write_markdown, write_text

__all__ = ["SUFFIXES", "check_target", "lay_out", "put_file", "write_document"]

_WRITERS: dict[str, Callable[[Draft, tuple[Piece, ...]], bytes]] = {
    ".docx": write_docx,
    ".hwpx": write_hwpx,
    ".txt": write_text,
    ".md": write_markdown,
}
SUFFIXES = tuple(_WRITERS)

# Windows: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
_DISK_FULL_WINDOWS = (112, 39)
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_BAD_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


def write_document(draft: Draft, path: Path, *, overwrite: bool = False) -> Path:
    """Write `draft` to `path` in the format that its suffix names; the file is whole or not there at all.

    Args:
        overwrite: whether a file that is already there may be replaced.

    Returns:
        `path`.

    Raises:
        UsageError: the suffix is none of `SUFFIXES`.
        OutputFileError: the file exists and must not be replaced, or it cannot be written. What was there is unchanged.
    """
    check_target(path, overwrite=overwrite)
    draft = clean_draft(draft)
    write = _WRITERS[path.suffix.lower()]
    return put_file(path, lambda: write(draft, lay_out(draft)), overwrite=overwrite)


def put_file(path: Path, make: Callable[[], bytes], *, overwrite: bool = False) -> Path:
    """Write what `make` gives to `path`, whole or not at all; for formats that are made elsewhere (PDF needs Qt).

    Raises:
        OutputFileError: as for `write_document`.
    """
    try:
        _check(path, overwrite)
        content = make()
        _check(path, overwrite)  # another program may have been faster
        replace_file(path, content)
    except OSError as error:
        raise _explain(error) from error
    return path


def check_target(path: Path, *, overwrite: bool = False) -> None:
    """Tell what `write_document` would refuse, so far as it can be seen without writing.

    Raises:
        UsageError, OutputFileError: as for `write_document`.
    """
    if path.suffix.lower() not in _WRITERS:
        raise UsageError(
            "unknown-format",
            "이 확장자로는 저장할 수 없습니다.",
            f"파일 이름이 {', '.join(SUFFIXES)} 가운데 하나로 끝나게 해 주세요.",
        )
    check_place(path, overwrite=overwrite)


def check_place(path: Path, *, overwrite: bool = False) -> None:
    """Tell whether a file of any format can be put there.

    Raises:
        OutputFileError: as for `write_document`.
    """
    try:
        _check(path, overwrite)
    except OSError as error:
        raise _explain(error) from error


def write_error(error: OSError) -> OutputFileError:
    """What the user is told when writing a file failed with `error`."""
    return _explain(error)


def _check(path: Path, overwrite: bool) -> None:
    if "\0" in str(path):
        raise _bad_name()
    if path.is_dir():
        raise OutputFileError("is-folder", "저장할 이름과 같은 폴더가 있습니다.", "다른 파일 이름으로 저장해 주세요.")
    if not path.parent.is_dir():
        raise OutputFileError(
            "no-folder", "저장할 폴더가 없습니다.", "폴더 이름을 확인하거나 폴더를 먼저 만들어 주세요."
        )
    if not overwrite and (path.exists() or path.is_symlink()):
        raise OutputFileError(
            "exists",
            "같은 이름의 파일이 이미 있어 저장하지 않았습니다.",
            "다른 이름으로 저장해 주세요.",
        )
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise _in_use()  # Windows refuses such a file itself, other systems would replace it


def _explain(error: OSError) -> OutputFileError:
    if error.errno in _DISK_FULL or getattr(error, "winerror", None) in _DISK_FULL_WINDOWS:
        return OutputFileError(
            "disk-full",
            "디스크에 남은 공간이 없어 저장하지 못했습니다.",
            "필요 없는 파일을 지우거나 다른 드라이브에 저장해 주세요.",
        )
    if error.errno in _BAD_NAME:
        return _bad_name()
    # Only moving a file to its place names two files: the folder could be written, the old file not be replaced.
    if isinstance(error, PermissionError) and error.filename2 is not None:
        return _in_use()
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return OutputFileError(
            "not-writable", "이 폴더에는 저장할 권한이 없습니다.", "문서 폴더처럼 쓸 수 있는 다른 폴더에 저장해 주세요."
        )
    return OutputFileError("write-failed", "파일을 저장하지 못했습니다.", "다른 폴더나 드라이브에 저장해 주세요.")


def _in_use() -> OutputFileError:
    return OutputFileError(
        "in-use",
        "저장할 파일이 다른 프로그램에서 열려 있거나 읽기 전용입니다.",
        "그 파일을 닫은 뒤 다시 저장하거나 다른 이름으로 저장해 주세요.",
    )


def _bad_name() -> OutputFileError:
    return OutputFileError(
        "bad-name", "파일 이름이 너무 길거나 쓸 수 없는 글자가 들어 있습니다.", "짧은 이름으로 다시 저장해 주세요."
    )
