"""A library that wants to reach a network when one of our modules is loaded: put first on `PYTHONPATH`."""

from __future__ import annotations

from pathlib import Path

SITE = """
import importlib.abc, os, sys

class Wanting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != os.environ["WANTING_AT"] or self not in sys.meta_path:
            return None
        sys.meta_path.remove(self)
        from wanting_library import want
        want()
        return None

sys.meta_path.insert(0, Wanting())
"""
LIBRARY = """
import os, socket

def want():
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    except OSError:
        if os.environ.get("WANTING_INSISTS"):
            raise
"""


def make_library(folder: Path) -> Path:
    """The folder to put on `PYTHONPATH`."""
    place = folder / "wanting"
    place.mkdir()
    (place / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    (place / "wanting_library.py").write_text(LIBRARY, encoding="utf-8")
    return place
