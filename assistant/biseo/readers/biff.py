"""The records of an XLS workbook (BIFF 8, and BIFF 5 of Excel 95) as sheets of values ([MS-XLS] 2.4).

Only what is shown is taken: values with their number formats, what is hidden, texts of boxes and memos. Formulas are
never computed, macros never looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

BIFF8 = 0x0600
_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATEMODE, _CONTINUE = 0x809, 0x0A, 0x2F, 0x42, 0x22, 0x3C
_BOUNDSHEET, _FORMAT, _XF, _SST = 0x85, 0x41E, 0xE0, 0xFC
_FORMAT5 = 0x1E
_ROW, _COLINFO, _LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0x208, 0x7D, 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD
_BOOLERR, _FORMULA, _STRING, _OBJ, _TXO = 0x205, 0x06, 0x207, 0x5D, 0x1B6
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CODEPAGES = {949: "cp949", 1200: "utf-16-le", 1252: "cp1252", 932: "cp932", 936: "gbk", 65001: "utf-8"}
_MEMO, _PICTURE, _CHART = 0x19, 0x08, 0x05


class EncryptedError(ValueError):
    """The workbook asks for a password."""


class TooManyCellsError(ValueError):
    """There are more cells than were asked for; what was read until then stands."""


@dataclass
class Sheet:
    """One sheet. `cells` by (row, column), both from 0; a value is text, a number, a bool or None.

    Attributes:
        formats: number format of a cell, where it is a number.
        memos, boxes: texts that float over the cells.
        cut: not all cells were taken.
    """

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], str | int | float | bool] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    memos: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    pictures: int = 0
    charts: int = 0
    cut: bool = False


@dataclass
class Book:
    """A workbook; `since_1904`: its days count from 1904."""

    sheets: list[Sheet]
    since_1904: bool


def read_book(data: bytes, most_cells: int, known_formats: dict[int, str]) -> Book:
    """All worksheets of a workbook stream.

    Args:
        most_cells: cells that are taken over all sheets.
        known_formats: number formats that Excel has without being told, by their number.

    Raises:
        EncryptedError: a password is needed.
        ValueError, struct.error: damaged.
    """
    return _Reader(data, most_cells, known_formats).book()


def _records(data: bytes, place: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """(type, payload with its continuations) of every whole record from `place` on."""
    while place + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, place)
        place += 4
        if place + size > len(data):
            return
        parts = [data[place : place + size]]
        place += size
        while data[place : place + 2] == b"\x3c\x00" and place + 4 <= len(data):
            size = struct.unpack_from("<H", data, place + 2)[0]
            parts.append(data[place + 4 : place + 4 + size])
            place += 4 + size
        yield kind, parts


class _Reader:
    def __init__(self, data: bytes, most_cells: int, known_formats: dict[int, str]) -> None:
        self._data = data
        self._left = most_cells
        self._formats = dict(known_formats)
        self._xfs: list[int] = []
        self._strings: list[str] = []
        self._wide = True
        self._codepage = "cp949"

    def book(self) -> Book:
        found: list[tuple[int, Sheet]] = []
        since_1904 = False
        for number, (kind, parts) in enumerate(_records(self._data)):
            data = parts[0]
            if number == 0:
                if kind != _BOF or len(data) < 4:
                    raise ValueError("no workbook")
                self._wide = struct.unpack_from("<H", data)[0] >= BIFF8
            if kind == _EOF:
                break
            if kind == _FILEPASS:
                raise EncryptedError
            if kind == _CODEPAGE and not self._wide:
                self._codepage = _CODEPAGES.get(struct.unpack_from("<H", data)[0], "cp949")
            elif kind == _DATEMODE:
                since_1904 = data[:2] == b"\x01\x00"
            elif kind in (_FORMAT, _FORMAT5):
                self._formats[struct.unpack_from("<H", data)[0]] = self._text(parts, 2, 2 if self._wide else 1)
            elif kind == _XF:
                self._xfs.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _SST:
                self._strings = _shared_strings(parts)
            elif kind == _BOUNDSHEET:
                offset, hidden, what = struct.unpack_from("<IBB", data)
                if what == 0:
                    found.append((offset, Sheet(self._text(parts, 6, 1), hidden & 3 != 0)))
        for offset, sheet in found:
            try:
                self._sheet(offset, sheet)
            except TooManyCellsError:
                sheet.cut = True
        return Book([sheet for _, sheet in found], since_1904)

    def _sheet(self, offset: int, sheet: Sheet) -> None:
        depth = 0
        waiting: tuple[int, int] | None = None  # a formula whose text follows
        floating = 0
        for kind, parts in _records(self._data, offset):
            data = parts[0]
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    return
            elif depth != 1:
                continue  # a chart inside the sheet
            elif kind == _ROW and len(data) >= 16:
                if data[12] & 0x20:
                    sheet.hidden_rows.add(struct.unpack_from("<H", data)[0])
            elif kind == _COLINFO and len(data) >= 10:
                first, last = struct.unpack_from("<HH", data)
                if data[8] & 1:
                    sheet.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _OBJ and len(data) >= 8:
                floating = struct.unpack_from("<H", data, 4)[0]
                sheet.pictures += floating == _PICTURE
                sheet.charts += floating == _CHART
            elif kind == _TXO and len(data) >= 12 and len(parts) > 1:
                text = _text_of_box(parts[1:], struct.unpack_from("<H", data, 10)[0])
                (sheet.memos if floating == _MEMO else sheet.boxes).append(text)
            elif kind == _STRING:
                if waiting is not None:
                    self._put(sheet, waiting, self._text(parts, 0, 2))
                    waiting = None
            elif kind == _MULRK:
                row, column = struct.unpack_from("<HH", data)
                for place in range(4, len(data) - 6, 6):
                    style, packed = struct.unpack_from("<HI", data, place)
                    self._put(sheet, (row, column), _unpacked(packed), style)
                    column += 1
            elif kind in (_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _BOOLERR, _FORMULA):
                row, column, style = struct.unpack_from("<HHH", data)
                waiting = None
                if kind == _LABELSST:
                    index = struct.unpack_from("<I", data, 6)[0]
                    self._put(sheet, (row, column), self._strings[index] if index < len(self._strings) else "")
                elif kind in (_LABEL, _RSTRING):
                    self._put(sheet, (row, column), self._text(parts, 6, 2))
                elif kind == _NUMBER:
                    self._put(sheet, (row, column), _whole(struct.unpack_from("<d", data, 6)[0]), style)
                elif kind == _RK:
                    self._put(sheet, (row, column), _unpacked(struct.unpack_from("<I", data, 6)[0]), style)
                elif kind == _BOOLERR:
                    self._put(sheet, (row, column), _ERRORS.get(data[6], "#?") if data[7] else bool(data[6]))
                elif data[12:14] != b"\xff\xff":
                    self._put(sheet, (row, column), _whole(struct.unpack_from("<d", data, 6)[0]), style)
                elif data[6] == 0:
                    waiting = row, column
                elif data[6] in (1, 2):
                    self._put(sheet, (row, column), _ERRORS.get(data[8], "#?") if data[6] == 2 else bool(data[8]))

    def _put(self, sheet: Sheet, place: tuple[int, int], value: str | float | bool, style: int = -1) -> None:
        if value == "":
            return
        if self._left <= 0:
            raise TooManyCellsError
        self._left -= 1
        sheet.cells[place] = value
        if 0 <= style < len(self._xfs):
            sheet.formats[place] = self._formats.get(self._xfs[style], "")

    def _text(self, parts: list[bytes], place: int, size: int) -> str:
        """A string with its length in front (`size` bytes)."""
        data = parts[0]
        length = int.from_bytes(data[place : place + size], "little")
        place += size
        if not self._wide:
            return data[place : place + length].decode(self._codepage, "replace")
        strings = _Strings([data[place:], *parts[1:]])
        return strings.characters(length, strings.take(1)[0] if len(data) > place else 0)


class _Strings:
    """Bytes that go on from record to record; characters begin again with a byte that tells their width."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._place = 0

    def take(self, count: int) -> bytes:
        """`count` bytes.

        Raises:
            ValueError: there are not so many.
        """
        found = b""
        while len(found) < count:
            if self._part >= len(self._parts):
                raise ValueError("string ends early")
            piece = self._parts[self._part][self._place : self._place + count - len(found)]
            self._place += len(piece)
            found += piece
            if len(found) < count:
                self._part += 1
                self._place = 0
        return found

    def characters(self, count: int, flags: int) -> str:
        """`count` characters, two bytes each when bit 0 of `flags` is set."""
        pieces: list[str] = []
        while count > 0 and self._part < len(self._parts):
            width = 1 + (flags & 1)
            piece = self._parts[self._part][self._place : self._place + count * width]
            self._place += len(piece)
            pieces.append(piece.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            count -= max(len(piece) // width, 0)
            if count > 0:
                self._part += 1
                self._place = 1
                if self._part < len(self._parts):
                    flags = self._parts[self._part][0] if self._parts[self._part] else 0
        return "".join(pieces)

    def skip(self, count: int) -> None:
        while count > 0 and self._part < len(self._parts):
            step = min(count, len(self._parts[self._part]) - self._place)
            self._place += step
            count -= step
            if count > 0:
                self._part += 1
                self._place = 0


def _shared_strings(parts: list[bytes]) -> list[str]:
    if len(parts[0]) < 8:
        return []
    strings = _Strings([parts[0][8:], *parts[1:]])
    found: list[str] = []
    try:
        for _ in range(struct.unpack_from("<I", parts[0], 4)[0]):
            length, flags = struct.unpack("<HB", strings.take(3))
            runs = struct.unpack("<H", strings.take(2))[0] if flags & 8 else 0
            phonetic = struct.unpack("<I", strings.take(4))[0] if flags & 4 else 0
            found.append(strings.characters(length, flags))
            strings.skip(4 * runs + phonetic)
    except ValueError:
        pass  # cut off: what came before is whole
    return found


def _text_of_box(parts: list[bytes], length: int) -> str:
    strings = _Strings(parts)
    return strings.characters(length, strings.take(1)[0]) if parts and parts[0] else ""


def _unpacked(packed: int) -> int | float:
    """A number in four bytes: 30 bits of a double or of a whole number, perhaps times 100."""
    if packed & 2:
        value: int | float = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    if packed & 1:
        value = value / 100
    return _whole(value)


def _whole(value: float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
