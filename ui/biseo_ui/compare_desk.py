"""The comparison behind the page: reads added files, compares in the background, makes the documents to save."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from biseo.comparing.comparison import Compared, Comparison, View, compare_documents
from biseo.comparing.merging import merge
from biseo.comparing.old_and_new import old_and_new
from biseo.comparing.places import short_names
from biseo.comparing.side_by_side import side_by_side
from biseo.comparing.stopping import Stop
from biseo.document import Document, Draft, Grade
from biseo.errors import UserFacingError
from biseo.events import Progress
from biseo_ui.compare_rows import CompareRow, rows_of
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services

LANE = "comparing"
Known = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """What the page shows: the comparison, its rows, and the names of the documents."""

    comparison: Comparison
    rows: tuple[CompareRow, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Leaving:
    """A document to save, and the personal data of its sources and itself: kinds with numbers, values."""

    draft: Draft
    counts: str
    known: Known


class CompareDesk(QObject):
    """Signals:
    changed: other documents, or another way of looking at them.
    progress: `Progress`.
    shown: a `Shown`.
    stopped: the comparison was stopped.
    failed: a `UserFacingError`.
    """

    changed = Signal()
    progress = Signal(object)
    shown = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, runner: JobRunner, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._services = runner, services
        self.documents: list[Document] = []
        self.chosen: set[str] = set()
        """Paths of the documents that are compared."""
        self.view: View | None = None
        self.result: Shown | None = None
        self._reading: set[Job] = set()
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether files are read or documents compared."""
        return self._job is not None or bool(self._reading)

    @property
    def compared(self) -> tuple[Document, ...]:
        """The documents that are compared, the older version first."""
        return tuple(document for document in self.documents if document.path in self.chosen)

    def put(self, documents: Sequence[Document]) -> None:
        """Compare these; others that were added stay to be chosen."""
        known = {document.path: document for document in documents}
        self.documents = [*known.values(), *(each for each in self.documents if each.path not in known)]
        self.chosen = set(known)
        self.view = None
        self.compare()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files and compare them with what is chosen."""
        for path in paths:
            self._read(path)
        self.changed.emit()

    def choose(self, path: str, wanted: bool) -> None:
        """Compare a document, or leave it out."""
        (self.chosen.add if wanted else self.chosen.discard)(path)
        if len(self.compared) > 2 and self.view == "versions":
            self.view = None
        self.compare()

    def swap(self) -> None:
        """The other way round: what was the newer version is the older one."""
        self.documents.reverse()
        self.compare()

    def look(self, view: View | None) -> None:
        """Another way of looking at them; None lets the program choose."""
        self.view = view
        self.compare()

    def compare(self) -> None:
        """Begin anew; what was under way is given up."""
        self._give_up()
        self.result = None
        self.changed.emit()
        documents, view = self.compared, self.view
        if len(documents) < 2 or self._reading:
            return

        def work(cancel: threading.Event) -> Iterator[Progress | Shown]:
            for event in compare_documents(documents, view, cancel):
                if isinstance(event, Compared):
                    found = event.comparison
                    yield Shown(found, rows_of(found), short_names(found.texts))
                else:
                    yield event

        job = self._job = self._runner.start(LANE, work)
        job.item.connect(self._on_item)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self.changed.emit()

    def stop(self) -> bool:
        """Give up what is under way; False when nothing is."""
        if not self.busy:
            return False
        for job in self._reading:
            job.cancel()
        if self._job is not None:
            self._job.cancel()
        return True

    def make(self, kind: str, grade: Grade) -> Job:
        """Make the document to save, `table` or `report`; the job tells a `Leaving`."""
        assert self.result is not None
        comparison = self.result.comparison

        def work(cancel: threading.Event) -> Iterator[Leaving]:
            from biseo.checks.privacy import find_private
            from biseo.masking.drafts import count_in_draft, told
            from biseo.masking.words import values_of

            stop = Stop(cancel)
            if kind == "report":
                draft = merge(comparison, grade, stop)
            elif comparison.versions is not None:
                draft = old_and_new(comparison, grade)
            else:
                draft = side_by_side(comparison, grade)
            stop.look()
            texts = [contents.document.text for contents in comparison.texts]
            known = tuple(value for text in texts for value in values_of(text, find_private(text)))
            stop.look()
            yield Leaving(draft, told(count_in_draft(draft, known)), known)

        return self._runner.start(LANE, work)

    def save(self, draft: Draft, path: Path, overwrite: bool) -> Job:
        """Write the document; the job tells the path."""
        return self._runner.call("saving", lambda: self._services.write_document(draft, path, overwrite))

    def _give_up(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _read(self, path: Path) -> None:
        job = self._runner.start("files", lambda cancel: iter((self._services.read_document(path, cancel),)))
        self._reading.add(job)
        job.item.connect(self._on_read)
        job.failed.connect(self.failed)
        job.broke.connect(self._on_broke)
        job.ended.connect(self._on_reading_ended)

    def _on_read(self, document: Document) -> None:
        self.documents = [each for each in self.documents if each.path != document.path] + [document]
        self.chosen.add(document.path)
        if len(self.compared) > 2 and self.view == "versions":
            self.view = None

    def _on_reading_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._reading.discard(job)
        if not self._reading:
            self.compare()

    def _on_item(self, event: Progress | Shown) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(event, Shown):
            self.result = event
        else:
            self.progress.emit(event)

    def _on_failed(self, error: UserFacingError) -> None:
        if self.sender() is self._job:
            self.failed.emit(error)

    def _on_broke(self, _error: Exception) -> None:
        self.failed.emit(
            UserFacingError(
                "unexpected",
                tr("파일을 읽는 동안 예상하지 못한 일이 생겼습니다."),
                tr("다른 형식으로 저장해 다시 열어 주세요."),
            )
        )

    def _on_ended(self) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        if self.result is not None:
            self.shown.emit(self.result)
        else:
            self.stopped.emit()
        self.changed.emit()
