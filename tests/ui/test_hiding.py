"""Personal data behind placeholders: hidden and shown by the official, masked in what leaves, never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import PLAN, Stage
from tests.ui.test_privacy import Asked

from biseo.document import Finding
from biseo.policy import Policy
from biseo.worksession import from_json
from biseo_ui.completion import bars_of, review_now
from biseo_ui.finding_kinds import is_hidden
from biseo_ui.main_window import MainWindow
from biseo_ui.session_store import snapshot

PERSONAL = (*PLAN, "□ 신청인 홍길동(010-1234-5678)이 나눔 장터 참가를 신청했다.")
DRAFT = "한빛시는 한빛도서관에서 책잔치를 연다고 밝혔다. 신청인 홍길동(010-1234-5678)은 나눔 장터에 참가한다."
CTRL = Qt.KeyboardModifier.ControlModifier


def ready(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is written or looked at."""
    session = window.work.session
    qtbot.waitUntil(lambda: session.has_draft and not session.writing, timeout=20_000)
    qtbot.waitUntil(lambda: not session.checks.busy and not session.checks._timer.isActive(), timeout=20_000)


@pytest.fixture
def drafted(stage: Stage, qtbot: QtBot) -> MainWindow:
    """A window with a draft that names a private person and their telephone, twice."""
    stage.engine._answer = lambda job: DRAFT if "한 줄로" not in job.prompt.task else "한빛시 책잔치 개최"
    window = stage.open()
    window.work.add_files([stage.source(lines=PERSONAL)])
    qtbot.waitUntil(lambda: bool(window.work.cards.personal_values()), timeout=10_000)
    window.work.write()
    ready(window, qtbot)
    cursor = window.work.area.editor.document().find("홍길동")
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    cursor.insertText(" 홍길동은 신청인이다.")
    ready(window, qtbot)
    return window


def private(window: MainWindow) -> list[Finding]:
    return [finding for finding in window.work.session.findings() if finding.rule.startswith("PRIVACY_")]


def page(window: MainWindow) -> str:
    return window.work.area.editor.toPlainText()


def hide_all(window: MainWindow, qtbot: QtBot) -> str:
    """All hidden; the page as it was."""
    before = page(window)
    window.work.reviewing.hide_all()
    ready(window, qtbot)
    return before


def test_one_key_hides_the_value_wherever_it_stands(drafted: MainWindow, qtbot: QtBot) -> None:
    desk, before = drafted.work.reviewing, page(drafted)
    finding = next(each for each in private(drafted) if each.text == "홍길동")
    desk.go_to(finding)
    card = drafted.work.review.card
    assert card.hide_value.isVisibleTo(card) and card.hide_all.isVisibleTo(card) and not card.take.isVisibleTo(card)
    QTest.keyClick(drafted, Qt.Key.Key_Period, CTRL)
    assert "홍길동" not in page(drafted) and page(drafted).count("[이름1]") == before.count("홍길동") >= 2
    assert "010-1234-5678" in page(drafted)
    ready(drafted, qtbot)
    assert not [each for each in drafted.work.session.findings() if "이름1" in each.text or "홍길동" in each.text]
    drafted.work.area.editor.undo()
    assert page(drafted) == before
    drafted.work.area.editor.redo()
    assert "홍길동" not in page(drafted) and "[이름1]" in page(drafted)


def test_all_are_hidden_and_shown_again(drafted: MainWindow, qtbot: QtBot) -> None:
    before = hide_all(drafted, qtbot)
    assert "홍길동" not in page(drafted) and "010-1234-5678" not in page(drafted)
    assert private(drafted) == []
    review = drafted.work.review
    assert review.hidden.isVisibleTo(review) and "3군데" in review.hidden.text()
    review.hidden.click()
    assert page(drafted) == before
    assert not review.hidden.isVisibleTo(review)
    ready(drafted, qtbot)
    assert len(private(drafted)) == 3


