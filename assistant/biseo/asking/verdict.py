"""Whether the passages hold an answer, and which sentences it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biseo.asking.pieces import Piece
from biseo.asking.question import Asked
from biseo.asking.wants import ANYTHING
from biseo.asking.weighing import Weighed, found_in

SURE = 0.75
"""Coverage from which on the best sentence answers, whoever is asked; chosen on the questions that were tuned on."""
LEAST = 0.46
"""Coverage below which nothing answers."""
LEAST_NEAREST = 0.36
"""The same for a sentence that is near by its meaning, too."""
LEAST_NAME = 0.5
"""How surely each name of the question's focus must be there."""
LEAST_KEPT = 0.3
"""Share of what was carried over from earlier turns that an answer must be about."""
_AS_GOOD = 0.97
_WHOLE_SECTION = 0.3
_MOST_SENTENCES = 5
_THERE = 0.9
_NUMBER_NAME = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Verdict:
    """Attributes:
    best: sentences that may answer, best first; none where nothing may.
    sure: the first one answers without anybody being asked.
    """

    best: tuple[Weighed, ...]
    sure: bool


def judge(asked: Asked, weighed: Sequence[Weighed]) -> Verdict:
    """Which sentences may answer a question; none where the question has to be refused."""
    fit = [each for each in weighed if may_answer(asked, each)]
    if not fit:
        return Verdict((), False)
    return Verdict(tuple(fit), fit[0].coverage >= SURE)


def may_answer(asked: Asked, each: Weighed) -> bool:
    """Whether a sentence may be the answer."""
    if asked.want.hard and not each.met:
        return False
    if each.coverage < (LEAST_NEAREST if each.nearest else LEAST) or each.lowest < LEAST_NAME:
        return False
    if asked.carried and each.kept < LEAST_KEPT:
        return False
    around = f"{each.piece.goes_on}\n{each.piece.text}\n{each.piece.title}"
    return all(found_in(term, around) >= _THERE for term in asked.terms if _NUMBER_NAME.match(term.stem))


def sentences_of(asked: Asked, best: Sequence[Weighed], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The sentences of an answer: the best one with those it cannot stand without.

    A rule comes with its exception, and an exception with its rule; a question how to do something that a whole
    section answers gets the section; another file that answers as well is heard, too.
    """
    first = best[0]
    chosen = _section(asked, first, pieces) or [first.piece]
    for each in best[1:]:
        other = each.piece
        if each.score < _AS_GOOD * first.score or len(chosen) >= _MOST_SENTENCES:
            break
        if other.source != first.piece.source and other.text not in {piece.text for piece in chosen}:
            chosen.append(other)
            break
    return tuple(dict.fromkeys(whole for piece in chosen for whole in _with_neighbours(piece, pieces)))


def _with_neighbours(piece: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    beside = {other.order: other for other in pieces if other.hit == piece.hit}
    before, after = beside.get(piece.order - 1), beside.get(piece.order + 1)
    whole = [piece]
    if piece.goes_on and before is not None:
        whole.insert(0, before)
    if after is not None and after.goes_on:
        whole.append(after)
    return whole


def _section(asked: Asked, first: Weighed, pieces: Sequence[Piece]) -> list[Piece]:
    """All sentences of the passage where its title, not one of them, is what was asked about."""
    if asked.want is not ANYTHING or first.own > _WHOLE_SECTION or first.coverage < SURE:
        return []
    return [piece for piece in pieces if piece.hit == first.piece.hit][:_MOST_SENTENCES]
