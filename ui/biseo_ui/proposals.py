"""Texts that the program offers for what stands on the page: shown as a difference, taken or left piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import QObject, Signal

from biseo.document import Finding, Section
from biseo.text.difference import Run, compare, compare_finely, compare_words, without
from biseo_ui.widgets.draft_text import DraftText, Edit

Stage = Literal["writing", "ready", "stopped"]


@dataclass(frozen=True)
class Piece:
    """One change of a proposal.

    Attributes:
        start, end: where `old` stands in the section's text.
        new_start: where `new` stands in the proposed text.
        whole: the section as a whole would change (a table of another shape).
    """

    section: str
    title: str
    start: int
    end: int
    old: str
    new: str
    new_start: int
    runs: tuple[Run, ...]
    whole: bool = False


@dataclass
class Proposal:
    """What is offered for one section; nothing of the page changes before a piece is taken.

    Attributes:
        text: the words offered so far; a piece that is left goes out of them.
        made: the section as it was finished; None for corrections, or while it is written.
        findings: what was found in `made`.
        corrects: only single words change, each is a piece of its own.
        base: the section's texts for which corrections hold.
    """

    section: str
    title: str
    text: str = ""
    stage: Stage = "writing"
    made: Section | None = None
    findings: tuple[Finding, ...] = ()
    corrects: bool = False
    base: set[str] = field(default_factory=set)


class ProposalDesk(QObject):
    """All proposals that are open.

    Signals:
        changed: words came, or pieces came or went.
        taken: id of a section whose text was changed by taking something.
        adopted: a proposal of which everything was taken.
        closed: id of a section that has no proposal any more.
    """

    changed = Signal()
    taken = Signal(str)
    adopted = Signal(object)
    closed = Signal(str)

    def __init__(self, text: DraftText) -> None:
        super().__init__(text)
        self._text = text
        self._open: dict[str, Proposal] = {}
        self._busy = False
        text.edited.connect(self._on_edited)

    def __bool__(self) -> bool:
        return bool(self._open)

    def proposal(self, section: str) -> Proposal | None:
        return self._open.get(section)

    @property
    def open(self) -> tuple[Proposal, ...]:
        """The open proposals, in the order of the page."""
        ranks = {name: rank for rank, name in enumerate(self._text.section_ids())}
        return tuple(sorted(self._open.values(), key=lambda each: ranks.get(each.section, len(ranks))))

    @property
    def writing(self) -> bool:
        return any(each.stage == "writing" for each in self._open.values())

    # offering

    def begin(self, section: str, title: str) -> None:
        """Words for that section are about to come; begins anew when some came already."""
        self._open[section] = Proposal(section, title)
        self.changed.emit()

    def append(self, section: str, words: str) -> None:
        """The next words."""
        proposal = self._open.get(section)
        if proposal is not None and proposal.stage == "writing":
            proposal.text += words
            self.changed.emit()

    def finish(self, section: Section, findings: tuple[Finding, ...]) -> None:
        """The section is written; where nothing differs from the page, it is taken as it is."""
        proposal = self._open.get(section.id)
        if proposal is None:
            return
        proposal.text, proposal.made, proposal.findings, proposal.stage = section.text, section, findings, "ready"
        self._settle()
        self.changed.emit()

    def end_writing(self) -> None:
        """No more words come: what is not finished is offered as far as it got, or goes when there is nothing."""
        for proposal in list(self._open.values()):
            if proposal.stage == "writing":
                proposal.stage = "stopped"
                if not proposal.text.strip():
                    self._close(proposal)
        self._settle()
        self.changed.emit()

    def correct(self, texts: Mapping[str, str], titles: Mapping[str, str]) -> None:
        """Offer corrected texts by section; one that has a proposal already keeps it."""
        for section, text in texts.items():
            if section not in self._open:
                now = self._text.section_text(section)
                self._open[section] = Proposal(
                    section, titles.get(section, ""), text, "ready", corrects=True, base={now}
                )
        self._settle()
        self.changed.emit()

    def restore(self, proposals: Sequence[Proposal]) -> None:
        """Offer what was not decided in another session."""
        for proposal in proposals:
            proposal.base = {self._text.section_text(proposal.section)}
            self._open[proposal.section] = proposal
        self._settle()
        self.changed.emit()

    # deciding

    def pieces(self) -> list[Piece]:
        """What is to be decided, in the order of the page."""
        return [piece for proposal in self.open if proposal.stage != "writing" for piece in self._pieces(proposal)]

    def take(self, pieces: Sequence[Piece]) -> None:
        """Put these pieces onto the page, in one step of undo."""
        self._busy = True
        edits = [Edit(piece.section, piece.start, piece.end, piece.new) for piece in pieces if not piece.whole]
        if edits:
            self._text.change_words(edits)
        for piece in pieces:
            proposal = self._open.get(piece.section)
            if piece.whole and proposal is not None:
                made = proposal.made or Section(proposal.section, proposal.title, proposal.text, "model", heading=False)
                self._text.end()
                self._text.put(replace(made, heading=bool(self._text.heading(made.id)) or made.heading))
                self._text.end()
        self._busy = False
        for section in dict.fromkeys(piece.section for piece in pieces):
            proposal = self._open.get(section)
            if proposal is not None:
                proposal.base.add(self._text.section_text(section))
            self.taken.emit(section)
        self._settle()
        self.changed.emit()

    def leave(self, pieces: Sequence[Piece]) -> None:
        """Let the page stay as it is there."""
        for piece in sorted(pieces, key=lambda each: each.new_start, reverse=True):
            proposal = self._open.get(piece.section)
            if proposal is None:
                continue
            if piece.whole:
                self._close(proposal)
                continue
            made = proposal.made
            if made is not None and made.rows:
                proposal.made = replace(made, rows=_with_cell(made.rows, piece))
            proposal.text = _left(proposal.text, piece)
        self._settle()
        self.changed.emit()

    def drop(self) -> None:
        """Close all that is not being written; the page stays as it is."""
        for proposal in list(self._open.values()):
            if proposal.stage != "writing":
                self._close(proposal)
        self.changed.emit()

    def reword(self, change: Callable[[str], str]) -> None:
        """The same words of the page were changed alike throughout: what is offered follows."""
        for proposal in self._open.values():
            proposal.text = change(proposal.text)
            proposal.base = {*proposal.base, self._text.section_text(proposal.section), *map(change, proposal.base)}
            if (made := proposal.made) is not None:
                rows = tuple(tuple(map(change, row)) for row in made.rows)
                items = tuple(replace(item, text=change(item.text)) for item in made.items)
                proposal.made = replace(made, text=change(made.text), rows=rows, items=items, sentences=())
        self._settle()
        self.changed.emit()

    def clear(self) -> None:
        """There is another page now."""
        self._open.clear()
        self.changed.emit()

    # inside

    def _pieces(self, proposal: Proposal) -> list[Piece]:
        now = self._text.section_text(proposal.section)
        made = proposal.made
        if not self._text.has(proposal.section) or (
            made is not None and (bool(made.rows) or self._text.table(proposal.section) is not None)
        ):
            return self._table_pieces(proposal, now)
        changes = list((compare_finely if proposal.corrects else compare)(now, proposal.text))
        if proposal.stage == "stopped" and changes and changes[-1].end == len(now) and not changes[-1].new.strip():
            changes.pop()  # what was not written any more is no proposal to leave it out
        return [
            Piece(proposal.section, proposal.title, c.start, c.end, c.old, c.new, c.new_start, c.runs) for c in changes
        ]

    def _table_pieces(self, proposal: Proposal, now: str) -> list[Piece]:
        made, rows = proposal.made, self._text.rows(proposal.section)
        new = made.rows if made is not None else ()
        if not rows or [len(row) for row in rows] != [len(row) for row in new]:
            if now == proposal.text:
                return []
            runs = compare_words(now, proposal.text)
            return [Piece(proposal.section, proposal.title, 0, len(now), now, proposal.text, 0, runs, whole=True)]
        found, old_at, new_at = [], 0, 0
        for old_row, new_row in zip(rows, new, strict=True):
            for old, cell in zip(old_row, new_row, strict=True):
                if old != cell:
                    runs = compare_words(old, cell)
                    found.append(
                        Piece(proposal.section, proposal.title, old_at, old_at + len(old), old, cell, new_at, runs)
                    )
                old_at, new_at = old_at + len(old) + 1, new_at + len(cell) + 1
        return found

    def _settle(self) -> None:
        """Close what is decided."""
        for proposal in list(self._open.values()):
            if proposal.stage != "writing" and not self._pieces(proposal):
                if proposal.made is not None and self._text.section_text(proposal.section) == proposal.made.text:
                    self.adopted.emit(proposal)
                self._close(proposal)

    def _close(self, proposal: Proposal) -> None:
        if self._open.get(proposal.section) is proposal:
            del self._open[proposal.section]
            self.closed.emit(proposal.section)

    def _on_edited(self, section: str) -> None:
        proposal = self._open.get(section)
        if self._busy or proposal is None:
            return
        if proposal.corrects and self._text.section_text(section) not in proposal.base:
            self._close(proposal)  # it would take the official's own words back
        self._settle()
        self.changed.emit()


def _left(text: str, piece: Piece) -> str:
    from biseo.text.difference import Change

    return without(text, Change(piece.start, piece.end, piece.old, piece.new, piece.new_start, piece.runs))


def _with_cell(rows: tuple[tuple[str, ...], ...], piece: Piece) -> tuple[tuple[str, ...], ...]:
    """The rows with the cell of that piece as it stands on the page."""
    found, at = [], 0
    for row in rows:
        cells = []
        for cell in row:
            cells.append(piece.old if at == piece.new_start and cell == piece.new else cell)
            at += len(cell) + 1
        found.append(tuple(cells))
    return tuple(found)
