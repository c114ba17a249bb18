"""How well a sentence answers a question: which of its words it has, and whether it holds what is wanted."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from biseo.asking.pieces import Piece, document_title
from biseo.asking.question import DURING, Asked, Term
from biseo.asking.wants import attribute_kind
from biseo.asking.words import lists
from biseo.checks.evidence.words_of import is_inflected, verb_key
from biseo.library import Hit
from biseo.library.terms import folded
from biseo.text.characters import final_consonant, is_hangul, with_final

IN_TITLE = 0.8
IN_FRONT = 0.9
IN_PASSAGE = 0.45
_OTHER = 0.85
_INSIDE = 0.9
"""Of a word that stands inside another one: 피해 in 인명피해."""
_PART = 0.7
_LEAST_PART = 0.5
_BACK = 0.6
_PAID = re.compile(r"(?:비|료|금|수당|비용|세)$")
_LABELLED = 0.6
_LABELS = {"time": ("time", "when")}
"""Labels of other kinds that hold it: the hour stands behind 일시, too."""
_PREDICATE = 0.7
_UNSAID = 0.75
_OWN_PART = 1.5
"""A part of a name in the sentence itself (놀이터, 놀이시설) is worth more than the same part elsewhere."""
_NOWHERE = 0.5
"""What a word counts for that no passage has, unless it is asked about: it was said otherwise."""
_SAYS_SOMETHING = 0.4
_ALIKE = 0.18
"""How alike a sentence must be to the question to be near it, …"""
_NEAREST = 4
"""… being one of so many that are most alike."""
_BY_MEANING = 0.25
"""What likeness counts for in the order of sentences."""
_LISTED = re.compile(r"[가-힣)], [가-힣(]")
_LISTS = re.compile(r"서류|준비물|종류|항목|(?:무엇|뭐)[을를이가]?\s?(?:적|내[나야는]|넣|들어|갖추|포함|준비)")
_LABEL = re.compile(r"^\s*[ㅇ○◦●·□■*-]?\s*(?:[0-9가-하][.)]\s*)?([가-힣 ]{2,8})\s*[:：]")
_WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")


@dataclass(frozen=True)
class Weighed:
    """A sentence with its worth as an answer.

    Attributes:
        score: orders the sentences of one question.
        coverage: share of the question's words that it and what stands around it are about, 0 to 1.
        lowest: how surely the least sure of the names in the question's focus is there; 1 where it has none.
        met: it holds what is wanted.
        own: share of the question's words in the sentence itself.
        kept: share of what was carried over from earlier turns that it is about; 1 in a file cited before, and where
            nothing was carried.
        nearest: by its meaning, too, it is one of the sentences nearest to the question.
    """

    piece: Piece
    score: float
    coverage: float
    lowest: float
    met: bool
    own: float
    kept: float
    nearest: bool = False


def weigh(
    asked: Asked, hits: Sequence[Hit], pieces: Sequence[Piece], alike: Sequence[float] | None = None
) -> list[Weighed]:
    """The sentences, best first.

    Args:
        alike: how alike each sentence is to the question by its meaning, where that is known.
    """
    asked = replace(asked, terms=tuple(_scoped(term, hits) for term in asked.terms))
    rarity = {term.stem: _rarity(term, hits) for term in (*asked.terms, *asked.carried)}
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = [_weighed(asked, piece, rarity, hits[piece.hit], best) for piece in pieces]
    if alike is not None:
        found = [_with_meaning(each, value, alike) for each, value in zip(found, alike, strict=True)]
    return sorted(found, key=lambda each: (-each.score, each.piece.hit, each.piece.order))


def _weighed(asked: Asked, piece: Piece, rarity: dict[str, float], hit: Hit, best: float) -> Weighed:
    total = covered = own = 0.0
    lowest = 1.0
    said = True
    labelled = bool(asked.want.name) and label_kind(piece.text) in _LABELS.get(asked.want.name, (asked.want.name,))
    for term in asked.terms:
        worth = term.weight * rarity[term.stem]
        here = max(found_in(term, piece.text), IN_FRONT * found_in(term, piece.goes_on))
        held = max(here, IN_TITLE * found_in(term, piece.title), IN_PASSAGE * found_in(term, piece.rest))
        if labelled and not term.name:
            here = held = max(held, _LABELLED)  # 장소: …, whatever is done there
        total += worth
        covered += worth * held
        own += worth * here
        said = said and (term.name or term.weight < _PREDICATE or here > 0)
        if term.scope and held <= 0.0:
            lowest = 0.0
        if term.focus:
            lowest = min(lowest, max(held, _OWN_PART * here))
    if asked.want.name in ("who", "where") and not said:
        covered *= _UNSAID  # that somebody is named says little; what they do must be said
    kept = _kept(asked, piece, rarity)
    if asked.carried and sum(term.weight for term in asked.terms) < _SAYS_SOMETHING:
        covered, total = kept, 1.0  # 누구에게 알리나요: only what was carried says what it is about
    met = labelled or asked.want.met(piece.text)
    if asked.rate == DURING and not re.search(DURING, piece.text):
        met = False
    score = covered / (total or 1.0) + 0.15 * own / (total or 1.0) + 0.1 * hit.score / best
    if met and asked.want.name:
        score += 0.35 if asked.want.hard else 0.1
        score += 0.15 * (bool(asked.echo) and asked.echo in piece.text)
        score += 0.2 * bool(asked.rate and re.search(asked.rate, piece.text))
    score += 0.2 * bool(asked.modal and asked.modal in piece.text)
    score += 0.15 * bool(_LISTS.search(asked.text) and len(_LISTED.findall(piece.text)) > 1)
    if labelled:
        score += 0.45
    if any(term.name and _stands_as_topic(term.stem, piece.text) for term in asked.terms):
        score += 0.2
    if hit.source in asked.within:
        score += 0.15
    if asked.carried:
        score += 0.3 * kept
        kept = max(kept, float(hit.source in asked.within))
    return Weighed(piece, score, covered / (total or 1.0), lowest, met, own / (total or 1.0), kept)


def _with_meaning(each: Weighed, alike: float, alikes: Sequence[float]) -> Weighed:
    nearest = alike >= _ALIKE and sum(other > alike for other in alikes) < _NEAREST
    return replace(each, score=each.score + _BY_MEANING * max(0.0, alike), nearest=nearest)


def label_kind(text: str) -> str:
    """The kind of answer that a line is labelled with: `ㅇ 일시: 2026. 9. 19.` is when."""
    label = _LABEL.match(text)
    return attribute_kind(label[1].replace(" ", "")) if label else ""


def _stands_as_topic(stem: str, text: str) -> bool:
    """Whether a sentence is said of a word: 위원장은 … 호선한다."""
    return len(stem) > 1 and bool(re.search(rf"{re.escape(stem)}(?:은|는|이|가)(?![가-힣])", text))


def _kept(asked: Asked, piece: Piece, rarity: dict[str, float]) -> float:
    total = held = 0.0
    for term in asked.carried:
        worth = term.weight * rarity[term.stem]
        around = IN_TITLE * found_in(term, piece.title), IN_PASSAGE * found_in(term, piece.rest)
        total += worth
        held += worth * max(found_in(term, piece.text), *around)
    return held / total if total else 1.0


def _scoped(term: Term, hits: Sequence[Hit]) -> Term:
    """A name that stands in the title of a document says which one is meant; another one gives no answer."""
    if not term.name or len(term.stem) < 2 or term.stem in lists().kinds:
        return term
    return replace(term, scope=any(found_in(term, document_title(hit)) >= _INSIDE for hit in hits))


def _rarity(term: Term, hits: Sequence[Hit]) -> float:
    """How much a word tells: less, the more of the passages found have it."""
    have = sum(found_in(term, f"{hit.head}\n{hit.text}") >= _OTHER for hit in hits)
    rarity = math.log(1 + (len(hits) + 1) / (have + 0.5))
    return rarity if have or term.focus or term.scope else _NOWHERE * rarity


def found_in(term: Term, text: str) -> float:
    """How surely a text has a word: 1 itself, less for one of the same meaning or a part of it, 0 for nothing of it."""
    plain, words, joined, keys = _prepared(text)
    if len(term.stem) == 1:
        if any(_single(term.stem, word) for word in words):
            return 1.0
    elif any(word.startswith(term.stem) for word in words) or (len(term.stem) > 2 and term.stem in joined):
        return 1.0
    elif term.stem in plain:
        return _INSIDE
    for other in term.others:
        if other[0] == "~":
            if any(re.search(rf"[가-힣]{other[1:]}(?:은|는|이|가|을|를|의|도|로)?$", word) for word in words):
                return _OTHER
        elif any(word.startswith(other) if len(other) > 1 else _single(other, word) for word in words) or (
            len(other) > 1 and term.name and other in plain
        ):
            return _OTHER
    if not term.name and (verb_key(term.stem) in keys if len(term.stem) > 1 else _verb_of(term.stem, words)):
        return _OTHER
    pairs = [term.stem[place : place + 2] for place in range(len(term.stem) - 1)]
    if len(pairs) > 1:
        share = sum(pair in plain for pair in pairs) / len(pairs)
        # the front of a name tells it from others: 심사위원회 is no 운영위원회, and 출장비 is not said by 출장
        if share >= _LEAST_PART:
            return _PART * share * (1.0 if pairs[0] in plain and not _PAID.search(term.stem) else _BACK)
    return 0.0


def _verb_of(syllable: str, words: Sequence[str]) -> bool:
    """Whether a verb of one syllable is among the words: 벤 is 베려는, 심나요 is 심고."""
    final = final_consonant(syllable)
    root = with_final(syllable, 0) if final in (4, 8, 20) else syllable
    return any(
        len(word) > 1 and (word[0] == syllable or (is_hangul(word[0]) and with_final(word[0], 0) == root))
        and is_inflected(word)
        for word in words
    )  # fmt: skip


def _single(syllable: str, word: str) -> bool:
    """A word of one syllable, alone or with its particle."""
    return bool(re.fullmatch(rf"{re.escape(syllable)}(?:은|는|이|가|을|를|의|에|에서|도|과|와|으로|로|만)?", word))


@lru_cache(maxsize=4096)
def _prepared(text: str) -> tuple[str, tuple[str, ...], str, frozenset[str]]:
    plain = folded(text)
    words = tuple(_WORD.findall(plain))
    return plain, words, plain.replace(" ", ""), frozenset(verb_key(word) for word in words if len(word) > 1)
