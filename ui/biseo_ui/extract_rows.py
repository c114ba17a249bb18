"""What is drawn out of files, as rows of a table: values only, made in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biseo.citation import Citation

if TYPE_CHECKING:
    from biseo.cases.case import CaseTable
    from biseo.manuals.checklist import Manual


@dataclass(frozen=True)
class ExtractRow:
    """One row.

    Attributes:
        cells: its words, column by column.
        groups: for each filter the names that it is found by.
        citation: where it stands.
        key: what it was made of: its place in the result.
    """

    cells: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    citation: Citation
    key: tuple[int, ...]


def rows_of_manual(manual: Manual) -> tuple[ExtractRow, ...]:
    """할 일, 담당, 단계·시기, 근거; by role and stage."""
    from biseo.manuals.action import NO_ROLE, NO_STAGE

    found = []
    for number, action in enumerate(manual.actions):
        when = " · ".join(filter(None, (", ".join(action.stages), action.timing)))
        who = ", ".join(action.roles) or NO_ROLE
        if action.helpers:
            who += f" (협조: {', '.join(action.helpers)})"
        groups = (action.roles or (NO_ROLE,), action.stages or (NO_STAGE,))
        found.append(
            ExtractRow((action.text, who, when or "–", str(action.citation)), groups, action.citation, (number,))
        )
    return tuple(found)


def rows_of_cases(table: CaseTable) -> tuple[ExtractRow, ...]:
    """도시, 칸, 옮긴 말, 근거; by city and cell."""
    from biseo.cases.case import CELL_NAMES

    found = []
    for number, case in enumerate(table.cases):
        for place, (cell, name) in enumerate(CELL_NAMES.items()):
            for at, part in enumerate(case.cell(cell)):
                cells = (part.text, case.city, name, str(part.citation))
                found.append(ExtractRow(cells, ((case.city,), (name,)), part.citation, (number, place, at)))
    return tuple(found)


def group_names(rows: Sequence[ExtractRow], number: int) -> tuple[str, ...]:
    """The names of one filter, in the order in which they come."""
    return tuple(dict.fromkeys(name for row in rows for name in row.groups[number]))
