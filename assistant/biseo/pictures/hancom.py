"""Pages of HWP and HWPX by rhwp. In the child process only: it crashes on hostile files."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from biseo.pictures.picture import PagePicture
from biseo.pictures.svg import find_marks, has_passage, page_size, page_words, plain_fonts

SEARCH_S = 4.0
"""How long a long document is searched for the page of a passage."""


def draw_hancom(path: str, page: int, passages: Sequence[str]) -> PagePicture:
    """The page that holds the passage, else that page number.

    Raises:
        Exception: the file is damaged; the library raises anything at all, or ends the process.
    """
    # By its bytes: the library's own way to a file stumbles over some names on Windows.
    document = _library()._Document.from_bytes(Path(path).read_bytes())
    pages = int(document.page_count)
    number = min(max(1, page), max(1, pages))
    svg = str(document.render_svg(number - 1))
    if passages and not has_passage(svg, passages):
        deadline = time.monotonic() + SEARCH_S
        for other in range(1, pages + 1):
            if time.monotonic() > deadline:
                break
            drawn = "" if other == number else str(document.render_svg(other - 1))
            if drawn and has_passage(drawn, passages):
                number, svg = other, drawn
                break
    marks = find_marks(svg, passages) if passages else ()
    width, height = page_size(svg)
    data = plain_fonts(svg).encode("utf-8")
    return PagePicture("svg", number, pages, round(width), round(height), data, page_words(svg), marks)


def _library() -> Any:
    """rhwp's native part alone: the package around it would load pydantic and the socket module, for 0.3 s."""
    import importlib.machinery
    import importlib.util

    if sys.platform == "linux":
        import ctypes

        # Its drawing library asks the process for FreeType; what it brings itself is too old on Debian 12.
        with contextlib.suppress(OSError):
            ctypes.CDLL("libfreetype.so.6", mode=ctypes.RTLD_GLOBAL)
    package = importlib.util.find_spec("rhwp")
    if package is None or not package.submodule_search_locations:
        raise ImportError("rhwp")
    found = importlib.machinery.PathFinder.find_spec("_rhwp", list(package.submodule_search_locations))
    if found is None or found.loader is None:
        raise ImportError("rhwp")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
