"""The dialogs that choose files, with Qt's own widgets instead of the system's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from biseo_ui.dialogs.file_dialogs import FileDialogs

Chosen = list[tuple[Path, bool]]


@pytest.fixture
def dialogs(qtbot: QtBot, tmp_path: Path) -> Iterator[FileDialogs]:
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = FileDialogs(parent)
    made._folder = str(tmp_path)
    yield made
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


def shown(qtbot: QtBot) -> QFileDialog:
    def visible() -> list[QFileDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()))
    return visible()[0]


def asked(dialogs: FileDialogs, qtbot: QtBot, name: str, answer: Callable[[QFileDialog], object]) -> Chosen:
    """What comes of a save dialog that offers `name` and is answered so."""
    chosen: Chosen = []
    dialogs.save_document(name, lambda path, overwrite: chosen.append((path, overwrite)))
    dialog = shown(qtbot)
    answer(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    return chosen


def accept(dialog: QFileDialog) -> None:
    dialog.accept()


def typed(words: str) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(words)
        dialog.accept()

    return answer


def test_a_draft_is_offered_as_hwpx(dialogs: FileDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    assert asked(dialogs, qtbot, "책잔치 2026. 5. 8", accept) == [(tmp_path / "책잔치 2026. 5. 8.hwpx", False)]


def test_a_saved_draft_is_offered_under_its_name(dialogs: FileDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    def look(dialog: QFileDialog) -> None:
        assert "docx" in dialog.selectedNameFilter()
        dialog.accept()

    assert asked(dialogs, qtbot, "책잔치.docx", look) == [(tmp_path / "책잔치.docx", False)]


def test_a_name_without_a_suffix_that_can_be_written_gets_one(
    dialogs: FileDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    assert asked(dialogs, qtbot, "책잔치", typed("계획")) == [(tmp_path / "계획.hwpx", False)]
    assert asked(dialogs, qtbot, "책잔치", typed("계획.v2")) == [(tmp_path / "계획.v2.hwpx", False)]


def test_a_cancelled_dialog_tells_nothing(dialogs: FileDialogs, qtbot: QtBot) -> None:
    assert asked(dialogs, qtbot, "책잔치", lambda dialog: dialog.reject()) == []


def test_the_next_dialog_opens_where_the_last_file_was(dialogs: FileDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "다른 폴더 (1)"
    other.mkdir()
    assert asked(dialogs, qtbot, "초안.hwpx", typed(str(other / "저장.hwpx"))) == [(other / "저장.hwpx", False)]
    dialogs.save_document("다음.hwpx", lambda *_: None)
    dialog = shown(qtbot)
    assert Path(dialog.directory().absolutePath()) == other
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())
