"""The library in the window: folders are indexed in the background and searched, whatever else is done."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage, put_look, read_text
from tests.ui.test_idle_lock import all_words
from tests.ui.test_never_lost import drafted, section
from tests.ui.test_review import put
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened

from biseo.document import Block, Document
from biseo.library import Library, VaultShelf
from biseo.policy import Policy
from biseo.vault import open_vault
from biseo_models.folder_lock import FolderLock
from biseo_ui.item_models.hits_model import PLACE_ROLE
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.library_page import LibraryPage
from biseo_ui.widgets.rail import PLACES

LEFT = Qt.MouseButton.LeftButton
RULE = (
    "민원 처리 규정",
    "제1장 총칙",
    "제1조(목적) 이 규정은 민원의 처리에 필요한 사항을 정함을 목적으로 한다.",
    "제14조(처리기간의 연장) ① 부서의 장은 부득이한 사유로 처리하기 어려우면 그 기간을 한 차례 연장할 수 있다. "
    "② 처리기간을 연장하였을 때에는 연장 사유와 처리완료 예정일을 민원인에게 지체 없이 알려야 한다.",
    "제15조(반려) 보완 요구를 받고도 정한 기간 안에 보완하지 아니하면 민원을 되돌려 보낼 수 있다.",
)


def rules(tmp_path: Path, more: int = 2) -> Path:
    """A folder of rules and reports."""
    folder = tmp_path / "업무 자료"
    folder.mkdir(exist_ok=True)
    (folder / "민원 처리 규정.txt").write_text("\n".join(RULE), encoding="utf-8")
    for number in range(more):
        words = f"등불 보고 {number}\n□ 골목 {number}구역에 등불 {number + 3}개를 걸었다."
        (folder / f"보고 {number}.txt").write_text(words, encoding="utf-8")
    return folder


def shown(window: MainWindow) -> LibraryPage:
    window.show_place("library")
    return window.library_page


def indexed(window: MainWindow, qtbot: QtBot, folder: Path) -> LibraryPage:
    """Its page, the folder taken in and read to the end."""
    library = shown(window)
    window.library.add(folder)
    desk = window.library
    qtbot.waitUntil(lambda: any(Path(each.path) == folder for each in desk.folders or ()), timeout=10_000)
    read(window, qtbot)
    qtbot.waitUntil(lambda: any(each.documents for each in desk.folders or () if Path(each.path) == folder))
    return library


def read(window: MainWindow, qtbot: QtBot) -> None:
    """All is read, and counted."""
    desk = window.library
    qtbot.waitUntil(lambda: not desk.look.running and not desk._counting, timeout=30_000)


def found(library: LibraryPage, qtbot: QtBot, words: str) -> None:
    library.look_for(words)
    qtbot.waitUntil(lambda: library.model.rowCount() > 0, timeout=10_000)


def names(library: LibraryPage) -> list[str]:
    return [str(library.model.index(row).data()) for row in range(library.model.rowCount())]


class Gate:
    """A reader that waits before each file until it is let go on."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting = threading.Event()

    def __call__(self, path: Path, cancel: threading.Event) -> Document:
        self.waiting.set()
        while not self.open.wait(0.01):
            if cancel.is_set():
                from biseo.errors import Cancelled

                raise Cancelled
        return read_text(path, cancel)


def gated(stage: Stage) -> Gate:
    gate = Gate()
    stage.services = replace(stage.services, read_document=gate)
    return gate


# folders


def test_an_empty_library_says_what_it_is_for(start: Start, store: str, qtbot: QtBot) -> None:
    window = opened(start(), qtbot)
    library = shown(window)
    qtbot.waitUntil(lambda: window.library.folders == ())
    assert "폴더를 넣으면" in library.about.text() and library.first.isVisible()
    assert window.rail.place == "library"
    window.show_place("library")
    qtbot.waitUntil(library.first.hasFocus)
    plain = library.tabs.grab().toImage()
    library.tabs.setFocus()
    qtbot.waitUntil(library.tabs.hasFocus)
    assert library.tabs.grab().toImage() != plain  # who uses the keyboard sees where it is
    qtbot.keyClick(library.tabs, Qt.Key.Key_Right)
    assert library.tabs.currentIndex() == 1


