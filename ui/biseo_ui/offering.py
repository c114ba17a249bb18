"""Sections that are written anew beside the page: their words go into proposals, and what is taken becomes theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from biseo.events import SectionFinished, SectionStarted, SectionText
from biseo_ui.proposals import Proposal, ProposalDesk
from biseo_ui.section_state import SectionState
from biseo_ui.widgets.draft_text import DraftText
from biseo_ui.work_clock import WorkClock


class Offering(QObject):
    """Knows which sections are written beside the page, and keeps their states.

    Signals:
        changed: id of a section whose state changed.
        ready: title of a section for which another text is ready.
    """

    changed = Signal(str)
    ready = Signal(str)

    def __init__(
        self, text: DraftText, proposals: ProposalDesk, states: Callable[[], dict[str, SectionState]]
    ) -> None:  # fmt: skip
        super().__init__(text)
        self._text, self._proposals, self._states = text, proposals, states
        self._sections: set[str] = set()
        proposals.adopted.connect(self._on_adopted)
        proposals.closed.connect(self._on_closed)

    @property
    def sections(self) -> frozenset[str]:
        """Ids of the sections whose words come into proposals and not onto the page."""
        return frozenset(self._sections)

    def choose(self, sections: Iterable[str]) -> None:
        """Of the sections that are about to be written offer those that have words on the page."""
        self._sections = {name for name in sections if self._text.section_text(name).strip()}

    def take(self, event: object, clock: WorkClock) -> bool:
        """Follow an event of the drafting; False when it is none of an offered section."""
        match event:
            case SectionStarted() if event.section in self._sections:
                self._begin(event.section, clock)
            case SectionText() if event.section in self._sections:
                self._proposals.append(event.section, event.text)
                clock.words(event.section, event.text)
            case SectionFinished() if event.section.id in self._sections:
                self._finish(event, clock)
            case _:
                return False
        return True

    def end(self) -> None:
        """Nothing is written any more."""
        self._proposals.end_writing()
        for name in self._sections & self._states().keys():
            self._states()[name].offer = "ready" if self._proposals.proposal(name) is not None else ""
        self._sections = set()

    def _begin(self, section_id: str, clock: WorkClock) -> None:
        states = self._states()
        state = states[section_id]
        state.offer = "writing"
        self._proposals.begin(section_id, state.title)
        clock.section(section_id, list(states).index(section_id) + 1, state.title)
        self.changed.emit(section_id)

    def _finish(self, event: SectionFinished, clock: WorkClock) -> None:
        state = self._states()[event.section.id]
        state.offer = "ready"
        clock.section_done(state.id)
        self._proposals.finish(event.section, event.findings)
        self.changed.emit(state.id)
        if self._proposals.proposal(state.id) is not None:
            self.ready.emit(state.title)  # else nothing differs, which the drafting tells

    def _on_adopted(self, proposal: Proposal) -> None:
        """The whole proposal stands on the page: it is the section as it was last written."""
        state = self._states().get(proposal.section)
        if state is not None and proposal.made is not None:
            state.made, state.findings = proposal.made, proposal.findings
            state.machine = self._text.section_text(state.id)
            state.phase, state.edited = "done", False

    def _on_closed(self, section_id: str) -> None:
        if section_id in self._states():
            self._states()[section_id].offer = ""
            self.changed.emit(section_id)
