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
from biseo.library.meaning.client import MODEL, Meaning, MeaningGone
from biseo.library.shelf import Shelf

PART = 48
"""Passages that are encoded and written at once: less than a second."""
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
        if taken:
            shelf.write(lambda connection: tables.begin_meaning(connection, MODEL))
            done, total = shelf.read(tables.learned)
            yield Progress(done, total, LABEL)
            try:
                while True:
                    yield from _rest(cancel, pause)
                    written = _part(shelf, meaning, cancel)
                    if not written:
                        complete = True
                        break
                    done += written
                    total = max(total, done)
                    yield Progress(done, total, LABEL)
            except MeaningGone:
                pass
        done, total = shelf.read(tables.learned)
        yield Learned(done, total, complete, time.monotonic() - begin)


def _part(shelf: Shelf, meaning: Meaning, cancel: Event) -> int:
    """Encode and write the next passages; how many there were."""
    rows = shelf.read(partial(tables.unlearned, most=PART))
    if not rows:
        return 0
    texts = [f"{head} {words}".replace("\n", " ").strip() for _, _, head, words in rows]
    vectors = meaning.encode(texts, cancel)
    made = [(passage, text, vector) for (passage, text, _, _), vector in zip(rows, vectors, strict=True)]
    shelf.write(partial(tables.put_vectors, rows=made))
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
