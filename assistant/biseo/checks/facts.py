"""Every fact of a draft looked up in what it was made from: the sources and the filled-in form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from biseo.checks.evidence import passages_in_text, passages_of
from biseo.document import Document, Evidence, Finding, Passage, Severity
from biseo.text.dates import date_from_value
from biseo.text.facts import Fact, FactKind, find_facts, letters
from biseo.text.numerals import from_mixed, plain
from biseo.text.people import same_post
from biseo.text.similarity import likeness, pairs
from biseo.text.units import UNITS

GIVEN = "입력한 내용"
"""Name of the source for what the official filled in."""
_NEAR = 3
"""Passages between which two halves of a period may be found apart."""
_PLACES = 32
"""Places remembered for one value; more of the same are of no use."""
_LEAST_LIKENESS = 0.55

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DECLARED_UNIT = re.compile(r"단위[ ]?[:：][ ]?((?:십|백|천|만|십만|백만|천만|억|십억|백억|조)?원|[가-힣]{1,3}|%|㎡)")
_MISSING = re.compile(r"\[[^\[\]\n]{0,30}(?:확인 필요|인용 확인)[^\[\]\n]{0,30}\]")
_QUOTE_MARK = re.compile("[\"'“‘]")
_SPEECH_END = re.compile(r"[다요라자죠까]$")
_KIND_NAMES: dict[FactKind, str] = {
    "date": "날짜",
    "time": "시각",
    "period": "기간",
    "amount": "금액",
    "count": "수량",
    "percent": "비율",
    "phone": "전화번호",
    "article": "조문 번호",
    "number": "숫자",
}
_FAMILIES: tuple[tuple[FactKind, ...], ...] = (
    ("date", "period"),
    ("time", "period"),
    ("amount", "count", "percent", "number"),
    ("phone",),
    ("article",),
    ("name",),
    ("quotation",),
)
"""Kinds of which one may have been meant for the other."""


@dataclass(frozen=True)
class SourceFact:
    """A fact of the sources and where it stands; `fact`'s offsets refer to the passage."""

    fact: Fact
    passage: Passage


