"""The nouns: what somebody has to do, and where a manual says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from biseo.citation import Citation

NO_ROLE = "담당 미지정 [확인 필요]"
"""Stands where a manual does not tell who has to do it."""
NO_STAGE = "단계 구분 없음"


@dataclass(frozen=True)
class Action:
    """One thing that somebody has to do.

    Attributes:
        text: the manual's own words on one line.
        roles: who; empty when the manual does not tell.
        helpers: who helps (협조).
        stages: the stages it belongs to; empty when the manual does not tell.
        timing: time words as written (`30분 이내`, `즉시`), or nothing.
        citation: where it stands.
        subject: the words of the sentence's own subject with their particle, or nothing.
        also: other places that say the same.
    """

    text: str
    roles: tuple[str, ...]
    helpers: tuple[str, ...]
    stages: tuple[str, ...]
    timing: str
    citation: Citation
    subject: str = ""
    also: tuple[Citation, ...] = field(default=())


@dataclass(frozen=True)
class Steps:
    """Steps of a procedure in the order in which the manual gives them."""

    lead: str
    steps: tuple[str, ...]
    citation: Citation
