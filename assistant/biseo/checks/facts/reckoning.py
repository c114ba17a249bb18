"""Facts of a draft that nobody said but that come about from what was said; each with the reckoning in Korean.

Strict on purpose: many numbers are the sum of some two others, so a reckoning counts only where the words around the
fact ask for it (총, 증가, 비율, 동안) and the draft and the source speak of the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from biseo.checks.facts.quantities import Quantity, quantity_of
from biseo.checks.facts.source_sums import Reckoned, Sort, lengths, pairs_of
from biseo.document import Evidence
from biseo.text.content_words import content_words, terms
from biseo.text.facts import Fact, item_marks
from biseo.text.particles import attach
from biseo.text.sentences import Span, split_sentences

if TYPE_CHECKING:
    from biseo.checks.facts.base import FactBase

_REACH = 16
_ASKED: dict[Sort, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "sum": (
        re.compile(r"총|모두|합계|합쳐|합하|합한|더해|더하|전체|도합|등[ ]*$|합산|누적"),
        re.compile(r"합계|전체|규모"),
    ),
    "difference": (
        re.compile(r"보다|대비|비해|에서|차이|남은|잔여|나머지|줄어|늘어|증가|감소|절감"),
        re.compile(
            r"늘|줄|증가|감소|차이|더|덜|많|적|절감|단축|초과|부족|남|상승|하락|높|낮|올|내|추가|증액|감액|확대|축소|빨라|앞당"
        ),
    ),
    "share": (re.compile(r"비율|비중|가운데|중|대비|의|은|는|이|가|\("), re.compile(r"")),
    "growth": (
        re.compile(r"증가|감소|보다|대비|비해|증감|성장|에서"),
        re.compile(r"늘|줄|증가|감소|상승|하락|높|낮|올|내|성장|절감|확대|축소|많|적"),
    ),
    "ratio": (re.compile(r""), re.compile(r"")),
    "average": (re.compile(r"평균"), re.compile(r"평균")),
    "length": (re.compile(r""), re.compile(r"")),
    "items": (re.compile(r""), re.compile(r"")),
}
"""What must stand before or behind a fact that is reckoned so."""
_ABOUT_BEFORE = re.compile(r"(?:약|대략|거의|무려|최소|최대)[ ]*$")
_OVER = re.compile(r"[0-9만억천백십][ ]?여|[0-9][ ]?[가-힣%㎡]{1,4}[ ]?(?:이상|넘|남짓)")
_ABOUT_BEHIND = re.compile(r"[ ]?(?:가량|정도|안팎|남짓|내외|쯤)")
_OVER_BEHIND = re.compile(r"[ ]?(?:이상|을 넘|를 넘|이 넘|가 넘|을 웃|를 웃|남짓)")
_DURATION = re.compile(r"간$|동안$")
_DURATION_BEHIND = re.compile(r"[ ]?(?:간|동안|에 걸쳐|내내|일정|코스)")
_ITEM_UNITS = frozenset(["건", "곳", "가지", "종", "개", "팀", "명", "회", "식", "편", "권"])
_BETWEEN_ITEMS = re.compile(r"[,·、/]| 및 |[와과] ")
_LEAST_SHARED = 1.2
"""Weight of syllable pairs in common from which a draft's sentence and a source's speak of the same."""
_LEAST_SHARED_EXACT = 1.0
"""The same for a value with decimals, which does not come about by chance."""


@dataclass(frozen=True)
class Reckoning:
    """How a fact comes about: `words` in Korean, and the passage that it is reckoned from, if it is one."""

    words: str
    evidence: Evidence | None = None


class Reckoner:
    """Reckonings of one text. Nothing is made ready before it is asked for.

    Args:
        facts: the text's facts without its quotations, by place.
    """

    def __init__(self, text: str, base: FactBase, facts: Sequence[Fact]) -> None:
        self._text = text
        self._base = base
        self._facts = facts

    @cached_property
    def _spans(self) -> Sequence[Span]:
        return split_sentences(self._text)

    @cached_property
    def _by_sentence(self) -> dict[int, list[Fact]]:
        found: dict[int, list[Fact]] = {}
        index = 0
        for fact in self._facts:
            while index < len(self._spans) and self._spans[index].end <= fact.start:
                index += 1
            found.setdefault(index, []).append(fact)
        return found

    @cached_property
    def _sentence_of(self) -> dict[tuple[int, int], int]:
        return {(fact.start, fact.end): number for number, own in self._by_sentence.items() for fact in own}

    def find(self, fact: Fact) -> Reckoning | None:
        """How the fact comes about, or None."""
        quantity = quantity_of(fact)
        number = self._sentence_of.get((fact.start, fact.end))
        if quantity is None or number is None or number >= len(self._spans):
            return None
        others = [other for other in self._by_sentence[number] if other is not fact]
        return (
            self._rounded(fact, quantity)
            or self._in_sentence(fact, quantity, others)
            or self._listed(fact, quantity, number)
            or self._length(fact, quantity, number)
            or self._from_sources(fact, quantity, number)
        )

    def _asked(self, sort: Sort, fact: Fact) -> bool:
        before, behind = _ASKED[sort]
        left = self._text[max(0, fact.start - _REACH) : fact.start]
        right = self._text[fact.end : fact.end + _REACH]
        # An empty pattern asks for nothing; the end of a line ends what belongs to the fact.
        left, right = left[left.rfind("\n") + 1 :], right.split("\n")[0]
        return bool((before.pattern and before.search(left)) or (behind.pattern and behind.search(right))) or not (
            before.pattern or behind.pattern
        )

    def _rounded(self, fact: Fact, quantity: Quantity) -> Reckoning | None:
        """약 4,400시간 and 4,300여 시간 are 4,374시간."""
        value = quantity.value
        if value < 10 or value != int(value):
            return None
        digits = str(int(value))
        step = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
        if step < 10:
            return None
        before, behind = self._text[max(0, fact.start - 5) : fact.start], self._text[fact.end : fact.end + 5]
        if _OVER.search(fact.text) or _OVER_BEHIND.match(behind) or _OVER.match(fact.text[-1:] + behind):
            low, high = value, value + step - 1
        elif _ABOUT_BEFORE.search(before) or _ABOUT_BEHIND.match(behind) or fact.text.startswith("약"):
            low, high = value - step / 2, value + step / 2
        else:
            return None
        if value > 100:
            low, high = max(low, value * Decimal("0.9")), min(high, value * Decimal("1.15"))
        for _, text, place in self._base.sums.between(low, high, quantity.unit):
            return Reckoning(f"{attach(text, '을')} 어림한 값", self._base.evidence(place))
        return None

    def _in_sentence(self, fact: Fact, quantity: Quantity, others: Sequence[Fact]) -> Reckoning | None:
        """From the facts of its own sentence, which must have a source themselves."""
        by_unit: dict[str, list[Quantity]] = {}
        supported: list[Fact] = []
        for other in others[:12]:
            own = quantity_of(other)
            if own is not None and self._base.support(other) is not None:
                by_unit.setdefault(own.unit, []).append(own)
                supported.append(other)
        for unit, same in by_unit.items():
            if not 2 <= len(same) <= 6:
                continue
            for value, made, sort, words in pairs_of(same, unit):
                if value == quantity.value and made == quantity.unit and self._asked(sort, fact):
                    return self._told(words, fact, supported)
        money = by_unit.get("원", [])
        for price in money if quantity.unit == "원" else ():
            for unit, same in by_unit.items():
                for times in same:
                    if unit not in ("원", "%", "%p") and price.value * times.value == quantity.value:
                        return self._told(f"{price.text} × {times.text}", fact, supported)
                    if unit == "%" and price.value * times.value / 100 == quantity.value:
                        return self._told(f"{price.text}의 {times.text}", fact, supported)
        return None

    def _told(self, words: str, fact: Fact, supported: Sequence[Fact]) -> Reckoning:
        told = words if " = " in words or words.endswith("%") else f"{words} = {fact.text}"
        return Reckoning(told, self._base.support(supported[0]) if supported else None)

    def _listed(self, fact: Fact, quantity: Quantity, number: int) -> Reckoning | None:
        """5개 과제 before five items, or behind five names in its sentence."""
        value, unit = quantity.value, quantity.unit.split(" ")[0]
        if unit not in _ITEM_UNITS or not 2 <= value <= 40:
            return None
        following = 0
        for span in self._spans[number + 1 : number + 1 + int(value) + 1]:
            if not _is_item(span.text):
                break
            following += 1
        if following == value:
            return Reckoning(f"아래에 늘어놓은 항목 {following}개")
        span = self._spans[number]
        before = self._text[span.start : fact.start]
        named = re.search(r"(?:등|모두|총)[ ]*(?:총|모두)?[ ]*$", before)
        if named is not None:
            listed = before[: named.start()]
            items = len(_BETWEEN_ITEMS.findall(listed)) + 1
            if items == value:
                return Reckoning(f"앞에 늘어놓은 것 {items}개")
        return None

    def _length(self, fact: Fact, quantity: Quantity, number: int) -> Reckoning | None:
        """3일간 beside 3월 5일~7일, in its sentence or the ones around it."""
        near = [other for index in range(number - 2, number + 3) for other in self._by_sentence.get(index, ())]
        for other in near:
            for value, unit, words in lengths(other):
                if value == quantity.value and unit == quantity.unit and self._base.support(other) is not None:
                    return Reckoning(words, self._base.support(other))
        return None

    def _from_sources(self, fact: Fact, quantity: Quantity, number: int) -> Reckoning | None:
        unit = quantity.unit.split(" ")[0]
        units = [quantity.unit] + (["건"] if unit in _ITEM_UNITS and unit != "건" else [])
        shared: dict[str, float] | None = None
        for asked in units:
            for way in self._base.sums.made(quantity.value, asked):
                if asked != quantity.unit and way.sort != "items":
                    continue
                if not self._asked(way.sort, fact) or (way.sort == "length" and not self._lasts(fact)):
                    continue
                shared = shared if shared is not None else _terms(self._spans[number].text)
                least = _LEAST_SHARED if quantity.value == int(quantity.value) else _LEAST_SHARED_EXACT
                if self._alike(shared, way, least):
                    words = (
                        way.words
                        if " = " in way.words or way.table or way.sort == "growth"
                        else f"{way.words} = {fact.text}"
                    )
                    return Reckoning(words, self._base.evidence(way.place))
        return None

    def _lasts(self, fact: Fact) -> bool:
        return bool(_DURATION.search(fact.text) or _DURATION_BEHIND.match(self._text, fact.end)) or "박" in fact.text

    def _alike(self, own: dict[str, float], way: Reckoned, least: float) -> bool:
        """Whether the draft's sentence and the passage that the value comes from speak of the same."""
        around = [self._base.passages[way.place].text, self._base.headings[way.place]]
        if way.table:
            around += [self._base.passages[way.place - 1].text] if way.place else []
        theirs = _terms(" ".join(around))
        return sum(min(weight, theirs.get(term, 0.0)) for term, weight in own.items()) >= least


def _terms(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, _ in content_words(text):
        found.update(dict(terms(word)))
    return found


def _is_item(line: str) -> bool:
    return bool(item_marks(line)) or bool(re.match(r"[□ㅇ○◦※*•·▶△◆■-]|[가-하][.)]|[①-⑳㉮-㉻]|\([가-하]\)", line))
