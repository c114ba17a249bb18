"""Imports the pages that are built when they are first shown, before that is asked for.

Importing them takes up to 0.2 s (rules are compiled), which a worker thread may take; only building their widgets is
left to the window's thread.
"""

from __future__ import annotations

import importlib
import pkgutil

AFTER_MS = 2500
"""So long after the window was shown: the store is opened first."""
_WIRING = ("biseo_ui.ask_wiring", "biseo_ui.library_wiring", "biseo_ui.widgets.store_keys")
"""What the window imports beside the pages."""


def import_pages() -> None:
    """In a worker thread; nothing is built."""
    from biseo_ui import pages

    for name in (*_WIRING, *(f"{pages.__name__}.{each.name}" for each in pkgutil.iter_modules(pages.__path__))):
        importlib.import_module(name)
