"""The written file against its template, read by another parser than the one that made it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest
from typing import Any

from biseo.forms.controls import PLACEHOLDER
from biseo.forms.dialect import Change, Dialect
from biseo.forms.filling import Filling
from biseo.forms.template import Template


def same_but_filled(template: Template, filling: Filling, written: str) -> bool:
    """Whether the file at `written` is the template with exactly these fields filled.

    Every part that was not to change has the same bytes. In the others every element, attribute and word is the same,
    apart from the words of changed paragraphs, and these say what they should.
    """
    with zipfile.ZipFile(template.path) as old, zipfile.ZipFile(written) as new:
        if [_identity(one) for one in old.infolist()] != [_identity(one) for one in new.infolist()]:
            return False
        for name in old.namelist():
            content = new.read(name)  # also checks its sum
            changes = filling.changes.get(name)
            if changes is None:
                if content != old.read(name):
                    return False
            elif not _same_part(old.read(name), content, changes, template.dialect):
                return False
    return True


def _identity(entry: zipfile.ZipInfo) -> tuple[object, ...]:
    return entry.filename, entry.compress_type, entry.date_time, entry.external_attr, entry.comment


def _same_part(before: bytes, after: bytes, changes: Sequence[Change], dialect: Dialect) -> bool:
    from defusedxml import ElementTree

    old = ElementTree.fromstring(before, forbid_dtd=True)
    new = ElementTree.fromstring(after, forbid_dtd=True)
    touched_old = {change.number: (1, index) for index, change in enumerate(changes)}
    touched_new: dict[int, tuple[int, int]] = {}
    shift = 0
    for index, change in enumerate(changes):
        touched_new[change.number + shift] = (change.paragraphs, index)
        shift += change.paragraphs - 1
    spoken = _said(new, touched_new, dialect, len(changes))
    if spoken != [change.text for change in changes]:
        return False
    guides = {number for change in changes for number in change.guides}
    outlines = zip_longest(_outline(old, touched_old, dialect, guides), _outline(new, touched_new, dialect))
    return all(one == other for one, other in outlines)


def _said(root: Any, touched: dict[int, tuple[int, int]], dialect: Dialect, count: int) -> list[str]:
    """What the changed paragraphs say, each with those that were added after it."""
    found: list[list[str]] = [[] for _ in range(count)]
    left, index = 0, 0
    for number, paragraph in enumerate(_paragraphs(root)):
        if number in touched:
            left, index = touched[number]
        if left:
            found[index].append("".join(_words(paragraph, dialect)))
            left -= 1
    return ["\n".join(lines) for lines in found]


def _paragraphs(root: Any) -> Iterator[Any]:
    return (one for one in root.iter() if _local(one) == "p")


def _words(element: Any, dialect: Dialect) -> Iterator[str]:
    """The words of one paragraph, without those of paragraphs inside of it."""
    space = str(element.tag).rpartition("}")[0]
    stack = list(reversed(element))
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
            continue
        name = _local(one)
        if str(one.tag).rpartition("}")[0] != space or name == "p" or name in dialect.skipped:
            continue
        if name in dialect.breaks:
            yield dialect.breaks[name]
            continue
        inner: list[Any] = [one.text or ""] if name == "t" else []
        for child in one:
            inner.append(child)
            if name == "t":
                inner.append(child.tail or "")
        stack.extend(reversed(inner))


def _outline(
    root: Any, touched: dict[int, tuple[int, int]], dialect: Dialect, guides: AbstractSet[int] = frozenset()
) -> Iterator[tuple[object, ...]]:
    """Every element with all it says, but of changed paragraphs only what is neither words nor their runs.

    Left out are the signs of guides with these numbers: they went with the guides.
    """
    signs = -1
    stack: list[tuple[Any, bool]] = [(root, False)]
    number, skip = -1, 0
    while stack:
        element, loose = stack.pop()
        name = _local(element)
        if name == PLACEHOLDER:
            signs += 1
            if signs in guides:
                continue
        if name == "p":
            number += 1
            if skip:  # a paragraph that was added
                skip -= 1
                continue
            loose = number in touched
            if loose:
                skip = touched[number][0] - 1
                yield "changed", element.tag, *_attributes(element)
                stack.extend((child, True) for child in reversed(element))
                continue
        if loose and name == "rPr":
            continue
        if loose and name in dialect.quiet:
            stack.extend((child, True) for child in reversed(element))
            continue
        kept = [one for one in _attributes(element) if not (loose and one[0] == "dirty")]
        yield element.tag, *kept, element.text or "", "" if loose else element.tail or ""
        stack.extend((child, loose) for child in reversed(element))


def _attributes(element: Any) -> list[tuple[str, str]]:
    return sorted(element.attrib.items())


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
