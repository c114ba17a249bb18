"""XLS, the workbook of Excel 97-2003 (and of 95)."""

from __future__ import annotations

import struct

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.biff import EncryptedError, Sheet, read_book
from biseo.readers.clean import clean_text
from biseo.readers.collect import Collector
from biseo.readers.limits import Limits
from biseo.readers.number_format import shown
from biseo.readers.sheet import hidden_warning, known_formats


def read_old_workbook(path: str, limits: Limits) -> Document:
    """Every visible sheet: a heading with its name, then its cells as they are shown.

    Raises:
        InputFileError: encrypted or damaged.
    """
    from dochan import cfb

    try:
        with cfb.OleFileIO(path) as ole:
            data = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read(limits.file_bytes)
        book = read_book(data, limits.cells, known_formats())
    except EncryptedError as error:
        raise refusal.encrypted(path) from error
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise refusal.damaged(path) from error
    collector = Collector()
    for sheet in book.sheets:
        collector.pictures += sheet.pictures
        collector.charts += sheet.charts
        name = clean_text(sheet.name)
        if sheet.hidden:
            if sheet.cells:
                collector.warn(f"숨긴 시트 「{name}」{hidden_warning()}")
            continue
        rows, hidden = _rows(sheet, book.since_1904)
        if sheet.cut:
            collector.warn(f"시트 「{name}」의 내용이 많아 앞부분 {len(rows):,}행까지만 읽었습니다.")
        if hidden:
            collector.warn(f"시트 「{name}」의 숨긴 행이나 열{hidden_warning()}")
        if rows or sheet.boxes or sheet.memos:
            collector.add_text(name, heading=2)
        collector.add_table(rows)
        for text in sheet.boxes:
            collector.add_text(text)
        for text in sheet.memos:
            collector.add_note(f"메모: {text}" if text.strip() else "")
    return collector.document(path, "xls")


def _rows(sheet: Sheet, since_1904: bool) -> tuple[list[list[str]], bool]:
    """Rows of shown cells, and whether any cell was left out because it is hidden."""
    lines: dict[int, dict[int, str]] = {}
    hidden = False
    for (row, column), value in sorted(sheet.cells.items()):
        if row in sheet.hidden_rows or column in sheet.hidden_columns:
            hidden = True
            continue
        pattern = sheet.formats.get((row, column), "")
        lines.setdefault(row, {})[column] = shown(value, pattern, since_1904)
    columns = sorted({column for line in lines.values() for column in line})
    first, last = (columns[0], columns[-1]) if columns else (0, -1)
    kept = [column for column in range(first, last + 1) if column not in sheet.hidden_columns]
    return [[line.get(column, "") for column in kept] for line in lines.values()], hidden
