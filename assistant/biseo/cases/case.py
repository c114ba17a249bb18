"""The nouns: what a city does, as the files say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from biseo.citation import Citation

Cell = Literal["content", "budget", "lesson"]
CELL_NAMES: dict[Cell, str] = {"content": "내용", "budget": "예산", "lesson": "시사점"}


@dataclass(frozen=True)
class Part:
    """One statement of a cell.

    Attributes:
        text: the file's own words, shortened to its clauses.
        citation: the whole sentence, and where it stands.
        amounts: normal forms of the amounts of a budget (`1200000000 원`).
    """

    text: str
    citation: Citation
    amounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A row of the table: one city.

    Attributes:
        city: full name (`경기도 고양시`).
        named: where the files name it.
    """

    city: str
    named: Citation
    content: tuple[Part, ...] = ()
    budget: tuple[Part, ...] = ()
    lesson: tuple[Part, ...] = ()

    def cell(self, name: Cell) -> tuple[Part, ...]:
        """The statements of one cell."""
        return {"content": self.content, "budget": self.budget, "lesson": self.lesson}[name]


@dataclass(frozen=True)
class CaseTable:
    """What files tell of cities.

    Attributes:
        sources: names of the files.
        cases: cities of which the files tell what they do, in order.
        mentioned: cities that are only named.
    """

    sources: tuple[str, ...]
    cases: tuple[Case, ...]
    mentioned: tuple[Case, ...] = ()

    @property
    def silent(self) -> tuple[str, ...]:
        """Names of the files that tell nothing of what a city does."""
        parts = (part for case in self.cases for cell in CELL_NAMES for part in case.cell(cell))
        telling = {part.citation.source for part in parts}
        return tuple(name for name in self.sources if name not in telling)
