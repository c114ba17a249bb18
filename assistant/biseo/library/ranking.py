"""The best passages for a query: candidates from the index by their rarest terms, then weighed by their own words."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from biseo.library.query import Query, Word
from biseo.library.terms import folded, terms_of
from biseo.vault.grams import grams

Connection = Any
Near = Callable[[Sequence[int]], tuple[list[tuple[int, float]], list[float | None]]]
"""Takes passages; tells the nearest ones with their spreads above the average, and how near those given are."""

POSTINGS = 3_000
"""How many places in the index a query may cost: the rarest terms first, until so many are spent."""
CANDIDATES = 60
_MANY_CANDIDATES = 200
"""Where the index cannot tell the better from the worse."""
_MANY_PHRASES = 1_000
_MOST_PHRASE_TERMS = 16
_PARTICLES = "은는이가을를의에도로와과"
_K1, _B = 1.2, 0.4
_USUAL_LENGTH = 400
"""Letters of a passage of the usual length."""
_WHOLE = 0.6
"""What a word counts for that stands there whole, beside its pairs of syllables."""
_IN_HEAD = 0.35
_TYPED = 0.3
"""What the pairs of the words count for as they were typed, endings and all."""
_MEANING = 0.11
"""What a passage's meaning counts for, a spread above the average, against all words of the query at once."""
_LIKE = 2.5
"""Passages that hold nothing rare of the query are candidates when they are so many spreads above the average."""
_UNKNOWN = 1.0
"""Spreads above the average of a passage whose meaning is not known yet."""


@dataclass(frozen=True)
class Candidate:
    """A passage as stored, its folded words, and its score: the higher, the better."""

    passage: int
    text: int
    page: int | None
    start: int
    stop: int
    article: str
    head: str
    words: str
    plain: str
    score: float


@dataclass(frozen=True)
class Weights:
    """How rare each term is."""

    passages: int
    counts: dict[str, int]

    def of(self, term: str) -> float:
        """Inverse document frequency, never negative; of a term that is nowhere that of the rarest one."""
        count = self.counts.get(term, 0) or 1
        return math.log(1 + (self.passages - count + 0.5) / (count + 0.5))


def ranked(
    connection: Connection,
    query: Query,
    texts: frozenset[int] | None = None,
    least: int = CANDIDATES,
    near: Near | None = None,
    allowed: Allowed | None = None,
) -> list[Candidate]:
    """Passages that hold something of the query, best first; every quoted phrase stands in each of them.

    Args:
        texts: only passages of these; None for all.
        least: how many candidates to weigh at least.
        near: tells which passages mean something like the query, and how near others are.
        allowed: keeps what the last filter let through.

    Raises:
        MeaningGone: as `near` may.
    """
    if query.empty:
        return []
    weights = _weights(connection, query)
    if not weights.passages:
        return []
    rows = _candidates(connection, query, weights, texts, max(least, CANDIDATES), allowed)
    weigh = _weigher(query, weights)

    def weighed(rows: list[tuple[Any, ...]]) -> list[Candidate]:
        found = []
        for passage, text, page, start, stop, article, head, words in rows:
            plain, above = folded(words), folded(head)
            if all(phrase in plain or phrase in above for phrase in query.phrases):
                value = weigh(plain, above)
                found.append(Candidate(passage, text, page, start, stop, article, head, words, plain, value))
        return found

    found = weighed(rows)
    if near is not None:
        others, distances = near([each.passage for each in found])
        known = {each.passage for each in found}
        like = dict(others)
        for each, distance in zip(found, distances, strict=True):
            like[each.passage] = _UNKNOWN if distance is None else distance
        new = [passage for passage, distance in others if passage not in known and distance >= _LIKE]
        found += weighed(_rows(connection, new))
        found = _mixed(found, like, _ideal(query, weights))
    return sorted(found, key=lambda each: (-each.score, each.passage))


def _mixed(found: list[Candidate], like: dict[int, float], ideal: float) -> list[Candidate]:
    """Words and meaning together: the less of the query the best passage holds, the more its meaning counts."""
    best = max((each.score for each in found), default=0.0)
    held = min(1.0, best / ideal) if ideal else 0.0
    rate = _MEANING * (1 - held) * (ideal or 1.0)
    if not rate:
        return found
    return [replace(each, score=each.score + rate * like[each.passage]) for each in found]


