"""Which passages of the sources carry a sentence of a draft.

Precision first: evidence that does not carry the sentence is worse than none. Everything that the sentence says must be
said by the passage, by the headings above it or by the sentence before it, in the same words or in words of the same
meaning; a number, a name, a place or a denial that disagrees rules the passage out.
"""

from __future__ import annotations

from biseo.checks.passages import passages_in_text, passages_of, source_names

# isort: split
from biseo.checks.evidence.index import EvidenceIndex
from biseo.checks.evidence.sentences import carried_sentences, states_something

__all__ = ["EvidenceIndex", "carried_sentences", "passages_in_text", "passages_of", "source_names", "states_something"]
