"""The engine as the program sees it: a process of its own that can be stopped, can die, and is started again."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from ctypes import c_long
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil

from biseo_models.engine import CancelFlag, EngineEvent, Finished, Job, ModelInfo, Prompt
from biseo_models.errors import Cancelled, ModelError
from biseo_models.fit import Fit
from biseo_models.machine import USUAL_CONTEXT
from biseo_models.messages import (
    Count,
    Counted,
    Failed,
    Generate,
    Happened,
    Loaded,
    LoadPlan,
    Prepare,
    Reply,
    Request,
    Stopped,
)
from biseo_models.starting import child, start
from biseo_models.worker import serve

POLL_S = 0.02
"""How often a wait looks at the cancel flag."""

STOP_DEADLINE_S = 0.8
"""How long a cancelled answer may take to stop before its process is killed."""


_ILLEGAL_INSTRUCTION = (-4, 0xC000001D, 0xC000001D - (1 << 32))
"""Exit codes: SIGILL, and STATUS_ILLEGAL_INSTRUCTION of Windows as an unsigned and a signed number."""


class ProcessEngine:
    """An `Engine` whose model lives in a spawned child.

    Args:
        path: the GGUF file.
        model_id: its id in the list of models.
        context: tokens of context to ask for; a model trained on less gets what it was trained on.
        cache: `f16` or `q8_0`, see `MemoryPlan`.
        fit: how to run it on this PC; None to measure that when it is loaded first.
        learned: told the fit when it was measured on a quiet PC.

    The child starts with the first call and ends with `close`, or when this process ends in whatever way. If it
    dies, the call under way raises `ModelError` "engine-died" and the next call starts another.
    """

    def __init__(
        self,
        path: Path,
        model_id: str = "",
        context: int = USUAL_CONTEXT,
        cache: str = "f16",
        fit: Fit | None = None,
        learned: Callable[[Fit], None] | None = None,
    ) -> None:
        self._plan = LoadPlan(path, model_id or path.stem, context, cache, fit)
        self._learned = learned
        self._spawn = multiprocessing.get_context("spawn")
        self._cancelled: c_long = self._spawn.RawValue(c_long, 0)
        self._process: SpawnProcess | None = None
        self._requests: Connection | None = None
        self._replies: Connection | None = None
        self._info: ModelInfo | None = None
        self._number = 0
        self._closed = False

    def info(self) -> ModelInfo:
        if not self._running() or self._info is None:
            self._start(_Never())
        assert self._info is not None
        return self._info

    def count(self, texts: list[str]) -> list[int]:
        self.info()
        self._number += 1
        self._send(Count(self._number, texts))
        while True:
            reply = self._receive(_Never())
            if isinstance(reply, Counted) and reply.number == self._number:
                return reply.tokens

    def generate(self, job: Job, cancel: CancelFlag) -> Iterator[EngineEvent]:
        with contextlib.closing(self.generate_all((job,), cancel)) as events:
            for _, event in events:
                yield event

    def generate_all(self, jobs: Sequence[Job], cancel: CancelFlag) -> Generator[tuple[int, EngineEvent], None, None]:
        if not self._running():
            self._start(cancel)
        self._number += 1
        number = self._number
        open_jobs = len(jobs)
        failed = False
        self._send(Generate(number, tuple(jobs)))
        try:
            while open_jobs:
                reply = self._receive(cancel)
                match reply:
                    case Happened(number=own, index=index, event=event) if own == number:
                        open_jobs -= isinstance(event, Finished)
                        yield index, event
                    case Failed(number=own) if own == number:
                        failed = True
                        raise ModelError(reply.code, reply.message, reply.advice)
        finally:
            if open_jobs and not failed:  # cancelled, or the caller lost interest
                self._stop(number, open_jobs)

    def prepare(self, prompt: Prompt) -> None:
        self.info()
        self._send(Prepare(prompt))

    def close(self) -> None:
        self._closed = True
        self._end()

    @property
    def fit(self) -> Fit | None:
        """How the model runs; None before it was measured."""
        return self._plan.fit

    @property
    def process_id(self) -> int | None:
        """Of the model process, while there is one."""
        return self._process.pid if self._process and self._running() else None

    def memory_bytes(self) -> int:
        """Memory the model process holds now; 0 without one."""
        with contextlib.suppress(psutil.Error):
            return int(psutil.Process(self.process_id).memory_info().rss) if self.process_id else 0
        return 0

    # The child

    def _running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _start(self, cancel: CancelFlag) -> None:
        self._end()
        self._closed = False
        if not self._plan.path.is_file():
            raise ModelError(
                "model-missing", "모델 파일이 없어졌습니다.", "설정 ▸ 모델에서 다른 모델을 고르거나 다시 가져와 주세요."
            )
        child_requests, self._requests = self._spawn.Pipe(duplex=False)
        self._replies, child_replies = self._spawn.Pipe(duplex=False)
        self._process = child("model", serve, (child_requests, child_replies, self._cancelled, self._plan))
        start(self._process)
        child_requests.close()
        child_replies.close()
        try:
            reply = self._receive(cancel)
        except Cancelled:
            self._end()
            raise
        if isinstance(reply, Failed):
            self._end()
            raise ModelError(reply.code, reply.message, reply.advice)
        assert isinstance(reply, Loaded)
        self._info = reply.info
        if self._plan.fit is None:
            self._plan = dataclasses.replace(self._plan, fit=reply.fit)
            if self._learned and reply.quiet:
                self._learned(reply.fit)

    def _end(self) -> None:
        process, self._process = self._process, None
        for end in (self._requests, self._replies):
            if end:
                end.close()
        self._requests = self._replies = None
        if process:
            process.kill()
            process.join(5)

    def _send(self, request: Request) -> None:
        try:
            assert self._requests
            self._requests.send(request)
        except (OSError, AssertionError) as error:
            raise self._died() from error

    def _receive(self, cancel: CancelFlag) -> Reply:
        """The next reply.

        Raises:
            Cancelled: the flag was set while waiting.
            ModelError: the child is gone.
        """
        while True:
            if cancel.is_set():
                raise Cancelled
            try:
                if self._replies and self._replies.poll(POLL_S):
                    reply: Reply = self._replies.recv()
                    return reply
                if self._replies is None:
                    raise EOFError
            except (EOFError, OSError) as error:
                raise self._died() from error

    def _stop(self, number: int, open_jobs: int) -> None:
        """Have the child drop request `number`, with `open_jobs` not answered; kill it if it does not in time."""
        self._cancelled.value = number
        deadline = time.monotonic() + STOP_DEADLINE_S
        while self._running() and time.monotonic() < deadline:
            with contextlib.suppress(EOFError, OSError):
                if self._replies and self._replies.poll(POLL_S):
                    match self._replies.recv():
                        case Stopped(number=own) | Failed(number=own) if own == number:
                            return
                        case Happened(number=own, event=Finished()) if own == number:
                            open_jobs -= 1
                            if not open_jobs:
                                return
        self._end()

    def _died(self) -> ModelError:
        if self._process:
            self._process.join(1)
        code = self._process.exitcode if self._process else None
        self._end()
        if self._closed:
            return ModelError("engine-closed", "언어 모델을 닫았습니다.", "다시 쓰려면 프로그램을 다시 여세요.")
        if code in _ILLEGAL_INSTRUCTION:
            return ModelError(
                "wrong-processor",
                "이 PC의 프로세서가 모르는 명령이 있어 언어 모델이 멈추었습니다.",
                "이 PC에서 bootstrap.py를 다시 실행해 프로그램을 설치해 주세요.",
            )
        return ModelError(
            "engine-died",
            "언어 모델이 멈추었습니다.",
            "쓰던 글은 그대로 있습니다. 다시 작성을 누르면 모델을 새로 시작합니다.",
        )


class _Never:
    def is_set(self) -> bool:
        return False
