"""The sentences of a section with what carries each of them."""

from __future__ import annotations

import re

from biseo.checks.evidence.index import EvidenceIndex
from biseo.checks.evidence.reading import Reading
from biseo.document import CarriedSentence
from biseo.text.sentences import split_sentences
from biseo.writers.marks import find_mark

_BLANK = re.compile(r"\[[가-힣 ]{2,8}\]")
"""Stands where the official has to fill something in: `[확인 필요]`."""
_NOTHING_FOUND = "자료에서 찾지 못함"
_GREETING = re.compile(
    r"안녕하(?:십니까|세요)|감사합니다|감사드립니다|부탁드|행복(?:이|을)|건강(?:과|하)|기원합니다|끝[.]?$"
)
_PRESENTS = re.compile(r"(?:다음|아래|붙임|별첨)(?:과|와)? ?(?:같|의)|붙임")
_LEAST_LETTERS = 5


def carried_sentences(text: str, index: EvidenceIndex) -> tuple[CarriedSentence, ...]:
    """Every sentence of a section's text, in order, without its item mark, with the passages that carry it."""
    found = []
    for span in split_sentences(text):
        mark = find_mark(span.text)
        words = mark.body if mark else span.text
        if not words:
            continue
        found.append(CarriedSentence(span.end - len(words), span.end, index.find(words), states_something(words)))
    return tuple(found)


def states_something(sentence: str) -> bool:
    """Whether a sentence says something that a source should carry; greetings, headings and blanks do not."""
    words = _BLANK.sub("", sentence).strip(" .:()-")
    if sum(character.isalnum() for character in words) < _LEAST_LETTERS or "\t" in sentence:
        return False
    if words.startswith(_NOTHING_FOUND) or _GREETING.search(words) or _PRESENTS.match(words):
        return False
    return Reading(words).states
