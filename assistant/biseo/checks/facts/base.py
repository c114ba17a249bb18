"""The facts of the sources and of the filled-in form, ready to be looked up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from biseo.checks.evidence import passages_in_text, passages_of, source_names
from biseo.checks.facts.contexts import SourceContexts
from biseo.checks.facts.keys import DECLARED_UNIT, is_number, keys_of, keys_said, with_unit
from biseo.checks.facts.nearest import NearestFacts
from biseo.checks.facts.source import GIVEN, SourceFact, SourceTable
from biseo.checks.facts.source_sums import SourceSums
from biseo.document import Document, Evidence, Passage
from biseo.text.facts import Fact, find_facts, letters
from biseo.text.named_bodies import spellings
from biseo.text.people import same_post

_NEAR = 3
"""Passages between which two halves of a period may be found apart."""
_PLACES = 32
"""Places remembered for one value; more of the same are of no use."""
_DAY_OF_YEAR = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTE_MARK = re.compile("[\"'“‘]")


class FactBase:
    """The facts of the sources and of the form, ready to be looked up.

    Supported is what the sources say: the same value in any spelling, or a part of it (7일 by 2023. 11. 7., 18:00 by
    18:00~22:00). A whole is not supported by its part, nor a number by the same number of another unit.
    """

    def __init__(self, sources: Iterable[Document] = (), given: Iterable[str] = ()) -> None:
        self.passages: list[Passage] = []
        self.tables: list[SourceTable] = []
        self.headings: list[str] = []  # per passage: the nearest heading above it
        self._index: dict[str, list[int]] = {}
        self._people: dict[str, list[tuple[str, int]]] = {}
        self._facts: list[SourceFact] = []
        self._fact_places: list[int] = []
        self._letters: list[str] = []
        self._spans: list[list[int]] = []  # per source: where in its letters each passage begins
        self._first: list[int] = []  # per source: number of its first passage
        documents = list(sources)
        for document, name in zip(documents, source_names(documents), strict=True):
            passages = passages_of(document, name)
            self._add_source(passages, _headings(document, passages), _tables(document))
        for text in given:
            self._add_source(passages_in_text(text, GIVEN), (), _tables_of_text(text))

    @property
    def facts(self) -> tuple[SourceFact, ...]:
        """All facts in the order of the sources, those inside quotations included."""
        return tuple(self._facts)

    @cached_property
    def nearest(self) -> NearestFacts:
        """Finds what was meant by a fact that is not here."""
        return NearestFacts(self._facts)

    @cached_property
    def sums(self) -> SourceSums:
        """What can be reckoned from the facts."""
        return SourceSums(self.passages, self._facts_by_place(), self.tables)

    @cached_property
    def contexts(self) -> SourceContexts:
        """The words around the facts."""
        return SourceContexts(self.passages, self.headings, self._facts_by_place(), self.tables)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Surnames of the people who are named in full."""
        return frozenset(name[0] for name in self._people)

    def support(self, fact: Fact) -> Evidence | None:
        """Where the sources say it, or None."""
        if fact.kind == "name":
            return self._support_name(fact)
        if fact.kind in ("quotation", "law"):
            return self._support_letters(fact.value)
        if fact.kind in ("organisation", "place"):
            return self._support_body(fact.value)
        for key in keys_of(fact):
            places = self._index.get(key)
            if places:
                return self.evidence(places[0])
        if fact.kind == "period":
            return self._support_halves(fact)
        if fact.kind == "number" and not is_number(fact.value):
            return self._support_letters(letters(fact.text)) if len(fact.text) >= 2 else None
        return None

    def places(self, fact: Fact) -> list[int]:
        """Numbers of the passages that say it, up to some 32 a key; none for names and quotations."""
        found: set[int] = set()
        for key in keys_of(fact):
            found.update(self._index.get(key, ()))
        return sorted(found)

    def other_post(self, fact: Fact) -> Evidence | None:
        """Where the sources name the same person with a post that is not this one, or None."""
        name, _, _post = fact.value.partition(" ")
        for post, place in self._named(name):
            if post:
                return self.evidence(place)
        return None

    def evidence(self, place: int) -> Evidence:
        """The passage of this number as evidence."""
        passage = self.passages[place]
        return Evidence(passage.source, passage.page, passage.text)

    def years_of(self, month: int, day: int) -> frozenset[int]:
        """The years with which the sources say this day."""
        return self._years.get((month, day), frozenset())

    @cached_property
    def _years(self) -> dict[tuple[int, int], frozenset[int]]:
        years: dict[tuple[int, int], set[int]] = {}
        for known in self._facts:
            if known.fact.kind in ("date", "period"):
                for value in known.fact.value.split("/"):
                    if _DAY_OF_YEAR.fullmatch(value):
                        years.setdefault((int(value[5:7]), int(value[8:])), set()).add(int(value[:4]))
        return {day: frozenset(found) for day, found in years.items()}

    def _named(self, name: str) -> list[tuple[str, int]]:
        if len(name) > 1:
            return self._people.get(name, [])
        return [entry for full, entries in self._people.items() if full[0] == name for entry in entries]

    def _support_name(self, fact: Fact) -> Evidence | None:
        name, _, post = fact.value.partition(" ")
        named = self._named(name)
        for known, place in named:
            if not post or not known or same_post(post, known):
                return self.evidence(place)
        if any(known for known, _ in named):
            return None
        # Named without a post (a form field, a list): the name alone is what can be looked up.
        return self._support_letters(name) if len(name) > 1 else None

    def _support_body(self, name: str) -> Evidence | None:
        """A word may stand before the name without a space: the tail of it is enough."""
        for written in spellings(name):
            for start in range(max(1, len(written) - 4)):
                evidence = self._support_letters(written[start:])
                if evidence is not None:
                    return evidence
        return None

    def _support_letters(self, value: str) -> Evidence | None:
        if not value:
            return None
        for source, text in enumerate(self._letters):
            found = text.find(value)
            if found >= 0:
                return self.evidence(self._first[source] + max(0, bisect_right(self._spans[source], found) - 1))
        return None

    def _support_halves(self, fact: Fact) -> Evidence | None:
        """A period whose two ends stand close to each other (two cells of a row, two lines)."""
        first, second = fact.value.split("/")
        kind = "time" if ":" in first else "date"
        for one in self._index.get(f"{kind} {first}", ()):
            for other in self._index.get(f"{kind} {second}", ()):
                if abs(one - other) <= _NEAR and self.passages[one].source == self.passages[other].source:
                    return self.evidence(one)
        return None

    def _add_source(
        self, passages: tuple[Passage, ...], headings: Sequence[str], tables: Iterable[tuple[int, SourceTable]]
    ) -> None:
        unit = ""
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        first = len(self.passages)
        self._first.append(first)
        units: list[str] = []
        for number, passage in enumerate(passages):
            place = len(self.passages)
            self.passages.append(passage)
            self.headings.append(headings[number] if headings else "")
            starts.append(length)
            pieces.append(letters(passage.text))
            length += len(pieces[-1])
            declared = DECLARED_UNIT.search(passage.text)
            unit = declared[1] if declared else unit
            units.append(unit)
            for fact in find_facts(passage.text, quotations=False):
                self._add_fact(fact, place, unit)
            if _QUOTE_MARK.search(passage.text):
                for fact in find_facts(passage.text):
                    if fact.kind == "quotation":
                        self._remember(fact, place)
        self._letters.append("".join(pieces))
        self._spans.append(starts)
        offsets = [passage.start for passage in passages]
        for offset, table in tables:
            number = min(bisect_right(offsets, offset), len(passages)) - 1
            if number >= 0:
                # A leading empty cell is not in the passage, so it may begin a little behind the table.
                number += offsets[number] < offset and number + 1 < len(offsets)
                caption = passages[number - 1].text if number else ""
                self.tables.append(SourceTable(table.rows, caption, units[number], first + number))

    def _facts_by_place(self) -> dict[int, list[Fact]]:
        facts: dict[int, list[Fact]] = {}
        for known, place in zip(self._facts, self._fact_places, strict=True):
            if known.fact.kind != "quotation":
                facts.setdefault(place, []).append(known.fact)
        return facts

    def _remember(self, fact: Fact, place: int) -> None:
        self._facts.append(SourceFact(fact, self.passages[place]))
        self._fact_places.append(place)

    def _add_fact(self, fact: Fact, place: int, unit: str) -> None:
        passage = self.passages[place]
        self._remember(fact, place)
        if fact.kind == "name":
            name, _, post = fact.value.partition(" ")
            if len(name) > 1:
                self._people.setdefault(name, []).append((post, place))
            return
        keys = set(keys_said(fact))
        row = "\t" in passage.text
        serial = row and fact.start == 0 and len(fact.text) <= 3  # 연번 counts nothing
        if fact.kind == "number" and is_number(fact.value) and not serial:
            attached = fact.start > 0 and passage.text[fact.start - 1].isalnum()
            if not attached:
                keys.add(f"plain {fact.value}")
                if row and unit:
                    keys.add(with_unit(fact.value, unit))
        for key in keys:
            places = self._index.setdefault(key, [])
            if len(places) < _PLACES and (not places or places[-1] != place):
                places.append(place)


