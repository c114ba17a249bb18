"""The cases of files: whose each sentence is, and what it tells of the city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from biseo.cases.case import Case, CaseTable, Cell, Part
from biseo.cases.cities import Gazetteer, Mention, countries_of, is_label
from biseo.cases.grids import GridPart, parts_of_grid
from biseo.cases.sentences_of import (
    budgets,
    describes,
    does_something,
    ends_page,
    heading_of,
    is_caption,
    is_speech,
    is_whole,
    label_of,
    of_others,
    shortened,
    speaks_of_itself,
    teaches,
    unknown,
)
from biseo.citation import Citation
from biseo.document import Block, Document
from biseo.readers.marks import item_level
from biseo.text.sentences import split_sentences
from biseo.writers.marks import find_mark

_MOST = 4
"""Statements of content of one city from one file; those under a heading of their own count in full."""
_MOST_SAID = 6
_SHORT = 45
_LONGEST = 1500
_HANGUL = re.compile(r"[가-힣]")


@dataclass
class _Level:
    depth: int
    city: str = ""
    cell: Cell | None = None
    title: str = ""


@dataclass
class _Found:
    """What one file tells of one city."""

    named: Citation
    parts: dict[Cell, list[tuple[int, Part]]] = field(
        default_factory=lambda: {"content": [], "budget": [], "lesson": []}
    )


def read_cases(documents: Sequence[Document], names: Sequence[str]) -> CaseTable:
    """The table of all cities that the files tell something of; `names` are what the files are called in citations."""
    cases: dict[str, Case] = {}
    countries: dict[str, str] = {}
    for document in documents:
        countries.update(countries_of(document.text))
    for document, name in zip(documents, names, strict=True):
        for city, found in _Reading(document, name, countries).cases().items():
            new = _case(city, found)
            old = cases.get(city)
            cases[city] = new if old is None else _joined(old, new)
    told = tuple(case for case in cases.values() if case.content or case.budget or case.lesson)
    return CaseTable(tuple(names), told, tuple(case for case in cases.values() if case not in told))


def _case(city: str, found: _Found) -> Case:
    content = found.parts["content"]
    best = sorted(range(len(content)), key=lambda place: (-content[place][0], place))
    said = sum(weight >= 3 for weight, _ in content)
    kept = sorted(best[: min(_MOST_SAID, max(_MOST, said))])
    return Case(
        city,
        found.named,
        _once([content[place][1] for place in kept]),
        _once([part for _, part in found.parts["budget"]]),
        _once([part for _, part in found.parts["lesson"]])[:_MOST_SAID],
    )


def _once(parts: Sequence[Part]) -> tuple[Part, ...]:
    kept: dict[str, Part] = {}
    for part in parts:
        kept.setdefault("".join(part.text.split()), part)
    return tuple(kept.values())


def _joined(one: Case, other: Case) -> Case:
    return replace(
        one,
        content=_once((*one.content, *other.content)),
        budget=_once((*one.budget, *other.budget)),
        lesson=_once((*one.lesson, *other.lesson)),
    )


class _Reading:
    """One pass through one file."""

    def __init__(self, document: Document, name: str, countries: dict[str, str]) -> None:
        self._document = document
        self._text = document.text  # joined once
        self._name = name
        self._cities = Gazetteer(self._text, countries)
        self._found: dict[str, _Found] = {}
        self._levels: list[_Level] = []
        self._running = ""
        self._others = False
        self._ended = False
        self._only = self._only_subject()

    def cases(self) -> dict[str, _Found]:
        """What it tells of each city, in the order in which they are named."""
        offset = 0
        for block in self._document.blocks:
            if self._ended:
                break
            if block.kind == "table":
                for part in parts_of_grid(block, self._cities):
                    self._of_grid(block, part, offset)
            elif block.kind != "note" or _HANGUL.search(block.text):
                place = offset
                for line in block.text.split("\n"):
                    self._line(block, line, place)
                    place += len(line) + 1
            offset += len(block.text) + 1
        for city, found in self._found.items():
            if not found.named.text:
                found.named = self._first_named(city) or found.named
        return self._found

    def _first_named(self, city: str) -> Citation | None:
        """The first sentence that names a city."""
        offset = 0
        for block in self._document.blocks:
            for span in split_sentences(block.text):
                if any(one.name == city for one in self._cities.find(span.text)):
                    return self._cite(block, offset + span.start, offset + span.end, city)
            offset += len(block.text) + 1
        return None

    def _only_subject(self) -> str:
        """The city that the file is about where it speaks of a single one."""
        subjects: set[str] = set()
        named: set[str] = set()
        for block in self._document.blocks:
            if block.kind == "table":
                continue
            for span in split_sentences(block.text):
                if ends_page(span.text):
                    break
                mentions = self._cities.find(span.text)
                named |= {one.name for one in mentions}
                subjects |= {one.name for one in mentions if one.subject}
        about = subjects or named
        return next(iter(about)) if len(about) == 1 else ""

    def _of_grid(self, block: Block, part: GridPart, offset: int) -> None:
        cell = self._text[offset + part.start : offset + part.stop]
        named = self._cite(block, offset + part.city_start, offset + part.city_stop, part.city)
        found = self._found.setdefault(part.city, _Found(named))
        citation = self._cite(block, offset + part.start, offset + part.stop, part.city)
        amounts = tuple(value for _, values in budgets(f"예산 {cell}") for value in values)
        words = " ".join(cell.split())
        found.parts[part.cell].append((4, Part(words, citation, amounts if part.cell == "budget" else ())))

    def _line(self, block: Block, line: str, place: int) -> None:
        text = line.strip()
        if not text or not _HANGUL.search(text) or is_caption(text):
            return
        start = place + line.index(text[0])
        mark = find_mark(text)
        if mark is not None:
            start += len(text) - len(mark.body)
            text = mark.body
        depth = self._depth(block, line)
        mentions = self._cities.find(text)
        heading = block.kind == "heading" or (len(text) <= _SHORT and not is_whole(text))
        if heading:
            labels = [one for one in mentions if is_label(text, one)] or self._short_name(block, text)
            cities = {one.name for one in labels} if len({one.name for one in mentions}) <= 1 else set()
            cell, begin = label_of(text)
            if cities:
                self._open(_Level(depth, next(iter(cities)), title=text))
                self._name_city(block, next(iter(cities)), start, text)
                rest = text[labels[0].end :].lstrip(" :：-–—,·")
                if len(rest) >= 8 and does_something(rest):
                    self._say(block, next(iter(cities)), "content", rest, start + len(text) - len(rest), len(rest), 1)
                return
            if cell is None and (named := heading_of(text)):
                self._open(_Level(depth, "", named, text))
                return
            if block.kind == "heading":
                for one in mentions:
                    self._name_city(block, one.name, start, text)
                self._open(_Level(depth, title=text))
                return
            del begin
        self._close(depth)
        cell, begin = label_of(text)
        if cell:
            self._labelled(block, cell, text[begin:], start + begin)
            return
        for span in split_sentences(text):
            self._sentence(block, span.text, start + span.start)

    def _short_name(self, block: Block, text: str) -> list[Mention]:
        if heading_of(text) or (block.kind != "heading" and len(text) > 10):
            return []
        return list(self._cities.in_cell(text, column=False))

    def _depth(self, block: Block, line: str) -> int:
        if block.kind == "heading":
            return min(block.level or 1, 6)
        level = item_level(line)
        return 10 + level if level else 9 if len(line.strip()) <= _SHORT else 30

    def _open(self, level: _Level) -> None:
        self._close(level.depth)
        self._levels.append(level)
        if level.city:
            self._running = ""

    def _close(self, depth: int) -> None:
        while self._levels and self._levels[-1].depth >= depth:
            if self._levels.pop().city:
                self._running = ""

    def _city(self) -> str:
        return next((level.city for level in reversed(self._levels) if level.city), "")

    def _cell(self) -> Cell | None:
        for level in reversed(self._levels):
            if level.cell or level.city:
                return level.cell
        return None

    def _labelled(self, block: Block, cell: Cell, text: str, start: int) -> None:
        city = self._city() or self._running or self._only
        if not city:
            mentions = {one.name for one in self._cities.find(text)}
            city = next(iter(mentions)) if len(mentions) == 1 else ""
        if city and text.strip():
            self._say(block, city, cell, text, start, len(text), 4)

    def _sentence(self, block: Block, text: str, start: int) -> None:
        if self._ended or ends_page(text):
            self._ended = True
            return
        mentions = self._cities.find(text)
        for one in mentions:
            self._name_city(block, one.name, start, text)
        subjects = list(dict.fromkeys(one.name for one in mentions if one.subject))
        if len(text) > _LONGEST:
            return  # no sentence of prose: what a table or list without line ends was made into
        if len(subjects) > 1:
            for begin, end, clause_mentions in _split(text, mentions):
                clause = text[begin:end]
                self._told(block, clause_mentions[0].name, clause, start + begin, clause_mentions, begin, text, start)
            self._running = ""
            return
        if subjects:
            self._running, self._others = subjects[0], False
        elif of_others(text):
            self._others = True
            return
        elif speaks_of_itself(text):
            self._others = False
        if self._others and not self._city():
            return
        city = (subjects[0] if subjects else "") or self._running or self._city()
        if not city and not mentions:
            city = self._only
        if not city and len({one.name for one in mentions}) == 1 and not is_speech(text):
            city = mentions[0].name if self._only in ("", mentions[0].name) else ""
        if city:
            self._told(block, city, text, start, mentions, 0, text, start)

    def _told(
        self, block: Block, city: str, text: str, start: int, mentions: Sequence[Mention], shift: int, whole: str,
        whole_start: int,
    ) -> None:  # fmt: skip
        """Put a sentence, or the clause of it that speaks of this city, into its cells."""
        if is_speech(text):
            return
        cell = self._cell()
        moved = tuple(replace(one, start=one.start - shift, end=one.end - shift) for one in mentions)
        if cell in ("lesson", "budget"):
            self._say(block, city, cell, text, whole_start, len(whole), 4, moved)
            return
        money = budgets(text)
        citation = self._cite(block, whole_start, whole_start + len(whole), city)
        for words, amounts in money:
            self._of(city, block, start).parts["budget"].append((1, Part(words, citation, amounts)))
        if unknown(text):
            return
        if cell is None and block.kind == "paragraph" and not is_whole(whole):
            return
        subject = any(one.subject for one in moved) or speaks_of_itself(text)
        if teaches(text):
            self._say(block, city, "lesson", text, whole_start, len(whole), 1, moved)
            if not (subject and does_something(text)):
                return
        does = does_something(text)
        if does and (not money or does_something(_apart(text, money))):
            weight = 3 if cell == "content" else 1 + subject
            self._say(block, city, "content", text, whole_start, len(whole), weight, moved)
        elif not money and not describes(text) and len(text) >= 10 and (cell == "content" or subject or self._city()):
            weight = 3 if cell == "content" else 0
            self._say(block, city, "content", text, whole_start, len(whole), weight, moved)

    def _say(
        self, block: Block, city: str, cell: Cell, text: str, start: int, length: int, weight: int,
        mentions: tuple[Mention, ...] = (),
    ) -> None:  # fmt: skip
        citation = self._cite(block, start, start + length, city)
        found = self._of(city, block, start)
        if cell == "budget":
            told = budgets(f"예산 {text}")
            amounts = tuple(value for _, values in told for value in values)
            words = " ".join(text.split()).rstrip(".")
            if amounts:
                found.parts["budget"].append((weight, Part(words, citation, amounts)))
            return
        found.parts[cell].append((weight, Part(shortened(text, mentions), citation)))

    def _of(self, city: str, block: Block, start: int) -> _Found:
        if city not in self._found:
            self._found[city] = _Found(self._cite(block, start, start, city))
        return self._found[city]

    def _name_city(self, block: Block, city: str, start: int, text: str) -> None:
        self._found.setdefault(city, _Found(self._cite(block, start, start + len(text), city)))

    def _cite(self, block: Block, start: int, stop: int, city: str) -> Citation:
        titles = [level.title for level in self._levels if level.title]
        place = " > ".join(" ".join(title.split())[:40] for title in titles[-2:])
        return Citation(self._name, self._document.path, block.page, place, start, stop, self._text[start:stop])


def _apart(text: str, money: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """A sentence without its money and the verb of giving it."""
    for words, _ in money:
        text = text.replace(words, " ")
    return re.sub(r"확보|투입|투자|편성|지원했|지원한|지원받|들여|마련했|마련한", " ", text)


def _split(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
    """A sentence about several cities cut before each that is a subject."""
    starts = [one.start for one in mentions if one.subject]
    for place, begin in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        inside = tuple(one for one in mentions if begin <= one.start < end)
        yield begin, len(text[:end].rstrip(" ,")), inside
