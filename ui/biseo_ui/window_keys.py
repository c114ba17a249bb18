"""The keys of the window, from Ctrl+1 to F8."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from biseo_ui.compare_wiring import is_comparing
from biseo_ui.extract_wiring import PAGES, show_extract, shown_extract
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.widgets.rail import PLACES

if TYPE_CHECKING:
    from biseo_ui.main_window import MainWindow
    from biseo_ui.pages.compare_page import ComparePage

Keys = str | QKeySequence.StandardKey


def add_keys(window: MainWindow, ime: ImeWatch) -> None:
    """Give the window its keys; none acts while a syllable is composed, nor while the window is locked."""
    work = window.work

    def add(name: str, keys: Keys, slot: Callable[[], object]) -> None:
        action = QAction(name, window)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.triggered.connect(ime.guarded(slot))
        window.addAction(action)

    def on_work(slot: Callable[[], object]) -> Callable[[], None]:
        """`slot`, but only while the work page is shown."""

        def run() -> None:
            if window.pages.currentWidget() is work and work.isEnabled():
                slot()

        return run

    def find() -> None:
        if window.rail.place == "library":
            window.library_page.find()
        elif window.pages.currentWidget() is work and work.isEnabled():
            work.find()

    def or_comparing(slot: Callable[[], object], instead: Callable[[ComparePage], object]) -> Callable[[], None]:
        """`instead` while documents are compared."""

        def run() -> None:
            if is_comparing(window):
                instead(window.compare_page)
            else:
                slot()

        return run

    def or_extract(slot: Callable[[], None], instead: str) -> Callable[[], None]:
        """A method of the page for manuals or city cases while one of them is shown."""

        def run() -> None:
            page = shown_extract(window)
            if page is not None:
                getattr(page, instead)()
            else:
                slot()

        return run

    for number, (place, name) in enumerate(PLACES, start=1):
        add(tr(name), f"Ctrl+{number}", lambda place=place: window.show_place(place))
    opening = or_extract(or_comparing(on_work(work.open_files), lambda page: page.open_files()), "open_files")
    saving = or_extract(or_comparing(on_work(work.save), lambda page: page.save()), "save")
    add(tr("열기"), QKeySequence.StandardKey.Open, opening)
    add(tr("저장"), QKeySequence.StandardKey.Save, saving)
    for kind, keys in (("manual", "Ctrl+Shift+M"), ("cases", "Ctrl+Shift+D")):
        add(tr(PAGES[kind]), keys, lambda kind=kind: show_extract(window, kind))
    add(tr("인쇄"), QKeySequence.StandardKey.Print, window.preview)
    add(tr("작성"), "Ctrl+Return", on_work(work.write))
    add(tr("작성"), "Ctrl+Enter", on_work(work.write))
    add(tr("멈춤"), "Esc", window.escape)
    add(tr("찾기"), QKeySequence.StandardKey.Find, find)
    add(tr("다음 찾기"), "F3", on_work(lambda: work.area.find.step(1)))
    add(tr("이전 찾기"), "Shift+F3", on_work(lambda: work.area.find.step(-1)))
    add(tr("도움말"), "F1", lambda: window.show_place("help"))
    add(tr("절 다시 쓰기"), "Ctrl+R", on_work(work.rewrite))
    add(tr("지금 잠그기"), "Ctrl+L", lambda: window.lock.lock())
    for name, slot, keys in work.review_keys():
        way = {"F8": 1, "Shift+F8": -1}.get(keys, 0)
        add(name, keys, or_comparing(on_work(slot), lambda page, way=way: page.step(way) if way else None))
