"""Sets, shows and prints a draft in a worker thread; the window only gets pictures and news."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from biseo.document import Draft
from biseo.errors import Cancelled, OutputFileError
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.printing.sheet import HEIGHT, WIDTH, Sheet

LANE = "pages"


@dataclass(frozen=True)
class PageShown:
    """A page as a picture; `words` is its text."""

    page: int
    image: QImage
    words: str


class Press(QObject):
    """The pages of one draft after the other.

    Signals:
        set: how many pages the draft has.
        shown: a `PageShown`.
        printed: all has been handed to the printer.
        cancelled: printing was stopped between two pages.
        failed: an error for the official.
        broke: something unexpected happened; the window tells of it.
    """

    set = Signal(int)
    shown = Signal(object)
    printed = Signal()
    cancelled = Signal()
    failed = Signal(object)
    broke = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._sheets: list[Sheet] = []
        self._edition = 0
        self._asked: Job | None = None
        self._printing: Job | None = None

    @property
    def pages(self) -> int:
        return len(self._sheets)

    def take(self, draft: Draft) -> None:
        """Set a draft on pages; the pages of the one before are gone."""
        from biseo_ui.printing.setting import set_draft

        self._edition += 1
        edition, self._sheets = self._edition, []
        self._prepare(draft)
        job = self._runner.call(LANE, lambda: set_draft(draft))
        job.item.connect(lambda sheets: self._on_set(sheets, edition))
        self._watch(job)

    def show(self, page: int, width: int) -> None:
        """Make the picture of a page, from 1, so many pixels wide."""
        if not 1 <= page <= len(self._sheets):
            return
        if self._asked is not None:
            self._asked.cancel()  # the official has turned on or enlarged it
        sheet, edition = self._sheets[page - 1], self._edition
        job = self._asked = self._runner.call(LANE, lambda: PageShown(page, picture(sheet, width), sheet.text()))
        job.item.connect(lambda shown: self.shown.emit(shown) if edition == self._edition else None)
        self._watch(job)

    def print(self, printer: Any, title: str) -> None:
        """Print on a printer that the official has set up."""
        sheets = list(self._sheets)

        def work(cancel: threading.Event) -> Iterator[object]:
            yield print_sheets(sheets, printer, title, cancel)

        job = self._printing = self._runner.start(LANE, work)
        job.done.connect(self.printed)
        job.cancelled.connect(self.cancelled)
        self._watch(job)

    def cancel_printing(self) -> None:
        """Send no further page; what the printer has already taken it may still print."""
        if self._printing is not None:
            self._printing.cancel()

    def _on_set(self, sheets: list[Sheet], edition: int) -> None:
        if edition == self._edition:
            self._sheets = sheets
            self.set.emit(len(sheets))

    def _watch(self, job: Job) -> None:
        job.failed.connect(self.failed)
        job.broke.connect(lambda _error: self.broke.emit())

    @staticmethod
    def _prepare(draft: Draft) -> None:
        """Load the fonts here: adding one to the program is the business of the window's thread."""
        from biseo.writers.profiles import find_profile
        from biseo_ui.printing.faces import family

        profile = find_profile(draft.profile)
        for face in (profile.title, profile.body, profile.heading, profile.table, profile.notice):
            family(face.hwpx)


def picture(sheet: Sheet, width: int) -> QImage:
    """A page as a picture so many pixels wide."""
    image = QImage(width, round(width * HEIGHT / WIDTH), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    sheet.paint(painter, width / WIDTH)
    painter.end()
    return image


def chosen_sheets(sheets: list[Sheet], printer: Any) -> list[Sheet]:
    """The pages that the official has chosen, in the order and as often as they are to be sent."""
    ranges = printer.pageRanges()
    chosen = [sheet for page, sheet in enumerate(sheets, 1) if ranges.isEmpty() or ranges.contains(page)]
    if printer.pageOrder() == printer.PageOrder.LastPageFirst:
        chosen = chosen[::-1]
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return chosen * copies if printer.collateCopies() else [sheet for sheet in chosen for _ in range(copies)]


def print_sheets(sheets: list[Sheet], printer: Any, title: str, cancel: threading.Event | None = None) -> None:
    """Hand the chosen pages to a `QPrinter`.

    Raises:
        OutputFileError: the printer does not take them.
        Cancelled: `cancel` was set; no further page was sent.
    """
    from biseo_ui.printing.pdf import A4
    from biseo_ui.printing.sheet import UNITS_PER_INCH

    printer.setFullPage(True)
    printer.setPageLayout(A4)
    printer.setDocName(title)
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    fresh = True
    for sheet in chosen_sheets(sheets, printer):
        if cancel is not None and cancel.is_set():
            printer.abort()
            painter.end()
            raise Cancelled
        if not fresh and not printer.newPage():
            painter.end()
            raise _refused()
        fresh = False
        sheet.paint(painter, printer.resolution() / UNITS_PER_INCH)
    if not painter.end():
        raise _refused()


def _refused() -> OutputFileError:
    return OutputFileError(
        "printer",
        tr("프린터가 인쇄를 받지 않았습니다."),
        tr("프린터가 켜져 있고 연결되어 있는지 확인한 뒤 다시 인쇄해 주세요."),
    )
