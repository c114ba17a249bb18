"""A question put to the library: passages, then the sentences of them that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from biseo.asking.followup import continued
from biseo.asking.judging import confirmed
from biseo.asking.nearness import likeness_of
from biseo.asking.pieces import Piece, citation_of, is_law, pieces_of
from biseo.asking.question import Asked
from biseo.asking.reply import AnswerSentence, AnswerText, AskEvent, Found, Reply, Turn
from biseo.asking.verdict import Verdict, judge, sentences_of
from biseo.asking.weighing import weigh
from biseo.errors import Cancelled
from biseo.events import Progress
from biseo.library import Hit, Library
from biseo_models.engine import CancelFlag, Engine

PASSAGES = 10
"""How many passages are looked at for a question, …"""
MORE = 8
"""… and how many more for words of the same meaning."""
SHOWN = 5
"""Passages that go with an answer or a refusal."""


def passages(asked: Asked, library: Library) -> tuple[Hit, ...]:
    """The passages for a question: by its own words, then by words that say the same."""
    carried = " ".join(term.stem for term in asked.carried)
    hits = library.search(f"{carried} {asked.text}", PASSAGES)
    others = [word for term in asked.terms for word in (term.stem, *term.said_otherwise)]
    known = {(hit.source, hit.start) for hit in hits}
    least = min((hit.score for hit in hits), default=1.0)
    for hit in library.search(f"{carried} {' '.join(others)}", MORE):
        if (hit.source, hit.start) not in known:
            hits.append(replace(hit, rank=len(hits) + 1, score=least))
    return tuple(hits)


def ask(
    question: str, library: Library, engine: Engine | None, cancel: CancelFlag, earlier: Sequence[Turn] = ()
) -> Iterator[AskEvent]:
    """Answer a question from the library: `Found` first, then what it does, and `Reply` last.

    Args:
        engine: asked where the rules are not sure; its no marks the answer as doubted, nothing else. None leaves all
            to the rules.
        earlier: turns of this conversation, oldest first.

    Raises:
        Cancelled: the flag was set.
        ModelError: the model failed; what was yielded stays valid, and asking again without it gives an answer.
    """
    asked = continued(question, earlier)
    hits = passages(asked, library)
    yield Found(hits[:SHOWN])
    if cancel.is_set():
        raise Cancelled
    pieces = pieces_of(hits)
    verdict = judge(asked, weigh(asked, hits, pieces))
    verdict = _by_meaning(asked, verdict, hits, pieces, library)
    if not verdict.best and asked.carried and not asked.follows and any(term.focus for term in asked.terms):
        # a new subject: nothing of the earlier one is near
        asked = replace(asked, carried=(), within=frozenset())
        hits = passages(asked, library)
        pieces = pieces_of(hits)
        verdict = judge(asked, weigh(asked, hits, pieces))
        verdict = _by_meaning(asked, verdict, hits, pieces, library)
    chosen = sentences_of(asked, verdict.best, pieces) if verdict.best else ()
    by_model = doubted = False
    if chosen and engine is not None and not verdict.sure:
        yield Progress(0, 1, "답이 맞는지 확인하는 중")
        by_model = True
        doubted = not confirmed(asked, chosen, hits, engine, cancel)
    if chosen:
        yield AnswerText(_text(chosen))
    yield replace(_reply(question, asked, chosen, hits, by_model), doubted=doubted)


def _by_meaning(
    asked: Asked, verdict: Verdict, hits: Sequence[Hit], pieces: Sequence[Piece], library: Library
) -> Verdict:
    """A second look, by meaning, where words alone are not sure; the same without an encoder."""
    if verdict.best and verdict.sure:
        return verdict
    alike = likeness_of(asked, pieces, library.likeness)
    return verdict if alike is None else judge(asked, weigh(asked, hits, pieces, alike))


def _text(chosen: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in chosen)


def _reply(question: str, asked: Asked, chosen: Sequence[Piece], hits: Sequence[Hit], by_model: bool) -> Reply:
    sentences = tuple(AnswerSentence(piece.text, (citation_of(piece, hits[piece.hit]),), True) for piece in chosen)
    cited = list(dict.fromkeys(piece.hit for piece in chosen))
    order = [*cited, *(place for place in range(len(hits)) if place not in cited)]
    nearest = tuple(replace(hits[place], rank=rank) for rank, place in enumerate(order[:SHOWN], 1))
    return Reply(
        question,
        asked.subject,
        " ".join(term.stem for term in asked.carried if term.name),
        sentences,
        not sentences,
        nearest,
        any(is_law(hits[place]) for place in cited),
        by_model,
    )
