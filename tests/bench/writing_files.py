"""How long writing a document of some 100 pages takes in each format, and the memory it needs.

`python -m tests.bench.writing_files [--pages N]`: each format in a process of its own; the time is that of writing
alone, the memory the highest of the whole process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

FORMATS = (".docx", ".hwpx", ".txt", ".md")
PAGES = 100
# A heading, so many items of 15 point letters and a small table fill a page.
_ITEMS = 23

CHILD = """
import json, sys, time
from pathlib import Path
import psutil
from biseo.writers import write_document
from tests.bench.writing_files import long_draft

draft = long_draft(int(sys.argv[1]))
start, cpu = time.perf_counter(), time.process_time()
path = write_document(draft, Path(sys.argv[2]))
took, worked = time.perf_counter() - start, time.process_time() - cpu
memory = psutil.Process().memory_info()
if hasattr(memory, "peak_wset"):
    peak = memory.peak_wset
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": took, "cpu": worked, "peak_mb": peak / 1e6, "kilobytes": path.stat().st_size / 1e3}))
"""


def long_draft(pages: int):  # type: ignore[no-untyped-def]
    """An invented report with items, and a table of sums, on every page."""
    from biseo.document import Draft, Section

    sections = []
    for page in range(pages):
        lines = [
            f"{'ㅇ' if n % 3 == 0 else '-'} {page}-{n}차 점검에서 지적된 시설 {n + 3}개소의 보완을 마치고 결과를 알림"
            for n in range(_ITEMS)
        ]
        rows = [("구분", "산출기초", "금액(원)"), ("안전요원", f"100,000원×{page + 1}명", f"{100_000 * (page + 1):,}")]
        rows.append(("합계", "", f"{100_000 * (page + 1):,}"))
        sections.append(Section(f"text{page}", f"{page + 1}차 추진 계획", "\n".join(lines), "model"))
        sections.append(Section(f"table{page}", "소요예산", "", "rule", rows=tuple(rows), header_rows=1, heading=False))
    return Draft(
        "report", "report", "긴 보고서", tuple(sections), summary="긴 보고서", keywords=("점검", "시설", "보완")
    )


def measure(suffix: str, pages: int = PAGES) -> dict[str, float]:
    """`seconds` and `cpu` of writing, `peak_mb` of the process, `kilobytes` of the file."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(pages), str(Path(folder) / f"긴 문서{suffix}")],
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parents[2],
        )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    """Print one line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES)
    pages = parser.parse_args().pages
    for suffix in FORMATS:
        found = measure(suffix, pages)
        print(
            f"{suffix}: {pages} pages in {found['seconds']:.2f} s (CPU {found['cpu']:.2f} s), "
            f"{found['peak_mb']:.0f} MB at most, file {found['kilobytes']:.0f} kB",
            flush=True,
        )


if __name__ == "__main__":
    main()
