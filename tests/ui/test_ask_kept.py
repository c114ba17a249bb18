"""A conversation with the library is kept in the encrypted store, found again, and goes when it is asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.asked import PERIOD, Script, asking
from tests.ui.conftest import Stage
from tests.ui.test_ask_view import QUESTION, answered
from tests.ui.vault_stage import Start, home, quick_derivation, ring, start, store

from biseo.errors import InputFileError
from biseo.policy import Policy
from biseo.vault import open_vault
from biseo_ui.ask_record import TASK, Asked, Conversation, from_json
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.ask_view import AskView

__all__ = ["home", "quick_derivation", "ring", "start", "store"]
pytestmark = pytest.mark.usefixtures("store")


def opened(stage: Stage, qtbot: QtBot, script: Script) -> AskView:
    """The view over an open store."""
    vault = stage.vault
    assert isinstance(vault, VaultHost)
    vault.begin()
    qtbot.waitUntil(lambda: vault.is_open, timeout=10_000)
    return asking(stage, qtbot, script)


def settled(stage: Stage, qtbot: QtBot) -> None:
    """All that was asked of the store is done."""
    vault = stage.vault
    assert vault is not None
    ended: list[bool] = []
    vault.call(lambda each: each.flush()).ended.connect(lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)


def works(home: Path, ring: MemoryKeyring) -> list[tuple[str, str]]:
    """Task and title of what is stored."""
    with open_vault(home, keyring=ring) as vault:
        return [(entry.task, entry.title) for entry in vault.works()]


def test_conversation_is_there_at_the_next_start(start: Start, qtbot: QtBot) -> None:
    stage, script = start(), Script()
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    answered(view, qtbot, script, "연장하면요?")
    settled(stage, qtbot)
    before = view.desk.talk
    stage = start()
    view = opened(stage, qtbot, script)
    assert not view.cards
    view.desk.look()
    qtbot.waitUntil(lambda: len(view.cards) == 2, timeout=5000)
    assert view.desk.talk == before and view.cards[0].sentences[0].sentence.text == PERIOD
    assert view.desk.subject == "연장하면요?"
    answered(view, qtbot, script, "수수료는요?")
    settled(stage, qtbot)
    assert stage.vault is not None
    found: list[object] = []
    stage.vault.call(lambda vault: (len(vault.works()), [e.title for e in vault.search("14일")])).item.connect(
        found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found == [(1, [QUESTION])]  # one conversation, found by its question's answer


def test_question_under_way_is_stopped_at_the_next_start(start: Start, qtbot: QtBot) -> None:
    turn = Asked("어디에 내나요?", "writing")
    again = from_json(Conversation((turn,)).to_json()).turns[0]
    assert again.state == "stopped" and again.note and not again.under_way


def test_deleted_conversation_leaves_no_word(start: Start, qtbot: QtBot, home: Path, ring: MemoryKeyring) -> None:
    stage, script = start(), Script()
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    settled(stage, qtbot)
    view.desk.delete()
    settled(stage, qtbot)
    assert "지웠습니다" in view.alerts.messages()[0].text and not view.cards
    answered(view, qtbot, script, "수수료는 얼마인가요?")  # a conversation of its own
    settled(stage, qtbot)
    stage.close()
    stage.close = lambda: None  # type: ignore[method-assign]
    assert works(home, ring) == [(TASK, "수수료는 얼마인가요?")]


def test_new_subject_leaves_the_other_in_the_history(
    start: Start, qtbot: QtBot, home: Path, ring: MemoryKeyring
) -> None:  # fmt: skip
    stage, script = start(), Script()
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    first = view.desk.keeper.id
    view.anew.click()
    assert not view.cards and "기록" in view.alerts.messages()[0].advice
    answered(view, qtbot, script, "수수료는 얼마인가요?")
    assert script.asked[-1][2] == ()
    view.desk.open(first)
    qtbot.waitUntil(lambda: bool(view.cards) and view.cards[0].turn.question == QUESTION, timeout=5000)
    settled(stage, qtbot)
    stage.close()
    stage.close = lambda: None  # type: ignore[method-assign]
    assert sorted(works(home, ring)) == [(TASK, "수수료는 얼마인가요?"), (TASK, QUESTION)]


def test_no_history_keeps_no_conversation(start: Start, qtbot: QtBot, home: Path, ring: MemoryKeyring) -> None:
    stage, script = start(), Script()
    stage.policy = Policy(history=False)
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    view.desk.start_anew()
    settled(stage, qtbot)
    found: list[object] = []
    assert stage.vault is not None
    stage.vault.call(lambda vault: vault.count()).item.connect(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [0]


def test_nothing_is_held_when_the_window_has_gone(
    start: Start, qtbot: QtBot, home: Path, ring: MemoryKeyring
) -> None:  # fmt: skip
    """With a retention of nothing the end of the program sweeps what no window has open."""
    stage, script = start(), Script()
    assert stage.vault is not None
    stage.vault.before_close = lambda vault: vault.sweep(0)
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    settled(stage, qtbot)
    stage.close()
    stage.close = lambda: None  # type: ignore[method-assign]
    assert works(home, ring) == []


def test_deleted_elsewhere_goes_on_as_another(start: Start, qtbot: QtBot) -> None:
    stage, script = start(), Script()
    view = opened(stage, qtbot, script)
    answered(view, qtbot, script)
    settled(stage, qtbot)
    before = view.desk.keeper.id
    assert stage.vault is not None
    stage.vault.call(lambda vault: vault.delete_work(before))
    answered(view, qtbot, script, "연장하면요?")
    settled(stage, qtbot)
    qtbot.waitUntil(lambda: view.desk.keeper.id == "", timeout=5000)
    answered(view, qtbot, script, "수수료는요?")
    settled(stage, qtbot)
    assert view.desk.keeper.id not in ("", before) and len(view.cards) == 3


def test_damaged_conversation_is_told() -> None:
    for text in ("", "{}", '{"version": 1, "turns": [{"question": 5}]}', "[]"):
        with pytest.raises(InputFileError):
            from_json(text)
    with pytest.raises(InputFileError, match="새로운"):
        from_json('{"version": 99, "turns": []}')
