"""Files and folders to documents: what several tasks read at once, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from biseo.checks.passages import source_names
from biseo.document import Document
from biseo.errors import InputFileError, UserFacingError
from biseo.events import Progress
from biseo.library.folders import OLD_SUFFIXES, SUFFIXES, folder_path, look
from biseo.paths import home
from biseo.readers.pool import ReaderPool
from biseo_models.engine import CancelFlag


@dataclass(frozen=True)
class Unread:
    """A file that was not read, and why (a Korean sentence without document text)."""

    path: str
    reason: str


@dataclass(frozen=True)
class Gathered:
    """The documents in the order of their paths, what each is called, and what was not read."""

    documents: tuple[Document, ...]
    names: tuple[str, ...]
    unread: tuple[Unread, ...] = ()


def gather(
    paths: Sequence[Path], cancel: CancelFlag | None = None, read: Callable[..., Document] | None = None
) -> Iterator[Progress | Gathered]:
    """Read files and all documents below folders; the last event is a `Gathered`.

    Args:
        read: reads one file; without it a pool of reader processes does, which ends with the last file.

    Raises:
        InputFileError: nothing could be read; of a single file its own error.
        Cancelled: `cancel` was set.
    """
    if read is None:
        with ReaderPool() as pool:
            yield from gather(paths, cancel, pool.read)
        return
    files, unread = _files(paths, cancel)
    documents: list[Document] = []
    for place, path in enumerate(files):
        yield Progress(place, len(files), f"{Path(path).name} 읽는 중")
        try:
            documents.append(read(Path(path), cancel))
        except UserFacingError as error:
            if not isinstance(error, InputFileError):
                raise
            if len(files) == 1 and not unread:
                raise
            unread.append(Unread(path, f"{error.message} {error.advice}"))
    if not documents:
        raise InputFileError(
            "nothing-read",
            "읽을 수 있는 문서가 없습니다.",
            "HWPX, HWP, DOCX, PDF, XLSX, TXT 파일이나 그런 파일이 든 폴더를 골라 주세요.",
        )
    yield Progress(len(files), len(files), "모두 읽음")
    yield Gathered(tuple(documents), source_names(documents), tuple(unread))


def _files(paths: Sequence[Path], cancel: CancelFlag | None) -> tuple[list[str], list[Unread]]:
    files: list[str] = []
    unread: list[Unread] = []
    for path in paths:
        if not path.is_dir():
            files.append(str(path))
            continue
        try:
            listing = look(folder_path(path), own=home(), stopped=lambda: cancel is not None and cancel.is_set())
        except OSError as error:
            raise InputFileError(
                "folder-unreadable",
                "폴더를 열 수 없습니다.",
                "읽기 권한이나 네트워크 드라이브의 연결을 확인해 주세요.",
            ) from error
        for file in sorted(listing.files):
            suffix = Path(file).suffix.lower()
            if suffix in SUFFIXES:
                files.append(file)
            elif suffix in OLD_SUFFIXES:
                unread.append(Unread(file, "읽지 못하는 옛 형식입니다. HWPX, DOCX, PDF로 저장한 뒤 다시 해 주세요."))
        unread += [Unread(folder, "폴더를 열 수 없어 그 안은 읽지 못했습니다.") for folder in listing.unreachable]
    return list(dict.fromkeys(files)), unread
