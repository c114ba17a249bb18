"""How much one file may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIB = 1024 * 1024
ORDINARY = MIB // 4
"""Bytes up to which a file has to do with the usual time; a thousand pages of PDF have three or four million."""

MOST_TIMES = 20


@dataclass(frozen=True)
class Limits:
    """Bounds for reading one file; what exceeds them is refused (or, for `cells`, cut with a warning).

    Attributes:
        seconds: wall clock from the start of the child process, for a file of ordinary size (see `for_size`).
        memory_bytes: resident memory of the child process.
        file_bytes: size of the file itself.
        unpacked_bytes: sum of the declared sizes of all parts of a zip container.
        part_bytes: declared size of one part.
        entries: number of parts.
        ratio: unpacked : packed size of one part (real documents reach 47).
        cells: cells of a workbook or CSV that are taken; the rest is cut and the user told.
    """

    seconds: float = 18.0
    memory_bytes: int = 1024 * MIB
    file_bytes: int = 200 * MIB
    unpacked_bytes: int = 200 * MIB
    part_bytes: int = 64 * MIB
    entries: int = 10_000
    ratio: int = 200
    cells: int = 200_000

    def for_size(self, size: int) -> Limits:
        """The limits for a file of so many bytes: as much time again for every megabyte beyond an ordinary one."""
        times = min(MOST_TIMES, 1 + max(0, size - ORDINARY) / MIB)
        return replace(self, seconds=self.seconds * times)
