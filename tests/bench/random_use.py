"""An hour of random use of the real window: `python -m tests.bench.random_use [--minutes 60] [--seed 0]`.

Offscreen, with a real encrypted store and a scripted model. Opens files (of `../shared/samples`, where they are, and
some of its own), writes, types, undoes, corrects, opens works of the history, saves, prints to PDF, fills in forms,
changes pages and themes. Prints the memory after a collection once a minute, which actions held the event loop longest,
every exception and every warning of Qt. Ends with code 1 when memory grew by more than a twentieth in the
second half (what is read and shown first stays in memory), or when anything was told that should not be.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QElapsedTimer, QMessageLogContext, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.ui.conftest import PLAN, Stage

from biseo.document import Review
from biseo.tasks.catalogue import all_tasks
from biseo.vault import create
from biseo_ui import memory
from biseo_ui.app import real_services
from biseo_ui.collector import Collector

MOST_GROWTH = 1.05
MOST_WORKS = 25
MOST_CARDS = 4
LARGEST = 2_000_000
WORDS = ("골목마다 등불을 건다. ", "예산은 98,700,000원이다. ", "2026.1.6. 연다. ", "시민 4,200명이 찾았다.\n", "□ ")
HARMLESS = ("propagateSizeHints",)
FORMS = ("hwpx", "docx")


class Loop(QObject):
    """How long the event loop was held, by what was being done."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = ""
        self.worst: dict[str, float] = {}
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(4)

    def skip(self) -> None:
        """What was done since was not the window's."""
        self._clock.restart()

    def _on_tick(self) -> None:
        held = self._clock.nsecsElapsed() / 1e6 - 4
        self._clock.restart()
        if held > self.worst.get(self.doing, 0.0):
            self.worst[self.doing] = held


