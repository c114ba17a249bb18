"""Waiting for the window in a benchmark."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtTest import QTest

LONGEST_S = 300.0


def until(done: Callable[[], object]) -> None:
    """Let the window work until something is true."""
    deadline = time.monotonic() + LONGEST_S
    while not done():
        assert time.monotonic() < deadline, "it never came"
        QTest.qWait(5)
