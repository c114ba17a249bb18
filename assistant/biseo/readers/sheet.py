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
from biseo.readers.sheet_parts import Side, read_parts

MOST_COLUMNS = 1000
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
        parts = read_parts(archive)
        collector.pictures, collector.charts, collector.objects = parts.pictures, parts.charts, parts.objects
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
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


def hidden_warning() -> str:
    """The rest of a sentence about what was left out because it is hidden."""
    return "에 든 내용은 읽지 않았습니다. 필요하면 숨기기를 취소하고 저장한 뒤 다시 열어 주세요."


@lru_cache(maxsize=1)
def known_formats() -> dict[int, str]:
    """Number formats that Excel knows by number alone, as Korean Excel shows them (ECMA-376 18.8.30)."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    found = {number: pattern.replace("$", "₩") for number, pattern in BUILTIN_FORMATS.items()}
    found.update(dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"))
    found.update({32: "h:mm", 33: "h:mm:ss"})
    return found


def as_date(value: object, pattern: str, since_1904: bool) -> object:
    """A day count as the date it is, when the number format says so."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    if isinstance(value, bool) or not isinstance(value, (int, float)) or not is_date_format(pattern):
        return value
    try:
        return from_excel(
            value, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900, timedelta=is_timedelta_format(pattern)
        )
    except (OverflowError, ValueError):
        return value


def _cell(cell: Any, stated: frozenset[int], since_1904: bool) -> str:
    """`stated`: numbers of the formats that the workbook itself writes down."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    pattern = cell.number_format or ""
    if not isinstance(value, bool) and isinstance(value, (int, float)):
        number = cell.style_array.numFmtId
        if number < 164 and number not in stated:
            pattern = known_formats().get(number, pattern)
            value = as_date(value, pattern, since_1904)
    return shown(value, pattern)


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
