"""Asking the model, one question or several side by side, and what the answers cost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from biseo.events import Progress
from biseo_models.engine import CancelFlag, Engine, Finished, Guard, Job, Prompt, Reading, Sampling, Stats, Token

LONG_READING = 700
"""Tokens of a prompt from which on its reading is worth a progress bar."""


@dataclass(frozen=True)
class Question:
    """A prompt, how the answer is to be sampled, and the grammar (GBNF) it follows behind the prompt's opening."""

    prompt: Prompt
    sampling: Sampling
    grammar: str = ""


@dataclass(frozen=True)
class Words:
    """The next words of the answer to the question at place `index`."""

    index: int
    text: str


@dataclass(frozen=True)
class Answer:
    """The whole answer to the question at place `index`; `complete` unless it was cut off."""

    index: int
    text: str
    complete: bool = True


@dataclass
class Asker:
    """The model, what it may write, and the account of its answers.

    Attributes:
        began: `time.monotonic()` at which the work that waits for the first words began.
        stats: cost of all answers so far; seconds of answers that came side by side count for each.
        first_token_s: seconds from `began` to the first words of all; 0 while there were none.
    """

    engine: Engine
    guard: Guard
    began: float
    stats: Stats = field(default_factory=Stats)
    first_token_s: float = 0.0
    _read: bool = False

    def ask_all(self, questions: Sequence[Question], cancel: CancelFlag) -> Iterator[Progress | Words | Answer]:
        """The words of all answers as they come, and every answer when it is whole.

        How far the sources are read is told once in the life of an asker: later questions find them read.

        Raises:
            Cancelled: the flag was set.
            ModelError: the model failed.
        """
        if not questions:
            return
        texts = [""] * len(questions)
        teller = -1
        jobs = [Job(question.prompt, question.sampling, self.guard, question.grammar) for question in questions]
        for index, event in self.engine.generate_all(jobs, cancel):
            if isinstance(event, Reading):
                if event.total >= LONG_READING and not self._read and teller in (-1, index):
                    teller, self._read = index, event.done >= event.total
                    yield Progress(event.done, event.total, "자료 읽는 중")
            elif isinstance(event, Token):
                self.first_token_s = self.first_token_s or time.monotonic() - self.began
                texts[index] += event.text
                yield Words(index, event.text)
            elif isinstance(event, Finished):
                self.stats = self.stats + event.stats
                yield Answer(index, texts[index], event.reason in ("end", "stop"))

    def answers(self, questions: Sequence[Question], cancel: CancelFlag) -> list[Answer]:
        """The whole answers, in the order of the questions; raises as `ask_all`."""
        found = [event for event in self.ask_all(questions, cancel) if isinstance(event, Answer)]
        return sorted(found, key=lambda answer: answer.index)

    def account(self) -> Stats:
        """What everything cost; the seconds are those that passed since `began`."""
        return replace(self.stats, first_token_s=self.first_token_s, total_s=time.monotonic() - self.began)
