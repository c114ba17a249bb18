"""One layout for all formats: a draft becomes a row of printable pieces; the writers only dress them."""

from __future__ import annotations

import re

from biseo.document import MISSING, Draft, Section, SwotItem
from biseo.tasks.catalogue import all_tasks
from biseo.writers import official
from biseo.writers.clean import clean_draft
from biseo.writers.ending import add_ending
from biseo.writers.grid import lay_out_table
from biseo.writers.marks import Levels, find_mark
from biseo.writers.pieces import (
    Ending,
    Fixed,
    Heading,
    Item,
    Notice,
    Paragraph,
    Piece,
    Quadrant,
    Quadrants,
    Subtitle,
    Title,
)
from biseo.writers.profiles import Profile, find_profile

__all__ = [
    "DRAFT_LINE",
    "Ending",
    "Fixed",
    "Heading",
    "Item",
    "Notice",
    "Paragraph",
    "Piece",
    "Quadrant",
    "Quadrants",
    "Subtitle",
    "Title",
    "lay_out",
]

DRAFT_LINE = "인공지능 초안 – 담당자 검토 전"
INFERRED = "추정"
_ATTACHED = re.compile(r"(?P<word>붙\s?임)(?P<gap>\s{2,}|\s(?=\d{1,2}\.\s))(\d{1,2}\.\s+)?(?=\S)")
QUADRANTS = ("strengths", "weaknesses", "opportunities", "threats")
EVIDENCE_TITLE = "근거표"
EVIDENCE_HEAD = ("항목", "근거 문장", "출처(쪽)")
# Profiles whose marks are typed by rule: mark, one blank, words.
_RULED = ("official", "report")


def lay_out(draft: Draft) -> tuple[Piece, ...]:
    """The pieces of `draft` in printing order. What no file can hold (control characters) is gone."""
    draft = clean_draft(draft)
    profile = find_profile(draft.profile)
    pieces: list[Piece] = [] if draft.review or draft.by_rule else [Notice(DRAFT_LINE)]
    if profile.id == "official":
        return tuple(pieces + _official(draft, profile))
    if profile.banner:
        pieces.append(Fixed(profile.banner, role="banner"))
    top, sections = _head(draft)
    pieces += _tables(top, draft)
    pieces += _titles(draft)
    pieces += _sections(sections, draft, profile)
    return tuple(pieces)


def _official(draft: Draft, profile: Profile) -> list[Piece]:
    """두문, 본문, 결문. A draft without a head of its own has its title on top."""
    letter = draft.letter
    own, sections = official.split_head(official.keep_rules(draft.sections))
    fields = own or (official.head_lines(letter) if letter else [])
    pieces: list[Piece] = []
    if fields:
        if letter:
            pieces.append(Fixed(letter.agency.strip() or MISSING, role="agency"))
        pieces += [Fixed(line, role="field") for line in fields]
        pieces.append(Fixed(official.subject_line(draft), role="subject"))
        pieces += [Subtitle(line) for line in _lines(draft.subtitle)]
    else:
        pieces += _titles(draft)
    room = profile.text_width_mm / 25.4 * 72 / (profile.body.size / 2)
    pieces += add_ending(_without_lone_marks(_sections(sections, draft, profile)), room)
    if letter:
        if sender := official.sender_of(letter):
            pieces.append(Fixed(sender, role="sender"))
        if receivers := official.receivers_list(letter):
            pieces.append(Item("수신자", "  ", receivers, 1))  # many names hang below each other
        if foot := official.foot_lines(letter):
            pieces += [Fixed("", role="line"), *(Fixed(line, role="foot") for line in foot)]
    return pieces


def _titles(draft: Draft) -> list[Piece]:
    titles: list[Piece] = [Title(line) for line in _lines(draft.title)]
    return titles + [Subtitle(line) for line in _lines(draft.subtitle)]


def _sections(sections: tuple[Section, ...], draft: Draft, profile: Profile) -> list[Piece]:
    pieces: list[Piece] = []
    quarters = [section for section in sections if draft.task == "swot" and section.id in QUADRANTS]
    first_quarter = quarters[0] if quarters else None
    quarters.sort(key=_quarter)
    mark = _heading_mark(sections, profile)
    levels = Levels()
    rest: list[Section] = []
    for section in sections:
        if section is first_quarter:
            pieces.append(Quadrants(tuple(_quadrant(one) for one in quarters)))
            pieces += _evidence(quarters, draft)
        if section in quarters or _repeats_title(section, draft) or _is_left_out(section, draft):
            continue
        rest.append(section)
        if section.heading and section.title.strip():
            levels = Levels()
            if section.title != draft.title:
                levels = Levels(1 if mark else 0)
                pieces.append(Heading(mark + _one_line(section.title)))
        pieces += _body(section, draft, levels)
    more = _evidence(rest, draft)
    if more and quarters:
        ideas = next(section for section in rest if section.items)
        more[0] = Heading(f"{mark}{EVIDENCE_TITLE}({_one_line(ideas.title)})")
    return pieces + more


def _heading_mark(sections: tuple[Section, ...], profile: Profile) -> str:
    """What stands before the titles of sections; nothing where the lines themselves begin with that mark."""
    if not profile.heading_mark:
        return ""
    marks = (find_mark(line) for section in sections if not section.rows for line in _lines(section.text))
    if any(mark and (mark.family, mark.rank) == ("symbol", 1) for mark in marks):
        return ""
    return profile.heading_mark + " "


