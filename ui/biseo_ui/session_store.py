"""A work session of the window as a plain value, and back again."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from biseo.document import Document
from biseo.drafting.request import DraftRequest
from biseo.stored_source import mark_of
from biseo.tasks.catalogue import find_task
from biseo.worksession import Offer, SectionMark, WorkSession
from biseo_ui.draft_session import DraftSession
from biseo_ui.proposals import Proposal
from biseo_ui.section_state import SectionState


def snapshot(session: DraftSession) -> WorkSession | None:
    """All that is needed to go on with this draft elsewhere; None where there is none."""
    request = session.request
    if request is None or not session.states:
        return None
    review, of = session.review.stored
    return WorkSession(
        task=request.task.id,
        form=dict(request.form),
        seed=request.seed,
        sources=tuple(mark_of(document) for document in request.sources),
        words=session.history.words,
        marks=tuple(_mark(state) for state in session.states.values()),
        review=review,
        review_of=of,
        offers=tuple(_offer(proposal) for proposal in session.proposals.open if proposal.text.strip()),
        done=session.history.done,
        undone=session.history.undone,
        file=str(session.file) if session.file else "",
        saved=not session.dirty,
        hidden=session.hiding.values,
        grade=session.grade,
    )


def restore(session: DraftSession, work: WorkSession, documents: Sequence[Document] = ()) -> bool:
    """Put the session back as it was, at once; see `restoring`."""
    pieces = restoring(session, work, documents)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return bool(end.value)


def restoring(
    session: DraftSession, work: WorkSession, documents: Sequence[Document] = ()
) -> Generator[None, None, bool]:
    """Put the session back as it was: page, undo, findings, decisions, proposals, completion; in pieces.

    Args:
        documents: the sources that are there; those whose text is no longer the same are left out.

    Returns:
        Whether all sources are there and the same. Until they are given (`DraftSession.give_sources`), edits are not
        looked at again.

    Raises:
        UsageError: this program knows no such task.
    """
    task = find_task(work.task)
    sources = matching(work, documents)
    request = DraftRequest(task, sources, dict(work.form), work.seed)
    order = [plan.id for plan in task.sections]
    session.forget()
    session.hiding.load(work.hidden)
    yield from session.history.restoring(order, work.words, work.done, work.undone)
    whole = len(sources) == len(work.sources)
    session.checks.hold(not whole)
    states = {mark.id: _state(mark, session) for mark in work.marks}
    session.take_up(request, states, Path(work.file) if work.file else None, not work.saved, work.grade)
    session.proposals.restore([_proposal(offer) for offer in work.offers if offer.section in states])
    for proposal in session.proposals.open:
        states[proposal.section].offer = "ready"
    session.review.restore(work.review, work.review_of)
    session.section_changed.emit("")
    return whole


def matching(work: WorkSession, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Of the documents those that are still the sources of that session, in its order."""
    known = {mark_of(document).sha256: document for document in documents}
    return tuple(known[mark.sha256] for mark in work.sources if mark.sha256 in known)


def _mark(state: SectionState) -> SectionMark:
    return SectionMark(
        state.id, state.title, state.phase, state.machine, state.made, state.findings, state.wider,
        tuple(state.settled.values()),
    )  # fmt: skip


def _state(mark: SectionMark, session: DraftSession) -> SectionState:
    text = session.text.section_text(mark.id)
    phase = mark.phase
    if phase in ("writing", "waiting"):  # the program ended in the middle of it
        phase = "stopped" if text else "unwritten"
    return SectionState(
        mark.id, mark.title, phase, mark.findings, mark.wider, mark.made, mark.machine,
        phase == "done" and not session.hiding.same(text, mark.machine),
        settled={(each.rule, each.text): each for each in mark.settled},
    )  # fmt: skip


def _offer(proposal: Proposal) -> Offer:
    return Offer(
        proposal.section, proposal.title, proposal.text, proposal.stage == "ready", proposal.made, proposal.findings,
        proposal.corrects,
    )  # fmt: skip


def _proposal(offer: Offer) -> Proposal:
    stage = "ready" if offer.whole else "stopped"
    return Proposal(
        offer.section, offer.title, offer.text, stage, offer.made, offer.findings, offer.corrects
    )  # fmt: skip