def test_a_placeholder_has_a_card_and_can_be_shown(drafted: MainWindow, qtbot: QtBot) -> None:
    before = hide_all(drafted, qtbot)
    editor, desk = drafted.work.area.editor, drafted.work.reviewing
    cursor = editor.document().find("[이름1]")
    cursor.setPosition(cursor.selectionStart() + 2)
    editor.setTextCursor(cursor)
    assert desk.current is not None and is_hidden(desk.current)
    card = drafted.work.review.card
    assert card.show_value.isVisibleTo(card) and not card.keep.isVisibleTo(card)
    assert "이름" in card.accessibleDescription() and "홍길동" not in card.accessibleDescription()
    desk.keep()
    assert not card.reasons.isVisibleTo(card)
    QTest.keyClick(drafted, Qt.Key.Key_Period, CTRL)
    assert page(drafted).count("홍길동") == 2 and "[휴대전화1]" in page(drafted)
    QTest.keyClick(drafted, Qt.Key.Key_Period, CTRL | Qt.KeyboardModifier.ShiftModifier)
    editor.setTextCursor(editor.document().find("[휴대전화1]"))
    QTest.keyClick(drafted, Qt.Key.Key_Period, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page(drafted) == before


def test_what_was_left_for_a_reason_is_not_hidden_with_the_others(drafted: MainWindow, qtbot: QtBot) -> None:
    phone = next(each for each in private(drafted) if each.text == "010-1234-5678")
    drafted.work.session.dismiss(phone, "공개된 번호")
    hide_all(drafted, qtbot)
    assert "010-1234-5678" in page(drafted) and "홍길동" not in page(drafted)


def test_checks_see_through(drafted: MainWindow, qtbot: QtBot) -> None:
    session = drafted.work.session
    facts = [each for each in session.findings() if not each.rule.startswith("PRIVACY_")]
    carried = {name: state.unsupported for name, state in session.states.items()}
    hide_all(drafted, qtbot)
    assert [(each.rule, each.section) for each in session.findings()] == [(each.rule, each.section) for each in facts]
    assert {name: state.unsupported for name, state in session.states.items()} == carried
    for state in session.states.values():
        text = session.text.section_text(state.id)
        assert all(text[each.start : each.end] == each.text for each in state.findings if each.text)
        if state.made is not None:
            assert all(0 <= each.start <= each.end <= len(text) for each in state.made.sentences)


def test_completion_holds(drafted: MainWindow, qtbot: QtBot) -> None:
    session = drafted.work.session
    hide_all(drafted, qtbot)
    session.review.complete(review_now(()))
    drafted.work.reviewing.show_all_again()
    assert session.review.current is not None
    drafted.work.reviewing.hide_all()
    assert session.review.current is not None
    cursor = drafted.work.area.editor.document().find("[이름1]")
    cursor.insertText("김영희")
    assert session.review.current is None
    assert bars_of(session.states.values(), False) is not None


@pytest.mark.parametrize(("answer", "has", "has_not"), [
    ("mask", "○○○", "홍길동"), ("keep", "홍길동", "○○○"), ("seen", "○○○", "홍길동"),
])  # fmt: skip
def test_what_leaves_has_no_placeholder(
    drafted: MainWindow, stage: Stage, qtbot: QtBot, answer: str, has: str, has_not: str
) -> None:
    finding = next(each for each in private(drafted) if each.text == "홍길동")
    drafted.work.reviewing.go_to(finding)
    drafted.work.reviewing.hide(finding)
    asked = drafted.work.privacy.ask = Asked(answer)
    for kind in ("txt", "md", "docx", "hwpx", "pdf"):
        target = stage.dialogs.target = stage.home / f"나감.{kind}"
        drafted.work.save()
        qtbot.waitUntil(target.exists, timeout=20_000)
        qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=20_000)
        if kind == "pdf":
            continue
        from biseo.readers import read_document

        words = target.read_text(encoding="utf-8") if kind in ("txt", "md") else read_document(target).text
        assert has in words and has_not not in words and "[이름" not in words
        assert ("010-1234-5678" in words) is (answer != "mask")
    assert asked.told[0] == ("휴대전화 1곳", "save") and asked.more == {"hidden": "이름 2곳"}
    drafted.work.copy()
    clip = QGuiApplication.clipboard()
    assert has in clip.text() and "[이름" not in clip.text() + clip.mimeData().html()
    taken = []
    drafted.preview_page.press.take = taken.append  # type: ignore[method-assign]
    drafted.preview()
    assert has in str(taken[0].sections) and has_not not in str(taken[0].sections)
    assert "[이름1]" in page(drafted)


