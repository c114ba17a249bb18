"""Takes out of a draft what no document format can hold: control characters and halves of characters."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from biseo.document import Draft, Evidence, Letter, Section, SwotItem
from biseo.text.characters import unify_line_ends

# XML 1.0 knows tab and newline only; byte order marks and the C1 controls would survive but show as boxes.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BEYOND = re.compile(
    "[" + "".join(f"{chr(0x10000 * n + 0xFFFE)}{chr(0x10000 * n + 0xFFFF)}" for n in range(1, 17)) + "]"
)


def clean_text(text: str) -> str:
    """`text` with every line end a newline and without characters that XML forbids."""
    return _BEYOND.sub("", _ILLEGAL.sub("", unify_line_ends(text)))


def clean_draft(draft: Draft) -> Draft:
    """`draft` with every printed text cleaned. Findings are left out: their offsets would no longer hold."""
    return replace(
        draft,
        title=clean_text(draft.title),
        subtitle=clean_text(draft.subtitle),
        summary=clean_text(draft.summary),
        keywords=tuple(clean_text(word) for word in draft.keywords),
        sections=tuple(_section(section) for section in draft.sections),
        findings=(),
        letter=_letter(draft.letter) if draft.letter else None,
    )


def _letter(letter: Letter) -> Letter:
    """One line a value."""

    def line(text: str) -> str:
        return " ".join(clean_text(text).split())

    values: dict[str, Any] = {}
    for one in fields(letter):
        value = getattr(letter, one.name)
        if one.name in ("head", "foot"):  # whole lines, set with blanks
            values[one.name] = tuple(clean_text(row).replace("\n", " ") for row in value)
        else:
            values[one.name] = line(value) if isinstance(value, str) else tuple(map(line, value))
    return Letter(**values)


def _section(section: Section) -> Section:
    return replace(
        section,
        title=clean_text(section.title),
        text=clean_text(section.text),
        items=tuple(_item(item) for item in section.items),
        rows=tuple(tuple(clean_text(cell) for cell in row) for row in section.rows),
    )


def _item(item: SwotItem) -> SwotItem:
    evidence = tuple(Evidence(clean_text(e.source), e.page, clean_text(e.text)) for e in item.evidence)
    return SwotItem(clean_text(item.text), evidence, item.inferred)