def _headings(document: Document, passages: Sequence[Passage]) -> list[str]:
    """For every passage of the document the heading that it stands under."""
    starts, texts, offset = [0], [""], 0
    for block in document.blocks:
        if block.kind == "heading":
            starts.append(offset)
            texts.append(block.text)
        offset += len(block.text) + 1
    return [texts[bisect_right(starts, passage.start) - 1] for passage in passages]


def _tables(document: Document) -> Iterator[tuple[int, SourceTable]]:
    """The document's tables with their offsets in its text."""
    offset = 0
    for block in document.blocks:
        if block.rows:
            yield offset, SourceTable(block.rows, "", "", 0)
        elif "\t" in block.text:
            yield from ((offset + start, table) for start, table in _tables_of_text(block.text))
        offset += len(block.text) + 1


def _tables_of_text(text: str) -> Iterator[tuple[int, SourceTable]]:
    """Runs of lines with tabs, with their offsets."""
    rows: list[tuple[str, ...]] = []
    start = offset = 0
    for line in (*text.split("\n"), ""):
        if "\t" in line:
            start = start if rows else offset
            rows.append(tuple(line.split("\t")))
        elif rows:
            yield start, SourceTable(tuple(rows), "", "", 0)
            rows = []
        offset += len(line) + 1
