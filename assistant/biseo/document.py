"""The nouns of the work. All are frozen values: they can be printed, compared, stored and sent to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "table", "note"]
Origin = Literal["model", "form", "rule"]
Severity = Literal["error", "warning", "suggestion"]
Grade = Literal["", "C", "S", "O"]
"""Security grade of the national network guideline (N2SF): classified, sensitive, open; empty when not set."""

MISSING = "[확인 필요]"
"""Stands where a required fact was not given."""


@dataclass(frozen=True)
class Block:
    """One unit of a document in reading order.

    Attributes:
        kind: `item` is a line of a numbered or bulleted list, its mark included in `text`; `note` is a footnote,
            a header or footer, or a memo.
        text: the words; of a table its rows, cells joined by tabs, rows by newlines.
        level: depth of a heading (1 is the title) or an item (1 is the outermost), else 0.
        page: 1-based page where the format has pages, else None.
        rows: cells of a table, row by row, in reading order; a merged cell stands once, where it begins.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


def table_block(rows: list[list[str]] | tuple[tuple[str, ...], ...], page: int | None = None) -> Block:
    """A table block whose text is made from its rows."""
    cells = tuple(tuple(row) for row in rows)
    return Block("table", "\n".join("\t".join(row) for row in cells), page=page, rows=cells)


@dataclass(frozen=True)
class Document:
    """What was read from one file.

    Attributes:
        pages: None where the format has none.
        warnings: Korean sentences.
        unread: pages of which the text could not be read (scans, damaged ones).
    """

    path: str
    format: str
    title: str
    pages: int | None
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All blocks joined by newlines: the text that offsets refer to."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Passage:
    """A sentence or table row of a source. `source` is the file's name, `start` its offset in `Document.text`.

    Attributes:
        context: the headings above it; of a table row the row that heads it stands before them, on a line of its own.
        heading: whether it is a heading itself.
    """

    source: str
    page: int | None
    text: str
    start: int = 0
    context: str = ""
    heading: bool = False


@dataclass(frozen=True)
class Evidence:
    """A passage that carries a statement of the draft."""

    source: str
    page: int | None
    text: str


@dataclass(frozen=True)
class CarriedSentence:
    """A sentence of a section and what carries it: `start`, `end` are offsets in the section's text, without its mark.

    Attributes:
        states: whether it says something that needs evidence; greetings, headings and blanks to fill in do not.
    """

    start: int
    end: int
    evidence: tuple[Evidence, ...] = ()
    states: bool = True

    @property
    def unsupported(self) -> bool:
        """Whether it states something that nothing in the sources carries."""
        return self.states and not self.evidence


@dataclass(frozen=True)
class Finding:
    """Something to look at in a text: `start`, `end` are character offsets in that text.

    Attributes:
        suggestion: what may stand there instead, or nothing.
        authority: the article or handbook the rule comes from.
        certain: the suggestion is right whenever the finding is; it may be taken with one key.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    suggestion: str = ""
    authority: str = ""
    section: str = ""
    certain: bool = False


@dataclass(frozen=True)
class SwotItem:
    """One line of a strengths-and-weaknesses analysis; `inferred` when no passage carries it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    inferred: bool = False


@dataclass(frozen=True)
class Section:
    """A finished part of a draft.

    Attributes:
        text: lines separated by newlines; items carry their mark (`1.`, `가.`, `□`, `ㅇ`, `-`).
        origin: who made it: the model, the form, or a rule.
        rows: the cells when the section is a table; its `text` then repeats them.
        header_rows: how many of `rows` head the table.
        heading: False when the title is not printed in the document (a press release's lead, a greeting).
        sentences: what carries each sentence; only of what the model wrote, in order.
        underlined: what is underlined in the cells of `rows`: (row, column, start, end).
    """

    id: str
    title: str
    text: str
    origin: Origin
    evidence: tuple[Evidence, ...] = ()
    items: tuple[SwotItem, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0
    heading: bool = True
    sentences: tuple[CarriedSentence, ...] = ()
    underlined: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Letter:
    """두문 and 결문 of an official document (시행규칙 제4조): what stands above the subject and below the body.

    Attributes:
        agency: 행정기관명.
        receivers: one is printed in the head; several as 수신자 참조, with their list in the foot; none makes the
            document an internal one (내부결재), which has no `sender` (영 제13조제3항).
        via: 경유.
        sender: 발신 명의.
        signers: 기안자, 검토자, 결재권자 with post and name, in this order, each as it is to be printed.
        cooperators: 협조자.
        number: 생산등록번호 (처리과명-일련번호); `effective` is the 시행일.
        received: 접수 number and date.
        disclosure: 공개, 부분공개 or 비공개 with the 호.
        head: 수신 and 경유 as whole lines, printed instead of what `receivers` and `via` give.
        foot: the lines below the list of receivers, printed instead of what the other fields give.
    """

    agency: str = ""
    receivers: tuple[str, ...] = ()
    via: str = ""
    sender: str = ""
    signers: tuple[str, ...] = ()
    cooperators: tuple[str, ...] = ()
    number: str = ""
    effective: str = ""
    received: str = ""
    address: str = ""
    homepage: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    disclosure: str = ""
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True)
class HiddenValue:
    """Personal data that is hidden behind a placeholder inside the program (`biseo.masking.Placeholders`).

    Attributes:
        mark: what stands in its place (`[이름1]`).
        kind: of `biseo.checks.privacy.Kind`.
        value: the words themselves; kept in the encrypted store only, and never shown by `repr`.
    """

    mark: str
    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Settled:
    """A finding that a person looked at and set aside.

    Attributes:
        text: the words it was about.
        reason: why, in the person's words or one of the offered ones.
        confirmed: the person says that the words are true; else the text stays although the finding is right.
    """

    rule: str
    text: str
    reason: str
    section: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Review:
    """A person has gone through the guidance on AI and taken the draft over: it is no draft any more.

    Attributes:
        when: local time, ISO 8601 with its offset, to the second.
        by: name of the person at the operating system.
        items: ids of the points of the guidance that were confirmed (`biseo.guidance.POINTS`).
        settled: the findings that were set aside, with their reasons.
    """

    when: str
    by: str
    items: tuple[str, ...]
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A whole document as drafted, in the order it is printed.

    Attributes:
        task: id of the task that made it.
        profile: layout profile: `official`, `report`, `press` or `plain`.
        title: printed on top and stored in the document properties.
        summary: 문서요지, at most 200 characters (영 제5조제2항).
        keywords: 3–7 words for the document properties.
        findings: their offsets refer to the text of the section they name.
        letter: head and foot of an official document; None where it has none.
        grade: printed at the foot of every page when set.
        review: who took the draft over, and when; None while it is a draft, and everything made of it says so.
        by_rule: made by rules alone, without a word of a model: nothing made of it says that AI was used.
    """

    task: str
    profile: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    letter: Letter | None = None
    grade: Grade = ""
    review: Review | None = None
    by_rule: bool = False
