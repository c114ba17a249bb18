"""The models on this PC as the window sees them; every look at the store happens in a worker thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from biseo_ui.engine_host import EngineHost
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Store


class ModelState(QObject):
    """Which models there are, and what is being done with them.

    Signals:
        changed: `known`, `entries` or `busy` are new.
        progressed: `IntakeProgress` of what is being done.
        failed: the error to show.
        told: a sentence when something is done.
    """

    changed = Signal()
    progressed = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, runner: JobRunner, store: Callable[[], Store], host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._store, self._host = runner, store, host
        self._job: Job | None = None
        self.known = False
        self.entries: tuple[Any, ...] = ()
        self.default_available = False

    @property
    def active(self) -> Any | None:
        """The model in use, or None."""
        return next((entry for entry in self.entries if entry.active), None)

    @property
    def busy(self) -> bool:
        """Whether a model is being copied or checked."""
        return self._job is not None

    def begin(self) -> None:
        """The program starts: clear what a killed intake left behind, then look at the store.

        A folder that cannot be tidied is no reason to say anything yet; whoever needs it will be told.
        """
        self._runner.call("models", lambda: self._store().tidy())
        self.refresh()

    def refresh(self) -> None:
        """Look at the store again."""
        job = self._runner.call("models", lambda: (self._store().entries(), self._store().default_available()))
        job.item.connect(self._on_seen)
        job.failed.connect(self.failed)

    def install_default(self) -> None:
        """Join the parts that came with the install."""
        self._run(lambda cancel: self._store().install_default(cancel), tr("기본 모델을 쓸 준비가 되었습니다."))

    def add(self, file: Path) -> None:
        """Take in a model file of the user's."""
        self._run(lambda cancel: self._store().add(file, cancel), tr("모델을 목록에 넣었습니다."))

    def verify(self, model_id: str) -> None:
        """Compute the hash of a model file again."""
        self._run(lambda cancel: self._store().verify(model_id, cancel), tr("모델 파일이 처음과 같습니다."))

    def use(self, model_id: str) -> None:
        """Write with that model from now on."""
        self._run(lambda _cancel: _once(self._store().use(model_id)), tr("다음 초안부터 이 모델로 씁니다."))

    def remove(self, model_id: str) -> None:
        """Take the file off this PC. The engine may hold it, so it is closed first, in its own lane."""

        def work(_cancel: threading.Event) -> Iterator[Any]:
            self._host.close()
            return _once(self._store().remove(model_id))

        self._run(work, tr("모델을 지웠습니다."), lane="engine")

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _run(self, work: Callable[[threading.Event], Iterator[Any]], done: str, lane: str = "models") -> None:
        if self._job is not None:
            return
        job = self._job = self._runner.start(lane, work)
        job.item.connect(self.progressed)
        job.done.connect(lambda: self.told.emit(done))
        job.failed.connect(self.failed)
        job.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_ended(self) -> None:
        self._job = None
        self.changed.emit()
        self.refresh()

    def _on_seen(self, seen: tuple[tuple[Any, ...], bool]) -> None:
        self.entries, self.default_available = seen
        self.known = True
        self.changed.emit()


def _once(_value: object) -> Iterator[Any]:
    return iter(())


def size_words(size: int) -> str:
    """`1.1GB`, `491MB`."""
    return f"{size / 1e9:.1f}GB" if size >= 1e9 else f"{round(size / 1e6)}MB"
