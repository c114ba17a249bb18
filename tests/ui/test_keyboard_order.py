"""Tab goes the way the eye goes, whatever was built when; Enter presses what has the focus; lists are whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_keys import focus
from tests.ui.test_window import drop

from biseo.tasks.catalogue import find_task
from biseo_ui.main_window import MainWindow


def stops(window: MainWindow, qtbot: QtBot, start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab leads from `start`, once around."""
    focus(window, qtbot, start)
    found: list[QWidget] = []
    for _ in range(200):
        at = QApplication.focusWidget()
        assert at is not None
        if at in found:
            return found
        found.append(at)
        qtbot.keyClick(
            at, key, Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier(0)
        )
    raise AssertionError("Tab never comes back")


def shown_fields(window: MainWindow, qtbot: QtBot) -> list[QWidget]:
    """The unfolded fields of a letter, whose form was built after everything else."""
    form = window.work.side.form
    window.work.show_task(find_task("letter"))
    editors = [form.editors[field.id] for field in find_task("letter").fields if not field.folded]
    qtbot.waitUntil(lambda: all(editor.isVisible() for editor in editors))
    fields = [editor.focusProxy() or editor for editor in editors]
    assert len(fields) >= 4
    return fields


def test_tab_goes_through_the_fields_of_another_task(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    work = window.work
    fields = shown_fields(window, qtbot)
    order = stops(window, qtbot, work.side.task)
    first = order.index(fields[0])
    assert first == 1
    assert [widget for widget in order if widget in fields] == fields
    assert order.index(work.side.write) > order.index(fields[-1])
    assert all(
        order.index(work.side.write) < order.index(button) for button in order if button is window.status.offline
    )


def test_tab_and_back_tab_are_one_way_and_its_reverse(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    start = window.work.side.task
    there = stops(window, qtbot, start)
    back = stops(window, qtbot, start, Qt.Key.Key_Backtab)
    assert there[0] is back[0] is start
    assert there[1:] == back[:0:-1]
    assert all(widget.isVisible() and widget.isEnabled() for widget in there)


def test_what_is_tabbed_to_is_scrolled_into_view(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.resize(1024, 700)
    fields = shown_fields(window, qtbot)
    assert fields[-1].visibleRegion().isEmpty()
    focus(window, qtbot, window.work.side.task)
    for _ in range(3 * len(fields)):  # some fields have a button beside them
        at = QApplication.focusWidget()
        assert at is not None
        if at is fields[-1]:
            break
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is fields[-1]
    assert not fields[-1].visibleRegion().isEmpty()


def test_enter_presses_the_button_that_has_the_focus(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    focus(window, qtbot, window.work.area.start.example)
    qtbot.keyClick(window.work.area.start.example, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.work.cards.cards))
    button = window.rail.findChildren(QWidget)[1]
    focus(window, qtbot, window.work.side.write)
    qtbot.keyClick(window.work.side.write, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is not window.work.side.write
    focus(window, qtbot, button)
    qtbot.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert window.rail.place != ""


def test_the_focus_stays_near_what_has_gone(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    side = window.work.side
    drop(window, stage.source("하나.txt"), stage.source("둘.txt"))
    qtbot.waitUntil(lambda: len(window.work.cards.documents()) == 2)
    button = next(b for b in window.work.cards.cards[0].findChildren(QToolButton) if b.isVisible())
    focus(window, qtbot, button)
    button.click()
    qtbot.waitUntil(lambda: len(window.work.cards.cards) == 1)
    at = QApplication.focusWidget()
    assert at is not None and side.isAncestorOf(at)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_list_of_a_box_shows_all_of_its_rows(stage: Stage, qtbot: QtBot) -> None:
    box = stage.open().work.side.task
    box.showPopup()
    rows = box.view()
    qtbot.waitUntil(rows.isVisible)
    assert rows.viewport().height() >= sum(rows.sizeHintForRow(row) for row in range(box.count()))
    box.hidePopup()


def test_the_words_of_the_boxes_in_the_settings_are_whole(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    window.show_place("settings")
    page = window.settings_page
    qtbot.waitUntil(page.theme.isVisible)
    for box in page.findChildren(QComboBox):
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        field = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        widest = max(box.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))
        assert field.width() >= widest, box.accessibleName()
