"""Memory of what has gone is given back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from biseo_ui import collector, memory
from biseo_ui.collector import GROWN, Collector


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What the process is said to hold, and how often memory was given back."""
    state = {"bytes": 200 * 2**20, "given": 0}

    def give_back() -> None:
        state["given"] += 1

    monkeypatch.setattr(memory, "held", lambda: state["bytes"])
    monkeypatch.setattr(memory, "give_back", give_back)
    return state


@pytest.fixture
def collecting(qapp: QApplication, held: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    monkeypatch.setattr(collector.gc, "disable", lambda: None)
    made = Collector(qapp)
    yield made
    made._timer.stop()
    made.deleteLater()


def test_memory_is_given_back_once_for_each_growth(collecting: Collector, held: dict[str, int], qtbot: QtBot) -> None:
    collecting._give_back()
    assert held["given"] == 0
    held["bytes"] += GROWN + 1
    collecting._give_back()
    qtbot.waitUntil(lambda: held["given"] == 1)
    qtbot.waitUntil(lambda: collecting._giving is not None and not collecting._giving.is_alive())
    collecting._give_back()  # it is in use: nothing more is to be had
    assert held["given"] == 1


def test_memory_can_be_asked_for_and_given_back() -> None:
    before = memory.held()
    assert before > 10 * 2**20
    memory.give_back()
    assert memory.held() < before + 50 * 2**20


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has a heap for each thread")
def test_threads_share_one_heap(tmp_path: Path) -> None:
    program = Path(__file__).with_name("one_heap_program.py")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "heaps.xml")], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == ["1", "True"]
