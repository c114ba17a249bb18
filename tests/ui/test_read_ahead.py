"""The model reads the sources while the form is filled in, and the window says how much they take."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Entry, FakeStore, Stage
from tests.ui.test_window import drop, messages

from biseo.document import Document
from biseo.drafting.room import WRITING_TOKENS
from biseo.errors import ModelError
from biseo_ui.crash import log_file

LONG = tuple(
    f"□ {number}번째 마을에서 주민 {number + 3}명이 책잔치의 프로그램을 하나씩 맡는다." for number in range(400)
)


@dataclass(frozen=True)
class Size:
    tokens: int
    room: int

    @property
    def fits(self) -> bool:
        return self.tokens <= self.room


class Preparer:
    """Records what is prepared; holds the work back while `gate` is not set."""

    def __init__(self, stage: Stage) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.begun: list[tuple[str, ...]] = []
        self.size: Size | Exception = Size(3000, 5400)
        stage.services = replace(stage.services, prepare_sources=self.prepare)

    def prepare(self, _engine: Any, sources: Sequence[Document]) -> Size:
        self.begun.append(tuple(Path(source.path).name for source in sources))
        self.gate.wait(10)
        if isinstance(self.size, Exception):
            raise self.size
        return self.size


@pytest.fixture
def preparer(stage: Stage) -> Preparer:
    return Preparer(stage)


def test_the_model_reads_the_newest_sources_ahead(stage: Stage, preparer: Preparer, qtbot: QtBot) -> None:
    window = stage.open()
    meter = window.work.side.meter
    assert meter.isHidden()
    drop(window, stage.source("하나.txt"), stage.source("둘.txt"))
    qtbot.waitUntil(lambda: preparer.begun == [("하나.txt", "둘.txt")])  # both at once, not one after the other
    qtbot.waitUntil(lambda: "3,000 / 5,400" in meter.figures.text())
    assert meter.isVisible()
    assert (meter.bar.value(), meter.bar.maximum()) == (3000, 5400)
    assert meter.left.text() == "남은 분량 2,400"
    assert meter.note.isHidden()
    assert "남은 분량 2,400" in meter.bar.accessibleDescription()
    assert window.status.figures.text() == "5,792 / 8,192"
    window.work.cards.remove(window.work.cards.cards[0].source.path)
    qtbot.waitUntil(lambda: preparer.begun[1:] == [("둘.txt",)])
    qtbot.waitUntil(lambda: "/" in meter.figures.text())
    window.work.cards.remove(window.work.cards.cards[0].source.path)
    assert meter.isHidden()
    assert window.status.figures.text() == "–"
    qtbot.wait(400)
    assert len(preparer.begun) == 2


def test_the_real_room_is_shown_and_the_engine_prepared(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    meter = window.work.side.meter
    qtbot.waitUntil(lambda: "/" in meter.figures.text())
    assert len(stage.engine.prepared) == 1
    assert "작가 강연 6회" in stage.engine.prepared[0].document
    assert meter.bar.maximum() < stage.engine.context - WRITING_TOKENS
    with qtbot.waitSignal(window.work.session.planned, timeout=60_000) as planned:
        before = window.status.figures.text()
        window.work.write()
    # What was told before is what it takes, but for the words of the form.
    assert 0 <= planned.args[0].used_tokens - int(before.split(" / ")[0].replace(",", "")) < 200
    qtbot.waitUntil(lambda: not window.work.session.writing, timeout=60_000)


def test_sources_that_do_not_fit_are_told_beforehand(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source(lines=LONG))
    meter = window.work.side.meter
    qtbot.waitUntil(meter.note.isVisible)
    assert "긴 문서라 모든 쪽을 규칙으로 읽고" in meter.note.accessibleName()
    assert "많습니다" in meter.left.text()
    assert "긴 문서라" in meter.bar.accessibleDescription()
    assert meter.bar.value() == meter.bar.maximum()
    assert stage.engine.prepared == []
    assert messages(window) == ""  # in place, not as an alarm


def test_no_word_of_tokens(stage: Stage, preparer: Preparer, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: "/" in window.work.side.meter.figures.text())
    for widget in (window.work.side.meter, window.status):
        for child in (widget, *widget.findChildren(object)):
            said = [getattr(child, name, str)() for name in ("toolTip", "accessibleName", "accessibleDescription")]
            assert "토큰" not in " ".join([*said, getattr(child, "text", str)()])


def test_a_write_skips_what_is_queued_and_waits_for_nothing(stage: Stage, preparer: Preparer, qtbot: QtBot) -> None:
    hold = threading.Event()
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    session = window.work.session
    stage.runner.call("engine", lambda: hold.wait(10))  # the lane is busy, so the preparation is queued
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    qtbot.waitUntil(lambda: window.work.ahead._job is not None)
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        window.work.write()
        assert window.work.side.meter.isHidden()
        hold.set()
        qtbot.waitUntil(lambda: bool(session.states), timeout=60_000)
        assert preparer.begun == []
    assert ended.args == ["done"]
    qtbot.waitUntil(lambda: preparer.begun == [("운영 계획.txt",)])  # now there is time for it


def test_sources_changed_while_it_is_written_are_read_afterwards(
    stage: Stage, preparer: Preparer, qtbot: QtBot
) -> None:
    gate = threading.Event()
    stage.engine.pace = lambda: gate.wait(10)  # type: ignore[assignment,return-value]
    window = stage.open()
    drop(window, stage.source("하나.txt"))
    qtbot.waitUntil(lambda: "/" in window.work.side.meter.figures.text())
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
        qtbot.waitUntil(lambda: bool(window.work.session.states), timeout=60_000)
        figures = window.status.figures.text()
        drop(window, stage.source("둘.txt"))
        qtbot.waitUntil(lambda: len(window.work.cards.documents()) == 2)
        qtbot.wait(400)
        assert len(preparer.begun) == 1
        assert window.status.figures.text() == figures
        gate.set()
    qtbot.waitUntil(lambda: preparer.begun[1:] == [("하나.txt", "둘.txt")])


@pytest.mark.parametrize(
    "fault", [ModelError("engine-died", "언어 모델이 멈췄습니다.", "다시 눌러 주세요."), KeyError("문서의 문장")]
)
def test_nothing_that_goes_wrong_ahead_is_told(
    stage: Stage, preparer: Preparer, qtbot: QtBot, fault: Exception
) -> None:
    preparer.size = fault
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: len(preparer.begun) == 1)
    qtbot.waitUntil(lambda: not stage.runner.busy())
    assert messages(window) == ""
    assert window.work.side.meter.isHidden()
    assert window.status.model.text().startswith("Scripted 1B · ")
    if isinstance(fault, KeyError):
        assert "KeyError" in log_file().read_text(encoding="utf-8")
        assert "문장" not in log_file().read_text(encoding="utf-8")
    preparer.size = Size(10, 20)
    drop(window, stage.source("둘.txt"))
    qtbot.waitUntil(lambda: "10 / 20" in window.work.side.meter.figures.text())


def test_another_model_measures_again(stage: Stage, preparer: Preparer, qtbot: QtBot) -> None:
    stage.store = FakeStore()
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    qtbot.wait(400)
    assert preparer.begun == []  # nothing to read with
    assert window.work.side.meter.isHidden()
    window.models.install_default()
    qtbot.waitUntil(lambda: len(preparer.begun) == 1)
    stage.store.list = (*stage.store.list, Entry("other", "Other 3B", Path("other.gguf"), active=False))
    window.models.use("other")
    qtbot.waitUntil(lambda: len(preparer.begun) == 2)
    window.models.refresh()
    qtbot.wait(400)
    assert len(preparer.begun) == 2


def test_a_closed_window_prepares_nothing(stage: Stage, preparer: Preparer, qtbot: QtBot) -> None:
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    with qtbot.waitSignal(window.closed, timeout=5000):
        window.close()
    qtbot.wait(400)
    assert preparer.begun == []
