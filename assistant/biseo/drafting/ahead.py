"""Reading the sources ahead, while the official still fills in the form."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.document import Document
from biseo.drafting.prompts import document_text, instructions
from biseo.drafting.room import SourcesSize, measure_sources
from biseo.drafting.sources import named_texts, read_source
from biseo_models.engine import Engine, Prompt


def prepare_sources(engine: Engine, sources: Sequence[Document]) -> SourcesSize:
    """Let the model read the sources in the background, so that a draft on the same sources begins at once.

    Sources that do not fit beside an empty form are measured only: the draft condenses them first.

    Raises:
        ModelError: the model cannot be used.
    """
    document = document_text(named_texts(map(read_source, sources)))
    size = measure_sources(engine, document)
    if size.fits:
        engine.prepare(Prompt(instructions(), document, ""))
    return size
