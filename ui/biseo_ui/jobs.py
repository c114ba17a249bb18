"""The one place where threads are: runs generators of typed events and turns them into Qt signals.

Each lane is one worker thread with a queue: `engine` (the language model is not thread safe), `files` (reading
documents), `saving` (writing them, which must not wait for a long one to be read), `checks` (looking at texts),
`models` (taking model files in) and `pages` (setting and painting pages: what was set is painted in the same thread),
`pictures` (pages of sources, which another process draws), `vault` (the encrypted store), `offline` (the proof
that nothing leaves the PC), `looking` (whether files of earlier works are still there, which a network drive that
has gone may take long to answer), `library` (indexing folders, which may take hours), `searching` (the library, while
it is indexed), `reading` (a document that a passage of the library is shown in) and `comparing` (documents).
Signals reach the window through its event loop, never directly.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from biseo.errors import Cancelled, UserFacingError
from biseo_ui.slices import MOMENT_S

Work = Callable[[threading.Event], Iterable[Any]]
LANES = (
    "engine", "files", "saving", "checks", "models", "pages", "pictures", "vault", "offline", "looking", "library",
    "searching", "reading", "comparing",
)  # fmt: skip

MOST_ENDED = 32


class Job(QObject):
    """One piece of work under way. Exactly one of `done`, `failed`, `cancelled` and `broke` comes last.

    Signals:
        item: what the work told, in order. Not named `event`: that would stand in the way of `QObject.event`, which Qt
            looks up for each event, and would keep the job alive for ever.
        done: it is complete.
        failed: a `UserFacingError` for the user.
        cancelled: it was stopped; what it told before stays valid.
        broke: an exception that is a bug.
        ended: after any of the four.
    """

    item = Signal(object)
    done = Signal()
    failed = Signal(object)
    cancelled = Signal()
    broke = Signal(object)
    ended = Signal()
    _told = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.cancel_flag = threading.Event()
        self._news: deque[tuple[str, Any]] = deque()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._rest = QTimer(self)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._pass_on)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` tells when it has."""
        self.cancel_flag.set()

    def run(self) -> None:
        """Do the work; called by the lane's thread."""
        outcome: tuple[str, object] = ("done", None)
        try:
            if self.cancel_flag.is_set():
                raise Cancelled
            for item in self._work(self.cancel_flag):
                self._tell("event", item)
        except Cancelled:
            outcome = ("cancelled", None)
        except UserFacingError as error:
            outcome = ("failed", error)
        except Exception as error:  # noqa: BLE001  a bug in the work must reach the window, not end the thread
            outcome = ("broke", error)
        del self._work  # and the documents it knows
        self._tell(*outcome)

    def refuse(self) -> None:
        """Tell that the work was cancelled before it began."""
        self._pass("cancelled", None)

    def _tell(self, kind: str, value: object) -> None:
        """In the lane's thread."""
        self._news.append((kind, value))
        self._told.emit()

    def _on_told(self) -> None:
        if not self._rest.isActive():
            self._pass_on()

    def _pass_on(self) -> None:
        """Pass on what was told, for a moment: work that tells much at once must not hold the window."""
        until = time.perf_counter() + MOMENT_S
        while self._news:
            self._pass(*self._news.popleft())
            if self._news and time.perf_counter() >= until:
                self._rest.start()
                return
        self._rest.stop()

    def _pass(self, kind: str, value: object) -> None:
        if kind == "event":
            self.item.emit(value)
            return
        signal = getattr(self, kind)
        if value is None:
            signal.emit()
        else:
            signal.emit(value)
        self.ended.emit()


class JobRunner(QObject):
    """Starts jobs and ends them all with the window."""

    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[str, queue.SimpleQueue[Job | None]] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._jobs: set[Job] = set()
        # Kept a while: an object must not go while its own signals are being delivered.
        self._ended: deque[Job] = deque()
        self._closing = False

    def start(self, lane: str, work: Work) -> Job:
        """Queue `work` on a lane. Connect to the job's signals before returning to the event loop."""
        job = Job(work)
        job.ended.connect(lambda: self._on_ended(job))
        job.broke.connect(self.broke)
        self._jobs.add(job)
        if self._closing:
            # The lanes are gone: a job asked for while the window closes is told as cancelled, never queued.
            job.cancel()
            QTimer.singleShot(0, job, job.refuse)
            return job
        self._lane(lane).put(job)
        return job

    def call(self, lane: str, function: Callable[[], Any]) -> Job:
        """Queue a plain function; its result comes as the only event."""

        def work(_cancel: threading.Event) -> Iterable[Any]:
            yield function()

        return self.start(lane, work)

    def busy(self) -> bool:
        return bool(self._jobs)

    def forget_ended(self) -> None:
        """Drop the last jobs, and with them what their work was about; not to be called by a signal of one of them."""
        while self._ended:
            shiboken6.delete(self._ended.pop())  # what is connected to it knows it: nothing else lets go of both

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            job.cancel()

    def shutdown(self, seconds: float = 5.0) -> bool:
        """Stop all work, now and later, and wait for the threads. True when all have ended in time."""
        self._closing = True
        self.cancel_all()
        for lane in self._queues.values():
            lane.put(None)
        for thread in self._threads.values():
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads.values())

    def _lane(self, name: str) -> queue.SimpleQueue[Job | None]:
        if name not in LANES:
            raise ValueError(f"no lane {name!r}")
        if name not in self._queues:
            self._queues[name] = queue.SimpleQueue()
            # Daemon: a file system that hangs must not keep the program from ending.
            self._threads[name] = threading.Thread(
                target=_serve, args=(self._queues[name],), name=f"biseo-{name}", daemon=True
            )
            self._threads[name].start()
        return self._queues[name]

    def _on_ended(self, job: Job) -> None:
        self._jobs.discard(job)
        self._ended.append(job)
        if len(self._ended) > MOST_ENDED:
            # What is connected to a job often knows the job: only when Qt lets go of it does Python, too.
            self._ended.popleft().deleteLater()


def _serve(jobs: queue.SimpleQueue[Job | None]) -> None:
    while (job := jobs.get()) is not None:
        job.run()
        del job  # the last one to hold it must be the window's thread
