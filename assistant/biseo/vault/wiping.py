"""Overwriting secrets in memory, as far as Python allows.

A `bytearray` can be overwritten; `bytes` and `str` cannot by the language, but lie in one piece behind a header in
CPython. Only values that nobody else holds may be given here: whoever shares one would see it change.
"""

from __future__ import annotations

import ctypes
import sys

_LEAST = 16
"""Shorter values may be shared by the interpreter."""


def wipe(*secrets: bytes | bytearray | str) -> None:
    """Overwrite these with zeros; what cannot be overwritten here (another Python, letters beyond ASCII) stays."""
    for secret in secrets:
        if isinstance(secret, bytearray):
            secret[:] = bytes(len(secret))
        elif len(secret) >= _LEAST and sys.implementation.name == "cpython":
            if isinstance(secret, bytes):
                ctypes.memset(id(secret) + bytes.__basicsize__ - 1, 0, len(secret))
            elif secret.isascii():
                ctypes.memset(id(secret) + sys.getsizeof("") - 1, 0, len(secret))
