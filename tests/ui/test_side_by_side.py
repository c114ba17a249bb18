"""Sections that are written at the same time, each in its own place."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import drop, messages, take_all

from biseo.document import Draft, Section
from biseo.drafting.assemble import assemble
from biseo.drafting.request import DraftRequest
from biseo.errors import Cancelled, ModelError
from biseo.events import (
    Coverage,
    Drafted,
    DraftEvent,
    Planned,
    Progress,
    SectionFinished,
    SectionStarted,
    SectionText,
)
from biseo.tasks.catalogue import find_task
from biseo_models.engine import Stats
from biseo_ui.main_window import MainWindow

PARTS = ("background", "status", "problems")
WORDS = {
    "background": "□ 한빛시는 책잔치를 연다.",
    "status": "□ 시민이 책잔치를 찾았다.\nㅇ 작가 강연을 듣는다.",
    "problems": "□ 안전요원을 배치한다.\n□ 주차장을 마련한다.",
}


class Last:
    """An event that means nothing to the window."""


class Drafter:
    """Tells what the test hands it, event by event, as a drafting room would."""

    def __init__(self, stage: Stage) -> None:
        self.events: queue.Queue[DraftEvent | Exception | Last | None] = queue.Queue()
        self.asked: list[str] = []
        stage.services = replace(stage.services, write_draft=self.write, rewrite_sections=self.rewrite)

    def write(self, _engine: Any, request: DraftRequest, cancel: threading.Event) -> Iterator[DraftEvent]:
        self.request = request
        return self._tell(cancel)

    def rewrite(
        self, _engine: Any, _request: DraftRequest, _draft: Draft, section_ids: Sequence[str], cancel: threading.Event
    ) -> Iterator[DraftEvent]:
        self.asked.extend(section_ids)
        return self._tell(cancel)

    def _tell(self, cancel: threading.Event) -> Iterator[Any]:
        while True:
            if cancel.is_set():
                raise Cancelled
            try:
                event = self.events.get(timeout=0.01)
            except queue.Empty:
                continue
            if event is None:
                return
            if isinstance(event, Exception):
                raise event
            yield event

    def tell(self, *events: DraftEvent | Exception | None) -> None:
        for event in events:
            self.events.put(event)

    def plan(self) -> None:
        self.tell(
            Progress(300, 900, "자료 읽는 중"),
            Planned(tuple((name, self.title(name)) for name in PARTS), 8192, 4000),
            *(SectionStarted(name) for name in PARTS),
        )

    def side_by_side(self, words: dict[str, str] | None = None) -> None:
        """A few characters of every section in turn."""
        texts = words or WORDS
        longest = max(map(len, texts.values()))
        step = 2 if longest < 100 else 15
        for at in range(0, longest, step):
            for name, text in texts.items():
                if text[at : at + step]:
                    self.tell(SectionText(name, text[at : at + step]))

    def finish(self, *names: str) -> None:
        for name in names:
            self.tell(SectionFinished(self.section(name), ()))

    def drafted(self) -> None:
        draft = assemble(self.request, [self.section(name) for name in PARTS], [])
        self.tell(Drafted(draft, Stats(), Coverage(1, 1, 1, 1)), None)

    @staticmethod
    def title(name: str) -> str:
        return next(plan.title for plan in find_task("report").sections if plan.id == name)

    def section(self, name: str) -> Section:
        return Section(name, self.title(name), WORDS[name], "model")


@pytest.fixture
def drafter(stage: Stage) -> Drafter:
    return Drafter(stage)


def begun(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A window that writes a report."""
    window = stage.open()
    window.resize(1100, 700)
    window.work.show_task(find_task("report"))
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    with qtbot.waitSignal(window.work.session.began):
        window.work.write()
    return window


