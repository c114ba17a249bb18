"""A bug costs a sentence, not the program: the place goes to a log, the words of documents never do."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from biseo import paths


def log_file() -> Path:
    """The log of faults."""
    return paths.home() / "logs" / "faults.log"


def describe(error: BaseException) -> str:
    """Type and place of an exception. Its message is left out: it may quote a document."""
    lines = [datetime.now().isoformat(timespec="seconds") + " " + type(error).__qualname__]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def record(error: BaseException) -> None:
    """Append the fault to the log; a log that cannot be written is no reason to fail again."""
    with contextlib.suppress(OSError):
        target = log_file()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("a", encoding="utf-8") as stream:
            stream.write(describe(error))


def install(tell: Callable[[], None]) -> None:
    """Record what nobody caught, and call `tell` (it shows the sentence). The program goes on."""

    def on_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        record(error)
        with contextlib.suppress(RuntimeError):  # the window may be gone already
            tell()

    def on_thread_fault(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            record(fault.exc_value)

    sys.excepthook = on_fault
    threading.excepthook = on_thread_fault
