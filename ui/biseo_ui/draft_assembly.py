"""The draft as it stands in the window, put together again from the text that the official may have changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from biseo.document import Draft, Section
from biseo.drafting.request import DraftRequest
from biseo.tasks.definition import SectionPlan
from biseo_ui.section_state import SectionState
from biseo_ui.widgets.draft_reader import (
    BODY,
    FOOT,
    HEADLINE,
    LETTERHEAD,
    SUBHEAD,
    SUBJECT,
    SUBTITLE,
    TITLE,
    DraftReader,
)

_PARTS = {"agency": LETTERHEAD, "sender": LETTERHEAD, "subject": SUBJECT, "foot": FOOT}
"""How the parts of an official document are set that are not set like its body."""

_NAME = re.compile(r"\{(\w+)\}")


class DraftAssembly:
    """Knows how the request, the sections and the text belong together. Changes nothing."""

    def __init__(self, request: DraftRequest, text: DraftReader) -> None:
        self._request = request
        self._text = text

    def draft(self, states: Mapping[str, SectionState]) -> Draft:
        """The draft as it stands in the window now, with every change of the official's."""
        from biseo.drafting.assemble import assemble  # not needed before something is written

        sections: list[Section] = []
        for section_id in self._text.section_ids():
            state = states.get(section_id)
            if state is not None:
                sections += self.section(state)
        made = assemble(self._request, sections, [f for state in states.values() for f in state.open_findings])
        title, subtitle = self._line(TITLE, made.title), self._line(SUBTITLE, made.subtitle)
        return replace(made, title=title or self._request.task.title, subtitle=subtitle)

    def plan_of(self, section_id: str) -> SectionPlan | None:
        plans = self._request.task.sections
        return next((plan for plan in plans if plan.id == section_id), None)

    def role(self, section_id: str) -> str:
        """How the section's words are set: as the document's title, its subtitle, or plain."""
        task = self._request.task
        plan = self.plan_of(section_id)
        if plan is not None and plan.part is not None:
            return _PARTS.get(plan.part, BODY)
        if section_id in _NAME.findall(task.document_title):
            return HEADLINE
        return SUBHEAD if section_id in _NAME.findall(task.subtitle) else BODY

    def section(self, state: SectionState) -> list[Section]:
        """The section as it stands in the document; words typed beside a table become a section of their own."""
        text = self._text.section_text(state.id)
        rows = self._text.rows(state.id)
        plan = self.plan_of(state.id)
        heading = self._text.heading(state.id)
        made = state.made
        if made is None:
            origin = plan.origin if plan else "model"
            made = Section(state.id, state.title, text, origin, heading=bool(heading))
        unchanged = text == made.text
        section = replace(
            made, text=text, rows=rows, title=heading or made.title, heading=bool(heading),
            items=made.items if unchanged else tuple(item for item in made.items if item.text in text),
        )  # fmt: skip
        beside = self._text.beside_table(state.id)
        if beside:
            return [section, Section(f"{state.id}-beside", "", beside, "form", heading=False)]
        return [section]

    def names_section(self, template: str) -> bool:
        plans = self._request.task.sections
        return any(name in {plan.id for plan in plans} for name in _NAME.findall(template))

    def _line(self, line: str, made: str) -> str:
        """Title or subtitle: as it stands on the page, else as the sections give it."""
        return self._text.section_text(line) if self._text.has(line) else " ".join(made.split())
