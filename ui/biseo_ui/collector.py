"""Lets Python's garbage collector run in the thread of the window only.

A collection that happens to start in a worker thread would destroy Qt objects there (text cursors, widgets caught in a
reference cycle), which Qt answers with a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class Collector(QObject):
    """Takes over from the automatic collection as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
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
