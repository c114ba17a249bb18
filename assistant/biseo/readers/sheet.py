"""XLSX through openpyxl (read only, hardened by defusedxml) and CSV."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.clean import clean_text
from biseo.readers.collect import Collector
from biseo.readers.decode import decode
from biseo.readers.limits import Limits
from biseo.readers.number_format import shown
from biseo.readers.plain import unread_warning
from biseo.readers.sheet_parts import Side, read_parts

MOST_COLUMNS = 1000
_SEPARATOR = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


def read_workbook(path: str, limits: Limits) -> Document:
    """Every sheet of a workbook: a heading with its name, then its cells as they are shown.

    Raises:
        InputFileError: damaged.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    collector = Collector()
    with zipfile.ZipFile(path) as archive:
        parts = read_parts(archive)
        collector.pictures, collector.charts, collector.objects = parts.pictures, parts.charts, parts.objects
    stream = Path(path).open("rb")  # noqa: SIM115 - by its name openpyxl would refuse a wrong ending
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        stream.close()
        raise refusal.damaged(path) from error
    left = limits.cells
    since_1904 = book.epoch.year == 1904
    for sheet in book.worksheets:
        side = parts.sheets.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), Side())
        if sheet.sheet_state != "visible":
            collector.warn(f"숨긴 시트 「{clean_text(sheet.title)}」{hidden_warning()}")
            continue
        if side.uncomputed:
            collector.warn(
                f"시트 「{clean_text(sheet.title)}」의 수식 {side.uncomputed:,}칸은 계산 결과가 저장되어 있지 않아 "
                "비어 있습니다. 엑셀에서 열어 저장하면 읽을 수 있습니다."
            )
        sheet.reset_dimensions()  # the declared size may be a lie
        rows: list[list[str]] = []
        cut = wide = hidden = False
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number in side.hidden_rows:
                hidden = hidden or any(cell.value is not None for cell in row)
                continue
            cells = [_cell(cell, parts.formats, since_1904) for cell in row[:MOST_COLUMNS]]
            if side.hidden_columns:
                hidden = hidden or any(cells[column] for column in side.hidden_columns if column < len(cells))
                cells = [cell for column, cell in enumerate(cells) if column not in side.hidden_columns]
            while cells and not cells[-1]:
                cells.pop()
            wide = wide or any(cell.value is not None for cell in row[MOST_COLUMNS:])
            if not cells:
                continue
            if len(cells) > left:
                cut = True
                break
            left -= len(cells)
            rows.append(cells)
        if cut:
            collector.warn(f"시트 「{clean_text(sheet.title)}」의 내용이 많아 앞부분 {len(rows):,}행까지만 읽었습니다.")
        if wide:
            collector.warn(f"시트 「{clean_text(sheet.title)}」에서 앞부분 {MOST_COLUMNS:,}열까지만 읽었습니다.")
        if hidden:
            collector.warn(f"시트 「{clean_text(sheet.title)}」의 숨긴 행이나 열{hidden_warning()}")
        if rows or side.boxes or side.memos:
            collector.add_text(sheet.title, heading=2)
        collector.add_table(rows)
        for text in side.boxes:
            collector.add_text(text)
        for text in side.memos:
            collector.add_note(text)
        for text in side.margins:
            collector.add_note(text, at_end=True)
    title = str(book.properties.title or "") if book.properties else ""
    book.close()
    stream.close()
    return collector.document(path, "xlsx", title)


def read_csv(path: str, limits: Limits) -> Document:
    """A CSV or TSV file as one table."""
    text, unread = decode(Path(path).read_bytes())
    collector = Collector()
    if unread:
        collector.warn(unread_warning(unread))
    text = clean_text(text)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rows: list[list[str]] = []
    left = limits.cells
    for row in _csv_rows(text):
        if len(row) > left:
            collector.warn(f"내용이 많아 앞부분 {len(rows):,}행까지만 읽었습니다.")
            break
        left -= len(row)
        rows.append(row)
    collector.add_table(rows)
    # A table has no line that could be a title.
    return replace(collector.document(path, "csv"), title=Path(path).stem)


def _csv_rows(text: str) -> Iterator[list[str]]:
    if match := _SEPARATOR.match(text):  # how Excel is told
        return csv.reader(io.StringIO(text[match.end() :]), delimiter=match[1])
    sample = _QUOTED.sub("", text[:20_000])
    delimiter = max(",\t;|", key=lambda sign: (_regularity(sample, sign), -",\t;|".index(sign)))
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _regularity(sample: str, sign: str) -> float:
    """How many of the first lines have the same number of `sign`, with a little for how many; titles have none."""
    lines = [line for line in sample.split("\n") if line.strip()][:50]
    counts = Counter(count for line in lines if (count := line.count(sign)))
    if not counts:
        return 0.0
    count, most = counts.most_common(1)[0]
    return most + min(count, 20) / 100


def hidden_warning() -> str:
    """The rest of a sentence about what was left out because it is hidden."""
    return "에 든 내용은 읽지 않았습니다. 필요하면 숨기기를 취소하고 저장한 뒤 다시 열어 주세요."


@lru_cache(maxsize=1)
def known_formats() -> dict[int, str]:
    """Number formats that Excel knows by number alone, as Korean Excel shows them (ECMA-376 18.8.30)."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    found = {number: pattern.replace("$", "₩") for number, pattern in BUILTIN_FORMATS.items()}
    found.update({14: "yyyy-mm-dd", 22: "yyyy-mm-dd h:mm"})
    found.update(dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"))
    found.update(dict.fromkeys((28, 29, 51, 54, 58), "mm-dd"))
    found.update(dict.fromkeys((27, 36, 50, 57), 'yyyy"年" mm"月" dd"日"'))
    found.update({30: "mm-dd-yy", 31: 'yyyy"년" mm"월" dd"일"', 32: 'h"시" mm"분"', 33: 'h"시" mm"분" ss"초"'})
    return found


def _cell(cell: Any, stated: frozenset[int], since_1904: bool) -> str:
    """`stated`: numbers of the formats that the workbook itself writes down."""
    value = cell.value
    if value is None:
        return ""
    pattern = cell.number_format or ""
    number = cell.style_array.numFmtId
    if number < 164 and number not in stated:
        pattern = known_formats().get(number, pattern)
    return shown(value, pattern, since_1904)
