"""Keywords for the document properties (영 제5조제2항), by frequency and without a dictionary."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}[0-9]*")
_COURTESY = re.compile(r"(?:니다|오니|십시오|드리니?|주시[기고어]|하시기)$")
"""How verbs of letters end, which say nothing of their subject: 바랍니다, 요청하오니, 주시기."""


@cache
def _words(name: str) -> tuple[str, ...]:
    text = (files("biseo_resources") / "words" / "keywords.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].split())


def find_keywords(text: str, most: int = 5) -> tuple[str, ...]:
    """Up to `most` words that a text uses most often, particles taken off."""
    counts: Counter[str] = Counter()
    common, whole = frozenset(_words("common")), frozenset(_words("whole"))
    for word, times in Counter(_WORD.findall(text)).items():
        if _COURTESY.search(word):
            continue
        stem = _stem(word)
        if len(stem) < 2 or stem in common or stem.endswith(("하", "되", "했", "됐", "함", "음")):
            continue
        if not (len(word) == 2 and word.endswith(("을", "를", "은", "는")) and word not in whole):  # 일을, 수는
            counts[stem] += times
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], -len(entry[0])))
    chosen: list[str] = []
    for word, _ in ranked:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == most:
            break
    return tuple(chosen)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for particle in _words("particles"):
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word[: -len(particle)]
    return word