def _ideal(query: Query, weights: Weights) -> float:
    """The score of a passage of the usual length that holds every word once."""
    total = sum(_TYPED * weights.of(term) for term in query.typed)
    for word in query.words:
        one = _prepared(word, weights)
        total += word.weight * (sum(rarity for _, rarity in one.terms) + _WHOLE * one.whole * (len(one.terms) != 1))
    return total


def _weights(connection: Connection, query: Query) -> Weights:
    passages = int(connection.execute("SELECT count(*) FROM library_texts").fetchone()[0])
    if passages:
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'library_passages'").fetchone()
        passages = int(row[0]) if row else 0  # with those that went; near enough, and known at once
    terms = {term for word in _all_words(query) for term in _sought(word)}
    terms.update(term for phrase in query.phrases for term in terms_of(phrase))
    terms.update(query.typed)
    rows = connection.execute(
        f"SELECT term, passages FROM library_terms WHERE term IN ({','.join('?' * len(terms))})", tuple(terms)
    )
    counts = {term: int(count) for term, count in rows.fetchall()}
    return Weights(max(passages, *counts.values(), 0) if counts else passages, counts)


def _all_words(query: Query) -> Iterable[Word]:
    for word in query.words:
        yield word
        yield from word.others


def _candidates(
    connection: Connection,
    query: Query,
    weights: Weights,
    texts: frozenset[int] | None,
    least: int,
    allowed: Allowed | None,
) -> list[tuple[Any, ...]]:
    """Rows of the passages that are worth weighing."""
    passages = None if texts is None else (allowed or Allowed()).of(connection, texts)
    if query.phrases:
        numbers = _by_phrases(connection, query, weights)
    else:
        numbers = _by_terms(connection, query, weights, least if passages is None else None)
    chosen = [number for number in numbers if passages is None or number in passages]
    if not query.phrases:
        chosen = chosen[:least]
    return _rows(connection, chosen)


