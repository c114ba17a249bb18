"""Another window goes on where this one stopped, undo included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_evidence import BARE, add_line, marked
from tests.ui.test_review import found, put
from tests.ui.test_window import messages, written

from biseo.document import Document, Review
from biseo.tasks.catalogue import all_tasks
from biseo.worksession import WorkSession, from_json
from biseo_ui.main_window import MainWindow


@pytest.fixture
def other(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A second program."""
    (tmp_path / "둘째").mkdir()
    made = Stage(qapp, tmp_path / "둘째")
    yield made
    made.close()
    assert not made.broke


def stored(window: MainWindow) -> WorkSession:
    """What comes back from the store."""
    session = window.work.snapshot()
    assert session is not None
    return from_json(session.to_json())


def first(window: MainWindow) -> str:
    return [name for name in window.work.session.text.section_ids() if name in window.work.session.states][-1]


def seen(window: MainWindow) -> tuple[str, list[str], list[str]]:
    session = window.work.session
    states = [str(state) for state in session.states.values()]
    return window.work.area.editor.toPlainText(), states, [finding.text for finding in session.findings()]


def test_page_states_decisions_and_undo_come_back(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    session, editor = window.work.session, window.work.area.editor
    untouched = editor.toPlainText()
    put(window, "예산은 98,700,000원이다. 2026.1.6. 연다.", first(window))
    edited = editor.toPlainText()
    qtbot.waitUntil(lambda: bool(found(window, "DATE_SPACE")), timeout=5000)
    window.work.reviewing.fix(found(window, "DATE_SPACE")[0])
    number = next(f for f in session.findings() if f.text == "98,700,000원")
    session.dismiss(number, "사실 확인함", confirmed=True)
    qtbot.waitUntil(lambda: not session.checks.busy, timeout=5000)
    work = stored(window)
    again = other.open()
    again.work.restore(work)
    assert seen(again) == seen(window)
    assert again.work.area.stack.currentWidget() is again.work.area.editor
    decided = again.work.session.states[number.section].decision(number)
    assert decided is not None and decided.confirmed
    assert again.work.session.dirty
    qtbot.waitUntil(lambda: bool(again.work.cards.documents()))
    assert again.work.session.request is not None
    qtbot.waitUntil(lambda: bool(again.work.session.request and again.work.session.request.sources))
    again.work.area.editor.undo()
    assert again.work.area.editor.toPlainText() == edited
    again.work.area.editor.undo()
    assert again.work.area.editor.toPlainText() == untouched
    again.work.area.editor.redo()
    assert again.work.area.editor.toPlainText() == edited
    # The findings are looked up again in the sources that were read again.
    qtbot.waitUntil(lambda: bool(found(again, "DATE_SPACE")), timeout=5000)
    assert again.work.session.draft().sections[0].title == session.draft().sections[0].title


@pytest.mark.parametrize("task", [task.id for task in all_tasks()])
def test_the_draft_of_every_task_comes_back_as_it_was(stage: Stage, other: Stage, qtbot: QtBot, task: str) -> None:
    window = written(stage, qtbot, task)
    again = other.open()
    again.work.restore(stored(window), window.work.cards.documents())
    assert again.work.session.draft() == window.work.session.draft()
    assert again.work.session.history.words == window.work.session.history.words
    assert seen(again) == seen(window)
    steps = 0
    while window.work.area.editor.document().isUndoAvailable() and steps < 9:
        steps += 1
        window.work.area.editor.undo()
        again.work.area.editor.undo()
        assert again.work.area.editor.toPlainText() == window.work.area.editor.toPlainText()


def test_a_completion_comes_back_and_still_falls_with_an_edit(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "summary")
    review = Review("2026-05-08T10:00:00+09:00", "kim", ("input",))
    window.work.session.review.complete(review)
    again = other.open()
    again.work.restore(stored(window))
    assert again.work.session.draft().review == review
    assert {str(state) for state in again.work.session.states.values()} == {"검토 완료"}
    put(again, "다른 글이다.", first(again))
    assert again.work.session.draft().review is None
    again.work.area.editor.undo()
    assert again.work.session.draft().review == review


def test_a_proposal_comes_back(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    name = first(window)
    made = window.work.session.states[name].made
    assert made is not None
    window.work.session.proposals.begin(name, "절")
    window.work.session.proposals.finish(replace(made, text=made.text + "\nㅇ 보탠 말임"), ())
    again = other.open()
    again.work.restore(stored(window))
    (piece,) = again.work.session.proposals.pieces()
    assert piece.new == "\nㅇ 보탠 말임"
    again.work.session.proposals.take([piece])
    assert again.work.session.text.section_text(name).endswith("보탠 말임")


def test_a_half_written_section_is_marked(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    work = stored(window)
    marks = tuple(replace(mark, phase="writing") if mark.id == first(window) else mark for mark in work.marks)
    again = other.open()
    again.work.restore(replace(work, marks=marks))
    assert again.work.session.unfinished == [first(window)]
    assert "쓰다 멈춘 절" in messages(again)


def test_a_source_that_has_changed_is_told(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    work = stored(window)
    stage.source(lines=("다른 글",))
    again = other.open()
    again.work.restore(work)
    qtbot.waitUntil(lambda: "달라졌거나 찾지 못한 자료" in messages(again))
    assert again.work.session.request is not None and again.work.session.request.sources == ()


def test_sources_that_were_stored_are_not_read_again(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "report")
    documents: list[Document] = list(window.work.cards.documents())
    Path(documents[0].path).unlink()
    again = other.open()
    again.work.restore(stored(window), documents)
    assert again.work.session.request is not None and again.work.session.request.sources == tuple(documents)
    assert [card.source.state for card in again.work.cards.cards] == ["ready"]
    assert "찾지 못한 자료" not in messages(again)


def test_nothing_is_stored_without_a_draft(stage: Stage) -> None:
    assert stage.open().work.snapshot() is None


def test_marks_of_sentences_without_evidence_come_back(stage: Stage, other: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot, "swot")
    add_line(window, "strengths", BARE)
    qtbot.waitUntil(lambda: BARE in marked(window), timeout=20_000)
    again = other.open()
    again.work.restore(stored(window))
    assert marked(again) == marked(window)
