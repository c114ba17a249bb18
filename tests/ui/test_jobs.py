"""The job runner when the window closes."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

from pytestqt.qtbot import QtBot

from biseo_ui.jobs import JobRunner


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
