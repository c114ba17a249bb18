"""A zip container with some parts replaced: every other entry keeps its bytes, its place and its compression."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ZIP64 = 1
_DESCRIPTOR = 0x08


def replace_parts(path: str, parts: Mapping[str, bytes]) -> bytes:
    """The bytes of the container at `path` with the named parts replaced.

    `zipfile` cannot do this: it would compress every entry anew.

    Raises:
        zipfile.BadZipFile: entries overlap, or are not where the directory says.
    """
    data = Path(path).read_bytes()
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        comment = archive.comment
        directory = archive.start_dir
    by_place = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset for entry in by_place[1:]] + [directory]
    out: list[bytes] = []
    place = 0

    def add(piece: bytes) -> None:
        nonlocal place
        out.append(piece)
        place += len(piece)

    add(data[: by_place[0].header_offset] if by_place else data[:directory])
    offsets: dict[str, int] = {}
    changed: dict[str, tuple[int, int, int, int]] = {}  # flags, checksum, packed size, size
    for entry, end in zip(by_place, ends, strict=True):
        start = entry.header_offset
        header = data[start : start + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no entry there")
        values = list(_LOCAL.unpack(header))
        body = start + _LOCAL.size + values[9] + values[10]
        if body + entry.compress_size > end:
            raise zipfile.BadZipFile("entries overlap")
        offsets[entry.filename] = place
        if entry.filename not in parts:
            add(data[start:end])
            continue
        content = parts[entry.filename]
        packed = _pack(content, entry.compress_type)
        name = data[start + _LOCAL.size : start + _LOCAL.size + values[9]]
        extra = _without_zip64(data[start + _LOCAL.size + values[9] : body])
        flags = values[2] & ~_DESCRIPTOR
        values[2], values[6:9] = flags, [zlib.crc32(content), len(packed), len(content)]
        values[10] = len(extra)
        add(_LOCAL.pack(*values) + name + extra + packed)
        changed[entry.filename] = (flags, zlib.crc32(content), len(packed), len(content))
    start_directory = place
    for entry, record in zip(entries, _records(data, directory, len(entries)), strict=True):
        add(_central(record, entry, offsets[entry.filename], changed.get(entry.filename)))
    size = place - start_directory
    count = len(entries)
    add(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, start_directory, len(comment)) + comment)
    return b"".join(out)


def _pack(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    if method != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("unusual compression")
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _records(data: bytes, place: int, count: int) -> list[bytes]:
    """The entries of the directory as they are."""
    found: list[bytes] = []
    for _ in range(count):
        fixed = data[place : place + _CENTRAL.size]
        if len(fixed) < _CENTRAL.size or fixed[:4] != b"PK\x01\x02":
            raise zipfile.BadZipFile("no directory there")
        values = _CENTRAL.unpack(fixed)
        length = _CENTRAL.size + values[10] + values[11] + values[12]
        found.append(data[place : place + length])
        place += length
    return found


def _central(record: bytes, entry: zipfile.ZipInfo, offset: int, changed: tuple[int, int, int, int] | None) -> bytes:
    values = list(_CENTRAL.unpack(record[: _CENTRAL.size]))
    name_end = _CENTRAL.size + values[10]
    extra_end = name_end + values[11]
    extra = _without_zip64(record[name_end:extra_end])
    values[8], values[9] = entry.compress_size, entry.file_size
    if changed is not None:
        values[3], values[7], values[8], values[9] = changed
    values[11] = len(extra)
    values[16] = offset
    return _CENTRAL.pack(*values) + record[_CENTRAL.size : name_end] + extra + record[extra_end:]


def _without_zip64(extra: bytes) -> bytes:
    """Extra data without 64-bit sizes, which no file that passes the gate needs."""
    kept: list[bytes] = []
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64:
            kept.append(extra[place : place + 4 + length])
        place += 4 + length
    return b"".join([*kept, extra[place:]])
