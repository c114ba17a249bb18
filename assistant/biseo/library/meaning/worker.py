"""The encoder's process: questions are answered between two groups of passages, so that nobody waits for the index."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Protocol

from biseo.library.meaning.choice import Choice
from biseo.library.meaning.messages import Compare, Drop, Encode, Ready, Request, Seek, Take, Weigh
from biseo_models.errors import UserFacingError

if TYPE_CHECKING:
    from biseo.library.meaning.encoder import Floats
    from biseo.library.meaning.nearest import Nearest

IDLE_S = 900.0
"""A process that nobody asks for so long ends; the next question starts another."""
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class Encoder(Protocol):
    """What makes vectors."""

    width: int
    """Numbers of a vector."""

    def vector(self, text: str) -> Floats:
        """A question, of length 1."""

    def batches(self, texts: Sequence[str]) -> Iterator[Floats]:
        """The vectors of many passages in order, some at a time, or none to let a question go first."""


Maker = Callable[[Choice, Callable[[], bool]], Encoder]


def load(choice: Choice, waiting: Callable[[], bool]) -> Encoder:
    """The encoder, loaded; only here a GGUF and llama.cpp come in.

    Args:
        choice: which one.
        waiting: whether a question is waiting.

    Raises:
        ImportError: a part of the program is missing.
        ModelError: the model file cannot be loaded.
    """
    if choice.plan is None:
        from biseo.library.meaning.encoder import Encoder as BuiltIn

        return BuiltIn()
    from biseo.library.meaning.gguf_encoder import GgufEncoder

    _step_back()  # the built-in one takes 10 ms a passage, this one up to seconds
    return GgufEncoder(choice.plan, waiting)


def serve(
    asking: Connection, answers: Connection, texts: Connection, vectors: Connection, choice: Choice, make: Maker = load
) -> None:
    """Entry point of the spawned process.

    Args:
        choice: the encoder.
        make: loads it.
        asking: end of a simplex pipe with everything but `Encode`; `answers` is the way back.
        texts: end of a simplex pipe with `Encode`; `vectors` is the way back.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    for name in _THREADS:  # before numpy is loaded: see `encoder`
        os.environ[name] = "1"
    questions: queue.SimpleQueue[Request] = queue.SimpleQueue()
    answering = threading.Event()  # what somebody waits for is not broken off, whatever is asked behind it
    try:
        encoder = make(choice, lambda: not answering.is_set() and not questions.empty())
    except UserFacingError as error:
        answers.send(Ready(error.code, error.message, error.advice))
        return
    except Exception as error:  # noqa: BLE001 - a package that is damaged raises anything
        answers.send(Ready(type(error).__name__))
        return
    answers.send(Ready())
    work: queue.SimpleQueue[Encode] = queue.SimpleQueue()
    awake = threading.Semaphore(0)
    threading.Thread(target=_listen, args=(asking, questions, awake), daemon=True).start()
    threading.Thread(target=_listen, args=(texts, work, awake), daemon=True).start()
    _Server(encoder, choice.model, answering, answers, vectors).run(questions, work, awake)


class _Server:
    def __init__(
        self, encoder: Encoder, model: str, answering: threading.Event, answers: Connection, vectors: Connection
    ) -> None:
        self._encoder, self._model, self._answering = encoder, model, answering
        self._answers, self._vectors = answers, vectors
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
                request = questions.get_nowait()
            except queue.Empty:
                pass
            else:
                self._answering.set()
                self._answer(request)
                self._answering.clear()
                continue
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
        elif len(vectors):
            self._done.extend(packed(vectors))

    def _answer(self, request: Request) -> None:
        import numpy as np

        from biseo.library.meaning.nearest import Nearest

        match request:
            case Take(shelf, model, anew, passages, texts, vectors):
                if model != self._model:
                    return
                if anew or shelf not in self._shelves:
                    self._shelves[shelf] = Nearest(self._encoder.width)
                self._shelves[shelf].add(np.frombuffer(passages, np.int64), np.frombuffer(texts, np.int64), vectors)
            case Drop(shelf):
                self._shelves.pop(shelf, None)
                self._asked = None
            case Seek(shelf, question, texts, most):
                only = None if texts is None else np.frombuffer(texts, np.int64)
                found = self._shelf(shelf).seek(self._vector(question), only, most)
                self._answers.send(found)
            case Weigh(shelf, question, asked):
                self._answers.send(self._shelf(shelf).weigh(self._vector(question), list(asked)))
            case Compare(texts, others):
                first, second = (np.concatenate(list(self._encoder.batches(group))) for group in (texts, others))
                self._answers.send((first @ second.T).tolist())

    def _shelf(self, number: int) -> Nearest:
        from biseo.library.meaning.nearest import Nearest

        return self._shelves.get(number) or Nearest(self._encoder.width)

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


def _step_back() -> None:
    """The official's other programs come first."""
    import psutil

    own = psutil.Process()
    own.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 5)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
