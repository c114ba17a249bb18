"""A window over a store with a finished draft that is locked; then whoever started it looks into its memory.

Run as `python -m tests.ui.locked_program FOLDER PASSPHRASE`; says `open` and `locked` on stdout, each followed by a
line of stdin before it goes on, and `back` with what stands on the page when it was unlocked.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    folder, passphrase = Path(sys.argv[1]), sys.argv[2]
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from tests.assistant.vault.memory_keyring import MemoryKeyring
    from tests.ui.conftest import Stage
    from tests.ui.test_window import drop

    from biseo.tasks.catalogue import find_task
    from biseo_ui import memory
    from biseo_ui.collector import Collector

    memory.begin()
    app = QApplication([])
    Collector(app)
    stage = Stage(app, folder)
    scripted = stage.engine

    def closed() -> None:
        """The real engine is another process, which has ended now."""
        scripted.history.clear()
        scripted.prepared.clear()

    stage.engine.close = closed  # type: ignore[method-assign]
    vault = stage.with_vault(MemoryKeyring())
    window = stage.open()

    def until(done: object) -> None:
        while not done():  # type: ignore[operator]
            QTest.qWait(10)

    until(lambda: vault.state.kind == "locked")
    vault.unlock(passphrase=passphrase)
    until(lambda: vault.is_open)
    window.work.show_task(find_task("report"))
    window.work.side.form.editors["name"].set_value((folder / "typed.txt").read_text(encoding="utf-8"))
    drop(window, folder / "자료.txt")
    until(lambda: window.work.cards.documents() and window.models.known)
    ended: list[str] = []
    window.work.session.ended.connect(ended.append)
    window.work.write()
    until(lambda: ended)
    window.work._show_source(window.work.cards.documents()[0])
    window.show_place("history")
    QTest.qWait(300)
    window.show_place("write")
    until(lambda: window.keeper.safe)
    say("open")
    window.lock.lock()
    until(lambda: window.lock.step == "wiped")
    QTest.qWait(200)
    say("locked")
    window.lock._open(passphrase=passphrase)
    until(lambda: not window.lock.on)
    words = len(window.work.area.editor.toPlainText()), len(window.work.cards.documents())
    os.write(1, f"back {words[0]} {words[1]}\n".encode())
    os._exit(0)


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())
    sys.stdin.readline()


if __name__ == "__main__":
    main()
