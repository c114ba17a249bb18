"""Pages of a source as pictures: asked for in a worker thread, drawn by another process, kept a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from biseo.document import Document
from biseo.errors import UserFacingError
from biseo.pictures.picture import PagePicture
from biseo.pictures.svg import SANS, SERIF
from biseo_ui import fonts
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services

LANE = "pictures"
KEPT = 6
"""So many pictures stay, for going back and forth."""


@dataclass(frozen=True)
class SourcePage:
    """A page to show; `marks` are shares of its sides."""

    page: int
    pages: int
    image: QImage
    words: str
    marks: tuple[QRectF, ...]


class SourcePictures(QObject):
    """The pages of one source at a time.

    Signals:
        drawn: a `SourcePage`.
        failed: an error for the official; the text can still be shown.
    """

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._services = runner, services
        self._document: Document | None = None
        self._kept: OrderedDict[tuple[int, int, str], SourcePage] = OrderedDict()
        self._job: Job | None = None
        self._key = (0, 0, "")

    def forget(self) -> None:
        """Hold no page of any source."""
        self.stop()
        self._document = None
        self._kept.clear()

    def take(self, document: Document) -> None:
        """Show pages of that source from now on."""
        if document is not self._document:
            self.stop()
            self._document = document
            self._kept.clear()

    def want(self, page: int, width: int, passage: str = "") -> None:
        """Bring a page, or the one of the passage; what was asked for before is given up."""
        document = self._document
        if document is None:
            return
        key = (page, width, passage)
        if self._job is not None and key == self._key:
            return
        self.stop()
        if key in self._kept:
            self._kept.move_to_end(key)
            self.drawn.emit(self._kept[key])
            return
        families = (fonts.serif(), fonts.sans())  # here: loading a font is the business of the window's thread
        path = Path(document.path)
        self._key = key

        def work(cancel: threading.Event) -> Iterator[SourcePage]:
            yield paint(self._services.draw_page(path, page, width, passage, cancel), width, families)

        job = self._job = self._runner.start(LANE, work)
        job.item.connect(lambda drawn: self._on_drawn(job, key, drawn))
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.broke.connect(lambda _error: self._on_failed(job, _unexpected()))

    def stop(self) -> None:
        """Nothing is wanted any more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_drawn(self, job: Job, key: tuple[int, int, str], drawn: SourcePage) -> None:
        if job is not self._job:
            return
        self._job = None
        self._kept[key] = drawn
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.drawn.emit(drawn)

    def _on_failed(self, job: Job, error: UserFacingError) -> None:
        if job is self._job:
            self._job = None
            self.failed.emit(error)


def paint(picture: PagePicture, width: int, families: tuple[str, str]) -> SourcePage:
    """The picture as Qt has it. Runs in the worker thread; the window only gets the finished image."""
    if picture.kind == "pixels":
        rows = 4 * picture.width
        image = QImage(picture.data, picture.width, picture.height, rows, QImage.Format.Format_RGB32).copy()
    else:
        image = _paint_svg(picture, width, families)
    marks = tuple(QRectF(*mark) for mark in picture.marks)
    return SourcePage(picture.page, picture.pages, image, picture.words, marks)


def _paint_svg(picture: PagePicture, width: int, families: tuple[str, str]) -> QImage:
    from PySide6.QtSvg import QSvgRenderer

    text = picture.data.decode("utf-8").replace(SERIF, families[0]).replace(SANS, families[1])
    renderer = QSvgRenderer()
    renderer.load(QByteArray(text.encode("utf-8")))
    if not renderer.isValid():
        raise _unexpected()
    image = QImage(width, max(1, round(width * picture.height / picture.width)), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    return image


def _unexpected() -> UserFacingError:
    return UserFacingError(
        "no-picture",
        tr("이 문서의 쪽 그림을 그리지 못했습니다."),
        tr("글로 보여 드리니 모양은 원래 프로그램에서 확인해 주세요."),
    )
