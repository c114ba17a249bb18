"""Asking the library in the real window: beside the document, under the lock, in the history, within the policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.ui.asked import REWORDED, Script, reply
from tests.ui.conftest import Stage
from tests.ui.test_never_lost import drafted, section
from tests.ui.vault_stage import Start, home, opened, quick_derivation, ring, settled, start, store

from biseo.asking import AnswerSentence, Citation
from biseo.library import Hit
from biseo.library.snippet import Snippet
from biseo.policy import Policy
from biseo.settings import Settings
from biseo_ui.main_window import MainWindow
from biseo_ui.standstill import TAB
from biseo_ui.widgets.ask_view import AskView
from biseo_ui.widgets.keyboard_frame import in_reading_order

__all__ = ["home", "quick_derivation", "ring", "start", "store"]
pytestmark = pytest.mark.usefixtures("store")
RULE = "제14조(처리기간) 민원은 접수한 날부터 14일 이내에 처리하여야 한다."
LINES = (
    "한빛시 민원 처리 편람",
    "제13조(접수) 접수 부서는 접수증을 준다.",
    RULE,
    "제15조(통지) 결과는 서면으로 알린다.",
)
QUESTION = "처리기간은 며칠인가요?"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with a manual."""
    folder = tmp_path / "민원 편람 모음"
    folder.mkdir()
    (folder / "편람.txt").write_text("\n".join(LINES), encoding="utf-8")
    return folder


def script_of(shelf: Path) -> Script:
    """Answers with the rule of that manual."""
    text, source = "\n".join(LINES), str(shelf / "편람.txt")
    start = text.index(RULE)
    cited = Citation(source, 1, "제14조(처리기간)", RULE, start, start + len(RULE))
    hit = Hit(1, 9.0, source, 1, RULE, "", "제14조(처리기간)", start, start + len(RULE), "txt", Snippet(RULE, ()), ())
    made = reply(QUESTION, AnswerSentence(RULE, (cited,), True))
    script = Script({QUESTION: replace(made, nearest=(hit,))}, hits=(hit,))
    script.gate.set()
    return script


def asking_window(stage: Stage, qtbot: QtBot, shelf: Path, script: Script) -> MainWindow:
    """The window with a folder in its library, 묻기 in front."""
    stage.services = replace(stage.services, ask=script)
    window = opened(stage, qtbot)
    window.library.add(shelf)
    qtbot.waitUntil(lambda: bool(window.library.folders and window.library.folders[0].documents), timeout=15_000)
    qtbot.waitUntil(lambda: window.models.known and not window.library.look.running, timeout=15_000)
    window.show_place("library")
    window.library_page.tabs.setCurrentIndex(TAB)
    return window


def ask(window: MainWindow, qtbot: QtBot, words: str = QUESTION) -> AskView:
    view = window.library_page.asking.view
    view.field.setPlainText(words)
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(view.cards) and not view.desk.busy, timeout=10_000)
    return view


def test_citation_opens_its_sentence_in_the_document(start: Start, qtbot: QtBot, shelf: Path) -> None:
    window = asking_window(start(), qtbot, shelf, script_of(shelf))
    place = window.library_page.asking
    assert place.view.field.hasFocus() and place.viewer.isHidden()
    view = ask(window, qtbot)
    chip = view.cards[0].sentences[0].chips[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)  # by keyboard
    assert place.viewer.isVisible()
    qtbot.waitUntil(lambda: place._document is not None, timeout=10_000)
    qtbot.waitUntil(lambda: place.viewer.marked_text() == RULE, timeout=5000)  # the sentence, not the file
    assert "제15조" in place.viewer.text.toPlainText()
    place.viewer.back.click()
    assert place.viewer.isHidden() and chip.hasFocus()
    (shelf / "편람.txt").unlink()
    chip.click()
    qtbot.waitUntil(lambda: "읽어 둔 대목만" in place.viewer.note.text(), timeout=10_000)
    assert RULE in place.viewer.text.toPlainText()


