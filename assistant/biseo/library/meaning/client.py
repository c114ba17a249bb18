"""The encoder as the program sees it: one process for all libraries, started when it is first needed."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from biseo.errors import Cancelled, UserFacingError
from biseo.library.meaning.choice import Choice, Chooser, built_in, installed
from biseo.library.meaning.messages import Compare, Drop, Encode, Ready, Seek, Take, Weigh
from biseo.library.meaning.worker import Maker, load, serve
from biseo_models.engine import CancelFlag
from biseo_models.errors import ModelError
from biseo_models.starting import child, start

_START_S = 60.0
_ANSWER_S = 5.0
_FILE_START_S, _FILE_ANSWER_S = 180.0, 20.0
"""The same for a model file: a gigabyte from a slow disk, a process that lets others go first."""
_PART, _FILE_PART = 48, 4
"""Passages that are encoded and written at once: about a second."""
_MOST_FAULTS = 3
"""After so many deaths the encoder is left alone until the program starts again."""
_POLL_S = 0.05
_BROKEN = (EOFError, OSError, IndexError, ValueError, TypeError)
"""What a pipe raises that was closed at either end, also by another thread."""


class MeaningGone(Exception):
    """There is no encoder now; whoever asked goes on by words alone."""


class Meaning:
    """The encoder's process. Safe to use from several threads: questions do not wait for passages.

    Args:
        choose: tells which encoder is to be used now; where that changes, another process is started.
        make: loads it, in the process; only tests give another.
    """

    def __init__(self, choose: Callable[[], Choice] = built_in, make: Maker = load) -> None:
        self._choose, self._make = choose, make
        self._choice = Choice()
        self._trouble: UserFacingError | None = None
        self._life = threading.RLock()
        self._loading = threading.Lock()
        self._question, self._encoding = threading.Lock(), threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipes: list[Connection] = []
        self._faults = 0
        self._ready = False
        self._generation = 0
        self._shelves: set[int] = set()

    @property
    def model(self) -> str:
        """Name of the chosen encoder's vectors; empty where it cannot be used."""
        return self._choose().model

    @property
    def part(self) -> int:
        """Passages that should be encoded at once."""
        return _FILE_PART if self._choose().plan else _PART

    @property
    def trouble(self) -> UserFacingError | None:
        """Why the chosen model file cannot be used, as far as that is known."""
        choice = self._choose()
        return choice.fault or (self._trouble if choice == self._choice else None)

    @property
    def available(self) -> bool:
        """Whether there should be an encoder: its parts are here, and it did not fail again and again."""
        choice = self._choose()
        if choice.fault or (choice == self._choice and self._faults >= _MOST_FAULTS):
            return False
        return choice.plan is not None or installed()

    @property
    def generation(self) -> int:
        """Another number for every process: a new one knows no library."""
        return self._generation if self._running() else -1

    @property
    def ready(self) -> bool:
        """Whether an answer comes at once."""
        return self._ready and self._running() and self._choice == self._choose()

    def process_id(self) -> int | None:
        """Of the encoder's process, while there is one."""
        process = self._process
        return process.pid if process is not None and self._running() else None

    def warm(self) -> None:
        """Start the process without waiting for it; about two seconds until it answers."""
        with contextlib.suppress(MeaningGone):
            self._started()

    def try_out(self, cancel: CancelFlag) -> None:
        """Load the chosen encoder and have a word encoded.

        Raises:
            UserFacingError: it cannot be used.
            MeaningGone: neither can it, for a reason that nobody has told.
            Cancelled: `cancel` was set.
        """
        try:
            self.encode(["시험"], cancel)
        except MeaningGone:
            if self.trouble is not None:
                raise self.trouble from None
            raise

    def encode(self, texts: Sequence[str], cancel: CancelFlag, model: str = "") -> list[bytes]:
        """Vectors as they are stored.

        Args:
            texts: passages.
            cancel: ends it.
            model: name of the encoder that they must be of.

        Raises:
            MeaningGone: no encoder, another one was chosen, or it died.
            Cancelled: `cancel` was set; the process is ended.
        """
        with self._encoding:
            pipes = self._wait(model)
            try:
                pipes[2].send(Encode(tuple(texts)))
                while not pipes[3].poll(_POLL_S):
                    if cancel.is_set():
                        if self._choice.plan:
                            self.stop()  # its passages take seconds
                        else:
                            self._forget_work()
                        raise Cancelled
                vectors: list[bytes] = pipes[3].recv()
            except _BROKEN as error:
                raise self._died() from error
            return vectors

    def take(self, shelf: int, model: str, rows: Iterable[tuple[int, int, bytes]], *, anew: bool) -> int:
        """Give vectors of a library: passage, text, vector; the number of the last passage, 0 without any.

        Args:
            shelf: number of the library.
            model: name of the encoder they are of.
            rows: rising by passage.
            anew: in place of all that were given.

        Raises:
            MeaningGone: no encoder, or it died.
        """
        passages, texts, vectors = array("q"), array("q"), bytearray()
        for passage, text, vector in rows:
            passages.append(passage)
            texts.append(text)
            vectors += vector
        if passages or anew:
            self._shelves.add(shelf)
            self._send(Take(shelf, model, anew, passages.tobytes(), texts.tobytes(), bytes(vectors)))
        return passages[-1] if passages else 0

    def leave(self, shelf: int) -> None:
        """Forget a library; with the last one the process ends, so that its memory is given back and wiped."""
        if shelf not in self._shelves:
            return
        self._shelves.discard(shelf)
        if not self._shelves:
            self.stop()
        elif self.ready:
            with contextlib.suppress(MeaningGone):
                self._send(Drop(shelf))

    def seek(self, shelf: int, question: str, texts: Iterable[int] | None, most: int) -> Question:
        """Begin to look for the passages nearest to a question; nobody else can ask until it is closed.

        Raises:
            MeaningGone: no encoder, or it died.
        """
        only = None if texts is None else array("q", texts).tobytes()
        self._question.acquire()
        try:
            self._send(Seek(shelf, question, only, most))
        except BaseException:
            self._question.release()
            raise
        return Question(self, shelf, question)

    def likeness(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """How alike each text is to each of the others, -1 to 1; nothing of them is kept in the process.

        Raises:
            MeaningGone: no encoder, or it died.
        """
        if not texts or not others:
            return [[] for _ in texts]
        with self._question:
            self._send(Compare(tuple(texts), tuple(others)))
            found: list[list[float]] = self._receive()
        return found

    def stop(self) -> None:
        """End the process and with it everything it knows; the next call starts another."""
        with self._life:
            process, self._process = self._process, None
            pipes, self._pipes = self._pipes, []
            self._ready = False
        for pipe in pipes:
            with contextlib.suppress(OSError):
                pipe.close()
        if process is not None:
            process.kill()
            process.join(5)

    # the process

    def _running(self) -> bool:
        process = self._process
        try:
            return process is not None and process.is_alive()
        except ValueError:
            return False

    def _started(self) -> None:
        """There is a process of the chosen encoder, which may still be loading."""
        choice = self._choose()
        with self._life:
            if self._running() and self._choice == choice:
                return
            self.stop()
            if self._choice != choice:
                self._choice, self._faults, self._trouble = choice, 0, None
            if not self.available:
                raise MeaningGone
            spawn = multiprocessing.get_context("spawn")
            asking, my_asking = spawn.Pipe(duplex=False)
            my_answers, answers = spawn.Pipe(duplex=False)
            texts, my_texts = spawn.Pipe(duplex=False)
            my_vectors, vectors = spawn.Pipe(duplex=False)
            process = child("meaning", serve, (asking, answers, texts, vectors, choice, self._make))
            try:
                start(process)
            except OSError as error:
                self._faults += 1
                raise MeaningGone from error
            finally:
                for pipe in (asking, answers, texts, vectors):
                    pipe.close()
            self._process = process
            self._pipes = [my_asking, my_answers, my_texts, my_vectors]
            self._generation += 1

    def _wait(self, model: str = "") -> list[Connection]:
        """The process is loaded when this returns; its pipes.

        Args:
            model: name of the encoder that it must be.
        """
        with self._loading:
            self._started()
            if model and self._choice.model != model:
                raise MeaningGone
            if self._ready:
                return self._pipes
            deadline = time.monotonic() + (_FILE_START_S if self._choice.plan else _START_S)
            try:
                pipe = self._pipes[1]
                while not pipe.poll(_POLL_S):
                    if time.monotonic() > deadline or (not self._running() and not pipe.poll(0)):
                        raise EOFError
                reply = pipe.recv()
            except _BROKEN as error:
                raise self._died() from error
            if not isinstance(reply, Ready) or reply.fault:
                if isinstance(reply, Ready) and reply.message:
                    self._trouble = ModelError(reply.fault, reply.message, reply.advice)
                raise self._died()
            self._ready, self._trouble = True, None
            return self._pipes

    def _send(self, request: Take | Drop | Seek | Weigh | Compare) -> None:
        try:
            self._wait()[0].send(request)
        except _BROKEN as error:
            raise self._died() from error

    def _receive(self) -> Any:
        deadline = time.monotonic() + (_FILE_ANSWER_S if self._choice.plan else _ANSWER_S)
        try:
            pipe = self._pipes[1]
            while not pipe.poll(_POLL_S):
                if time.monotonic() > deadline or not self._running():
                    raise EOFError
            return pipe.recv()
        except _BROKEN as error:
            raise self._died() from error

    def _died(self) -> MeaningGone:
        """It cannot be relied on any more: an answer that comes late would be taken for that of the next question."""
        if self._process is not None:
            self._faults += 1
        self.stop()
        return MeaningGone()

    def _forget_work(self) -> None:
        """Passages that nobody waits for any more: a few hundredths of a second, then the answer is thrown away."""
        deadline = time.monotonic() + _ANSWER_S
        with contextlib.suppress(*_BROKEN):
            while time.monotonic() < deadline:
                if self._pipes[3].poll(_POLL_S):
                    self._pipes[3].recv()
                    return
        self.stop()


class Question:
    """A question that is being looked for in the encoder's process. To be closed, as a context."""

    def __init__(self, meaning: Meaning, shelf: int, words: str) -> None:
        self._meaning, self._shelf, self._words = meaning, shelf, words
        self._open = True

    def __call__(self, passages: Sequence[int]) -> tuple[list[tuple[int, float]], list[float | None]]:
        """Wait for the answer; once only.

        Returns:
            [(passage, spreads above the average)], best first; and how near the given passages are, None for those
            without a vector.

        Raises:
            MeaningGone: the encoder died.
        """
        self._open = False
        self._meaning._send(Weigh(self._shelf, self._words, tuple(passages)))
        return self._meaning._receive(), self._meaning._receive()

    def __enter__(self) -> Question:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._open:  # nobody wanted the answer, but it must not be taken for that of the next question
                with contextlib.suppress(MeaningGone):
                    self._meaning._receive()
        finally:
            self._meaning._question.release()


@lru_cache(maxsize=1)
def shared() -> Meaning:
    """The one encoder of this process: the built-in one, or the model file that the user chose."""
    return Meaning(Chooser())


def closed(shelf: int) -> None:
    """A library was closed, its store perhaps locked: nothing of it stays in the encoder's process."""
    shared().leave(shelf)
