"""What somebody typed, understood: phrases in quotation marks, stems, and other words of the same meaning."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from biseo.library.terms import folded, terms_of

_QUOTED = re.compile(r"[\"“”„＂]([^\"“”„＂]*)[\"“”„＂]")
_WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")
LONGEST = 1_000
"""More letters of a query than this are not looked at."""
MOST_WORDS = 40
_CASES = frozenset("은는이가을를의에와과도로")
"""Particles that may leave one syllable: 돈은, but not 라면."""
_SAME_MEANING = 0.35
_ONE_SYLLABLE = 0.5


@dataclass(frozen=True)
class Word:
    """A word to look for.

    Attributes:
        stem: without particle and ending.
        terms: its terms in the index; none for a single syllable, which is only counted.
        weight: what it counts for.
        others: stems of the same meaning.
    """

    stem: str
    terms: tuple[str, ...]
    weight: float = 1.0
    others: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Query:
    """Attributes:
    phrases: what must stand there letter by letter, folded.
    words: what should stand there.
    """

    phrases: tuple[str, ...]
    words: tuple[Word, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.phrases and not self.words


@dataclass(frozen=True)
class _Lists:
    endings: dict[str, tuple[str, ...]]
    empty: frozenset[str]
    same: dict[str, tuple[str, ...]]


def parse(text: str) -> Query:
    """Understand what was typed; anything can be typed, and nothing of it is an expression of the index."""
    text = text[:LONGEST]
    phrases = []
    for quoted in _QUOTED.findall(text):
        if terms_of(quoted):
            phrases.append(folded(quoted))
    rest = folded(text)
    lists = _lists()
    stems: dict[str, float] = {}
    dropped: dict[str, float] = {}
    for match in _WORD.finditer(rest):
        typed = match[0]
        stem = _stem(typed, lists)
        useful = stem and typed not in lists.empty and stem not in lists.empty
        into = stems if useful else dropped
        into.setdefault(stem or typed, 1.0 if len(stem) > 1 or not _is_hangul(typed) else _ONE_SYLLABLE)
    chosen = stems or dropped  # somebody who looks for 언제 shall find it
    words = [_word(stem, weight, lists) for stem, weight in list(chosen.items())[:MOST_WORDS]]
    return Query(tuple(dict.fromkeys(phrases)), tuple(words))


def _word(stem: str, weight: float, lists: _Lists) -> Word:
    # 처리기간 holds 기간: what is said of a word holds for its end, too, unless that is the other word itself
    others = tuple(
        Word(other, _terms(other), _SAME_MEANING * weight) for other in lists.same.get(stem, ()) if other != stem
    )
    return Word(stem, _terms(stem), weight, others)


def _terms(stem: str) -> tuple[str, ...]:
    return () if len(stem) == 1 and _is_hangul(stem) else terms_of(stem)


def _is_hangul(word: str) -> bool:
    return "가" <= word[0] <= "힣"


def _stem(word: str, lists: _Lists) -> str:
    """A word without its particle or ending; the longest one goes, and at least one syllable stays."""
    if not _is_hangul(word) or word in lists.same:
        return word
    for _ in range(2):  # 사람에게 + 는, 신청하 + 려면
        for ending in lists.endings.get(word[-1], ()):
            least = 1 if len(ending) > 1 or (len(word) == 2 and ending in _CASES) else 2
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: -len(ending)]
                break
        else:
            break
        if word in lists.same:
            break
    return word


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    file = resources.files("biseo_resources") / "words" / "library.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    endings: dict[str, list[str]] = {}
    for ending in sorted(data["endings"].split(), key=len, reverse=True):
        endings.setdefault(ending[-1], []).append(ending)
    same: dict[str, list[str]] = {}
    for line in data["same"].strip().splitlines():
        group = line.split()
        for word in group:
            same.setdefault(word, []).extend(other for other in group if other != word)
    return _Lists(
        {last: tuple(group) for last, group in endings.items()},
        frozenset(data["empty"].split()),
        {word: tuple(dict.fromkeys(others)) for word, others in same.items()},
    )
