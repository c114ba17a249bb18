"""Whether a sentence tells of the past: there dates and times may be told in words."""

from __future__ import annotations

import re

from biseo.text.characters import final_consonant, is_hangul

_SENTENCE_END = re.compile(r"[.!?。](?=\s|$)|\n")
_REACH = 240
_SSANG_SIOT = 20


def tells_the_past(text: str, place: int) -> bool:
    """Whether a past-tense ending follows before the sentence ends."""
    end = _SENTENCE_END.search(text, place, place + _REACH)
    rest = text[place : end.start() if end else min(len(text), place + _REACH)]
    return any(
        is_hangul(char) and final_consonant(char) == _SSANG_SIOT and char not in "있겠" and follows[:1] not in ("", " ")
        for char, follows in ((rest[index], rest[index + 1 : index + 2]) for index in range(len(rest)))
    )
