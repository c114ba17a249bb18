"""The work behind the pages that draw something out of files: reading, finding, making the documents to save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from biseo.document import Document, Draft
from biseo.events import Progress
from biseo_ui.extract_rows import ExtractRow
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services

LANE = "comparing"
Known = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Extracted:
    """What was found: the documents with their names, what could not be read, the result and its rows."""

    documents: tuple[Document, ...]
    names: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]
    result: Any
    rows: tuple[ExtractRow, ...]


@dataclass(frozen=True)
class Outgoing:
    """Documents to save, and the personal data in them: kinds with numbers, values."""

    drafts: tuple[Draft, ...]
    counts: str
    known: Known


class ExtractDesk(QObject):
    """Args:
        find: the result and its rows, from documents and their names; called in a worker thread.

    Signals:
        changed: begun, or ended in any way.
        progress: `Progress`.
        found: an `Extracted`.
        failed: a `UserFacingError`.
    """

    changed = Signal()
    progress = Signal(object)
    found = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        services: Services,
        find: Callable[[Sequence[Document], Sequence[str]], tuple[Any, tuple[ExtractRow, ...]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._services, self._find = runner, services, find
        self.result: Extracted | None = None
        self.paths: tuple[Path, ...] = ()
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether files are read or looked through."""
        return self._job is not None

    def read(self, paths: Sequence[Path]) -> None:
        """Begin anew with these files and folders; what was under way is given up."""
        self.paths = tuple(paths)

        def work(cancel: threading.Event) -> Iterator[Progress | Extracted]:
            from biseo.gathering import Gathered, gather

            for event in gather(paths, cancel, self._services.read_document):
                if isinstance(event, Gathered):
                    unread = tuple((one.path, one.reason) for one in event.unread)
                    yield self._extracted(event.documents, event.names, unread)
                else:
                    yield event

        self._begin(work)

    def look_again(
        self, documents: tuple[Document, ...], names: tuple[str, ...], unread: tuple[tuple[str, str], ...]
    ) -> None:
        """The same with documents that have been read already."""
        self._begin(lambda _cancel: iter((self._extracted(documents, names, unread),)))

    def stop(self) -> bool:
        """Give up what is under way; False when nothing is."""
        if self._job is None:
            return False
        self._job.cancel()
        return True

    def make(self, drafts: Callable[[], Sequence[Draft]]) -> Job:
        """Make the documents to save; the job tells an `Outgoing`."""
        assert self.result is not None
        documents = self.result.documents

        def work(_cancel: threading.Event) -> Iterator[Outgoing]:
            from biseo.checks.privacy import find_private
            from biseo.masking.drafts import count_in_draft, told
            from biseo.masking.words import values_of

            made = tuple(drafts())
            known = tuple(value for each in documents for value in values_of(each.text, find_private(each.text)))
            yield Outgoing(made, told(count_in_draft(made[-1], known)) or told(count_in_draft(made[0], known)), known)

        return self._runner.start(LANE, work)

    def save(self, drafts: Sequence[Draft], paths: Sequence[Path], overwrite: bool) -> Job:
        """Write the documents; the job tells each path."""

        def work(_cancel: threading.Event) -> Iterator[Path]:
            for number, (draft, path) in enumerate(zip(drafts, paths, strict=True)):
                yield self._services.write_document(draft, path, overwrite and number == 0)

        return self._runner.start("saving", work)

    def _extracted(
        self, documents: tuple[Document, ...], names: tuple[str, ...], unread: tuple[tuple[str, str], ...]
    ) -> Extracted:
        result, rows = self._find(documents, names)
        return Extracted(documents, names, unread, result, rows)

    def _begin(self, work: Callable[[threading.Event], Iterator[Progress | Extracted]]) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self.result = None
        job = self._job = self._runner.start(LANE, work)
        job.item.connect(self._on_item)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_item(self, event: Progress | Extracted) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(event, Extracted):
            self.result = event
        else:
            self.progress.emit(event)

    def _on_failed(self, error: object) -> None:
        if self.sender() is self._job:
            self.failed.emit(error)

    def _on_ended(self) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        if self.result is not None:
            self.found.emit(self.result)
        self.changed.emit()
