"""A window over a store with a finished draft that is locked; then whoever started it looks into its memory.

Run as `python -m tests.ui.locked_program FOLDER PASSPHRASE`; says `open` and `locked` on stdout, each followed by a
line of stdin before it goes on, and `back` with what stands on the page when it was unlocked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
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

    def asked(question: str, _library: object, _engine: object, _cancel: object, _earlier: object) -> Iterator[object]:
        """Finds every line of the source, and answers with it."""
        from biseo.asking import AnswerSentence, Citation, Found, Reply
        from biseo.library import Hit
        from biseo.library.snippet import Snippet

        path = folder / "자료.txt"
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("□")]
        hits = tuple(
            Hit(n, 1.0, str(path), 1, line, "", "", 0, len(line), "txt", Snippet(line, ((2, 6),)), ((2, 6),))
            for n, line in enumerate(lines, start=1)
        )
        yield Found(hits)
        sentences = tuple(
            AnswerSentence(hit.text, (Citation(hit.source, 1, "", hit.text, 0, hit.stop),), True) for hit in hits
        )
        yield Reply(question, question, "", sentences, False, hits, True, False)

    stage.services = replace(stage.services, ask=asked)
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
    window.show_place("library")
    window.library_page.tabs.setCurrentIndex(1)
    asking = window.library_page.asking
    asking.view.field.setPlainText((folder / "typed.txt").read_text(encoding="utf-8"))
    asking.view._on_asked()
    until(lambda: not window.library_page.asking.desk.busy)
    asking.view.cards[0].sentences[0].chips[0].click()
    asking.view.cards[0].passages.fold.click()
    asking.view.field.setPlainText((folder / "typed.txt").read_text(encoding="utf-8"))
    QTest.qWait(300)
    del asking
    shelf = folder / "자료실"
    shelf.mkdir()
    (shelf / "우물가 규정.txt").write_bytes((folder / "자료.txt").read_bytes())
    window.show_place("library")
    window.library.add(shelf)
    until(lambda: window.library.folders and window.library.folders[0].documents)
    library = window.library_page
    library.look_for("골목 끝 우물가에 종을 단다")
    until(lambda: library.model.rowCount())
    library.open_current()
    until(lambda: library._document is not None)
    QTest.qWait(100)
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
    assert len(window.library_page.asking.view.cards) == 1
    os.write(1, f"back {words[0]} {words[1]}\n".encode())
    os._exit(0)


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())
    sys.stdin.readline()


if __name__ == "__main__":
    main()
