"""A form that is being filled in is part of the work: it comes back, also without its file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.assistant.forms.form_files import paragraph, section_of, write_hwpx
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.killed_program import PASSPHRASE, WORDS
from tests.ui.test_never_lost import drafted, restored
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.vault import create, open_vault
from biseo_ui.main_window import MainWindow
from biseo_ui.pages.fill_page import FillPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return write_hwpx(tmp_path / "신청 양식.hwpx", paragraph("{{기관명}} 공고"), paragraph("{{내용}}"))


def form(window: MainWindow, qtbot: QtBot, template: Path) -> FillPage:
    """The page with that form open."""
    window.show_place("fill")
    page = window.work.fill_page
    page.open_path(template)
    qtbot.waitUntil(lambda: page.form is not None and page._job is None, timeout=20_000)
    return page


def words(page: FillPage) -> str:
    return "\n".join(f"{message.text} {message.advice}" for message in page.alerts.messages())


def press(page: FillPage, qtbot: QtBot, name: str) -> None:
    (button,) = (one for one in page.alerts.findChildren(QPushButton) if one.text() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_was_filled_in_comes_back_and_can_be_saved(
    start: Start, store: str, home: Path, ring: MemoryKeyring, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = start()
    window = opened(stage, qtbot)
    form(window, qtbot, template).rows[0].edit.insertPlainText("한빛시")
    settled(stage, qtbot)
    with open_vault(home, keyring=ring) as other:
        (entry,) = other.works()
        assert (entry.title, entry.phase) == ("양식: 신청 양식", "filling")
        assert [found.id for found in other.search("한빛시")] == [entry.id]
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    assert stage.dialogs.asked == []  # nothing is lost, nothing is asked
    stage = start()
    again = restored(stage, qtbot)
    page = again.work.fill_page
    assert again.rail.place == "fill" and page.isVisible()
    assert [row.value for row in page.rows] == ["한빛시", ""] and page.dirty and words(page) == ""
    page.rows[1].edit.insertPlainText("등불")
    stage.dialogs.target = out = tmp_path / "채움.hwpx"
    page.save()
    qtbot.waitUntil(lambda: "저장됨" in words(page), timeout=20_000)
    assert "한빛시 공고" in section_of(out)
    settled(stage, qtbot)
    third = restored(start(), qtbot)
    assert not third.work.fill_page.dirty and third.work.fill_page.rows[1].value == "등불"


def test_a_program_that_is_killed_comes_back_with_it(
    start: Start, home: Path, ring: MemoryKeyring, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    vault, _code = create(home, passphrase=PASSPHRASE, keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed_program", str(tmp_path), str(template)],
        cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert child.stdout is not None
    name = child.stdout.readline().decode().strip()
    child.kill()  # SIGKILL, TerminateProcess
    child.wait()
    child.stdout.close()
    assert name == "기관명"
    window = start().open()
    qtbot.waitUntil(lambda: window.vault.state.kind == "locked", timeout=10_000)
    window.vault.unlock(passphrase=PASSPHRASE)
    qtbot.waitUntil(lambda: bool(window.keeper.id), timeout=10_000)
    assert window.work.fill_page.rows[0].value == WORDS


def test_without_its_file_the_values_are_shown_and_nothing_is_lost(
    start: Start, store: str, template: Path, qtbot: QtBot
) -> None:
    stage = start()
    page = form(opened(stage, qtbot), qtbot, template)
    page.rows[0].edit.insertPlainText("한빛시")
    settled(stage, qtbot)
    kept = template.read_bytes()
    template.unlink()
    stage = start()
    page = restored(stage, qtbot).work.fill_page
    qtbot.waitUntil(lambda: "양식 파일을 찾을 수 없습니다. 채운 값은 그대로 있습니다." in words(page))
    assert [row.field.name for row in page.rows] == ["기관명", "내용"] and page.rows[0].value == "한빛시"
    press(page, qtbot, "양식 다시 읽기")
    qtbot.waitUntil(lambda: page._job is None and bool(words(page)), timeout=20_000)
    assert page.rows[0].value == "한빛시"
    template.write_bytes(kept)
    page._read_again()
    qtbot.waitUntil(lambda: page._job is None and not words(page), timeout=20_000)
    assert page.rows[0].value == "한빛시"


def test_a_form_that_was_changed_since_keeps_what_still_has_a_field(
    start: Start, store: str, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = start()
    page = form(opened(stage, qtbot), qtbot, template)
    page.rows[0].edit.insertPlainText("한빛시")
    page.rows[1].edit.insertPlainText("등불")
    settled(stage, qtbot)
    write_hwpx(tmp_path / template.name, paragraph("{{기관명}} 알림"), paragraph("{{일시}}"))
    page = restored(start(), qtbot).work.fill_page
    qtbot.waitUntil(lambda: "양식 파일이 저장한 뒤에 바뀌었습니다." in words(page))
    assert page.rows[1].value == "등불"
    press(page, qtbot, "양식 다시 읽기")
    qtbot.waitUntil(lambda: [row.field.name for row in page.rows] == ["기관명", "일시"], timeout=20_000)
    assert page.rows[0].value == "한빛시" and "칸의 값 1개를 뺐습니다: 내용." in words(page)


def test_it_belongs_to_its_work(start: Start, store: str, template: Path, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    form(window, qtbot, template).rows[0].edit.insertPlainText("한빛시")
    settled(stage, qtbot)
    window.keeper.start_anew()
    assert window.work.fill_page.form is None and window.work.fill_page.rows == []
    settled(stage, qtbot)
    window.show_place("history")
    qtbot.waitUntil(lambda: window.history_page.model.rowCount() == 1)
    window.history_page.open_current()
    qtbot.waitUntil(lambda: bool(window.keeper.id) and window.work.isEnabled(), timeout=10_000)
    assert window.work.fill_page.rows[0].value == "한빛시" and window.rail.place == "write"
