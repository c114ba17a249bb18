"""How well a sentence answers a question: which of its words it has, and whether it holds what is wanted."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from biseo.asking.pieces import Piece
from biseo.asking.question import Asked, Term
from biseo.checks.evidence.words_of import verb_key
from biseo.library import Hit
from biseo.library.terms import folded

IN_TITLE = 0.8
IN_FRONT = 0.9
IN_PASSAGE = 0.45
_OTHER = 0.85
_PART = 0.7
_LEAST_PART = 0.5
_WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")


@dataclass(frozen=True)
class Weighed:
    """A sentence with its worth as an answer.

    Attributes:
        score: orders the sentences of one question.
        coverage: share of the question's words that it and what stands around it are about, 0 to 1.
        lowest: how surely the least sure of the names in its focus is there; 1 where it has none.
        met: it holds what is wanted.
        own: share of the question's words in the sentence itself.
    """

    piece: Piece
    score: float
    coverage: float
    lowest: float
    met: bool
    own: float


def weigh(asked: Asked, hits: Sequence[Hit], pieces: Sequence[Piece]) -> list[Weighed]:
    """The sentences, best first."""
    rarity = [_rarity(term, hits) for term in asked.terms]
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = []
    for piece in pieces:
        total = sum(term.weight * rare for term, rare in zip(asked.terms, rarity, strict=True)) or 1.0
        covered = own = 0.0
        lowest = 1.0
        for term, rare in zip(asked.terms, rarity, strict=True):
            here = max(found_in(term, piece.text), IN_FRONT * found_in(term, piece.goes_on))
            held = max(here, IN_TITLE * found_in(term, piece.title), IN_PASSAGE * found_in(term, piece.rest))
            covered += term.weight * rare * held
            own += term.weight * rare * here
            if term.focus:
                lowest = min(lowest, held)
        met = asked.want.met(piece.text)
        score = covered / total + 0.15 * own / total + 0.1 * hits[piece.hit].score / best
        score += (0.35 if asked.want.hard else 0.1) if met and asked.want.name else 0.0
        if asked.echo and met and asked.echo in piece.text:
            score += 0.15
        found.append(Weighed(piece, score, covered / total, lowest, met, own / total))
    return sorted(found, key=lambda each: (-each.score, each.piece.hit, each.piece.order))


def _rarity(term: Term, hits: Sequence[Hit]) -> float:
    """How much a word tells: less, the more of the passages found have it."""
    have = sum(found_in(term, f"{hit.head}\n{hit.text}") >= _OTHER for hit in hits)
    return math.log(1 + (len(hits) + 1) / (have + 0.5))


def found_in(term: Term, text: str) -> float:
    """How surely a text has a word: 1 itself, less for one of the same meaning or a part of it, 0 for nothing of it."""
    plain, words, joined, keys = _prepared(text)
    if len(term.stem) == 1:
        if any(_single(term.stem, word) for word in words):
            return 1.0
    elif term.stem in plain or (len(term.stem) > 2 and term.stem in joined):
        return 1.0
    for other in term.others:
        if any(word.startswith(other) if len(other) > 1 else _single(other, word) for word in words) or (
            len(other) > 1 and term.name and other in plain
        ):
            return _OTHER
    if not term.name and len(term.stem) > 1 and verb_key(term.stem) in keys:
        return _OTHER
    pairs = [term.stem[place : place + 2] for place in range(len(term.stem) - 1)]
    if len(pairs) > 1:
        share = sum(pair in plain for pair in pairs) / len(pairs)
        if share >= _LEAST_PART:
            return _PART * share
    return 0.0


def _single(syllable: str, word: str) -> bool:
    """A word of one syllable, alone or with its particle."""
    return bool(re.fullmatch(rf"{re.escape(syllable)}(?:은|는|이|가|을|를|의|에|에서|도|과|와|으로|로|만)?", word))


@lru_cache(maxsize=4096)
def _prepared(text: str) -> tuple[str, tuple[str, ...], str, frozenset[str]]:
    plain = folded(text)
    words = tuple(_WORD.findall(plain))
    return plain, words, plain.replace(" ", ""), frozenset(verb_key(word) for word in words if len(word) > 1)
