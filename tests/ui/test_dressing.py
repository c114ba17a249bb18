"""The look changes part by part: what is seen first, what is hidden later or when it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage

from biseo_ui.dressing import Dressing
from biseo_ui.theme import Theme

RED, BLUE = "QLabel { color: #ff0000; }", "QLabel { color: #0000ff; }"


class Window(QWidget):
    """A seen part and a stack of two pages, of which one is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.side, self.first, self.second = QLabel("가"), QLabel("나"), QLabel("다")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.first)
        self.pages.addWidget(self.second)
        row = QHBoxLayout(self)
        row.addWidget(self.side)
        row.addWidget(self.pages)


@pytest.fixture
def dressing(qapp: QApplication) -> Iterator[Dressing]:
    made = Dressing(qapp)
    yield made
    shiboken6.delete(made)


@pytest.fixture
def window(dressing: Dressing, qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    dressing.change(RED, lambda: None)
    for part in (made.side, made.first, made.second):
        dressing.add(part)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colour(label: QLabel) -> str:
    return label.palette().color(label.foregroundRole()).name()


def test_a_part_is_dressed_when_it_is_first_shown(dressing: Dressing, window: Window) -> None:
    assert window.side.styleSheet() == window.first.styleSheet() == RED
    assert window.second.styleSheet() == "" and dressing.behind(window.second)
    window.pages.setCurrentWidget(window.second)
    assert window.second.styleSheet() == RED and colour(window.second) == "#ff0000"


def test_what_is_seen_is_changed_before_it_is_painted_and_what_is_hidden_later(
    dressing: Dressing, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.slices.MOMENT_S", 0.0)  # one part at a time
    window.pages.setCurrentWidget(window.second)
    window.pages.setCurrentWidget(window.first)
    told = []

    def then() -> None:
        told.append((window.side.styleSheet(), window.first.styleSheet(), window.second.styleSheet()))
        assert not window.updatesEnabled()

    dressing.change(BLUE, then)
    assert not window.updatesEnabled() and not told
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(BLUE, BLUE, RED)]
    qtbot.waitUntil(lambda: not dressing.busy)
    assert window.updatesEnabled() and window.second.styleSheet() == BLUE


def test_a_hidden_part_that_is_shown_meanwhile_is_changed_at_once(
    dressing: Dressing, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.slices.MOMENT_S", 0.0)
    dressing.change(BLUE, lambda: None)
    window.pages.setCurrentWidget(window.second)
    assert window.second.styleSheet() == BLUE
    qtbot.waitUntil(lambda: not dressing.busy)


def test_the_last_of_two_changes_counts(
    dressing: Dressing, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.slices.MOMENT_S", 0.0)
    dressing.change(RED + " ", lambda: None)
    dressing.change(BLUE, lambda: None)
    qtbot.waitUntil(lambda: not dressing.busy)
    assert {each.styleSheet() for each in (window.side, window.first, window.second)} == {BLUE}
    assert window.updatesEnabled()


def test_a_part_that_has_gone_is_forgotten(dressing: Dressing, window: Window, qtbot: QtBot) -> None:
    shiboken6.delete(window.second)
    dressing.change(BLUE, lambda: None)
    qtbot.waitUntil(lambda: not dressing.busy)
    assert window.side.styleSheet() == BLUE


def test_every_page_of_the_window_is_in_the_look(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    theme: Theme = stage.theme
    for place in ("settings", "help", "history", "fill", "write"):
        window.show_place(place)
    before = window.settings_page.styleSheet()
    assert before
    theme.set("dark", 100)
    qtbot.waitUntil(lambda: not theme.dressing.busy)
    sheets = {
        part.styleSheet()
        for part in (window.rail, window.status, window.settings_page, window.help_page, window.work.side)
    }
    assert len(sheets) == 1 and before not in sheets
    assert window.work.area.start.example.palette().buttonText().color().name() == theme.colours.text
    assert not QApplication.instance().styleSheet()  # all of the program at once takes most of a second
