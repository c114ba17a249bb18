"""Overwrites what freed memory still holds, as far as a program in Python can.

Python and Qt give memory back without clearing it. So free memory is taken once more, in every size, written over, and
given back; what is still in use, and what the allocator does not hand out again, stays as it is (docs/vault.md).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from typing import Any

_SMALL = 512
"""Largest block of Python's own allocator; larger ones are the system's."""
_STEP = 16
_SMALL_EACH = 1 << 20
_LARGE = (600, 1000, 1500, 2200, 3300, 5000, 8000, 12_000, 20_000, 32_000, 50_000, 80_000, 120_000)
_LARGE_EACH = 2 << 20


def begin() -> None:
    """Set the system's allocator up where it lets itself be (glibc); before the first thread.

    Freed memory is written over at once, which costs too little to measure. All threads share one heap: each of a dozen
    would keep a heap of its own, and most of each is what the largest document once took there.
    """
    if sys.platform == "linux":
        option = getattr(ctypes.CDLL(None), "mallopt", None)
        if option is not None:
            option(_M_PERTURB, 0x55)
            option(_M_ARENA_MAX, 1)


def collect() -> None:
    """Free what nobody uses; called in the window's thread, for Qt's objects go with it."""
    gc.collect()


def clear_word_caches() -> None:
    """Empty the caches that remember words of texts (those of bounded size: the others hold our own rules)."""
    for each in gc.get_objects():
        parameters: Any = getattr(each, "cache_parameters", None) if type(each).__name__ == _CACHE else None
        if parameters is not None and parameters()["maxsize"] and str(each.__module__).startswith("biseo"):
            each.cache_clear()


_CACHE = "_lru_cache_wrapper"
_M_PERTURB = -6
_M_ARENA_MAX = -8
_AT_HAND = 150


def overwrite() -> None:
    """Write over what was freed, and give to the system what it takes back; in any thread, some tenths of a second."""
    held: list[bytearray | bytes] = []
    for size in reversed(_LARGE):
        held += [bytearray(b"\x55") * size for _ in range(_LARGE_EACH // size)]
    head = sys.getsizeof(b"")
    for size in range(_SMALL, head, -_STEP):
        held += [b"\x55" * (size - head - number % 2) for number in range(_SMALL_EACH // size)]
    held.clear()
    give_back()


def overwrite_own() -> None:
    """Write over the small blocks that the system's allocator keeps at hand for the thread that calls this."""
    library: Any = ctypes.cdll.ucrtbase if sys.platform == "win32" else ctypes.CDLL(None)
    take, free = library.malloc, library.free
    take.argtypes, take.restype, free.argtypes, free.restype = (
        (ctypes.c_size_t,),
        ctypes.c_void_p,
        (ctypes.c_void_p,),
        None,
    )
    for size in range(24, 1040, 16):
        held = [take(size) for _ in range(_AT_HAND)]
        for place in held:
            if place:
                ctypes.memset(place, 0x55, size)
                free(place)


def held() -> int:
    """Bytes of memory that the system counts as this process's."""
    import psutil

    return int(psutil.Process().memory_info().rss)


_ALLOCATED = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
)  # fmt: skip


class _Allocated(ctypes.Structure):
    """glibc's `mallinfo2`."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _ALLOCATED)


def used() -> int:
    """Bytes that the program has taken from the system's allocator and not freed; 0 where it does not tell."""
    tell: Any = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if tell is None:
        return 0
    tell.restype = _Allocated
    told = tell()
    return int(told.uordblks + told.hblkhd)


def give_back() -> None:
    """Give freed memory to the system, which an allocator keeps where something small lies above it; in any thread."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
        if trim is not None:
            trim(0)
    elif sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetProcessHeap.restype = ctypes.c_void_p
        kernel.HeapCompact.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.HeapCompact(kernel.GetProcessHeap(), 0)
