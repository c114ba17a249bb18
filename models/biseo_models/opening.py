"""From the chosen model to an engine, after looking whether and how this PC can run it."""

from __future__ import annotations

import hashlib
from importlib import metadata

from biseo_models.catalogue import ModelEntry, ModelStore, forbidden
from biseo_models.client import ProcessEngine
from biseo_models.fit import FitBook
from biseo_models.intake import disk_errors
from biseo_models.machine import plan_memory, probe


def open_engine(store: ModelStore, allowed: frozenset[str] | None = None) -> ProcessEngine:
    """An engine for the chosen model; nothing is loaded before its first call.

    Raises:
        ModelError: there is no chosen model, its file changed, or the PC has too little memory.
    """
    return open_model(store.active(), allowed=allowed)


def open_model(
    entry: ModelEntry, *, measure: bool = False, allowed: frozenset[str] | None = None
) -> ProcessEngine:  # fmt: skip
    """An engine for this model; nothing is loaded before its first call.

    Args:
        measure: find out again how it runs best on this PC; done anyway when it was never measured.
        allowed: SHA-256 of the files that may be used. The file is then read and its hash computed, because the list of
            models lies in a folder that the user can write.

    Raises:
        ModelError: the PC has too little memory, or the file is none of `allowed`.
    """
    if allowed is not None and _hash(entry) not in allowed:
        raise forbidden()
    machine = probe()
    memory = plan_memory(entry, machine)
    book = FitBook(entry.path.parent, machine, metadata.version("llama-cpp-python"))
    fit = None if measure else book.find(entry.id)
    return ProcessEngine(
        entry.path, entry.id, memory.context, memory.cache, fit, lambda found: book.remember(entry.id, found)
    )


def _hash(entry: ModelEntry) -> str:
    with disk_errors(), entry.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
