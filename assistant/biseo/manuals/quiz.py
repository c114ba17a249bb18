"""Questions for training, made by rule from what a manual says; none whose answer another sentence could shake."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from biseo.citation import Citation
from biseo.manuals.action import Action, Steps
from biseo.manuals.facts_of import Place, Pool
from biseo.text.particles import particle

Kind = Literal["blank", "ox", "choice", "order"]
KIND_NAMES: dict[Kind, str] = {"blank": "빈칸", "ox": "OX", "choice": "고르기", "order": "순서"}
KINDS: tuple[Kind, ...] = ("choice", "blank", "ox", "order")
_SIGNS = "①②③④⑤⑥⑦"
_LETTERS = "가나다라마바사"
_BLANK = "(        )"


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        prompt: what is asked.
        lines: what stands below it: the sentence with its gap, the statement, the options or steps.
        answer: as it stands on the answer sheet.
        citation: the sentence that carries the answer.
    """

    kind: Kind
    prompt: str
    lines: tuple[str, ...]
    answer: str
    citation: Citation


def make_quiz(
    actions: Sequence[Action],
    steps: Sequence[Steps],
    count: int,
    seed: int = 0,
    kinds: Sequence[Kind] = KINDS,
    sentences: Sequence[str] = (),
) -> tuple[Question, ...]:
    """So many questions, the kinds in turn, no sentence asked twice; fewer where the manual gives no more.

    The same manual, count and seed give the same sheet.

    Args:
        sentences: everything the manuals say: a wrong answer must not be right in any of it.
    """
    chance = random.Random(f"quiz:{seed}")
    pool = Pool(actions, sentences)
    makers = {
        "blank": lambda: _blanks(pool, chance),
        "ox": lambda: _statements(pool, chance),
        "choice": lambda: _choices(pool, chance),
        "order": lambda: _orders(steps, chance),
    }
    waiting = {kind: makers[kind]() for kind in kinds}
    questions: list[Question] = []
    used: list[Citation] = []
    while waiting and len(questions) < count:
        for kind in list(waiting):
            if len(questions) >= count:
                break
            question = next((one for one in waiting[kind] if not _overlaps(one.citation, used)), None)
            if question is None:
                del waiting[kind]
                continue
            used.append(question.citation)
            questions.append(question)
    return tuple(questions)


def _overlaps(citation: Citation, used: Sequence[Citation]) -> bool:
    """Whether a sentence was asked already: one question must not tell the answer of another."""
    return any(
        citation.path == other.path and citation.start < other.stop and other.start < citation.stop for other in used
    )


def _shuffled(places: Sequence[Place], chance: random.Random) -> list[Place]:
    return chance.sample(list(places), len(places))


def _context(pool: Pool, action: Action) -> str:
    """What must be known to understand a sentence taken out of its manual."""
    source = f"「{action.citation.source}」 " if pool.several else ""
    stage = (
        f"[{'·'.join(action.stages)}] " if action.stages and not any(s in action.text for s in action.stages) else ""
    )
    return source + stage


def _blanks(pool: Pool, chance: random.Random) -> Iterator[Question]:
    """A figure or the subject taken out."""
    for place in _shuffled(pool.places, chance):
        if not pool.is_sure(place):
            continue
        gap = _gap(place)
        yield Question(
            "blank", "빈칸에 알맞은 말을 쓰시오.", (_context(pool, place.action) + gap,), place.text,
            place.action.citation,
        )  # fmt: skip


def _gap(place: Place) -> str:
    text = place.action.text
    after = text[place.end :]
    if place.kind == "role":
        for ending in ("은", "는", "이", "가"):
            if after.startswith(ending):
                pair = "은(는)" if ending in "은는" else "이(가)"
                return f"{text[: place.start]}{_BLANK}{pair}{after[len(ending) :]}"
    return f"{text[: place.start]}{_BLANK}{after}"


def _statements(pool: Pool, chance: random.Random) -> Iterator[Question]:
    """The sentence as it is, or with one figure or actor changed."""
    prompt = "매뉴얼의 내용과 같으면 O, 다르면 X를 쓰시오."
    for place in _shuffled(pool.places, chance):
        text = place.action.text
        context = _context(pool, place.action)
        if chance.random() < 0.5:
            if pool.is_sure(place):
                yield Question("ox", prompt, (f"{context}{text}  (    )",), "O", place.action.citation)
            continue
        others = pool.others(place)
        if not others or not pool.is_sure(place):
            continue
        near = [one for one in others if _unit(one) == _unit(place.text)]
        other = chance.choice(near or others)
        after = text[place.end :]
        if place.kind == "role":
            for ending in ("은", "는", "이", "가"):
                if after.startswith(ending):
                    after = particle(other, ending) + after[1:]
                    break
        changed = f"{text[: place.start]}{other}{after}"
        yield Question(
            "ox", prompt, (f"{context}{changed}  (    )",), f"X ({other} → {place.text})", place.action.citation
        )


def _unit(text: str) -> str:
    return "".join(char for char in text if not char.isdigit() and char not in ",. ")


def _choices(pool: Pool, chance: random.Random) -> Iterator[Question]:
    """One of four: a figure of the same kind from the same manual, or who has to do it."""
    makers = [*(("gap", place) for place in pool.places), *(("who", place) for place in pool.doers)]
    for kind, place in chance.sample(makers, len(makers)):
        others = pool.others(place)
        if len(others) < 3 or not pool.is_sure(place):
            continue
        near = [one for one in others if _unit(one) == _unit(place.text)]
        far = [one for one in others if one not in near]
        wrong = chance.sample(near, min(3, len(near)))
        options = [place.text, *wrong, *chance.sample(far, 3 - len(wrong))]
        chance.shuffle(options)
        right = _SIGNS[options.index(place.text)]
        listed = "  ".join(f"{sign} {option}" for sign, option in zip(_SIGNS, options, strict=False))
        if kind == "gap":
            prompt, words = "빈칸에 알맞은 것을 고르시오.", _gap(place)
        else:
            prompt, words = "다음 일을 맡은 곳(사람)을 고르시오.", place.action.text
        yield Question(
            "choice", prompt, (_context(pool, place.action) + words, listed), f"{right} {place.text}",
            place.action.citation,
        )  # fmt: skip


def _orders(steps: Sequence[Steps], chance: random.Random) -> Iterator[Question]:
    """The steps of a procedure, to be put in order."""
    for one in chance.sample(list(steps), len(steps)):
        count = len(one.steps)
        order = list(range(count))
        while order == sorted(order):
            chance.shuffle(order)
        lines = tuple(f"({_LETTERS[place]}) {one.steps[step]}" for place, step in enumerate(order))
        answer = " → ".join(f"({_LETTERS[order.index(step)]})" for step in range(count))
        yield Question("order", f"'{one.lead}'의 순서대로 늘어놓으시오.", lines, answer, one.citation)
