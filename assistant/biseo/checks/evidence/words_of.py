"""The words of a sentence as evidence compares them: endings off, what they mean, where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from biseo.checks.evidence.clauses import NO_ENDINGS
from biseo.checks.evidence.meanings import LIGHT, LIGHT_VERBS, MEANING, NEGATIVE, meaning_of
from biseo.text.characters import final_consonant, is_hangul, words

WordKind = Literal["noun", "action", "verb"]

WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9+-]*")
_TOPIC = re.compile(r"(?:에서|에게|으로|에|로)?[은는]$|[이가]$|께서$")
_PARTICLES = sorted(
    words("""
    에서는 에서도 에서의 으로는 으로도 으로의 으로써 으로서 로서 로써 에게는 에게서 에게도 에게 까지는 까지도
    까지만 까지 부터는 부터 이라고 이라며 이라는 이라도 이다 입니다 이며 이고 이나 이자 이지만 이어서 이므로
    이었다 였다 에는 에도 에만 에의 와의 과의 와는 과는 와도 과도 들을 들이 들은 들의 들에게 들과 들도 들 에서
    께서는 께서 께 으로 처럼 보다 보다는 마다 만을 만이 만은 만 라고 라며 라는 라도 뿐 씩 별로 별 은 는 이 가 을
    를 의 에 와 과 도 로 나 등 및 적인 적으로 적 여서 이어 이었 이면 인 일 임 하고"""),
    key=len,
    reverse=True,
)
# 설치한다, 설치된, 설치를: a noun that is done.
_DOING = re.compile(
    r"(?:하|되|시키|받|당하)(?:다|고|고자|며|면서|면|여|여서|였다|였고|였으며|였습니다|였음|는|는데|던|도록|기|기로|기에|기를|게|지|"
    r"지만|려|려고|려는|겠다|겠다고|겠습니다|겠다는|므로|자|자고|자는|거나|나|다고|다는|던|다가|다며|라|라고|라는|라며|어|었다|었으며|었고|었습니다|었음|네|"
    r"는지|더라도|므로|세요)$|"
    r"(?:한|된|시킨|시켜|시켰)(?:다|다고|다는|다며|데|지)?$|(?:할|될|시킬)(?:지|수록|까)?$|(?:함|됨|시킴|합|됩|시킵)(?:니다|을|에|과|으로|은|이)?$|"
    r"(?:해|돼|해서|돼서|해야|돼야|해도|돼도|해온|해나|되어|되어서|하여|했|됐|했다|됐다|했고|됐고|했으며|됐으며|했거나|됐거나|했으나|됐으나|했습니다|됐습니다|했음|됐음|했던|됐던|"
    r"했다고|됐다고|했다는|됐다는|했지만|됐지만|했는데|했다며|했으면|됐으면|해라|하라고|하라는|하라)$|"
    r"(?:스럽|롭)[가-힣]{1,3}$|(?:스러|로)[운워웠][가-힣]{0,2}$"
)
_VERB = re.compile(
    r"(?:다|다고|다는|다며|던|지|고|며|면|면서|서|도록|려|려고|지|지만|게|는|은|던|음|음을|기|기를|기에|기로|니다|나|으나|자|자고|라|라고|"
    r"라는|야|되|는데|므로|으므로|니|으니|거나|어|아|여|워|와|해|려는|을|를|ㄹ)$"
)
_ARGUMENT = re.compile(r"(?:[을를도만]|(?<=[가-힣][가-힣])[이가은는])$")
_VERB_FOLLOWS = re.compile(r"\s(?:것|수|때|계획|예정|방침|경우|뒤|후)(?![가-힣]{2})")
"""What stands behind 보낼 or 보낸, so that it is a form of a verb."""
_ONE_SYLLABLE = re.compile(r"[가-힣](?:[을를]|에서|으로)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        stem: the word without its endings, case folded.
        kind: a thing, a thing that is done (설치), or a verb of its own (늘린다).
        meaning: the first word of its line of words that say the same, or nothing.
        light: it says nothing of its own.
        topic: it stands in what the sentence is about, up to the first word with 은, 는, 이 or 가.
        argument: it is marked as what does or suffers what the clause says.
        clause: number of the clause it stands in.
        start: where it begins in the text.
    """

    stem: str
    kind: WordKind
    meaning: str
    light: bool
    topic: bool
    argument: bool
    clause: int
    start: int
    end: int

    @property
    def key(self) -> str:
        """What two forms of one verb have in common: the first syllable and how the second begins."""
        return verb_key(self.stem)


def verb_key(stem: str) -> str:
    """First syllable and the first consonant of the second: 늘린, 늘려, 늘릴 have the same."""
    if len(stem) < 2 or not is_hangul(stem[0]) or not is_hangul(stem[1]):
        return stem
    return stem[0] + str((ord(stem[1]) - 0xAC00) // 588)


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> tuple[str, WordKind]:
    """A Hangul word without endings, and what kind of word it is."""
    doing = _DOING.search(word)
    if doing is not None and doing.start() >= 2:
        return word[: doing.start()], "action"
    if _ONE_SYLLABLE.fullmatch(word):
        return word[0], "noun"
    for ending in _PARTICLES:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)], "noun"
    if word[-1] in "아어지" and len(word) < 4 and word not in NO_ENDINGS:
        return word, "verb"
    if _VERB.search(word) and (
        meaning_of(word) or word[-1] in "다며고면음던" or word.endswith(("니다", "면서", "도록"))
    ):
        return word, "verb"
    return word, "noun"


def words_in(text: str, clause_starts: list[int], facts: frozenset[int] = frozenset()) -> Iterator[Word]:
    """The words of two syllables and more, in order; numbers and names are expected to be blanked out.

    Args:
        text: width and case folded.
        clause_starts: where the clauses begin, the first one at 0.
        facts: where the blanks end: what follows without a space is an ending.
    """
    topic_end = _topic_end(text)
    clause = 0
    for match in WORD.finditer(text):
        word = match[0]
        if match.start() in facts and (len(word) < 4 or word.startswith(("까지", "부터"))):
            continue
        while clause + 1 < len(clause_starts) and match.start() >= clause_starts[clause + 1]:
            clause += 1
        kind: WordKind = "noun"
        stem = word
        if is_hangul(word[0]):
            if word in MEANING or word in NEGATIVE:
                kind = "verb" if _VERB.search(word) and len(word) < 3 else "noun"
            else:
                stem, kind = stem_of(word)
            if kind == "noun" and final_consonant(word[-1]) in (4, 8) and _VERB_FOLLOWS.match(text, match.end()):
                kind = "verb"
        elif word in MEANING:
            stem = word
        meaning = meaning_of(stem) or (meaning_of(word) if kind == "verb" else "")
        if len(stem) < 2 and not meaning and stem == word:
            continue
        light = (
            stem in LIGHT or word in LIGHT or (kind != "action" and word.startswith(LIGHT_VERBS) and is_inflected(word))
        )
        argument = bool(_ARGUMENT.search(word))
        yield Word(stem, kind, meaning, light, match.start() < topic_end, argument, clause, match.start(), match.end())


def is_inflected(word: str) -> bool:
    """Whether a word may be the form of a verb: nouns that begin alike end otherwise."""
    return bool(_VERB.search(word)) or final_consonant(word[-1]) in (4, 8, 16, 20)


def _topic_end(text: str) -> int:
    """Behind the first word that is marked as what is spoken of."""
    for match in re.finditer(r"[^\s,]+", text):
        if len(match[0]) > 1 and _TOPIC.search(match[0]) and stem_of(match[0])[1] == "noun":
            return match.end()
    return 0
