"""Asking the model whether a sentence answers a question. It may only say no; it words nothing and adds nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from biseo.asking.pieces import Piece, heading_of
from biseo.asking.question import Asked
from biseo.library import Hit
from biseo_models.engine import CancelFlag, Engine, Guard, Job, Prompt, Sampling, Token

YES, NO = "예", "아니오"
_GRAMMAR = f'root ::= "{YES}" | "{NO}"'
_MOST_TOKENS = 6
_LONGEST = 1_200
_FRAME = re.compile(r"[\[［]\s*(글[^\]］\n]*)[\]］]")


def confirmed(asked: Asked, chosen: Sequence[Piece], hits: Sequence[Hit], engine: Engine, cancel: CancelFlag) -> bool:
    """Whether the model finds the answer in the chosen sentences; anything but a clear no is a yes.

    Raises:
        Cancelled: the flag was set.
        ModelError: the model failed.
    """
    job = Job(_prompt(asked, chosen, hits), Sampling(temperature=0.0, max_tokens=_MOST_TOKENS), Guard(()), _GRAMMAR)
    answer = "".join(event.text for event in engine.generate(job, cancel) if isinstance(event, Token))
    return not answer.strip().startswith(NO)


def _prompt(asked: Asked, chosen: Sequence[Piece], hits: Sequence[Hit]) -> Prompt:
    texts = _wording()
    hit = hits[chosen[0].hit]
    title = " ".join(f"{hit.head} {heading_of(hit)}".split())
    words = "\n".join(piece.text for piece in chosen)[:_LONGEST]
    document = texts["document"].format(title=_plain(title), text=_plain(words))
    question = f"{asked.text} ({asked.subject})" if asked.carried else asked.text
    return Prompt(texts["instructions"], document, texts["task"].format(question=_plain(question)))


def _plain(text: str) -> str:
    """A text in which nothing looks like the end of its frame."""
    return _FRAME.sub(r"(\1)", text)


@cache
def _wording() -> dict[str, str]:
    text = (files("biseo_resources") / "prompts" / "asking.toml").read_text(encoding="utf-8")
    return {name: value.strip() for name, value in tomllib.loads(text).items()}
