"""What officials do besides: changing their mind in the middle, doing things twice, coming back."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage, put_look, read_text
from tests.ui.test_window import drop, messages, take_all, written

from biseo.document import Document, Draft, Finding
from biseo.errors import Cancelled, ModelError
from biseo.tasks.catalogue import find_task
from biseo_ui.main_window import MainWindow

DIED = ModelError("engine-died", "언어 모델이 멈췄습니다.", "이어서 쓰기를 눌러 주세요.")


def slow_reading(stage: Stage, slow: str) -> tuple[threading.Event, list[str]]:
    """Holds the reading of files of that name until the event is set; the list tells what became of it."""
    gate, told = threading.Event(), list[str]()

    def read(path: Path, cancel: threading.Event) -> Document:
        if path.name == slow:
            told.append("begun")
        while path.name == slow and not gate.wait(0.01):
            if cancel.is_set():
                told.append("cancelled")
                raise Cancelled
        return read_text(path, cancel)

    stage.services = replace(stage.services, read_document=read)
    return gate, told


def offered(window: MainWindow) -> dict[str, QPushButton]:
    """The buttons in the messages."""
    shown = window.work.area.alerts.messages()
    return {button.text(): button for message in shown for button in message.findChildren(QPushButton)}


def press(window: MainWindow, qtbot: QtBot, words: str) -> None:
    qtbot.mouseClick(offered(window)[words], Qt.MouseButton.LeftButton)


def test_a_cancelled_save_is_forgotten(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.unsaved, stage.dialogs.target = "save", None  # the file dialog is cancelled
    window.close()
    qtbot.waitUntil(lambda: len(stage.dialogs.asked) == 2)
    stage.dialogs.target = stage.home / "나중에.txt"
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    qtbot.wait(50)
    assert window.isVisible()


def test_a_file_dropped_again_while_it_is_waited_for_is_waited_for_again(stage: Stage, qtbot: QtBot) -> None:
    gate, _ = slow_reading(stage, "운영 계획.txt")
    window = stage.open()
    drop(window, stage.source())
    window.work.write()
    assert "자료를 읽고 있습니다." in messages(window)
    drop(window, stage.source())
    assert len(window.work.cards.cards) == 1
    assert not window.work.session.writing
    assert "필요합니다" not in messages(window)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        gate.set()
    assert ended.args == ["done"]
    assert len(window.work.session.request.sources) == 1  # type: ignore[union-attr]


def test_escape_takes_back_a_writing_that_waits_for_its_source(stage: Stage, qtbot: QtBot) -> None:
    gate, _ = slow_reading(stage, "운영 계획.txt")
    window = stage.open()
    drop(window, stage.source())
    window.work.write()
    window.work.escape()
    assert messages(window) == ""
    gate.set()
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    qtbot.wait(50)
    assert not window.work.session.writing


def test_a_source_that_is_taken_out_is_not_read_on(stage: Stage, qtbot: QtBot) -> None:
    gate, told = slow_reading(stage, "큰 파일.txt")
    stage.settings.last_task = {"txt": "report"}
    window = stage.open()
    drop(window, stage.source("큰 파일.txt"))
    qtbot.waitUntil(lambda: told == ["begun"])
    window.work.cards.remove(window.work.cards.cards[0].source.path)
    qtbot.waitUntil(lambda: told == ["begun", "cancelled"])
    gate.set()
    qtbot.wait(50)
    assert window.work.side.form.task is find_task("press")


def test_saving_does_not_wait_for_a_file_that_is_being_read(stage: Stage, qtbot: QtBot) -> None:
    gate, _ = slow_reading(stage, "큰 파일.txt")
    window = written(stage, qtbot)
    drop(window, stage.source("큰 파일.txt"))
    stage.dialogs.target = stage.home / "초안.txt"
    with qtbot.waitSignal(window.work.session.saved, timeout=5000):
        window.work.save()
    assert window.work.cards.reading()
    gate.set()
    qtbot.waitUntil(lambda: not window.work.cards.reading())


def test_a_model_that_cannot_be_loaded_leaves_nothing_unsaved(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.host.close()

    def too_little(_entry: Any) -> Any:
        raise ModelError("too-little-memory", "메모리가 모자랍니다.", "다른 프로그램을 닫아 주세요.")

    stage.host._open = too_little
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["failed"]
    assert "메모리가 모자랍니다." in messages(window)
    assert not window.work.session.dirty
    assert window.status.saved.text() == "초안 없음"
    stage.dialogs.asked.clear()
    with qtbot.waitSignal(window.closed, timeout=5000):
        window.close()
    assert stage.dialogs.asked == []


def test_the_status_line_does_not_load_for_ever(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)

    def dies() -> Any:
        raise DIED

    monkeypatch.setattr(stage.engine, "info", dies)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    qtbot.waitUntil(lambda: not stage.runner.busy())
    assert window.status.model.text().startswith("Scripted 1B · ")


def test_a_model_that_dies_twice_is_written_on_with_twice(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    session = window.work.session
    words = 0

    def pace() -> None:
        nonlocal words
        words += 1
        if words in (9, 20):
            raise DIED

    stage.engine.pace = pace
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["failed"]
    for outcome in ("failed", "done"):
        qtbot.waitUntil(lambda: "언어 모델이 멈췄습니다." in messages(window))
        with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
            press(window, qtbot, "이어서 쓰기")
        assert ended.args == [outcome]
    assert session.unfinished == []
    assert session.text.section_ids() == list(session.states)
    assert "언어 모델이 멈췄습니다." not in messages(window)


def test_stop_and_write_again_begins_anew(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    session = window.work.session
    words = 0

    def pace() -> None:
        nonlocal words
        words += 1
        if words == 8:
            session._job.cancel_flag.set()  # type: ignore[union-attr]

    stage.engine.pace = pace
    with qtbot.waitSignal(session.ended, timeout=60_000):
        window.work.write()
    stage.engine.pace = None
    window.work.cards.remove(window.work.cards.cards[0].source.path)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    assert session.unfinished == []
    assert offered(window) == {}
    assert session.text.section_ids() == list(session.states)


def test_a_rewriting_cut_short_is_offered_as_far_as_it_got(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session = window.work.session
    before = session.text.section_text("lead")
    words = 0

    def pace() -> None:
        nonlocal words
        words += 1
        if words % 3 == 0:
            session._job.cancel_flag.set()  # type: ignore[union-attr]

    stage.engine.pace = pace
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        session.rewrite("lead")
    assert ended.args == ["stopped"]
    assert session.text.section_text("lead") == before
    assert session.unfinished == []
    proposal = session.proposals.proposal("lead")
    assert proposal is None or proposal.stage == "stopped"
    session.proposals.drop()
    assert session.text.section_text("lead") == before
    assert "고칠 글" not in str(session.states["lead"])


def test_a_rewriting_stopped_before_its_first_word_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session = window.work.session
    states = {name: str(state) for name, state in session.states.items()}
    stage.engine.pace = lambda: session._job.cancel_flag.set()  # type: ignore[union-attr]
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        session.rewrite("lead")
    assert ended.args == ["stopped"]
    assert {name: str(state) for name, state in session.states.items()} == states


def test_undo_across_rewritten_sections_goes_back_step_by_step(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session, editor = window.work.session, window.work.area.editor
    first = editor.toPlainText()
    stages = [first]
    for section, words in (
        ("lead", "한빛시는 책잔치를 한빛도서관에서 연다고 밝혔다."),
        ("headline", "한빛도서관서 책잔치 열린다"),
        ("lead", "한빛시는 올해 책잔치에서 작가 강연과 헌책 나눔 장터를 운영한다고 밝혔다."),
    ):
        made = session.states[section].made
        assert made is not None
        session.proposals.begin(section, "절")
        session.proposals.finish(replace(made, text=words), ())
        take_all(window)
        stages.append(editor.toPlainText())
    assert len(set(stages)) == 4
    for expected in reversed(stages[:-1]):
        editor.undo()
        assert editor.toPlainText() == expected
    for expected in stages[1:]:
        editor.redo()
        assert editor.toPlainText() == expected
    assert session.text.section_ids() == list(session.states)


def test_what_is_typed_while_the_draft_is_being_saved_stays_unsaved(stage: Stage, qtbot: QtBot) -> None:
    gate = threading.Event()

    def write_document(_draft: Draft, path: Path, _overwrite: bool) -> Path:
        gate.wait(10)
        return path

    stage.services = replace(stage.services, write_document=write_document)
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "초안.txt"
    window.work.save()
    cursor = window.work.session.text.cursor_at("lead")
    assert cursor is not None
    cursor.insertText("덧붙인 말. ")
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        gate.set()
    assert window.work.session.dirty


def test_saving_twice_under_the_same_name(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "초안.hwpx"
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    first = stage.dialogs.target.read_bytes()
    cursor = window.work.session.text.cursor_at("lead")
    assert cursor is not None
    cursor.insertText("덧붙인 말. ")
    stage.dialogs.overwrite = True
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    assert stage.dialogs.target.read_bytes() != first
    assert [path.name for path in stage.home.iterdir() if path.suffix == ".hwpx" or "tmp" in path.name] == ["초안.hwpx"]


def test_a_place_that_cannot_be_written_is_told_and_the_draft_stays(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    blocked = stage.home / "파일"
    blocked.write_text("", encoding="utf-8")
    stage.dialogs.target = blocked / "초안.hwpx"  # a file where the folder should be: fails also for root
    with qtbot.waitSignal(window.work.session.save_failed, timeout=60_000):
        window.work.save()
    assert "error: " in messages(window)
    assert window.work.session.dirty


def test_a_suggestion_replaces_its_words_wherever_they_are_now(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session = window.work.session
    text = session.text.section_text("lead")
    at = text.index("책잔치")
    finding = Finding("TERM", "suggestion", at, at + 3, "책잔치", "쉬운 말이 있습니다.", "책 축제", section="lead")
    session.states["lead"].findings = (finding,)
    session.section_changed.emit("lead")
    cursor = session.text.selection("lead", 0, 0)
    assert cursor is not None
    cursor.insertText("덧붙인 말. ")
    window.work.reviewing.fix(finding)
    assert session.text.section_text("lead") == "덧붙인 말. " + text.replace("책잔치", "책 축제", 1)


def test_the_mouse_over_a_heading_leaves_the_evidence_alone(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    session, editor, view = window.work.session, window.work.area.editor, window.work.review.evidence
    section = next(name for name in session.text.section_ids() if "헌책" in session.text.section_text(name))
    at = session.text.section_text(section).index("헌책")
    cursor = session.text.selection(section, at, at)
    assert cursor is not None
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: any(b.text() == "원문 보기" for b in view.findChildren(QPushButton)))
    shown = view._shown
    heading = session.text.cursor_at(section)
    assert heading is not None
    editor.hovered.emit(heading.position(), QPoint(0, 0))
    qtbot.wait(50)
    assert view._shown == shown


def test_the_form_is_as_it_was_left(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    form = window.work.side.form
    window.work._on_task_chosen("plan")
    form.editors["name"].set_value("책잔치")
    rows = ({"when": "5월", "what": "개최", "who": ""},)
    form.editors["schedule_rows"].set_value(rows)
    filled = form.values()
    window.show_place("summary")
    window.show_place("write")
    assert form.task is find_task("plan")
    assert form.values() == filled
    window.work._on_task_chosen("press")
    window.work._on_task_chosen("plan")
    assert form.values() == filled
    put_look(window, "dark", 125)
    assert form.values() == filled
    put_look(window, "light", 100)


def test_a_drop_on_another_page_keeps_the_task(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.show_place("swot")
    window.show_place("settings")
    drop(window, stage.source())
    assert window.pages.currentWidget() is window.work
    assert window.rail.place == "swot"
    assert window.work.side.form.task is find_task("swot")
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))


def test_the_example_leaves_nothing_in_the_forms(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.start_example()
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    window.show_place("swot")
    drop(window, stage.source())
    window.show_place("write")
    assert window.work.side.form.task is find_task("press")
    assert "새벽시" not in str(window.work.side.form.values())
    qtbot.waitUntil(lambda: not window.work.cards.reading())


def test_a_form_that_has_been_begun_is_not_exchanged(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.last_task = {"txt": "report"}
    window = stage.open()
    window.work.side.form.editors["angle"].set_value("접수는 4월부터")
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    assert window.work.side.form.task is find_task("press")


def test_the_last_task_comes_back_with_its_kind_of_file(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.last_task = {"txt": "report"}
    stage.settings.office = {"agency": "한빛시"}
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    assert window.work.side.form.task is find_task("report")


def test_the_original_takes_the_colours_of_another_theme(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    viewer = window.work.viewer
    viewer.show_document(window.work.cards.documents()[0], "안전요원 24명을 배치하고")
    marked = viewer.marked_text()
    assert marked
    put_look(window, "dark", 100)
    page = viewer.text.document().begin().begin().fragment().charFormat()
    assert page.foreground().color() == stage.theme.colours.colour("muted")
    assert viewer.marked_text() == marked
    put_look(window, "light", 100)


def test_the_table_of_a_form_lets_the_tab_key_out(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work._on_task_chosen("plan")
    window.work.side.form.more.setChecked(True)
    table: Any = window.work.side.form.editors["schedule_rows"].focusProxy()

    def focused() -> bool:
        window.activateWindow()
        table.setFocus()
        return bool(table.hasFocus())

    qtbot.waitUntil(focused)
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()
    window.work.side.form.editors["schedule_rows"].set_value(({"when": "5월", "what": "개최", "who": "문화과"},))
    qtbot.waitUntil(focused)
    table.setCurrentIndex(table.model().index(0, 0))
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()


def test_settings_that_cannot_be_kept_are_told_and_stop_nothing(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = stage.home / "막힘"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("BISEO_HOME", str(blocked))
    window = stage.open()
    put_look(window, "dark", 100)
    qtbot.waitUntil(lambda: "설정을 저장하지 못했습니다." in messages(window))
    put_look(window, "light", 100)
    qtbot.waitUntil(lambda: not stage.runner.busy())


def test_the_menu_of_the_page_keeps_off_words_that_are_coming(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    editor = window.work.area.editor
    editor.selectAll()

    def enabled() -> set[str]:
        menu = editor.context_menu(QPoint(5, 5))
        names = {action.objectName() for action in menu.actions() if action.isEnabled() and action.objectName()}
        menu.deleteLater()
        return names

    assert {"edit-undo", "edit-cut", "edit-copy"} <= enabled()
    window.work.session.text.begin("lead", "리드", False)
    editor.lock(True)
    assert enabled().isdisjoint({"edit-undo", "edit-redo", "edit-cut", "edit-paste", "edit-delete"})
    assert "edit-copy" in enabled()
    editor.lock(False)
    window.work.session.text.end()


def test_the_window_closes_while_it_writes(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    gate = threading.Event()

    def pace() -> None:
        gate.wait(0.05)

    stage.engine.pace = pace
    window.work.write()
    qtbot.waitUntil(lambda: window.work.session.has_draft, timeout=60_000)
    with qtbot.waitSignal(window.closed, timeout=5000):
        window.close()
    assert stage.dialogs.asked == ["unsaved"]
    stage.runner.cancel_all()
    qtbot.waitUntil(lambda: not window.work.session.writing)


def test_saving_again_offers_the_name_chosen_before(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "내 이름.docx"
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    stage.dialogs.target = None
    window.work.save()
    assert stage.dialogs.asked[-1] == "save 내 이름.docx"
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    window.work.save()
    assert stage.dialogs.asked[-1] == f"save {window.work.session.draft().title}(초안)"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_review_fits_the_smallest_window(stage: Stage, qtbot: QtBot, scale: int) -> None:
    window = written(stage, qtbot, "plan")
    window.resize(1024, 700)
    put_look(window, "light", scale)
    window.work.regions.open_right()
    window.work.step(1)
    qtbot.wait(50)
    review = window.work.review
    assert review.minimumSizeHint().height() <= review.height()
    for part in (window.status, review.sections, review.issues, review.evidence):
        if part.isVisible():
            assert part.mapTo(window, part.rect().topLeft()).y() < window.height()
    assert window.status.mapTo(window, window.status.rect().bottomLeft()).y() < window.height()
    put_look(window, "light", 100)


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_regions_stand_side_by_side_in_the_smallest_window(
    stage: Stage, qtbot: QtBot, scale: int, side: str
) -> None:
    window = written(stage, qtbot, "plan")
    work = window.work
    work.side.form.more.setChecked(True)
    window.resize(1024, 700)
    put_look(window, "light", scale)
    getattr(work.area, side).setChecked(True)
    qtbot.wait(50)
    shown = [work.regions.widget(n) for n in range(3) if work.regions.widget(n).isVisible()]
    assert len(shown) == 2
    for first, second in pairwise(shown):
        assert first.geometry().right() < second.geometry().left()
    for region in shown:
        assert region.geometry().right() <= work.regions.width()
        assert region.minimumSizeHint().width() <= region.width()
    for area in work.findChildren(QScrollArea):
        if area.isVisible():
            assert area.widget().width() <= area.viewport().width()
    ribbon = work.area.ribbon
    qtbot.waitUntil(lambda: ribbon.width() >= ribbon.sizeHint().width(), timeout=5000)  # the line is laid out last
    put_look(window, "light", 100)


def test_what_happens_to_a_model_is_told_once_where_one_is(stage: Stage, qtbot: QtBot) -> None:
    stage.dialogs.model = stage.home / "그림.png"
    window = stage.open()
    window.show_place("settings")
    qtbot.waitUntil(lambda: window.models.known)
    qtbot.mouseClick(window.settings_page.models.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.settings_page.alerts.messages()))
    assert window.settings_page.alerts.messages()[0].text == "모델 파일이 아닙니다."
    window.tell_fault()
    assert len(window.settings_page.alerts.messages()) == 2
    assert messages(window) == ""


def test_a_draft_that_was_deleted_as_a_whole_comes_back_with_undo(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session, editor = window.work.session, window.work.area.editor
    qtbot.waitUntil(lambda: not stage.runner.busy())
    before, states = editor.toPlainText(), [str(state) for state in session.states.values()]
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert str(session.states["lead"]) == "지움"
    assert session.dirty
    editor.undo()
    assert editor.toPlainText() == before
    qtbot.waitUntil(lambda: [str(state) for state in session.states.values()] == states)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    with qtbot.waitSignal(session.ended, timeout=60_000):
        session.rewrite("lead")
    assert session.text.has("lead")
    assert str(session.states["lead"]) != "지움"
