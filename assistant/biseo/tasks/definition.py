"""What a document task is: data loaded from the resources, no code of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "multiline", "date", "datetime", "amount", "phone", "choice", "rows"]
SectionShape = Literal[
    "title", "paragraph", "items", "swot", "complaint", "notes", "text", "table", "rows", "facts", "quotation",
    "letter", "opening", "particulars", "issues", "meeting",
]  # fmt: skip
LetterPart = Literal["agency", "receivers", "subject", "related", "attachments", "sender", "foot"]

FormValue = str | Sequence[Mapping[str, str]]
"""A field's value: words, or for a field of kind `rows` a mapping from column id to words for every row."""

FormValues = Mapping[str, FormValue]


@dataclass(frozen=True)
class Column:
    """A column of a `rows` field. `kind` is `text`, `date` or `amount` (won, digits with or without commas)."""

    id: str
    label: str
    kind: FieldKind = "text"


@dataclass(frozen=True)
class Field:
    """One thing the official fills in.

    Attributes:
        help: a Korean sentence shown beside the field.
        example: shown greyed in the empty field.
        choices: for `choice`; the first one is the default.
        columns: for `rows`.
        told: the model is told the words; fields of kind `multiline` always are. Who is in charge and when a paper
            goes out are not: a small model makes them the persons and dates of the news.
        folded: shown only after the user unfolds the rarely used fields.
    """

    id: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    help: str = ""
    example: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    folded: bool = False
    told: bool = False


@dataclass(frozen=True)
class SectionPlan:
    """How one section of the document comes about.

    Attributes:
        origin: `model` words it, `form` takes `template` from the form alone, `rule` computes it.
        shape: model: `title`, `paragraph`, `items`, `swot`, `notes` (the official's notes in `field` as whole
            sentences) or `particulars` (labelled facts of the sources and the notes in `field`, as items of a letter);
            form and rule: `complaint` (what the sources ask for, between `opening` and `closing`), `letter` (`part` of
            an official document), `opening` (what a letter is about, by the one of `templates` that the choice in
            `field` names), `text` (from `template`), `table` (from `cells`), `rows` (from the `rows` field named by
            `field`), `facts` (a table of the dates, amounts and counts found in the sources) or `quotation` (the words
            given in `field`, else a sentence of the sources that quotes a person, verbatim), `issues` (a table of what
            the sources call a problem, with its grounds) or `meeting` (one of what was decided and is to be done).
        instructions: for the model, Korean.
        opening: words a model's answer must begin with; may hold `{field}`.
        closing: words behind a `complaint`.
        marks: for `items`, the marks by level, outermost first.
        lines: for `items` and `swot`, fewest and most items; for `paragraph` fewest and most sentences, if any; for
            tables by rule the most rows, where the second is not 0.
        lengths: (value of the field `length`, fewest, most): `lines` where the official chose that length; with a most
            of 0 the section does not exist then.
        chars: fewest and most characters of the whole section.
        template: lines with `{field}`; a line whose fields are all empty and optional is left out, an empty
            required field reads `[확인 필요]`.
        cells: rows of a table, cells with `{field}` as in `template`.
        header_rows: how many of the rows are the table's head.
        total: id of the amount column that a sum row is added for.
        heading: whether the section's title is printed.
        when: (field id, value …): the section exists only when the field has one of these values.
        given: id of a field: the section exists only when it was filled in.
        part: for `letter`, which part of an official document it is.
        templates: for `opening`, (choice, sentence); `[[…]]` is left out when a field in it is empty.
        labels: for `particulars`, names of facts that are taken from the sources, in the order they are printed.
        cues: words that mark the sentences of a source this section is made from; `_` stands for a space in the file.
        against: words of sentences that belong to another section: what is planned is no state of things.
        cues_only: whether nothing else may stand in it; else sentences with cues only come first.
        answers: ids of sections whose lines this one finds ways for; its own lines are new and not from the sources.
        headings: words in a heading of a source that name this section, beside those of its title.
        optional: for `items`, left empty where the sources give it nothing, and then left out of the file.
        judged: `bad` where what is told of as bad belongs (problems, risks).
        opposite: id of the section whose evidence must not carry this one too (strengths and weaknesses).
    """

    id: str
    title: str
    origin: Literal["model", "form", "rule"]
    shape: SectionShape
    instructions: str = ""
    opening: str = ""
    closing: str = ""
    marks: tuple[str, ...] = ()
    lines: tuple[int, int] = (0, 0)
    chars: tuple[int, int] = (0, 0)
    template: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0
    field: str = ""
    total: str = ""
    heading: bool = True
    when: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    cues_only: bool = True
    headings: tuple[str, ...] = ()
    optional: bool = False
    judged: Literal["", "bad"] = ""
    opposite: str = ""
    answers: tuple[str, ...] = ()
    given: str = ""
    part: LetterPart | None = None
    templates: tuple[tuple[str, str], ...] = ()
    lengths: tuple[tuple[str, int, int], ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskDefinition:
    """A document task.

    Attributes:
        profile: layout profile of the written document.
        needs_source: whether it cannot be done without a source document.
        instructions: how the model writes for every section of this task, Korean.
        document_title: `{field}` or `{section}` template of the document's title.
        order: place in the list.
        attributed: whether lists say that someone said something; a plan or an analysis takes what was said.
    """

    id: str
    title: str
    description: str
    profile: str
    order: int
    needs_source: bool
    instructions: str
    document_title: str
    fields: tuple[Field, ...]
    sections: tuple[SectionPlan, ...]
    subtitle: str = ""
    attributed: bool = True
