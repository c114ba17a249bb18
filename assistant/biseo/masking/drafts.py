"""Personal data in a draft: counted by kind, and masked or shown in a copy that leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from biseo.checks.privacy import LABELS, Kind, find_private
from biseo.document import Draft, Letter, Section
from biseo.masking.placeholders import Placeholders
from biseo.masking.words import mask_spans

_APART = "\n\n"
Rows = tuple[tuple[str, ...], ...]
Known = Sequence[tuple[Kind, str]]
"""Values found in the sources: a name stands in a draft without the words that showed what it is."""


def count_in_draft(draft: Draft, known: Known = ()) -> dict[str, int]:
    """How often each kind, as officials call it, stands in what is printed of a draft."""
    return counted(item.kind for item in find_private(_words(draft), known))


def masked_draft(draft: Draft, known: Known = ()) -> Draft:
    """The draft with all personal data masked; the foot of an official document names officials and stays."""
    words = _words(draft)
    place = 0
    masked = mask_spans(words, find_private(words, known))

    def take(text: str) -> str:
        nonlocal place
        piece = masked[place : place + len(text)]
        place += len(text) + len(_APART)
        return piece

    return _through(draft, take)


def count_hidden(draft: Draft, hidden: Placeholders) -> dict[str, int]:
    """How many placeholders of each kind, as officials call it, stand in what is printed of a draft."""
    found: list[Kind] = []

    def note(text: str) -> str:
        found.extend(hidden.kinds(text))
        return text

    _everywhere(draft, note)
    return counted(found)


def with_masks(draft: Draft, hidden: Placeholders) -> Draft:
    """The draft with the usual mask where a placeholder stands, for good; what is visible stays."""
    marks = {value.mark for value in hidden.values}
    # A passage of a source is quoted as it stands there: what is hidden on the page is hidden in it as well.
    return _everywhere(draft, hidden.mask, lambda passage: hidden.mask(hidden.cover(passage, marks).hidden))


def with_values(draft: Draft, hidden: Placeholders) -> Draft:
    """The draft with the values where placeholders stand."""
    return _everywhere(draft, hidden.restore)


def counted(kinds: Iterable[Kind]) -> dict[str, int]:
    """Numbers of finds by the names of their kinds, in the order of the list of kinds."""
    counts = Counter(kinds)
    return {label: counts[kind] for kind, label in LABELS.items() if counts[kind]}


def told(counts: dict[str, int]) -> str:
    """`이름 2곳, 휴대전화 1곳`."""
    return ", ".join(f"{label} {count}곳" for label, count in counts.items())


def _words(draft: Draft) -> str:
    pieces: list[str] = []

    def note(text: str) -> str:
        pieces.append(text)
        return text

    _through(draft, note)
    return _APART.join(pieces)


def _through(draft: Draft, change: Callable[[str], str]) -> Draft:
    """The draft with every printed text changed, always in the same order."""
    return replace(
        draft,
        title=change(draft.title),
        subtitle=change(draft.subtitle),
        summary=change(draft.summary),
        keywords=tuple(change(word) for word in draft.keywords),
        sections=tuple(
            _changed(section, change, change, lambda one: _as_one(one, change)) for section in draft.sections
        ),
        letter=_head(draft.letter, change) if draft.letter is not None else None,
    )


def _head(letter: Letter, change: Callable[[str], str]) -> Letter:
    """The letter with its receivers changed, who may be private persons; one is printed in the head, more below."""
    from biseo.writers.official import head_lines, receivers_list

    head = tuple(change("\n".join(head_lines(letter))).split("\n"))
    receivers = letter.receivers
    if receivers_list(letter):
        receivers = tuple(change("\n".join(receivers)).split("\n"))
    elif head != tuple(head_lines(letter)):
        receivers = (head[0].removeprefix("수신").strip(),)
    return replace(letter, head=head, receivers=receivers)


def _everywhere(
    draft: Draft, change: Callable[[str], str], quoted: Callable[[str], str] | None = None
) -> Draft:  # fmt: skip
    """The draft with every printed text changed by itself, head and foot of a letter and every cell too.

    Args:
        quoted: changes the passages of sources; by itself they are changed like all others.
    """

    def cells(section: Section) -> Rows:
        return tuple(tuple(map(change, row)) for row in section.rows)

    return replace(
        draft,
        title=change(draft.title),
        subtitle=change(draft.subtitle),
        summary=change(draft.summary),
        keywords=tuple(map(change, draft.keywords)),
        sections=tuple(_changed(section, change, quoted or change, cells) for section in draft.sections),
        letter=_letter(draft.letter, change) if draft.letter is not None else None,
    )


def _changed(
    section: Section, change: Callable[[str], str], quoted: Callable[[str], str], rows: Callable[[Section], Rows]
) -> Section:
    """A section with its texts changed in the order in which they are printed, its table last.

    Args:
        quoted: changes the passages of sources.
        rows: the table of the section, changed.
    """
    return replace(
        section,
        title=change(section.title),
        text=change(section.text),
        evidence=(),  # shown in the window only
        sentences=(),
        items=tuple(
            replace(
                item, text=change(item.text), evidence=tuple(replace(e, text=quoted(e.text)) for e in item.evidence)
            )
            for item in section.items
        ),
        rows=rows(section),
    )


def _letter(letter: Letter, change: Callable[[str], str]) -> Letter:
    said: dict[str, Any] = {each.name: getattr(letter, each.name) for each in fields(letter)}
    changed: dict[str, Any] = {
        name: change(words) if isinstance(words, str) else tuple(map(change, words)) for name, words in said.items()
    }
    return replace(letter, **changed)


def _as_one(section: Section, change: Callable[[str], str]) -> Rows:
    """The table changed as one text, which stays as long as it was; cells may hold newlines."""
    table = change("\n".join("\t".join(row) for row in section.rows)) if section.rows else ""
    place = 0
    rows = []
    for row in section.rows:
        cells = []
        for cell in row:
            cells.append(table[place : place + len(cell)])
            place += len(cell) + 1
        rows.append(tuple(cells))
    return tuple(rows)
