"""Compound files (OLE) made by hand: a few streams, storages by their path."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class _Chains:
    """Sectors of one size and the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.table: list[int] = []
        self.body = b""

    def add(self, data: bytes) -> int:
        """The first sector of `data`."""
        start, count = len(self.table), -(-len(data) // self.size)
        self.table += [start + number + 1 for number in range(count - 1)] + [END] * (count > 0)
        self.body += data.ljust(count * self.size, b"\x00")
        return start if count else END


def write_ole(path: Path, streams: dict[str, bytes]) -> Path:
    """`streams` by name, a storage in front with a slash."""
    root = "Root Entry"
    parents = {name: name.rpartition("/")[0] or root for name in streams}
    parents.update({parent: root for parent in parents.values() if parent != root})
    names = [root, *parents]
    kids: dict[str, list[str]] = {}
    for name, parent in parents.items():
        kids.setdefault(parent, []).append(name)
    for found in kids.values():
        found.sort(key=lambda one: (len(one.rpartition("/")[2]), one.rpartition("/")[2].upper()))
    big, small = _Chains(SECTOR), _Chains(MINI)
    starts = {name: (small if len(data) < CUTOFF else big).add(data) for name, data in streams.items()}
    starts[root] = big.add(small.body)
    directory = b""
    for name in names:
        siblings = kids.get(parents.get(name, ""), [name])
        following = siblings[siblings.index(name) + 1] if name != siblings[-1] else ""  # a chain is a tree, too
        base = name.rpartition("/")[2].encode("utf-16-le") + b"\x00\x00"
        kind = 5 if name == root else 2 if name in streams else 1
        links = [names.index(following) if following else FREE, names.index(kids[name][0]) if name in kids else FREE]
        directory += base.ljust(64, b"\x00") + struct.pack("<HBBIII", len(base), kind, 1, FREE, *links) + b"\x00" * 36
        size = len(small.body) if name == root else len(streams.get(name, b""))
        directory += struct.pack("<IQ", starts.get(name, 0), size)
    first_directory = big.add(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\x00"))
    mini_table = b"".join(struct.pack("<I", one) for one in small.table)
    first_mini = big.add(mini_table.ljust(-(-len(mini_table) // SECTOR) * SECTOR, b"\xff"))
    sectors = -(-(len(big.table) + 1) // (SECTOR // 4 - 1)) + 1
    place = len(big.table)
    table = b"".join(struct.pack("<I", one) for one in [*big.table, *[FAT] * sectors]).ljust(sectors * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    mini_sectors = -(-len(mini_table) // SECTOR)
    header += b"\x00" * 6 + struct.pack(
        "<IIIIIIIII", 0, sectors, first_directory, 0, CUTOFF, first_mini, mini_sectors, END, 0
    )
    assert sectors <= 109
    difat = [place + number for number in range(sectors)] + [FREE] * (109 - sectors)
    path.write_bytes(header + struct.pack("<109I", *difat) + big.body + table)
    return path
