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
_ASKING = re.compile(
    r"(?:무엇|무어|누구|언제|어디|어느|어떤|어떠|어때|얼마|며칠|어떻|것|까닭|이유)"
    r"(?:은|는|이|가|을|를|의|에|로|와|과|게|한|에서|에게|까지|부터|으로|이나|나|쯤|정도|만큼)?"
    r"(?:인가|인가요|인지|입니까|이었나|이었나요|이었는가|였나|였나요|였는가|이었습니까|였습니까|일까|일까요|이냐|이에요|예요"
    r"|이죠|죠|인데|이니|니|하나|하나요|합니까|한가|한가요|할까|할까요|됩니까|되나|되나요|된)?"
)
"""Words that ask, with what may follow them: 무엇인가, 언제까지입니까, 어디에서."""
LONGEST = 1_000
"""More letters of a query than this are not looked at."""
MOST_WORDS = 40
_CASES = frozenset("은는이가을를의에와과도로")
"""Particles that may stand behind one syllable."""
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
    typed: terms of the words as they were typed, with their endings: worth a little more where they stand so.
    """

    phrases: tuple[str, ...]
    words: tuple[Word, ...]
    typed: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.phrases and not self.words


@dataclass(frozen=True)
class _Lists:
    endings: dict[str, tuple[str, ...]]
    empty: frozenset[str]
    whole: tuple[str, ...]
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
    stems: dict[str, None] = {}
    dropped: dict[str, None] = {}
    kept: list[str] = []
    for match in _WORD.finditer(rest):
        typed = match[0]
        stem = _stem(typed, lists)
        asks = _ASKING.fullmatch(typed) is not None
        useful = not asks and typed not in lists.empty and stem not in lists.empty
        (stems if useful else dropped).setdefault(stem, None)
        if not asks:
            # with the first syllable of its ending, but no pair that is all ending: 동에 of 가람동에서, not 에서
            kept.append(typed[: len(stem) + 1] if useful else typed)
    chosen = stems or dropped  # somebody who looks for 언제 shall find it
    words = [_word(stem, lists) for stem in list(chosen)[:MOST_WORDS]]
    return Query(tuple(dict.fromkeys(phrases)), tuple(words), terms_of(" ".join(kept[:MOST_WORDS])))


def _word(stem: str, lists: _Lists) -> Word:
    others = [Word(other, _terms(other), _SAME_MEANING) for other in lists.same.get(stem, ())]
    # 임시회의 ends in no particle, 사랑동의 does: whichever is found
    if len(stem) > 2 and stem[-1] in _CASES and stem.endswith(lists.whole):
        others += [Word(stem[:-1], _terms(stem[:-1]))]
    # 돈은 may be 돈, but 나은 is no 나: both are looked for
    if len(stem) == 2 and stem[1] in _CASES and stem not in lists.whole and stem[0] not in lists.empty:
        others += [Word(stem[0], (), _ONE_SYLLABLE)]
        others += [Word(other, _terms(other), _SAME_MEANING) for other in lists.same.get(stem[0], ())]
    weight = _ONE_SYLLABLE if len(stem) == 1 and _is_hangul(stem) else 1.0
    return Word(stem, _terms(stem), weight, tuple(others))


def _terms(stem: str) -> tuple[str, ...]:
    return () if len(stem) == 1 and _is_hangul(stem) else terms_of(stem)


def _is_hangul(word: str) -> bool:
    return "가" <= word[0] <= "힣"


def _stem(word: str, lists: _Lists) -> str:
    """A word without its particle or ending: the longest one goes, and two syllables stay, of a verb one."""
    if not _is_hangul(word) or word in lists.same or word.endswith(lists.whole):
        return word
    for ending in lists.endings.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= (1 if len(ending) > 1 else 2):
            return word[: -len(ending)]
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
        tuple(data["whole"].split()),
        {word: tuple(dict.fromkeys(others)) for word, others in same.items()},
    )
