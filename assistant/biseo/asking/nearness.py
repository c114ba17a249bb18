"""A second look where words alone are not sure: how alike the question and each sentence are by their meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from biseo.asking.pieces import Piece
from biseo.asking.question import Asked

Likeness = Callable[[Sequence[str], Sequence[str]], list[list[float]] | None]
"""How alike each text is to each of the others, -1 to 1; None where there is no encoder."""


def likeness_of(asked: Asked, pieces: Sequence[Piece], likeness: Likeness) -> list[float] | None:
    """How alike each sentence is to a question, with the title next above it; None where there is no encoder."""
    if not pieces:
        return None
    sentences = [f"{piece.title.splitlines()[-1]} {piece.text}" for piece in pieces]
    subject = " ".join(term.stem for term in asked.carried)
    found = likeness([f"{subject} {asked.text}".strip()], sentences)
    return None if found is None else found[0]
