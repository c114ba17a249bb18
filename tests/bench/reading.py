"""What reading gets and what it costs: `python -m tests.bench.reading [--out FILE.json]`.

First, on the shared samples where they are (tests/../../shared/samples): how much of each file's text comes out
(coverage) and in which order. Then 100 pages of every format, made here: seconds and peak memory of the child process.

Coverage: share of the characters (without spaces) of all paragraphs that stand in the text that was read, each
paragraph whole. Order: the longest run of paragraphs that come out in the order of the file, as a share of all that
stand there once. The truth of an .hwp is the text of its .hwpx twin.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path
from xml.etree import ElementTree

MOST_SECONDS = 1.0
MOST_MEGABYTES = 300
LEAST = 0.98
PAGES = 100
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Text without what a format may lay out differently."""
    from biseo.readers.clean import clean_text

    return "".join(clean_text(text).split())


def coverage_and_order(truth: Iterable[str], text: str) -> tuple[float, float]:
    """Shares of paragraphs that were read, and of those that were read in order; 1.0 where there are none."""
    found = squeezed(text)
    paragraphs = [one for one in map(squeezed, truth) if one]
    total = sum(map(len, paragraphs))
    if not total:
        return 1.0, 1.0
    covered = sum(len(one) for one in paragraphs if one in found)
    # What stands twice, or inside of something longer, has no place of its own.
    places = [found.index(one) for one in paragraphs if len(one) > 3 and found.count(one) == 1]
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return covered / total, len(ends) / len(places) if places else 1.0


def truth_of_hwpx(path: Path) -> list[str]:
    """Own text of every paragraph, straight from the XML; deleted text of tracked changes is none."""
    found: list[str] = []
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("Contents/section")]
        for name in sorted(names, key=lambda one: (len(one), one)):
            for one in ElementTree.fromstring(archive.read(name)).iter(f"{HP}t"):
                found.append("".join(one.itertext()))
    return found


def truth_of_docx(path: Path) -> list[str]:
    """Own text of every paragraph of the body."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return ["".join(run.text or "" for run in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]


def sample_files(samples: Path = SAMPLES) -> list[tuple[Path, list[str]]]:
    """Sample files whose text is known, each with its paragraphs."""
    found: list[tuple[Path, list[str]]] = []
    for path in sorted(samples.glob("*/*")):
        # Deleted text stands in the XML of the one and must not be read.
        if path.parent.name == "hostile" or path.name == "ChangeTrack.hwpx":
            continue
        if path.suffix == ".hwpx":
            found.append((path, truth_of_hwpx(path)))
        elif path.suffix == ".hwp" and path.parent.name.startswith("pairs_"):
            found.append((path, truth_of_hwpx(path.with_suffix(".hwpx"))))
        elif path.suffix == ".docx":
            found.append((path, truth_of_docx(path)))
    return found


def measure(path: Path) -> dict[str, float | str]:
    """Reads one file in a child process of its own.

    Returns:
        `total_s` with the start of the process, `read_s` without, `cpu_s` of the whole child (what a busy machine
        changes least), `peak_mb` of the child, and the `text`.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    start = time.monotonic()
    child = context.Process(target=_child, args=(sender, str(path)))
    child.start()
    sender.close()
    message, seconds, cpu, peak = receiver.recv()
    total = time.monotonic() - start
    child.join()
    from biseo.readers.transfer import unpack

    return {"total_s": total, "read_s": seconds, "cpu_s": cpu, "peak_mb": peak, "text": unpack(message, str(path)).text}


def _child(sender: Connection, path: str) -> None:
    from biseo.readers.child import answer, hasten
    from biseo.readers.limits import Limits

    hasten()
    start = time.monotonic()
    message = answer(path, Limits())
    seconds = time.monotonic() - start
    sender.send((message, seconds, time.process_time(), _peak_megabytes()))


def _peak_megabytes() -> float:
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset / 2**20)
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says begins with the parent's size
        return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def pages(count: int = PAGES) -> list[tuple[list[str], list[list[str]]]]:
    """Pages of about 1,100 characters: paragraphs, then the rows of a table. No text stands twice."""
    found = []
    for page in range(1, count + 1):
        lines = [f"{page}. 지역 축제 안전관리 추진 계획 {page}"]
        lines += [
            f"{'가나다라마바사아자차카타파하'[line % 14]}. {page}쪽 {line}번째 항목은 시민의 안전을 위하여 관계 부서가"
            " 함께 점검하고 그 결과를 보고한다."
            for line in range(20)
        ]
        rows = [["구분", f"예산 {page}", "비고"]]
        rows += [[f"과목 {page}-{row}", f"{page * 1000 + row:,}천원", f"확인 {page}/{row}"] for row in range(6)]
        found.append((lines, rows))
    return found


def truth_of_pages(count: int = PAGES) -> list[str]:
    return [text for lines, rows in pages(count) for text in (*lines, *(cell for row in rows for cell in row))]


def make_hwpx(path: Path, count: int) -> None:
    from tests.assistant.readers.test_hancom import cell, paragraph, write_hwpx

    body = []
    for lines, rows in pages(count):
        body += [paragraph(line) for line in lines]
        cells = "".join(
            "<hp:tr>" + "".join(cell(number, column, text) for column, text in enumerate(row)) + "</hp:tr>"
            for number, row in enumerate(rows)
        )
        body.append(paragraph("", 0, f'<hp:tbl rowCnt="{len(rows)}" colCnt="3">{cells}</hp:tbl>'))
    write_hwpx(path, "".join(body))


