"""Tells an answer that rounding turned from one that a wrongly reused row did.

llama.cpp rounds a row differently with different rows and cells beside it (logits differed by up to 0.6 for the same
tokens), and differently on another processor, so that a greedy choice between two nearly equal tokens may turn. Where
an answer differs, a fresh context tells how much likelier it finds its own token than the other one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np

from biseo_models.engine import Job
from biseo_models.guard import GuardState
from biseo_models.llama import LlamaModel
from biseo_models.messages import LoadPlan
from biseo_models.runtime import Row

ROUNDING = 1.0
"""Logits that two equal prompts may differ by: 0.6 was seen for one token, and a choice is between two."""


class Judge:
    """A context of its own that reads every prompt anew.

    Args:
        path: GGUF file.
    """

    def __init__(self, path: Path) -> None:
        self._model = LlamaModel(LoadPlan(path, path.stem, 4096), lambda: False)
        self._context, vocabulary = self._model.handles()
        self._pieces = [self._model.piece(token) for token in range(llama_cpp.llama_vocab_n_tokens(vocabulary))]
        self._past = 0

    def gap(self, asked: Job, other: str) -> float:
        """Where this context writes on differently from `other`: by how much it prefers its own token, in logits.

        `asked` is greedy, without penalties; 0.0 when this context writes the same.
        """
        model, target = self._model, other.encode()
        prompt = model.prompt_tokens(asked.prompt)
        self._past = 0
        model.cut(0, 0)
        self._read([*prompt.shared, *prompt.own])
        guard, written = GuardState(asked.guard) if asked.guard else None, b""
        for _ in range(asked.sampling.max_tokens):
            scores = self._scores()
            token = next(token for token in np.argsort(scores)[::-1] if self._allowed(guard, int(token)))
            piece, rest = self._pieces[token], target[len(written) :]
            if not piece or not rest.startswith(piece):
                break
            if guard:
                guard.advance(piece)
            written += piece
            self._read([int(token)])
        else:
            return 0.0
        if not piece and not rest:
            return 0.0
        rivals = [
            rival
            for rival, other_piece in enumerate(self._pieces)
            if (rest.startswith(other_piece) if other_piece and rest else not rest and model.is_end(rival))
        ]
        return float(scores[token] - max(scores[rivals]))

    def _allowed(self, guard: GuardState | None, token: int) -> bool:
        if self._model.is_end(token) or guard is None:
            return True
        return bool(self._pieces[token]) and guard.accepts(self._pieces[token])

    def _read(self, tokens: list[int]) -> None:
        for start in range(0, len(tokens), self._model.batch):
            chunk = tokens[start : start + self._model.batch]
            self._model.decode(
                [Row(token, self._past + place, 0, place == len(chunk) - 1) for place, token in enumerate(chunk)]
            )
            self._past += len(chunk)

    def _scores(self) -> Any:
        logits = llama_cpp.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(logits, shape=(len(self._pieces),)).copy()
