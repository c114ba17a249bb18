"""Long work of the window's thread is done a moment at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from tests.ui.test_never_lost import drafted, page, section
from tests.ui.test_review import put
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo_ui.slices import Slices


def test_short_work_is_done_at_once_and_long_work_in_pieces(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    slices = Slices(owner)
    slices.start(iter(()), lambda: told.append("short"), told.append)
    assert told == ["short"] and not slices.busy

    def long() -> Iterator[None]:
        for _ in range(10):
            time.sleep(0.005)
            yield

    slices.start(long(), lambda: told.append("long"), told.append)
    assert slices.busy and told == ["short"]
    qtbot.waitUntil(lambda: told == ["short", "long"])


def test_what_fails_is_told_and_what_is_given_up_is_not(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    slices = Slices(owner)

    def broken() -> Iterator[None]:
        yield
        raise ValueError("halb")

    slices.start(broken(), lambda: told.append("done"), lambda error: told.append(type(error)))
    assert told == [ValueError] and not slices.busy

    def endless() -> Iterator[None]:
        while True:
            time.sleep(0.005)
            yield

    slices.start(endless(), lambda: told.append("done"), told.append)
    slices.stop()
    qtbot.wait(30)
    assert told == [ValueError] and not slices.busy


def test_a_work_that_comes_in_pieces_can_be_left_for_another(
    start: Start, store: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    put(window, "\n".join(f"ㅇ 골목 {number}호에 등불을 건다." for number in range(800)), section(window))
    settled(stage, qtbot)
    before = page(window)
    window.keeper.start_anew()
    settled(stage, qtbot)
    entry = []
    window.vault.call(lambda vault: vault.works(1)[0].id).item.connect(entry.append)
    qtbot.waitUntil(lambda: bool(entry))
    with monkeypatch.context() as slow:
        slow.setattr("biseo_ui.slices.MOMENT_S", 0.0)  # a step at a time, so that it is seen under way
        window.keeper.open_work(entry[0])
        qtbot.waitUntil(lambda: window.keeper._slices.busy)
    assert not window.work.isEnabled() and window.keeper.present() is None
    window.keeper.start_anew()
    assert window.work.isEnabled() and page(window) == "" and not window.keeper._slices.busy
    window.keeper.open_work(entry[0])
    qtbot.waitUntil(lambda: window.keeper.id == entry[0], timeout=10_000)
    assert window.work.isEnabled() and page(window) == before
    settled(stage, qtbot)
    again = opened(start(), qtbot)
    qtbot.waitUntil(lambda: again.keeper.id == entry[0], timeout=10_000)
    assert page(again) == before