def test_a_part_is_copied_masked_and_comes_back_whole(drafted: MainWindow, qtbot: QtBot) -> None:
    hide_all(drafted, qtbot)
    editor, clip = drafted.work.area.editor, QGuiApplication.clipboard()
    drafted.work.privacy.ask = Asked("mask")
    editor.setTextCursor(editor.document().find("[이름1]"))
    QTest.keyClick(editor, Qt.Key.Key_X, CTRL)
    assert clip.text() == "○○○" and page(drafted).count("[이름1]") == 1
    editor.paste()
    assert page(drafted).count("[이름1]") == 2 and "○○○" not in page(drafted)
    drafted.work.privacy.ask = Asked("keep")
    editor.setTextCursor(editor.document().find("[휴대전화1]"))
    QTest.keyClick(editor, Qt.Key.Key_C, CTRL)
    assert clip.text() == "010-1234-5678"
    clip.setText("○○○")
    assert drafted.work.privacy.own_words(QMimeData()) is None


def test_a_drag_carries_masks(drafted: MainWindow, qtbot: QtBot) -> None:
    editor = drafted.work.area.editor
    editor.selectAll()
    dragged = editor.createMimeDataFromSelection()
    assert "홍길동" not in dragged.text() + dragged.html() and "010-1234-5678" not in dragged.text()
    assert "○○○" in dragged.text() and dragged.html()
    hide_all(drafted, qtbot)
    editor.selectAll()
    dragged = editor.createMimeDataFromSelection()
    assert "[이름" not in dragged.text() + dragged.html() and "○○○" in dragged.text()
    assert "[이름1]" in (drafted.work.privacy.own_words(dragged) or "")


def test_values_of_another_work_get_their_own_placeholder(drafted: MainWindow, qtbot: QtBot) -> None:
    hide_all(drafted, qtbot)
    hiding = drafted.work.session.hiding
    pieces = hiding.pieces("신청인 [이름1] 귀하")
    hiding.load(())
    hiding.words.mark("name", "김영희")
    assert hiding.joined(pieces) == "신청인 [이름2] 귀하" and hiding.words.restore("[이름2]") == "홍길동"


