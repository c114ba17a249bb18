"""What a key costs in a long draft: `python -m tests.bench.typing_keys [--profile]`.

A draft of some 30,000 characters in the real window, with findings and a store: single keys, deletions, new lines and
steps of undo, in the middle of the page. A key is counted until the event loop has nothing left to do for it.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.bench.keeping import LINES, PAGES
from tests.bench.waiting import until
from tests.ui.conftest import Stage

from biseo.tasks.catalogue import find_task
from biseo.vault import create
from biseo_ui.collector import Collector

MOST_MS = 16.0
KEYS = 60
NUMBERS = 40
"""Lines with an amount that no source has, each of them a finding."""
PLACES = ("도서관", "골목", "시장", "학교", "공원", "마을회관", "광장")
DEEDS = ("모임을", "강연을", "나눔터를", "전시를", "걷기를", "낭독회를")


def main() -> int:
    """Print the figures; 1 when a key takes too long."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return _measure(Path(name), arguments.profile)


def _measure(folder: Path, profile: bool) -> int:
    os.environ["BISEO_HOME"] = str(folder / "집")
    ring = MemoryKeyring()
    vault, _code = create(keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    app = QApplication([])
    Collector(app)
    stage = Stage(app, folder)
    stage.with_vault(ring)
    window = stage.open()
    page, session, editor = window.work, window.work.session, window.work.area.editor
    until(lambda: window.vault.is_open and window.models.known)
    page.show_task(find_task("report"))
    page.add_files([stage.source()])
    until(lambda: bool(page.cards.documents()))
    page.write()
    until(lambda: not session.writing and session.has_draft)
    cursor = QTextCursor(editor.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    lines = [
        f"ㅇ {PLACES[n % len(PLACES)]} {n}호 자리에서 시민과 함께 오래도록 책을 읽고 나누는 "
        f"{DEEDS[n // 7 % len(DEEDS)]} 마련하기로 했음" + (f" {n},123,000원" if n < NUMBERS else "")
        for n in range(PAGES * LINES)
    ]
    for start in range(0, len(lines), 80):
        cursor.insertText("\n" + "\n".join(lines[start : start + 80]))
    until(lambda: not session.checks.busy and window.keeper.safe and not stage.runner.busy())
    _settle(app)
    findings = len(session.findings())
    cursor.setPosition(editor.document().characterCount() // 2)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    _settle(app)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    taken = {
        "letter": [_key(app, lambda: QTest.keyClick(editor, "a")) for _ in range(KEYS)],
        "backspace": [_key(app, lambda: QTest.keyClick(editor, Qt.Key.Key_Backspace)) for _ in range(KEYS // 2)],
        "new line": [_key(app, lambda: QTest.keyClick(editor, Qt.Key.Key_Return)) for _ in range(10)],
        "cursor down": [_key(app, lambda: QTest.keyClick(editor, Qt.Key.Key_Down)) for _ in range(30)],
        "undo": [_key(app, editor.undo) for _ in range(10)],
        "redo": [_key(app, editor.redo) for _ in range(10)],
    }
    profiler.disable()
    sys.stdout.write(f"{editor.document().characterCount():,} characters, {findings} findings\n")
    for name, times in taken.items():
        sys.stdout.write(f"{name}: {statistics.median(times):.1f} ms (worst {max(times):.1f})\n")
    if profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
    stage.close()
    return int(statistics.median(taken["letter"]) > MOST_MS)


def _key(app: QCoreApplication, press: object) -> float:
    assert callable(press)
    began = time.perf_counter()
    press()
    app.processEvents()
    return (time.perf_counter() - began) * 1000


def _settle(app: QCoreApplication) -> None:
    for _ in range(20):
        app.processEvents()
        QTest.qWait(20)


if __name__ == "__main__":
    sys.exit(main())
