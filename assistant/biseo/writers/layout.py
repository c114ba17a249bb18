"""One layout for all formats: a draft becomes a row of printable pieces; the writers only dress them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biseo.document import MISSING, Draft, Section, SwotItem
from biseo.writers.clean import clean_draft
from biseo.writers.grid import Table, lay_out_table
from biseo.writers.marks import Levels, find_mark, typed_width
from biseo.writers.profiles import find_profile

DRAFT_LINE = "인공지능 초안 – 담당자 검토 전"
INFERRED = "추정"
_ATTACHED = re.compile(r"(?P<word>붙\s?임)(?P<gap>\s{2,}|\s(?=\d{1,2}\.\s))(\d{1,2}\.\s+)?(?=\S)")
QUADRANTS = ("strengths", "weaknesses", "opportunities", "threats")
EVIDENCE_TITLE = "근거표"
EVIDENCE_HEAD = ("항목", "근거 문장", "출처(쪽)")


@dataclass(frozen=True)
class Notice:
    """The line that says that this is a draft."""

    text: str


@dataclass(frozen=True)
class Title:
    """One line of the document's title."""

    text: str


@dataclass(frozen=True)
class Subtitle:
    """One line of the subtitle."""

    text: str


@dataclass(frozen=True)
class Heading:
    """Title of a section; `level` 1 is the outermost."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A line without a mark."""

    text: str


@dataclass(frozen=True)
class Item:
    """A line with a mark.

    Attributes:
        gap: the blank between mark and words as written.
        level: 1 stands at the margin, each further one 2타 further in.
        attached: distance in 타 of a further line of a 붙임 list from the margin, below the number of the first one.
    """

    mark: str
    gap: str
    body: str
    level: int
    attached: int = 0

    @property
    def text(self) -> str:
        """The whole line, as it stood in the draft."""
        return self.mark + self.gap + self.body

    @property
    def hanging(self) -> int:
        """Width of mark and blank in 타: where the second line of the item begins."""
        return typed_width(self.mark + self.gap)

    @property
    def indent(self) -> int:
        """Distance of the mark from the margin in 타."""
        return self.attached or 2 * (self.level - 1)


@dataclass(frozen=True)
class Quadrant:
    """A quarter of the strengths-and-weaknesses table."""

    title: str
    lines: tuple[Paragraph | Item, ...]


@dataclass(frozen=True)
class Quadrants:
    """Strengths, weaknesses, opportunities, threats, to be set two by two."""

    cells: tuple[Quadrant, ...]


Piece = Notice | Title | Subtitle | Heading | Paragraph | Item | Table | Quadrants


def lay_out(draft: Draft) -> tuple[Piece, ...]:
    """The pieces of `draft` in printing order. What no file can hold (control characters) is gone."""
    draft = clean_draft(draft)
    top, sections = _head(draft)
    pieces: list[Piece] = [Notice(DRAFT_LINE)]
    pieces += _tables(top, draft)
    pieces += [Title(line) for line in _lines(draft.title)]
    pieces += [Subtitle(line) for line in _lines(draft.subtitle)]
    if draft.task == "swot":
        quarters = [section for section in sections if section.id in QUADRANTS]
        if quarters:
            sections = tuple(section for section in sections if section.id not in QUADRANTS)
            quarters.sort(key=_quarter)
            pieces.append(Quadrants(tuple(_quadrant(section) for section in quarters)))
    levels = Levels()
    for section in sections:
        if _repeats_title(section, draft):
            continue
        if section.heading and section.title.strip():
            levels = Levels()
            if section.title != draft.title:
                pieces.append(Heading(_one_line(section.title)))
        pieces += _body(section, draft, levels)
    pieces += _evidence(draft)
    return tuple(pieces)


def _head(draft: Draft) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The tables that stand above the title (a press release's), and the rest."""
    if draft.profile != "press":
        return (), draft.sections
    count = 0
    while count < len(draft.sections) and draft.sections[count].rows and not draft.sections[count].heading:
        count += 1
    return draft.sections[:count], draft.sections[count:]


def _repeats_title(section: Section, draft: Draft) -> bool:
    """Whether the section is the title or subtitle itself, which is printed once, on top."""
    if section.heading or section.rows:
        return False
    words = section.text.split()
    return bool(words) and words in (draft.title.split(), draft.subtitle.split())


def _body(section: Section, draft: Draft, levels: Levels) -> list[Piece]:
    if section.rows:
        return _tables((section,), draft)
    lines = _lines(section.text) or [item.text for item in section.items]
    if not lines:
        # An optional part of the form that the official left empty is no gap; a titled or worded one is.
        return [Paragraph(MISSING)] if section.heading or section.origin == "model" else []
    return _attachments(lines, levels)


def _attachments(lines: list[str], levels: Levels) -> list[Piece]:
    """The lines of a section. Those of a 붙임 list hang below each other (시행규칙 제4조제4항)."""
    pieces: list[Piece] = []
    below = 0
    levels.start_section()
    for line in lines:
        opening = _ATTACHED.match(line)
        mark = find_mark(line)
        if opening:
            below = typed_width(opening["word"] + opening["gap"])
            head = opening.group().rstrip()
            gap = opening.group()[len(head) :]
            pieces.append(Item(head, gap, line[opening.end() :].rstrip(), 1))
        elif below and mark and (mark.family, mark.rank) == ("number", 1):
            pieces.append(Item(mark.text, mark.gap, mark.body.rstrip(), 1, below))
        else:
            below = 0
            pieces.append(_line(line, levels))
    return pieces


def _tables(sections: tuple[Section, ...], draft: Draft) -> list[Piece]:
    profile = find_profile(draft.profile)
    tables = (lay_out_table(section.rows, section.header_rows, profile) for section in sections)
    return [table for table in tables if table is not None]


def _line(line: str, levels: Levels) -> Paragraph | Item:
    mark = find_mark(line)
    if mark is None:
        return Paragraph(line.rstrip())
    return Item(mark.text, mark.gap, mark.body, levels.level(mark))


def _quadrant(section: Section) -> Quadrant:
    levels = Levels()
    lines = _lines(section.text) or [item.text for item in section.items] or [MISSING]
    return Quadrant(_one_line(section.title), tuple(_line(line, levels) for line in lines))


def _quarter(section: Section) -> int:
    """Place among the quarters; all other sections come after them."""
    return QUADRANTS.index(section.id) if section.id in QUADRANTS else len(QUADRANTS)


def _evidence(draft: Draft) -> list[Piece]:
    """What carries each item of an analysis: one row a passage."""
    if draft.task != "swot":
        return []
    sections = sorted(draft.sections, key=_quarter)
    rows = [row for section in sections for item in section.items for row in _evidence_rows(item)]
    if not rows:
        return []
    table = lay_out_table((EVIDENCE_HEAD, *rows), 1, find_profile(draft.profile))
    return [Heading(EVIDENCE_TITLE), table] if table else []


def _evidence_rows(item: SwotItem) -> list[tuple[str, ...]]:
    mark = find_mark(item.text)
    words = mark.body if mark else item.text.strip()
    if item.inferred or not item.evidence:
        return [(words, INFERRED if item.inferred else MISSING, "–")]
    rows: list[tuple[str, ...]] = []
    for place, found in enumerate(item.evidence):
        source = found.source if found.page is None else f"{found.source}({found.page}쪽)"
        rows.append((words if place == 0 else "〃", found.text, source))
    return rows


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _one_line(text: str) -> str:
    return " ".join(_lines(text)).strip()
