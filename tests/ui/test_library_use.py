"""Passages of the library in the draft and among the sources: found as evidence, undone, kept with the work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_library_page import RULE, found, indexed, rules
from tests.ui.test_never_lost import drafted, page, section
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, settled

from biseo_ui.main_window import MainWindow
from biseo_ui.pages.library_page import LibraryPage
from biseo_ui.widgets.draft_reader import TITLE

LEFT = Qt.MouseButton.LeftButton
SENTENCE = "처리기간을 연장하였을 때에는 연장 사유와 처리완료 예정일을 민원인에게 지체 없이 알려야 한다."

CITED = f"{SENTENCE[:-1]}(「민원 처리 규정」 제14조)."


def at_end_of(window: MainWindow, name: str) -> None:
    editor = window.work.area.editor
    cursor = editor.text.end_of(name)
    assert cursor is not None
    editor.setTextCursor(cursor)


def with_hit(stage: Stage, qtbot: QtBot, folder: Path) -> tuple[MainWindow, LibraryPage]:
    """A window with a draft, and the rule found in its library."""
    window = drafted(stage, qtbot)
    library = indexed(window, qtbot, folder)
    found(library, qtbot, "처리기간 연장 예정일")
    return window, library


def test_without_a_draft_it_says_what_to_do(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window = stage.open()
    assert stage.vault is not None
    qtbot.waitUntil(lambda: stage.vault is not None and stage.vault.is_open, timeout=10_000)
    library = indexed(window, qtbot, rules(tmp_path))
    found(library, qtbot, "처리기간 연장 예정일")
    qtbot.mouseClick(library.viewer.insert, LEFT)
    assert "초안이 아직 없습니다" in library.alerts.messages()[0].text
    assert not window.work.cards.cards


def test_a_sentence_goes_to_the_cursor_and_its_file_to_the_sources(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    stage = start()
    window, library = with_hit(stage, qtbot, rules(tmp_path))
    name = section(window)
    at_end_of(window, name)
    before = page(window)
    library.open_current()
    qtbot.waitUntil(lambda: library._document is not None, timeout=20_000)
    text = library.viewer.text
    cursor = text.document().find(SENTENCE)
    assert not cursor.isNull()
    text.setTextCursor(cursor)
    qtbot.mouseClick(library.viewer.insert, LEFT)
    assert window.pages.currentWidget() is window.work and window.rail.place == "write"
    words = window.work.area.editor.text.section_text(name)
    assert words.endswith(f"\nㅇ {CITED}")  # the line above has no full stop
    assert window.work.cards.find("민원 처리 규정.txt") is not None
    request = window.work.session.request
    assert request is not None and [Path(d.path).name for d in request.sources][-1] == "민원 처리 규정.txt"
    evidence = window.work.review.evidence
    qtbot.waitUntil(lambda: "source='민원 처리 규정.txt', page=1" in str(evidence._shown), timeout=10_000)
    qtbot.waitUntil(lambda: not window.work.session.checks.busy, timeout=10_000)
    said = [finding for finding in window.work.session.findings() if finding.section == name]
    assert not [finding for finding in said if finding.start > len(words) - len(SENTENCE)], said
    window.work.area.editor.undo()
    assert page(window) == before
    settled(stage, qtbot)


def test_the_evidence_of_an_inserted_sentence_leads_into_its_file(
    start: Start, store: str, tmp_path: Path, qtbot: QtBot
) -> None:
    window, library = with_hit(start(), qtbot, rules(tmp_path))
    at_end_of(window, section(window))
    library.insert(library.model.hits[0], SENTENCE)
    qtbot.waitUntil(lambda: window.work.cards.find("민원 처리 규정.txt") is not None, timeout=20_000)
    found_in: list[object] = []
    window.work.desk.source_wanted.connect(lambda document, passage: found_in.append((document, passage)))
    services = window.work.desk._services
    request = window.work.session.request
    assert request is not None
    (evidence, *_) = services.find_evidence(SENTENCE, request.sources)
    assert evidence.source == "민원 처리 규정.txt" and evidence.page == 1
    window.work.review.evidence.opened.emit(evidence)
    assert found_in and window.work.right.currentWidget() is window.work.viewer
    assert "처리완료 예정일" in window.work.viewer.marked_text()


def test_a_title_is_never_written_into(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    window, library = with_hit(start(), qtbot, rules(tmp_path))
    editor = window.work.area.editor
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    top = editor.text.section_at(0)
    title = editor.toPlainText().split("\n")[0]
    library.insert(library.model.hits[0], SENTENCE)
    assert editor.toPlainText().split("\n")[0] == title or top != TITLE
    assert CITED in editor.toPlainText()


def test_a_passage_alone_is_a_source_and_stays_one(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    stage = start()
    window, library = with_hit(stage, qtbot, rules(tmp_path))
    library.source_wanted.emit(library.model.hits[0], "passage", None)
    name = "민원 처리 규정.txt, 제14조(처리기간의 연장), 1쪽"
    card = next(card for card in window.work.cards.cards if card.source.path.name == name)
    assert str(card.source).startswith("자료실의 대목 · ")
    assert "작업의 자료에 더했습니다" in library.alerts.messages()[0].text
    request = window.work.session.request
    assert request is not None and request.sources[-1] is card.source.document
    settled(stage, qtbot)
    stage = start()
    window = stage.open()
    qtbot.waitUntil(lambda: any(card.source.path.name == name for card in window.work.cards.cards), timeout=10_000)
    card = next(card for card in window.work.cards.cards if card.source.path.name == name)
    assert card.source.document is not None and RULE[3][:20] in card.source.document.text
    qtbot.wait(100)
    assert card.source.news == ""  # it has no file that could be missed


def test_a_file_that_has_gone_leaves_its_passage(start: Start, store: str, tmp_path: Path, qtbot: QtBot) -> None:
    folder = rules(tmp_path)
    window, library = with_hit(start(), qtbot, folder)
    (folder / "민원 처리 규정.txt").unlink()
    at_end_of(window, section(window))
    library.insert(library.model.hits[0], SENTENCE)
    qtbot.waitUntil(
        lambda: any("자료실에 있는 대목만" in each.advice for each in window.work.area.alerts.messages()),
        timeout=20_000,
    )
    request = window.work.session.request
    assert request is not None and "제14조" in Path(request.sources[-1].path).name
    assert window.work.cards.find(request.sources[-1].path) is not None
