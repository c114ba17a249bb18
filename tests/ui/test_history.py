"""The history: works are listed, found, opened again, compared, and deleted so that nothing of them stays."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage
from tests.ui.test_never_lost import drafted, section
from tests.ui.test_review import put
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.vault import Vault, open_vault
from biseo.worksession import SectionMark, SectionWords, WorkSession
from biseo_ui.item_models.history_model import ABOUT_ROLE, when
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.history_page import HistoryPage
from biseo_ui.work_entry import entry_of

LEFT = Qt.MouseButton.LeftButton


def made_up(number: int, words: str = "") -> WorkSession:
    """A stored draft."""
    text = f"ㅇ {number}번째 등불을 골목에 건다. {words}"
    return WorkSession(
        "report",
        {"name": f"등불 보고 {number}"},
        words=(SectionWords("#title", text=f"등불 보고 {number}"), SectionWords("background", text=text)),
        marks=(SectionMark("background", "추진 배경", machine=text),),
    )


def keep(vault: Vault, work: WorkSession, label: str = "", name: str = "") -> str:
    """Put it into a store; its id."""
    name = name or vault.new_id()
    entry = entry_of(work)
    vault.save_work(
        name, work.to_json().encode(), title=entry.title, task=work.task, phase=entry.phase, text=entry.text, keep=label
    )
    return name


def filled(home: Path, ring: MemoryKeyring, count: int) -> None:
    with open_vault(home, keyring=ring) as vault:
        for number in range(count):
            keep(vault, made_up(number, "여울" if number == 1 else ""))


def history(stage: Stage, qtbot: QtBot, rows: int | None = None) -> tuple[MainWindow, HistoryPage]:
    """Its history page, shown and filled."""
    window = opened(stage, qtbot)
    window.show_place("history")
    page = window.history_page
    if rows is not None:
        qtbot.waitUntil(lambda: page.model.rowCount() == rows, timeout=10_000)
    return window, page


def titles(page: HistoryPage) -> list[str]:
    return [str(page.model.index(row).data()) for row in range(page.model.rowCount())]


def test_an_empty_history_says_how_it_is_filled(start: Start, store: str, qtbot: QtBot) -> None:
    _window, page = history(start(), qtbot)
    qtbot.waitUntil(lambda: "아직 보관한 작업이 없습니다." in page.nothing.text())
    assert page.nothing.isVisible()


def test_without_a_store_the_history_says_so(stage: Stage) -> None:
    window = stage.open()
    window.show_place("history")
    assert "저장소를 쓰지 않고" in window.history_page.nothing.text()


def test_works_are_listed_found_and_opened(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 3)
    window, page = history(start(), qtbot, 3)
    assert titles(page) == ["등불 보고 2", "등불 보고 1", "등불 보고 0"]
    about = str(page.model.index(1).data(ABOUT_ROLE))
    assert about.startswith("보고서 · 초안 · 오늘")
    page.search.setText("여울")
    qtbot.waitUntil(lambda: titles(page) == ["등불 보고 1"])
    assert "여울" in str(page.model.index(0).data(ABOUT_ROLE))
    page.search.setText("없는말")
    qtbot.waitUntil(lambda: "찾는 말이 든 작업이 없습니다." in page.nothing.text())
    page.search.setText("여울")
    qtbot.waitUntil(lambda: titles(page) == ["등불 보고 1"])
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.work)
    assert "여울" in window.work.area.editor.toPlainText()
    assert window.rail.place == "write"


def test_what_was_on_the_page_is_kept_when_another_is_opened(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 1)
    stage = start()
    window = drafted(stage, qtbot)
    qtbot.waitUntil(lambda: bool(window.keeper.id))
    put(window, "골목마다 종을 단다.", section(window))
    mine = window.keeper.id
    window.show_place("history")
    page = window.history_page
    qtbot.waitUntil(lambda: page.model.rowCount() >= 1)
    other = next(row for row, title in enumerate(titles(page)) if page.model.entry(row).id != mine)  # type: ignore[union-attr]
    page.list.setCurrentIndex(page.model.index(other))
    qtbot.mouseClick(page.card.open, LEFT)
    qtbot.waitUntil(lambda: window.keeper.id not in ("", mine), timeout=10_000)
    assert stage.dialogs.asked == []
    window.show_place("history")
    qtbot.waitUntil(lambda: page.model.row_of(mine) >= 0)
    page.list.setCurrentIndex(page.model.index(page.model.row_of(mine)))
    page.open_current()
    qtbot.waitUntil(lambda: window.keeper.id == mine, timeout=10_000)
    assert "골목마다 종을 단다." in window.work.area.editor.toPlainText()


def test_deleting_asks_in_the_page_and_takes_everything(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 3)
    window, page = history(start(), qtbot, 3)
    chosen = page.current()
    assert chosen is not None
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.card.question.isVisible() and "되살릴 수 없습니다" in page.card._asking.text()
    qtbot.mouseClick(page.card.keep, LEFT)
    assert not page.card.question.isVisible() and page.model.rowCount() == 3
    qtbot.mouseClick(page.card.remove, LEFT)
    qtbot.mouseClick(page.card.sure, LEFT)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    assert page.model.row_of(chosen.id) == -1
    assert page.current() is not None
    start()
    with open_vault(home, keyring=ring) as vault:
        assert vault.work(chosen.id) is None
        assert [line.action for line in vault.audit_lines()].count("delete") == 1
    del window


def test_deleting_the_work_on_the_page_empties_the_page(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    window.show_place("history")
    page = window.history_page
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert "지금 열려 있음" in str(page.model.index(0).data(ABOUT_ROLE))
    page.card.ask_delete()
    page.card.sure.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=10_000)
    assert not window.work.session.has_draft
    settled(stage, qtbot)
    assert window.keeper.id == ""


def test_two_versions_are_compared(start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    with open_vault(home, keyring=ring) as vault:
        name = keep(vault, made_up(1, "앞선 말을 둔다."), "초안 작성")
        vault.flush()
        keep(vault, made_up(1, "나중 말을 둔다."), "파일로 저장", name)
        vault.flush()
        keep(vault, made_up(1, "지금 말을 둔다."), "", name)
    _window, page = history(start(), qtbot, 1)
    qtbot.waitUntil(lambda: page.card.difference.isVisible() and bool(page.card.difference.model.pieces))
    assert page.card.older.count() == 2 and page.card.newer.count() == 3
    (piece,) = page.card.difference.model.pieces
    assert "나중" in piece.old and "지금" in piece.new and piece.title == "추진 배경"
    page.card.older.setCurrentIndex(1)
    page.card.newer.setCurrentIndex(1)
    page.card._on_version()
    qtbot.waitUntil(lambda: "앞선" in page.card.difference.model.pieces[0].old)


def test_while_a_draft_is_written_nothing_takes_its_place(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    filled(home, ring, 1)
    stage = start()
    window = opened(stage, qtbot)
    qtbot.waitUntil(lambda: bool(window.keeper.id) and window.models.known)
    window.show_place("history")
    page = window.history_page
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    window.work.session._job = object()  # type: ignore[assignment]
    page.anew.click()
    assert "쓰는 중입니다" in page.alerts.messages()[0].text
    window.work.session._job = None


def test_retention_is_set_in_the_settings(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    window.show_place("settings")
    box = window.settings_page.retention
    assert box.currentText() == "90일"
    box.setCurrentIndex(box.findData(7))
    box.activated.emit(box.currentIndex())
    assert stage.settings.retention_days == 7


def test_ten_thousand_works_do_not_hold_the_window(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    with open_vault(home, keyring=ring) as vault:
        data = made_up(1).to_json().encode()
        for number in range(10_000):
            vault.save_work(
                vault.new_id(), data, title=f"등불 보고 {number}", task="report", phase="draft", text="골목"
            )
    window, page = history(start(), qtbot, 10_000)
    began = time.perf_counter()
    page.model.show([page.model.entry(row) for row in range(10_000)], "")  # type: ignore[misc]
    page.list.scrollToBottom()
    page.list.repaint()
    assert time.perf_counter() - began < 0.3
    page.search.setText("9998")
    qtbot.waitUntil(lambda: titles(page) == ["등불 보고 9998"], timeout=5000)
    del window


def test_times_are_told_as_people_do() -> None:
    from datetime import datetime

    now = datetime(2026, 5, 8, 15, 0)
    assert when(datetime(2026, 5, 8, 9, 5).timestamp(), now) == "오늘 09:05"
    assert when(datetime(2026, 5, 7, 23, 59).timestamp(), now) == "어제 23:59"
    assert when(datetime(2025, 12, 31, 0, 0).timestamp(), now) == "2025. 12. 31. 00:00"
    assert when(1e40) == ""
