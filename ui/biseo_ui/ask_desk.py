"""자료실에 묻기: one question at a time, the passages at once, then the answer of the model."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from biseo.asking import AnswerText, AskEvent, Found, Reply, Turn
from biseo.errors import UserFacingError
from biseo.events import Progress
from biseo_models.engine import CancelFlag, EngineEvent, ModelInfo, Prompt
from biseo_models.engine import Job as EngineJob
from biseo_ui.ask_keeper import AskKeeper, Kept
from biseo_ui.ask_record import MOST_TURNS, Asked, Conversation, passages_of
from biseo_ui.engine_host import EngineHost, ModelLoading, ModelReady
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job
from biseo_ui.model_state import ModelState
from biseo_ui.services import Services

if TYPE_CHECKING:
    from biseo.library import Library

Start = Callable[[str, "Callable[[Library, threading.Event], Iterator[Any]]"], Job]
"""Does something with the library in a lane (`LibraryDesk.start`); fails while there is none to ask."""
PLAIN_LANE = "searching"
"""Where the passages are looked for, so that they are there while the model is busy with something else."""
LONGEST_QUESTION = 1000
FIRST_FOUND = 5
NO_MODEL = "아직 쓸 수 있는 언어 모델이 없어 규칙으로 찾은 것만 보여 드립니다. 설정에서 모델을 준비할 수 있습니다."
STOPPED = "멈췄습니다. 찾은 대목은 그대로 있습니다."
WITHOUT = "모델 없이 규칙으로 찾은 것만 보여 드립니다."
_UNEXPECTED = "답을 쓰는 동안 예상하지 못한 일이 생겼습니다."
_DONE_BY_LABEL = "답 초안을 쓰는 중"


class _ModelWanted(Exception):
    """Rules alone do not decide."""


class _Decided:
    """The answer is what it would be with a model."""


class _NoModel:
    """Stands in for the model where nobody knows yet whether it is needed: most questions are decided without it."""

    def info(self) -> ModelInfo:
        raise _ModelWanted

    def count(self, texts: list[str]) -> list[int]:
        raise _ModelWanted

    def generate(self, job: EngineJob, cancel: CancelFlag) -> Iterator[EngineEvent]:
        raise _ModelWanted

    def generate_all(self, jobs: Sequence[EngineJob], cancel: CancelFlag) -> Iterator[tuple[int, EngineEvent]]:
        raise _ModelWanted

    def prepare(self, prompt: Prompt) -> None:
        raise _ModelWanted

    def close(self) -> None:
        """There is nothing to close."""


@dataclass(frozen=True)
class AskStill:
    """All of it while the window is locked; plain values.

    Attributes:
        work: id in the store, or nothing.
        apart: the next question begins a subject of its own.
        typed: what stands in the field.
    """

    work: str
    talk: Conversation
    apart: bool
    typed: str


class AskDesk(QObject):
    """Asks, and keeps what was asked.

    Args:
        start: does something with the library.
        ready: whether there is a library to ask yet.
        waiting: whether the model is at work on something else, so that an answer waits for it.

    Attributes:
        talk: what was asked and answered.
        label: Korean phrase for what is being done now.

    Signals:
        shown: another conversation is there.
        added: a question was asked; its number.
        changed: more is known of a question; its number.
        words: number and the words of an answer so far, which are not yet the answer.
        subject_changed: `subject` is another.
        began, ended: a question is under way, or no longer.
        told: kind, sentence and advice of a message.
    """

    shown = Signal()
    added = Signal(int)
    changed = Signal(int)
    words = Signal(int, str)
    subject_changed = Signal()
    began = Signal()
    ended = Signal()
    told = Signal(str, str, str)

    def __init__(
        self, start: Start, services: Services, host: EngineHost, models: ModelState, keeper: AskKeeper,
        ready: Callable[[], bool] = lambda: True, waiting: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._start, self._services, self._host, self._models = start, services, host, models
        self._ready, self._waiting = ready, waiting
        self.keeper = keeper
        self.talk = Conversation()
        self.label = ""
        self._apart = False
        self._job: Job | None = None
        self._plain: Reply | None = None
        self._decided = self._looked = False

    # what the view asks

    @property
    def busy(self) -> bool:
        """Whether a question is under way."""
        return self._job is not None

    @property
    def subject(self) -> str:
        """What the next question would go on with; empty where it stands alone."""
        last = self.talk.turns[-1] if self.talk.turns else None
        return "" if self._apart or last is None or not last.replied else last.subject

    @property
    def has_model(self) -> bool:
        """Whether a model can answer, as far as that is known."""
        return self._models.active is not None or not self._models.known

    def ask(self, question: str) -> bool:
        """Ask the library; whether the question was taken."""
        words = " ".join(question.split())
        if not words:
            return False
        if self.busy:
            self.told.emit("info", tr("앞의 질문에 답하는 중입니다."), tr("다 되거나 멈춘 뒤에 물어 주세요. (Esc)"))
            return False
        if len(words) > LONGEST_QUESTION:
            self.told.emit(
                "warning",
                tr("질문이 {most:,}자를 넘습니다.").format(most=LONGEST_QUESTION),
                tr("알고 싶은 것만 짧게 적어 주세요."),
            )
            return False
        if not self._ready():
            self.told.emit("info", tr("저장소를 여는 중입니다."), tr("열리면 자료실에 물을 수 있습니다."))
            return False
        earlier = self._earlier()
        turn = Asked(words, apart=not earlier)
        full = len(self.talk.turns) >= MOST_TURNS
        self.talk = Conversation((*self.talk.turns, turn)[-MOST_TURNS:])
        self._apart, self._plain, self._decided, self.label = False, None, False, ""
        if full:
            self.shown.emit()  # the numbers are others now
        else:
            self.added.emit(len(self.talk.turns) - 1)
        self._start_plain(words, earlier)
        self.subject_changed.emit()
        self.began.emit()
        return True

    def ask_again(self, number: int) -> None:
        """Ask the same question once more."""
        self.ask(self.talk.turns[number].question)

    def stop(self) -> None:
        """End what is under way now; what was found stays."""
        if self.busy:
            self._finish(replace(self._turn, state="stopped", note=tr(STOPPED)))

    def drop_subject(self) -> None:
        """The next question stands alone."""
        self._apart = True
        self.subject_changed.emit()

    def start_anew(self) -> None:
        """An empty conversation; the present one stays in the history, where the policy allows one."""
        self.stop()
        if not self.talk.turns:
            return
        kept = self.keeper.keeps and bool(self.keeper.id)
        self.keeper.leave()
        self._show(Conversation())
        if kept:
            self.told.emit("ok", tr("새 주제로 시작합니다."), tr("앞의 대화는 기록에 있습니다."))

    def delete(self) -> None:
        """Delete the conversation here and in the store."""
        self.stop()
        job = self.keeper.delete(self._on_error)
        self._show(Conversation())
        if job is None:
            self._on_deleted()
        else:
            job.done.connect(self._on_deleted)

    def look(self) -> None:
        """The view is seen: bring back the last conversation of this PC, once."""
        if self._looked or not self.keeper.is_open:
            return
        self._looked = True
        self.keeper.open_last(self._on_last)

    def open(self, work: str) -> None:
        """Show a conversation of the history."""
        self._looked = True
        if work != self.keeper.id:
            self.stop()
            self.keeper.open(work, self._on_opened, self._on_error)

    def gone(self, work: str) -> None:
        """A conversation was deleted in the history: where it is shown, an empty one takes its place."""
        if work == self.keeper.id:
            self.stop()
            self.keeper.id = ""
            self._show(Conversation())

    @property
    def looked(self) -> bool:
        """Whether the last conversation was brought back already, or another one shown."""
        return self._looked

    # while nobody is at the PC

    def still(self, typed: str) -> AskStill:
        """All of it as plain values; what is under way is stopped."""
        self.stop()
        return AskStill(self.keeper.id, self.talk, self._apart, typed)

    def forget(self) -> None:
        """Hold no word; the claim on the conversation stays."""
        self.stop()
        self.keeper.id = ""
        self._plain = None
        self._show(Conversation())

    def bring_back(self, still: AskStill) -> None:
        """Everything as it was before `forget`."""
        self._looked = True
        self.keeper.id = still.work
        self._show(still.talk)
        self._apart = still.apart
        self.subject_changed.emit()

    # the plain way: passages, and what rules can say

    def _start_plain(self, question: str, earlier: tuple[Turn, ...]) -> None:
        ask = self._services.ask

        def work(library: Library, cancel: threading.Event) -> Iterator[AskEvent | _Decided]:
            if not library.ready():  # found by words at once, in the better order when the encoder is loaded
                yield Found(tuple(library.search(question, FIRST_FOUND, meaning=False)))
            try:
                yield from ask(question, library, _NoModel(), cancel, earlier)
                yield _Decided()
            except _ModelWanted:
                yield from ask(question, library, None, cancel, earlier)

        def on_done() -> None:
            if job is not self._job:
                return
            if self._decided or not self.has_model:
                self._end_plainly("done", "" if self.has_model else tr(NO_MODEL))
            else:
                self._start_model(question, earlier)

        job = self._begin(PLAIN_LANE, work)
        job.item.connect(lambda event: self._on_plain(event) if job is self._job else None)
        job.done.connect(on_done)

    def _on_plain(self, event: AskEvent | _Decided) -> None:
        match event:
            case _Decided():
                self._decided = True
            case Found():
                self._put(replace(self._turn, passages=passages_of(event.hits)))
            case Reply():
                self._plain = event

    # the model

    def _start_model(self, question: str, earlier: tuple[Turn, ...]) -> None:
        ask, host = self._services.ask, self._host

        def work(library: Library, cancel: threading.Event) -> Iterator[Any]:
            yield from host.load()
            yield from ask(question, library, host.engine(), cancel, earlier)

        def on_done() -> None:
            if job is self._job:  # no reply came
                self._end_plainly("failed", tr(_UNEXPECTED))

        self.label = ""
        self._put(replace(self._turn, state="queued" if self._waiting() else "loading"))
        job = self._begin("engine", work)
        job.item.connect(lambda event: self._on_model(event) if job is self._job else None)
        job.done.connect(on_done)

    def _on_model(self, event: object) -> None:
        turn = self._turn
        match event:
            case ModelLoading():
                self._put(replace(turn, state="loading"))
            case ModelReady():
                self.label = tr(_DONE_BY_LABEL)
                self._put(replace(turn, state="writing"))
            case Found():
                self._put(replace(turn, passages=passages_of(event.hits) or turn.passages))
            case Progress():
                self.label = event.label
                self._put(turn)
            case AnswerText():
                self.words.emit(len(self.talk.turns) - 1, event.text)
            case Reply():
                self._finish(replace(turn.with_reply(event), state="done"))

    # how it ends

    def _begin(self, lane: str, work: Callable[[Library, threading.Event], Iterator[Any]]) -> Job:
        job = self._job = self._start(lane, work)
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.broke.connect(lambda _error: self._on_failed(job, None))
        job.cancelled.connect(lambda: self.stop() if job is self._job else None)
        return job

    def _on_failed(self, job: Job, error: UserFacingError | None) -> None:
        if job is self._job:
            why = f"{error.message} {error.advice}" if error is not None else tr(_UNEXPECTED)
            self._end_plainly("failed", why)

    def _end_plainly(self, state: Any, why: str) -> None:
        """With what rules could say, and why it is no more."""
        turn = self._turn if self._plain is None else self._turn.with_reply(self._plain)
        note = f"{why} {tr(WITHOUT)}" if state == "failed" and self._plain is not None else why
        self._finish(replace(turn, state=state, note=note))

    def _finish(self, turn: Asked) -> None:
        job, self._job, self._plain, self.label = self._job, None, None, ""
        if job is not None:
            job.cancel()
        self._put(turn)
        self.keeper.save(self.talk)
        model = self._models.active
        sha256 = getattr(model, "sha256", "") if turn.by_model else ""
        self.keeper.note(
            sha256 if re.fullmatch("[0-9a-f]{64}", sha256) else "", len(turn.passages), len(turn.citations)
        )  # fmt: skip
        self.subject_changed.emit()
        self.ended.emit()

    # inside

    @property
    def _turn(self) -> Asked:
        return self.talk.turns[-1]

    def _put(self, turn: Asked) -> None:
        self.talk = replace(self.talk, turns=(*self.talk.turns[:-1], turn))
        self.changed.emit(len(self.talk.turns) - 1)

    def _earlier(self) -> tuple[Turn, ...]:
        """The turns that the next question goes on with."""
        if self._apart:
            return ()
        turns: list[Asked] = []
        for turn in reversed(self.talk.turns):
            turns.append(turn)
            if turn.apart:
                break
        return tuple(turn.turn for turn in reversed(turns) if turn.replied)

    def _show(self, talk: Conversation) -> None:
        self.talk, self._apart = talk, False
        self.shown.emit()
        self.subject_changed.emit()

    def _on_last(self, kept: Kept | None) -> None:
        if kept is None:
            return
        if self.talk.turns:  # who was quicker than the store is not disturbed
            self.keeper.release(kept.id)
            return
        self._on_opened(kept)

    def _on_opened(self, kept: Kept) -> None:
        self.stop()
        self.keeper.take(kept)
        self._show(kept.talk)

    def _on_error(self, error: UserFacingError) -> None:
        self.told.emit("error", error.message, error.advice)

    def _on_deleted(self) -> None:
        self.told.emit("ok", tr("대화를 지웠습니다."), "")
