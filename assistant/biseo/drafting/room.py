"""How much of the model's context the sources may take, known before the first answer."""

from __future__ import annotations

from dataclasses import dataclass

from biseo.drafting.prompts import instructions
from biseo.errors import InputFileError, ModelError, UsageError
from biseo_models.engine import Engine

WRITING_TOKENS = 2600
"""Room kept beside the sources: what to do, what is written already, and the longest answer."""

LEAST_SOURCES = 512
"""Tokens that condensed sources need at least to be worth drafting from."""


@dataclass(frozen=True)
class SourcesSize:
    """How long the sources are as the prompt holds them, and how long they may be, in tokens of the model."""

    tokens: int
    room: int

    @property
    def fits(self) -> bool:
        """Whether the model can hold them whole; otherwise they are read in parts and condensed."""
        return self.tokens <= self.room


def measure_sources(engine: Engine, document: str, notes: str = "") -> SourcesSize:
    """The size of the sources beside a form that is told to the model as `notes`.

    Raises:
        ModelError: the model cannot be used.
    """
    context = engine.info().context
    frame, form, tokens = engine.count([instructions(), notes, document])
    return SourcesSize(tokens, context - WRITING_TOKENS - frame - form)


def check_room(engine: Engine, size: SourcesSize, notes: str) -> None:
    """Nothing is begun that would have to be cut off.

    Raises:
        UsageError: the form leaves no room for the sources, even condensed.
        ModelError: the model's context is too small for any draft.
    """
    needed = min(size.tokens, LEAST_SOURCES)
    if size.room >= needed:
        return
    form = engine.count([notes])[0]
    spare = size.room + form - needed
    if spare > 0:
        most = len(notes) * spare // form
        raise UsageError(
            "form-too-long",
            f"서식에 적은 글이 {len(notes):,}자로, 이 모델이 한 번에 다룰 수 있는 약 {most:,}자를 넘습니다.",
            "긴 칸의 글을 줄이거나, 긴 글은 자료 파일로 넣어 주세요.",
        )
    context = engine.info().context
    raise ModelError(
        "context-too-small",
        f"이 모델은 한 번에 약 {_letters(engine, context)}자를 다루는데, "
        f"초안을 쓰려면 적어도 약 {_letters(engine, context - spare + 1)}자가 필요합니다.",
        "한 번에 더 많은 글을 다루는 모델을 골라 주세요.",
    )


def still_too_long(engine: Engine, size: SourcesSize) -> InputFileError:
    """The sources do not fit even when condensed."""
    return InputFileError(
        "sources-too-long",
        f"간추린 자료가 약 {_letters(engine, size.tokens)}자로, "
        f"모델이 한 번에 읽을 수 있는 약 {_letters(engine, size.room)}자를 넘습니다.",
        "자료를 나누어 따로 쓰거나, 필요한 부분만 넣어 주세요.",
    )


def _letters(engine: Engine, tokens: int) -> str:
    """About how many characters of Korean that many tokens of this model are."""
    text = instructions()
    return f"{tokens * len(text) // max(1, engine.count([text])[0]):,}"
