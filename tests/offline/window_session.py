"""A whole session of the real window: `python -m tests.offline.window_session FOLDER`. Prints what it saw as JSON.

The program starts as it always does (`biseo_ui.launch`); only the language model and the file dialogs answer by
themselves. It opens a document, draws a page of it, writes, saves DOCX, HWPX and PDF, finds the work in the history,
saves the offline proof, and is closed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PASSPHRASE = "끄지 않은 등불"
SUFFIXES = ("docx", "hwpx", "pdf")
TIMEOUT_MS = 100_000


def main(folder: Path) -> int:
    from biseo_models.offline import arm

    arm("window")  # as `launch` does, but before what follows
    from PySide6.QtCore import QTimer
    from tests.ui.conftest import Entry, FakeDialogs, FakeStore, answer

    import biseo_ui.app as root
    import biseo_ui.main_window as shell
    from biseo_models.scripted import ScriptedEngine
    from biseo_ui.launch import main as launch

    class Dialogs(FakeDialogs):
        def __init__(self, *_given: object) -> None:
            super().__init__()

        def save_report(self, name: str, then: Callable[[Path, bool], object]) -> None:
            then(folder / "점검.json", True)

    store, build, seen = FakeStore(Entry()), root.build_window, {}
    root._store = lambda *_given: store  # type: ignore[assignment]
    root._open_engine = lambda *_given: ScriptedEngine(answer)  # type: ignore[assignment]
    shell.FileDialogs = Dialogs  # type: ignore[assignment, misc]

    def built(*given: Any, **more: Any) -> Any:
        window = build(*given, **more)
        story = session(window, folder, seen)
        waiting: list[Callable[[], object]] = [lambda: True]

        def look() -> None:
            if waiting[0]():
                try:
                    waiting[0] = next(story)
                except StopIteration:
                    timer.stop()
                    window.close()

        timer = QTimer(window)
        timer.timeout.connect(look)
        timer.start(20)
        QTimer.singleShot(TIMEOUT_MS, window, lambda: sys.exit(f"not reached behind {list(seen)}"))
        return window

    root.build_window = built
    code = launch([])
    sys.stdout.write(json.dumps(seen, ensure_ascii=False) + "\n")
    return code


def session(window: Any, folder: Path, seen: dict[str, Any]) -> Iterator[Callable[[], object]]:
    """Does a step whenever what the last one waits for has come."""
    import psutil

    from biseo.tasks.catalogue import find_task
    from biseo_ui.offline_desk import OfflineDesk

    vault, work = window.vault, window.work
    yield lambda: vault.state.kind in ("new-passphrase", "code", "open") and not vault.busy
    if vault.state.kind == "new-passphrase":
        vault.make(PASSPHRASE)
        yield lambda: vault.state.kind in ("code", "open")
    if vault.state.kind == "code":
        vault.confirm_code()
    yield lambda: vault.is_open and window.models.known and not window.entrance.barred
    seen["store"] = vault.state.kind
    work.show_task(find_task("report"))
    work.add_files([folder / "계획.hwpx"])
    yield lambda: bool(work.cards.documents())
    seen["read"] = len(work.cards.documents()[0].blocks)
    drawn: list[object] = []
    job = window._runner.call("pictures", lambda: _draw(folder / "계획.hwpx"))
    job.item.connect(drawn.append)
    job.failed.connect(drawn.append)
    yield lambda: drawn
    seen["drawn"] = type(drawn[0]).__name__
    ended: list[str] = []
    work.session.ended.connect(ended.append)
    work.write()
    yield lambda: ended
    seen["written"] = ended[0]
    for suffix in SUFFIXES:
        target = folder / f"초안.{suffix}"
        window.dialogs.target = target
        work.save(kind=suffix)
        yield target.exists
    seen["saved"] = [suffix for suffix in SUFFIXES if (folder / f"초안.{suffix}").stat().st_size > 1000]
    yield lambda: window.keeper.safe and window.keeper.id
    window.show_place("history")
    page = window.history_page
    page.search.setText("책잔치")
    yield lambda: page.model.rowCount() == 1
    seen["found"] = page.model.rowCount()
    desk = window.findChild(OfflineDesk)
    window.status.offline.click()
    yield lambda: desk.page and desk.page.save.isEnabled() and desk.page.whole
    desk.page.save.click()
    yield (folder / "점검.json").exists
    seen["modules"] = sorted(sys.modules)
    maps = getattr(psutil.Process(), "memory_maps", list)()
    seen["libraries"] = sorted({Path(one.path).name for one in maps})
    seen["status"] = window.status.offline.text()


def _draw(path: Path) -> Any:
    import threading

    from biseo_ui.app import _draw_page

    return _draw_page(path, 1, 600, "", threading.Event())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
