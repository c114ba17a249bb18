"""After a whole session nothing readable of the documents lies on the disk, except what was saved as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot
from tests.ui.conftest import PLAN
from tests.ui.test_never_lost import restored, section
from tests.ui.test_review import put
from tests.ui.test_window import drop
from tests.ui.vault_stage import *  # noqa: F403  the fixtures
from tests.ui.vault_stage import Start, opened, settled

from biseo.tasks.catalogue import find_task
from biseo_ui import crash

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949")
FORM = "여울마을 등불지기 모임"
EDIT = "골목 끝 우물가에 종을 단다"
SENTENCES = (
    *(line.removeprefix("□ ")[:24] for line in PLAN),
    FORM,
    EDIT,
    "작가 강연과 헌책 나눔 장터",
    "운영 계획.txt",
)


def found_in(folder: Path, needles: tuple[str, ...]) -> list[str]:
    """`file: sentence` for everything readable below a folder, in names as well."""
    wanted = {(words, words.encode(encoding)) for words in needles for encoding in ENCODINGS}
    found = []
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        found += [f"name of {name}" for words in needles if words in name]
        if path.is_file():
            data = path.read_bytes()
            found += [f"{name}: {words}" for words, encoded in wanted if encoded in data]
    return found


def test_no_known_sentence_is_on_the_disk(
    start: Start, store: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    stage = start()
    window = opened(stage, qtbot)
    window.work.show_task(find_task("report"))
    window.work.side.form.editors["name"].set_value(FORM)
    drop(window, stage.source())
    qtbot.waitUntil(lambda: bool(window.work.cards.documents()) and window.models.known)
    with qtbot.waitSignal(window.work.session.ended, timeout=60_000):
        window.work.write()
    put(window, f"{EDIT}. 예산은 35,000,000원이다.", section(window))
    settled(stage, qtbot)
    assert any(EDIT in words.text for words in window.work.session.history.words)
    window.show_place("history")
    window.history_page.search.setText(EDIT[:6])
    qtbot.waitUntil(lambda: window.history_page.model.rowCount() == 1, timeout=5000)
    try:
        raise ValueError(EDIT)
    except ValueError as error:
        crash.record(error)
    assert found_in(home, SENTENCES) == []  # while it is open: database, its log, locks, settings, faults
    again = restored(start(), qtbot)
    assert EDIT in again.work.area.editor.toPlainText()
    start()
    assert (home / "vault" / "biseo.db").stat().st_size > 10_000
    assert found_in(home, SENTENCES) == []
    assert found_in(temporary, SENTENCES) == []
    places = QStandardPaths.StandardLocation
    for place in (places.CacheLocation, places.AppDataLocation, places.AppConfigLocation):
        folder = Path(QStandardPaths.writableLocation(place))
        if "biseo" in folder.name and folder.is_dir():
            assert found_in(folder, SENTENCES) == []


def test_the_search_itself_finds_what_is_readable(tmp_path: Path) -> None:
    for number, encoding in enumerate(ENCODINGS):
        (tmp_path / f"{number}.bin").write_bytes(b"\x01\x02" + EDIT.encode(encoding) + b"\x03")
    assert len(found_in(tmp_path, (EDIT,))) == len(ENCODINGS)


def test_what_is_deleted_is_gone(start: Start, store: str, home: Path, qtbot: QtBot) -> None:
    stage = start()
    window = opened(stage, qtbot)
    window.work.side.form.editors["agency"].set_value(FORM)
    settled(stage, qtbot)
    assert window.keeper.id
    window.show_place("history")
    page = window.history_page
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.card.ask_delete()
    page.card.sure.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=10_000)
    settled(stage, qtbot)
    assert window.keeper.id == "" and window.work.side.form.values().get("agency", "") == ""