def test_a_section_written_anew_stays_hidden(drafted: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    before = hide_all(drafted, qtbot)
    session = drafted.work.session
    section = next(name for name in session.states if "[이름1]" in session.text.section_text(name))
    stage.engine._answer = lambda job: DRAFT.replace("참가한다", "함께한다")
    session.rewrite(section)
    ready(drafted, qtbot)
    pieces = session.proposals.pieces()
    assert pieces and not [piece for piece in pieces if "홍길동" in piece.new or "010-" in piece.new]
    session.proposals.take(pieces)
    assert "[이름1]" in page(drafted) and "홍길동" not in page(drafted)
    ready(drafted, qtbot)
    drafted.work.reviewing.show_all_again()
    assert "홍길동" in page(drafted) and "[이름" not in page(drafted) and before != page(drafted)


def test_what_is_offered_is_hidden_and_shown_as_well(drafted: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    session = drafted.work.session
    section = next(name for name in session.states if "홍길동" in session.text.section_text(name))
    stage.engine._answer = lambda job: DRAFT.replace("참가한다", "함께한다")
    session.rewrite(section)
    ready(drafted, qtbot)
    before = [(piece.old, piece.new) for piece in session.proposals.pieces()]
    assert before
    drafted.work.reviewing.hide_all()
    assert not [each for each in session.proposals.open if "홍길동" in each.text]
    drafted.work.reviewing.show_all_again()
    assert [(piece.old, piece.new) for piece in session.proposals.pieces()] == before


def test_it_survives_a_restart(drafted: MainWindow, qtbot: QtBot) -> None:
    before = hide_all(drafted, qtbot)
    masked = page(drafted)
    work = snapshot(drafted.work.session)
    assert work is not None
    assert "홍길동" not in json.dumps([each.text for each in work.words], ensure_ascii=False)
    assert "홍길동" not in repr(work.hidden)
    again = from_json(work.to_json())
    assert again.hidden == work.hidden and len(again.hidden) == 2
    documents = drafted.work.cards.documents()
    drafted.work.session.forget()
    assert drafted.work.session.hiding.values == ()
    drafted.work.restore(again, documents)
    assert page(drafted) == masked
    drafted.work.area.editor.undo()
    assert page(drafted) == before
    drafted.work.area.editor.redo()
    drafted.work.reviewing.show_all_again()
    assert page(drafted) == before


def test_a_new_draft_forgets_the_values_of_the_old_one(drafted: MainWindow, qtbot: QtBot) -> None:
    hide_all(drafted, qtbot)
    assert drafted.work.session.hiding.values
    drafted.work.write()
    ready(drafted, qtbot)
    assert drafted.work.session.hiding.values == ()


def test_nothing_is_hidden_while_it_is_written(
    drafted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page(drafted)
    monkeypatch.setattr(type(drafted.work.session), "writing", property(lambda _self: True))
    drafted.work.reviewing.hide_all()
    assert page(drafted) == before


def test_a_table_keeps_its_shape(stage: Stage, qtbot: QtBot) -> None:
    from biseo.document import Section

    window = stage.open()
    window.work.add_files([stage.source()])
    qtbot.waitUntil(lambda: not window.work.cards.reading(), timeout=10_000)
    window.work.write()
    ready(window, qtbot)
    session = window.work.session
    name = next(iter(session.states))
    rows = (("성명", "연락처"), ("홍길동", "010-1234-5678"), ("김영희", "010-2222-3333"))
    text = "\n".join("\t".join(row) for row in rows)
    session.text.put(Section(name, "명단", text, "form", rows=rows, header_rows=1))
    assert session.hiding.hide_all() == 4
    assert session.text.rows(name)[1] == ("[이름1]", "[휴대전화1]")
    assert session.hiding.show("[이름2]") == 1
    assert session.text.rows(name)[2] == ("김영희", "[휴대전화2]")
    window.work.area.editor.selectAll()
    dragged = window.work.area.editor.createMimeDataFromSelection()
    assert "<table" in dragged.html() and "010-" not in dragged.html() and "○○○" in dragged.html()


def test_policy_lets_it_leave_masked_only(drafted: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    drafted.work.privacy.reason = "기관 정책에 따라 개인정보를 가린 뒤에만 내보낼 수 있습니다."
    asked = drafted.work.privacy.ask = Asked("keep")
    stage.dialogs.target = target = stage.home / "나감.txt"
    drafted.work.save()
    drafted.work.copy()
    assert asked.more["reason"].startswith("기관 정책") and not target.exists()
    assert "홍길동" not in QGuiApplication.clipboard().text()
    drafted.work.privacy.ask = Asked("mask")
    drafted.work.save()
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert "홍길동" not in target.read_text(encoding="utf-8")


def test_no_value_is_in_a_log(
    drafted: MainWindow, stage: Stage, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    hide_all(drafted, qtbot)
    drafted.work.reviewing.show_all_again()
    assert "홍길동" not in caplog.text and "010-1234" not in caplog.text
    for path in Path(stage.home).rglob("*.log"):
        assert "홍길동" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "left"), [("mask", "신청인 ○○○"), ("keep", "신청인 홍길동"), ("cancel", "")])
def test_copies_from_elsewhere_pass_the_gate(
    drafted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str, left: str
) -> None:
    clip = QGuiApplication.clipboard()
    monkeypatch.setattr(type(drafted.net), "_is_ours", lambda *_given: True)  # the offscreen platform never says so
    asked = drafted.work.privacy.ask = Asked(answer)
    card = drafted.work.cards.cards[0]
    drafted.work.cards.opened.emit(card.source)
    viewer = drafted.work.viewer.text
    qtbot.waitUntil(lambda: not viewer.document().find("신청인 홍길동").isNull(), timeout=10_000)
    viewer.setTextCursor(viewer.document().find("신청인 홍길동"))
    viewer.copy()
    qtbot.waitUntil(lambda: bool(asked.told))
    qtbot.waitUntil(lambda: clip.text() == left)
    assert asked.told == [("이름 1곳", "copy")]
    viewer.setTextCursor(viewer.document().find("책잔치"))
    viewer.copy()
    assert clip.text() == "책잔치"
    QTest.qWait(20)
    assert len(asked.told) == 1
    row = drafted.work.review.issues
    place = next(n for n in range(row.model().rowCount()) if "홍길동" in str(row.model().index(n, 0).data()))
    row.setCurrentIndex(row.model().index(place, 0))
    QTest.keyClick(row, Qt.Key.Key_C, CTRL)
    qtbot.waitUntil(lambda: len(asked.told) == 2)


def test_the_page_asks_once(drafted: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(drafted.net), "_is_ours", lambda *_given: True)
    asked = drafted.work.privacy.ask = Asked("keep")
    editor = drafted.work.area.editor
    editor.setTextCursor(editor.document().find("홍길동"))
    QTest.keyClick(editor, Qt.Key.Key_C, CTRL)
    drafted.work.copy()
    QTest.qWait(20)
    assert len(asked.told) == 2 and "홍길동" in QGuiApplication.clipboard().text()


def test_sources_are_not_dragged_out(drafted: MainWindow, qtbot: QtBot) -> None:
    drafted.work.cards.opened.emit(drafted.work.cards.cards[0].source)
    viewer = drafted.work.viewer.text
    qtbot.waitUntil(lambda: bool(viewer.toPlainText()), timeout=10_000)
    viewer.selectAll()
    QTest.mousePress(viewer.viewport(), Qt.MouseButton.LeftButton, pos=viewer.cursorRect().center())
    assert not viewer.textCursor().hasSelection()
    QTest.mouseRelease(viewer.viewport(), Qt.MouseButton.LeftButton)


def test_a_long_copy_is_looked_at_beside_the_window(
    drafted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = QGuiApplication.clipboard()
    monkeypatch.setattr(type(drafted.net), "_is_ours", lambda *_given: True)
    asked = drafted.work.privacy.ask = Asked("mask")
    clip.setText("신청인 홍길동\n" + "축제를 연다.\n" * 4000)
    qtbot.waitUntil(lambda: bool(asked.told), timeout=10_000)
    assert clip.text().startswith("신청인 ○○○\n") and len(clip.text()) > 20_000
    plain = "축제를 연다.\n" * 4000
    clip.setText(plain)
    qtbot.waitUntil(lambda: clip.text() == plain, timeout=10_000)
    assert len(asked.told) == 1


def test_a_placeholder_says_its_kind_under_the_mouse(
    drafted: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("biseo_ui.evidence_desk.QToolTip.showText", lambda _place, words, *_more: told.append(words))
    hide_all(drafted, qtbot)
    editor = drafted.work.area.editor
    editor.hovered.emit(editor.document().find("[이름1]").selectionStart() + 1, QPoint(5, 5))
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[0].startswith("가려 둔 이름입니다.") and "홍길동" not in told[0].splitlines()[0]


def test_the_policy_reaches_the_question(stage: Stage) -> None:
    stage.policy = Policy(masking_required=True)
    window = stage.open()
    assert window.work.privacy.reason == stage.policy.reason("masking_required") != ""


def test_the_name_of_the_file_says_no_value(drafted: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    cursor = drafted.work.area.editor.document().find("한빛시, 한빛도서관에서 책잔치 개최")
    cursor.insertText("신청인 홍길동 씨 회신")
    ready(drafted, qtbot)
    drafted.work.privacy.ask = Asked("mask")
    drafted.work.save()
    assert stage.dialogs.asked == ["save 신청인 ○○○ 씨 회신(초안)"]
    hide_all(drafted, qtbot)
    drafted.work.privacy.ask = Asked("keep")
    drafted.work.save()
    assert stage.dialogs.asked[1] == "save 신청인 홍길동 씨 회신(초안)"


def test_what_is_hidden_while_a_file_is_chosen_leaves_masked(drafted: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    from biseo.masking.drafts import count_hidden

    drafted.work.privacy.ask = Asked("seen")
    taken: list[Any] = []
    drafted.work.privacy.pass_draft(drafted.work.session.draft(), "save", taken.append)
    assert taken[0](drafted.work.session.draft()) == drafted.work.session.draft()
    hide_all(drafted, qtbot)
    draft = drafted.work.session.draft()
    assert count_hidden(draft, drafted.work.session.hiding.words)
    assert "[이름" not in repr(taken[0](draft).sections) and "홍길동" not in repr(taken[0](draft).sections)


@pytest.mark.parametrize(("answer", "dirty"), [("keep", False), ("mask", True)])
def test_a_file_with_all_values_holds_the_draft(
    drafted: MainWindow, stage: Stage, qtbot: QtBot, answer: str, dirty: bool
) -> None:
    hide_all(drafted, qtbot)
    drafted.work.privacy.ask = Asked(answer)
    stage.dialogs.target = target = stage.home / "나감.txt"
    drafted.work.save()
    qtbot.waitUntil(target.exists, timeout=10_000)
    qtbot.waitUntil(lambda: not stage.runner.busy(), timeout=10_000)
    assert drafted.work.session.dirty is dirty
