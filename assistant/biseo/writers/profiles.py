"""Looks of the written documents: page, fonts and sizes by profile, loaded from the resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
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
    """The look of a document. Margins are millimetres from the edge of the paper to the text."""

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

    @property
    def text_width_mm(self) -> float:
        """Width of a line of text."""
        return PAGE_WIDTH_MM - self.margin_left - self.margin_right


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
