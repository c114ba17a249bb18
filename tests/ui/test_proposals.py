"""What the program would change is shown first; what stands there stays until it is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_review import place, put
from tests.ui.test_side_by_side import PARTS, WORDS, Drafter, begun, drafter, texts, told
from tests.ui.test_window import take_all

from biseo.document import Section
from biseo.events import SectionFinished, SectionStarted, SectionText
from biseo_ui.item_models.pieces_model import spoken
from biseo_ui.main_window import MainWindow

__all__ = ["drafter"]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NEW = "□ 시민이 책잔치를 많이 찾았다.\nㅇ 작가 강연을 듣는다.\nㅇ 새로 보탠 말이다."


@pytest.fixture
def window(stage: Stage, drafter: Drafter, qtbot: QtBot) -> MainWindow:
    made = begun(stage, qtbot)
    drafter.plan()
    drafter.side_by_side()
    drafter.finish(*PARTS)
    with qtbot.waitSignal(made.work.session.ended):
        told(made, drafter, qtbot)
        drafter.drafted()
    return made


def rewrite(window: MainWindow, drafter: Drafter, qtbot: QtBot, text: str = NEW) -> None:
    """Have the second section written anew."""
    with qtbot.waitSignal(window.work.session.ended):
        window.work.session.rewrite("status")
        drafter.tell(SectionStarted("status"), SectionText("status", text[:5]))
        drafter.tell(SectionFinished(replace(drafter.section("status"), text=text), ()), None)


def test_words_stream_into_the_proposal_and_the_page_can_be_edited(
    window: MainWindow, drafter: Drafter, qtbot: QtBot
) -> None:
    work, session = window.work, window.work.session
    session.rewrite("status")
    drafter.tell(SectionStarted("status"), SectionText("status", "□ 시민이"))
    told(window, drafter, qtbot)
    assert texts(window) == WORDS
    assert work.right.currentWidget() is work.proposals
    assert work.proposals.stream.toPlainText() == "□ 시민이"
    assert str(session.states["status"]) == "다시 쓰는 중"
    assert not work.area.editor.locked
    cursor = session.text.end_of("status")
    assert cursor is not None
    cursor.insertText(" 손으로 보탠 말이다.")
    kept = session.text.section_text("status")
    with qtbot.waitSignal(session.ended):
        drafter.tell(SectionFinished(replace(drafter.section("status"), text=NEW), ()), None)
    assert session.text.section_text("status") == kept
    assert str(session.states["status"]) == "고칠 글 있음"
    assert any("손으로" in piece.old for piece in session.proposals.pieces())
    work.proposals.leave_rest()
    assert session.text.section_text("status") == kept
    assert work.right.currentWidget() is work.review


def test_pieces_are_taken_and_left_by_key_and_undone_one_by_one(
    window: MainWindow, drafter: Drafter, qtbot: QtBot
) -> None:
    work, session, editor = window.work, window.work.session, window.work.area.editor
    rewrite(window, drafter, qtbot)
    pieces = session.proposals.pieces()
    assert [(piece.old, piece.new) for piece in pieces] == [
        ("시민이 책잔치를 찾았다." if pieces[0].old[0] != "□" else "□ 시민이 책잔치를 찾았다.", NEW.split("\n")[0]),
        ("", "\nㅇ 새로 보탠 말이다."),
    ]
    assert "바꿀 글" in spoken(pieces[0]) and "더할 글" in spoken(pieces[1])
    place(window, qtbot)
    work.reviewing.show_proposals()
    qtbot.keyClick(work.proposals.list, Qt.Key.Key_Period, CTRL)
    first = {**WORDS, "status": NEW.rsplit("\n", 1)[0]}
    assert texts(window) == first
    assert len(session.proposals.pieces()) == 1
    qtbot.keyClick(work.proposals.list, Qt.Key.Key_Z, CTRL)
    assert texts(window) == WORDS
    assert len(session.proposals.pieces()) == 2
    editor.redo()
    assert texts(window) == first
    qtbot.keyClick(work.proposals.list, Qt.Key.Key_Comma, CTRL)
    assert not session.proposals
    assert texts(window) == first
    assert work.right.currentWidget() is work.review


def test_all_is_one_step_and_makes_the_section_the_programs_again(
    window: MainWindow, drafter: Drafter, qtbot: QtBot
) -> None:
    work, session = window.work, window.work.session
    rewrite(window, drafter, qtbot)
    place(window, qtbot)
    work.reviewing.show_proposals()
    qtbot.keyClick(work.proposals.list, Qt.Key.Key_Period, CTRL | SHIFT)
    assert texts(window) == {**WORDS, "status": NEW}
    state = session.states["status"]
    assert not state.edited and state.made is not None and state.made.text == NEW
    work.area.editor.undo()
    assert texts(window) == WORDS
    work.area.editor.redo()
    assert texts(window) == {**WORDS, "status": NEW}


def test_leaving_all_by_key_changes_nothing(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    rewrite(window, drafter, qtbot)
    place(window, qtbot)
    window.work.reviewing.show_proposals()
    qtbot.keyClick(window.work.proposals.list, Qt.Key.Key_Comma, CTRL | SHIFT)
    assert texts(window) == WORDS
    assert not window.work.session.proposals


def test_a_stopped_proposal_can_be_taken_or_thrown_away(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    work, session = window.work, window.work.session
    for take in (False, True):
        with qtbot.waitSignal(session.ended) as ended:
            session.rewrite("status")
            drafter.tell(SectionStarted("status"), SectionText("status", "□ 시민이 책잔치를 많이 찾았다."))
            told(window, drafter, qtbot)
            work.stop()
        assert ended.args == ["stopped"]
        assert texts(window) == WORDS
        (piece,) = session.proposals.pieces()  # the second line is not proposed to go
        assert "많이" in piece.new
        assert "멈춘" in work.proposals._state.text()
        if take:
            take_all(window)
            assert texts(window)["status"].endswith("많이 찾았다.\nㅇ 작가 강연을 듣는다.")
        else:
            session.proposals.drop()
            assert texts(window) == WORDS
    assert session.unfinished == []


def test_a_proposal_that_changes_nothing_is_none(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    rewrite(window, drafter, qtbot, WORDS["status"])
    assert not window.work.session.proposals
    assert window.work.right.currentWidget() is window.work.review
    assert "고칠 글" not in str(window.work.session.states["status"])


def test_a_new_section_is_written_onto_the_page(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    put(window, "", "status")
    rewrite(window, drafter, qtbot)
    assert texts(window)["status"] == NEW
    assert not window.work.session.proposals


def test_pieces_move_with_the_officials_edits(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    rewrite(window, drafter, qtbot)
    put(window, WORDS["status"] + " 덧붙임.", "status")
    take_all(window)
    assert texts(window)["status"] == NEW
    window.work.area.editor.undo()
    assert texts(window)["status"] == WORDS["status"] + " 덧붙임."


def test_cells_of_a_table_are_pieces(window: MainWindow, drafter: Drafter, qtbot: QtBot) -> None:
    session = window.work.session
    old = Section("status", "현황", "", "rule", rows=(("가", "나"), ("다", "라\n마")), header_rows=1)
    session.text.put(replace(old, text="가\t나\n다\t라\n마"))
    session.text.end()
    new = replace(old, text="가\t새\n다\t라\n바", rows=(("가", "새"), ("다", "라\n바")))
    session.proposals.begin("status", "현황")
    session.proposals.finish(new, ())
    assert [(piece.old, piece.new) for piece in session.proposals.pieces()] == [("나", "새"), ("라\n마", "라\n바")]
    session.proposals.leave(session.proposals.pieces()[:1])
    take_all(window)
    assert session.text.rows("status") == (("가", "나"), ("다", "라\n바"))
    assert not session.proposals
    wider = replace(old, text="가\t나\t다", rows=(("가", "나", "다"),))
    session.proposals.begin("status", "현황")
    session.proposals.finish(wider, ())
    (piece,) = session.proposals.pieces()
    assert piece.whole
    take_all(window)
    assert session.text.rows("status") == wider.rows
    window.work.area.editor.undo()
    assert session.text.rows("status") == (("가", "나"), ("다", "라\n바"))
