"""The pages that make documents of manuals and of city cases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage, read_text

from biseo.document import Document
from biseo.errors import Cancelled
from biseo.policy import Policy
from biseo_ui import standstill
from biseo_ui.extract_wiring import show_extract, shown_extract
from biseo_ui.pages.cases_page import CasesPage
from biseo_ui.pages.extract_page import ExtractPage
from biseo_ui.pages.manual_page import ManualPage

MANUAL = (
    "풍수해 행동매뉴얼",
    "□ 주의 단계",
    "상황실장은 피해가 접수되면 30분 이내에 본부장에게 보고하여야 한다.",
    "도로과장은 2시간 이내에 장비를 보낸다.",
    "□ 복구 단계",
    "홍보과장은 1시간마다 재난문자를 발송한다.",
    "보건소장은 구급차 3대를 대기시킨다.",
    "주변을 정리하여야 한다.",
)
CASES = ("수원시는 돌봄 버스를 운영한다. 예산 3억 원을 편성했다.", "춘천시는 빈집을 정비했다.")


def begin(stage: Stage, qtbot: QtBot, kind: str = "manual", lines: tuple[str, ...] = MANUAL) -> ExtractPage:
    """The page with one file read."""
    window = stage.open()
    show_extract(window, kind)
    page = shown_extract(window)
    assert page is not None
    stage.dialogs.documents = [stage.source("안전 매뉴얼.txt", lines)]
    page.second.click()
    done(qtbot, page)
    return page


def done(qtbot: QtBot, page: ExtractPage) -> None:
    qtbot.waitUntil(lambda: not page.desk.busy and page.stack.currentWidget() is not page.busy, timeout=10_000)


def saving(stage: Stage, target: Path | None) -> list[str]:
    """Lets the dialog answer with that file; the names that were offered."""
    names: list[str] = []

    def save(_title: str, name: str, then: Callable[[Path, bool], object]) -> None:
        names.append(name)
        if target is not None:
            then(target, False)

    stage.dialogs.save_made = save  # type: ignore[attr-defined]
    return names


def saved(qtbot: QtBot, page: ExtractPage, count: int = 1) -> list[Path]:
    paths: list[Path] = []
    page.exported.connect(lambda _task, path: paths.append(path))
    return paths


def test_a_manual_becomes_a_table_that_opens_its_source(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    assert page.stack.currentWidget() is page.split
    assert "할 일 5건" in page.told.text() and "드러나지 않은 것은 1건" in page.told.text()
    assert [page.model.row(place).cells[1] for place in range(5)] == [
        "상황실장", "도로과장", "홍보과장", "보건소장", "담당 미지정 [확인 필요]",
    ]  # fmt: skip
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not page.viewer.isHidden()
    shown = page.viewer.shown
    assert shown is not None and shown[1] == "도로과장은 2시간 이내에 장비를 보낸다."
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.viewer.isHidden() and shown_extract(stage.window) is page
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert shown_extract(stage.window) is None


def test_the_second_of_two_equal_sentences_opens_at_its_own_place(stage: Stage, qtbot: QtBot) -> None:
    lines = ("지침", "□ 도로과 임무", "현장을 점검하여야 한다.", "□ 복지과 임무", "현장을 점검하여야 한다.")
    page = begin(stage, qtbot, lines=lines)
    assert [page.model.row(place).cells[1] for place in range(2)] == ["도로과", "복지과"]
    page.table.opened.emit(1)
    qtbot.waitUntil(lambda: page.viewer.marked_text() == "현장을 점검하여야 한다.", timeout=5_000)
    cursor = page.viewer._marked
    assert cursor is not None and cursor.selectionStart() > page.viewer.text.toPlainText().index("복지과")
    for button in (page.viewer.insert, page.viewer.use, page.viewer.cite, page.viewer.file):
        assert not button.isVisible()


def test_filters_and_ticks_decide_what_is_saved(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    target = stage.home / "점검표.md"
    names = saving(stage, target)
    paths = saved(qtbot, page)
    page.filters[1].setCurrentIndex(page.filters[1].findData("복구"))
    page.filters[1].activated.emit(1)
    assert page.model.rowCount() == 3
    QTest.keyClick(page.table, Qt.Key.Key_Space)  # leaves the first of them out
    assert page.kept.text() == "4 / 5줄"
    QTest.keySequence(stage.window, "Ctrl+S")
    qtbot.waitUntil(lambda: paths == [target], timeout=10_000)
    text = target.read_text(encoding="utf-8")
    assert names == ["역할별 행동 점검표"]
    assert "도로과장" in text and "재난문자" not in text
    page.none.click()
    page.filters[1].setCurrentIndex(0)
    page.filters[1].activated.emit(0)
    assert page.kept.text() == "2 / 5줄"
    page.none.click()
    assert isinstance(page, ManualPage) and not page.checklist.isEnabled() and not page.quiz.isEnabled()


def test_a_quiz_is_two_files_and_another_one_each_time(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    assert isinstance(page, ManualPage)
    target = stage.home / "문제지.txt"
    saving(stage, target)
    taken = stage.home / "문제지_정답.txt"
    taken.write_text("다른 글", encoding="utf-8")
    paths = saved(qtbot, page)
    page.quiz.click()
    qtbot.waitUntil(lambda: len(paths) == 2, timeout=10_000)
    assert paths[1].name == "문제지_정답 (2).txt"
    assert taken.read_text(encoding="utf-8") == "다른 글"
    first = target.read_text(encoding="utf-8")
    assert "정답" not in first and "정답" in paths[1].read_text(encoding="utf-8")
    target.unlink()
    page.quiz.click()
    qtbot.waitUntil(lambda: len(paths) == 4, timeout=10_000)
    assert target.read_text(encoding="utf-8") != first


def test_personal_data_is_asked_about_and_masked(stage: Stage, qtbot: QtBot) -> None:
    lines = ("지침", "□ 담당자 홍길동(010-1234-5678)에게 연락할 것", "□ 상황실장은 현장을 점검한다.")
    page = begin(stage, qtbot, lines=lines)
    asked: list[str] = []

    def ask(_parent: object, found: str, _way: str, then: Callable[[str], object], **_more: object) -> None:
        asked.append(found)
        then("mask")

    stage.window.work.privacy.ask = ask
    target = stage.home / "점검표.txt"
    saving(stage, target)
    paths = saved(qtbot, page)
    page.save()
    qtbot.waitUntil(lambda: paths == [target], timeout=10_000)
    assert asked and "휴대전화" in asked[0]
    assert "5678" not in target.read_text(encoding="utf-8")


def test_the_policy_locks_formats_and_wants_a_grade(stage: Stage, qtbot: QtBot) -> None:
    stage.policy = Policy(grade_required=True)
    page = begin(stage, qtbot)
    names = saving(stage, None)
    page.save()
    assert names == [] and page.alerts.messages()[0].kind == "warning"
    page.grade.chosen.emit("O")
    page.save()
    qtbot.waitUntil(lambda: len(names) == 1, timeout=10_000)


def test_no_format_at_all(stage: Stage, qtbot: QtBot) -> None:
    stage.policy = Policy(formats=frozenset())
    page = begin(stage, qtbot, "cases", CASES)
    assert isinstance(page, CasesPage)
    assert not page.locks.isHidden()
    names = saving(stage, None)
    page.save()
    assert names == []


def test_cases_become_a_table(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot, "cases", CASES)
    assert [page.model.row(place).cells[1:3] for place in range(3)] == [
        ("경기도 수원시", "내용"), ("경기도 수원시", "예산"), ("강원특별자치도 춘천시", "내용"),
    ]  # fmt: skip
    page.model.toggle(2)
    target = stage.home / "비교표.md"
    saving(stage, target)
    paths = saved(qtbot, page)
    page.save()
    qtbot.waitUntil(lambda: paths == [target], timeout=10_000)
    text = target.read_text(encoding="utf-8")
    assert "수원시" in text and "춘천" not in text


def test_escape_stops_the_reading(stage: Stage, qtbot: QtBot) -> None:
    begun = threading.Event()

    def slow(path: Path, cancel: threading.Event) -> Document:
        begun.set()
        assert cancel.wait(10)
        raise Cancelled

    stage.services = replace(stage.services, read_document=slow)
    window = stage.open()
    show_extract(window, "manual", stage.home)
    page = shown_extract(window)
    assert page is not None
    stage.source("매뉴얼.txt", MANUAL)
    page.read([stage.home])
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    assert page.stack.currentWidget() is page.busy
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=10_000)
    assert page.stack.currentWidget() is page.empty and shown_extract(window) is page


def test_what_was_not_read_is_told(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    folder = stage.home / "매뉴얼 폴더"
    folder.mkdir()
    (folder / "가.txt").write_text("\n".join(MANUAL), encoding="utf-8")
    (folder / "나.txt").write_bytes(b"\xff\xfe\x00\xd8\x00")
    (folder / "다.doc").write_bytes(b"\xd0\xcf")
    show_extract(window, "manual", folder)
    page = shown_extract(window)
    assert page is not None
    done(qtbot, page)
    assert page.model.rowCount() == 5
    assert page.desk.result is not None and len(page.desk.result.unread) == 2


def test_a_file_without_anything_to_do(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot, lines=("오늘은 날씨가 맑았다.",))
    assert page.stack.currentWidget() is page.empty
    assert page.model.rowCount() == 0


def test_lock_takes_every_word_and_unlocking_brings_it_back(stage: Stage, qtbot: QtBot) -> None:
    page = begin(stage, qtbot)
    page.model.toggle(1)
    page.filters[0].setCurrentIndex(2)
    page.filters[0].activated.emit(2)
    window = stage.window
    still = standstill.unpack(standstill.gather(window).pack())
    assert still.extracts["manual"].off == frozenset({1}) and still.extracts["manual"].shown
    standstill.empty(window)
    assert "manual_page" not in window.__dict__
    standstill.bring_back(window, still)
    fresh = shown_extract(window)
    assert fresh is not None and fresh is not page
    done(qtbot, fresh)
    assert fresh.model.off == {1} and fresh.kept.text() == "4 / 5줄"
    assert fresh.filters[0].currentText() == "도로과장"
    assert fresh.model.rowCount() == 1


@pytest.mark.parametrize("kind", ["manual", "cases"])
def test_every_control_has_a_name_and_the_keyboard_reaches_it(stage: Stage, qtbot: QtBot, kind: str) -> None:
    page = begin(stage, qtbot, kind, MANUAL if kind == "manual" else CASES)
    for control in (*page.findChildren(QAbstractButton), *page.findChildren(QComboBox)):
        if control.isVisible() and control.objectName() != "qt_spinbox_lineedit":
            assert control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
    reached = set()
    page.back.setFocus()
    for _ in range(40):
        widget = QApplication.focusWidget()
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    wanted = {page.back, page.files, page.folder, page.source, page.all, page.none, page.table, *page.filters}
    assert wanted | set(page.leaving()) <= reached


def test_the_library_offers_it_for_its_folders(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    folder = stage.home / "지침"
    folder.mkdir()
    (folder / "가.txt").write_text("\n".join(MANUAL), encoding="utf-8")
    window.library_page.folder_task.emit(str(folder), "manual")
    page = shown_extract(window)
    assert page is not None
    done(qtbot, page)
    assert page.model.rowCount() == 5


def test_the_start_page_offers_both(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    for button, kind in zip(window.work.area.start.others, (ManualPage, CasesPage), strict=True):
        window.show_place("write")
        button.click()
        assert isinstance(shown_extract(window), kind)


def test_read_text_is_what_the_stage_reads_with(stage: Stage) -> None:
    assert stage.services.read_document is read_text
