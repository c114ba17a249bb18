"""A library in an encrypted store, with a reader in this process that counts what it reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.document import Document
from biseo.library import Library, VaultShelf
from biseo.library.events import LibraryEvent, Report, Synced
from biseo.readers import Limits
from biseo.readers.child import read
from biseo.readers.process import check_file
from biseo.vault import Vault, create, open_vault

Sync = Callable[[Iterator[LibraryEvent]], Report]


class CountingReader:
    """Reads files in this process and remembers their names."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, path: Path, _cancel: threading.Event | None) -> Document:
        with self._lock:
            self.names.append(path.name)
        check_file(str(path), Limits())
        return read(str(path), Limits())


def finish(events: Iterator[LibraryEvent]) -> Report:
    """All of the work; its report."""
    last: LibraryEvent | None = None
    for last in events:  # noqa: B007
        pass
    assert isinstance(last, Synced)
    return last.report


@pytest.fixture
def done() -> Sync:
    return finish


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "행정비서 자료 홍길동"


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def vault(home: Path, ring: MemoryKeyring) -> Iterator[Vault]:
    vault, _ = create(home, keyring=ring)
    yield vault
    vault.close(abandon=True)


@pytest.fixture
def again(home: Path, ring: MemoryKeyring) -> Callable[[], Vault]:
    return lambda: open_vault(home, keyring=ring)


@pytest.fixture
def library(vault: Vault, reader: CountingReader) -> Library:
    return Library(VaultShelf(vault), reader)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, one in a folder below."""
    folder = tmp_path / "자료 (부서 공용)"
    (folder / "지침 모음").mkdir(parents=True)
    put(folder / "예산 편성 지침(2026).txt", "주민참여예산제는 매년 9월에 편성한다.\n설명회는 8월에 연다.")
    put(folder / "지침 모음" / "민원 편람.txt", "민원은 접수한 날부터 7일 안에 처리한다.", "cp949")
    return folder


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file that was last changed long ago."""
    import os

    path.write_text(text, encoding=encoding)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path
