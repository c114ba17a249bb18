"""The proof in the window: reached by mouse and keyboard, fresh, saved, and never in the way."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import FakeDialogs, Stage
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened

from biseo.offline import store as offline_store
from biseo_models import attempts
from biseo_models.attempts import Attempt
from biseo_ui.main_window import MainWindow
from biseo_ui.offline_desk import OfflineDesk
from biseo_ui.pages.offline_page import OfflinePage

ATTEMPT = Attempt("2026-11-22T10:00:00", "reader", 7, "socket.connect", "AF_INET", 443, "library:12")


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The credential store is asked in a process of its own, which is tried elsewhere."""
    monkeypatch.setattr(offline_store, "keyring_label", lambda: "시험 보관소")


def desk_of(window: MainWindow) -> OfflineDesk:
    return window.findChild(OfflineDesk)  # type: ignore[no-any-return]


def shown(window: MainWindow, qtbot: QtBot) -> OfflinePage:
    """The page, filled."""
    desk = desk_of(window)
    qtbot.waitUntil(lambda: desk.page is not None and desk.page.save.isEnabled() and desk.page.whole, timeout=20_000)
    assert desk.page is not None
    return desk.page


def test_the_status_line_leads_to_it_and_escape_back(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    assert window.status.offline.text() == "외부 통신 0건"
    window.show_place("history")
    window.status.offline.click()
    page = shown(window, qtbot)
    assert window.pages.currentWidget() is page
    assert page.headline.accessibleName() == "외부 통신 0건"
    assert "명령" in page.grids["processes"].words() and "외부 소켓 0개" in page.grids["processes"].words()
    assert page.grids["attempts"].words().strip() == "없음"
    assert "biseo_models" in page.grids["program"].words() and stage.store.active().sha256[:8] in "abababab"
    assert "시험 보관소" in page.grids["store"].words() and "쓰지 않음" in page.grids["store"].words()
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.history_page


def test_the_keyboard_leads_to_it(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    page = shown(window, qtbot)
    assert window.pages.currentWidget() is page and page.isAncestorOf(window.focusWidget())
    page.back.click()
    assert window.pages.currentWidget() is window.work


def test_before_what_has_to_be_read_it_is_not_shown(stage: Stage, qtbot: QtBot) -> None:
    stage.settings.notice_read = False
    window = stage.open()
    window.status.offline.click()
    assert window.entrance.barred and desk_of(window).page is None


def test_an_attempt_shows_within_seconds_and_stays_in_the_audit_log(
    start: Start, store: str, home: Path, qtbot: QtBot
) -> None:
    stage = start()
    window = opened(stage, qtbot)
    desk = desk_of(window)
    desk._count()
    qtbot.waitUntil(lambda: desk._blocked == 0)
    attempts.add(home / "logs", [ATTEMPT], 2)
    desk._count()
    qtbot.waitUntil(lambda: window.status.offline.text() == "외부 통신 0건, 막음 3")
    found: list[Any] = []
    window.vault.call(lambda vault: found.append(vault.audit_lines()))
    qtbot.waitUntil(lambda: bool(found))
    line = found[0][-1]
    assert line.action == "network.blocked" and dict(line.counts) == {"attempts": 3}
    window.status.offline.click()
    page = shown(window, qtbot)
    assert page.headline.accessibleName() == "외부 통신 0건, 막은 시도 3번"
    assert "연결(socket.connect, AF_INET, 포트 443), 부른 곳 library:12" in page.grids["attempts"].words()
    assert "여는 방법 운영체제 자격 증명 보관소" in page.grids["store"].words()
    assert "감사 기록" in page.grids["store"].words()


def test_it_looks_again_while_it_is_seen_only(stage: Stage, qtbot: QtBot) -> None:
    window = stage.open()
    desk = desk_of(window)
    desk._looking.setInterval(50)
    window.status.offline.click()
    page = shown(window, qtbot)
    before = desk._now
    qtbot.waitUntil(lambda: desk._now is not before, timeout=10_000)
    page.closed.emit()
    assert not desk._looking.isActive()
    qtbot.waitUntil(lambda: desk._job is None, timeout=10_000)


def test_it_is_saved_as_a_file(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    target = stage.home / "점검.json"
    monkeypatch.setattr(FakeDialogs, "save_report", lambda _self, _name, then: then(target, False), raising=False)
    window = stage.open()
    window.status.offline.click()
    page = shown(window, qtbot)
    assert page.save.isVisible()
    page.save.click()
    qtbot.waitUntil(lambda: bool(page.alerts.messages()))
    assert page.alerts.messages()[0].kind == "ok"
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["offline"]["sockets_opened"] == 0 and data["model"]["sha256"] == "ab" * 32
    page.save.click()
    qtbot.waitUntil(lambda: page.alerts.messages()[0].kind == "error")


def test_the_window_never_waits_for_it(stage: Stage, qtbot: QtBot) -> None:
    """Rows are shown some at a time; no step of the window's thread is long."""
    window = stage.open()
    window.status.offline.click()
    page = shown(window, qtbot)
    data = desk_of(window)._data
    taken = []
    go_on = page._go_on

    def timed() -> None:
        begun = time.perf_counter()
        go_on()
        taken.append(time.perf_counter() - begun)

    page._turns.timeout.disconnect()
    page._turns.timeout.connect(timed)
    data["dependencies"]["libraries"] += [
        {"name": f"library-{n}", "version": "1", "record_sha256": "0" * 64} for n in range(60)
    ]
    page.show_data(data, ["저장소: 있음"])
    qtbot.waitUntil(lambda: page.whole)
    assert len(taken) > 1 and sorted(taken)[len(taken) // 2] < 0.05
    assert "library-59 1" in page.grids["libraries"].words()
