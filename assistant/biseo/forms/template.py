"""A template: its parts, the places in them that can be filled, and the fields these places make."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from biseo.forms import refusal
from biseo.forms.byte_xml import BadXml, Element, as_utf8, parse
from biseo.forms.controls import Control
from biseo.forms.dialect import Dialect, Spot
from biseo.forms.form import FormField
from biseo.forms.grid import Grid
from biseo.forms.names import field_key, tidy_name
from biseo.forms.owpml import Owpml, read_underlines
from biseo.forms.wordml import Wordml
from biseo.readers import refusal as reader_refusal
from biseo.readers.detect import detect
from biseo.readers.limits import Limits

_NUMBERS = re.compile(r"\d+")
_ORDER = ("document", "section", "header", "footer")


@dataclass(frozen=True)
class Part:
    """One part with text: its name in the container, its bytes as UTF-8, its tree."""

    name: str
    data: bytes
    root: Element


@dataclass
class Slate:
    """A field and all its places."""

    name: str
    spots: list[tuple[Part, Spot]] = field(default_factory=list)

    def told(self) -> FormField:
        """The field as the front ends see it."""
        spot = self.spots[0][1]
        places = sum(not spot.shadow for _part, spot in self.spots)
        return FormField(self.name, spot.kind, spot.where, spot.text, max(1, places))


@dataclass(frozen=True)
class Template:
    """What was found in one file."""

    path: str
    dialect: Dialect
    parts: tuple[Part, ...]
    slates: tuple[Slate, ...]
    warnings: tuple[str, ...]


def open_template(path: str, limits: Limits) -> Template:
    """Find everything that can be filled. In the child process only: the file is a stranger's.

    Raises:
        InputFileError: no HWPX or DOCX, or one that cannot be read.
    """
    kind, warnings = detect(path, limits)
    if kind not in ("hwpx", "docx"):
        raise refusal.not_a_form(path, kind)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            _refuse_encrypted(path, archive, names)
            dialect: Dialect = Wordml() if kind == "docx" else Owpml(_underlines(archive, names))
            wanted = sorted((name for name in names if dialect.part.fullmatch(name)), key=_place_in_order)
            parts = tuple(_part(name, archive.read(name), dialect) for name in wanted)
    except BadXml as error:
        raise reader_refusal.unsafe(path) from error
    if not parts:
        raise reader_refusal.damaged(path)
    if any("signature" in name.casefold() for name in names):
        warnings = (*warnings, "이 양식에는 전자서명이 들어 있으며, 칸을 채우면 그 서명은 더는 맞지 않습니다.")
    return Template(path, dialect, parts, tuple(_slates(parts, dialect)), warnings)


def _refuse_encrypted(path: str, archive: zipfile.ZipFile, names: list[str]) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise reader_refusal.encrypted(path)


def _underlines(archive: zipfile.ZipFile, names: list[str]) -> frozenset[str]:
    header = next((name for name in names if name.casefold() == "contents/header.xml"), "")
    return read_underlines(archive.read(header)) if header else frozenset()


def _part(name: str, data: bytes, dialect: Dialect) -> Part:
    data = as_utf8(data)
    return Part(name, data, parse(data, dialect.text_elements))


def _place_in_order(name: str) -> tuple[int, int, str]:
    stem = name.rpartition("/")[2].casefold()
    kind = next((index for index, word in enumerate(_ORDER) if stem.startswith(word)), len(_ORDER))
    found = _NUMBERS.search(stem)
    return kind, int(found[0]) if found else 0, name


def _slates(parts: tuple[Part, ...], dialect: Dialect) -> Iterator[Slate]:
    """The fields in reading order, each with a name of its own."""
    spots = [(part, spot) for part in parts for spot in _spots(part, dialect)]
    shared = {field_key(spot.names[0]) for _part, spot in spots if not spot.alone}
    labels = [spot for _part, spot in spots if spot.alone and not spot.shadow]
    own = dict(zip(map(id, labels), _distinct([spot.names for spot in labels], shared), strict=True))
    slates: dict[str, Slate] = {}
    paired: set[int] = set()
    for part, spot in spots:
        if not spot.alone:
            name = tidy_name(spot.names[0])
        elif not spot.shadow:
            name = own[id(spot)]
        else:
            twin = _twin(spot, labels, paired)
            if twin is None:
                continue
            name = own[id(twin)]
        slates.setdefault(field_key(name), Slate(name)).spots.append((part, spot))
    yield from slates.values()


def _spots(part: Part, dialect: Dialect) -> Iterator[Spot]:
    """Every place of a part in reading order."""
    space = _text_space(part.root)
    tables: dict[int, int] = {}
    found: list[tuple[int, Spot]] = []
    for element in part.root.walk():
        if element.space != space:
            continue
        if element.name == "tbl":
            tables[element.start] = len(tables) + 1
            found += ((spot.lines[0].element.start, spot) for spot in _empty_cells(element, len(tables), dialect))
        elif element.name == "p":
            line = dialect.line(element)
            where, shadow = _where(element, tables, dialect), is_shadow(element)
            slots = [replace(spot, shadow=shadow) for spot in dialect.slots(line, where)]
            blanks = [
                one for one in dialect.blanks(line, where, shadow) if not any(_touch(one, slot) for slot in slots)
            ]
            found += ((element.start, spot) for spot in (*slots, *blanks))
            if "{{" in line.text:
                found += ((element.start, spot) for spot in dialect.marks(line, where, shadow))
    found.sort(key=lambda one: (one[0], one[1].start))
    return (spot for _start, spot in found)


def _empty_cells(table: Element, number: int, dialect: Dialect) -> Iterator[Spot]:
    place, shadow = dialect.place(table), is_shadow(table)
    for cell, names in Grid(dialect.cells(table)).named():
        where = f"{place} {number}번째 표 {cell.row + 1}행 {cell.column + 1}열"
        if isinstance(cell.content, Control):
            control = cell.content
            place_ = (control.start, control.end, control.element)
            yield Spot("control", names, (control.line,), where, *place_, shadow=shadow, alone=True)
        else:
            yield Spot("label", names, tuple(cell.content), where, shadow=shadow, alone=True)


def _touch(one: Spot, other: Spot) -> bool:
    return one.start < other.end and other.start < one.end


def _where(paragraph: Element, tables: dict[int, int], dialect: Dialect) -> str:
    place = dialect.place(paragraph)
    number = next((tables[one.start] for one in paragraph.above() if one.name == "tbl" and one.start in tables), 0)
    return f"{place} {number}번째 표" if number else place


def is_shadow(element: Element) -> bool:
    """Whether it is in the copy of a text box that a DOCX keeps for old programs."""
    return any(one.name == "Fallback" for one in element.above())


def _text_space(root: Element) -> str:
    """The namespace of paragraphs: that of the first one that is no drawing's."""
    for element in root.walk():
        if element.name == "p" and "drawingml" not in element.space:
            return element.space
    return ""


