"""How long the window takes to be ready, and how much memory it has then: `python -m tests.bench.startup`.

Each run is a process of its own, with an empty data folder and no model. Ready means: the event loop has taken
everything that was waiting, so the window is painted and answers. The time begins before the process does.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_SECONDS = 0.6
MOST_MEGABYTES = 200

CHILD = """
import json, os, sys, time

def ready(*arguments):
    QApplication.processEvents()
    QApplication.processEvents()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    seconds = time.time() - float(os.environ["BISEO_BENCH_START"])
    import psutil
    with open(os.environ["BISEO_BENCH_RESULT"], "w", encoding="utf-8") as stream:
        rss = psutil.Process().memory_info().rss
        json.dump({"seconds": seconds, "cpu": time.process_time(), "rss": rss, "windows": len(shown)}, stream)
    os._exit(0)

from PySide6.QtWidgets import QApplication
QApplication.exec = ready
from biseo_ui.launch import main
main([])
"""


def measure(*, first_run: bool) -> dict[str, float]:
    """One start.

    Returns:
        `seconds` until ready, `cpu` seconds of them (what a busy machine does not change), `rss` in bytes, and the
        number of visible `windows`.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not first_run:
            (folder / "settings.json").write_text('{"notice_read": true}', encoding="utf-8")
        environment = {
            **os.environ,
            "BISEO_HOME": str(folder),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "BISEO_BENCH_RESULT": str(folder / "result.json"),
            "BISEO_BENCH_START": repr(time.time()),
        }
        command = [sys.executable, "-c", CHILD]
        ended = subprocess.run(command, env=environment, timeout=60, stderr=subprocess.PIPE, check=False)
        if ended.returncode:
            sys.stderr.buffer.write(ended.stderr)
            raise SystemExit(f"the window did not start (exit code {ended.returncode})")
        result: dict[str, float] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        return result


def main() -> int:
    """Print medians; 1 when they are over what the product promises."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    over = False
    for first_run in (False, True):
        measure(first_run=first_run)  # fills the file cache
        results = [measure(first_run=first_run) for _ in range(runs)]
        seconds = [result["seconds"] for result in results]
        cpu = statistics.median(result["cpu"] for result in results)
        megabytes = statistics.median(result["rss"] for result in results) / 1e6
        print(
            f"{'first run' if first_run else 'window'}: ready in {statistics.median(seconds):.2f} s "
            f"(best {min(seconds):.2f}, worst {max(seconds):.2f}, {runs} runs; {cpu:.2f} s of processor), "
            f"{megabytes:.0f} MB, {results[0]['windows']:.0f} window(s)"
        )
        over = over or statistics.median(seconds) > MOST_SECONDS or megabytes > MOST_MEGABYTES
        over = over or any(result["windows"] < 1 for result in results)
    print(f"promised: {MOST_SECONDS} s, {MOST_MEGABYTES} MB: {'missed' if over else 'kept'}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
