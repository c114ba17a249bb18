"""A work that leaves the page takes what is still being done for it along."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import drop
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened

from biseo.tasks.catalogue import find_task


def test_a_draft_that_waits_for_its_sources_does_not_begin_when_they_go(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    gate = threading.Event()
    read = stage.services.read_document

    def slow(path: object, cancel: threading.Event) -> object:
        gate.wait(10)
        return read(path, cancel)  # type: ignore[arg-type]

    object.__setattr__(stage.services, "read_document", slow)
    window = opened(stage, qtbot)
    qtbot.waitUntil(lambda: window.models.known)
    drop(window, stage.source())
    window.work.write()
    assert window.work._waiting
    window.keeper.start_anew()
    gate.set()
    qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=10_000)
    assert not window.work.session.writing and window.work.session.request is None


def test_a_draft_that_is_being_written_is_given_up_with_its_page(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    held = threading.Event()
    stage.engine.pace = lambda: held.wait(0.01)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    window.work.show_task(find_task("report"))
    window.work.write()
    qtbot.waitUntil(lambda: bool(window.work.session.text.streaming), timeout=10_000)
    with qtbot.waitSignal(window.work.session.ended):
        window.work.session.forget()
    assert not window.work.session.writing and not window.work.session.has_draft
    qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=10_000)
    assert window.work.area.editor.toPlainText() == "" and not window.work.area.progress.isVisible()
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:  # and another one can be written
        window.work.write()
    assert ended.args == ["done"]
