"""What a page is made of: the printable pieces of a document, in the order they are printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from biseo.writers.grid import Table
from biseo.writers.marks import typed_width
from biseo.writers.profiles import Face, Profile

Role = Literal["banner", "agency", "field", "subject", "sender", "line", "foot"]
KEPT_ROLES = ("sender", "line", "foot")
"""Lines of the 결문, which stay on one page with the line after them."""


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
    """A line without a mark; `indent` is its distance from the margin in 타."""

    text: str
    indent: int = 0


@dataclass(frozen=True)
class Fixed(Paragraph):
    """A line of the 두문 or 결문 of an official document, or the word above a press release.

    The role `line` has no words: only a line is drawn there.
    """

    role: Role = "field"

    def face(self, profile: Profile) -> Face:
        """How the line looks."""
        return profile.face_of(self.role)


@dataclass(frozen=True)
class Ending(Paragraph):
    """`끝.` on a line of its own: below a table, or where the line before it has no room left."""

    text: str = "끝."
    indent: int = 2


@dataclass(frozen=True)
class Item:
    """A line with a mark.

    Attributes:
        gap: the blank between mark and words as written.
        level: 1 stands at the margin, each further one 2타 further in.
        lead: what stands before the number of the first line of a 붙임 list; the further lines begin below that number.
    """

    mark: str
    gap: str
    body: str
    level: int
    lead: str = ""

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
        return typed_width(self.lead) if self.lead else 2 * (self.level - 1)


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


def tight_face(face: Face, piece: Piece, before: Piece | None, after: Piece | None) -> Face:
    """The face of a line of a title or subtitle of several lines: one block, spaced and ruled as a whole."""
    if not isinstance(piece, Title | Subtitle):
        return face
    first, last = type(before) is not type(piece), type(after) is not type(piece)
    return replace(
        face, before=face.before if first else 0.0, after=face.after if last else 0.0, rule=face.rule and last
    )
