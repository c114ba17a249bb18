"""Compound files (OLE) made by hand: a few streams, storages by their path."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_ole(path: Path, streams: dict[str, bytes]) -> Path:
    """`streams` by name, a storage in front with a slash. Short ones are filled up to need no mini stream."""
    names = ["Root Entry"]
    children: dict[str, list[str]] = {"Root Entry": []}
    for name in streams:
        folder, _, _base = name.rpartition("/")
        parent = "Root Entry"
        if folder:
            if folder not in names:
                names.append(folder)
                children[folder] = []
                children["Root Entry"].append(folder)
            parent = folder
        names.append(name)
        children[parent].append(name)
    body = b""
    fat: list[int] = []
    starts: dict[str, tuple[int, int]] = {}
    for name, data in streams.items():
        size = max(len(data), 4096)
        count = -(-size // SECTOR)
        starts[name] = (len(fat), size)
        fat += [len(fat) + 1 + number for number in range(count - 1)] + [END]
        body += data.ljust(count * SECTOR, b"\x00")
    directory = b""
    for name in names:
        kids = children.get(name, [])
        ordered = sorted(kids, key=lambda one: (len(one.rpartition("/")[2]), one.rpartition("/")[2].upper()))
        # A chain to the right is a tree, too.
        siblings = next((sorted(one, key=lambda n: (len(n.rpartition("/")[2]), n.rpartition("/")[2].upper()))
                         for one in children.values() if name in one), [])  # fmt: skip
        following = siblings[siblings.index(name) + 1] if name in siblings[:-1] else ""
        base = name.rpartition("/")[2].encode("utf-16-le") + b"\x00\x00"
        kind = 5 if name == "Root Entry" else 1 if name in children else 2
        start, size = starts.get(name, (END if kind == 5 else 0, 0))
        directory += base.ljust(64, b"\x00") + struct.pack("<HBB", len(base), kind, 1)
        directory += struct.pack(
            "<III", FREE, names.index(following) if following else FREE, names.index(ordered[0]) if ordered else FREE
        )
        directory += b"\x00" * 36 + struct.pack("<IQ", start, size)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\x00")
    first_directory = len(fat)
    count = len(directory) // SECTOR
    fat += [len(fat) + 1 + number for number in range(count - 1)] + [END]
    body += directory
    sectors = -(-(len(fat) + 1) // (SECTOR // 4 - 1)) + 1
    place = len(fat)
    fat += [FAT] * sectors
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(sectors * SECTOR, b"\xff")
    assert sectors <= 109
    difat = [place + number for number in range(sectors)] + [FREE] * (109 - sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\x00" * 6 + struct.pack("<IIIIIIIII", 0, sectors, first_directory, 0, 4096, END, 0, END, 0)
    path.write_bytes(header + struct.pack("<109I", *difat) + body + table)
    return path