def told(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    """Wait until everything handed over has arrived in the window."""
    job, last = window.work.session._job, Last()
    assert job is not None
    arrived: list[object] = []
    job.item.connect(arrived.append)
    drafter.events.put(last)
    qtbot.waitUntil(lambda: last in arrived, timeout=20_000)


def texts(window: MainWindow) -> dict[str, str]:
    return {name: window.work.session.text.section_text(name) for name in PARTS}


def phases(window: MainWindow) -> dict[str, str]:
    return {state.id: str(state) for state in window.work.session.states.values()}


def test_several_sections_grow_each_in_its_place(stage: Stage, drafter: Drafter, qtbot: QtBot) -> None:
    window = begun(stage, qtbot)
    session = window.work.session
    spoken: list[str] = []
    session.section_done.connect(spoken.append)
    drafter.plan()
    drafter.side_by_side()
    told(window, drafter, qtbot)
    assert texts(window) == WORDS
    assert set(phases(window).values()) == {"쓰는 중"}
    assert session.clock.label == "절 3개 쓰는 중 – 0/3 마침"
    assert session.text.section_ids()[-3:] == list(PARTS)
    assert spoken == []  # no word for screen readers before a section is whole
    assert not window.work.area.editor.text.streaming - set(PARTS)
    drafter.finish("background")
    told(window, drafter, qtbot)
    assert spoken == [drafter.title("background")]
    assert drafter.title("background") in window.work.area.editor.accessibleDescription()
    assert phases(window)["background"] == "완료"
    assert session.clock.label == "절 2개 쓰는 중 – 1/3 마침"
    drafter.tell(SectionStarted("problems"), SectionText("problems", "□ 다시"))
    told(window, drafter, qtbot)
    assert texts(window) == {**WORDS, "problems": "□ 다시"}
    with qtbot.waitSignal(session.ended) as ended:
        drafter.finish("status", "problems")
        drafter.drafted()
    assert ended.args == ["done"]
    assert texts(window) == WORDS
    assert session.unfinished == []
    assert window.work.area.editor.accessibleDescription().startswith("초안을 다 썼습니다.")


@pytest.mark.parametrize("how", ["stop", "died"])
def test_what_is_cut_short_is_marked_and_taken_up_again(stage: Stage, drafter: Drafter, qtbot: QtBot, how: str) -> None:
    window = begun(stage, qtbot)
    session = window.work.session
    drafter.plan()
    drafter.side_by_side({"background": WORDS["background"], "status": "□ 시민이"})
    drafter.finish("background")
    told(window, drafter, qtbot)
    with qtbot.waitSignal(session.ended) as ended:
        if how == "stop":
            window.work.escape()
        else:
            drafter.tell(ModelError("engine-died", "언어 모델이 멈췄습니다.", "이어서 쓰기를 눌러 주세요."))
    assert ended.args == ["stopped" if how == "stop" else "failed"]
    assert phases(window)["status"] == "쓰다 멈춤"
    assert phases(window)["problems"] == "쓰지 않음"  # begun, but not a word of it
    assert phases(window)["background"].startswith(("완료", "확인"))
    assert texts(window)["status"] == "□ 시민이"
    assert session.unfinished == ["status", "problems"]
    assert session.text.streaming == frozenset()
    qtbot.waitUntil(lambda: "멈췄습니다" in messages(window))
    editor = window.work.area.editor
    marked = editor.viewport().grab().toImage()
    editor.mark_unfinished({})
    assert editor.viewport().grab().toImage() != marked  # it is said on the page as well
    for name in ("status", "problems"):
        drafter.tell(SectionStarted(name))
    drafter.side_by_side({name: WORDS[name] for name in ("status", "problems")})
    drafter.finish("status", "problems")
    drafter.tell(None)
    with qtbot.waitSignal(session.ended) as ended:
        session.resume()
    assert ended.args == ["done"]
    assert drafter.asked == ["status", "problems"]
    assert texts(window) == WORDS
    assert session.unfinished == []


def test_one_section_written_anew_leaves_the_others_untouched(stage: Stage, drafter: Drafter, qtbot: QtBot) -> None:
    window = begun(stage, qtbot)
    session = window.work.session
    drafter.plan()
    drafter.side_by_side()
    drafter.finish(*PARTS)
    with qtbot.waitSignal(session.ended):
        told(window, drafter, qtbot)
        drafter.drafted()
    states = {name: (id(state.made), str(state)) for name, state in session.states.items() if name != "status"}
    cursor = session.text.cursor_at("problems")
    assert cursor is not None
    window.work.area.editor.setTextCursor(cursor)
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    session.rewrite("status")
    drafter.tell(SectionStarted("status"), SectionText("status", "□ 새로 쓴 말"))
    told(window, drafter, qtbot)
    assert phases(window)["status"] == "다시 쓰는 중"
    assert session.clock.label == "절 2/3 쓰는 중 – " + drafter.title("status")
    with qtbot.waitSignal(session.ended):
        drafter.tell(SectionFinished(replace(drafter.section("status"), text="□ 새로 쓴 말이다."), ()), None)
    assert texts(window) == WORDS
    take_all(window)
    assert texts(window) == {**WORDS, "status": "□ 새로 쓴 말이다."}
    assert {name: (id(s.made), str(s)) for name, s in session.states.items() if name != "status"} == states
    window.work.area.editor.undo()
    assert texts(window) == WORDS


LONG = "\n".join(f"□ {number}째 줄의 말이다." for number in range(60))


def seen(window: MainWindow) -> tuple[str, int]:
    """The first line in view, and where it stands."""
    editor = window.work.area.editor
    cursor = editor.cursorForPosition(QPoint(40, 4))
    cursor.movePosition(cursor.MoveOperation.StartOfBlock)
    return cursor.block().text(), editor.cursorRect(cursor).top()


def end_is_seen(window: MainWindow, section: str) -> bool:
    editor = window.work.area.editor
    end = window.work.session.text.end_of(section)
    return end is not None and 0 < editor.cursorRect(end).bottom() <= editor.viewport().height()


def wheel(window: MainWindow, steps: int) -> None:
    editor = window.work.area.editor
    at = QPointF(50, 50)
    event = QWheelEvent(
        at, editor.viewport().mapToGlobal(at), QPoint(0, 0), QPoint(0, steps * 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.viewport(), event)


def test_the_view_stays_where_the_user_reads(stage: Stage, drafter: Drafter, qtbot: QtBot) -> None:
    window = begun(stage, qtbot)
    editor = window.work.area.editor
    bar = editor.verticalScrollBar()
    drafter.plan()
    drafter.side_by_side({"background": LONG, "status": LONG, "problems": LONG})
    told(window, drafter, qtbot)
    assert bar.value() == 0  # sections side by side: the view stays at the top, where reading begins
    assert bar.maximum() > 1000
    editor.show_section("problems")
    window.setFocus()
    wheel(window, -5)
    before = seen(window)
    assert before[0].startswith("□")
    value = bar.value()
    drafter.side_by_side({"background": "\n" + LONG, "status": " 덧붙인 말이다.", "problems": " 끝에 덧붙인 말이다."})
    told(window, drafter, qtbot)
    assert seen(window) == before
    assert bar.value() > value  # it went along with what came above
    drafter.tell(SectionStarted("background"), SectionText("background", "□ 짧게 다시"))
    told(window, drafter, qtbot)
    assert seen(window) == before
    drafter.tell(None)
    qtbot.waitSignal(window.work.session.ended).wait()


def test_the_view_follows_the_one_section_at_whose_end_the_user_is(
    stage: Stage, drafter: Drafter, qtbot: QtBot
) -> None:
    window = begun(stage, qtbot)
    editor = window.work.area.editor
    bar = editor.verticalScrollBar()
    drafter.tell(Planned((("background", "추진 배경"),), 8192, 4000), SectionStarted("background"))
    drafter.side_by_side({"background": LONG})
    told(window, drafter, qtbot)
    assert bar.value() > 1000
    assert end_is_seen(window, "background")
    wheel(window, 3)
    before = seen(window)
    drafter.side_by_side({"background": "\n" + LONG})
    told(window, drafter, qtbot)
    assert seen(window) == before
    bar.setValue(bar.maximum())
    drafter.side_by_side({"background": "\n" + LONG})
    told(window, drafter, qtbot)
    assert end_is_seen(window, "background")
    drafter.tell(None)
    qtbot.waitSignal(window.work.session.ended).wait()


def test_of_several_sections_the_one_with_the_cursor_is_followed(stage: Stage, drafter: Drafter, qtbot: QtBot) -> None:
    window = begun(stage, qtbot)
    editor = window.work.area.editor
    drafter.plan()
    drafter.side_by_side({"background": LONG, "status": "□ 둘째", "problems": "□ 셋째"})
    told(window, drafter, qtbot)

    def focused() -> bool:
        window.activateWindow()
        window.work._on_section_chosen("status")
        return editor.hasFocus()

    qtbot.waitUntil(focused)
    drafter.side_by_side({"background": "\n" + LONG, "status": "\n" + LONG, "problems": "\n" + LONG})
    told(window, drafter, qtbot)
    assert end_is_seen(window, "status")
    assert editor.text.section_at(editor.textCursor().position()) == "status"
    drafter.tell(None)
    qtbot.waitSignal(window.work.session.ended).wait()


def test_words_that_come_do_not_take_the_cursor_along(stage: Stage, drafter: Drafter, qtbot: QtBot) -> None:
    window = begun(stage, qtbot)
    editor, text = window.work.area.editor, window.work.session.text
    drafter.tell(Planned((("background", "추진 배경"), ("status", "현황")), 8192, 4000), SectionStarted("background"))
    drafter.finish("background")
    told(window, drafter, qtbot)
    cursor = text.end_of("background")
    assert cursor is not None
    at = cursor.position()
    editor.setTextCursor(cursor)
    drafter.tell(SectionStarted("status"), SectionText("status", "□ 새 말"))
    told(window, drafter, qtbot)
    assert editor.textCursor().position() == at
    qtbot.keyClicks(editor, "A")
    assert text.section_text("background") == WORDS["background"] + "A"
    cursor = text.end_of("status")
    assert cursor is not None
    editor.setTextCursor(cursor)
    qtbot.keyClicks(editor, "B")
    assert text.section_text("status") == "□ 새 말"  # it is being written
    drafter.tell(None)
    qtbot.waitSignal(window.work.session.ended).wait()
