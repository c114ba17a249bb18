"""Lists of words for understanding questions, from the resources."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from biseo.checks.evidence.meanings import MEANING


@dataclass(frozen=True)
class Lists:
    """Attributes:
    light: words that any sentence may leave unsaid.
    generic: nouns that only say what kind of answer is wanted; an answer of that kind need not have them.
    kinds: words of titles that name no document: 계획, 지침.
    attributes: kind of answer → nouns that ask for it.
    same: beginnings of words of one meaning, in groups.
    turns: turns of speech, with the words of documents that stand for them.
    """

    light: frozenset[str]
    generic: frozenset[str]
    kinds: frozenset[str]
    attributes: dict[str, tuple[str, ...]]
    same: tuple[tuple[str, ...], ...]
    turns: tuple[tuple[re.Pattern[str], str], ...]

    def alike(self, stem: str) -> tuple[str, ...]:
        """Beginnings of words that say the same as a word, without itself."""
        found: dict[str, None] = {}
        for group in self.same:
            if any(_begins(stem, word) for word in group):
                found.update(dict.fromkeys(group))
        meaning = next((MEANING[stem[:size]] for size in range(len(stem), 1, -1) if stem[:size] in MEANING), "")
        if meaning:
            found.update(dict.fromkeys(word for word, one in MEANING.items() if one == meaning))
        return tuple(word for word in found if word != stem)


def _begins(stem: str, word: str) -> bool:
    """A word of one syllable stands for itself only; a longer one for all that begin so."""
    return stem == word or (len(word) > 1 and stem.startswith(word))


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The lists, read once."""
    file = resources.files("biseo_resources") / "words" / "asking.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    attributes = {}
    for line in data["attributes"].strip().splitlines():
        kind, _, words = line.partition(":")
        attributes[kind] = tuple(words.split())
    same = tuple(tuple(line.split()) for line in data["same"].strip().splitlines())
    light, generic, kinds = (frozenset(data[name].split()) for name in ("light", "generic", "kinds"))
    turns = tuple(
        (re.compile(said.strip()), plain.strip())
        for said, _, plain in (line.partition("→") for line in data["turns"].strip().splitlines())
    )
    return Lists(light, generic, kinds, attributes, same, turns)
