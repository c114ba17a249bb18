"""A question put to the library: passages, then the sentences of them that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biseo.asking.reply import AskEvent, Found, Reply, Turn
from biseo.library import Library
from biseo_models.engine import CancelFlag, Engine


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
