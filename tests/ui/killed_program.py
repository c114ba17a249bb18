"""A program that waits in the middle of its work to be killed: `python -m tests.ui.killed_program FOLDER [FORM]`.

It writes a section, or fills in a form where one is given.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import Stage

from biseo.tasks.catalogue import find_task

PASSPHRASE = "끄지 않은 등불"
WORDS = "한빛시 등불지기"
LOOK_MS = 20


def fill(folder: Path, form: Path) -> None:
    """Fill in the form's first field, and print its name once that is in the store; never ends by itself."""
    gc.disable()
    app = QApplication([])
    stage = Stage(app, folder)
    vault = stage.with_vault(MemoryKeyring())
    window = stage.open()

    def look() -> None:
        if vault.state.kind == "locked" and not vault.busy:
            vault.unlock(passphrase=PASSPHRASE)
        elif vault.is_open and not window.work.filling:
            window.show_place("fill")
            window.work.fill_page.open_path(form)
        elif vault.is_open and window.work.fill_page.rows and not window.work.fill_page.dirty:
            window.work.fill_page.rows[0].edit.insertPlainText(WORDS)
        elif window.keeper.id and window.keeper.safe:
            timer.stop()
            sys.stdout.write(window.work.fill_page.rows[0].field.name + "\n")
            sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    app.exec()


def run(folder: Path) -> None:
    """Write, and print the section's id once its half is in the store; never ends by itself."""
    gc.disable()
    app = QApplication([])
    stage = Stage(app, folder)
    vault = stage.with_vault(MemoryKeyring())
    reached = threading.Event()
    stage.engine.pace = lambda: threading.Event().wait(600 if reached.is_set() else 0.01)
    window = stage.open()
    session = window.work.session

    def half() -> str:
        there = (s.id for s in session.states.values() if s.phase == "writing" and s.id in session.text.streaming)
        return next((name for name in there if len(session.text.section_text(name)) > 3), "")

    def look() -> None:
        if vault.state.kind == "locked" and not vault.busy:
            vault.unlock(passphrase=PASSPHRASE)
        elif vault.is_open and window.models.known and not session.request:
            if not window.work.cards.cards:
                window.work.show_task(find_task("report"))
                window.work.add_files([folder / "운영 계획.txt"])
            elif window.work.cards.documents():
                window.work.write()
        elif half() and not reached.is_set():
            reached.set()
        elif reached.is_set() and half() and window.keeper.id and window.keeper.safe:
            timer.stop()
            sys.stdout.write(half() + "\n")
            sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    app.exec()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        fill(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        run(Path(sys.argv[1]))
