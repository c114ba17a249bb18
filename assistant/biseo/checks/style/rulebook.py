"""What each rule of style says, read from data: gravity, profiles, message, authority."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from biseo.document import Finding, Severity

Profile = Literal["official", "report", "press"]
PROFILES: tuple[Profile, ...] = ("official", "report", "press")


def style_profile(layout: str) -> Profile:
    """The rules of style that go with a layout profile; a plain document is free of those on dates and layout."""
    return next((profile for profile in PROFILES if profile == layout), "press")


@dataclass(frozen=True)
class Rule:
    """One rule of style.

    Attributes:
        profiles: where it holds; a press release is free of most rules on dates and layout.
        certain: its correction is right whenever it finds something, unless a hit says otherwise.
    """

    id: str
    severity: Severity
    profiles: tuple[str, ...]
    message: str
    authority: str
    certain: bool


@dataclass(frozen=True)
class Hit:
    """What a rule found; severity, certainty and message are the rule's unless given here."""

    rule: str
    start: int
    end: int
    suggestion: str = ""
    severity: Severity | None = None
    certain: bool | None = None
    message: str = ""


@cache
def rules() -> dict[str, Rule]:
    """All rules of style by id."""
    text = (files("biseo_resources") / "rules" / "style.toml").read_text(encoding="utf-8")
    return {
        name: Rule(
            name, entry["severity"], tuple(entry["profiles"]), entry["message"], entry["authority"], entry["certain"]
        )
        for name, entry in tomllib.loads(text).items()
    }


def as_finding(hit: Hit, text: str, section: str = "") -> Finding:
    """A hit with all that its rule says."""
    rule = rules()[hit.rule]
    severity = hit.severity or rule.severity
    certain = rule.certain if hit.certain is None else hit.certain
    return Finding(
        hit.rule,
        severity,
        hit.start,
        hit.end,
        text[hit.start : hit.end],
        hit.message or rule.message,
        hit.suggestion,
        rule.authority,
        section,
        bool(hit.suggestion) and certain and severity != "suggestion",
    )
