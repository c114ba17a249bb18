"""Taking a model file into the models folder: space, copying while hashing, and never half a file under its name."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from biseo_models.engine import CancelFlag
from biseo_models.errors import Cancelled, ModelError
from biseo_models.folder_lock import FolderLock
from biseo_models.gguf import GgufHeader, is_split_name, read_header
from biseo_models.known import embedder_architectures, other_architectures, writer_architectures
from biseo_models.replacing import replace

CHUNK = 1 << 20
SYNC_EVERY = 8 << 20
SPARE_BYTES = 256 << 20
POLL_SECONDS = 0.1
_RERANKS = 4
"""`pooling_type` of a model that scores a question and a passage together: it has no vectors."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True)
class IntakeProgress:
    """How far it is. `model_id` is set on the last one: the model that is now in the list."""

    done_bytes: int
    total_bytes: int
    label: str
    model_id: str = ""


def gigabytes(size: float) -> str:
    """A size for people, in the unit that file managers show."""
    return f"{size / 2**30:.1f}GB"


def is_embedder(header: GgufHeader) -> bool:
    """Whether the model tells what texts mean and cannot write any."""
    if header.pooling == _RERANKS:
        return False
    return bool(header.pooling) or header.architecture in embedder_architectures()


def check_model_file(file: Path, *, embedders: bool = False) -> GgufHeader:
    """The header of a file that this program can run.

    Args:
        embedders: one that tells what texts mean will do, too.

    Raises:
        ModelError: it is missing, not a whole GGUF, one of several pieces, or of a kind that cannot write text.
    """
    try:
        if not file.is_file():
            raise ModelError(
                "file-missing", "고른 모델 파일을 찾을 수 없습니다.", "파일이 그 자리에 있는지 확인해 주세요."
            )
        header = read_header(file)
    except OSError as error:
        raise _unreadable() from error
    if header.split_count > 1 or is_split_name(file.name):
        raise ModelError(
            "split-model",
            "여러 조각으로 나뉜 모델 파일은 쓸 수 없습니다.",
            "하나로 합친 GGUF 파일을 골라 주세요.",
        )
    embeds = is_embedder(header)
    if embeds and not embedders:
        raise ModelError(
            "not-a-writer",
            f"글을 쓰는 모델이 아니라 뜻을 견주는 모델입니다({header.architecture}).",
            "글쓰기용(Instruct) GGUF 파일을 골라 주세요. 자료실에서 찾는 데 쓰려면 biseo model add로 넣어 주세요.",
        )
    if not embeds and (header.architecture in other_architectures() or header.pooling):
        raise ModelError(
            "not-a-writer",
            f"글을 쓰는 모델이 아닙니다({header.architecture}).",
            "글쓰기용(Instruct) GGUF 파일을 골라 주세요.",
        )
    if header.architecture not in writer_architectures() | embedder_architectures():
        raise ModelError(
            "unknown-architecture",
            f"이 프로그램이 모르는 구조의 모델입니다({header.architecture}).",
            "다른 모델을 고르거나 프로그램을 새 판으로 바꿔 주세요.",
        )
    if not header.tensor_bytes or not header.layers:
        raise ModelError(
            "model-damaged", "모델 파일에 내용이 들어 있지 않습니다.", "원본에서 다시 복사한 뒤 다시 골라 주세요."
        )
    return header


def require_space(folder: Path, size: int) -> None:
    """Make sure that `size` bytes and some spare room fit on the disk of the folder.

    Raises:
        ModelError: `disk-full`, with the numbers.
    """
    free = shutil.disk_usage(folder).free
    if free < size + SPARE_BYTES:
        raise ModelError(
            "disk-full",
            f"모델을 저장하려면 디스크에 {gigabytes(size + SPARE_BYTES)}가 비어 있어야 하는데 "
            f"{gigabytes(free)}가 남아 있습니다.",
            "필요 없는 파일을 지운 뒤 다시 시도해 주세요.",
        )


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """Turn the operating system's refusals about the models folder into sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or getattr(error, "winerror", 0) in (39, 112):
            raise ModelError(
                "disk-full",
                "디스크가 가득 차서 모델 파일을 저장하지 못했습니다.",
                "필요 없는 파일을 지운 뒤 다시 시도해 주세요.",
            ) from error
        raise ModelError(
            "store-unwritable",
            "모델 폴더를 읽거나 쓸 수 없습니다.",
            "폴더를 쓸 권한이 있는지, 다른 프로그램이 모델 파일을 열고 있지 않은지 확인해 주세요.",
        ) from error


def wait_for(lock: FolderLock, total: int, cancel: CancelFlag) -> Iterator[IntakeProgress]:
    """Take the lock, telling how long another window has it.

    Raises:
        Cancelled: `cancel` was set.
    """
    while not lock.acquire():
        yield IntakeProgress(0, total, "다른 창에서 모델을 준비하고 있어 기다리는 중")
        if cancel.is_set():
            raise Cancelled
        time.sleep(POLL_SECONDS)


def sweep(folder: Path) -> None:
    """Remove what interrupted intakes left. Only for the process that has the intake lock: every other is dead."""
    for left in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            left.unlink()


@contextlib.contextmanager
def part_path(folder: Path, model_id: str) -> Iterator[Path]:
    """A name to write to; what is still there at the end is removed."""
    path = folder / f".{model_id}.{uuid.uuid4().hex[:8]}.part"
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def copy_hashed(
    sources: Sequence[Path], target: Path, total: int, label: str, cancel: CancelFlag
) -> Generator[IntakeProgress, None, str]:
    """Join the sources into a new file that is on the disk when this ends.

    Returns:
        The SHA-256 of what was written.

    Raises:
        Cancelled: `cancel` was set; it is looked at after every megabyte.
        ModelError: a source cannot be read any more.
        OSError: the target cannot be written.
    """
    digest, done, unsynced = hashlib.sha256(), 0, 0
    with target.open("xb") as output:
        for source in sources:
            with _reading(source) as stream:
                while chunk := _next(stream):
                    output.write(chunk)
                    digest.update(chunk)
                    done += len(chunk)
                    unsynced += len(chunk)
                    if unsynced >= SYNC_EVERY:
                        # in small steps, so that no single wait for a slow disk is longer than a cancel may take
                        output.flush()
                        os.fsync(output.fileno())
                        unsynced = 0
                    yield IntakeProgress(min(done, total), total, label)
                    if cancel.is_set():
                        raise Cancelled
        output.flush()
        os.fsync(output.fileno())
    return digest.hexdigest()


def _reading(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise _unreadable() from error


def _next(stream: BinaryIO) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:  # the stick was pulled out
        raise _unreadable() from error


def _unreadable() -> ModelError:
    return ModelError(
        "file-unreadable",
        "모델 파일을 읽을 수 없습니다.",
        "저장 장치가 꽂혀 있는지, 읽을 권한이 있는지 확인해 주세요.",
    )


def hash_file(file: Path, label: str, cancel: CancelFlag) -> Generator[IntakeProgress, None, str]:
    """The SHA-256 of a file.

    Raises:
        Cancelled: `cancel` was set.
        OSError: the file cannot be read.
    """
    digest, done, total = hashlib.sha256(), 0, file.stat().st_size
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            yield IntakeProgress(min(done, total), total, label)
            if cancel.is_set():
                raise Cancelled
    return digest.hexdigest()


def publish(part: Path, final: Path) -> None:
    """Give a finished file its name.

    Raises:
        OSError: the old file of that name is in use (Windows), or the folder cannot be written.
    """
    replace(part, final)
    if os.name == "posix":
        handle = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
