"""From the chosen model to an engine, after looking whether and how this PC can run it."""

from __future__ import annotations

from importlib import metadata

from biseo_models.catalogue import ModelEntry, ModelStore
from biseo_models.client import ProcessEngine
from biseo_models.fit import FitBook
from biseo_models.machine import plan_memory, probe


def open_engine(store: ModelStore) -> ProcessEngine:
    """An engine for the chosen model; nothing is loaded before its first call.

    Raises:
        ModelError: there is no chosen model, its file changed, or the PC has too little memory.
    """
    return open_model(store.active())


def open_model(entry: ModelEntry, *, measure: bool = False) -> ProcessEngine:
    """An engine for this model; nothing is loaded before its first call.

    Args:
        measure: find out again how it runs best on this PC; done anyway when it was never measured.

    Raises:
        ModelError: the PC has too little memory.
    """
    machine = probe()
    memory = plan_memory(entry, machine)
    book = FitBook(entry.path.parent, machine, metadata.version("llama-cpp-python"))
    fit = None if measure else book.find(entry.id)
    return ProcessEngine(
        entry.path, entry.id, memory.context, memory.cache, fit, lambda found: book.remember(entry.id, found)
    )
