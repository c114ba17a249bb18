"""While the official fills in the form, the model is loaded and reads the sources."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from biseo.document import Document
from biseo.errors import Cancelled, UserFacingError
from biseo_ui import crash
from biseo_ui.engine_host import EngineHost, ModelLoading, ModelReady
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services

DELAY_MS = 300
"""Sources come and go in handfuls; only the last state of them is prepared."""


class ReadAhead(QObject):
    """Prepares the newest sources in the engine lane, unless there is real work, and says how long they are.

    Nothing that goes wrong here is told: it is told when something is written.

    Signals:
        loading: `ModelLoading` while the model is being loaded, None when that is over, whichever way.
        ready: the model can write (`ModelReady`).
        measuring: the sources are about to be measured.
        measured: `SourcesSize` of the newest sources, or None while it is not known.
    """

    loading = Signal(object)
    ready = Signal(object)
    measuring = Signal()
    measured = Signal(object)

    def __init__(self, runner: JobRunner, services: Services, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._services, self._host = runner, services, host
        self._model: object = None
        self._documents: tuple[Document, ...] = ()
        self._job: Job | None = None
        self._paused = False
        self._over = False
        self._prepared = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._start)

    def want(self, model: object, documents: tuple[Document, ...]) -> None:
        """The sources as they are now, and what tells the model in use from others; None where there is none."""
        same = len(documents) == len(self._documents) and all(
            new is old for new, old in zip(documents, self._documents, strict=True)
        )
        if same and model == self._model:
            return
        self._model, self._documents = model, documents
        self._prepared = model is None or not documents
        self._drop()
        self.measured.emit(None)
        self._begin()

    def pause(self) -> None:
        """Real work comes: what is queued is skipped."""
        self._paused = True
        self._drop()
        if not self._prepared:
            self.measured.emit(None)

    def go_on(self) -> None:
        """The real work is over."""
        self._paused = False
        self._begin()

    def close(self) -> None:
        """The window closes: nothing is prepared any more."""
        self._over = True
        self._drop()

    def _begin(self) -> None:
        if not (self._prepared or self._paused or self._over):
            self.measuring.emit()
            self._timer.start()

    def _drop(self) -> None:
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _start(self) -> None:
        documents = self._documents

        def work(cancel: threading.Event) -> Iterator[Any]:
            try:
                yield from self._host.load()
                if not cancel.is_set():
                    yield self._services.prepare_sources(self._host.engine(), documents)
            except (Cancelled, UserFacingError):
                raise
            except Exception as error:  # noqa: BLE001  nobody has asked for this work, so nobody is told of its faults
                crash.record(error)

        job = self._job = self._runner.start("engine", work)
        job.item.connect(lambda event: self._on_event(job, event))
        job.ended.connect(lambda: self._on_ended(job))

    def _on_event(self, job: Job, event: object) -> None:
        match event:
            case ModelLoading():
                self.loading.emit(event)
            case ModelReady():
                self.ready.emit(event)
            case _ if job is self._job:  # else there are other sources by now
                self._prepared = True
                self.measured.emit(event)

    def _on_ended(self, job: Job) -> None:
        self.loading.emit(None)
        if job is self._job:
            self._job = None
            if not self._prepared:
                self._prepared = True  # it failed: not tried again before something changes
                self.measured.emit(None)
