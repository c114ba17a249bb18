"""Work that only the window's thread can do, a moment at a time, so that the window goes on meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

MOMENT_S = 0.012


class Slices(QObject):
    """Runs one iterator at a time to its end; what is short is done at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._then: Callable[[], object] = lambda: None
        self._failed: Callable[[Exception], object] = lambda _error: None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def start(self, work: Iterator[None], then: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Begin with `work`, in the place of what is under way; `then` is done at its end, or `failed` with why not."""
        self.stop()
        self._work, self._then, self._failed = work, then, failed
        self._go_on()
        if self.busy:
            self._timer.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._timer.stop()
        self._work = None

    def _go_on(self) -> None:
        work, until = self._work, time.perf_counter() + MOMENT_S
        if work is None:
            return
        try:
            while True:
                next(work)
                if self._work is not work or time.perf_counter() >= until:  # given up by what it has set off
                    return
        except StopIteration:
            self.stop()
            self._then()
        except Exception as error:  # noqa: BLE001  goes to who asked for it
            self.stop()
            self._failed(error)
