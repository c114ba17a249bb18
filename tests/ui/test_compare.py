"""The page where documents are compared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.assistant.comparing.test_contents import ONE, OTHER
from tests.assistant.comparing.test_versions import NEW, OLD
from tests.ui.conftest import Stage, read_text

from biseo.document import Document
from biseo.policy import Policy
from biseo.readers import read_document
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.compare_page import ComparePage


def begin(stage: Stage, qtbot: QtBot, *lines: tuple[str, ...]) -> ComparePage:
    """The page with two sources, compared."""
    window = stage.open()
    window.work.add_files([stage.source(f"{n} 문서.txt", each) for n, each in enumerate(lines or (OLD, NEW), 1)])
    qtbot.waitUntil(lambda: not window.work.cards.reading(), timeout=10_000)
    window.work.side.compare.click()
    done(qtbot, window.compare_page)
    return window.compare_page


def done(qtbot: QtBot, page: ComparePage) -> None:
    qtbot.waitUntil(lambda: page.desk.result is not None and not page.desk.busy, timeout=10_000)


def saving(stage: Stage, target: Path | None) -> list[str]:
    """Lets the dialog answer with that file; the names that were offered."""
    names: list[str] = []

    def save(name: str, then: Callable[[Path, bool], object]) -> None:
        names.append(name)
        if target is not None:
            then(target, False)

    stage.dialogs.save_comparison = save  # type: ignore[attr-defined]
    return names


def test_two_sources_are_compared_with_one_click(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    window = stage.window
    assert window.pages.currentWidget() is page and page.stack.currentWidget() is page.split
    assert "한 문서의 두 판" in page.told.text() and "바뀜 4곳" in page.told.text()
    assert page.table.text() == "신·구조문대비표 저장" and page.table.isEnabled()
    assert page.view.model.names == ("현행: 1 문서", "개정안: 2 문서")
    assert [page.view.model.row(number).kind for number in range(4)] == ["figure", "figure", "figure", "added"]
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.work


def test_button_is_there_with_two_documents_only(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    assert window.work.side.compare.isHidden()
    window.work.add_files([stage.source("가.txt", OLD)])
    qtbot.waitUntil(lambda: not window.work.cards.reading(), timeout=10_000)
    assert window.work.side.compare.isHidden()
    window.work.add_files([stage.source("나.txt", NEW)])
    qtbot.waitUntil(lambda: not window.work.side.compare.isHidden(), timeout=10_000)


def test_f8_goes_round_and_filters_choose(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    qtbot.waitUntil(lambda: page.view.list.hasFocus(), timeout=5_000)
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert page.view.current == 1 and page.place.text() == "2 / 14"
    QTest.keyClick(page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.current == 13
    page.filter.setCurrentIndex(page.filter.findText("빠진 곳 2"))
    page.filter.activated.emit(page.filter.currentIndex())
    assert {page.view.model.row(number).kind for number in range(page.view.model.rowCount())} == {"removed"}


def test_a_row_opens_its_place_in_the_source(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    QTest.keyClick(page.view.list, Qt.Key.Key_Return)  # the first figure: 15명 became 20명
    assert not page.viewer.isHidden()
    qtbot.waitUntil(lambda: "20명" in page.viewer.marked_text(), timeout=5_000)
    row = page.view.list.visualRect(page.view.model.index(0, 0))
    QTest.mouseClick(page.view.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center() - row.center() / 2)
    qtbot.waitUntil(lambda: "15명" in page.viewer.marked_text(), timeout=5_000)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.viewer.isHidden() and stage.window.pages.currentWidget() is page


def test_the_official_may_choose_the_other_view_and_order(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    page.way.setCurrentIndex(2)
    page.way.activated.emit(2)
    done(qtbot, page)
    assert "서로 다른 문서" in page.told.text() and page.table.text() == "비교표 저장"
    page.swap.click()
    done(qtbot, page)
    assert page.view.model.names == ("2 문서", "1 문서")


def test_three_documents_stand_side_by_side(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot, ONE, OTHER, OLD)
    assert len(page.view.model.names) == 3 and not page.way.isEnabled() and not page.swap.isEnabled()
    page.entries.actions()[2].trigger()  # without the third
    done(qtbot, page)
    assert len(page.view.model.names) == 2


def test_files_are_chosen_on_the_page(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    page = window.compare_page
    window.pages.setCurrentWidget(page)
    assert page.stack.currentWidget() is page.empty
    stage.dialogs.documents = [stage.source("가.txt", OLD)]
    page.first.click()
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)
    assert "하나 더" in page.empty_words.text()
    window._on_dropped([stage.source("나.txt", NEW)])
    done(qtbot, page)
    assert window.pages.currentWidget() is page and not window.work.cards.documents()


def test_an_unreadable_file_is_told_and_the_others_stay(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    broken = stage.home / "깨진.txt"
    broken.write_bytes(b"\xff\xfe\xff")
    page.add_files([broken])
    qtbot.waitUntil(lambda: bool(page.alerts.messages()), timeout=10_000)
    done(qtbot, page)
    assert page.alerts.messages()[0].kind == "error" and len(page.desk.compared) == 2


def test_esc_stops_and_it_can_be_begun_again(stage: Stage, qtbot: QtBot) -> None:
    gate = threading.Event()

    def slow(path: Path, cancel: threading.Event) -> Document:
        while not (gate.wait(0.01) or cancel.is_set()):
            pass
        from biseo.errors import Cancelled

        if cancel.is_set():
            raise Cancelled
        return read_text(path, cancel)

    page = begin(stage, qtbot)
    page.desk._services = replace(page.desk._services, read_document=slow)
    page.add_files([stage.source("셋째.txt", ONE)])
    page.desk.result = None
    page._refresh()
    assert page.stack.currentWidget() is page.busy
    stage.window.escape()
    done(qtbot, page)  # without the file that was not read
    assert len(page.desk.compared) == 2


# leaving


def test_the_table_is_saved(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    target = stage.home / "대비표.hwpx"
    names = saving(stage, target)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert names == ["한빛시 주민참여예산제 운영 조례 신·구조문대비표"]
    text = read_document(target).text
    assert "(현행 제3항과 같음)" in text and "인공지능" not in text
    qtbot.waitUntil(lambda: bool(page.alerts.messages()), timeout=5_000)
    assert page.alerts.messages()[0].kind == "ok"


def test_the_report_is_saved_and_personal_data_asked_about(stage: Stage, qtbot: QtBot) -> None:
    secret = "담당자 휴대전화는 010-1234-5678이다."
    page = begin(stage, qtbot, (*ONE, secret), OTHER)
    asked: list[str] = []

    def mask(_parent: object, found: str, _way: str, then: Callable[[str], object], **_more: object) -> None:
        asked.append(found)
        then("mask")

    stage.window.work.privacy.ask = mask
    target = stage.home / "모음.docx"
    saving(stage, target)
    page.report.click()
    qtbot.waitUntil(target.exists, timeout=10_000)
    text = read_document(target).text
    assert asked and "[1 문서" in text and "1234-5678" not in text


@pytest.mark.parametrize("answer", ["cancel"])
def test_cancelling_the_question_writes_nothing(stage: Stage, qtbot: QtBot, answer: str) -> None:
    page = begin(stage, qtbot, (*ONE, "담당자 휴대전화는 010-1234-5678이다."), OTHER)
    stage.window.work.privacy.ask = lambda _p, _f, _w, then, **_m: then(answer)
    names = saving(stage, stage.home / "안 됨.docx")
    page.table.click()
    qtbot.waitUntil(lambda: page._making == "", timeout=10_000)
    assert not names and not (stage.home / "안 됨.docx").exists()


def test_policy_wants_a_grade(stage: Stage, qtbot: QtBot) -> None:
    stage.policy = Policy(grade_required=True)
    page = begin(stage, qtbot)
    target = stage.home / "대비표.txt"
    saving(stage, target)
    page.save()
    assert page.alerts.messages()[0].kind == "warning" and not page._making
    page.grade.chosen.emit("S")
    page.save()
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert "S(민감)" in target.read_text(encoding="utf-8-sig")


def test_policy_without_our_formats_locks_the_buttons(stage: Stage, qtbot: QtBot) -> None:
    stage.policy = Policy(formats=frozenset({"pdf"}))
    page = begin(stage, qtbot)
    assert not page.table.isEnabled() and not page.report.isEnabled() and not page.locks.isHidden()


def test_the_lock_takes_the_words_and_brings_them_back(stage: Stage, qtbot: QtBot) -> None:
    from biseo_ui import standstill

    page = begin(stage, qtbot)
    window: MainWindow = stage.window
    still = standstill.unpack(standstill.gather(window).pack())
    standstill.empty(window)
    assert "compare_page" not in window.__dict__
    standstill.bring_back(window, still)
    del page
    done(qtbot, window.compare_page)
    assert window.pages.currentWidget() is window.compare_page
    assert window.compare_page.view.model.rowCount() == 14


def test_the_lock_stops_a_comparison_under_way(stage: Stage, qtbot: QtBot) -> None:
    gate = threading.Event()

    def slow(path: Path, cancel: threading.Event) -> Document:
        from biseo.errors import Cancelled

        while not gate.wait(0.01):
            if cancel.is_set():
                raise Cancelled
        return read_text(path, cancel)

    page = begin(stage, qtbot)
    page.desk._services = replace(page.desk._services, read_document=slow)
    page.add_files([stage.source("셋째.txt", ONE)])
    assert page.desk.busy
    stage.window.lock.lock(by_system=True)
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)
    gate.set()
