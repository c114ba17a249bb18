"""Parts of long sources digested by the model, several side by side; what it made is kept part by part.

The model points, it does not word: sentences of the source that its digest rests on weigh more when lines are chosen,
and it is they that stand. Its own short lines keep the figures and lose what was said of them (seen), and what they say
beside the source is found by nothing and counts for nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from biseo.checks.evidence import EvidenceIndex
from biseo.document import Passage
from biseo.drafting.digest.levels import Point
from biseo.drafting.digest.parts import Part
from biseo.drafting.prompts import digest_prompt, document_text, instructions, wording
from biseo.drafting.wording import item_lines
from biseo.text.surface import number_literals
from biseo_models.engine import CancelFlag, Engine, Finished, Guard, Job, Sampling, Stats, Token

DIGEST_TOKENS = 240
AT_ONCE = 8
"""Parts asked for in one go: as many as any PC writes side by side."""

CHOSEN = 1.5
"""What a line weighs more because the model's digest speaks of it: less than a figure, more than two cue words."""


class Digests(Protocol):
    """Where digests are kept: `biseo.vault.digests.StoredDigests`, or memory."""

    @property
    def kept(self) -> bool:
        """Whether they outlive the program."""
        ...

    def find(self, names: Sequence[str]) -> dict[str, str]: ...
    def keep(self, made: Sequence[tuple[str, str]], source: str) -> None: ...


class MemoryDigests:
    """Digests as long as the program runs: for a PC without a store, and for tests."""

    kept = False

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def find(self, names: Sequence[str]) -> dict[str, str]:
        return {name: self._texts[name] for name in names if name in self._texts}

    def keep(self, made: Sequence[tuple[str, str]], source: str) -> None:
        self._texts.update(made)


def digest_names(parts: Sequence[Part], model: str) -> list[str]:
    """What each part's digest is called: the same as long as the part, the model and our question are the same."""
    return [hashlib.sha256(f"{_question()}\n{model}\n{part.name}".encode()).hexdigest() for part in parts]


@cache
def _question() -> str:
    words = f"{instructions()}\n{wording()['document']}\n{wording()['digest']}\n{DIGEST_TOKENS}"
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def read_parts(
    engine: Engine,
    parts: Sequence[Part],
    digests: Digests,
    source_hashes: Mapping[str, str],
    barred: str,
    cancel: CancelFlag,
) -> Iterator[tuple[int, str, Stats]]:
    """The model's digest of every part, by its place, with its cost; those that are kept first, without any.

    Each is kept as soon as it is whole.

    Args:
        source_hashes: what each source is called in the store, by its name.
        barred: characters that the model must not write.

    Raises:
        Cancelled: the flag was set; what is whole is kept.
        ModelError: the model failed; what is whole is kept.
    """
    names = digest_names(parts, engine.info().id)
    known = digests.find(names)
    used: dict[str, list[tuple[str, str]]] = {}
    for place, name in enumerate(names):
        if name in known:
            used.setdefault(source_hashes.get(parts[place].source, ""), []).append((name, known[name]))
            yield place, known[name], Stats()
    for source, made in used.items():
        digests.keep(made, source)  # they were used again
    missing = [place for place, name in enumerate(names) if name not in known]
    for first in range(0, len(missing), AT_ONCE):
        asked = missing[first : first + AT_ONCE]
        texts = [""] * len(asked)
        for index, event in engine.generate_all([_job(parts[place], barred) for place in asked], cancel):
            if isinstance(event, Token):
                texts[index] += event.text
            elif isinstance(event, Finished):
                place, text = asked[index], texts[index]
                whole = text if event.reason in ("end", "stop") else text.rpartition("\n")[0]
                digests.keep([(names[place], whole)], source_hashes.get(parts[place].source, ""))
                yield place, whole, event.stats


def _job(part: Part, barred: str) -> Job:
    prompt = digest_prompt(document_text([(part.source, part.text)]))
    letters = "".join(sorted({letter for letter in part.text if letter > "\u024f"}))
    guard = Guard(tuple(sorted(number_literals(part.text))), letters, barred)
    return Job(prompt, Sampling(max_tokens=DIGEST_TOKENS), guard)


def chosen_by(raw: str, part: Part, points: Sequence[Point]) -> list[Point]:
    """The lines of a part, those heavier that the model's digest speaks of.

    Args:
        raw: the model's digest.
        points: every line of the part that may stand in a digest.
    """
    index = EvidenceIndex(
        [Passage(line.source, line.page, line.passage or line.text, line.place, line.above) for line in part.lines]
    )
    found = {
        (each.text, each.page) for line in item_lines(raw, finished=True, as_item=str) for each in index.find(line)
    }
    return [
        replace(point, weight=point.weight + CHOSEN)
        if (point.evidence[0].text, point.evidence[0].page) in found
        else point
        for point in points
    ]
