"""An engine that answers from a script: for tests of everything but the engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from biseo_models.engine import CancelFlag, EngineEvent, Finished, Job, ModelInfo, Prompt, Reading, Stats, Token
from biseo_models.errors import Cancelled

Answer = str | Exception
Script = list[Answer] | Callable[[Job], Answer]


class ScriptedEngine:
    """Gives the scripted answers in turn, word by word, and records every job and every prompt to prepare.

    Args:
        script: answers in the order they are asked for (an exception is raised instead of answered), or a
            function from the job to its answer.
        context: context length it reports, in tokens.
        pace: called before every word; tests use it to stop the work at a known point.

    A token is taken to be two characters, so that budgets can be tested without a model.
    """

    def __init__(self, script: Script, context: int = 8192, pace: Callable[[], None] | None = None) -> None:
        self.script = script
        self.context = context
        self.pace = pace
        self.history: list[Job] = []
        self.prepared: list[Prompt] = []
        self.closed = False

    def info(self) -> ModelInfo:
        return ModelInfo("scripted", "Scripted", self.context, 0, "none")

    def count(self, texts: list[str]) -> list[int]:
        return [(len(text) + 1) // 2 for text in texts]

    def generate(self, job: Job, cancel: CancelFlag) -> Iterator[EngineEvent]:
        self.history.append(job)
        answer = self.script(job) if callable(self.script) else self.script[len(self.history) - 1]
        if isinstance(answer, Exception):
            raise answer
        prompt = sum(self.count([job.prompt.instructions, job.prompt.document, job.prompt.task]))
        yield Reading(prompt, prompt)
        pieces = answer.split(" ")
        for number, piece in enumerate(pieces):
            if self.pace:
                self.pace()
            if cancel.is_set():
                raise Cancelled
            yield Token(piece if number == 0 else " " + piece)
        yield Finished("end", Stats(prompt_tokens=prompt, output_tokens=len(pieces), first_token_s=0.01, total_s=0.02))

    def generate_all(self, jobs: Sequence[Job], cancel: CancelFlag) -> Iterator[tuple[int, EngineEvent]]:
        """The answers side by side: the next event of each unfinished one in turn, in the order of the jobs."""
        answers = deque((index, self.generate(job, cancel)) for index, job in enumerate(jobs))
        while answers:
            index, answer = answers.popleft()
            for event in islice(answer, 1):
                yield index, event
                answers.append((index, answer))

    def prepare(self, prompt: Prompt) -> None:
        self.prepared.append(prompt)

    def close(self) -> None:
        self.closed = True
