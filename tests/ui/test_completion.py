"""검토 완료: the only way to a final document, taken back by any edit."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_review import place, put
from tests.ui.test_window import messages, take_all, written

from biseo.guidance import POINTS
from biseo.writers.layout import DRAFT_LINE
from biseo_ui.completion import user_name
from biseo_ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A summary without blocking findings."""
    made = written(stage, qtbot, "summary")
    session = made.work.session
    for finding in session.findings():
        session.dismiss(finding, "사실 확인함", confirmed=True)
    qtbot.waitUntil(lambda: not session.checks.busy)
    return made


def first(window: MainWindow) -> str:
    return next(name for name in window.work.session.text.section_ids() if name in window.work.session.states)


def complete(window: MainWindow, qtbot: QtBot) -> None:
    """As a person does: open, tick five times, press."""
    place(window, qtbot)
    qtbot.keyClick(window.work.area.editor, Qt.Key.Key_F7)
    panel = window.work.completion
    assert window.work.right.currentWidget() is panel
    for number, row in enumerate(panel.points):
        assert not panel.done.isEnabled()
        assert f"{5 - number}개" in panel._why.text()
        qtbot.keyClick(row.box, Qt.Key.Key_Space)
    assert panel.done.isEnabled()
    qtbot.mouseClick(panel.done, Qt.MouseButton.LeftButton)


def test_five_ticks_make_a_final_document(window: MainWindow, qtbot: QtBot) -> None:
    session = window.work.session
    assert session.draft().review is None
    complete(window, qtbot)
    review = session.draft().review
    assert review is not None
    assert review.items == tuple(point.id for point in POINTS)
    assert review.by == user_name() and "T" in review.when and review.when[-6] in "+-"
    assert {each.reason for each in review.settled} <= {"사실 확인함"}
    assert window.work.area.ribbon.text() in ("담당자 검토 완료", "검토 완료", "완료")
    assert {str(state) for state in session.states.values()} == {"검토 완료"}
    assert "초안 표시를 뗐습니다" in messages(window)
    assert session.dirty
    assert window.status.saved.text() == "검토 완료, 저장 전"


def test_every_exit_says_draft_until_then_and_not_after(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    def words(name: str) -> str:
        stage.dialogs.target = tmp_path / name
        with qtbot.waitSignal(window.work.session.saved, timeout=60_000):
            window.work.save()
        if name.endswith("txt"):
            return stage.dialogs.target.read_text(encoding="utf-8-sig")
        with zipfile.ZipFile(stage.dialogs.target) as archive:
            return "".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())

    def copied() -> str:
        window.work.copy()
        return QGuiApplication.clipboard().text()

    for suffix in ("docx", "hwpx", "txt"):
        assert DRAFT_LINE in words(f"전(초안).{suffix}")
    assert DRAFT_LINE in copied()
    assert any(asked.endswith("(초안)") for asked in stage.dialogs.asked)
    complete(window, qtbot)
    for suffix in ("docx", "hwpx", "txt"):
        assert "초안" not in words(f"후.{suffix}")
    assert DRAFT_LINE not in copied()
    window.preview()
    qtbot.waitUntil(lambda: window.preview_page.press.pages > 0 if hasattr(window.preview_page, "press") else True)
    assert stage.dialogs.asked[-1] == "save 후.hwpx"


def test_an_edit_makes_a_draft_again_and_undoing_it_brings_the_completion_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, editor = window.work.session, window.work.area.editor
    complete(window, qtbot)
    cursor = session.text.end_of(first(window))
    assert cursor is not None
    editor.setTextCursor(cursor)
    editor.setFocus()
    qtbot.keyClicks(editor, "!")
    assert session.draft().review is None
    assert "다시 초안이 되었습니다" in messages(window)
    assert window.work.area.ribbon.text() != "담당자 검토 완료"
    assert "검토 완료" not in {str(state) for state in session.states.values()}
    assert not any(row.box.isChecked() for row in window.work.completion.points)
    editor.undo()
    assert session.draft().review is not None
    assert "다시 초안이 되었습니다" not in messages(window)
    assert {str(state) for state in session.states.values()} == {"검토 완료"}
    editor.redo()
    assert session.draft().review is None


