"""What holds the window's event loop: `python -m tests.bench.holds [--long] [--only WORDS] [--profile ACTION]`.

The real window, offscreen, with a real encrypted store and a scripted model; a draft of some 12,000 characters with
findings, or one of 200,000. Each action is done several times; told is the longest stretch of its work between two
returns to the event loop, during the action and for half a second after it, in CPU time of the window's thread, so
that what else the machine does hardly counts.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractEventDispatcher, QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.bench.typing_keys import DEEDS, PLACES
from tests.ui.conftest import PLAN, Stage

from biseo.tasks.catalogue import find_task
from biseo.vault import create
from biseo_ui.collector import Collector
from biseo_ui.pages_ahead import import_pages

MOST_MS = 50.0
TIMES = 4


class Holds(QObject):
    """The longest stretch between two returns to the event loop, by what was being done."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = ""
        self.worst: dict[str, float] = {}
        self._last = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self.mark)
        dispatcher.aboutToBlock.connect(self.mark)

    def mark(self) -> None:
        """A stretch ends here."""
        now = time.thread_time()
        held = (now - self._last) * 1000
        self._last = now
        if self.doing and held > self.worst.get(self.doing, 0.0):
            self.worst[self.doing] = held


class Scene:
    """The window with a draft in it, and what is done there."""

    def __init__(self, folder: Path, characters: int) -> None:
        os.environ["BISEO_HOME"] = str(folder / "집")
        ring = MemoryKeyring()
        vault, _code = create(keyring=ring)
        vault.confirm_recovery_code()
        vault.close()
        self.app = QApplication([])
        self.collector = Collector(self.app)
        self.stage = stage = Stage(self.app, folder)
        stage.runner.call("looking", import_pages)  # as the program does
        stage.settings.idle_lock_minutes = 0
        stage.with_vault(ring)
        self.window = window = stage.open()
        self.page, self.session, self.editor = window.work, window.work.session, window.work.area.editor
        until(lambda: window.vault.is_open and window.models.known)
        self.page.show_task(find_task("report"))
        self.page.add_files([stage.source()])
        until(lambda: bool(self.page.cards.documents()))
        self.page.write()
        until(lambda: not self.session.writing and self.session.has_draft)
        self._fill(characters)
        self.other = stage.source("다른 계획.txt", tuple(f"{line} {n}" for n in range(200) for line in PLAN))
        self.saved = 0
        self.settle()

    def _fill(self, characters: int) -> None:
        """More lines to the draft; every tenth has an amount that no source has, so that there are findings."""
        cursor = QTextCursor(self.editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        number = 0
        while self.editor.document().characterCount() < characters:
            lines = []
            for number in range(number + 1, number + 41):  # noqa: B020  goes on where it was
                amount = f" {number},123,000원" if not number % 10 and number < 400 else ""
                place, deed = PLACES[number % len(PLACES)], DEEDS[number // 7 % len(DEEDS)]
                lines.append(
                    f"ㅇ {place} {number}호 자리에서 시민과 함께 책을 읽고 나누는 {deed} 마련하기로 했음{amount}"
                )
            cursor.insertText("\n" + "\n".join(lines))

    def settle(self) -> None:
        until(lambda: not self.session.checks.busy and self.window.keeper.safe and not self.stage.runner.busy(), 600)
        QTest.qWait(600)

    def actions(self) -> dict[str, Callable[[], object]]:
        dice = random.Random(1)

        def place() -> None:
            cursor = self.editor.textCursor()
            cursor.setPosition(dice.randrange(self.editor.document().characterCount()))
            self.editor.setTextCursor(cursor)
            self.editor.ensureCursorVisible()

        def typing(letters: str) -> None:
            place()
            QTest.qWait(30)
            for letter in letters:
                QTest.keyClick(self.editor, letter)
                QTest.qWait(1)

        def scale(percent: int) -> Callable[[], None]:
            return lambda: self.window.saved_settings.set_look("light", percent)

        def show(name: str) -> Callable[[], None]:
            return lambda: self.window.show_place(name)

        def write() -> None:
            self.window.show_place("write")
            self.page.write()
            until(lambda: not self.session.writing)

        def reopen() -> None:
            self.window.show_place("history")
            page = self.window.history_page
            until(lambda: page.model.rowCount() > 0)
            page.list.setCurrentIndex(page.model.index(0))
            page.open_current()
            until(lambda: self.session.has_draft and not self.page.cards.reading())

        def preview() -> None:
            self.window.preview()
            QTest.qWait(400)
            self.window.show_place("write")

        def save() -> None:
            self.saved += 1
            self.stage.dialogs.target = self.stage.home / f"저장 {self.saved}.docx"
            self.page.save()

        def finding() -> None:
            self.page.step(1)

        return {
            "typing": lambda: typing("abc 12,345,000 "),
            "new lines": lambda: typing("\r\r"),
            "undo": self.editor.undo,
            "redo": self.editor.redo,
            "next finding": finding,
            "theme dark": lambda: self.window.saved_settings.set_look("dark", 100),
            "theme light": lambda: self.window.saved_settings.set_look("light", 100),
            "size 150": scale(150),
            "size 100": scale(100),
            "resize": lambda: self.window.resize(1024 if self.window.width() > 1100 else 1360, 800),
            "settings page": show("settings"),
            "help page": show("help"),
            "history page": show("history"),
            "library page": show("library"),
            "form page": show("fill"),
            "back to the draft": show("write"),
            "theme dark, all pages built": lambda: self.window.saved_settings.set_look("dark", 100),
            "theme light, all pages built": lambda: self.window.saved_settings.set_look("light", 100),
            "size 150, all pages built": scale(150),
            "size 100, all pages built": scale(100),
            "preview": preview,
            "save": save,
            "open a file": lambda: self.page.add_files([self.other]),
            "another task": lambda: self.page.show_task(
                find_task("press" if self.page.side.form.task.id == "report" else "report")
            ),
            "rewrite": lambda: self.session.rewrite(next(iter(self.session.states))),
            "new work": self.window.keeper.start_anew,
            "reopen": reopen,
            "write": write,
        }


def until(done: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        QTest.qWait(5)


def main() -> int:
    """Print the longest hold of each action; 1 when one is over what was promised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--profile", default="")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scene = Scene(Path(name), 200_000 if arguments.long else 12_000)
        holds = Holds()
        sys.stdout.write(
            f"{scene.editor.document().characterCount():,} characters, {len(scene.session.findings())} findings\n"
        )
        profiler = cProfile.Profile()
        for title, action in scene.actions().items():
            if arguments.only and not any(each in title for each in arguments.only.split(",")):
                continue
            for _ in range(TIMES):
                QTest.qWait(50)
                holds.mark()
                holds.doing = title
                if arguments.profile == title:
                    profiler.enable()
                action()
                holds.mark()
                QTest.qWait(500)
                profiler.disable()
                holds.doing = ""
            scene.settle()
            sys.stdout.write(f"{title}: {holds.worst[title]:.0f} ms\n")
            sys.stdout.flush()
        if arguments.profile:
            pstats.Stats(profiler).sort_stats("tottime").print_stats(35)
        scene.stage.close()
    return int(max(holds.worst.values()) > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
