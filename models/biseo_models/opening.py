"""From the chosen model to an engine, after looking whether this PC can hold it."""

from __future__ import annotations

from biseo_models.catalogue import ModelStore
from biseo_models.client import ProcessEngine
from biseo_models.machine import check_fit, probe


def open_engine(store: ModelStore) -> ProcessEngine:
    """An engine for the chosen model; nothing is loaded before its first call.

    Raises:
        ModelError: there is no chosen model, its file changed, or the PC has too little memory.
    """
    entry = store.active()
    check_fit(entry, probe())
    return ProcessEngine(entry.path, entry.id)