def test_lock_takes_every_word_and_brings_all_back(start: Start, qtbot: QtBot, shelf: Path) -> None:
    stage, script = start(), script_of(shelf)
    window = asking_window(stage, qtbot, shelf, script)
    view = ask(window, qtbot)
    view.cards[0].sentences[0].chips[0].click()
    view.field.setPlainText("아직 묻지 않은 말")
    talk, work = view.desk.talk, view.desk.keeper.id
    settled(stage, qtbot)
    window.lock.lock()
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    assert "library_page" not in window.__dict__ and not vars(view)
    window.lock.page.button.click()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    again = window.library_page.asking
    assert window.rail.place == "library" and window.library_page.tabs.currentIndex() == TAB
    assert again.desk.talk == talk and again.desk.keeper.id == work
    assert again.view.field.toPlainText() == "아직 묻지 않은 말" and len(again.view.cards) == 1
    ask(window, qtbot, "연장하면요?")
    settled(stage, qtbot)
    found: list[int] = []
    assert stage.vault is not None
    stage.vault.call(lambda vault: len([e for e in vault.works() if e.task == "ask"])).item.connect(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [1]


def test_empty_conversation_stays_empty_under_the_lock(start: Start, qtbot: QtBot, shelf: Path) -> None:
    stage = start()
    window = asking_window(stage, qtbot, shelf, script_of(shelf))
    ask(window, qtbot).anew.click()
    settled(stage, qtbot)
    window.lock.lock()
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    window.lock.page.button.click()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    settled(stage, qtbot)
    assert window.library_page.asking.isVisible() and not window.library_page.asking.desk.talk.turns


def test_every_citation_is_reached_by_tab(start: Start, qtbot: QtBot, shelf: Path) -> None:
    window = asking_window(start(), qtbot, shelf, script_of(shelf))
    view = ask(window, qtbot)
    row = view.cards[0].sentences[0]
    order = list(in_reading_order(window.centralWidget()))
    places = [order.index(each) for each in (row.chips[0], row.insert, view.cards[0].copy, view.field, view.send)]
    assert places == sorted(places)


def test_lock_stops_an_answer_under_way(start: Start, qtbot: QtBot, shelf: Path) -> None:
    script = script_of(shelf)
    script.gate.clear()
    window = asking_window(start(), qtbot, shelf, script)
    view = window.library_page.asking.view
    view.field.setPlainText(QUESTION)
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.cards[0].turn.state == "writing", timeout=10_000)
    window.lock.lock()
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    window.lock.page.button.click()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    turn = window.library_page.asking.desk.talk.turns[0]
    assert turn.state == "stopped" and turn.passages and not turn.sentences


def test_conversation_comes_back_at_the_next_start_and_draft_page_is_empty(
    start: Start, qtbot: QtBot, shelf: Path
) -> None:  # fmt: skip
    stage = start()
    window = asking_window(stage, qtbot, shelf, script_of(shelf))
    view = ask(window, qtbot)
    talk = view.desk.talk
    settled(stage, qtbot)
    stage = start()
    stage.services = replace(stage.services, ask=script_of(shelf))
    window = opened(stage, qtbot)
    assert not window.work.session.has_draft and not window.work.area.alerts.messages()
    window.show_place("library")
    window.library_page.tabs.setCurrentIndex(TAB)
    desk = window.library_page.asking.desk
    qtbot.waitUntil(lambda: desk.talk == talk, timeout=10_000)


def test_history_opens_and_deletes_a_conversation(start: Start, qtbot: QtBot, shelf: Path) -> None:
    stage = start()
    window = asking_window(stage, qtbot, shelf, script_of(shelf))
    view = ask(window, qtbot)
    view.anew.click()
    settled(stage, qtbot)
    window.show_place("history")
    page = window.history_page
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    assert "자료실에 묻기" in page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    page.open_current()
    qtbot.waitUntil(lambda: len(view.cards) == 1, timeout=5000)
    assert window.rail.place == "library" and view.isVisible()
    window.show_place("history")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    page.card.ask_delete()
    page.card.sure.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=5000)
    assert not view.cards and view.desk.keeper.id == ""