class FactBase:
    """The facts of the sources and of the form, ready to be looked up.

    Supported is what the sources say: the same value in any spelling, or a part of it (7일 by 2023. 11. 7., 18:00 by
    18:00~22:00). A whole is not supported by its part, nor a number by the same number of another unit.
    """

    def __init__(self, sources: Iterable[Document] = (), given: Iterable[str] = ()) -> None:
        self._passages: list[Passage] = []
        self._index: dict[str, list[int]] = {}
        self._people: dict[str, list[tuple[str, int]]] = {}
        self._facts: list[SourceFact] = []
        self._letters: list[str] = []
        self._spans: list[list[int]] = []  # per source: where in its letters each passage begins
        self._first: list[int] = []  # per source: number of its first passage
        for document in sources:
            self._add_source(passages_of(document))
        for text in given:
            self._add_source(passages_in_text(text, GIVEN))

    @property
    def facts(self) -> tuple[SourceFact, ...]:
        """All facts in the order of the sources, those inside quotations included."""
        return tuple(self._facts)

    @property
    def surnames(self) -> frozenset[str]:
        """Surnames of the people who are named in full."""
        return frozenset(name[0] for name in self._people)

    def support(self, fact: Fact) -> Evidence | None:
        """Where the sources say it, or None."""
        if fact.kind == "name":
            return self._support_name(fact)
        if fact.kind == "quotation":
            return self._support_quotation(fact.value)
        for key in _keys_of(fact):
            places = self._index.get(key)
            if places:
                return self._evidence(places[0])
        if fact.kind == "period":
            return self._support_halves(fact)
        if fact.kind == "number" and not _is_number(fact.value):
            return self._support_quotation(letters(fact.text)) if len(fact.text) >= 2 else None
        return None

    def other_post(self, fact: Fact) -> Evidence | None:
        """Where the sources name the same person with a post that is not this one, or None."""
        name, _, _post = fact.value.partition(" ")
        for post, place in self._named(name):
            if post:
                return self._evidence(place)
        return None

    def _named(self, name: str) -> list[tuple[str, int]]:
        if len(name) > 1:
            return self._people.get(name, [])
        return [entry for full, entries in self._people.items() if full[0] == name for entry in entries]

    def _support_name(self, fact: Fact) -> Evidence | None:
        name, _, post = fact.value.partition(" ")
        named = self._named(name)
        for known, place in named:
            if not post or not known or same_post(post, known):
                return self._evidence(place)
        if any(known for known, _ in named):
            return None
        # Named without a post (a form field, a list): the name alone is what can be looked up.
        return self._support_quotation(name) if len(name) > 1 else None

    def _support_quotation(self, value: str) -> Evidence | None:
        if not value:
            return None
        for source, text in enumerate(self._letters):
            found = text.find(value)
            if found >= 0:
                return self._evidence(self._first[source] + max(0, bisect_right(self._spans[source], found) - 1))
        return None

    def _support_halves(self, fact: Fact) -> Evidence | None:
        """A period whose two ends stand close to each other (two cells of a row, two lines)."""
        first, second = fact.value.split("/")
        kind = "time" if ":" in first else "date"
        for one in self._index.get(f"{kind} {first}", ()):
            for other in self._index.get(f"{kind} {second}", ()):
                if abs(one - other) <= _NEAR and self._passages[one].source == self._passages[other].source:
                    return self._evidence(one)
        return None

    def _evidence(self, place: int) -> Evidence:
        passage = self._passages[place]
        return Evidence(passage.source, passage.page, passage.text)

    def _add_source(self, passages: tuple[Passage, ...]) -> None:
        unit = ""
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        self._first.append(len(self._passages))
        for passage in passages:
            place = len(self._passages)
            self._passages.append(passage)
            starts.append(length)
            pieces.append(letters(passage.text))
            length += len(pieces[-1])
            declared = _DECLARED_UNIT.search(passage.text)
            unit = declared[1] if declared else unit
            for fact in find_facts(passage.text, quotations=False):
                self._add_fact(fact, place, unit)
            if _QUOTE_MARK.search(passage.text):
                quoted = (fact for fact in find_facts(passage.text) if fact.kind == "quotation")
                self._facts.extend(SourceFact(fact, passage) for fact in quoted)
        self._letters.append("".join(pieces))
        self._spans.append(starts)

    def _add_fact(self, fact: Fact, place: int, unit: str) -> None:
        passage = self._passages[place]
        self._facts.append(SourceFact(fact, passage))
        if fact.kind == "name":
            name, _, post = fact.value.partition(" ")
            if len(name) > 1:
                self._people.setdefault(name, []).append((post, place))
            return
        keys = set(_keys_said(fact))
        row = "\t" in passage.text
        serial = row and fact.start == 0 and len(fact.text) <= 3  # 연번 counts nothing
        if fact.kind == "number" and _is_number(fact.value) and not serial:
            attached = fact.start > 0 and passage.text[fact.start - 1].isalnum()
            if not attached:
                keys.add(f"plain {fact.value}")
                if row and unit:
                    keys.add(_with_unit(fact.value, unit))
        for key in keys:
            places = self._index.setdefault(key, [])
            if len(places) < _PLACES and (not places or places[-1] != place):
                places.append(place)


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _with_unit(value: str, unit: str) -> str:
    """The key of a table's bare number in the unit that the table declares (`단위: 천원`)."""
    if unit.endswith("원"):
        scale = from_mixed("1" + unit[:-1]) if len(unit) > 1 else Decimal(1)
        return f"amount {plain(Decimal(value) * (scale or 1))} 원"
    return f"percent {value} %" if unit == "%" else f"count {value} {UNITS.get(unit, unit)}"