def _distinct(choices: list[tuple[str, ...]], taken: set[str]) -> list[str]:
    """One name for each: as short as it can be without another having the same, numbered where nothing else helps."""
    levels = [0] * len(choices)
    while True:
        names = [names[level] for names, level in zip(choices, levels, strict=True)]
        counts = Counter(map(field_key, names))
        longer = [
            index
            for index, name in enumerate(names)
            if (counts[field_key(name)] > 1 or field_key(name) in taken) and levels[index] + 1 < len(choices[index])
        ]
        if not longer:
            break
        for index in longer:
            levels[index] += 1
    used = Counter(taken)
    result: list[str] = []
    for name in names:
        key = field_key(name)
        used[key] += 1
        numbered, number = name, used[key]
        while number > 1 and field_key(numbered := f"{name} ({number})") in used:
            number += 1
        if number > 1:
            used[key] = number
            used[field_key(numbered)] += 1
        result.append(numbered)
    return result


def _twin(shadow: Spot, labels: list[Spot], paired: set[int]) -> Spot | None:
    """The cell that a cell in the copy of a text box is the copy of."""
    box = _box(shadow)
    for spot in labels:
        if spot.names == shadow.names and _box(spot) is box and id(spot) not in paired:
            paired.add(id(spot))
            return spot
    return None


def _box(spot: Spot) -> Element | None:
    return next((one for one in spot.lines[0].element.above() if one.name == "AlternateContent"), None)
