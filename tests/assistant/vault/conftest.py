"""A store in a folder with Hangul and a blank, and a credential store in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import Vault, create, open_vault, wrapping


@pytest.fixture(autouse=True)
def quick_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a key from a passphrase is slow on purpose; not so here."""
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "행정비서 자료 홍길동"


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def made(home: Path, ring: MemoryKeyring) -> Iterator[tuple[Vault, str]]:
    """A new store and its recovery code."""
    vault, code = create(home, keyring=ring)
    yield vault, code
    vault.close(abandon=True)


@pytest.fixture
def vault(made: tuple[Vault, str]) -> Vault:
    return made[0]


@pytest.fixture
def code(made: tuple[Vault, str]) -> str:
    return made[1]


@pytest.fixture
def again(home: Path, ring: MemoryKeyring) -> Iterator[Callable[..., Vault]]:
    """Opens the store of `home` once more, and closes at the end what was opened."""
    opened: list[Vault] = []

    def open_it(**how: object) -> Vault:
        how.setdefault("keyring", ring)
        opened.append(open_vault(home, **how))  # type: ignore[arg-type]
        return opened[-1]

    yield open_it
    for one in opened:
        one.close(abandon=True)


def add(vault: Vault, title: str, text: str = "", snapshot: bytes = b"{}", task: str = "press") -> str:
    """A saved work; its id."""
    work = vault.new_id()
    vault.save_work(work, snapshot, title=title, task=task, text=text)
    vault.flush()  # does not wait for the next change
    return work


@pytest.fixture
def put() -> Callable[..., str]:
    return add