def test_a_folder_is_read_and_found_in(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    library = shown(window)
    qtbot.waitUntil(lambda: window.library.folders == ())
    folder = rules(tmp_path)
    stage.dialogs.folder = folder
    qtbot.mouseClick(library.first, LEFT)
    qtbot.waitUntil(lambda: bool(window.library.folders), timeout=10_000)
    read(window, qtbot)
    state = window.library.folders
    assert state is not None and (state[0].path, state[0].documents) == (str(folder), 3)
    assert "문서 3건" in library.count.text() and "문서 3건" in library.folders.rows[str(folder)].words.text()
    assert "마지막으로 살펴본 때: 오늘" in library.folders.state.text()
    library.search.setFocus()
    library.search.insert("처리완료 예정일")
    qtbot.waitUntil(lambda: library.model.rowCount() > 0)  # after a pause in typing
    assert names(library)[0] == "민원 처리 규정.txt"
    assert library.model.index(0).data(PLACE_ROLE) == "제14조(처리기간의 연장), 1쪽"
    assert library.list.currentIndex().row() == 0 and library.viewer.isVisible()
    assert "처리완료 예정일" in library.viewer.text.toPlainText()


def test_what_cannot_be_read_is_told_with_its_reason(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    folder = rules(tmp_path)
    (folder / "깨진.txt").write_bytes(b"\xff\xff\xff")
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    row = library.folders.rows[str(folder)]
    assert "1개" in row.skipped.text() and not row.reasons.isVisible()
    qtbot.mouseClick(row.skipped, LEFT)
    assert row.reasons.isVisible() and "깨진.txt: 파일을 읽을 수 없습니다." in row.reasons.text().replace("\u200b", "")


def test_a_folder_is_taken_out_when_asked_twice(
    start: Start, store: str, tmp_path: Path, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    folder = rules(tmp_path)
    stage = start()
    window = opened(stage, qtbot)
    library = indexed(window, qtbot, folder)
    found(library, qtbot, "처리완료 예정일")
    row = library.folders.rows[str(folder)]
    library.viewer.back.click()
    next(action for action in row.menu().actions() if action.text() == "자료실에서 빼기").trigger()
    assert row.question.isVisible() and window.library.folders
    qtbot.mouseClick(row.keep, LEFT)
    assert not row.question.isVisible()
    row.ask_removal()
    qtbot.mouseClick(row.sure, LEFT)
    qtbot.waitUntil(lambda: window.library.folders == (), timeout=10_000)
    read(window, qtbot)
    assert not library.model.hits and library.first.isVisible()
    assert (folder / "보고 0.txt").exists()
    start_again = start()
    del start_again
    with open_vault(home, keyring=ring) as vault:
        assert Library(VaultShelf(vault)).report().passages == 0


def test_a_folder_that_has_gone_is_told_and_kept(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    folder = rules(tmp_path)
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    folder.rename(tmp_path / "옮긴 자료")
    qtbot.mouseClick(library.folders.again, LEFT)
    row = library.folders.rows[str(folder)]
    qtbot.waitUntil(lambda: row.gone.isVisible(), timeout=10_000)
    read(window, qtbot)
    assert "폴더를 찾을 수 없어" in row.gone.text().replace("\u200b", "")
    found(library, qtbot, "처리완료 예정일")
    library.open_current()
    qtbot.waitUntil(lambda: "읽어 둔 대목만" in library.viewer.note.text(), timeout=20_000)
    assert "처리완료 예정일" in library.viewer.text.toPlainText()


def test_reading_rests_and_goes_on(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    gate = gated(stage)
    window = opened(stage, qtbot)
    library = shown(window)
    window.library.add(rules(tmp_path))
    qtbot.waitUntil(lambda: library.folders.pause.isVisible() and gate.waiting.is_set(), timeout=10_000)
    qtbot.mouseClick(library.folders.pause, LEFT)
    qtbot.waitUntil(lambda: window.library.look.resting, timeout=10_000)
    assert "잠시 멈췄습니다." in library.folders.state.text() and library.folders.pause.text() == "이어서 읽기"
    gate.open.set()
    window.show_place("write")  # it goes on whatever is shown
    library.folders.pause.click()
    qtbot.waitUntil(lambda: bool(window.library.folders) and window.library.folders[0].documents == 3, timeout=20_000)  # type: ignore[index]


def test_what_was_not_read_is_read_at_the_next_start(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.library_desk.START_MS", 50)
    stage = start()
    gated(stage)
    window = opened(stage, qtbot)
    window.library.add(rules(tmp_path))
    qtbot.waitUntil(lambda: window.library.look.running, timeout=10_000)
    begin = time.monotonic()
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    assert time.monotonic() - begin < 3  # a file that is being read holds nobody up
    window = opened(start(), qtbot)
    desk = window.library
    qtbot.waitUntil(lambda: bool(desk.folders) and desk.folders[0].documents == 3, timeout=20_000)  # type: ignore[index]


def test_changed_files_are_noticed_when_asked(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    folder = rules(tmp_path)
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    (folder / "새 글.txt").write_text("새 글\n여울목 다리를 놓는다.", encoding="utf-8")
    qtbot.mouseClick(library.folders.again, LEFT)
    qtbot.waitUntil(lambda: "문서 4건" in library.count.text(), timeout=20_000)
    found(library, qtbot, "여울목 다리")
    assert names(library)[0] == "새 글.txt"


def test_somebody_else_at_work_on_the_library_is_told(
    start: Start, store: str, tmp_path: Path, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.library_desk.BUSY_MS", 100)
    folder = rules(tmp_path)
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    places: list[Path] = []
    window.vault.call(lambda vault: vault.places.locks).item.connect(places.append)
    qtbot.waitUntil(lambda: bool(places))
    lock = FolderLock(places[0] / "library.lock")
    assert lock.acquire()
    try:
        window.library.look_again()
        qtbot.waitUntil(lambda: "다른 창이나 명령이" in library.folders.note.text(), timeout=10_000)
        found(library, qtbot, "처리완료 예정일")
    finally:
        lock.release()
    qtbot.waitUntil(lambda: not window.library.look.busy and not window.library.look.running, timeout=10_000)


def test_work_is_saved_while_folders_are_read(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    folder = tmp_path / "큰 자료"
    folder.mkdir()
    for number in range(6):
        lines = [f"제{n}조(사업 {n}) {number}구역의 {n}번째 사업은 예산 {n}만원으로 한다. " * 4 for n in range(1, 250)]
        (folder / f"규정 {number}.txt").write_text("\n".join(lines), encoding="utf-8")
    window.library.add(folder)
    desk = window.library
    qtbot.waitUntil(lambda: desk.look.running and desk.look.total > 0, timeout=10_000)
    slowest = 0.0
    for number in range(4):
        if not desk.look.running:
            break
        put(window, f"등불 {number}개를 건다.", section(window))
        begin = time.monotonic()
        with qtbot.waitSignal(window.keeper.stored, timeout=5000):
            pass
        slowest = max(slowest, time.monotonic() - begin)
    assert 0 < slowest < 2
    read(window, qtbot)


# without a store, and while it is opened


def test_without_a_store_folders_are_read_into_memory(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    window = stage.open()
    library = shown(window)
    qtbot.waitUntil(lambda: window.library.folders == ())
    assert "저장하지 않습니다" in library.about.text().replace("\u200b", "")
    indexed(window, qtbot, rules(tmp_path))
    assert "저장하지 않습니다" in library.folders.note.text().replace("\u200b", "")
    found(library, qtbot, "처리완료 예정일")
    listed = (tmp_path / "집" / "library-folders.json").read_text(encoding="utf-8")
    assert "업무 자료" in listed and "처리완료" not in listed


# search


def test_nothing_found_says_what_to_try(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    library.look_for('"없는 말이다"')
    qtbot.waitUntil(lambda: "찾은 대목이 없습니다." in library.said.text())
    assert "따옴표를 지우고" in library.said.text() and not library.wider.isVisible()
    library.filters.kind.setCurrentIndex(2)
    library.look_for("처리완료 예정일")
    qtbot.waitUntil(lambda: library.wider.isVisible())
    qtbot.mouseClick(library.wider, LEFT)
    qtbot.waitUntil(lambda: library.model.rowCount() > 0)


def test_filters_narrow_the_search(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    import os

    folder = rules(tmp_path)
    os.utime(folder / "보고 0.txt", (1_500_000_000, 1_500_000_000))
    other = tmp_path / "지난 문서"
    other.mkdir()
    (other / "옛 보고.txt").write_text("옛 보고\n□ 골목 9구역에 등불 1개를 걸었다.", encoding="utf-8")
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    indexed(window, qtbot, other)
    found(library, qtbot, "골목 등불")
    assert set(names(library)) == {"보고 0.txt", "보고 1.txt", "옛 보고.txt"}
    library.filters.folder.setCurrentIndex(1)
    library.filters.folder.activated.emit(1)
    qtbot.waitUntil(lambda: set(names(library)) == {"보고 0.txt", "보고 1.txt"})
    library.filters.time.setCurrentIndex(3)
    library.filters.time.activated.emit(3)
    qtbot.waitUntil(lambda: set(names(library)) == {"보고 1.txt"})
    library.filters.clear()
    qtbot.waitUntil(lambda: library.model.rowCount() == 3)
    library.folders.search_wanted.emit(str(other))
    qtbot.waitUntil(lambda: names(library) == ["옛 보고.txt"])


def test_nothing_is_searched_while_a_syllable_is_composed(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    library.search.setFocus()
    qtbot.waitUntil(library.search.hasFocus)
    library.search.insert("예정")
    event = QInputMethodEvent("이", [])
    QCoreApplication.sendEvent(library.search, event)
    qtbot.wait(700)
    assert not library.model.hits and not library._searched
    done = QInputMethodEvent()
    done.setCommitString("일")
    QCoreApplication.sendEvent(library.search, done)
    qtbot.waitUntil(lambda: library.model.rowCount() > 0)
    assert library._searched == "예정일"


def test_the_keyboard_leads_through_field_list_and_document(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(library.search.hasFocus)
    library.search.insert("등불")
    qtbot.keyClick(library.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.model.rowCount() == 2)
    qtbot.keyClick(library.search, Qt.Key.Key_Down)
    assert library.list.hasFocus()
    first = library.viewer.text.toPlainText()
    qtbot.keyClick(library.list, Qt.Key.Key_Down)
    assert library.viewer.text.toPlainText() != first
    qtbot.keyClick(library.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library._document is not None, timeout=10_000)
    assert "등불" in library.viewer.marked_text()
    qtbot.keyClick(library.list, Qt.Key.Key_Up)
    qtbot.keyClick(library.list, Qt.Key.Key_Up)
    assert library.search.hasFocus()


def test_everything_has_a_name_for_who_does_not_see_it(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "처리완료 예정일")
    words = all_words(window)
    for name in ("자료실에서 찾기", "찾은 대목", "초안에 넣기", "자료로 쓰기", "민원 처리 규정.txt. 제14조"):
        assert name in words
    kinds = (QComboBox, QLineEdit, QAbstractButton)
    controls = [each for kind in kinds for each in library.findChildren(kind) if type(each.parent()) is not QLineEdit]
    assert len(controls) > 12
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in controls if each.isVisible())


# the passage in its document


def test_the_passage_is_marked_in_the_whole_document(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    folder = rules(tmp_path)
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    found(library, qtbot, "처리완료 예정일")
    qtbot.mouseClick(library.viewer.whole, LEFT)
    qtbot.waitUntil(lambda: library._document is not None, timeout=10_000)
    assert library.viewer.marked_text() == RULE[3]
    assert RULE[4] in library.viewer.text.toPlainText()


def test_a_document_that_changed_is_searched_for_the_passage(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = rules(tmp_path)
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, folder)
    found(library, qtbot, "처리완료 예정일")
    file = folder / "민원 처리 규정.txt"
    file.write_text("\n".join((RULE[0], "앞에 한 줄이 더 들어왔다.", *RULE[1:])), encoding="utf-8")
    library.open_current()
    qtbot.waitUntil(lambda: library._document is not None, timeout=10_000)
    assert library.viewer.marked_text() == RULE[3]
    library.list.setCurrentIndex(library.model.index(-1))
    library.list.setCurrentIndex(library.model.index(0))
    file.write_text("다른 글", encoding="utf-8")
    library.open_current()
    qtbot.waitUntil(lambda: "찾지 못했습니다" in library.viewer.note.text(), timeout=10_000)


def test_a_citation_is_copied(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "반려 보완 요구")
    qtbot.mouseClick(library.viewer.cite, LEFT)
    assert QGuiApplication.clipboard().text() == f"「민원 처리 규정.txt」 제15조(반려), 1쪽: “{RULE[4]}”"


def test_where_the_clipboard_is_locked_citations_are_too(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = start()
    stage.policy = Policy(clipboard=False)
    window = opened(stage, qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "처리완료 예정일")
    assert not library.viewer.cite.isEnabled() and library.viewer.cite.toolTip()


# the lock


def test_a_locked_window_holds_nothing_found_and_brings_it_back(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = start()
    window = opened(stage, qtbot)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "처리완료 예정일")
    library.open_current()
    qtbot.waitUntil(lambda: library._document is not None, timeout=10_000)
    hits = library.model.hits
    window.lock.lock()
    assert "예정일" not in all_words(window)
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    assert "library_page" not in window.__dict__ and window.library.folders is None
    window.lock._open()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    again = window.library_page
    assert again is not library and window.pages.currentWidget() is again
    assert again.search.text() == "처리완료 예정일" and again.model.hits == hits
    qtbot.waitUntil(lambda: again._document is not None, timeout=10_000)
    qtbot.waitUntil(lambda: again.viewer.marked_text() == RULE[3])
    qtbot.waitUntil(lambda: bool(window.library.folders), timeout=10_000)


def test_reading_stops_for_the_lock_and_goes_on_afterwards(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biseo_ui.library_desk.START_MS", 50)
    stage = start()
    gate = gated(stage)
    window = opened(stage, qtbot)
    window.library.add(rules(tmp_path))
    qtbot.waitUntil(lambda: window.library.look.running and gate.waiting.is_set(), timeout=10_000)
    window.lock.lock()
    qtbot.waitUntil(lambda: window.lock.step == "wiped", timeout=20_000)
    gate.open.set()
    window.lock._open()
    qtbot.waitUntil(lambda: not window.lock.on, timeout=10_000)
    desk = window.library
    qtbot.waitUntil(lambda: bool(desk.folders) and desk.folders[0].documents == 3, timeout=20_000)  # type: ignore[index]


# the window


def test_every_place_has_its_key(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    assert [place for place, _ in PLACES].index("library") == 3
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.rail.place == "library")
    assert window.pages.currentWidget() is window.library_page


@pytest.mark.parametrize(("look", "scale"), [("light", 100), ("dark", 150)])
def test_nothing_is_cut_in_the_smallest_window(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot, look: str, scale: int
) -> None:
    window = opened(start(), qtbot)
    window.resize(1024, 700)
    put_look(window, look, scale)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "처리완료 예정일")
    qtbot.wait(50)
    assert window.width() == 1024 and window.minimumSizeHint().width() <= 1024
    for button in (library.viewer.insert, library.viewer.use, library.viewer.cite, library.viewer.file):
        assert button.width() >= button.sizeHint().width() and button.isVisible()
    for box in (library.filters.folder, library.filters.kind, library.filters.time):
        assert box.width() >= box.fontMetrics().horizontalAdvance(box.currentText()) + window._theme.pixels(22)


def test_a_long_document_opens_in_short_steps(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    window = stage.open()
    library = shown(window)
    viewer = library.viewer
    lines = [f"제{n}조(규정 {n}) " + "골목마다 등불을 걸고 여울목에 다리를 놓는다. " * 14 for n in range(1, 1200)]
    document = Document("/자료/긴 규정.txt", "txt", "", None, tuple(Block("paragraph", line) for line in lines))
    start = sum(len(line) + 1 for line in lines[:1100])
    library._main.setCurrentIndex(1)
    library._right.setCurrentWidget(viewer)
    QApplication.processEvents()
    steps = []
    begin = time.thread_time()  # of this thread alone, whatever else the PC does
    viewer.show_whole(document, (start, start + 10), None, lines[1100])
    steps.append(time.thread_time() - begin)
    while not viewer.complete:
        begin = time.thread_time()
        QApplication.processEvents()
        steps.append(time.thread_time() - begin)
    assert max(steps) < 0.06
    assert viewer.marked_text() == lines[1100][:10]


def test_a_better_order_does_not_take_the_passage_away(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(start(), qtbot)
    library = indexed(window, qtbot, rules(tmp_path, 4))
    found(library, qtbot, "골목 등불")
    assert library.model.rowCount() == 4
    library.list.setCurrentIndex(library.model.index(2))
    chosen = library.model.hits[2]
    library.open_current()
    qtbot.waitUntil(lambda: library._document is not None, timeout=10_000)
    library._on_found(tuple(reversed(library.model.hits)))
    assert library.list.currentIndex().row() == 1 and library.model.hits[1] == chosen
    assert library._document is not None and library.viewer.hit == chosen