def _date_parts(value: str) -> tuple[str, ...]:
    date = date_from_value(value)
    return date.parts if date else (value,)


def _time_parts(value: str) -> tuple[str, ...]:
    """Every time that this one says; 9시 is 09:00 on the 24-hour clock."""
    if value.startswith("?"):
        return value, value[1:]
    hour = int(value[:2])
    return value, f"?{hour - 12 if hour > 12 else hour:02d}{value[2:]}"


def _keys_said(fact: Fact) -> Iterator[str]:
    """All that a fact of the sources says."""
    value = fact.value
    yield f"{fact.kind} {value}"
    for number in _NUMBER.findall(value):
        yield f"bare {plain(Decimal(number))}"
    for number in _NUMBER.findall(fact.text.replace(",", "")):
        yield f"bare {plain(Decimal(number))}"
    if fact.kind == "date":
        for part in _date_parts(value):
            yield f"date {part}"
        if value.startswith("---"):
            yield f"count {int(value[3:])} 일"  # 처리기간 14일: whether a day or a number of days, nobody says
    elif fact.kind == "time":
        for part in _time_parts(value):
            yield f"time {part}"
    elif fact.kind == "period":
        first, second = value.split("/")
        kind, parts = ("time", _time_parts) if ":" in first else ("date", _date_parts)
        for half in (first, second):
            for part in parts(half):
                yield f"{kind} {part}"
        for one in parts(first):
            for other in parts(second):
                yield f"period {one}/{other}"
    elif fact.kind in ("amount", "count", "percent"):
        number, _, unit = value.partition(" ")
        bare_unit, _, noun = unit.partition(" ")
        for part in (number, *number.split("~")):
            yield f"{fact.kind} {part} {unit}"
            if unit == "일" and part.isdigit() and 1 <= int(part) <= 31:
                yield f"date ---{int(part):02d}"
            if noun:
                yield f"count {part} {bare_unit}"
            elif bare_unit == "개":
                yield f"any {part} 개"  # what is counted is unsaid or no listed noun
    elif fact.kind == "article":
        steps = re.findall(r"[0-9-]+(?:의[0-9]+)?[가-힣]", value)
        for begin in range(len(steps)):
            for end in range(begin + 1, len(steps) + 1):
                yield "article " + "".join(steps[begin:end])


def _keys_of(fact: Fact) -> Iterator[str]:
    """The keys of which one must be said for the fact to be supported."""
    if fact.kind == "number" and _is_number(fact.value):
        yield f"bare {fact.value}"
        return
    yield f"{fact.kind} {fact.value}"
    if fact.kind in ("amount", "count", "percent"):
        number, _, unit = fact.value.partition(" ")
        if unit.startswith("개 "):
            yield f"any {number} 개"
        yield f"plain {number}"
    elif fact.kind == "date" and len(fact.value) == 4:
        yield f"plain {fact.value}"


def check_facts(text: str, base: FactBase, section: str = "") -> tuple[Finding, ...]:
    """What the text states and the base does not: offsets refer to the text.

    FACT_UNSUPPORTED, FACT_QUOTE and FACT_NAME_POST tell what has no source; FACT_MISSING marks `[확인 필요]`.
    The suggestion is what the sources say instead, as far as one can tell.
    """
    findings = []
    for fact in find_facts(text, surnames=base.surnames):
        finding = _check(fact, base, section)
        if finding is None:
            continue
        findings.append(finding)
        if fact.kind == "quotation":
            inner = text[fact.start : fact.end]
            for part in find_facts(inner, quotations=False, surnames=base.surnames):
                moved = Fact(part.kind, part.text, part.value, part.start + fact.start, part.end + fact.start)
                found = _check(moved, base, section)
                if found is not None:
                    findings.append(found)
    findings += find_missing(text, section)
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return tuple(findings)


