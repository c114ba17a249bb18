"""Programs one after the other over one store, as on a PC that is used day after day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage

from biseo.vault import create, wrapping
from biseo_ui.main_window import MainWindow
from biseo_ui.vault_host import VaultHost

__all__ = ["Start", "home", "quick_derivation", "ring", "start", "store"]
Start = Callable[[], Stage]


@pytest.fixture(autouse=True)
def quick_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a key from a passphrase is slow on purpose; not so here."""
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of all programs of a test."""
    home = tmp_path / "집"
    monkeypatch.setenv("BISEO_HOME", str(home))
    return home


@pytest.fixture
def store(home: Path, ring: MemoryKeyring) -> str:
    """A store that was made before, its recovery code written down; the code."""
    vault, code = create(home, keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    return code


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, home: Path, ring: MemoryKeyring) -> Iterator[Start]:
    """Starts a program; the one before ends as after its window was closed."""
    running: list[Stage] = []

    def end() -> None:
        for stage in running:
            stage.close()
            assert not stage.broke
        running.clear()

    def begin() -> Stage:
        end()
        stage = Stage(qapp, tmp_path)
        stage.with_vault(ring)
        running.append(stage)
        return stage

    yield begin
    end()


def opened(stage: Stage, qtbot: QtBot) -> MainWindow:
    """Its window, the store open and what was left there shown."""
    window = stage.open()
    vault = stage.vault
    assert isinstance(vault, VaultHost)
    qtbot.waitUntil(lambda: vault.is_open, timeout=10_000)
    settled(stage, qtbot)
    return window


def settled(stage: Stage, qtbot: QtBot) -> None:
    """All that was done is in the store."""
    vault, window = stage.vault, stage.window
    assert vault is not None
    ended: list[bool] = []
    vault.call(lambda _vault: None).ended.connect(lambda: ended.append(True))  # behind all that was asked before
    qtbot.waitUntil(lambda: bool(ended) and window.keeper.safe, timeout=10_000)
