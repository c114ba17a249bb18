"""The page where an agency's own form is filled in, with the real forms underneath."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.assistant.forms.form_files import empty_paragraph, paragraph, section_of, table_paragraph, write_hwpx
from tests.ui.conftest import Stage, put_look
from tests.ui.test_keys import CTRL, focus
from tests.ui.test_privacy import Asked
from tests.ui.test_window import written

from biseo.tasks.catalogue import find_task
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.fill_page import AT_ONCE, FillPage
from biseo_ui.widgets.rail import PLACES


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return write_hwpx(
        tmp_path / "신청 양식.hwpx",
        paragraph("{{기관명}} 공고"),
        paragraph("{{내용}}"),
        table_paragraph([["성 명", "", "부서", empty_paragraph()]]),
    )


def opened(stage: Stage, qtbot: QtBot, template: Path) -> tuple[MainWindow, FillPage]:
    """The window on the page, the template open, the way an official gets there."""
    stage.dialogs.documents = [template]
    window = stage.open()
    window.work.privacy.ask = Asked("keep")
    number = [place for place, _ in PLACES].index("fill")
    focus(window, qtbot, window.work.side.task)
    qtbot.keyClick(window.work.side.task, Qt.Key(Qt.Key.Key_1 + number), CTRL)
    page = window.work.fill_page
    qtbot.waitUntil(page.isVisible)
    qtbot.keyClick(page.open_button, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: page.form is not None and len(page.rows) == page._wanted, timeout=20_000)
    return window, page


def words(page: FillPage) -> list[str]:
    return [message.text for message in page.alerts.messages()]


def test_from_the_template_to_the_saved_file(stage: Stage, qtbot: QtBot, template: Path, tmp_path: Path) -> None:
    window, page = opened(stage, qtbot, template)
    assert [row.field.name for row in page.rows] == ["기관명", "내용", "성명", "부서"]
    assert page.rows[2].edit.accessibleName() == "성명"
    assert "표의 빈 칸" in page.rows[2].edit.accessibleDescription()
    for row, text in zip(page.rows, ("한빛시", "첫째", "홍길동"), strict=False):
        focus(window, qtbot, row.edit)
        row.edit.insertPlainText(text)
    focus(window, qtbot, page.rows[1].edit)
    qtbot.keyClick(page.rows[1].edit, Qt.Key.Key_Return)  # a new line and nothing else
    page.rows[1].edit.insertPlainText("둘째")
    stage.dialogs.target = out = tmp_path / "채운 문서.hwpx"
    qtbot.keyClick(page.rows[1].edit, Qt.Key.Key_S, CTRL)
    assert any("비어 있는 칸이 1개 있습니다: 부서." in text for text in words(page))
    assert not out.exists() and stage.dialogs.asked == []
    buttons = [one for one in page.alerts.findChildren(QPushButton) if one.text() == "빈 칸으로 두고 저장"]
    focus(window, qtbot, buttons[0])
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert page.isAncestorOf(window.focusWidget())
    assert stage.dialogs.asked == ["fill 신청 양식 작성.hwpx"]
    qtbot.waitUntil(lambda: any("저장됨" in text for text in words(page)), timeout=20_000)
    text = section_of(out)
    assert "한빛시 공고" in text and ">첫째<" in text and ">둘째<" in text and ">홍길동<" in text
    assert not page.dirty
    assert window.work.session.request is None  # the draft has nothing to do with it


@pytest.mark.parametrize(("answer", "reason", "said"), [
    ("mask", "", "○○○"), ("keep", "", "홍길동"), ("cancel", "", ""), ("keep", "기관 정책입니다.", ""),
])  # fmt: skip
def test_personal_data_passes_the_gate(
    stage: Stage, qtbot: QtBot, template: Path, tmp_path: Path, answer: str, reason: str, said: str
) -> None:
    window, page = opened(stage, qtbot, template)
    asked = window.work.privacy.ask = Asked(answer)
    window.work.privacy.reason = reason
    for row, text in zip(page.rows, ("한빛시", "안내", "홍길동", "총무과"), strict=True):
        row.edit.insertPlainText(text)
    stage.dialogs.target = out = tmp_path / "채운 문서.hwpx"
    page.save()
    assert asked.told == [("이름 1곳", "save")] and asked.more == ({"reason": reason} if reason else {})
    if not said:
        assert stage.dialogs.asked == [] and not out.exists()
        return
    qtbot.waitUntil(lambda: any("저장됨" in text for text in words(page)), timeout=20_000)
    assert f">{said}<" in section_of(out) and "총무과" in section_of(out)
    assert page.dirty is (answer == "mask")  # a masked copy does not hold what was filled in


def test_what_the_work_page_knows_is_offered(stage: Stage, qtbot: QtBot, template: Path) -> None:
    window, page = opened(stage, qtbot, template)
    assert page.take.isHidden() and page.rows[0].offer.isHidden()
    window.show_place("write")
    window.work.show_task(find_task("press"))
    window.work.side.form.fill({"agency": "한빛시"})
    assert window.work.known_values() == {"기관명": "한빛시"}
    page.rows[3].set_value("문화과")
    window.show_place("fill")
    assert page.rows[3].value == "문화과"
    assert not page.rows[0].offer.isHidden()
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert page.rows[0].value == "한빛시" and page.take.isHidden()
    assert page.empty()[-1] == "성명"


def test_sections_of_the_draft_are_offered(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    window = written(stage, qtbot, "report")
    draft = window.work.session.draft()
    section = next(one for one in draft.sections if one.text)
    template = write_hwpx(tmp_path / "보고 양식.hwpx", paragraph("{{제목}}"), paragraph(f"{{{{{section.title}}}}}"))
    window.show_place("fill")
    page = window.work.fill_page
    page.open_path(template)
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=20_000)
    page.take.click()
    assert [row.value for row in page.rows] == [draft.title, section.text.strip()]
    page.rows[1].set_value("")
    menu = page.rows[1].menu()
    action = next(one for one in menu.actions() if one.text().startswith(section.title))
    action.trigger()
    assert page.rows[1].value == section.text.strip()


def test_empty_fields_are_gone_to_one_after_the_other(stage: Stage, qtbot: QtBot, template: Path) -> None:
    window, page = opened(stage, qtbot, template)
    page.rows[1].set_value("내용")
    assert page.empty() == ["기관명", "성명", "부서"]
    focus(window, qtbot, page.rows[0].edit)
    for index in (2, 3, 0):
        page.next_empty.click()
        assert page._here == index
    for row in page.rows:
        row.set_value("값")
    assert page.next_empty.isHidden()
    assert "모두 채웠습니다" in page._summary.accessibleName()


def test_nothing_acts_while_a_syllable_is_composed(stage: Stage, qtbot: QtBot, template: Path) -> None:
    window, page = opened(stage, qtbot, template)
    edit = page.rows[0].edit
    focus(window, qtbot, edit)
    QApplication.sendEvent(edit, QInputMethodEvent("하", []))
    qtbot.keyClick(edit, Qt.Key.Key_S, CTRL)
    assert words(page) == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("한")
    QApplication.sendEvent(edit, committed)
    assert page.rows[0].value == "한"


def test_a_file_that_is_no_template_leaves_the_present_one(
    stage: Stage, qtbot: QtBot, template: Path, tmp_path: Path
) -> None:
    window, page = opened(stage, qtbot, template)
    other = tmp_path / "글.txt"
    other.write_text("글", encoding="utf-8")
    window.work.add_files([other])  # where dropped files go
    qtbot.waitUntil(lambda: any("양식 파일이 아닙니다" in text for text in words(page)), timeout=20_000)
    assert len(page.rows) == 4
    assert window.work.cards.documents() == ()


def test_what_was_not_saved_is_asked_about(stage: Stage, qtbot: QtBot, template: Path) -> None:
    window, page = opened(stage, qtbot, template)
    page.rows[0].set_value("한빛시")
    stage.dialogs.unsaved = "cancel"
    window.close()
    qtbot.waitUntil(lambda: stage.dialogs.asked == ["unsaved form"])
    assert window.isVisible()
    page.open()
    assert stage.dialogs.asked == ["unsaved form"] * 2 and page.rows[0].value == "한빛시"
    stage.dialogs.unsaved = "discard"
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_long_form_is_shown_in_parts(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [[f"항목{number}", ""] for number in range(AT_ONCE + 5)]
    window, page = opened(stage, qtbot, write_hwpx(tmp_path / "긴 양식.hwpx", table_paragraph(rows)))
    assert len(page.rows) == AT_ONCE and page._more.text() == "나머지 5개 칸 보기"
    page._more.click()
    qtbot.waitUntil(lambda: len(page.rows) == AT_ONCE + 5)
    assert page._more.isHidden()
    put_look(window, "dark", 150)
    qtbot.waitUntil(lambda: len(page.rows) == AT_ONCE + 5)
