"""A letter in the window: its head and foot stand on the page, what is changed there is what is written."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage

from biseo.readers import read_document
from biseo.tasks.catalogue import find_task
from biseo_ui.main_window import MainWindow
from biseo_ui.widgets.draft_reader import FOOT, LETTERHEAD, SUBJECT, TITLE, blocks, role_of, section_of
from biseo_ui.work_entry import entry_of

LINES = ("2026 한빛시 책잔치 운영계획", "□ 일시: 2026. 5. 8.(금) 14:00", "□ 장소: 한빛도서관")
VALUES: dict[str, Any] = {
    "receivers": "한빛소방서장, 한빛경찰서장",
    "subject": "책잔치 안전관리 협조 요청",
    "gist": "구급차 1대 지원 요청",
    "reference": "총무과-12(2026. 1. 6.)",
    "attached": [{"name": "운영 계획", "copies": "1부"}, {"name": "점검표", "copies": ""}],
    "agency": "한빛시",
    "sender": "한빛시장",
    "phone": "031-111-2222",
}


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    window = stage.open()
    window.work.show_task(find_task("letter"))
    window.work.add_files([stage.source(lines=LINES)])
    qtbot.waitUntil(lambda: not window.work.cards.reading(), timeout=10_000)
    window.work.side.form.editors["kind"].set_value("협조 요청")
    window.work.side.form.fill(VALUES)
    with qtbot.waitSignal(window.work.session.ended, timeout=20_000):
        window.work.write()
    return window


def test_the_page_looks_like_a_letter(window: MainWindow) -> None:
    text = window.work.session.text
    page = [(role_of(block), block.text()) for block in blocks(window.work.area.editor.document())]
    assert page[:5] == [
        (LETTERHEAD, "한빛시"),
        ("body", "수신  수신자 참조"),
        ("body", "(경유)"),
        (SUBJECT, "제목  책잔치 안전관리 협조 요청"),
        ("body", "1. 관련: 총무과-12(2026. 1. 6.)"),
    ]
    assert (LETTERHEAD, "한빛시장") in page
    assert next(words for role, words in page if role == FOOT) == "수신자  한빛소방서장, 한빛경찰서장"
    assert not text.has(TITLE)
    assert window.work.session.findings() == []


def test_items_stand_below_the_item_of_the_section_before(window: MainWindow) -> None:
    found = {block.text()[:4]: block.blockFormat() for block in blocks(window.work.area.editor.document())}
    assert found["가. 일"].leftMargin() > found["2. 책"].leftMargin() > 0
    attached = [b for b in blocks(window.work.area.editor.document()) if section_of(b) == "attachments"]
    edges = [block.blockFormat().leftMargin() for block in attached]
    assert len(edges) == 2 and abs(edges[0] - edges[1]) <= 2  # both names begin below each other


def test_what_is_changed_on_the_page_is_written(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    session = window.work.session
    for old, new in (("한빛경찰서장", "한빛보건소장"), ("협조 요청", "협조 부탁")):
        document = window.work.area.editor.document()
        cursor = document.find(old)
        while not cursor.isNull():
            if section_of(cursor.block()) in ("head_subject", "foot"):
                cursor.insertText(new)
            cursor = document.find(old, cursor)
    draft = session.draft()
    assert draft.title == "책잔치 안전관리 협조 부탁"
    assert draft.letter is not None and draft.letter.receivers == ("한빛소방서장", "한빛보건소장")
    stage.dialogs.target = stage.home / "공문.hwpx"
    with qtbot.waitSignal(session.saved, timeout=60_000):
        window.work.save()
    lines = [" ".join(block.text.split()) for block in read_document(stage.dialogs.target).blocks]
    assert "수신자 한빛소방서장, 한빛보건소장" in lines
    assert "제목 책잔치 안전관리 협조 부탁" in lines
    assert "2. 점검표 1부. 끝." in lines


def test_data_of_the_office_are_remembered(window: MainWindow, stage: Stage) -> None:
    remembered = stage.settings.office
    assert (remembered["agency"], remembered["sender"], remembered["phone"]) == ("한빛시", "한빛시장", "031-111-2222")
    assert not {"subject", "receivers", "gist"} & set(remembered)


def test_a_rewrite_that_changes_nothing_says_so(window: MainWindow, qtbot: QtBot) -> None:
    session = window.work.session
    told: list[str] = []
    session.notice.connect(told.append)
    with qtbot.waitSignal(session.ended, timeout=20_000):
        session.rewrite("details")
    assert any("똑같습니다" in words for words in told)


def test_the_history_calls_it_by_its_subject(window: MainWindow) -> None:
    work = window.work.snapshot()
    assert work is not None
    assert entry_of(work).title == "책잔치 안전관리 협조 요청"
