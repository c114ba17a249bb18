"""자료실에 묻기: what is asked, shown at once, answered, cited, stopped, copied."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.asked import CITED, HITS, LAW, PERIOD, QUOTE, REWORDED, Script, Shelf, asking, reply
from tests.ui.conftest import FakeStore, Stage

from biseo.asking import NOT_ADVICE, REFUSAL
from biseo_models.errors import ModelError
from biseo_ui.ask_record import from_json
from biseo_ui.widgets.ask_view import AskView, ShelfNews

QUESTION = "처리기간은 며칠인가요?"


def typed(view: AskView, qtbot: QtBot, words: str) -> None:
    """Somebody types a question and presses Enter."""
    view.field.setFocus()
    view.field.setPlainText(words)
    qtbot.keyClick(view.field, Qt.Key.Key_Return)


def answered(view: AskView, qtbot: QtBot, script: Script, words: str = QUESTION) -> None:
    script.gate.set()
    typed(view, qtbot, words)
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)


def test_passages_come_at_once_and_the_answer_takes_their_place(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    typed(view, qtbot, QUESTION)
    assert view.field.question() == ""
    card = view.cards[0]
    qtbot.waitUntil(lambda: card.turn.state == "writing", timeout=5000)  # the model is at it
    assert len(card.passages.places()) == 4 and not card.passages.isHidden()
    assert "제14조(처리기간)" in card.passages.places()[0].accessibleName()
    assert "중" in card.status.text() and not card.sentences and card.buttons.isHidden()
    assert view.send.text() == "멈춤"
    script.gate.set()
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    assert [row.sentence for row in card.sentences] == [QUOTE, REWORDED]
    assert not card.passages.fold.isChecked() and card.passages.fold.text() == "찾은 대목 5개 보기"
    assert "초안" in card.ribbon.text() and not card.ribbon.isHidden()
    assert card.legal.text() == NOT_ADVICE and not card.legal.isHidden()
    assert view.send.text() == "묻기"
    assert [each[1] for each in script.asked] == [False, True]


def test_quotation_is_shown_as_one_and_citations_open_their_place(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    first, second = view.cards[0].sentences
    assert first.words.text().startswith("“") and second.words.text() == REWORDED.text
    assert [chip.text() for chip in second.chips] == ["[2]", "[1]"]  # numbered in the order of the answer
    assert "제21조(처리기간의 연장) · 4쪽" in second.chips[0].accessibleName()
    opened: list[tuple[str, int, int, int]] = []
    view.citation_opened.connect(lambda *place: opened.append(place))
    qtbot.mouseClick(first.chips[0], Qt.MouseButton.LeftButton)
    second.chips[0].setFocus()
    qtbot.keyClick(second.chips[0], Qt.Key.Key_Space)
    qtbot.mouseClick(view.cards[0].places[1], Qt.MouseButton.LeftButton)
    view.cards[0].passages.fold.click()
    view.cards[0].passages.places()[2].click()
    assert opened[0] == (LAW, CITED[0].start, CITED[0].stop, 3)
    assert opened[1] == opened[2] == (LAW, CITED[1].start, CITED[1].stop, 4)
    assert opened[3] == (HITS[2].source, HITS[2].start, HITS[2].stop, 0)


def test_what_rules_decide_needs_no_model(stage: Stage, qtbot: QtBot) -> None:
    opened: list[object] = []
    stage.services = replace(stage.services, open_engine=lambda entry: opened.append(entry) or stage.engine)
    script = Script(sure=True)
    view = asking(stage, qtbot, script)
    typed(view, qtbot, QUESTION)  # the model would hold it back
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    card = view.cards[0]
    assert len(script.asked) == 1 and not opened and len(card.sentences) == 2
    assert card.ribbon.text().startswith("규칙으로 찾은 답") and card.note.isHidden()


def test_passages_do_not_wait_for_the_encoder(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(Shelf, "loaded", False)
    script = Script()
    loading = threading.Event()

    def slowly(*asked: Any) -> Iterator[Any]:
        assert loading.wait(10)  # the encoder
        yield from script(*asked)

    view = asking(stage, qtbot, slowly)
    typed(view, qtbot, QUESTION)
    qtbot.waitUntil(lambda: len(view.cards[0].passages.places()) == 4, timeout=5000)
    assert view.cards[0].turn.state == "searching"
    loading.set()
    script.gate.set()
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    assert view.cards[0].sentences


def test_refusal_says_so_and_shows_the_nearest(stage: Stage, qtbot: QtBot) -> None:
    script = Script({QUESTION: reply(QUESTION)})
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    card = view.cards[0]
    assert card.refusal.text().startswith(REFUSAL) and card.ribbon.isHidden() and card.legal.isHidden()
    assert len(card.passages.places()) == 4 and card.passages.fold.isChecked()
    card.passages.more.click()
    assert len(card.passages.places()) == 5 and card.passages.more.isHidden()


def test_keys(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    field = view.field
    field.setFocus()
    one_line = field.height()
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "b")
    assert field.toPlainText() == "a\nb" and field.height() > one_line and not script.asked
    QApplication.sendEvent(field, QInputMethodEvent("갸", []))  # a syllable is being composed
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not view.desk.busy and not view.cards
    done = QInputMethodEvent()
    done.setCommitString("가")
    QApplication.sendEvent(field, done)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.desk.talk.turns[0].question == "a b가"
    script.gate.set()
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    qtbot.keyClick(field, Qt.Key.Key_Return)  # nothing to ask
    assert len(view.cards) == 1


def test_escape_stops_at_once_and_what_was_found_stays(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    typed(view, qtbot, QUESTION)
    qtbot.waitUntil(lambda: view.cards[0].turn.state == "writing", timeout=5000)
    began = time.monotonic()
    qtbot.keyClick(view.field, Qt.Key.Key_Escape)
    assert not view.desk.busy and time.monotonic() - began < 1
    card = view.cards[0]
    assert card.turn.state == "stopped" and "멈췄습니다" in card.note.text()
    assert len(card.passages.places()) == 4 and not card.sentences
    qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=1000)  # the model has really stopped
    assert view.desk.subject == ""
    script.gate.set()
    card.again.click()
    qtbot.waitUntil(lambda: len(view.cards) == 2 and not view.desk.busy, timeout=5000)
    assert view.cards[1].sentences


def test_second_question_waits_until_the_first_is_over(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    typed(view, qtbot, QUESTION)
    typed(view, qtbot, "수수료는 얼마인가요?")
    assert view.field.question() == "수수료는 얼마인가요?" and len(view.cards) == 1
    assert "앞의 질문" in view.alerts.messages()[0].text
    view.send.click()  # it reads 멈춤 now
    assert not view.desk.busy and view.field.question()


def test_follow_up_keeps_its_subject_until_it_is_taken_away(stage: Stage, qtbot: QtBot) -> None:
    more = "연장하면요?"
    script = Script({more: reply(more, REWORDED, carried="처리기간")})
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    assert view.subject.text() == f"이어 묻는 주제: {QUESTION}" and view._follow.isVisible()
    answered(view, qtbot, script, more)
    assert script.asked[-1][2] == (view.desk.talk.turns[0].turn,)
    assert view.cards[1].carried.text() == "이어서 물은 주제: 처리기간"
    view.drop.click()
    assert not view._follow.isVisible() and view.field.hasFocus()
    answered(view, qtbot, script, "수수료는요?")
    assert script.asked[-1][2] == () and view.desk.talk.turns[-1].apart
    answered(view, qtbot, script, "어디에 내나요?")
    assert [turn.question for turn in script.asked[-1][2]] == ["수수료는요?"]  # not what came before it


def test_without_a_model_rules_answer_and_say_so(stage: Stage, qtbot: QtBot) -> None:
    stage.store = FakeStore()
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    card = view.cards[0]
    assert [each[1] for each in script.asked] == [False]
    assert len(card.sentences) == 2 and card.ribbon.text().startswith("규칙으로 찾은 답")
    assert "모델이 없어" in card.note.text()


def test_model_that_dies_leaves_what_rules_found(stage: Stage, qtbot: QtBot) -> None:
    script = Script(error=ModelError("engine-died", "언어 모델이 멈췄습니다.", "다시 물어 주세요."))
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    card = view.cards[0]
    assert card.turn.state == "failed" and card.sentences and not card.turn.by_model
    assert card.note.text().startswith("언어 모델이 멈췄습니다. 다시 물어 주세요. 모델 없이")
    script.error = None
    card.again.click()
    qtbot.waitUntil(lambda: len(view.cards) == 2 and not view.desk.busy, timeout=5000)
    assert view.cards[1].turn.state == "done" and view.cards[1].turn.by_model


def test_fault_of_the_program_is_told_and_the_question_ends(stage: Stage, qtbot: QtBot) -> None:
    script = Script(error=ZeroDivisionError())
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    assert "예상하지 못한" in view.cards[0].note.text() and view.cards[0].passages.places() is not None
    assert [type(error) for error in stage.broke] == [ZeroDivisionError]
    stage.broke.clear()


def test_answer_waits_while_a_draft_is_written(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script, waiting=lambda: True)
    other = stage.runner.start("engine", lambda _cancel: iter(lambda: script.gate.wait(0.01), True))
    typed(view, qtbot, QUESTION)
    qtbot.waitUntil(lambda: view.cards[0].turn.state == "queued", timeout=5000)
    assert "그 일이 끝나면" in view.cards[0].status.text() and len(view.cards[0].passages.places()) == 4
    script.gate.set()
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    assert view.cards[0].sentences
    del other


def test_words_so_far_are_shown_and_whole_sentences_are_told(stage: Stage, qtbot: QtBot) -> None:
    script = Script(words=("기간은", "기간은 14일입니다. 그리고", "기간은 14일입니다. 그리고 알립니다. 끝"))
    view = asking(stage, qtbot, script)
    said: list[str] = []
    view._say = said.append  # type: ignore[method-assign]
    typed(view, qtbot, QUESTION)
    qtbot.waitUntil(lambda: view.cards[0].draft.text().endswith("끝"), timeout=5000)
    assert (
        said == ["대목 5개를 찾았습니다.", "기간은 14일입니다.", "그리고 알립니다."]
        and not view.cards[0].draft.isHidden()
    )
    script.gate.set()
    qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    assert view.cards[0].draft.isHidden() and said[-1] == "답이 나왔습니다. 문장 2개, 근거 2개."


def test_states_of_the_library(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    wanted: list[bool] = []
    view.folders_wanted.connect(lambda: wanted.append(True))
    view.show_news(ShelfNews(True, 0))
    assert view.start.folders.isVisible() and not view.start.suggestions[0].isVisible()
    view.start.folders.click()
    assert wanted == [True]
    view.show_news(ShelfNews(True, 1, True, 3, 12))
    assert "3 / 12" in view.state.text() and view.state.isVisible() and not view.start.folders.isVisible()
    view.show_news(ShelfNews(True, 1))
    assert not view.state.isVisible()
    view.start.suggestions[1].click()
    assert view.field.question() == view.start.suggestions[1].text() and view.field.hasFocus()


def test_answer_is_copied_with_its_sources(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    copied: list[str] = []
    view.copy_wanted.connect(copied.append)
    view.cards[0].copy.click()
    lines = copied[0].split("\n")
    assert lines[0] == "인공지능 초안 – 담당자 검토 전" and lines[1] == f"질문: {QUESTION}"
    assert f"“{PERIOD}” [1]" in lines and f"{REWORDED.text} [2][1]" in lines
    assert f"[1] 민원 처리에 관한 규정.pdf · 제14조(처리기간) · 3쪽: “{PERIOD}”" in lines
    assert lines[-1] == NOT_ADVICE


def test_sentence_is_wanted_in_the_draft(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    wanted: list[object] = []
    view.passage_wanted.connect(wanted.append)
    view.cards[0].sentences[1].insert.click()
    assert wanted == [REWORDED]


def test_deleting_asks_first(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    view.delete.click()
    assert view.question.isVisible() and view.keep.hasFocus()
    qtbot.keyClick(view.keep, Qt.Key.Key_Escape)
    assert not view.question.isVisible() and view.cards
    view.delete.click()
    view.sure.click()
    assert not view.cards and view.stack.currentIndex() == 0 and not view.desk.talk.turns


def test_new_subject_asks_first_where_nothing_is_kept(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    view.anew.click()
    assert view.question.isVisible() and view.cards and "지웁니다" in view.anew.toolTip()


def test_long_conversation_shows_its_last_turns_first(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    script.gate.set()
    for number in range(15):
        view.desk.ask(f"질문 {number}")
        qtbot.waitUntil(lambda: not view.desk.busy, timeout=5000)
    talk = from_json(view.desk.talk.to_json())
    assert talk == view.desk.talk
    view.desk._show(talk)
    qtbot.waitUntil(lambda: len(view.cards) == 12, timeout=5000)
    assert view.cards[0].turn.question == "질문 3" and view.older.isVisible()
    view.older.click()
    assert [card.turn.question for card in view.cards] == [f"질문 {number}" for number in range(15)]
    assert not view.older.isVisible()


def test_every_control_has_a_name(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)
    view.cards[0].passages.fold.click()
    for button in view.findChildren(QPushButton):
        assert (button.accessibleName() or button.text()).strip()
    assert all(row.insert.accessibleName() for row in view.cards[0].sentences)
    assert view.field.accessibleName() and view.scroll.accessibleName()


def test_no_step_takes_long(stage: Stage, qtbot: QtBot) -> None:
    script = Script()
    view = asking(stage, qtbot, script)
    answered(view, qtbot, script)  # what is loaded once
    longest = 0.0
    began = time.perf_counter()
    typed(view, qtbot, "수수료는 얼마인가요?")
    longest = max(longest, time.perf_counter() - began)
    while view.desk.busy:
        began = time.perf_counter()
        stage.app.processEvents()
        longest = max(longest, time.perf_counter() - began)
    QTest.qWait(0)
    assert longest < 0.25  # 50 ms alone; other work runs on this PC meanwhile
