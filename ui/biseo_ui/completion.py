"""What stands between a draft and the sentence '검토 완료'."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterable
from dataclasses import dataclass

from biseo.document import Finding, Review, Settled
from biseo.guidance import POINTS
from biseo_ui.i18n import tr
from biseo_ui.section_state import SectionState


@dataclass(frozen=True)
class Bar:
    """One thing that has to be done first; `finding` or `section` is where, or it is the security grade."""

    words: str
    finding: Finding | None = None
    section: str = ""
    grade: bool = False


def bars_of(states: Iterable[SectionState], proposed: bool) -> list[Bar]:
    """All that bars the completion of a draft, in the order of the document.

    What was left for a reason still bars where only a confirmation helps: nobody has said that it is true.
    """
    from biseo.checks.completion import blocking  # the rules are not needed at start

    found = []
    for state in states:
        if state.deleted:
            continue
        if state.phase in ("stopped", "unwritten"):
            found.append(Bar(tr("다 쓰지 않은 절이 있습니다: {title}").format(title=state.title), section=state.id))
        decided = ((finding, state.decision(finding)) for finding in state.findings)
        confirmed = [finding for finding, decision in decided if decision is not None and decision.confirmed]
        for barrier in blocking(sorted(state.findings, key=lambda finding: finding.start), confirmed):
            found.append(Bar(barrier.reason, barrier.finding, state.id))
    if proposed:
        found.append(Bar(tr("받을지 둘지 정하지 않은 글이 있습니다.")))
    return found


def review_now(settled: Iterable[Settled]) -> Review:
    """A review by the person who works at this PC, of this moment."""
    when = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return Review(when, user_name(), tuple(point.id for point in POINTS), tuple(settled))


def user_name() -> str:
    """Name of the person at the operating system, or nothing where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