def test_taking_a_piece_makes_a_draft_again(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    session = window.work.session
    complete(window, qtbot)
    name = next(plan.id for plan in session.request.task.sections if plan.origin == "model")  # type: ignore[union-attr]
    stage.engine.script = lambda _job: "작가 강연 6회를 운영한다. 안전요원 24명을 배치한다."
    with qtbot.waitSignal(session.ended, timeout=60_000):
        session.rewrite(name)
    assert session.draft().review is not None  # nothing has been taken yet
    assert session.proposals.pieces()
    take_all(window)
    assert session.draft().review is None
    window.work.area.editor.undo()
    assert session.draft().review is not None


def test_a_blocking_finding_bars_and_leads_to_its_place(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    put(window, "예산은 98,700,000원이다.", first(window))
    work.reviewing.show_completion()
    for row in work.completion.points:
        row.box.setChecked(True)
    assert not work.completion.done.isEnabled()  # not looked at yet
    qtbot.waitUntil(lambda: any(f.text == "98,700,000원" for f in session.findings()), timeout=5000)
    qtbot.waitUntil(lambda: bool(work.completion._bars), timeout=5000)
    for row in work.completion.points:
        row.box.setChecked(True)
    assert not work.completion.done.isEnabled()
    bar = next(b for b in work.completion.findChildren(QPushButton) if "98,700,000원" in b.accessibleName())
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert work.right.currentWidget() is work.review
    assert work.area.editor.textCursor().selectedText() == "98,700,000원"
    qtbot.mouseClick(work.review.card.confirm, Qt.MouseButton.LeftButton)
    work.reviewing.show_completion()
    assert not work.completion._bars


def test_a_fact_that_is_only_left_for_a_reason_still_bars(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    put(window, "예산은 98,700,000원이다.", first(window))
    qtbot.waitUntil(lambda: any(f.text == "98,700,000원" for f in session.findings()), timeout=5000)
    number = next(f for f in session.findings() if f.text == "98,700,000원")
    session.dismiss(number, "기관 방침")
    work.reviewing.show_completion()
    assert [bar.finding for bar in work.completion._bars] == [number]
    work.completion.bar_chosen.emit(work.completion._bars[0])
    assert work.review.card.finding == number and not work.review.card.again.isHidden()
    session.reopen(number)
    work.reviewing.go_to(number)
    work.reviewing.keep()
    qtbot.mouseClick(work.review.card.reasons.buttons[0], Qt.MouseButton.LeftButton)  # 사실 확인함
    work.reviewing.show_completion()
    assert not work.completion._bars


def test_a_proposal_and_an_unwritten_section_bar(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    name = first(window)
    session.proposals.correct({name: session.text.section_text(name) + " 더"}, {name: "절"})
    session.states[name].phase = "stopped"
    work.reviewing.show_completion()
    words = [bar.words for bar in work.completion._bars]
    assert any("정하지 않은 글" in each for each in words) and any("다 쓰지 않은 절" in each for each in words)
    work.reviewing._on_completed()
    assert session.draft().review is None


def test_showing_a_finding_again_and_withdrawing_make_a_draft_again(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    complete(window, qtbot)
    qtbot.mouseClick(work.completion.withdraw, Qt.MouseButton.LeftButton)
    assert session.draft().review is None
    assert not any(row.box.isChecked() for row in work.completion.points)
    work.completion.points[0].box.setFocus()
    qtbot.keyClick(work.completion.points[0].box, Qt.Key.Key_Escape)
    assert work.right.currentWidget() is work.review
    complete(window, qtbot)
    settled = session.settled_findings()
    if settled:
        session.reopen(settled[0])
        assert session.draft().review is None


def test_personal_data_in_the_text_is_told_beside_its_point(window: MainWindow, qtbot: QtBot) -> None:
    warning = window.work.completion.points[0]._warning
    window.work.reviewing.show_completion()
    assert warning.isHidden()
    put(window, "신청인 김하늘(010-1234-5678)의 자료이다.", first(window))
    qtbot.waitUntil(lambda: not window.work.session.checks.busy and not warning.isHidden(), timeout=5000)
    assert "휴대전화" in warning.text()


def test_another_draft_begins_as_one(window: MainWindow, qtbot: QtBot) -> None:
    complete(window, qtbot)
    window.work.session.forget()
    assert window.work.area.ribbon.accessibleName() == "인공지능 초안 – 담당자 검토 전"
    assert not any(row.box.isChecked() for row in window.work.completion.points)
    assert not window.work.session.dirty


def test_the_command_line_never_makes_a_final_document() -> None:
    from dataclasses import fields

    from biseo.document import Draft

    assert next(field for field in fields(Draft) if field.name == "review").default is None