class User:
    """Somebody who does anything at any time."""

    def __init__(self, stage: Stage, dice: random.Random, files: list[Path], folder: Path) -> None:
        self.stage, self.dice, self.files, self.folder = stage, dice, files, folder
        self.window = stage.window
        self.work = stage.window.work
        self.saved = 0
        self.actions: tuple[tuple[int, Callable[[], None]], ...] = (
            (6, self.open_file), (1, self.example), (5, self.write), (8, self.type), (5, self.undo), (2, self.redo),
            (2, self.cut_and_paste), (4, self.correct), (3, self.set_aside), (2, self.rewrite), (3, self.proposals),
            (2, self.complete), (3, self.step), (3, self.show_source), (1, self.pictures), (2, self.find),
            (4, self.go), (4, self.history), (2, self.delete), (2, self.anew), (3, self.save), (2, self.preview),
            (1, self.look), (3, self.fill), (1, self.task), (2, self.form), (1, self.drop_source), (2, self.resize),
        )  # fmt: skip

    def do(self) -> Callable[[], None]:
        return self.dice.choices([each for _, each in self.actions], [weight for weight, _ in self.actions])[0]

    def until(self, done: Callable[[], object], seconds: float = 30.0) -> bool:
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                return False
            self.answer()
            QTest.qWait(5)
        return True

    def answer(self) -> None:
        """Press any button of what is being asked."""
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                self.dice.choice(box.buttons()).click()

    # on the page

    def open_file(self) -> None:
        self.window.show_place("write")
        if len(self.work.cards.cards) >= MOST_CARDS:
            self.work.cards.remove(self.work.cards.cards[0].source.path)
        self.work.add_files([self.dice.choice(self.files)])
        self.until(lambda: not self.work.cards.reading() or self.dice.random() < 0.002)

    def example(self) -> None:
        if not self.work.session.has_draft and not self.work.cards.cards:
            self.work.start_example()

    def write(self) -> None:
        session = self.work.session
        if session.writing:
            return
        self.window.show_place(self.dice.choice(("write", "write", "summary", "swot")))
        self.work.write()
        stop = self.dice.random() < 0.2
        self.until(lambda: not session.writing or (stop and self.dice.random() < 0.02), 60)
        if session.writing:
            session.stop()
            self.until(lambda: not session.writing)

    def _place(self) -> Any:
        editor = self.work.area.editor
        cursor = editor.textCursor()
        cursor.setPosition(self.dice.randrange(max(1, editor.document().characterCount())))
        editor.setTextCursor(cursor)
        return editor

    def type(self) -> None:
        if self.work.session.has_draft:
            editor = self._place()
            if editor.document().characterCount() > 12_000:
                cursor = editor.textCursor()
                cursor.setPosition(max(0, cursor.position() - 3000), cursor.MoveMode.KeepAnchor)
                editor.setTextCursor(cursor)
                QTest.keyClick(editor, Qt.Key.Key_Delete)
            for _ in range(self.dice.randrange(1, 6)):
                for letter in self.dice.choice(WORDS):
                    if letter == "\n":
                        QTest.keyClick(editor, Qt.Key.Key_Return)
                    else:
                        QTest.keyClick(editor, letter) if letter.isascii() else editor.insertPlainText(letter)
            if self.dice.random() < 0.3:
                QTest.keyClick(editor, Qt.Key.Key_Backspace)

    def undo(self) -> None:
        for _ in range(self.dice.randrange(1, 8)):
            self.work.area.editor.undo()

    def redo(self) -> None:
        for _ in range(self.dice.randrange(1, 8)):
            self.work.area.editor.redo()

    def cut_and_paste(self) -> None:
        if self.work.session.has_draft and not self.work.session.writing:
            editor = self._place()
            cursor = editor.textCursor()
            cursor.setPosition(max(0, cursor.position() - 60), cursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)
            QTest.keyClick(editor, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
            self.answer()
            self._place().paste()

    def _finding(self) -> Any:
        findings = self.work.session.findings()
        if not findings or self.work.session.writing:
            return None
        finding = self.dice.choice(findings)
        self.work.reviewing.go_to(finding)
        return finding

    def correct(self) -> None:
        finding = self._finding()
        if finding is not None and finding.suggestion:
            self.dice.choice((self.work.reviewing.fix, self.work.reviewing.fix_alike))(finding)
        elif finding is not None and finding.text and finding.severity == "error":
            self.work.reviewing.blank(finding)

    def set_aside(self) -> None:
        finding = self._finding()
        if finding is not None:
            self.work.session.dismiss(finding, "확인했음", self.dice.random() < 0.5)

    def rewrite(self) -> None:
        session = self.work.session
        if session.states and not session.writing:
            session.rewrite(self.dice.choice(list(session.states)))
            self.until(lambda: not session.writing)

    def proposals(self) -> None:
        if self.work.session.proposals and not self.work.session.writing:
            self.work.reviewing.show_proposals()
            panel = self.work.proposals
            self.dice.choice((panel.take_current, panel.leave_current, panel.take_rest, panel.leave_rest))()

    def complete(self) -> None:
        self.work.reviewing.show_completion()
        if self.work.session.has_draft and not self.work.session.writing and self.dice.random() < 0.5:
            self.work.session.review.complete(Review("2026-05-08T10:00:00+09:00", "kim", ("input",)))

    def step(self) -> None:
        self.dice.choice((self.work.step, self.work.desk.step))(self.dice.choice((1, -1)))

    def show_source(self) -> None:
        documents = self.work.cards.documents()
        if documents:
            document = self.dice.choice(documents)
            block = self.dice.choice(document.blocks) if document.blocks else None
            self.work._show_source(document, block.text if block is not None else "")

    def pictures(self) -> None:
        viewer = self.work.viewer
        if viewer.picture.isVisibleTo(viewer):
            viewer.picture.setChecked(not viewer.picture.isChecked())
            self.until(lambda: False, 1.5)

    def find(self) -> None:
        self.work.find()
        if self.work.area.find.isVisible():
            self.work.area.editor.find_words("한빛", self.dice.choice((1, -1, 0)))
            self.work.area.find.dismiss()

    def task(self) -> None:
        if not self.work.session.writing:
            self.work.show_task(self.dice.choice(all_tasks()))

    def form(self) -> None:
        editors = list(self.work.side.form.editors.values())
        if editors:
            with suppress(TypeError, ValueError, AttributeError):
                self.dice.choice(editors).set_value(self.dice.choice(("한빛시", "책잔치", "")))

    def drop_source(self) -> None:
        if self.work.cards.cards:
            self.work.cards.remove(self.dice.choice(self.work.cards.cards).source.path)

    # elsewhere

    def go(self) -> None:
        places = ("write", "summary", "swot", "fill", "history", "settings", "help")
        self.window.show_place(self.dice.choice(places))

    def _show_history(self) -> Any:
        self.window.show_place("history")
        page = self.window.history_page
        page.search.setText(self.dice.choice(("", "", "한빛", "책잔치", "없는말")))
        self.until(lambda: False, 0.4)
        if page.model.rowCount():
            page.list.setCurrentIndex(page.model.index(self.dice.randrange(page.model.rowCount())))
            self.until(lambda: False, 0.1)
        return page

    def history(self) -> None:
        page = self._show_history()
        if not self.work.session.writing:
            page.open_current()
            self.until(lambda: not self.work.cards.reading())

    def delete(self) -> None:
        page = self._show_history()
        while page.model.rowCount() and not self.work.session.writing:
            before = page.model.rowCount()
            page.card.ask_delete()
            page.card.sure.click()
            if not self.until(lambda before=before: page.model.rowCount() < before, 5) or before <= MOST_WORKS:
                break

    def anew(self) -> None:
        if not self.work.session.writing:
            self.window.keeper.start_anew()
            self.window.show_place("write")

    def save(self) -> None:
        if not self.work.session.has_draft or self.work.session.writing:
            return
        self.saved += 1
        kind = self.dice.choice(("docx", "hwpx", "txt", "md", "pdf"))
        self.stage.dialogs.target = self.folder / f"저장 {self.saved % 5}.{kind}"
        self.stage.dialogs.overwrite = True
        self.window.show_place("write")
        self.work.save()
        self.until(lambda: False, 0.5)

    def preview(self) -> None:
        if not self.work.session.has_draft or self.work.session.writing:
            return
        self.window.show_place("write")
        self.window.preview()
        self.until(lambda: self.window._previewing or self.dice.random() < 0.02, 3)
        self.until(lambda: False, 0.6)
        self.window.show_place("write")

    def look(self) -> None:
        self.window.saved_settings.set_look(self.dice.choice(("light", "dark")), self.dice.choice((100, 100, 125, 150)))

    def resize(self) -> None:
        self.window.resize(self.dice.choice((1024, 1360, 1600)), self.dice.choice((700, 860, 1000)))

    def fill(self) -> None:
        forms = [path for path in self.files if path.suffix[1:] in FORMS]
        if not forms:
            return
        self.window.show_place("fill")
        page = self.work.fill_page
        page.open_path(self.dice.choice(forms))
        self.until(lambda: page._job is None)
        for row in page.rows[: self.dice.randrange(1, 9)]:
            row.set_value(self.dice.choice(WORDS).strip())
        if page.form is not None and self.dice.random() < 0.5:
            self.stage.dialogs.target = self.folder / f"채움 {self.saved % 5}{Path(page.form.path).suffix}"
            self.stage.dialogs.overwrite = True
            page._choose_file(None)
            self.until(lambda: page._job is None)


def memory_mb() -> float:
    """Of this process, after a collection."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def main() -> int:
    """Use the window; 1 when something was told or memory grew."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[3] / "shared" / "samples")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return _use(Path(name), arguments.minutes, arguments.seed, arguments.samples)


def _use(folder: Path, minutes: float, seed: int, samples: Path) -> int:
    os.environ["BISEO_HOME"] = str(folder / "집")
    ring = MemoryKeyring()
    vault, _code = create(keyring=ring)
    vault.confirm_recovery_code()
    vault.close()
    memory.begin()
    app = QApplication([])
    collector = Collector(app)
    told: Counter[str] = Counter()

    def on_message(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if not any(each in words for each in HARMLESS) and kind != QtMsgType.QtDebugMsg:
            _tell(told, f"Qt: {words}")

    qInstallMessageHandler(on_message)
    sys.excepthook = lambda kind, error, trace: _tell(told, "".join(traceback.format_exception(kind, error, trace)))
    threading.excepthook = lambda given: _tell(
        told, "".join(traceback.format_exception(given.exc_type, given.exc_value, given.exc_traceback))
    )
    stage = Stage(app, folder)
    real = real_services()
    stage.services = type(stage.services)(
        **{**vars(real), "store": stage.services.store, "open_engine": stage.services.open_engine}
    )
    stage.runner.broke.connect(lambda error: _tell(told, "".join(traceback.format_exception(error))))
    stage.settings.idle_lock_minutes = 0  # no mouse and no keyboard is really touched here
    stage.with_vault(ring)
    window = stage.open()
    own = [stage.source(f"계획 {number}.txt", tuple(f"{line} {number}" for line in PLAN * 3)) for number in range(4)]
    found = sorted(path for path in samples.rglob("*") if path.is_file() and path.stat().st_size < LARGEST)
    user = User(stage, random.Random(seed), own * 4 + found, folder)
    user.until(lambda: window.vault.is_open and window.models.known)
    loop, count, marks = Loop(), 0, []
    began = time.monotonic()
    while time.monotonic() - began < minutes * 60:
        action = user.do()
        loop.doing = action.__name__
        try:
            action()
        except Exception:  # noqa: BLE001  told, and on it goes
            _tell(told, traceback.format_exc())
        user.answer()
        user.until(lambda: False, user.dice.random() * 0.3)
        count += 1
        if time.monotonic() - began >= 60 * (len(marks) + 1):
            loop.doing = ""
            stage.engine.history.clear()  # what the scripted model notes for tests is no part of the program
            stage.engine.prepared.clear()
            marks.append(memory_mb())
            loop.skip()
            _print(f"{len(marks)} min: {marks[-1]:.1f} MB ({memory.used() / 2**20:.1f} in use), {count} actions, "
                   f"{len(gc.get_objects()):,} objects, {len(app.allWidgets())} widgets, "
                   f"{sum(told.values())} told")  # fmt: skip
    quarter = max(1, len(marks) // 4)
    half = marks[len(marks) // 2 :]
    growth = statistics.median(half[-quarter:]) / statistics.median(half[:quarter]) if marks else 1.0
    for action_name, held in sorted(loop.worst.items(), key=lambda each: -each[1]):
        _print(f"event loop held {held:.0f} ms during {action_name or 'measuring'}")
    _print(f"{count} actions in {minutes:g} min, growth in the second half {growth:.3f}, {sum(told.values())} told")
    for words, times in told.most_common():
        _print(f"{times} × {words}")
    user.until(lambda: window.keeper.safe)
    del collector
    stage.close()
    return int(growth > MOST_GROWTH or bool(told))


def _tell(told: Counter[str], words: str) -> None:
    if not told[words]:
        _print(words)
    told[words] += 1


def _print(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
