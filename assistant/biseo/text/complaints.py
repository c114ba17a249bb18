"""What a complaint is about, as a noun phrase of its own words: …바꿔 주세요 → …바꿔 달라는 요청."""

from __future__ import annotations

import re

from biseo.text.plain_style import to_plain_style

LONGEST = 90
"""Characters from which on only the last clauses are repeated."""
_SHORTEST = 12

_LABEL = re.compile(r"^(?:민원(?: ?(?:내용|요지|사항|제목))?|내용|요지|제목|(?:요구|건의|요청)(?: ?사항)?)\s*[:：]\s*")
_PLEASE = re.compile(
    r"\s?(?:주세요|주십시오|주(?:시)?면 (?:감사하|고맙|좋)겠습니다"
    r"|주(?:시)?(?:기|길)(?:를)? (?:바랍니다|바람|부탁드립니다|요청합니다|희망합니다|원합니다))$"
)
_ASKED = re.compile(r"달라(?:고|는) (?:요청|부탁|건의|요구)?(?:함|했음|합니다|드립니다|했습니다|하였음)?$")
_DONE = re.compile(r"하(?:시)?(?:기|길)(?:를)? (?:바랍니다|바람|부탁드립니다|요청합니다|희망합니다)$|하여야 합니다$")
_THING = re.compile(
    r"(?:을|를)? ?(?:바랍니다|바람|원합니다|희망합니다|부탁(?:합|드립)니다|(?:요청|건의|요구)(?:합니다|드립니다|함))$"
)
_COURTESY = re.compile(r"(?<=\s)주시(?=고|며|거나)")
_CLAUSE = re.compile(r"(?<=,)\s+|(?<=[가-힣](?:니|고|며|서|데|만|라))\s+")


def complaint_of(sentence: str) -> str:
    """The sentence as the noun phrase that `…에 관한 것으로 이해됩니다` goes on from.

    Only its own words are used: what somebody complains of must not be reworded. Words that neither ask nor tell stay.
    """
    bare = _LABEL.sub("", sentence.strip()).rstrip(".! ").rstrip()
    phrase = _COURTESY.sub("주", _phrase(bare))
    return phrase if len(phrase) <= LONGEST else _last_clauses(phrase)


def _phrase(bare: str) -> str:
    if _ASKED.search(bare):
        return _ASKED.sub("달라는 요청", bare)
    if _PLEASE.search(bare):
        return f"{_PLEASE.sub('', bare)} 달라는 요청"
    if _DONE.search(bare):
        return _DONE.sub("해 달라는 요청", bare)
    if _THING.search(bare):
        return f"{_THING.sub('', bare)} 요청"
    plain = to_plain_style(bare)
    return f"{plain}는 의견" if plain.endswith("다") and not plain.endswith("니다") else bare


def _last_clauses(phrase: str) -> str:
    """As many of the last clauses as are not too long together."""
    for cut in _CLAUSE.finditer(phrase):
        rest = phrase[cut.end() :]
        if _SHORTEST <= len(rest) <= LONGEST:
            return rest
    return phrase