def find_missing(text: str, section: str = "") -> tuple[Finding, ...]:
    """FACT_MISSING: every `[확인 필요]` that is still to be filled in."""
    message = "자료와 입력한 내용에 없어 비워 둔 곳입니다. 내용을 확인하여 채워 주세요."
    return tuple(
        Finding("FACT_MISSING", "warning", match.start(), match.end(), match[0], message, section=section)
        for match in _MISSING.finditer(text)
    )


def _check(fact: Fact, base: FactBase, section: str) -> Finding | None:
    if base.support(fact) is not None:
        return None
    close = nearest(fact, base)
    suggestion = close.fact.text if close else ""
    rule, severity, message = _wording(fact, base)
    return Finding(rule, severity, fact.start, fact.end, fact.text, message, suggestion, section=section)


def _wording(fact: Fact, base: FactBase) -> tuple[str, Severity, str]:
    if fact.kind == "quotation":
        speech = fact.text[0] in '“"' or bool(_SPEECH_END.search(fact.value))
        if speech:
            return (
                "FACT_QUOTE",
                "error",
                "자료에 있는 말과 다른 인용문입니다. 자료의 말 그대로 고치거나 따옴표를 빼 주세요.",
            )
        return "FACT_QUOTE", "warning", "자료에 같은 표현이 없는 이름이나 제목입니다. 자료와 맞는지 확인해 주세요."
    if fact.kind == "name":
        if base.other_post(fact) is not None:
            return "FACT_NAME_POST", "warning", "자료와 직위가 다른 사람입니다. 이름과 직위를 확인해 주세요."
        severity: Severity = "warning" if " " in fact.value and len(fact.value.split(" ")[0]) == 1 else "error"
        return "FACT_UNSUPPORTED", severity, "자료에서 찾을 수 없는 이름입니다. 자료와 맞는지 확인해 주세요."
    name = _KIND_NAMES[fact.kind]
    return "FACT_UNSUPPORTED", "error", f"자료에서 찾을 수 없는 {name}입니다. 자료와 맞는지 확인해 주세요."


def nearest(fact: Fact, base: FactBase) -> SourceFact | None:
    """The fact of the sources that was most likely meant, or None when none is alike."""
    best: SourceFact | None = None
    best_likeness = _LEAST_LIKENESS
    seen: set[tuple[str, str]] = set()
    for candidate in base.facts:
        key = (candidate.fact.kind, candidate.fact.value)
        if key in seen or not _comparable(fact, candidate.fact):
            continue
        seen.add(key)
        alike = _likeness(fact, candidate.fact)
        if alike > best_likeness:
            best, best_likeness = candidate, alike
    return best


def _comparable(one: Fact, other: Fact) -> bool:
    return any(one.kind in family and other.kind in family for family in _FAMILIES)


def _likeness(one: Fact, other: Fact) -> float:
    if one.kind == "name":
        name, _, post = one.value.partition(" ")
        known, _, known_post = other.value.partition(" ")
        if name == known:
            return 1.0
        alike = sum(a == b for a, b in zip(name, known, strict=False)) / max(len(name), len(known))
        return alike * 0.7 + (0.3 if post and known_post and same_post(post, known_post) else 0.0)
    if one.kind == "quotation":
        return likeness(pairs(one.value), pairs(other.value))
    if one.kind in ("date", "time", "period") or other.kind in ("date", "time", "period"):
        mine, theirs = _NUMBER.findall(one.value), _NUMBER.findall(other.value)
        return len(set(mine) & set(theirs)) / max(len(set(mine)), 1) * 0.6 + 0.4 * (one.kind == other.kind)
    number, _, unit = one.value.partition(" ")
    known_number, _, known_unit = other.value.partition(" ")
    alike = 1.0 if number == known_number else SequenceMatcher(None, number, known_number, autojunk=False).ratio()
    return alike * 0.65 + (0.3 if unit and unit.split(" ")[0] == known_unit.split(" ")[0] else 0.0)
