"""A work is whole without the files of its sources: their text comes back with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import PLAN, Stage
from tests.ui.test_never_lost import drafted, page, restored, section
from tests.ui.test_review import put
from tests.ui.test_window import drop, messages
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.document import Document
from biseo.vault import open_vault
from biseo_ui.main_window import MainWindow
from biseo_ui.widgets.source_cards import SourceCard

MISSING = "원본 파일을 찾을 수 없어 저장해 둔 글로 엽니다."
CHANGED = "원본 파일이 저장한 뒤에 바뀌었습니다. 저장해 둔 글을 쓰고 있습니다."
OTHER = ("다른 계획", "□ 한빛시는 가을에 책잔치를 12회 연다.")


def card(window: MainWindow) -> SourceCard:
    (only,) = window.work.cards.cards
    return only


def sources(window: MainWindow) -> tuple[Document, ...]:
    request = window.work.session.request
    assert request is not None
    return request.sources


def text(window: MainWindow) -> str:
    (document,) = sources(window)
    return document.text


def looked(window: MainWindow, qtbot: QtBot, state: str) -> SourceCard:
    qtbot.waitUntil(lambda: bool(window.work.cards.cards) and card(window).source.file == state, timeout=5000)
    return card(window)


def test_a_source_whose_file_has_gone_still_carries_the_draft(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    written = window.work.cards.documents()
    (stage.home / "운영 계획.txt").unlink()
    settled(stage, qtbot)
    again = restored(start(), qtbot)
    shown = looked(again, qtbot, "missing")
    assert shown._news.isVisibleTo(shown) and shown._news.text() == f"⚠ {MISSING}" and shown.renew.isVisibleTo(shown)
    assert MISSING in shown.accessibleName()
    assert sources(again) == written and "찾지 못한" not in messages(again)
    again.work._show_source(sources(again)[0], "지난해에는 시민 4,200명이 책잔치를 찾았다.")
    assert "4,200명" in again.work.viewer.marked_text()
    # An edited section finds its evidence in the stored text.
    put(again, "지난해에는 시민 4,200명이 책잔치를 찾았다.", section(again))
    state = again.work.session.states[section(again)]
    qtbot.waitUntil(
        lambda: bool(state.made and state.made.sentences and state.made.sentences[-1].evidence), timeout=10_000
    )
    assert state.made is not None and state.made.sentences[-1].evidence[0].source == "운영 계획.txt"
    # And it can be written from it again.
    qtbot.waitUntil(lambda: again.models.known)
    with qtbot.waitSignal(again.work.session.ended, timeout=60_000) as ended:
        again.work.session.rewrite(next(iter(again.work.session.states)))
    assert ended.args == ["done"]


def test_reading_anew_fails_until_the_file_is_back(start: Start, store: str, qtbot: QtBot) -> None:
    stage = start()
    drafted(stage, qtbot)
    path = stage.home / "운영 계획.txt"
    path.unlink()
    again = restored(start(), qtbot)
    shown = looked(again, qtbot, "missing")
    qtbot.mouseClick(shown.renew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.source.refused is not None)
    assert "저장해 둔 글을 그대로 씁니다. 파일을 읽을 수 없습니다." in shown._news.text()
    assert PLAN[1] in text(again) and shown.source.state == "ready"
    path.write_text("\n".join(PLAN), encoding="utf-8")
    qtbot.mouseClick(shown.renew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.source.news and not shown.source.busy)
    assert not shown.renew.isVisibleTo(shown) and not shown._news.isVisibleTo(shown)


def test_a_source_that_was_changed_since_is_told_and_read_anew_when_wanted(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    drafted(stage, qtbot)
    before = page(stage.window)
    stage = start()
    stage.source(lines=OTHER)
    again = restored(stage, qtbot)
    shown = looked(again, qtbot, "changed")
    assert shown._news.text() == f"⚠ {CHANGED}" and PLAN[1] in text(again)
    qtbot.mouseClick(shown.renew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: OTHER[1] in text(again))
    assert "새로 읽었습니다" in messages(again) and not shown.source.news
    qtbot.waitUntil(lambda: any(f.text == "4,200명" for f in again.work.session.findings()) or "4,200" not in before)
    settled(stage, qtbot)
    with open_vault(home, keyring=ring) as vault:
        (name,) = vault.source_names(again.keeper.id)
        assert name == again.work.snapshot().sources[0].stored  # type: ignore[union-attr]
    third = restored(start(), qtbot)
    assert OTHER[1] in text(third)
    looked(third, qtbot, "same")
    assert not card(third).source.news


def test_a_file_that_moved_before_anything_was_written_is_there_all_the_same(
    start: Start, store: str, qtbot: QtBot
) -> None:
    stage = start()
    window = opened(stage, qtbot)
    path = stage.source()
    drop(window, path)
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    settled(stage, qtbot)
    path.rename(stage.home / "옮긴 계획.txt")
    again = restored(start(), qtbot)
    assert PLAN[1] in again.work.cards.documents()[0].text
    looked(again, qtbot, "missing")


def test_two_works_share_a_source_and_the_last_one_takes_it_along(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage = start()
    window = drafted(stage, qtbot)
    first = window.keeper.id
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    settled(stage, qtbot)
    second = window.keeper.id
    assert first != second
    start()
    with open_vault(home, keyring=ring) as vault:
        (name,) = vault.source_names(first)
        assert vault.source_names(second) == [name]
        vault.delete_work(first)
        assert vault.load_source(name)
        vault.delete_work(second)
        assert vault.load_source(name) is None


def test_a_card_that_is_taken_off_takes_its_text_from_the_store(
    start: Start, store: str, home: Path, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    stage: Stage = start()
    window = opened(stage, qtbot)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()))
    settled(stage, qtbot)
    with open_vault(home, keyring=ring) as vault:
        (name,) = vault.source_names(window.keeper.id)
        window.work.cards.remove(card(window).source.path)
        settled(stage, qtbot)
        assert vault.source_names(window.keeper.id) == [] and vault.load_source(name) is None
