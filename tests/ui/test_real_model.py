"""The window with the real model: from a dropped file to a saved one, and out of the middle with Esc."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_keys import focus
from tests.ui.test_window import drop

from biseo.readers import read_document
from biseo.tasks.catalogue import find_task
from biseo.writers.layout import DRAFT_LINE
from biseo_models.catalogue import ModelStore
from biseo_ui import app as root

pytestmark = pytest.mark.model

PATIENCE_MS = 300_000
STOP_S = 1.0

PLAN = (
    "별밭군 가을 걷기 잔치 계획",
    "별밭군은 2031. 10. 4.(토) 솔바람숲길에서 가을 걷기 잔치를 연다.",
    "숲길 5.2km를 걷는 이번 잔치에는 군민 850명이 참가한다.",
    "출발은 오전 9시 30분이고 참가비는 없다.",
    "안전요원 36명과 구급차 2대를 배치한다.",
    "완주한 참가자에게는 숲길 엽서 1,700장을 나누어 준다.",
    "사업비는 12,400,000원이다.",
)
NUMBERS = ("850", "5.2km", "36명", "1,700장", "9시 30분", "10월 4일", "10. 4.", "12,400,000")

PLACES = ("들머리", "물레방아터", "참나무골", "전망대", "돌다리", "약수터", "억새밭", "다락논", "솔숲", "마당")
LONG = tuple(
    f"{place}에는 쉼터 {number}곳과 안내판 {number * 3}개를 두고, 자원봉사자 {number * 4}명이 길 안내를 맡는다."
    for number, place in enumerate(PLACES, start=2)
)
"""Enough for the model to read for a while."""


@pytest.fixture
def real_stage(
    qapp: QApplication, tmp_path: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """A window over the rooms of the program itself; only the dialogs answer by themselves."""
    monkeypatch.setenv("BISEO_HOME", str(model_home))
    gc.disable()
    stage = Stage(qapp, tmp_path)
    store = ModelStore(model_home / "models")
    stage.services = replace(root.real_services(), store=lambda: store)
    yield stage
    stage.close()
    gc.collect()
    gc.enable()
    assert not stage.broke


def escape(stage: Stage, qtbot: QtBot) -> float:
    """Press Esc in the draft; the seconds until nothing is being written any more."""
    session, editor = stage.window.work.session, stage.window.work.area.editor
    focus(stage.window, qtbot, editor)
    began = time.monotonic()
    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS) as ended:
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    took = time.monotonic() - began
    assert ended.args == ["stopped"]
    assert not session.writing
    return took


def test_from_a_dropped_file_to_a_saved_one_and_out_with_escape(
    real_stage: Stage, qtbot: QtBot, record_property: Callable[[str, object], None]
) -> None:
    stage = real_stage
    window = stage.open()
    work = window.work
    session, editor, text = work.session, work.area.editor, work.session.text
    drop(window, stage.source("가을 걷기 계획.txt", PLAN))
    qtbot.waitUntil(lambda: bool(work.cards.documents()), timeout=30_000)
    qtbot.waitUntil(lambda: window.models.active is not None, timeout=30_000)
    work.show_task(find_task("press"))
    work.side.form.fill({"agency": "별밭군", "department": "산림과", "officer": "이가람", "phone": "000-111-2222"})

    with qtbot.waitSignal(session.ended, timeout=PATIENCE_MS) as ended:
        qtbot.mouseClick(work.side.write, Qt.MouseButton.LeftButton)
    assert ended.args == ["done"]
    assert session.unfinished == []
    assert window.status.memory.text() != "메모리 –"

    cursor = editor.textCursor()
    cursor.setPosition(text.places("lead")[0].position)
    editor.setTextCursor(cursor)
    focus(window, qtbot, editor)
    typed = QInputMethodEvent("", [])
    typed.setCommitString("꼬리별 소식, ")
    QApplication.sendEvent(editor, typed)
    assert session.states["lead"].edited

    stage.dialogs.target = stage.home / "보도 자료.docx"
    with qtbot.waitSignal(session.saved, timeout=30_000):
        qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    words = read_document(stage.dialogs.target).text
    assert "꼬리별 소식, " in words
    assert DRAFT_LINE in words
    assert any(number in words for number in NUMBERS)
    assert not session.dirty

    # while it reads: a source that the model has not seen yet
    drop(window, stage.source("숲길 쉼터 배치.txt", (*PLAN, *LONG)))
    qtbot.waitUntil(lambda: len(work.cards.documents()) == 2, timeout=30_000)
    labels: list[str] = []
    session.stepped.connect(lambda: labels.append(session.clock.label))
    qtbot.mouseClick(work.side.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("자료 읽는 중" in label for label in labels), timeout=PATIENCE_MS)
    reading = escape(stage, qtbot)
    assert text.rows("head")[0][1] == "별밭군"
    assert "headline" in session.unfinished

    # while it writes
    stage.dialogs.unsaved = "discard"
    came: list[str] = []
    append = text.append
    text.append = lambda section, piece: (append(section, piece), came.append(section))  # type: ignore[assignment,func-returns-value]
    qtbot.mouseClick(work.side.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(came) > 3, timeout=PATIENCE_MS)
    section = came[-1]  # others go on beside it until the stop
    written = text.section_text(section)
    writing = escape(stage, qtbot)
    del text.append
    assert text.section_text(section).startswith(written[:4])
    record_property("stop while reading, s", round(reading, 2))
    record_property("stop while writing, s", round(writing, 2))
    assert max(reading, writing) < STOP_S
