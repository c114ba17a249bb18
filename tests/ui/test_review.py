"""Findings are looked at, taken, left with a reason, and looked through by kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_window import take_all, written

from biseo.document import MISSING, Finding
from biseo_ui.finding_kinds import KINDS, kind_of
from biseo_ui.item_models.findings_model import SETTLED
from biseo_ui.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEAD = "회의는 2026.1.6. 열고 2026.1.8. 마친다. 예산은 98,700,000원이다."


def put(window: MainWindow, words: str, section: str = "lead") -> None:
    """Write over a section as the official would."""
    text = window.work.session.text
    cursor = text.selection(section, 0, len(text.section_text(section)))
    assert cursor is not None
    cursor.insertText(words)


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A report whose first section has two certain corrections and a number that is in no source."""
    made = written(stage, qtbot, "report")
    section = next(name for name in made.work.session.text.section_ids() if name in made.work.session.states)
    put(made, LEAD, section)
    qtbot.waitUntil(lambda: len(found(made, "DATE_SPACE")) == 2, timeout=5000)
    return made


def found(window: MainWindow, rule: str) -> list[Finding]:
    return [finding for finding in window.work.session.findings() if finding.rule == rule]


def place(window: MainWindow, qtbot: QtBot) -> None:
    """Bring the window to the front."""
    window.activateWindow()
    editor = window.work.area.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)


def test_a_certain_correction_is_taken_with_one_key(window: MainWindow, qtbot: QtBot) -> None:
    work, editor = window.work, window.work.area.editor
    first, second = found(window, "DATE_SPACE")
    assert first.certain and first.suggestion == "2026. 1. 6."
    place(window, qtbot)
    work.reviewing.go_to(first)
    card = work.review.card
    assert card.isVisible() and "Ctrl+." in card.take.text()
    assert first.authority in card._where.text() and first.suggestion in card._right.text()
    before = editor.toPlainText()
    qtbot.keyClick(editor, Qt.Key.Key_Period, CTRL)
    assert editor.toPlainText() == before.replace("2026.1.6.", "2026. 1. 6.")
    assert first not in work.session.findings()
    moved = found(window, "DATE_SPACE")[0]
    assert moved.start == second.start + 2  # what is behind it has moved along, and can be taken at once
    work.reviewing.go_to(moved)
    assert editor.textCursor().selectedText() == second.text
    editor.undo()
    assert editor.toPlainText() == before
    qtbot.waitUntil(lambda: len(found(window, "DATE_SPACE")) == 2, timeout=5000)


def test_nothing_is_taken_while_a_syllable_is_composed(window: MainWindow, qtbot: QtBot) -> None:
    editor = window.work.area.editor
    place(window, qtbot)
    window.work.reviewing.go_to(found(window, "DATE_SPACE")[0])
    QApplication.sendEvent(editor, QInputMethodEvent("가", []))
    before = editor.toPlainText()
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
        qtbot.keyClick(editor, key, CTRL)
    assert editor.toPlainText() == before
    assert not window.work.review.card.reasons.isVisible()


def test_an_uncertain_suggestion_is_not_taken_by_the_key(window: MainWindow, qtbot: QtBot) -> None:
    place(window, qtbot)
    number = found(window, "FACT_UNSUPPORTED")[0]
    window.work.reviewing.go_to(number)
    before = window.work.area.editor.toPlainText()
    qtbot.keyClick(window.work.area.editor, Qt.Key.Key_Period, CTRL)
    assert window.work.area.editor.toPlainText() == before


def test_all_of_one_kind_are_a_difference_first(window: MainWindow, qtbot: QtBot) -> None:
    work = window.work
    before = work.area.editor.toPlainText()
    work.reviewing.go_to(found(window, "DATE_SPACE")[0])
    assert "2곳" in work.review.card.take_all.text()
    qtbot.mouseClick(work.review.card.take_all, Qt.MouseButton.LeftButton)
    assert work.right.currentWidget() is work.proposals
    assert work.area.editor.toPlainText() == before
    assert [(p.old, p.new) for p in work.session.proposals.pieces()] == [
        ("2026.1.6.", "2026. 1. 6."), ("2026.1.8.", "2026. 1. 8."),
    ]  # fmt: skip
    take_all(window)
    assert "2026. 1. 6. 열고 2026. 1. 8. 마친다." in work.area.editor.toPlainText()
    assert work.right.currentWidget() is work.review
    work.area.editor.undo()
    assert work.area.editor.toPlainText() == before


