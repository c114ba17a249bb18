"""The parts a document needs, by kind; which they are is data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from biseo.checks.form.kinds import KINDS, Kind
from biseo.document import Document, Finding

_TITLE_LENGTH = 60


@dataclass(frozen=True)
class Part:
    """A part that a document of a kind needs.

    Attributes:
        patterns: one of them is found where the part is there.
        in_title: only headings, short lines and first cells of rows count.
        section: id of the section of a draft that shows it missing.
    """

    rule: str
    patterns: tuple[re.Pattern[str], ...]
    message: str
    authority: str
    in_title: bool = False
    section: str = ""


@cache
def parts_of(kind: Kind) -> tuple[Part, ...]:
    """The parts that a kind of document needs."""
    return _all()[kind]


@cache
def _all() -> dict[str, tuple[Part, ...]]:
    data = tomllib.loads((files("biseo_resources") / "rules" / "form.toml").read_text(encoding="utf-8"))
    return {
        kind: tuple(
            Part(**{**entry, "patterns": tuple(re.compile(pattern) for pattern in entry["patterns"])})
            for entry in data.get(kind, ())
        )
        for kind in KINDS
    }


def missing_parts(document: Document, kind: Kind) -> Iterator[Part]:
    """The parts that the document lacks."""
    text = document.text
    titles: str | None = None
    for part in parts_of(kind):
        if part.in_title and titles is None:
            titles = "\n".join(_titles(document))
        where = (titles or "") if part.in_title else text
        if not any(pattern.search(where) for pattern in part.patterns):
            yield part


def as_finding(part: Part, section: str = "") -> Finding:
    """A missing part as a finding; it has no place, so it stands at the beginning."""
    return Finding(part.rule, "warning", 0, 0, "", part.message, "", part.authority, section)


def _titles(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for line in block.text.split("\n"):
            cells = line.split("\t")
            if len(line) <= _TITLE_LENGTH:
                yield line
            elif len(cells) > 1:
                yield cells[0]
            else:
                yield line[:20] if block.kind == "heading" else line.partition(":")[0][:20]
