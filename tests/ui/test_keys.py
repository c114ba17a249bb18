"""Keys, the find bar and the help page, with real key events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import take_all, written

from biseo.document import Block, Document, Section
from biseo.drafting import pipeline
from biseo.drafting.request import DraftRequest
from biseo.errors import ModelError
from biseo.tasks.catalogue import all_tasks, find_task
from biseo_ui.main_window import MainWindow
from biseo_ui.section_reviewer import SectionReviewer
from biseo_ui.widgets.rail import PLACES

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focus(window: MainWindow, qtbot: QtBot, widget: QWidget) -> None:
    """Give the focus to `widget`; the offscreen platform may lose the first request."""

    def focused() -> bool:
        window.activateWindow()
        widget.setFocus()
        return widget.hasFocus()

    qtbot.waitUntil(focused)


def test_every_place_has_its_key(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    focus(window, qtbot, window.work.side.task)
    for number, (place, _name) in enumerate(PLACES):
        at = QApplication.focusWidget() or window
        qtbot.keyClick(at, Qt.Key(Qt.Key.Key_1 + number), CTRL)
        assert window.rail.place == place
        if place in ("summary", "swot"):
            assert window.work.side.form.task is find_task(place)


def test_help_opens_with_f1_and_goes_with_escape(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.show_place("swot")
    focus(window, qtbot, window.work.side.write)
    qtbot.keyClick(window.work.side.write, Qt.Key.Key_F1)
    assert window.pages.currentWidget() is window.help_page
    assert window.rail.place == "help"
    words = "\n".join(label.text().replace("\u200b", "") for label in window.help_page.findChildren(QLabel))
    assert "Ctrl+Enter" in words
    assert "[확인 필요]" in words
    assert "리소스 모니터" in words
    assert str(stage.home / "집" / "models") in words
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.work
    assert window.rail.place == "swot"


def test_escape_stops_the_writing_also_on_the_settings_page(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.show_task(find_task("press"))
    window.work.add_files([stage.source()])
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    session = window.work.session
    stage.engine.pace = lambda: session._job.cancel_flag.wait(10)  # type: ignore[union-attr]
    window.show_place("settings")
    focus(window, qtbot, window.settings_page.theme)
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        window.work.write()
        qtbot.keyClick(window.settings_page.theme, Qt.Key.Key_Escape)
    assert ended.args == ["stopped"]


def test_find_walks_through_the_draft(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    editor, bar = window.work.area.editor, window.work.area.find
    total = editor.toPlainText().count("책잔치")
    assert total > 1
    focus(window, qtbot, editor)
    qtbot.keyClick(editor, Qt.Key.Key_F, CTRL)
    assert bar.isVisible()
    assert bar.line.hasFocus()
    bar.line.setText("책잔치")
    qtbot.waitUntil(lambda: bar.count.text() == f"1/{total}")
    assert editor.textCursor().selectedText() == "책잔치"
    assert len(editor.extraSelections()) == total + len(window.work.session.findings())
    first = editor.textCursor().position()
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == f"2/{total}"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClick(bar.line, Qt.Key.Key_F3, SHIFT)
    assert bar.count.text() == f"{total}/{total}"
    qtbot.keyClick(bar.line, Qt.Key.Key_F3)
    assert editor.textCursor().position() == first
    bar.line.setText("어디에도 없는 말")
    qtbot.waitUntil(lambda: bar.count.text() == "없음")
    assert not bar.next.isEnabled()
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert editor.hasFocus()
    assert len(editor.extraSelections()) == len(window.work.session.findings())


def test_find_begins_with_the_selected_words_and_without_a_draft_does_nothing(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    editor, bar = window.work.area.editor, window.work.area.find
    section = next(name for name in ("lead", "body") if "한빛" in window.work.session.text.section_text(name))
    at = window.work.session.text.section_text(section).rindex("한빛")
    cursor = window.work.session.text.selection(section, at, at + 2)
    assert cursor is not None
    editor.setTextCursor(cursor)
    window.work.find()
    assert bar.line.text() == "한빛"
    assert bar.count.text().split("/")[0].isdigit()
    assert editor.textCursor().selectionStart() == cursor.selectionStart()
    bar.dismiss()
    window.work.session.forget()
    window.work.find()
    assert not bar.isVisible()


def test_keys_of_the_find_bar_belong_to_the_input_method_while_it_composes(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    bar = window.work.area.find
    window.work.find()
    focus(window, qtbot, bar.line)
    bar.line.setText("책잔")
    qtbot.waitUntil(lambda: bar.count.text() != "")
    before = bar.count.text()
    QApplication.sendEvent(bar.line, QInputMethodEvent("치", []))
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == before
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.isVisible()
    done = QInputMethodEvent("", [])
    done.setCommitString("치")
    QApplication.sendEvent(bar.line, done)
    assert bar.line.text() == "책잔치"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert window.work.area.editor.textCursor().selectedText() == "책잔치"


def test_escape_in_the_find_bar_closes_it_and_leaves_the_writing_alone(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session, bar = window.work.session, window.work.area.find
    hold = True

    def pace() -> None:
        while hold and session._job is not None and not session._job.cancel_flag.wait(0.005):
            pass

    stage.engine.pace = pace
    window.work.find()
    focus(window, qtbot, bar.line)
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        session.rewrite("body")
        qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
        assert not bar.isVisible()
        assert session.writing
        hold = False
    assert ended.args == ["done"]


def test_f8_and_shift_f8_and_ctrl_r(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    work, editor = window.work, window.work.area.editor
    findings = work.session.findings()
    assert len(findings) > 1
    focus(window, qtbot, editor)
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    assert editor.textCursor().selectedText() == findings[0].text
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    second = work.review.issues.currentIndex().row()
    qtbot.keyClick(editor, Qt.Key.Key_F8, SHIFT)
    assert (work.review.issues.currentIndex().row(), second) == (0, 1)
    cursor = work.session.text.cursor_at("lead")
    assert cursor is not None
    editor.setTextCursor(cursor)
    stage.engine.script = lambda _job: "한빛시는 책잔치를 한빛도서관에서 연다."
    before = dict.fromkeys(work.session.states, "")
    before = {name: work.session.text.section_text(name) for name in before}
    with qtbot.waitSignal(work.session.ended, timeout=60_000):
        qtbot.keyClick(editor, Qt.Key.Key_R, CTRL)
    take_all(window)
    after = {name: work.session.text.section_text(name) for name in before}
    assert [name for name in before if before[name] != after[name]] == ["lead"]


@pytest.mark.parametrize("task", ["press", "swot", "report", "reply"])
def test_undo_takes_a_whole_rewritten_section_back_in_one_step(stage: Stage, qtbot: QtBot, task: str) -> None:
    window = written(stage, qtbot, task)
    session, editor = window.work.session, window.work.area.editor
    stage.engine.script = lambda _job: (
        "작가 강연 6회를 운영한다. 안전요원 24명을 배치한다. 임시 주차장 120면을 마련한다.\n작가 강연 6회\n헌책 장터"
    )
    changed = 0
    for section in [plan.id for plan in find_task(task).sections if plan.origin == "model"]:
        if not session.text.has(section):
            continue
        end = session.text.end_of(section)
        assert end is not None
        end.insertText(" 덧붙인 말")  # so that whatever is written is something else
        before = editor.toPlainText()
        with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
            session.rewrite(section)
        assert ended.args == ["done"]
        take_all(window)
        after = editor.toPlainText()
        if after == before:
            continue
        changed += 1
        editor.undo()
        assert editor.toPlainText() == before
        editor.redo()
        assert editor.toPlainText() == after
    assert changed


OFFICE = {"agency": "한빛시", "department": "도서관과", "officer": "김한빛", "phone": "000-123-4567"}


@pytest.mark.parametrize("task", [task.id for task in all_tasks()])
def test_office_values_are_put_into_every_form(stage: Stage, task: str) -> None:
    stage.settings.office = dict(OFFICE)
    window = stage.open()
    window.work.show_task(find_task(task))
    there = {field.id for field in find_task(task).fields} & set(OFFICE)
    assert {name: window.work.side.form.values()[name] for name in there} == {name: OFFICE[name] for name in there}


def test_the_store_is_tidied_once_at_start(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    window.models.refresh()
    window.show_place("settings")
    assert stage.store.tidied == 1


def test_a_store_that_cannot_be_tidied_is_passed_over(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tidy() -> None:
        raise ModelError("store-unwritable", "폴더에 쓸 수 없습니다.", "다른 폴더를 골라 주세요.")

    monkeypatch.setattr(stage.store, "tidy", tidy)
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.active is not None)
    assert window.work.area.alerts.messages() == []


def test_the_saved_title_follows_the_edited_headline(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session = window.work.session
    place = session.text.places("headline")[0]
    cursor = window.work.area.editor.textCursor()
    cursor.setPosition(place.position)
    cursor.insertText("새로운 ")
    lead = window.work.area.editor.textCursor()
    lead.setPosition(session.text.places("lead")[0].position)
    lead.insertText("담당자가 앞에 보탠 문장이다. ")
    draft = session.draft()
    assert draft.title.startswith("새로운 ")
    assert draft.summary.startswith("새로운 ") or "담당자가 앞에 보탠 문장이다." in draft.summary
    stage.dialogs.target = Path(stage.home / "제목.txt")
    with qtbot.waitSignal(session.saved, timeout=60_000):
        window.work.save()
    assert draft.title in stage.dialogs.target.read_text(encoding="utf-8")


def test_the_sources_are_made_ready_once_for_all_reviews(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[DraftRequest] = []

    class Counted(pipeline.Case):
        def __init__(self, request: DraftRequest) -> None:
            made.append(request)
            super().__init__(request)

    monkeypatch.setattr(pipeline, "Case", Counted)
    source = Document("계획.txt", "txt", "계획", 1, (Block("paragraph", "책잔치에 안전요원 24명을 둔다.", page=1),), ())
    request = DraftRequest(find_task("press"), (source,), {"agency": "한빛시"})
    review = SectionReviewer()
    assert review(request, Section("lead", "", "안전요원 24명을 둔다.", "model")).findings == ()
    found = review(replace(request, seed=7), Section("lead", "", "안전요원 31명을 둔다.", "model")).findings
    assert [finding.text for finding in found] == ["31명"]
    assert len(made) == 1
    assert review(replace(request, form={"agency": "한빛시 31명"}), Section("lead", "", "31명", "model")).findings == ()
    assert len(made) == 2
