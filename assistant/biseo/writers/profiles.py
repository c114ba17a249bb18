"""Looks of the written documents: page, fonts and sizes by profile, loaded from the resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0


@dataclass(frozen=True)
class Face:
    """How one kind of text looks.

    Attributes:
        docx: font for Word, one that Windows itself has.
        hwpx: font for Hangul, one that Hancom Office brings.
        fallback: font to use where the first one is missing.
        size: points.
        align: `left`, `center` or `right`. Never justified: where words are kept whole the gaps would be wide.
        before, after: space around the paragraph in points.
        color: RRGGBB.
        rule: whether a line is drawn below.
    """

    docx: str
    hwpx: str
    fallback: str
    size: float
    bold: bool = False
    align: str = "left"
    before: float = 0.0
    after: float = 0.0
    color: str = "000000"
    rule: bool = False


@dataclass(frozen=True)
class Profile:
    """The look of a document. Margins are millimetres from the edge of the paper to the text.

    Attributes:
        banner: a word above everything (보도자료); `sheet` is how it looks.
        heading_mark: stands before the titles of sections, whose items then begin one level further in.
        agency, subject, sender, foot: parts of the head and foot of an official document.
    """

    id: str
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    line_spacing: int
    notice: Face
    title: Face
    subtitle: Face
    heading: Face
    body: Face
    table: Face
    table_line_spacing: int
    head_fill: str
    banner: str
    heading_mark: str
    sheet: Face
    agency: Face
    subject: Face
    sender: Face
    foot: Face

    @property
    def text_width_mm(self) -> float:
        """Width of a line of text."""
        return PAGE_WIDTH_MM - self.margin_left - self.margin_right

    def face_of(self, role: str) -> Face:
        """The face of a line of the head or foot."""
        faces = {
            "banner": self.sheet,
            "agency": self.agency,
            "subject": self.subject,
            "sender": self.sender,
            "foot": self.foot,
            "line": replace(self.foot, size=4, rule=True, after=8),
        }
        return faces.get(role, self.body)


@cache
def all_profiles() -> dict[str, Profile]:
    """Every profile by its id."""
    text = (files("biseo_resources") / "styles" / "profiles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    common = data.pop("common")
    return {name: _profile(name, {**common, **entry}) for name, entry in data.items()}


def find_profile(name: str) -> Profile:
    """The profile of that id; an unknown one looks plain rather than failing at the last step."""
    profiles = all_profiles()
    return profiles.get(name, profiles["plain"])


def _profile(name: str, entry: dict[str, object]) -> Profile:
    values: dict[str, object] = {}
    for key, value in entry.items():
        values[key] = Face(**value) if isinstance(value, dict) else value
    return Profile(id=name, **values)  # type: ignore[arg-type]
