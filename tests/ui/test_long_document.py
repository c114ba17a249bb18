from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot
from tests.bench.long_prose import long_document
from tests.ui.conftest import Stage, answer
from tests.ui.test_window import drop

from biseo.document import Document
from biseo.events import Progress
from biseo.tasks.catalogue import find_task
from biseo_models.engine import Job
from biseo_models.scripted import ScriptedEngine
from biseo_ui.main_window import MainWindow
from biseo_ui.work_clock import WorkClock

PAGES = 60


def opened(stage: Stage, qtbot: QtBot, engine: ScriptedEngine) -> MainWindow:
    """A window with a long document, two pages of which hold no text."""

    def read(path: Path, _cancel: threading.Event) -> Document:
        document = long_document(PAGES)
        return replace(document, path=str(path), blocks=tuple(b for b in document.blocks if b.page not in (7, 8)))

    stage.engine = engine
    stage.services = replace(stage.services, read_document=read)
    window = stage.open()
    window.work.show_task(find_task("summary"))
    drop(window, stage.source("종합계획.txt"))
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()), timeout=60_000)
    qtbot.waitUntil(lambda: window.models.known)
    return window


def digests(engine: ScriptedEngine) -> int:
    return sum("긴 문서의 한 부분" in job.prompt.task for job in engine.history)


def test_pages_read_are_shown_and_those_that_cannot_be_are_named(stage: Stage, qtbot: QtBot) -> None:
    window = opened(stage, qtbot, ScriptedEngine(answer))
    meter = window.work.side.meter
    qtbot.waitUntil(lambda: "이어서 읽습니다" in meter.note.text() and not meter.note.isHidden(), timeout=60_000)
    assert meter.read_bar.isHidden()
    seen: list[str] = []
    window.work.session.reading.connect(lambda _event: seen.append(meter.read.text()))
    with qtbot.waitSignal(window.work.session.ended, timeout=120_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    assert seen[-1] == "60 / 60쪽 읽음"
    assert meter.read.text() == "58 / 60쪽 읽음"
    note = meter.read_note.text().replace("\u200b", "")
    assert "읽지 못한 쪽: 종합계획.txt 7~8쪽" in note
    assert "근거로 삼은 곳: 종합계획.txt " in note
    assert "7~8쪽" in meter.read_bar.accessibleDescription()


def test_writing_again_goes_on_where_it_was_stopped(stage: Stage, qtbot: QtBot) -> None:
    words = itertools.count()
    engine = ScriptedEngine([])

    def script(job: Job) -> Any:
        asked = digests(engine)
        return "가 " * 4 * asked if "긴 문서의 한 부분" in job.prompt.task else answer(job)

    def pace() -> None:
        if next(words) == 60:  # the shortest digests are whole, the longer ones are not
            window.work.stop()

    engine.script, engine.pace = script, pace
    window = opened(stage, qtbot, engine)
    with qtbot.waitSignal(window.work.session.ended, timeout=120_000) as ended:
        window.work.write()
    assert ended.args == ["stopped"]
    assert digests(engine) == 8
    with qtbot.waitSignal(window.work.session.ended, timeout=120_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    assert 8 < digests(engine) < 16


def test_the_time_left_of_reading_is_told(monkeypatch: Any) -> None:
    import biseo_ui.work_clock as work_clock

    now = 100.0
    monkeypatch.setattr(work_clock.time, "monotonic", lambda: now)
    clock = WorkClock()
    clock.progress(Progress(0, 24, "모델이 중요한 부분 읽는 중 – 0 / 24부분"))
    assert clock.remaining is None
    now = 112.0
    clock.progress(Progress(8, 24, "모델이 중요한 부분 읽는 중 – 8 / 24부분"))
    assert clock.remaining == 24.0
    clock.progress(Progress(0, 4, "초안 쓰는 중"))
    assert clock.remaining is None