def test_copying_passes_policy_and_privacy(start: Start, qtbot: QtBot, shelf: Path) -> None:
    script = script_of(shelf)
    script.answers["전화는?"] = reply("전화는?", replace(REWORDED, text="담당자 휴대전화는 010-1234-5678입니다."))
    window = asking_window(start(), qtbot, shelf, script)
    asked: list[str] = []
    window.work.privacy.ask = lambda _parent, found, _way, then, **_more: (asked.append(found), then("mask"))
    view = ask(window, qtbot)
    view.cards[0].copy.click()
    assert RULE in QGuiApplication.clipboard().text() and not asked
    ask(window, qtbot, "전화는?")
    view.cards[1].copy.click()
    assert asked and "010-1234-5678" not in QGuiApplication.clipboard().text()


def test_policy_without_clipboard_locks_the_button(start: Start, qtbot: QtBot, shelf: Path) -> None:
    stage = start()
    stage.policy = Policy(clipboard=False)
    window = asking_window(stage, qtbot, shelf, script_of(shelf))
    QGuiApplication.clipboard().clear()
    view = ask(window, qtbot)
    copy = view.cards[0].copy
    assert not copy.isEnabled() and copy.toolTip() == stage.policy.reason("clipboard")
    view.copy_wanted.emit("그래도")
    assert view.alerts.messages()[0].text == stage.policy.reason("clipboard")
    assert QGuiApplication.clipboard().text() == ""


def test_retention_of_nothing_sweeps_the_conversation_at_the_end(
    start: Start, qtbot: QtBot, shelf: Path
) -> None:  # fmt: skip
    stage = start()
    stage.settings = Settings(notice_read=True, retention_days=0)
    window = asking_window(stage, qtbot, shelf, script_of(shelf))
    ask(window, qtbot)
    settled(stage, qtbot)
    stage = start()
    opened(stage, qtbot)
    found: list[int] = []
    assert stage.vault is not None
    stage.vault.call(lambda vault: vault.count()).item.connect(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [0]


def test_without_a_folder_the_way_leads_to_the_folders(start: Start, qtbot: QtBot, shelf: Path) -> None:
    window = opened(start(), qtbot)
    qtbot.waitUntil(lambda: window.library.folders is not None, timeout=10_000)
    window.show_place("library")
    window.library_page.tabs.setCurrentIndex(TAB)
    start_page = window.library_page.asking.view.start
    assert start_page.folders.isVisible()
    start_page.folders.click()
    assert window.library_page.tabs.currentIndex() == 0 and window.library_page.first.hasFocus()


def test_escape_stops_the_answer_and_not_a_draft(start: Start, qtbot: QtBot, shelf: Path) -> None:
    script = script_of(shelf)
    script.gate.clear()
    window = asking_window(start(), qtbot, shelf, script)
    view = window.library_page.asking.view
    view.field.setPlainText(QUESTION)
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.cards[0].turn.state == "writing", timeout=10_000)
    stopped: list[bool] = []
    window.work.stop = lambda: stopped.append(True)  # type: ignore[method-assign]
    view.cards[0].passages.fold.setFocus()
    qtbot.keyClick(view.cards[0].passages.fold, Qt.Key.Key_Escape)
    assert not view.desk.busy and not stopped
    assert window.library._held is False


def test_sentence_goes_into_the_draft_with_its_citation(start: Start, qtbot: QtBot, shelf: Path) -> None:
    stage = start()
    stage.services = replace(stage.services, ask=script_of(shelf))
    window = drafted(stage, qtbot)
    window.library.add(shelf)
    qtbot.waitUntil(lambda: bool(window.library.folders and window.library.folders[0].documents), timeout=15_000)
    name = section(window)
    cursor = window.work.area.editor.text.end_of(name)
    assert cursor is not None
    window.work.area.editor.setTextCursor(cursor)
    window.show_place("library")
    window.library_page.tabs.setCurrentIndex(TAB)
    view = ask(window, qtbot)
    view.cards[0].sentences[0].insert.click()
    assert window.rail.place == "write"
    text = window.work.area.editor.text.section_text(name)
    assert "14일 이내에 처리하여야 한다(「편람」 제14조)." in text
    qtbot.waitUntil(lambda: window.work.cards.find("편람.txt") is not None, timeout=10_000)
