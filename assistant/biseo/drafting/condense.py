"""Sources longer than the model can hold: every part is read and condensed, nothing is cut silently."""

from __future__ import annotations

from collections.abc import Iterator

from biseo.drafting.asking import Asker, Question
from biseo.drafting.prompts import digest_prompt, document_text
from biseo.drafting.sources import ReadSource, named_texts
from biseo.events import Notice, Progress
from biseo.text.sentences import split_sentences
from biseo_models.engine import CancelFlag, Engine, Sampling

DIGEST_TOKENS = 320
OVERHEAD_TOKENS = 700
"""Room for the instructions and the frame around a part."""


def condense(
    model: Asker, sources: list[ReadSource], budget: int, seed: int, cancel: CancelFlag
) -> Iterator[Progress | Notice | list[tuple[str, str]]]:
    """(name, text) of every source, condensed until all of them fit `budget` tokens or get no shorter.

    Raises:
        Cancelled: the flag was set.
        ModelError: the model failed.
    """
    texts = named_texts(sources)
    window = model.engine.info().context - DIGEST_TOKENS - OVERHEAD_TOKENS
    while _length(model.engine, texts) > budget:
        parts = [(name, part) for name, text in texts for part in split_to_fit(model.engine, text, window)]
        yield Notice(f"자료가 길어 {len(parts)}부분으로 나누어 모두 읽고, 간추린 내용으로 초안을 씁니다.")
        digests: dict[str, list[str]] = {name: [] for name, _ in texts}
        for number, (name, part) in enumerate(parts):
            yield Progress(number, len(parts), "긴 자료를 나누어 읽는 중")
            prompt = digest_prompt(document_text([(name, part)]))
            sampling = Sampling(seed=seed, max_tokens=DIGEST_TOKENS)
            digests[name] += [answer.text.strip() for answer in model.answers([Question(prompt, sampling)], cancel)]
        yield Progress(len(parts), len(parts), "긴 자료를 나누어 읽는 중")
        shorter = [(name, "\n".join(digests[name])) for name, _ in texts]
        if _length(model.engine, shorter) >= _length(model.engine, texts):
            break
        texts = shorter
    yield texts


def split_to_fit(engine: Engine, text: str, window: int) -> list[str]:
    """The text in parts of at most `window` tokens, cut between lines, and within a line between sentences."""
    units: list[str] = []
    for line, length in zip(text.splitlines(), engine.count(text.splitlines()), strict=True):
        if length <= window:
            units.append(line)
        else:
            units += _halves(engine, [span.text for span in split_sentences(line)] or [line], window)
    parts: list[str] = []
    current: list[str] = []
    used = 0
    for unit, length in zip(units, engine.count(units), strict=True):
        if current and used + length + 1 > window:
            parts.append("\n".join(current))
            current, used = [], 0
        current.append(unit)
        used += length + 1
    if current:
        parts.append("\n".join(current))
    return parts


def _halves(engine: Engine, units: list[str], window: int) -> list[str]:
    """Units no longer than the window: a sentence that is too long is halved until it fits."""
    out: list[str] = []
    for unit, length in zip(units, engine.count(units), strict=True):
        if length <= window or len(unit) < 2:
            out.append(unit)
        else:
            middle = len(unit) // 2
            out += _halves(engine, [unit[:middle], unit[middle:]], window)
    return out


def _length(engine: Engine, texts: list[tuple[str, str]]) -> int:
    return engine.count([document_text(texts)])[0]
