"""XLSX through openpyxl (read only, hardened by defusedxml) and CSV."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.clean import clean_text
from biseo.readers.collect import Collector
from biseo.readers.decode import decode
from biseo.readers.limits import Limits
from biseo.readers.plain import unread_warning

MOST_COLUMNS = 1000
# A formula whose result was never stored: a cell that ends right behind it, or behind an empty value.
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
# Of a number format: words in quotation marks, an escaped sign, a currency, conditions and blanks (left out), the rest.
_TOKENS = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(General)|(.)')


def read_workbook(path: str, limits: Limits) -> Document:
    """Every sheet of a workbook: a heading with its name, then its cells as they are shown.

    Raises:
        InputFileError: damaged.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    collector = Collector()
    with zipfile.ZipFile(path) as archive:
        _warn_about_parts(collector, archive)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise refusal.damaged(path) from error
    left = limits.cells
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the declared size may be a lie
        rows: list[list[str]] = []
        cut = wide = False
        for row in sheet.iter_rows():
            cells = [_cell(cell) for cell in row[:MOST_COLUMNS]]
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
        if sheet.sheet_state != "visible" and rows:
            collector.warn(f"숨긴 시트 「{clean_text(sheet.title)}」의 내용도 읽었습니다.")
        if rows:
            collector.add_text(sheet.title, heading=2)
            collector.add_table(rows)
    title = str(book.properties.title or "") if book.properties else ""
    book.close()
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
    sample = text[:20_000]
    delimiter = max(",\t;|", key=lambda sign: (_regularity(sample, sign), -",\t;|".index(sign)))
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _regularity(sample: str, sign: str) -> float:
    """How many of the first lines have as many of `sign` as the first one, weighted by how many."""
    lines = [line for line in sample.split("\n") if line.strip()][:50]
    if not lines or sign not in lines[0]:
        return 0.0
    count = lines[0].count(sign)
    return sum(line.count(sign) == count for line in lines) + min(count, 20) / 100


def _warn_about_parts(collector: Collector, archive: zipfile.ZipFile) -> None:
    uncomputed = 0
    memos = 0
    for part in archive.infolist():
        name = part.filename
        if name.startswith("xl/media/"):
            collector.pictures += 1
        elif re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            collector.charts += 1
        elif name.startswith("xl/embeddings/"):
            collector.objects += 1
        elif re.fullmatch(r"xl/(?:threadedComments/)?(?:threadedComment|comments)\d*\.xml", name):
            memos += archive.read(part).count(b"</comment>")
        elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
            uncomputed += sum(1 for _ in _UNCOMPUTED.finditer(archive.read(part)))
    if uncomputed:
        collector.warn(
            f"수식 {uncomputed:,}칸은 계산 결과가 저장되어 있지 않아 비어 있습니다. "
            "엑셀에서 열어 저장하면 읽을 수 있습니다."
        )
    if memos:
        collector.warn(f"칸에 붙은 메모 {memos:,}개는 읽지 않았습니다.")


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    return shown(value, cell.number_format or "")


def shown(value: object, number_format: str) -> str:
    """A cell's value as the sheet shows it, as far as facts depend on it: dates, percent, decimals, units."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
    return _number(value, number_format) if isinstance(value, (int, float)) else str(value)


def _number(value: int | float, number_format: str) -> str:
    before, pattern, behind = _read_format(number_format)
    digits = _digits(value, pattern)
    sign = "-" if digits.startswith("-") else ""
    return f"{sign}{before}{digits.removeprefix('-')}{behind}"


@lru_cache(maxsize=256)
def _read_format(number_format: str) -> tuple[str, str, str]:
    """Words before the number, how its digits are written, words behind it (`#,##0"명"`, `[$₩-412]#,##0`)."""
    before = pattern = behind = ""
    for match in _TOKENS.finditer(number_format.split(";")[0]):
        quoted, escaped, currency, general, sign = match.groups()
        words = quoted or escaped or currency or ""
        if general or (sign and sign.isascii() and sign != "$"):
            pattern += general or sign
        elif re.search("[0#?]|General", pattern):
            behind += words or sign or ""
        else:
            before += words or sign or ""
    return before, pattern, behind


def _digits(value: int | float, pattern: str) -> str:
    if not re.search("[0#?]", pattern) or re.search("[/eE@]", pattern):
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
        return str(value)
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    whole, _, fraction = pattern.partition(".")
    places = fraction[: len(fraction) - len(fraction.lstrip("0#?"))]
    hidden = re.search(r"[0#?](,+)(?![0#?,])", whole)  # `#,##0,` shows thousands
    with localcontext(prec=400):
        number = number.scaleb(2 * pattern.count("%") - (3 * len(hidden[1]) if hidden else 0))
        number = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{abs(number):,f}" if re.search("[0#?],[0#?]", whole) else f"{abs(number):f}".zfill(_width(whole, places))
    while places.endswith(("#", "?")) and text.endswith("0"):
        places, text = places[:-1], text[:-1]
    return ("-" if number < 0 else "") + text.removesuffix(".") + "%" * pattern.count("%")


def _width(whole: str, places: str) -> int:
    """Fewest characters of a number: its leading zeros are shown (`00000`)."""
    return whole.count("0") + (len(places) + 1 if places else 0)
