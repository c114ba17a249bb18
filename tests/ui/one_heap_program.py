"""Lets threads take memory as the program does, and tells how many heaps the system's allocator has (glibc)."""

from __future__ import annotations

import ctypes
import re
import sys
import threading
from pathlib import Path

from biseo_ui import memory


def main() -> None:
    memory.begin()
    everybody = threading.Barrier(6)

    def take() -> None:
        held = [bytearray(700) for _ in range(200)]
        everybody.wait(30)
        held.clear()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file = Path(sys.argv[1])
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    out = ctypes.c_void_p(library.fopen(str(file).encode(), b"w"))
    library.malloc_info(0, out)
    library.fclose(out)
    heaps = len(re.findall("<heap nr=", file.read_text(encoding="utf-8")))
    before = memory.used()
    more = bytearray(50 << 20)
    sys.stdout.write(f"{heaps} {memory.used() - before > 0.9 * len(more)}\n")


if __name__ == "__main__":
    main()
