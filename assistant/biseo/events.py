"""What long work tells while it runs. Front ends turn these into pixels or lines; the core never knows which."""

from __future__ import annotations

from dataclasses import dataclass

from biseo.document import Draft, Finding, Section
from biseo_models.engine import Stats


@dataclass(frozen=True)
class Planned:
    """Work is about to start.

    Attributes:
        sections: (id, title) of every section in printing order.
        context_tokens: how much the model can hold.
        used_tokens: how much the instructions, the sources and the longest answer take of it.
    """

    sections: tuple[tuple[str, str], ...]
    context_tokens: int
    used_tokens: int


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps; `label` is a Korean phrase for what is being done.

    Attributes:
        pages: the steps are pages of sources that are being read.
    """

    done: int
    total: int
    label: str
    pages: bool = False


@dataclass(frozen=True)
class Notice:
    """Something the user should know, a Korean sentence; the work goes on."""

    message: str


@dataclass(frozen=True)
class SectionStarted:
    """The section is being written; what stood there before is void."""

    section: str


@dataclass(frozen=True)
class SectionText:
    """The next words of a section."""

    section: str
    text: str


@dataclass(frozen=True)
class SectionFinished:
    """The section as it goes into the draft (it may differ from the streamed words), and what was found in it."""

    section: Section
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Coverage:
    """How much of the sources was read. `pages_*` count 1 for a format without pages.

    Attributes:
        passages_read: sentences and table rows that were read and weighed.
        unreadable: pages that hold no text, or none that could be read, by source: `보고서.pdf 3쪽, 7~9쪽`.
        rests_on: pages that the draft's evidence stands on, by source, in the same way.
        parts: parts that sources longer than the model holds were cut into; 0 where they fitted whole.
        parts_by_model: those of them that the model read itself; the rules have read all of them.
    """

    pages_read: int
    pages_total: int
    passages_read: int
    passages_total: int
    unreadable: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    parts: int = 0
    parts_by_model: int = 0


@dataclass(frozen=True)
class Drafted:
    """The whole draft."""

    draft: Draft
    stats: Stats
    coverage: Coverage


DraftEvent = Planned | Progress | Notice | SectionStarted | SectionText | SectionFinished | Drafted
