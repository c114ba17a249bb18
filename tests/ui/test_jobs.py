"""The job runner when the window closes."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage

import biseo_ui
from biseo_ui.jobs import MOST_ENDED, Job, JobRunner


def test_a_job_asked_for_after_the_end_is_told_as_cancelled(qtbot: QtBot) -> None:
    runner = JobRunner()
    began: list[bool] = []

    def work(_cancel: Event) -> Iterator[None]:
        began.append(True)
        yield None

    assert runner.shutdown(5)
    job = runner.start("checks", work)
    with qtbot.waitSignal(job.cancelled, timeout=2000):
        pass
    assert not began
    assert not runner.busy()


def test_ended_jobs_do_not_pile_up(stage: Stage, qtbot: QtBot) -> None:
    def living() -> int:
        gc.collect()
        return sum(isinstance(each, Job) for each in gc.get_objects())

    def run(count: int) -> None:
        for _ in range(count):
            job = stage.runner.call("checks", lambda: bytes(100))
            job.item.connect(lambda _found, job=job: job.cancel_flag)  # what is connected often knows the job
            with qtbot.waitSignal(job.ended):
                pass

    before = living()
    run(3 * MOST_ENDED)
    assert living() - before <= MOST_ENDED + 2


def test_work_that_tells_much_at_once_lets_the_window_answer_meanwhile(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.jobs.MOMENT_S", 0.0)
    told: list[int | str] = []
    all_there = Event()

    def work(_cancel: Event) -> Iterator[int]:
        yield from range(20)
        all_there.set()

    job = stage.runner.start("checks", work)
    job.item.connect(told.append)
    assert all_there.wait(10)
    QTimer.singleShot(0, lambda: told.append("window"))
    with qtbot.waitSignal(job.done):
        pass
    assert [each for each in told if each != "window"] == list(range(20))
    assert told.index("window") < 19


def test_pages_are_imported_ahead_by_a_worker() -> None:
    code = (
        "import sys, threading; from biseo_ui.pages_ahead import import_pages; "
        "t = threading.Thread(target=import_pages); t.start(); t.join(); "
        "print('biseo_ui.pages.history_page' in sys.modules, 'biseo.asking.ask' in sys.modules, "
        "'biseo_ui.widgets.store_keys' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["True"] * 3 and not done.stderr


def test_no_signal_stands_in_the_way_of_qt(qtbot: QtBot) -> None:
    """Qt looks such names up at every event, and each look keeps the object alive (as `event` did with every job)."""
    for found in pkgutil.walk_packages(biseo_ui.__path__, "biseo_ui."):
        if found.name.endswith("__main__"):
            continue
        for kind in vars(importlib.import_module(found.name)).values():
            if isinstance(kind, type) and issubclass(kind, QObject) and kind.__module__ == found.name:
                base = next(each for each in kind.__mro__ if each.__module__.startswith("PySide6"))
                shadows = [
                    name for name, each in vars(kind).items() if isinstance(each, Signal) and hasattr(base, name)
                ]
                assert not shadows, kind