def _without_lone_marks(pieces: list[Piece]) -> list[Piece]:
    """An only item has no mark (편람); the items below it keep theirs, so it keeps its own, too."""
    return [
        Paragraph(piece.body, piece.indent)
        if isinstance(piece, Item) and _is_alone(piece, pieces[place + 1 :])
        else piece
        for place, piece in enumerate(pieces)
    ]


def _is_alone(item: Item, after: list[Piece]) -> bool:
    if item.mark not in official.FIRST_MARKS:
        return False
    kind = _kind(item)
    for piece in after:
        if isinstance(piece, Heading):
            break
        if not isinstance(piece, Item) or piece.lead or piece.mark.startswith(official.ATTACHED):
            continue
        if piece.level < item.level:
            break
        if piece.level > item.level and _kind(piece)[0] == "number":
            return False
        if piece.level == item.level and _kind(piece) == kind:
            return False
    return True


def _kind(item: Item) -> tuple[str, int]:
    mark = find_mark(item.text)
    return (mark.family, mark.rank) if mark else ("", 0)


def _head(draft: Draft) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The tables that stand above the title (a press release's), and the rest."""
    if draft.profile != "press":
        return (), draft.sections
    count = 0
    while count < len(draft.sections) and draft.sections[count].rows and not draft.sections[count].heading:
        count += 1
    return draft.sections[:count], draft.sections[count:]


def _is_left_out(section: Section, draft: Draft) -> bool:
    """Whether a section that its document can do without is empty."""
    if section.text.strip() or section.rows or section.items:
        return False
    task = next((task for task in all_tasks() if task.id == draft.task), None)
    return task is not None and any(plan.optional and plan.id == section.id for plan in task.sections)


def _repeats_title(section: Section, draft: Draft) -> bool:
    """Whether the section is the title or subtitle itself, which is printed once, on top."""
    if section.heading or section.rows:
        return False
    words = "".join(section.text.split())
    return bool(words) and words in ("".join(draft.title.split()), "".join(draft.subtitle.split()))


def _body(section: Section, draft: Draft, levels: Levels) -> list[Piece]:
    if section.rows:
        return _tables((section,), draft)
    lines = _told_inferred(section)
    if not lines:
        # An optional part of the form that the official left empty is no gap; a titled or worded one is.
        return [Paragraph(MISSING)] if section.heading or section.origin == "model" else []
    return _with_attachments(lines, levels, ruled=find_profile(draft.profile).id in _RULED)


def _with_attachments(lines: list[str], levels: Levels, *, ruled: bool) -> list[Piece]:
    """The lines of a section. Those of a 붙임 list hang below each other (시행규칙 제4조제4항)."""
    pieces: list[Piece] = []
    below = ""
    levels.start_section()
    for line in lines:
        opening = _ATTACHED.match(line)
        mark = find_mark(line)
        if opening:
            below = opening["word"] + opening["gap"]
            head = opening.group().rstrip()
            gap = opening.group()[len(head) :]
            pieces.append(Item(head, gap, line[opening.end() :].rstrip(), 1))
        elif below and mark and (mark.family, mark.rank) == ("number", 1):
            pieces.append(Item(mark.text, mark.gap, mark.body.rstrip(), 1, below))
        else:
            below = ""
            pieces.append(_line(line, levels, ruled=ruled))
    return pieces


def _tables(sections: tuple[Section, ...], draft: Draft) -> list[Piece]:
    profile = find_profile(draft.profile)
    tables = (lay_out_table(section.rows, section.header_rows, profile, section.underlined) for section in sections)
    return [table for table in tables if table is not None]


def _line(line: str, levels: Levels, *, ruled: bool) -> Paragraph | Item:
    mark = find_mark(official.type_marks(line) if ruled else line)
    if mark is None:
        return Paragraph(line.rstrip())
    return Item(mark.text, " " if ruled else mark.gap, mark.body, levels.level(mark))


def _quadrant(section: Section) -> Quadrant:
    levels = Levels()
    lines = _told_inferred(section) or [MISSING]
    return Quadrant(_one_line(section.title), tuple(_line(line, levels, ruled=True) for line in lines))


def _told_inferred(section: Section) -> list[str]:
    """The lines of a section; one that nothing in the sources carries says so."""
    inferred = tuple(item.text for item in section.items if item.inferred and MISSING not in item.text)
    lines = _lines(section.text) or [item.text for item in section.items]
    return [f"{line} ({INFERRED})" if inferred and line.rstrip().endswith(inferred) else line for line in lines]


def _quarter(section: Section) -> int:
    """Place among the quarters; all other sections come after them."""
    return QUADRANTS.index(section.id) if section.id in QUADRANTS else len(QUADRANTS)


def _evidence(sections: list[Section], draft: Draft) -> list[Piece]:
    """What carries each item of these sections: one row a passage."""
    if draft.task != "swot":
        return []
    items = [item for section in sections for item in section.items if MISSING not in item.text]
    rows = [row for item in items for row in _evidence_rows(item)]
    if not rows:
        return []
    profile = find_profile(draft.profile)
    table = lay_out_table((EVIDENCE_HEAD, *rows), 1, profile)
    return [Heading(_heading_mark(draft.sections, profile) + EVIDENCE_TITLE), table] if table else []


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
