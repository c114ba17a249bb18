"""Lets Python's garbage collector run in the thread of the window only.

A collection that happens to start in a worker thread would destroy Qt objects there (text cursors, widgets caught in a
reference cycle), which Qt answers with a crash.
"""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject, QTimer

from biseo_ui import memory

INTERVAL_MS = 1000
GROWN = 8 * 2**20
"""Bytes that the process may hold more than when memory was last given back, until that is tried again."""


class Collector(QObject):
    """Takes over from the automatic collection as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._held = memory.held()
        self._giving: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), self._thresholds, strict=True)):
            if count <= threshold:
                if generation:
                    gc.collect(generation - 1)
                return
        gc.collect()
        self._give_back()

    def _give_back(self) -> None:
        """After a large document has gone its memory is free, but still the process's."""
        idle = self._giving is None or not self._giving.is_alive()
        if idle and memory.held() > self._held + GROWN:
            self._giving = threading.Thread(target=self._work, daemon=True)
            self._giving.start()

    def _work(self) -> None:
        memory.give_back()
        self._held = memory.held()
