"""What long documents take: `python -m tests.bench.long_documents [pages …] [--model] [--reading auto|all|rule]`.

Every length runs in a process of its own, so that memory is that of one document. Without `--model` the model is one
that repeats the first lines it reads: what is measured is everything but the model. Seconds are of the processor, with
the wall clock beside them; ratios compare with the shortest length.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
from tests.bench.long_prose import long_document

from biseo.document import Document
from biseo.drafting.digest.by_model import MemoryDigests
from biseo.drafting.pipeline import Case, write_draft
from biseo.drafting.request import DraftRequest
from biseo.events import Drafted, Progress
from biseo.readers import read_document
from biseo.tasks.catalogue import find_task
from biseo_models.engine import Engine, Job
from biseo_models.scripted import ScriptedEngine

LENGTHS = (10, 100, 1000)
ROOT = Path(__file__).resolve().parents[2]
CONTEXT = 8192


def told(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def repeating(job: Job) -> str:
    """A model that says the first lines of what it reads."""
    return "\n".join(f"- {line}" for line in job.prompt.document.splitlines()[1:6])


class Memory:
    """The most memory that the process held above what it began with, looked at 20 times a second."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._first = self._process.memory_info().rss
        self.most = self._first
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.most = max(self.most, self._process.memory_info().rss)

    def end(self) -> float:
        """Megabytes."""
        self._stop.set()
        self._thread.join()
        return (self.most - self._first) / 1e6


def engine_of(model: bool) -> Engine:
    if not model:
        return ScriptedEngine(repeating, context=CONTEXT)
    from biseo import paths
    from biseo_models.catalogue import ModelStore
    from biseo_models.opening import open_engine

    return open_engine(ModelStore(paths.models_folder()))


def measured(document: Document, task: str, reading: Any, model: bool) -> dict[str, Any]:
    """One draft of a document, and a second one that finds the digests of the first."""
    engine = engine_of(model)
    engine.info()
    digests = MemoryDigests()
    memory = Memory()
    request = DraftRequest(find_task(task), (document,), {}, 0, reading)
    never = threading.Event()
    wall, used = time.monotonic(), time.process_time()
    case = Case(request)
    ready = time.process_time() - used
    steps: dict[str, float] = {}
    drafted: Drafted | None = None
    for event in write_draft(engine, request, never, digests, case):
        if isinstance(event, Progress):
            steps.setdefault(event.label.split(" – ")[0], time.process_time() - used)
        elif isinstance(event, Drafted):
            drafted = event
    assert drafted is not None
    seconds, passed = time.process_time() - used, time.monotonic() - wall
    most = memory.end()
    again = time.monotonic()
    for _ in write_draft(engine, request, never, digests, case):
        pass
    again = time.monotonic() - again
    engine.close()
    coverage = drafted.coverage
    return {
        "pages": coverage.pages_total, "read": coverage.pages_read, "passages": coverage.passages_total,
        "parts": coverage.parts, "by_model": coverage.parts_by_model, "ready": ready, "seconds": seconds,
        "wall": passed, "again": again, "memory": most, "rests_on": len(pages_of(drafted)), "steps": steps,
    }  # fmt: skip


def pages_of(drafted: Drafted) -> set[tuple[str, int | None]]:
    return {(one.source, one.page) for section in drafted.draft.sections for one in section.evidence}


def of_file(file: Path) -> Document:
    return read_document(file, threading.Event())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="*", type=int, default=list(LENGTHS))
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--task", default="summary")
    parser.add_argument("--reading", default="auto")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--one", type=int, default=0)
    words = parser.parse_args()
    if words.one or words.file:
        document = of_file(words.file) if words.file else long_document(words.one)
        told(json.dumps(measured(document, words.task, words.reading, words.model)))
        return
    told(
        "pages  read  passages  parts  by model  CPU s  pages/s  s a page, ratio  wall s  again s  memory MB  rests on"
    )
    first: float | None = None
    for pages in words.pages or LENGTHS:
        command = [sys.executable, "-m", "tests.bench.long_documents", "--one", str(pages), "--task", words.task]
        command += ["--reading", words.reading, *(["--model"] if words.model else [])]
        done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True)
        one = json.loads(done.stdout.splitlines()[-1])
        a_page = one["seconds"] / one["pages"]
        first = first or a_page
        told(
            f"{one['pages']:5,} {one['read']:5,} {one['passages']:9,} {one['parts']:6,} {one['by_model']:9,} "
            f"{one['seconds']:6.1f} {one['pages'] / one['seconds']:8.1f} {a_page / first:16.2f} {one['wall']:7.1f} "
            f"{one['again']:8.1f} {one['memory']:10.0f} {one['rests_on']:9,}"
        )


if __name__ == "__main__":
    main()