def _rows(connection: Connection, passages: Sequence[int]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(
        "SELECT passage, text, page, start, stop, article, head, words FROM library_passages WHERE passage IN "
        f"({','.join(map(str, passages))})"
    ).fetchall()
    return rows


class Allowed:
    """Which passages a filter lets through. Whoever types on asks the same again: the last answer is kept."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._passages: frozenset[int] = frozenset()

    def of(self, connection: Connection, texts: frozenset[int]) -> frozenset[int]:
        """Passages of these texts."""
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'library_passages'").fetchone()
        deleted = connection.execute("SELECT value FROM library_meaning WHERE name = 'deletes'").fetchone()
        key = (texts, row, deleted)
        if key != self._key:
            listed = ",".join(map(str, sorted(texts)))
            rows = connection.execute(f"SELECT passage FROM library_passages WHERE text IN ({listed})")
            self._passages = frozenset(number for (number,) in rows.fetchall())
            self._key = key
        return self._passages


def _by_terms(connection: Connection, query: Query, weights: Weights, most: int | None) -> list[int]:
    """Passages by what they hold of the query's rarest terms, best first, the newer before the older."""
    worth: dict[str, float] = {}
    for word in _all_words(query):
        for term in _sought(word):
            worth[term] = max(worth.get(term, 0.0), word.weight * weights.of(term))
    known = sorted((term for term in worth if term in weights.counts), key=lambda term: weights.counts[term])
    if not known:
        return []
    if weights.counts[known[0]] > POSTINGS:
        # Everything asked for is everywhere: what holds most of it at once, else the newest of it
        for count in (4, 3, 2, 1):
            if len(known) >= count and (found := _matching(connection, known[:count], _MANY_CANDIDATES)):
                return found
    scores: dict[int, float] = {}
    spent = 0
    for place, term in enumerate(known):
        spent += weights.counts[term]
        if place and spent > POSTINGS:
            break
        value = worth[term]
        for number in _matching(connection, [term]):
            scores[number] = scores.get(number, 0.0) + value
    if most is None:
        most = len(scores)
    return [number for _, number in heapq.nlargest(most, zip(scores.values(), scores, strict=True))]


def _by_phrases(connection: Connection, query: Query, weights: Weights) -> list[int]:
    """Passages that hold all whole terms of the phrases; at their edges may be parts of longer words."""
    wanted: dict[str, None] = {}
    edges: dict[str, None] = {}
    for phrase in query.phrases:
        terms = grams(phrase).split()
        for place, term in enumerate(terms):
            whole = _is_pair(term) or 0 < place < len(terms) - 1
            (wanted if whole else edges)[term] = None
    if any(term not in weights.counts for term in wanted):
        return []
    if wanted:
        rarest = sorted(wanted, key=lambda term: weights.counts[term])[:_MOST_PHRASE_TERMS]
        return _matching(connection, rarest, _MANY_PHRASES)
    return _matching(connection, [f"{term}*" for term in edges], _MANY_PHRASES)


def _matching(connection: Connection, terms: Sequence[str], most: int = -1) -> list[int]:
    """Passages that hold all these terms, newest first where only so many are wanted."""
    expression = " AND ".join(f'"{term[:-1]}" *' if term.endswith("*") else f'"{term}"' for term in terms)
    order = "" if most < 0 else f" ORDER BY rowid DESC LIMIT {most}"
    rows = connection.execute(f"SELECT rowid FROM library_index WHERE library_index MATCH ?{order}", (expression,))
    return [row[0] for row in rows.fetchall()]


def _sought(word: Word) -> tuple[str, ...]:
    """A word's terms; of a single syllable itself, alone and before a particle."""
    return word.terms or (word.stem, *(word.stem + particle for particle in _PARTICLES))


def _is_pair(term: str) -> bool:
    return len(term) == 2 and "가" <= term[0] <= "힣"


def _weigher(query: Query, weights: Weights) -> Callable[[str, str], float]:
    """The score of a passage from its folded words and titles."""
    prepared = [
        [_prepared(word, weights), *(_prepared(other, weights) for other in word.others)] for word in query.words
    ]

    typed = [(term, _TYPED * weights.of(term)) for term in query.typed]

    def weigh(words: str, head: str) -> float:
        length = 1 - _B + _B * len(words) / _USUAL_LENGTH
        value = sum(max(_value(one, words, head, length) for one in group) for group in prepared)
        for term, rarity in typed:
            times = words.count(term)
            if times:
                value += rarity * times * (_K1 + 1) / (times + _K1 * length)
        return value

    return weigh


@dataclass(frozen=True)
class _Prepared:
    stem: str
    weight: float
    terms: tuple[tuple[str, float], ...]
    whole: float


def _prepared(word: Word, weights: Weights) -> _Prepared:
    terms = tuple((term, weights.of(term)) for term in word.terms)
    rarity = max((value for _, value in terms), default=math.log(1 + weights.passages / 10) / 2)
    return _Prepared(word.stem, word.weight, terms, rarity)


def _value(word: _Prepared, words: str, head: str, length: float) -> float:
    value = 0.0
    for term, rarity in word.terms:
        times = words.count(term) + _IN_HEAD * (term in head)
        if times:
            value += rarity * times * (_K1 + 1) / (times + _K1 * length)
    times = (words.count(word.stem) if word.terms else _standing(word.stem, words)) + _IN_HEAD * (word.stem in head)
    if times and (len(word.terms) != 1 or not word.terms):
        value += _WHOLE * word.whole * times * (_K1 + 1) / (times + _K1 * length)
    return word.weight * value


def _standing(syllable: str, words: str) -> int:
    """How often a single syllable begins a word."""
    return len(re.findall(rf"(?<![가-힣]){re.escape(syllable)}", words))


def marks(query: Query, words: str) -> Sequence[tuple[int, int]]:
    """Where words of the query stand in a passage, in order, not overlapping."""
    spans: list[tuple[int, int]] = []
    lower = words.lower()
    if len(lower) != len(words):  # a letter that has no small form of its own length
        lower = words
    stems = list(query.phrases)
    stems += [word.stem for word in _all_words(query) if len(word.stem) > 1]
    for stem in sorted(dict.fromkeys(stems), key=len, reverse=True):
        pattern = r"\s+".join(re.escape(part) for part in stem.split())
        for match in re.finditer(pattern, lower):
            if all(match.end() <= begin or match.start() >= end for begin, end in spans):
                spans.append(match.span())
    return tuple(sorted(spans))
