"""The library (자료실): folders that are indexed on this PC, and search in them that finds Korean."""

from biseo.library.errors import LibraryError
from biseo.library.events import Report
from biseo.library.library import Filter, Hit, Library
from biseo.library.shelf import MemoryShelf, VaultShelf

__all__ = ["Filter", "Hit", "Library", "LibraryError", "MemoryShelf", "Report", "VaultShelf"]
