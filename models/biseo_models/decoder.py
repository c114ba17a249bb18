"""From jobs to answers: what was read before is reused, and several answers are decoded in one batch.

Sequence 0 of the context is the trunk: the instructions and the document of the newest prompt. Every answer is a branch
that shares the trunk's cells and goes on with its own task. Nothing here knows llama.cpp: `Runtime` does the work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from math import inf, isfinite

from biseo_models.answer import TO_FINISH, Answer, Branch
from biseo_models.engine import EngineEvent, Finished, Job, Prompt, Reading
from biseo_models.errors import Cancelled, ModelError
from biseo_models.lookup import GUESSES, Lookup, Luck
from biseo_models.prefixes import Kept, PrefixStore, common_prefix
from biseo_models.runtime import Row, Runtime

TRUNK = 0
WORTH_KEEPING = 256
"""Tokens from which on what was read of a document is kept when another one comes."""

WORTH_LOADING = 64
"""Tokens that a kept state must save beyond what the context holds anyway."""

WORTH_SHARING = 8
"""Tokens that several tasks must begin with to be read for all of them: that takes a step of its own."""

IDLE_CELLS = 1024
"""Cells that finished branches may occupy: what is kept there makes every step a little slower."""


class Decoder:
    """Answers jobs on one runtime.

    Args:
        runtime: the loaded model.
        budget: bytes that may be kept of documents other than the newest.
        parallel: most answers side by side.
        batch: most rows of one batch; fewer answer a cancel sooner.
        guess_cost: steps of one token that take as long as one of a token with its guesses.
    """

    def __init__(
        self, runtime: Runtime, budget: int, parallel: int = 8, batch: int = 256, guess_cost: float = inf
    ) -> None:
        self._runtime = runtime
        self._batch = min(batch, runtime.batch)
        self.guess_cost = guess_cost if runtime.rewinds else inf
        self._luck = Luck()
        self._store = PrefixStore(budget)
        self._trunk: list[int] = []
        self._document = 0
        self._uses = 0
        branches = min(parallel, runtime.sequences - 1)
        self._idle = [Branch(TRUNK + 1 + number) for number in range(branches)]  # least recently used first

    def prepare(self, prompt: Prompt) -> Iterator[None]:
        """Read instructions and document of a prompt ahead, a batch at a time.

        Raises:
            Cancelled: stopped; what had been read stays.
            ModelError: it failed.
        """
        shared = self._runtime.prompt_tokens(prompt).shared
        if len(shared) + 16 <= self._runtime.context:
            for _ in self._open(shared):
                yield
            self._uses += 1

    def answer(self, jobs: Sequence[Job]) -> Iterator[tuple[int, EngineEvent]]:
        """Events of all jobs, each with the place of its job; jobs on the same document are answered side by side.

        Raises:
            Cancelled: stopped; what had been yielded stays valid.
            ModelError: a prompt leaves no room for an answer, or the model failed.
        """
        groups: dict[tuple[int, ...], deque[Answer]] = {}
        for index, job in enumerate(jobs):
            prompt = self._runtime.prompt_tokens(job.prompt)
            answer = Answer(index, job, prompt)
            if answer.length + 16 > self._runtime.context:
                raise ModelError(
                    "prompt-too-long",
                    "자료와 지시가 모델이 한 번에 읽을 수 있는 분량을 넘습니다"
                    f"({answer.length:,} / {self._runtime.context:,}).",
                    "자료를 나누거나 필요한 부분만 넣어 주세요.",
                )
            groups.setdefault(prompt.shared, deque()).append(answer)
        for shared, group in groups.items():
            first, cached = group[0], None
            for done in chain(self._open(shared), self._extend(group)):
                cached = done if cached is None else cached
                yield first.index, Reading(done, first.length)
            for answer in group:
                answer.cached = self._begun(answer)
            first.cached = first.cached if cached is None else cached
            self._uses += 1
            yield from self._side_by_side(group)

    def reset(self) -> None:
        """Forget everything that was read."""
        self._clear()

    # The trunk

    def _open(self, shared: Sequence[int]) -> Iterator[int]:
        """Have the trunk begin with `shared`; tells how many tokens it holds, before and after every batch."""
        same = common_prefix(self._trunk, shared)
        if same == len(shared) and (self._runtime.rewinds or same == len(self._trunk)):
            return
        kept, length = self._store.best(shared)
        if not self._runtime.rewinds and kept and length < len(kept.tokens):
            kept, length = None, 0
        if kept and length >= same + WORTH_LOADING:
            self._store.use(kept)  # before what the trunk holds may take its room
            self._keep()
            self._clear()
            if self._runtime.load(TRUNK, kept.state):
                self._trunk = list(kept.tokens)
            same = min(length, len(self._trunk))
        if same < len(self._trunk):
            self._keep()
            self._shorten(same)
            self._uses = 0
        self._document = len(shared)
        yield from self._read(shared)

    def _extend(self, group: Sequence[Answer]) -> Iterator[int]:
        """Have the trunk hold what several tasks on its document begin with, too; tells the same."""
        first = group[0]
        if len(group) == 1 or not self._runtime.rewinds or self._document != len(first.prompt.shared):
            return
        alike = min(min(common_prefix(first.tokens, other.tokens), other.length - 1) for other in group)
        same = common_prefix(self._trunk, first.tokens)
        if alike - same < WORTH_SHARING:
            return
        if same < len(self._trunk):
            self._shorten(same)
        yield from self._read(first.tokens[:alike])

    def _read(self, tokens: Sequence[int]) -> Iterator[int]:
        yield len(self._trunk)
        while len(self._trunk) < len(tokens):
            past = len(self._trunk)
            chunk = tokens[past : past + self._batch]
            self._decode([Row(token, past + place, TRUNK, False) for place, token in enumerate(chunk)])
            self._trunk += chunk
            yield len(self._trunk)

    def _keep(self) -> None:
        """Keep the document that the trunk holds, when it was used more than once and is worth it."""
        if min(self._document, len(self._trunk)) < WORTH_KEEPING or self._uses < 2:
            return
        if self._document < len(self._trunk):
            self._runtime.cut(TRUNK, self._document)
            del self._trunk[self._document :]
        if not self._store.holds(self._trunk):
            state, size = self._runtime.save(TRUNK)
            self._store.put(Kept(tuple(self._trunk), state, size))

    def _shorten(self, keep: int) -> None:
        """Cut the trunk back, and drop the branches that grew on it."""
        for branch in self._idle:
            self._drop(branch)
        keep = keep if self._runtime.rewinds else 0
        self._runtime.cut(TRUNK, keep)
        del self._trunk[keep:]

    def _clear(self) -> None:
        for branch in self._idle:
            self._drop(branch)
        self._runtime.cut(TRUNK, 0)
        self._trunk = []
        self._document = self._uses = 0

    # Branches

    def _side_by_side(self, waiting: deque[Answer]) -> Iterator[tuple[int, EngineEvent]]:
        active: list[Answer] = []
        try:
            while waiting or active:
                while waiting and self._place(waiting[0], active):
                    active.append(waiting.popleft())
                for answer, token in self._next_tokens(active):
                    for event in answer.take(token, self._runtime, self._room(answer)):
                        yield answer.index, event
                        if isinstance(event, Finished):
                            active.remove(answer)
                            self._release(answer)
        finally:
            for answer in active:
                self._release(answer)

    def _place(self, answer: Answer, active: list[Answer]) -> bool:
        """Give an answer its branch; False when it has to wait for another one to end."""
        prompt = answer.tokens
        promised = sum(self._room(other) - other.output + len(other.pending) for other in active)
        held = len(self._trunk) + sum(other.branch.cells for other in active)
        free = self._runtime.cells - held - promised - len(answer.prompt.own) - self._room(answer) - TO_FINISH
        begun = self._begun(answer)
        if not self._idle or (free < 0 and active):
            return False
        branch = self._best_branch(answer)
        answer.sampler = self._runtime.sampler(answer.job.sampling, answer.job.grammar)
        self._idle.remove(branch)
        keep = common_prefix(branch.tokens, prompt)
        keep = min(keep, len(prompt) - 1)
        if keep <= begun or not (self._runtime.rewinds or keep == len(branch.tokens)):
            self._drop(branch)
            keep = begun
            self._runtime.copy(TRUNK, branch.number, keep)
            branch.tokens, branch.common = prompt[:keep], keep
        elif keep < len(branch.tokens):
            self._runtime.cut(branch.number, keep)
            del branch.tokens[keep:]
        for other in self._idle:  # least recently used first
            if sum(idle.cells for idle in self._idle) > min(IDLE_CELLS, max(free, 0)):
                self._drop(other)
        if answer.cached >= begun:
            answer.cached = keep
        answer.branch, answer.pending = branch, prompt[keep:]
        branch.busy = True
        return True

    def _best_branch(self, answer: Answer) -> Branch:
        """The idle branch that already holds most of a prompt's task, else the one that was used longest ago."""
        shared = {branch.number: common_prefix(branch.tokens, answer.tokens) for branch in self._idle}
        best = max(self._idle, key=lambda branch: shared[branch.number])
        return best if shared[best.number] > self._begun(answer) else self._idle[0]

    def _begun(self, answer: Answer) -> int:
        """How much of a prompt the trunk holds; the last token's successor begins the answer."""
        if not self._runtime.rewinds:
            return len(answer.prompt.shared)
        return min(common_prefix(self._trunk, answer.tokens), answer.length - 1)

    def _next_tokens(self, active: list[Answer]) -> Iterator[tuple[Answer, int | None]]:
        """Guesses are used as soon as those of the last texts would have paid."""
        alone = active[0] if len(active) == 1 and isfinite(self.guess_cost) and active[0].output else None
        if alone is None:
            return self._step(active)
        alone.lookup = alone.lookup or Lookup(alone.branch.tokens, self._luck)
        alone.lookup.add(alone.pending)
        guesses = alone.lookup.guess(GUESSES)
        pays = 1 + self._luck.right > self.guess_cost
        return self._leap(alone, guesses) if guesses and pays else self._step(active)

    def _leap(self, answer: Answer, guesses: list[int]) -> Iterator[tuple[Answer, int | None]]:
        """Decode the newest token together with guesses of the next ones; tells the tokens up to the first wrong guess.

        A token is sampled exactly as it would be without guesses; what was guessed wrong is cut off again.
        """
        branch, past = answer.branch, len(answer.branch.tokens)
        tokens = [*answer.pending, *guesses]
        self._decode([Row(token, past + place, branch.number, True) for place, token in enumerate(tokens)], [branch])
        for place, guess in enumerate([*guesses, None]):
            branch.tokens.append(tokens[place])
            answer.pending = []
            token = answer.sampler.sample(place, answer.allows(self._runtime)) if answer.sampler else None
            yield answer, token
            if token != guess or not answer.pending:
                break
            if answer.lookup:
                answer.lookup.add(answer.pending)
        self._runtime.cut(branch.number, len(branch.tokens))

    def _step(self, active: list[Answer]) -> Iterator[tuple[Answer, int | None]]:
        """Decode one batch; tells the next token of every answer whose prompt has been read."""
        rows: list[Row] = []
        taken: list[tuple[Answer, list[int]]] = []
        for answer in sorted(active, key=lambda answer: len(answer.pending)):
            chunk = answer.pending[: self._batch - len(rows)]
            if not chunk:
                break
            past, last = len(answer.branch.tokens), len(answer.pending) - 1
            rows += [Row(token, past + place, answer.branch.number, place == last) for place, token in enumerate(chunk)]
            taken.append((answer, chunk))
        self._decode(rows, [answer.branch for answer, _ in taken])
        for answer, chunk in taken:
            answer.branch.tokens += chunk
            del answer.pending[: len(chunk)]
        row = -1
        for answer, chunk in taken:
            row += len(chunk)
            if not answer.pending and answer.sampler:
                yield answer, answer.sampler.sample(row, answer.allows(self._runtime))

    def _room(self, answer: Answer) -> int:
        return min(answer.job.sampling.max_tokens, self._runtime.context - answer.length)

    def _release(self, answer: Answer) -> None:
        if answer.sampler:
            answer.sampler.close()
            answer.sampler = None
        if answer.branch.busy:
            answer.branch.busy = False
            if answer.lookup:
                self._runtime.cut(answer.branch.number, len(answer.branch.tokens))
            self._idle.append(answer.branch)

    def _drop(self, branch: Branch) -> None:
        if branch.tokens:
            self._runtime.cut(branch.number, 0)
        branch.tokens, branch.common = [], 0

    def _decode(self, rows: Sequence[Row], branches: Sequence[Branch] = ()) -> None:
        try:
            if self._runtime.decode(rows):
                return
            for branch in self._idle:
                self._drop(branch)
            if self._runtime.decode(rows):
                return
        except (Cancelled, ModelError):
            self._forget_rows(branches)
            raise
        self._forget_rows(branches)
        raise ModelError(
            "context-full",
            "모델이 한 번에 다룰 수 있는 분량이 찼습니다.",
            "자료를 나누거나 필요한 부분만 넣어 주세요.",
        )

    def _forget_rows(self, branches: Sequence[Branch]) -> None:
        """Forget what an unfinished batch left behind, and keep everything before it."""
        if not branches:
            keep = len(self._trunk) if self._runtime.rewinds else 0
            self._runtime.cut(TRUNK, keep)
            del self._trunk[keep:]
        for branch in branches:
            if self._runtime.rewinds:
                self._runtime.cut(branch.number, len(branch.tokens))
            else:
                self._runtime.cut(branch.number, 0)
                branch.tokens, branch.common = [], 0
