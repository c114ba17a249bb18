"""One job while it is answered: where it stands, what it may write next, and when it ends."""

from __future__ import annotations

import codecs
import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from biseo_models.engine import EngineEvent, Finished, Job, Reading, Stats, Token
from biseo_models.guard import GuardState
from biseo_models.lookup import Lookup
from biseo_models.runtime import PromptTokens, Runtime, Sampler
from biseo_models.stops import LongLine, StopStrings

TO_FINISH = 16
"""Tokens an answer may go on beyond its length, so that it does not end within a number or a character."""


@dataclass
class Branch:
    """A sequence that holds `tokens`, of which the first `common` lie in the trunk's cells."""

    number: int
    tokens: list[int] = field(default_factory=list)
    common: int = 0
    busy: bool = False

    @property
    def cells(self) -> int:
        return len(self.tokens) - self.common


class Answer:
    """One job while it is answered."""

    def __init__(self, index: int, job: Job, prompt: PromptTokens) -> None:
        self.index, self.job, self.prompt = index, job, prompt
        self.tokens = [*prompt.shared, *prompt.own]
        self.length = len(self.tokens)
        self.start = time.monotonic()
        self.cached = 0
        self.output = 0
        self.first = 0.0
        self.branch = Branch(-1)
        self.sampler: Sampler | None = None
        self.pending: list[int] = []
        self.lookup: Lookup | None = None
        self.guard = GuardState(job.guard) if job.guard else None
        if self.guard and job.prompt.opening:
            with contextlib.suppress(ValueError):
                self.guard.advance(job.prompt.opening.encode())
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = StopStrings(job.sampling.stop)
        self._line = LongLine(job.sampling.max_line)

    def take(self, token: int | None, runtime: Runtime, room: int) -> Iterator[EngineEvent]:
        """Events for the next token; the last one is `Finished`, or the token waits in `pending`."""
        if not self.output:
            yield Reading(self.length, self.length)
        if token is None or runtime.is_end(token):
            yield from self._finish("end")
            return
        self.output += 1
        piece = runtime.piece(token)
        if self.guard:
            self.guard.advance(piece)
        text = self._stops.take(self._text.decode(piece))
        self._line.take(text)
        self.first = self.first or time.monotonic() - self.start
        if text:
            yield Token(text)
        if self._stops.hit:
            yield from self._finish("stop")
        elif self._line.hit:
            yield from self._finish("line")
        elif self.output >= room + TO_FINISH or (self.output >= room and (not self.guard or self.guard.may_end())):
            yield from self._finish("length")
        else:
            self.pending = [token]

    def allows(self, runtime: Runtime) -> Callable[[int], bool] | None:
        guard = self.guard
        if guard is None:
            return None

        def allowed(token: int) -> bool:
            if runtime.is_end(token):
                return guard.may_end()
            piece = runtime.piece(token)
            return bool(piece) and guard.accepts(piece)

        return allowed

    def _finish(self, reason: str) -> Iterator[EngineEvent]:
        rest = "" if reason == "stop" else self._stops.flush()
        if rest:
            yield Token(rest)
        spent = time.monotonic() - self.start
        yield Finished(reason, Stats(self.length, self.cached, self.output, self.first, spent))
