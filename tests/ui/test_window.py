"""The window as an official uses it, with real widgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QScrollBar, QSplitter, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Entry, FakeStore, Stage, put_look

from biseo.drafting.letter import AROUND
from biseo.errors import ModelError, OutputFileError
from biseo.tasks.catalogue import all_tasks, find_task
from biseo_ui.main_window import USUAL, MainWindow, first_size


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def written(stage: Stage, qtbot: QtBot, task: str = "press") -> MainWindow:
    """A window with a finished draft."""
    window = stage.open()
    window.work.show_task(find_task(task))
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    qtbot.waitUntil(lambda: window.models.known)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    return window


def take_all(window: MainWindow) -> None:
    """Take everything that is proposed."""
    window.work.session.proposals.take(window.work.session.proposals.pieces())


def messages(window: MainWindow) -> str:
    return "\n".join(f"{m.kind}: {m.text} {m.advice}" for m in window.work.area.alerts.messages())


def test_first_run_asks_to_confirm_the_notice_once(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.notice_read = False
    window = stage.open()
    notice = window.entrance.page("notice")
    assert window.pages.currentWidget() is notice
    assert not window.rail.isEnabled()
    window.show_place("settings")
    assert window.pages.currentWidget() is notice
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is window.work
    assert stage.settings.notice_read
    qtbot.waitUntil(lambda: (stage.home / "집" / "settings.json").exists())


def test_without_a_model_the_window_offers_to_prepare_it(stage: Stage, qtbot: QtBot) -> None:
    stage.store = FakeStore()
    stage.store.gate.clear()
    window = stage.open()
    card = window.work.area.start.model_card
    qtbot.waitUntil(card.isVisible)
    assert window.status.model.text() == "모델 없음"
    window.work.write()
    assert "모델을 먼저 준비해 주세요." in messages(window)
    qtbot.mouseClick(card.install, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("40%" in label.text() for label in card.findChildren(type(card._words))))
    stage.store.gate.set()
    qtbot.waitUntil(lambda: window.models.active is not None)
    assert not card.isVisible()
    assert "Scripted 1B" in window.status.model.text()


def test_a_model_file_that_is_none_is_told_in_place(stage: Stage, qtbot: QtBot) -> None:
    stage.store = FakeStore()
    stage.dialogs.model = stage.home / "그림.png"
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    qtbot.mouseClick(window.work.area.start.model_card.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "모델 파일이 아닙니다." in messages(window))


def test_settings_list_models_with_licence_and_change_the_one_in_use(stage: Stage, qtbot: QtBot) -> None:
    stage.store = FakeStore(Entry(), Entry(id="other", name="Other 3B", active=False, verified=False))
    window = stage.open()
    window.show_place("settings")
    listed = window.settings_page.models
    qtbot.waitUntil(lambda: len(listed._cards) == 2)
    words = " ".join(label.text() for label in listed.findChildren(type(listed._none)))
    assert "Apache-2.0" in words
    assert "파일 확인 안 됨" in words
    use = next(b for b in listed.findChildren(QPushButton) if b.accessibleName() == "Other 3B 이 모델 쓰기")
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Other 3B" in window.status.model.text())


@pytest.mark.parametrize("task", [task.id for task in all_tasks()])
def test_the_form_is_made_from_the_definition(stage: Stage, task: str) -> None:
    window = stage.open()
    definition = find_task(task)
    window.work.show_task(definition)
    QApplication.processEvents()
    form = window.work.side.form
    assert list(form.editors) == [field.id for field in definition.fields]
    for field in definition.fields:
        editor = form.editors[field.id]
        control = editor.focusProxy() or editor
        assert field.label in control.accessibleName()
        assert ("필수" in control.accessibleName()) == field.required
        assert editor.isVisibleTo(window) != field.folded
        value: Any = {"rows": ({field.columns[0].id: "값"},) if field.columns else "", "amount": "1200000"}.get(
            field.kind, field.choices[-1] if field.choices else "값"
        )
        editor.set_value(value)
        assert form.values()[field.id]
    assert form.missing() == []


def test_rail_offers_only_what_works_and_preselects_the_task(stage: Stage) -> None:
    window = stage.open()
    window.show_place("swot")
    assert window.work.side.form.task is find_task("swot")
    assert not window.work.side.task.isEnabled()
    window.show_place("write")
    offered = [window.work.side.task.itemText(n) for n in range(window.work.side.task.count())]
    assert find_task("summary").title not in offered
    assert find_task("press").title in offered


def test_a_dropped_file_becomes_a_card_and_opens_as_text(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    assert window.work.cards.cards[0].accessibleName().startswith("운영 계획.txt")
    qtbot.waitUntil(lambda: window.work.cards.cards[0].source.state == "ready")
    card = window.work.cards.cards[0]
    assert "1쪽" in str(card.source)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert window.work.right.currentWidget() is window.work.viewer
    assert "작가 강연 6회" in window.work.viewer.text.toPlainText()
    assert "– 1쪽 –" in window.work.viewer.text.toPlainText()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert window.work.cards.cards == []


def test_an_unreadable_file_is_told_on_its_card(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    broken = stage.home / "깨진.txt"
    broken.write_bytes(b"\xff\xfe\xfa\x00\xd8")
    drop(window, broken)
    qtbot.waitUntil(lambda: window.work.cards.cards[0].source.state == "error")
    assert "다른 파일을 골라 주세요." in window.work.cards.cards[0].accessibleName()
    window.work.write()
    assert "자료 파일을 먼저 넣어 주세요." in messages(window)


def test_write_edit_undo_regenerate_save(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session, editor = window.work.session, window.work.area.editor
    assert session.text.section_ids()[0] == "head"
    assert session.text.rows("head")[0][0] == "기관"
    before = session.text.section_text("headline")
    assert before

    cursor = session.text.cursor_at("headline")
    assert cursor is not None
    editor.setTextCursor(cursor)
    with qtbot.waitSignal(session.section_changed):
        qtbot.keyClicks(editor, "A")
    assert session.text.section_text("headline") == "A" + before
    assert session.states["headline"].edited
    assert "직접 고침" in str(session.states["headline"])
    editor.undo()
    assert session.text.section_text("headline") == before
    assert not session.states["headline"].edited

    stage.engine.script = lambda job: "한빛도서관에서 만나는 책잔치"
    with qtbot.waitSignal(session.ended, timeout=60_000):
        window.work.rewrite()
    assert session.text.section_text("headline") == before
    take_all(window)
    assert session.text.section_text("headline") != before
    editor.undo()
    assert session.text.section_text("headline") == before
    editor.redo()

    stage.dialogs.target = stage.home / "보도 자료.docx"
    with qtbot.waitSignal(session.saved, timeout=60_000):
        window.work.save()
    assert stage.dialogs.target.read_bytes()[:2] == b"PK"
    assert not session.dirty
    assert "저장됨: 보도 자료.docx" in window.status.saved.text()
    assert stage.dialogs.asked == [f"save {session.draft().title}(초안)"]


def test_the_saved_draft_is_what_stands_in_the_window(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session, editor = window.work.session, window.work.area.editor
    place = session.text.places("lead")[0]
    cursor = editor.textCursor()
    cursor.setPosition(place.position)
    cursor.insertText("담당자가 보탠 문장이다.\n")
    table = session.text.table("head")
    assert table is not None
    table.cellAt(0, 1).firstCursorPosition().insertText("한빛시")
    draft = session.draft()
    sections = {section.id: section for section in draft.sections}
    assert sections["lead"].text.startswith("담당자가 보탠 문장이다.\n")
    assert "한빛시" in sections["head"].rows[0][1]
    assert draft.title == " ".join(sections["headline"].text.split())
    assert draft.profile == "press"


def test_an_existing_file_is_not_replaced_without_agreement(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "있는 파일.txt"
    stage.dialogs.target.write_text("그대로", encoding="utf-8")
    with qtbot.waitSignal(window.work.session.save_failed, timeout=60_000) as failed:
        window.work.save()
    assert isinstance(failed.args[0], OutputFileError)
    assert stage.dialogs.target.read_text(encoding="utf-8") == "그대로"
    assert "error:" in messages(window)
    assert window.work.session.dirty
    stage.dialogs.overwrite = True
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    assert "책잔치" in stage.dialogs.target.read_text(encoding="utf-8")


def test_stopping_keeps_what_was_written(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    words = 0

    def pace() -> None:
        nonlocal words
        words += 1
        if words == 8:
            window.work.session._job.cancel_flag.set()  # type: ignore[union-attr]

    stage.engine.pace = pace
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
        assert window.work.side.write.text() == "멈춤"
    assert ended.args == ["stopped"]
    assert window.work.side.write.text() == "작성"
    assert "한빛시" in window.work.area.editor.toPlainText()
    assert "쓰기를 멈췄습니다." in messages(window)
    unfinished = window.work.session.unfinished
    assert unfinished
    assert "쓰지 않음" in {str(state) for state in window.work.session.states.values()}
    assert window.work.session.draft().sections[0].rows
    stage.engine.pace = None
    written_before = window.work.session.text.rows("head")
    resume = window.work.area.alerts.messages()[0].findChildren(QPushButton)[0]
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        qtbot.mouseClick(resume, Qt.MouseButton.LeftButton)
    assert ended.args == ["done"]
    assert window.work.session.unfinished == []
    assert window.work.session.text.rows("head") == written_before
    assert window.work.session.text.section_ids() == list(window.work.session.states)


def test_a_model_that_died_is_told_and_the_next_write_works(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    died = ModelError("engine-died", "언어 모델이 멈춰 다시 시작했습니다.", "작성을 다시 눌러 주세요.")
    stage.engine.script = lambda job: died
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["failed"]
    qtbot.waitUntil(lambda: "언어 모델이 멈춰 다시 시작했습니다." in messages(window))
    stage.engine.script = lambda job: "한빛시는 책잔치를 연다고 밝혔다."
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    assert "error:" not in messages(window)


def test_findings_are_marked_listed_and_walked_through(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    work = window.work
    missing = [finding for finding in work.session.findings() if finding.rule == "FACT_MISSING"]
    assert missing
    assert work.review.findings.rowCount() == len(work.session.findings())
    assert len(work.area.editor.extraSelections()) == len(work.session.findings())
    work.step(1)
    assert work.area.editor.textCursor().selectedText() == work.session.findings()[0].text
    first = work.review.issues.currentIndex().row()
    work.step(1)
    work.step(-1)
    assert work.review.issues.currentIndex().row() == first
    count = len(work.session.findings())
    work.session.dismiss(work.session.findings()[0])
    assert work.review.findings.rowCount() < count


def test_a_number_typed_in_is_found_and_gone_with_undo(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    session = window.work.session
    place = session.text.places("lead")[0]
    cursor = window.work.area.editor.textCursor()
    cursor.setPosition(place.position)
    cursor.insertText("예산은 98,700,000원이다. ")

    def rules() -> list[str]:
        return [finding.rule for finding in session.findings() if finding.section == "lead"]

    qtbot.waitUntil(lambda: "FACT_UNSUPPORTED" in rules(), timeout=5000)
    assert "확인 필요" in str(session.states["lead"])
    window.work.area.editor.undo()
    qtbot.waitUntil(lambda: "FACT_UNSUPPORTED" not in rules(), timeout=5000)


def test_evidence_leads_to_the_passage_in_the_source(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    text = window.work.session.text
    section = next(name for name in ("lead", "body") if "헌책" in text.section_text(name))
    at = text.section_text(section).index("헌책")
    cursor = text.selection(section, at, at)
    assert cursor is not None
    window.work.area.editor.setTextCursor(cursor)

    def buttons() -> list[QPushButton]:
        found = window.work.review.evidence.findChildren(QPushButton)
        return [button for button in found if button.text() == "원문 보기" and not button.isHidden()]

    qtbot.waitUntil(lambda: bool(buttons()), timeout=5000)
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)
    assert window.work.right.currentWidget() is window.work.viewer
    assert "작가 강연 6회와 헌책 나눔 장터" in window.work.viewer.marked_text()


def test_nothing_acts_while_a_syllable_is_composed(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    line = window.work.side.form.editors["agency"].focusProxy()
    assert line is not None

    def focused() -> bool:
        window.activateWindow()  # the offscreen platform may lose the first request
        line.setFocus()
        return line.hasFocus()

    qtbot.waitUntil(focused)
    began: list[int] = []
    window.work.session.began.connect(lambda: began.append(1))
    QApplication.sendEvent(line, QInputMethodEvent("한", []))
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert began == []
    finished = QInputMethodEvent("", [])
    finished.setCommitString("한")
    QApplication.sendEvent(line, finished)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert began == [1]


def test_office_values_are_remembered_and_the_last_task_comes_back(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.work.show_task(find_task("report"))
    window.work._on_task_chosen("press")
    window.work.side.form.editors["agency"].set_value("한빛시")
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    assert stage.settings.office["agency"] == "한빛시"
    assert stage.settings.last_task["txt"] == "press"


def test_unsaved_draft_is_asked_about_before_closing(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.unsaved = "cancel"
    window.close()
    qtbot.waitUntil(lambda: stage.dialogs.asked == ["unsaved"])
    assert window.isVisible()
    stage.dialogs.unsaved = "save"
    stage.dialogs.target = stage.home / "초안.md"
    with qtbot.waitSignal(window.closed, timeout=60_000):
        window.close()
    assert stage.dialogs.target.exists()


def test_two_clicks_from_the_start_to_a_draft(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    qtbot.waitUntil(lambda: window.models.known)
    qtbot.mouseClick(window.work.area.start.example, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        qtbot.mouseClick(window.work.side.write, Qt.MouseButton.LeftButton)
    assert ended.args == ["done"]
    assert stage.settings.office == {}
    assert window.work.side.form.values()["agency"] == "새벽시"
    drop(window, stage.source())
    assert [card.source.path.name for card in window.work.cards.cards] == ["운영 계획.txt"]
    assert "agency" not in window.work.side.form.values()


def test_copy_gives_plain_and_rich_text(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    data = window.work.area.editor
    data.selectAll()
    copied = data.createMimeDataFromSelection()
    assert "책잔치" in copied.text()
    assert "<table" in copied.html()


def test_every_look_keeps_the_words_in_the_window(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    window.resize(1024, 700)
    for name, scale in (("dark", 100), ("light", 150), ("dark", 200), ("light", 100)):
        put_look(window, name, scale)
        qtbot.wait(10)
        assert window.width() == 1024
        assert window.work.session.text.section_ids()
        button = window.work.side.write
        if button.isVisible():
            assert button.mapTo(window, button.rect().bottomRight()).y() < window.height()
    assert stage.settings.scale == 100


def test_another_look_is_no_edit(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "초안.txt"
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    steps = window.work.area.editor.document().availableUndoSteps()
    put_look(window, "dark", 150)
    window.resize(1024, 700)
    QApplication.processEvents()
    put_look(window, "light", 100)
    window.resize(1500, 900)
    QApplication.processEvents()
    assert not window.work.session.dirty
    assert window.work.area.editor.document().availableUndoSteps() == steps
    assert "저장됨" in window.status.saved.text()


def test_notices_of_a_draft_stand_in_one_message(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    window.work.area.alerts.clear()
    window.work.session.began.emit()
    for words in ("첫째 알림입니다.", "둘째 알림입니다.", "첫째 알림입니다."):
        window.work.session.notice.emit(words)
    assert messages(window).strip() == "warning: 첫째 알림입니다.\n둘째 알림입니다."
    window.work.session.ended.emit("done")


def test_a_press_beside_the_text_puts_the_cursor_into_its_line(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    editor = window.work.area.editor
    at = window.work.session.text.places("lead")[0].position
    cursor = editor.textCursor()
    cursor.setPosition(at)
    line = editor.cursorRect(cursor).center()
    beside = editor.viewport().mapTo(editor, line)
    beside.setX(editor.viewport().x() - 4)
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=beside)
    assert editor.textCursor().position() == at


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("busy", [False, True])
def test_nothing_of_the_start_is_cut_off(stage: Stage, qtbot: QtBot, scale: int, busy: bool) -> None:
    stage.store = FakeStore()
    stage.store.gate.clear()
    window = stage.open()
    window.resize(1024, 700)
    put_look(window, "light", scale)
    start = window.work.area.start
    qtbot.waitUntil(start.model_card.isVisible)
    if busy:
        qtbot.mouseClick(start.model_card.install, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: any("40%" in label.text() for label in start.findChildren(QLabel)))
    QApplication.processEvents()
    for button in start.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
            assert button.mapTo(start, button.rect().bottomRight()).x() <= start.viewport().width()
    assert start.widget().width() <= start.viewport().width()
    stage.store.gate.set()
    qtbot.waitUntil(lambda: not window.models.busy)


@pytest.mark.parametrize("scale", [100, 150])
def test_the_ribbon_is_always_read_whole(stage: Stage, qtbot: QtBot, scale: int) -> None:
    window = written(stage, qtbot)
    window.resize(1024, 700)
    put_look(window, "light", scale)
    ribbon = window.work.area.ribbon
    qtbot.waitUntil(lambda: ribbon.width() >= ribbon.sizeHint().width(), timeout=5000)
    assert ribbon.text().startswith("인공지능 초안")


def test_every_control_has_a_name_for_screen_readers(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    window.show_place("settings")
    window.work.show_task(find_task("plan"))
    window.work.side.form.more.setChecked(True)
    QApplication.processEvents()
    nameless = [
        control
        for control in window.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not control.objectName().startswith("qt_")
        and not isinstance(control, QScrollArea | QScrollBar | QSplitter)
        and control.focusProxy() is None
        and control.window() is window
        and not (control.accessibleName() or getattr(control, "text", str)())
    ]
    assert nameless == []


def test_enter_after_a_heading_begins_ordinary_text(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    text, editor = window.work.session.text, window.work.area.editor
    section = next(
        name for name in text.section_ids() if text.heading(name) and text.section_text(name) and not text.rows(name)
    )
    heading = text.heading(section)
    cursor = text.cursor_at(section)
    assert cursor is not None
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "new line")
    assert text.heading(section) == heading
    assert text.section_text(section).startswith("new line\n")


@pytest.mark.parametrize("task", [task.id for task in all_tasks()])
def test_every_task_comes_to_a_draft_that_can_be_saved(stage: Stage, qtbot: QtBot, task: str) -> None:
    window = written(stage, qtbot, task)
    draft = window.work.session.draft()
    assert draft.title
    around = {plan.id for plan in find_task(task).sections if plan.part in AROUND}  # a letter's head and foot
    assert [section.id for section in draft.sections] == [
        name for name in window.work.session.states if name not in around
    ]
    stage.dialogs.target = stage.home / f"{task}.txt"
    with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
        window.work.save()
    lines = stage.dialogs.target.read_text(encoding="utf-8")
    assert draft.title.split()[0] in lines


def test_the_window_fits_on_the_screen_of_a_notebook() -> None:
    assert first_size(QSize(2560, 1400)) == USUAL
    small = first_size(QSize(1280, 760))
    assert small.width() <= 1280 and small.height() <= 760 - 30  # under its title bar


def test_a_model_is_removed_only_when_asked_twice(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.show_place("settings")
    page = window.settings_page
    qtbot.waitUntil(lambda: any(b.text() == "지우기" for b in page.findChildren(QPushButton)))
    next(b for b in page.findChildren(QPushButton) if b.text() == "지우기").click()
    assert window.models.entries
    question = page.alerts.messages()[0]
    assert "지웁니다" in question.text and "다시 가져와야" in question.advice
    next(b for b in question.findChildren(QPushButton) if b.text() == "모델 지우기").click()
    qtbot.waitUntil(lambda: not window.models.entries)
