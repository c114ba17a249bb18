"""The encoder's process: questions are answered between two groups of passages, so that nobody waits for the index."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from biseo.library.meaning.messages import Drop, Encode, Ready, Request, Seek, Take, Weigh

if TYPE_CHECKING:
    from biseo.library.meaning.encoder import Encoder, Floats
    from biseo.library.meaning.nearest import Nearest

IDLE_S = 900.0
"""A process that nobody asks for so long ends; the next question starts another."""
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def serve(asking: Connection, answers: Connection, texts: Connection, vectors: Connection) -> None:
    """Entry point of the spawned process.

    Args:
        asking: end of a simplex pipe with everything but `Encode`; `answers` is the way back.
        texts: end of a simplex pipe with `Encode`; `vectors` is the way back.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    for name in _THREADS:  # before numpy is loaded: see `encoder`
        os.environ[name] = "1"
    try:
        from biseo.library.meaning.encoder import Encoder

        encoder = Encoder()
    except Exception as error:  # noqa: BLE001 - a package that is damaged raises anything
        answers.send(Ready(type(error).__name__))
        return
    answers.send(Ready())
    questions: queue.SimpleQueue[Request] = queue.SimpleQueue()
    work: queue.SimpleQueue[Encode] = queue.SimpleQueue()
    awake = threading.Semaphore(0)
    threading.Thread(target=_listen, args=(asking, questions, awake), daemon=True).start()
    threading.Thread(target=_listen, args=(texts, work, awake), daemon=True).start()
    _Server(encoder, answers, vectors).run(questions, work, awake)


class _Server:
    def __init__(self, encoder: Encoder, answers: Connection, vectors: Connection) -> None:
        self._encoder, self._answers, self._vectors = encoder, answers, vectors
        self._shelves: dict[int, Nearest] = {}
        self._asked: tuple[str, Floats] | None = None
        self._batches: Iterator[Floats] | None = None
        self._done: list[bytes] = []

    def run(
        self, questions: queue.SimpleQueue[Request], work: queue.SimpleQueue[Encode], awake: threading.Semaphore
    ) -> None:
        """Until nobody has asked for a while, or the program is gone."""
        while True:
            if self._batches is None and not awake.acquire(timeout=IDLE_S):
                return
            try:
                self._answer(questions.get_nowait())
                continue
            except queue.Empty:
                pass
            if self._batches is None:
                try:
                    self._batches, self._done = self._encoder.batches(work.get_nowait().texts), []
                except queue.Empty:
                    continue
            self._encode_some()

    def _encode_some(self) -> None:
        from biseo.library.meaning.encoder import packed

        assert self._batches is not None
        vectors = next(self._batches, None)
        if vectors is None:
            self._vectors.send(self._done)
            self._batches, self._done = None, []
        else:
            self._done.extend(packed(vectors))

    def _answer(self, request: Request) -> None:
        import numpy as np

        from biseo.library.meaning.nearest import Nearest

        match request:
            case Take(shelf, anew, passages, texts, vectors):
                if anew or shelf not in self._shelves:
                    self._shelves[shelf] = Nearest()
                self._shelves[shelf].add(np.frombuffer(passages, np.int64), np.frombuffer(texts, np.int64), vectors)
            case Drop(shelf):
                self._shelves.pop(shelf, None)
                self._asked = None
            case Seek(shelf, question, texts, most):
                only = None if texts is None else np.frombuffer(texts, np.int64)
                found = self._shelves.get(shelf, Nearest()).seek(self._vector(question), only, most)
                self._answers.send(found)
            case Weigh(shelf, question, asked):
                self._answers.send(self._shelves.get(shelf, Nearest()).weigh(self._vector(question), list(asked)))

    def _vector(self, question: str) -> Floats:
        if self._asked is None or self._asked[0] != question:
            self._asked = (question, self._encoder.vector(question))
        return self._asked[1]


def _listen(pipe: Connection, inbox: queue.SimpleQueue[Any], awake: threading.Semaphore) -> None:
    while True:
        try:
            request = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)  # the program is gone
        inbox.put(request)
        awake.release()


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
