"""The job runner when the window closes."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterator
from threading import Event

from PySide6.QtCore import QObject, Signal
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
