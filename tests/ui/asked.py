"""A library that answers from a script, and the desk and view over it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage

from biseo.asking import AnswerSentence, AnswerText, Citation, Found, Reply, Turn
from biseo.library import Hit
from biseo.library.snippet import Snippet
from biseo_models.errors import Cancelled
from biseo_ui.ask_desk import AskDesk
from biseo_ui.ask_keeper import AskKeeper
from biseo_ui.engine_host import EngineHost
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job
from biseo_ui.model_state import ModelState
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.ask_view import AskView

PERIOD = "민원은 접수한 날부터 14일 이내에 처리하여야 한다."
NOTICE = "처리기간을 연장하면 그 사유와 처리완료 예정일을 신청인에게 알려야 한다."
MANUAL, LAW = "/업무 자료/민원 편람.hwpx", "/업무 자료/민원 처리에 관한 규정.pdf"


def hit(rank: int, source: str, article: str, text: str, page: int | None) -> Hit:
    """A passage as the library finds it; its first word is what was looked for."""
    marks = ((0, text.find(" ")),)
    return Hit(rank, 9.0 - rank, source, page, text, article, article, 10 * rank, 10 * rank + len(text), "hwpx",
               Snippet(text, marks), marks)  # fmt: skip


HITS = (
    hit(1, LAW, "제14조(처리기간)", PERIOD, 3),
    hit(2, LAW, "제21조(처리기간의 연장)", NOTICE, 4),
    hit(3, MANUAL, "Ⅱ. 처리 절차", "접수 부서는 접수증을 준다.", None),
    hit(4, MANUAL, "Ⅲ. 수수료", "수수료는 전자로 낸다.", 12),
    hit(5, MANUAL, "Ⅳ. 서식", "서식은 별지와 같다.", 20),
)
CITED = (
    Citation(LAW, 3, "제14조(처리기간)", PERIOD, 10, 10 + len(PERIOD)),
    Citation(LAW, 4, "제21조(처리기간의 연장)", NOTICE, 20, 20 + len(NOTICE)),
)
QUOTE = AnswerSentence(PERIOD, CITED[:1], True)
REWORDED = AnswerSentence("기간을 늘리면 까닭과 예정일을 신청인에게 알립니다.", (CITED[1], CITED[0]), False)


def reply(question: str, *sentences: AnswerSentence, carried: str = "", by_model: bool = True) -> Reply:
    """An answer, or without sentences a refusal."""
    subject = f"{carried} {question}".strip()
    return Reply(question, subject, carried, sentences, not sentences, HITS, bool(sentences), by_model)


@dataclass
class Script:
    """What the library says; `gate` holds the model back until it is set.

    Attributes:
        asked: (question, whether with a model, earlier turns).
        sure: rules alone decide.
    """

    answers: dict[str, Reply] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, bool, tuple[Turn, ...]]] = field(default_factory=list)
    error: Exception | None = None
    sure: bool = False
    hits: tuple[Hit, ...] = HITS

    def __call__(
        self, question: str, library: Any, engine: Any, cancel: Any, earlier: Sequence[Turn] = ()
    ) -> Iterator[Any]:  # fmt: skip
        yield Found(self.hits)
        if engine is not None and not self.sure:
            engine.info()  # it is needed
        self.asked.append((question, engine is not None, tuple(earlier)))
        made = self.answers.get(question, reply(question, QUOTE, REWORDED))
        if engine is None or self.sure:
            yield replace(made, by_model=False)
            return
        for words in self.words:
            yield AnswerText(words)
        while not self.gate.wait(0.01):
            if cancel.is_set():
                raise Cancelled
        if cancel.is_set():
            raise Cancelled
        if self.error is not None:
            raise self.error
        yield made


class Shelf:
    """A library; its encoder is loaded unless a test says otherwise."""

    loaded = True

    def ready(self) -> bool:
        return self.loaded

    def search(self, _words: str, top: int, *, meaning: bool) -> list[Hit]:
        assert not meaning  # that would have the encoder loaded first
        return list(HITS[:top])


def asking(
    stage: Stage, qtbot: QtBot, script: Callable[..., Iterator[Any]], *, waiting: Callable[[], bool] = lambda: False
) -> AskView:
    """Desk and view of their own, over a library that needs no store."""
    stage.services = replace(stage.services, ask=script)
    host = EngineHost(stage.services.store, stage.services.open_engine)
    models = ModelState(stage.runner, stage.services.store, host, stage.runner)
    models.refresh()
    qtbot.waitUntil(lambda: models.known)
    vault = stage.vault or VaultHost(stage.runner, used=False)
    keeper = AskKeeper(vault, stage.policy, stage.runner)

    def start(lane: str, work: Callable[[Any, threading.Event], Iterator[Any]]) -> Job:
        return stage.runner.start(lane, lambda cancel: work(Shelf(), cancel))

    desk = AskDesk(start, stage.services, host, models, keeper, lambda: True, waiting, stage.runner)
    view = AskView(stage.theme, ImeWatch(stage.app), desk, "인공지능 초안 – 담당자 검토 전")
    stage.theme.dress(view)
    qtbot.addWidget(view)
    view.resize(700, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view
