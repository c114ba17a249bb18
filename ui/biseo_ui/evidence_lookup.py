"""The evidence of one sentence; remembers the index of the sources last asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from biseo.document import Document, Evidence


class EvidenceLookup:
    """Called in the `checks` lane only."""

    def __init__(self) -> None:
        self._known: tuple[Document, ...] = ()
        self._index: Any = None

    def forget(self) -> None:
        """Hold no source."""
        self._known, self._index = (), None

    def __call__(self, sentence: str, documents: Sequence[Document]) -> tuple[Evidence, ...]:
        from biseo.checks.evidence import EvidenceIndex, passages_of, source_names

        asked = tuple(documents)
        if self._index is None or [id(d) for d in asked] != [id(d) for d in self._known]:
            self._known = asked
            named = zip(asked, source_names(asked), strict=True)
            self._index = EvidenceIndex([passage for each in named for passage in passages_of(*each)])
        found: tuple[Evidence, ...] = self._index.find(sentence)
        return found


def sentence_at(text: str, offset: int) -> str:
    """The sentence of `text` that the character at `offset` belongs to, without its mark; nothing between two."""
    from biseo.text.sentences import split_sentences
    from biseo.writers.marks import find_mark

    for span in split_sentences(text):
        if span.start <= offset <= span.end:
            mark = find_mark(span.text)
            return mark.body if mark else span.text
    return ""