def make_docx(path: Path, count: int) -> None:
    import docx

    document = docx.Document()
    for lines, rows in pages(count):
        for line in lines:
            document.add_paragraph(line)
        table = document.add_table(rows=len(rows), cols=3)
        for row, texts in zip(table.rows, rows, strict=True):
            for one, text in zip(row.cells, texts, strict=True):
                one.text = text
    document.save(str(path))


def make_pdf(path: Path, count: int) -> None:
    from tests.assistant.readers.tiny_pdf import write_pdf

    contents = []
    for lines, rows in pages(count):
        texts = [(50.0, 760.0 - 20 * number, 10.0, line) for number, line in enumerate(lines)]
        texts += [
            (55.0 + 150 * column, 305.0 - 20 * number, 10.0, text)
            for number, row in enumerate(rows)
            for column, text in enumerate(row)
        ]
        contents.append(texts)
    lying = " ".join(f"50 {320 - 20 * number} m 500 {320 - 20 * number} l S" for number in range(8))
    standing = " ".join(f"{50 + 150 * number} 180 m {50 + 150 * number} 320 l S" for number in range(4))
    write_pdf(path, contents, drawing=f"{lying} {standing}")


def make_xlsx(path: Path, count: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for number, (lines, rows) in enumerate(pages(count), 1):
        sheet = book.create_sheet(f"{number}쪽")
        for row in [[line] for line in lines] + rows:
            sheet.append(row)
    book.save(path)


def make_xls(path: Path, count: int) -> None:
    from tests.assistant.readers.test_old_sheet import book, label
    from tests.assistant.readers.tiny_ole import write_ole

    sheets = []
    for number, (lines, rows) in enumerate(pages(count), 1):
        grid = [[line] for line in lines] + rows
        cells = (label(row, column, text) for row, line in enumerate(grid) for column, text in enumerate(line))
        sheets.append((f"{number}쪽", 0, b"".join(cells)))
    write_ole(path, {"Workbook": book(sheets)})


def page_as_html(count: int) -> str:
    parts = []
    for lines, rows in pages(count):
        parts += [f"<p>{line}</p>" for line in lines]
        cells = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
        parts.append(f"<table>{''.join(cells)}</table>")
    return f"<!DOCTYPE html><html><meta charset='utf-8'><body>{''.join(parts)}</body></html>"


def make_html(path: Path, count: int) -> None:
    path.write_text(page_as_html(count), encoding="utf-8")


def make_eml(path: Path, count: int) -> None:
    message = EmailMessage()
    message["Subject"] = "축제 안전관리 계획"
    message["From"] = "홍길동 <hong@example.kr>"
    message.set_content("본문은 HTML입니다.")
    message.add_alternative(page_as_html(count), subtype="html")
    path.write_bytes(bytes(message))


def make_txt(path: Path, count: int) -> None:
    lines = [line for texts, rows in pages(count) for line in (*texts, *("\t".join(row) for row in rows))]
    path.write_text("\n".join(lines), encoding="utf-8")


def make_csv(path: Path, count: int) -> None:
    lines = [
        ",".join(f'"{one}"' for one in row) for texts, rows in pages(count) for row in ([[t] for t in texts] + rows)
    ]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")


MAKERS: dict[str, Callable[[Path, int], None]] = {
    "hwpx": make_hwpx,
    "docx": make_docx,
    "pdf": make_pdf,
    "xlsx": make_xlsx,
    "xls": make_xls,
    "csv": make_csv,
    "html": make_html,
    "eml": make_eml,
    "txt": make_txt,
}


def _report(name: str, truth: list[str], path: Path) -> dict[str, float | str]:
    best: dict[str, float | str] = {}
    for _ in range(3):
        found = measure(path)
        if not best or found["total_s"] < best["total_s"]:  # type: ignore[operator]
            best = found
    coverage, order = coverage_and_order(truth, str(best.pop("text")))
    row: dict[str, float | str] = {"name": name, "coverage": coverage, "order": order, **best}
    print(
        f"{name:32} coverage {coverage:.4f}  order {order:.4f}  total {row['total_s']:.2f} s"
        f"  reading {row['read_s']:.2f} s  processor {row['cpu_s']:.2f} s  peak {row['peak_mb']:.0f} MB",
        flush=True,
    )
    return row


def main() -> None:
    """Prints a line a file and says what is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="the figures as JSON")
    parser.add_argument("--pages", type=int, default=PAGES)
    arguments = parser.parse_args()
    rows: list[dict[str, float | str]] = []
    print(f"{arguments.pages} pages of each format (best of 3)")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in MAKERS.items():
            path = Path(folder) / f"책.{name}"
            make(path, arguments.pages)
            rows.append(_report(name, truth_of_pages(arguments.pages), path))
    print("samples (best of 3)")
    for path, truth in sample_files():
        rows.append(_report(f"{path.parent.name}/{path.name}"[-32:], truth, path))
    if arguments.out:
        arguments.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    for row in rows:
        if min(float(row["coverage"]), float(row["order"])) < LEAST:
            print(f"below {LEAST}: {row['name']}")
        if float(row["total_s"]) > MOST_SECONDS or float(row["peak_mb"]) > MOST_MEGABYTES:
            print(f"over {MOST_SECONDS} s or {MOST_MEGABYTES} MB: {row['name']}")


if __name__ == "__main__":
    main()
