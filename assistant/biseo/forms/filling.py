"""Values into a template: the changed parts, and what every changed paragraph says afterwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from biseo.forms.byte_xml import Edits
from biseo.forms.controls import PLACEHOLDER
from biseo.forms.dialect import Change, Dialect, Line, Spot, prefix_of
from biseo.forms.names import field_key
from biseo.forms.owpml import Owpml
from biseo.forms.template import Part, Slate, Template
from biseo.forms.wordml import Wordml
from biseo.writers.clean import clean_text


@dataclass(frozen=True)
class Filling:
    """The outcome of filling.

    Attributes:
        parts: name to new bytes; only parts that changed.
        changes: part name to its changed paragraphs.
        filled, empty: names of fields.
        unknown: names that were given and are no field.
    """

    parts: dict[str, bytes]
    changes: dict[str, list[Change]]
    filled: tuple[str, ...]
    empty: tuple[str, ...]
    unknown: tuple[str, ...]


def fill(template: Template, values: Mapping[str, str]) -> Filling:
    """Fill in what `values` has words for. A mark whose value is given and empty goes; without a value it stays."""
    given = {field_key(name): _tidy(words) for name, words in values.items()}
    keys = {field_key(slate.name) for slate in template.slates}
    unknown = tuple(name for name in values if field_key(name) not in keys)
    filled = [slate for slate in template.slates if given.get(field_key(slate.name))]
    empty = [slate for slate in template.slates if not given.get(field_key(slate.name))]
    removed = [slate for slate in empty if field_key(slate.name) in given and slate.spots[0][1].kind == "mark"]
    pens = {part.name: _Pen(part, template.dialect) for part in template.parts}
    for slate in (*filled, *removed):
        for part, spot in slate.spots:
            pens[part.name].note(spot, given[field_key(slate.name)])
    for pen in pens.values():
        pen.write()
    changed = {name: pen for name, pen in pens.items() if pen.edits}
    return Filling(
        {name: pen.edits.apply(pen.part.data) for name, pen in changed.items()},
        {name: pen.changes for name, pen in changed.items()},
        _names(filled),
        _names(empty),
        unknown,
    )


def _tidy(words: str) -> str:
    """What a file can hold; nothing, where only white space was given."""
    text = clean_text(words)
    return text.strip("\n ") if text.strip() else ""


def _names(slates: list[Slate]) -> tuple[str, ...]:
    return tuple(slate.name for slate in slates)


class _Pen:
    """Writes to one part."""

    def __init__(self, part: Part, dialect: Dialect) -> None:
        self.part, self._dialect = part, dialect
        self.edits = Edits()
        self.changes: list[Change] = []
        self._in_line: dict[int, list[tuple[Spot, str]]] = {}
        self._cells: list[tuple[Spot, str]] = []
        self._guides: list[int] | None = None

    def note(self, spot: Spot, value: str) -> None:
        """Remember what is to be written; several marks may stand in one paragraph."""
        if spot.kind == "label":
            self._cells.append((spot, value))
        else:
            self._in_line.setdefault(spot.lines[0].element.number, []).append((spot, value))

    def write(self) -> None:
        for spot, value in self._cells:
            self._fill_cell(spot.lines, value.split("\n"))
        for entries in self._in_line.values():
            self._fill_line(entries[0][0].lines[0], entries)
        self.changes.sort(key=lambda change: change.number)

    def _fill_line(self, line: Line, entries: list[tuple[Spot, str]]) -> None:
        spot, value = entries[0]
        before, after = line.text[: spot.start], line.text[spot.end :]
        alone = spot.kind == "mark" and not before.strip() and not after.strip()
        if alone and "\n" in value and self._dialect.plain(line):
            first, *rest = value.split("\n")
            self._cut(line, spot, first)
            self._more(line, [before + words for words in rest])
            self._changed(line, "\n".join([before + first + after, *(before + words for words in rest)]), 1 + len(rest))
            return
        text, place = [], 0
        for spot, value in sorted(entries, key=lambda entry: entry[0].start):
            text += [line.text[place : spot.start], value]
            place = spot.end
            self._cut(line, spot, value)
        guides = tuple(number for spot, _ in entries if (number := self._guide(spot)) is not None)
        self._changed(line, "".join([*text, line.text[place:]]), guides=guides)

    def _guide(self, spot: Spot) -> int | None:
        """Which of the part's signs for a guide this control has."""
        about = spot.begin.child("sdtPr") if spot.kind == "control" and spot.begin is not None else None
        guide = about.child(PLACEHOLDER) if about is not None else None
        if guide is None:
            return None
        if self._guides is None:
            self._guides = [one.start for one in self.part.root.walk() if one.name == PLACEHOLDER]
        return bisect_left(self._guides, guide.start)

    def _cut(self, line: Line, spot: Spot, value: str) -> None:
        words = self._words(line, value)
        if spot.kind == "slot":
            assert isinstance(self._dialect, Owpml)
            self._dialect.fill_slot(spot, self.part.data, words, self.edits)
        elif spot.kind == "control":
            assert isinstance(self._dialect, Wordml)
            self._dialect.fill_control(spot, self.part.data, words, self.edits)
        else:
            self._dialect.cut(line, spot.start, spot.end, self.edits, words)

    def _fill_cell(self, lines: tuple[Line, ...], values: list[str]) -> None:
        """Line by line into the paragraphs that are there, then into further ones like the last."""
        last = lines[-1]
        rest = values[len(lines) :]
        for line, words in zip(lines, values, strict=False):
            if words.strip():
                if line.pieces:
                    self._dialect.cut(line, 0, len(line.text), self.edits, self._words(line, words))
                else:
                    self._dialect.insert(line, self.part.data, self._words(line, words), self.edits)
            elif not (line is last and rest):
                continue
            text = words if words.strip() else line.text
            if line is last and rest:
                self._changed(line, "\n".join([text, *rest]), 1 + len(rest))
            else:
                self._changed(line, text)
        self._more(last, rest)

    def _more(self, line: Line, texts: list[str]) -> None:
        """Further paragraphs after this one."""
        place = line.element.end
        new = [self._dialect.another(line, self.part.data, self._words(line, words)) for words in texts]
        self.edits.put(place, place, b"".join(new))

    def _words(self, line: Line, text: str) -> bytes:
        return self._dialect.inline(text, prefix_of(line.element, self.part.data))

    def _changed(self, line: Line, text: str, paragraphs: int = 1, guides: tuple[int, ...] = ()) -> None:
        self._dialect.settle(line, self.part.data, self.edits)
        self.changes.append(Change(line.element.number, text, paragraphs, guides))