def test_ignoring_asks_for_a_reason_in_place(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    place(window, qtbot)
    finding = found(window, "DATE_SPACE")[0]
    work.reviewing.go_to(finding)
    qtbot.keyClick(work.area.editor, Qt.Key.Key_Comma, CTRL)
    reasons = work.review.card.reasons
    assert reasons.isVisible() and QApplication.activeModalWidget() is None
    qtbot.keyClick(reasons.buttons[0], Qt.Key.Key_Escape)
    assert not reasons.isVisible() and finding in session.findings()
    qtbot.keyClick(work.area.editor, Qt.Key.Key_Comma, CTRL)
    reasons.line.setText("  법령의  표기 ")
    qtbot.keyClick(reasons.line, Qt.Key.Key_Return)
    assert finding not in session.findings() and session.settled_findings() == [finding]
    decided = session.states[finding.section].decision(finding)
    assert decided is not None and (decided.reason, decided.confirmed) == ("법령의 표기", False)
    other = found(window, "DATE_SPACE")[0]
    work.reviewing.go_to(other)
    qtbot.mouseClick(work.review.card.keep, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(reasons.buttons[1], Qt.MouseButton.LeftButton)
    assert not found(window, "DATE_SPACE")


def test_what_was_ignored_can_be_shown_and_counts_again(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    finding = found(window, "DATE_SPACE")[0]
    session.dismiss(finding, "관용 표현")
    review = work.review
    row = review.filter.findData(SETTLED)
    assert review.filter.itemText(row) == "그대로 둠 1"
    review.filter.setCurrentIndex(row)
    review.filter.activated.emit(row)
    assert review.findings.finding(0) == finding
    there = review.issues.visualRect(review.findings.index(0)).center()
    qtbot.mouseClick(review.issues.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert "관용 표현" in review.card._decided.text()
    assert work.area.editor.textCursor().selectedText() == finding.text
    qtbot.mouseClick(review.card.again, Qt.MouseButton.LeftButton)
    assert finding in session.findings() and not session.settled_findings()
    assert review.filter.currentText().startswith("모두 ")


def test_a_fact_is_confirmed_or_blanked_with_one_click(window: MainWindow, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    number = next(finding for finding in found(window, "FACT_UNSUPPORTED") if finding.text == "98,700,000원")
    work.reviewing.go_to(number)
    card = work.review.card
    qtbot.mouseClick(card.confirm, Qt.MouseButton.LeftButton)
    decided = session.states[number.section].decision(number)
    assert decided is not None and decided.confirmed and decided.reason == "사실 확인함"
    session.reopen(number)
    work.reviewing.go_to(number)
    before = work.area.editor.toPlainText()
    qtbot.mouseClick(card.blank, Qt.MouseButton.LeftButton)
    assert work.area.editor.toPlainText() == before.replace("98,700,000원", MISSING)
    assert number not in session.findings()
    qtbot.waitUntil(lambda: any(f.section == number.section for f in found(window, "FACT_MISSING")), timeout=5000)
    work.area.editor.undo()
    assert work.area.editor.toPlainText() == before


def test_the_list_shows_one_kind_or_severity(window: MainWindow) -> None:
    review, findings = window.work.review, window.work.session.findings()
    choices = dict(review.findings.choices())
    assert choices[""] == f"모두 {len(findings)}"
    for name, words in choices.items():
        review.filter.setCurrentIndex(review.filter.findData(name))
        review.filter.activated.emit(review.filter.currentIndex())
        shown = [review.findings.finding(row) for row in range(review.findings.rowCount())]
        assert words.endswith(f" {len(shown)}")
        assert all(name in ("", finding.severity, kind_of(finding)) for finding in shown if finding)
    assert "표기·서식 2" in choices.values()
    review.filter.setCurrentIndex(review.filter.findData("style"))
    review.filter.activated.emit(review.filter.currentIndex())
    window.work.step(1)
    window.work.step(1)
    assert window.work.area.editor.textCursor().selectedText() == "2026.1.8."


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("FACT_UNSUPPORTED", "fact"), ("FACT_MISSING", "missing"), ("PRIVACY_NAME", "privacy"),
        ("EVIDENCE_NONE", "evidence"), ("BUDGET_SUM", "form"), ("REPETITION", "language"), ("DATE_SPACE", "style"),
        ("DATE_WEEKDAY", "fact"), ("FACT_CONFLICT", "fact"),
    ],
)  # fmt: skip
def test_every_rule_has_a_kind(rule: str, kind: str) -> None:
    finding = Finding(rule, "error", 0, 1, "a", "")
    assert kind_of(finding) == kind and kind in KINDS
    assert kind_of(replace(finding, rule="")) == "style"


def test_sections_that_say_otherwise_are_told_and_told_no_more_when_they_agree(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = window.work.session
    first, second = [name for name in session.text.section_ids() if name in session.states and name != "head"][:2]
    put(window, "ㅇ 행사 예산은 3,000만 원임", first)
    put(window, "ㅇ 행사 예산은 5,000만 원임", second)
    qtbot.waitUntil(lambda: {each.section for each in found(window, "FACT_CONFLICT")} == {first, second}, timeout=5000)
    put(window, "ㅇ 행사 예산은 3,000만 원임", second)
    qtbot.waitUntil(lambda: not found(window, "FACT_CONFLICT"), timeout=5000)


def test_personal_data_is_a_finding_of_its_kind(window: MainWindow, qtbot: QtBot) -> None:
    section = next(name for name in window.work.session.text.section_ids() if name in window.work.session.states)
    put(window, "민원인 홍길순(주민등록번호 900101-2234567)이 신청했다.", section)
    qtbot.waitUntil(lambda: bool(found(window, "PRIVACY_RESIDENT_NUMBER")), timeout=5000)
    assert kind_of(found(window, "PRIVACY_RESIDENT_NUMBER")[0]) == "privacy"
