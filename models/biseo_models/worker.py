"""The model process: waits for requests on one pipe, answers on another, and ends when the program does."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from ctypes import c_long
from multiprocessing.connection import Connection

import psutil

from biseo_models.courtesy import QUIET, LoadWatch
from biseo_models.decoder import Decoder
from biseo_models.errors import Cancelled, ModelError, UserFacingError
from biseo_models.fit import measure
from biseo_models.machine import KEPT_BYTES, probe, threads_to_try
from biseo_models.messages import (
    Count,
    Counted,
    Failed,
    Generate,
    Happened,
    Loaded,
    LoadPlan,
    Prepare,
    Request,
    Stopped,
)
from biseo_models.offline import NetworkBlocked


def serve(requests: Connection, replies: Connection, cancelled: c_long, plan: LoadPlan) -> None:
    """Entry point of the spawned process.

    Args:
        requests: end of a simplex pipe to read `Request`s from; its closing ends the process at once.
        replies: end of a simplex pipe to write `Reply`s to.
        cancelled: shared number of the newest cancelled request.
        plan: the model to load before the first request.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process of a terminal; the program decides
    _silence()
    _step_back()
    inbox: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    current = 0
    ahead: Prepare | None = None

    def stop_now() -> bool:
        return cancelled.value >= current if current else ahead is not None and not inbox.empty()

    try:
        from biseo_models.llama import LlamaModel

        model = LlamaModel(plan, stop_now)
    except ModelError as error:
        replies.send(_failed(0, error))
        return
    except NetworkBlocked as error:
        replies.send(_failed(0, error))
        return
    except (ImportError, OSError):
        replies.send(
            Failed(
                0,
                "engine-missing",
                "언어 모델을 움직이는 부품(llama.cpp)을 이 PC에서 열지 못했습니다.",
                "프로그램을 다시 설치해 주세요.",
            )
        )
        return
    watch = LoadWatch(probe().cores)
    try:
        fit = plan.fit or measure(model, model.set_threads, threads_to_try())
    except ModelError as error:
        replies.send(_failed(0, error))
        return
    replies.send(Loaded(model.info, fit, quiet=watch.others() < QUIET))
    decoder = Decoder(model, KEPT_BYTES, fit.parallel, fit.batch, fit.guess_cost)
    while True:
        if ahead and inbox.empty():
            with contextlib.suppress(Cancelled, ModelError):  # without it the next answer only begins later
                for _ in decoder.prepare(ahead.prompt):
                    pass
                ahead = None
        request = inbox.get()
        if isinstance(request, Prepare):
            ahead = request
            continue
        if isinstance(request, Count):
            replies.send(Counted(request.number, model.count(request.texts)))
            continue
        ahead, current = None, request.number
        try:
            if stop_now():
                raise Cancelled
            for index, event in decoder.answer(request.jobs):
                replies.send(Happened(current, index, event))
        except Cancelled:
            replies.send(Stopped(current))
        except (ModelError, NetworkBlocked) as error:
            replies.send(_failed(current, error))
        current = 0


def _failed(number: int, error: UserFacingError) -> Failed:
    return Failed(number, error.code, error.message, error.advice)


def _listen(requests: Connection, inbox: queue.SimpleQueue[Request]) -> None:
    while True:
        try:
            request = requests.recv()
        except (EOFError, OSError):
            os._exit(0)  # the program is gone; nothing here is worth finishing
        if isinstance(request, Generate | Count | Prepare):
            inbox.put(request)


def _silence() -> None:
    """llama.cpp and its libraries must never print to the user's terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _step_back() -> None:
    """The official's other programs come first."""
    own = psutil.Process()
    own.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 5)
