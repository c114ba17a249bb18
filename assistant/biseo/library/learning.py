"""Vectors for the passages that have none: after the index, in small parts, in the order in which they were written.

Numbers of passages only rise, so the number up to which there are vectors is all that has to be remembered. Whoever is
stopped or killed goes on there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from threading import Event

from biseo.errors import Cancelled
from biseo.events import Progress
from biseo.library import tables
from biseo.library.events import Learned, LibraryEvent, Paused, Resumed
from biseo.library.meaning.client import Meaning, MeaningGone
from biseo.library.shelf import Shelf

PART = 48
"""Most passages that are encoded and written at once: less than a second."""
NONE = "-"
"""Name of no encoder: there are no vectors of it."""
LABEL = "대목의 뜻을 익히는 중"
_WAIT_S = 0.1


def learn(shelf: Shelf, meaning: Meaning, cancel: Event, pause: Event) -> Iterator[LibraryEvent]:
    """Give every passage its vector; ends with `Learned`.

    Args:
        shelf: where the index lies.
        meaning: the encoder.
        cancel: ends the work within a second; what is done is kept.
        pause: while it is set the work rests.

    Raises:
        Cancelled: `cancel` was set.
        VaultError: the store cannot be written now.
    """
    begin = time.monotonic()
    with shelf.alone("meaning") as taken:
        done, total = 0, 0
        complete = False
        model = meaning.model
        known = partial(tables.learned, model=model or NONE)
        if taken:
            done, total = shelf.read(known)
            yield Progress(done, total, LABEL)
            try:
                _begin(shelf, meaning, model, cancel)
                while True:
                    yield from _rest(cancel, pause)
                    written = _part(shelf, meaning, model, cancel)
                    if not written:
                        complete = True
                        break
                    done += written
                    total = max(total, done)
                    yield Progress(done, total, LABEL)
            except MeaningGone:
                pass
        done, total = shelf.read(known)
        yield Learned(done, total, complete, time.monotonic() - begin)


def _begin(shelf: Shelf, meaning: Meaning, model: str, cancel: Event) -> None:
    """Vectors of another encoder go, but not before this one has shown that it works.

    Raises:
        MeaningGone: it does not.
    """
    before = shelf.read(tables.meaning_state).model
    if model and before != model:
        if before:
            meaning.encode([LABEL], cancel, model)
        shelf.write(lambda connection: tables.begin_meaning(connection, model))


def _part(shelf: Shelf, meaning: Meaning, model: str, cancel: Event) -> int:
    """Encode and write the next passages; how many there were.

    Raises:
        MeaningGone: no encoder, or another one was chosen meanwhile.
    """
    if not model:
        raise MeaningGone
    rows = shelf.read(partial(tables.unlearned, most=min(PART, meaning.part)))
    if not rows:
        return 0
    texts = [f"{head} {words}".replace("\n", " ").strip() for _, _, head, words in rows]
    vectors = meaning.encode(texts, cancel, model)
    made = [(passage, text, vector) for (passage, text, _, _), vector in zip(rows, vectors, strict=True)]
    if not shelf.write(partial(tables.put_vectors, rows=made, model=model)):
        raise MeaningGone
    return len(rows)


def _rest(cancel: Event, pause: Event) -> Iterator[LibraryEvent]:
    if pause.is_set() and not cancel.is_set():
        yield Paused()
        while pause.is_set() and not cancel.wait(_WAIT_S):
            pass
        if not cancel.is_set():
            yield Resumed()
    if cancel.is_set():
        raise Cancelled
