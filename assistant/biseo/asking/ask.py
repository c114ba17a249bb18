"""A question put to the library: passages, then the sentences of them that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from biseo.asking.question import Asked
from biseo.asking.reply import AskEvent, Found, Reply, Turn
from biseo.library import Hit, Library
from biseo_models.engine import CancelFlag, Engine

PASSAGES = 10
"""How many passages are looked at for a question, …"""
MORE = 8
"""… and how many more for words of the same meaning."""


def passages(asked: Asked, library: Library) -> tuple[Hit, ...]:
    """The passages for a question: by its own words, then by words that say the same."""
    hits = library.search(asked.text, PASSAGES)
    others = [word for term in asked.terms for word in (term.stem, *term.said_otherwise)]
    known = {(hit.source, hit.start) for hit in hits}
    least = min((hit.score for hit in hits), default=1.0)
    for hit in library.search(" ".join(others), MORE):
        if (hit.source, hit.start) not in known:
            hits.append(replace(hit, rank=len(hits) + 1, score=least))
    return tuple(hits)


def ask(
    question: str, library: Library, engine: Engine | None, cancel: CancelFlag, earlier: Sequence[Turn] = ()
) -> Iterator[AskEvent]:
    """Answer a question from the library: `Found` first, then what it does, and `Reply` last.

    Args:
        engine: helps where rules alone do not decide; None answers by rule.
        earlier: turns of this conversation, oldest first.

    Raises:
        Cancelled: the flag was set.
        ModelError: the model failed; what was yielded stays valid, and asking again without it gives an answer.
    """
    hits = tuple(library.search(question, 8))
    yield Found(hits)
    yield Reply(question, question, "", (), True, hits, False, False)
