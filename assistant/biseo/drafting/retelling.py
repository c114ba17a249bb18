"""The sources' own sentences told as a press release tells them, by rule: joined, planned, attributed.

Only the form changes. A small model asked to reword turned "from ten to five" into "from five to ten" (seen), so what a
sentence says is not put into its hands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biseo.text.dates import date_from_value
from biseo.text.facts import find_facts
from biseo.text.sentences import split_sentences
from biseo.text.stems import connected, is_past, planned

MOST_COPIED = 0.4
"""Share of the sentences that may stand as in the sources; the promise is a half."""

LONGEST_JOINED = 110
"""Characters of two sentences in one; from 120 on a sentence counts as too long."""

_JOINED_ALREADY = re.compile(r"[가-힣](?:고|며|지만|으나),? ")
_OPENS_ANEW = re.compile(r"^(?:또한|특히|한편|아울러|이어|그리고|하지만|그러나|이에|다만|이는|이번|이날)[, ]")
_ATTRIBUTED = re.compile(r"(?:밝혔다|말했다|전했다|강조했다|당부했다|답했다|설명했다)\.$|에 따르면 ")
_FIGURES = re.compile(r"\d\s?%|조사|결과|평균|\d배")
_QUOTED = re.compile(r"[“”\"]")


@dataclass
class _Sentence:
    text: str
    paragraph: int
    copied: bool
    joined: bool = False


def retold(text: str, sources: Iterable[str], others: Sequence[str] = (), release: str = "", agency: str = "") -> str:
    """Paragraphs in which at most `MOST_COPIED` of the sentences stand as the sources have them, as far as rules go.

    Args:
        text: paragraphs, one a line, of whole sentences.
        sources: the sentences of the sources.
        others: sentences of the document that stand elsewhere; they count, too.
        release: when the document is published, as written; what happens later is told as planned.
        agency: who publishes it; what it says of itself, and its figures, may be given as its words.
    """
    known = {_letters(sentence) for sentence in sources}
    day = latest_day(release)
    told = [
        _told(span.text, number, known, day)
        for number, line in enumerate(text.splitlines())
        for span in split_sentences(line)
    ]
    elsewhere = [_letters(sentence) in known for sentence in others]
    while _share_copied(told, elsewhere) > MOST_COPIED and (_join_once(told) or _attribute_once(told, agency)):
        pass
    paragraphs: dict[int, list[str]] = {}
    for sentence in told:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
    return "\n".join(map(" ".join, paragraphs.values()))


def _told(sentence: str, paragraph: int, known: set[str], day: str) -> _Sentence:
    copied = _letters(sentence) in known
    later = planned(sentence) if copied and day and latest_day(sentence) > day else ""
    return _Sentence(later or sentence, paragraph, copied and not later)


def is_premature(sentence: str, release: str) -> bool:
    """Whether a sentence tells as done what comes after the day of the release."""
    day = latest_day(release)
    return bool(day) and is_past(sentence) and latest_day(sentence) > day


def latest_day(text: str) -> str:
    """The last whole date of a text as YYYY-MM-DD; empty when there is none."""
    days = []
    for fact in find_facts(text, quotations=False):
        for value in fact.value.split("/") if fact.kind in ("date", "period") else ():
            if date_from_value(value) is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                days.append(value)
    return max(days, default="")


def _share_copied(told: Sequence[_Sentence], elsewhere: Sequence[bool]) -> float:
    flags = [*elsewhere, *(sentence.copied for sentence in told)]
    return sum(flags) / max(1, len(flags))


def _join_once(told: list[_Sentence]) -> bool:
    """Join the two neighbours that suit best: both copied, both short, of one paragraph, not joined already."""
    costs = {place: cost for place in range(len(told) - 1) if (cost := _cost(told[place], told[place + 1])) is not None}
    if not costs:
        return False
    place = min(costs, key=costs.__getitem__)
    one, other = told[place : place + 2]
    told[place : place + 2] = [_Sentence(connected(one.text, other.text), one.paragraph, False, True)]
    return True


def _cost(one: _Sentence, other: _Sentence) -> int | None:
    """How ill two sentences suit each other; None where they cannot be joined."""
    joined = connected(one.text, other.text)
    if not joined or len(joined) > LONGEST_JOINED or one.joined or other.joined or not (one.copied or other.copied):
        return None
    if _OPENS_ANEW.match(other.text) or _QUOTED.search(joined):
        return None
    cost = len(joined) + 40 * bool(_JOINED_ALREADY.search(one.text)) - 60 * (one.copied and other.copied)
    return cost + 30 * (one.paragraph != other.paragraph)


def _attribute_once(told: list[_Sentence], agency: str) -> bool:
    """Give one copied sentence as the agency's words, each of the two ways once in a text."""
    text = " ".join(sentence.text for sentence in told)
    for sentence in told:
        if not agency or not sentence.copied or _QUOTED.search(sentence.text) or _ATTRIBUTED.search(sentence.text):
            continue
        own = re.match(rf"(?:{re.escape(agency)}|[시군구도])[은는] ", sentence.text)
        if own and "고 밝혔다." not in text and sentence.text.endswith("다."):
            bare = sentence.text.removesuffix(".")
            told_by = f"{bare.removesuffix('이다')}이라고" if bare.endswith("이다") else f"{bare}고"
            sentence.text, sentence.copied = f"{told_by} 밝혔다.", False
            return True
        if not own and "에 따르면 " not in text and _FIGURES.search(sentence.text):
            sentence.text, sentence.copied = f"{agency}에 따르면 {sentence.text}", False
            return True
    return False


def _letters(sentence: str) -> str:
    return re.sub(r"[\W_]+", "", sentence)
