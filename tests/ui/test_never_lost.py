"""What is done in the window is in the store within two seconds, and comes back with the next start."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import PLAN, Stage
from tests.ui.killed_program import PASSPHRASE
from tests.ui.test_review import put
from tests.ui.test_window import drop, messages
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.document import Review
from biseo.tasks.catalogue import find_task
from biseo.vault import create, open_vault
from biseo.vault.errors import vault_error
from biseo.worksession import from_json
from biseo_ui.main_window import MainWindow


def drafted(stage: Stage, qtbot: QtBot, task: str = "report") -> MainWindow:
    """A program with a store and a finished draft."""
    window = opened(stage, qtbot)
    window.work.show_task(find_task(task))
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000) as ended:
        window.work.write()
    assert ended.args == ["done"]
    settled(stage, qtbot)
    return window


def section(window: MainWindow) -> str:
    return [name for name in window.work.session.text.section_ids() if name in window.work.session.states][-1]


def page(window: MainWindow) -> str:
    return str(window.work.area.editor.toPlainText())


def restored(stage: Stage, qtbot: QtBot) -> MainWindow:
    window = opened(stage, qtbot)
    qtbot.waitUntil(lambda: bool(window.keeper.id), timeout=10_000)
    return window


def test_everything_comes_back_by_itself(start: Start, store: str, qtbot: QtBot) -> None:
    window = drafted(start(), qtbot)
    before = page(window)
    put(window, "예산은 98,700,000원이다. 골목마다 등불을 건다.", section(window))
    edited = page(window)
    qtbot.waitUntil(lambda: not window.work.session.checks.busy, timeout=5000)
    number = next(f for f in window.work.session.findings() if f.text == "98,700,000원")
    window.work.session.dismiss(number, "사실 확인함", confirmed=True)
    settled(running(window), qtbot)
    again = restored(start(), qtbot)
    assert page(again) == edited
    assert "다시 열었습니다" in messages(again)
    decided = again.work.session.states[number.section].decision(number)
    assert decided is not None and decided.confirmed
    assert again.work.side.form.task is find_task("report")
    qtbot.waitUntil(lambda: bool(again.work.cards.documents()))
    again.work.area.editor.undo()
    assert page(again) == before


def test_cursor_and_what_was_typed_into_the_form_since_come_back(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    editor = window.work.area.editor
    cursor = editor.textCursor()
    cursor.setPosition(40)
    editor.setTextCursor(cursor)
    window.work.side.form.editors["name"].set_value("등불 보고")
    put(window, "골목마다 등불을 건다.", section(window))
    cursor.setPosition(40)
    editor.setTextCursor(cursor)
    settled(stage, qtbot)
    again = restored(start(), qtbot)
    assert again.work.area.editor.textCursor().position() == 40
    assert again.work.side.form.values()["name"] == "등불 보고"
    assert again.work.session.request is not None and "name" not in again.work.session.request.form


def running(window: MainWindow) -> Any:
    class Running:
        vault = window.vault

    made: Any = Running()
    made.window = window
    return made


def test_a_completion_comes_back(start: Start, store: str, qtbot: QtBot) -> None:
    window = drafted(start(), qtbot, "summary")
    window.work.session.review.complete(Review("2026-05-08T10:00:00+09:00", "kim", ("input",)))
    settled(running(window), qtbot)
    again = restored(start(), qtbot)
    assert again.work.session.review.current is not None
    assert again.rail.place == "summary"


def test_a_finished_and_saved_work_is_not_opened_again(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    window.work.session.review.complete(Review("2026-05-08T10:00:00+09:00", "kim", ("input",)))
    with qtbot.waitSignal(window.work.session.saved, timeout=30_000):
        window.work.session.save(stage.home / "끝.md", False)
    settled(stage, qtbot)
    again = opened(start(), qtbot)
    assert not again.work.session.has_draft and again.keeper.id == ""


def test_the_status_line_tells_how_the_saving_goes(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    assert window.status.saved.text() == "자동 저장됨"
    put(window, "다른 말이다.", section(window))
    assert window.status.saved.text() == "저장하는 중"
    qtbot.waitUntil(lambda: window.status.saved.text() == "자동 저장됨", timeout=5000)


def test_every_change_is_on_the_disk_within_two_seconds(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    began = time.monotonic()
    put(window, "골목마다 등불을 건다.", section(window))
    qtbot.waitUntil(lambda: window.keeper.safe, timeout=5000)
    assert time.monotonic() - began < 2.0
    with open_vault(home, keyring=ring) as other:
        work = from_json(other.load_work(window.keeper.id).decode("utf-8"))
    assert any("골목마다 등불을 건다." in words.text for words in work.words)


def test_a_program_that_is_killed_while_it_writes_comes_back_where_it_was(
    start: Start, home: Path, ring: MemoryKeyring, tmp_path: Path, qtbot: QtBot
) -> None:
    vault, _code = create(home, passphrase=PASSPHRASE, keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    (tmp_path / "운영 계획.txt").write_text("\n".join(PLAN), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed_program", str(tmp_path)],
        cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert child.stdout is not None
    section_id = child.stdout.readline().decode().strip()  # it tells the section that it is writing
    child.kill()  # SIGKILL, TerminateProcess
    child.wait()
    child.stdout.close()
    assert section_id
    window = start().open()
    qtbot.waitUntil(lambda: window.vault.state.kind == "locked", timeout=10_000)
    window.vault.unlock(passphrase=PASSPHRASE)
    qtbot.waitUntil(lambda: bool(window.keeper.id), timeout=10_000)
    session = window.work.session
    assert section_id in session.unfinished
    assert str(session.states[section_id]) == "쓰다 멈춤"
    assert session.text.section_text(section_id).strip()
    assert "쓰다 멈춘 절" in messages(window) and "다시 열었습니다" in messages(window)
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    with qtbot.waitSignal(session.ended, timeout=60_000) as ended:
        session.resume()
    assert ended.args == ["done"] and not session.unfinished


def test_a_form_that_was_only_filled_in_comes_back(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    window.work.show_task(find_task("press"))
    window.work.side.form.editors["agency"].set_value("한빛시")
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    settled(stage, qtbot)
    again = restored(start(), qtbot)
    assert again.work.side.form.task is find_task("press")
    assert again.work.side.form.values()["agency"] == "한빛시"
    qtbot.waitUntil(lambda: bool(again.work.cards.documents()))
    first = again.keeper.id
    qtbot.waitUntil(lambda: again.models.known)
    with qtbot.waitSignal(again.work.session.ended, timeout=60_000):
        again.work.write()
    assert again.keeper.id == first  # the form has become a draft


def test_the_example_is_not_kept_before_it_is_written(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    qtbot.mouseClick(window.work.area.start.example, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    settled(stage, qtbot)
    assert window.keeper.id == ""


def test_another_draft_is_another_work(start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    first = window.keeper.id
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    assert stage.dialogs.asked == []  # nothing is lost, nothing is asked
    settled(stage, qtbot)
    assert window.keeper.id not in ("", first)
    with open_vault(home, keyring=ring) as other:
        assert {entry.id for entry in other.works()} == {first, window.keeper.id}


def test_closing_asks_nothing_where_the_store_has_the_draft(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    put(window, "마지막 한마디.", section(window))
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    assert stage.dialogs.asked == []
    again = restored(start(), qtbot)
    assert "마지막 한마디." in page(again)


def test_closing_asks_while_saving_fails(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    window.vault._on_trouble(vault_error("disk-full"))
    assert "디스크가 가득 차" in messages(window)
    assert window.status.saved.text().startswith("디스크가 가득 차")
    window.vault._on_trouble(vault_error("disk-full"))
    stage.dialogs.unsaved = "cancel"
    window.close()
    qtbot.waitUntil(lambda: stage.dialogs.asked == ["unsaved"], timeout=10_000)
    window.vault._on_trouble(None)
    assert "다시 저장되고" in messages(window)


def test_a_store_that_is_held_is_told_and_saving_goes_on_by_itself(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    gate, held = threading.Event(), threading.Event()

    def hold(_connection: object) -> None:
        held.set()
        gate.wait(30)

    with open_vault(home, keyring=ring) as other:
        holder = threading.Thread(target=lambda: other._do(hold))
        holder.start()
        assert held.wait(10)
        put(window, "골목마다 등불을 건다.", section(window))
        qtbot.waitUntil(lambda: "붙잡고 있어" in messages(window), timeout=10_000)
        assert "붙잡고 있어" in window.status.saved.text()
        assert not window.keeper.keeps
        gate.set()
        holder.join()
        qtbot.waitUntil(lambda: "다시 저장되고 있습니다" in messages(window), timeout=10_000)
        settled(stage, qtbot)
        assert window.status.saved.text() == "자동 저장됨"
        assert "등불을 건다" in other.load_work(window.keeper.id).decode("utf-8")


def test_starting_anew_leaves_the_work_in_the_history(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    drafted(start(), qtbot)
    stage = start()
    window = restored(stage, qtbot)
    kept = window.keeper.id
    window.keeper.start_anew()
    assert not window.work.session.has_draft and not window.work.cards.cards
    assert window.work.area.stack.currentWidget() is window.work.area.start
    settled(stage, qtbot)
    assert window.keeper.id == ""
    with open_vault(home, keyring=ring) as other:
        assert [entry.id for entry in other.works()] == [kept]


def test_nothing_is_kept_beyond_the_session_where_that_is_set(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    stage.settings.retention_days = 0
    window = drafted(stage, qtbot)
    window.close()
    qtbot.waitUntil(lambda: stage.dialogs.asked == ["unsaved"], timeout=10_000)
    del window
    start()
    with open_vault(home, keyring=ring) as other:
        assert other.count() == 0


def test_a_second_window_does_not_take_the_work(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    drafted(start(), qtbot)
    stage = start()
    with open_vault(home, keyring=ring) as other:
        other.claim(other.works(1)[0].id)
        window = opened(stage, qtbot)
        settled(stage, qtbot)
        assert window.keeper.id == "" and not window.work.session.has_draft


def test_the_audit_log_tells_what_was_done(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    with qtbot.waitSignal(window.work.session.saved, timeout=30_000):
        window.work.session.save(stage.home / "초안.md", False)
    settled(stage, qtbot)
    start()
    with open_vault(home, keyring=ring) as vault:
        lines = vault.audit_lines()
        assert vault.audit_report().intact
    actions = [line.action for line in lines]
    assert actions[-5:] == ["start", "source", "draft.done", "export.md", "end"]
    drafted_line = lines[-3]
    assert drafted_line.model == "ab" * 32 and drafted_line.task == "report" and drafted_line.counts["sections"] > 0
    assert lines[-4].files and lines[-2].files and lines[-2].review == "draft"
